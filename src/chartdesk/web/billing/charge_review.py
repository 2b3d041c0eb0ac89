"""Charge review: the superbills that wait, the rules they are reviewed by, and how much each rule weighs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chartdesk.kit import clock
from chartdesk.kit.errors import Invalid
from chartdesk.pms.charges import missing, rules
from chartdesk.pms.charges import queries as charges
from chartdesk.pms.charges.queries import SuperbillView
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.record.access import practices
from chartdesk.record.access.subject import Role
from chartdesk.web import lists
from chartdesk.web.navigation import MONEY
from chartdesk.web.request import StaffRequest, staff, whole

_SHOWN = {"": "Everything in review", "faults": "With something to mend", "clean": "Ready to approve"}
#: How much a rule may weigh, in words.
WEIGHTS = {"error": "Stops the charges", "notice": "Is shown", "off": "Off"}


@dataclass(frozen=True)
class Row:
    """A superbill of the list."""

    bill: SuperbillView
    patient: str
    provider: str
    payer: str

    @property
    def faults(self) -> int:
        """How many findings stop it."""
        return len(rules.errors(self.bill.findings))


def review(request: HttpRequest) -> HttpResponse:
    """Superbills in review with what review found, and visits without charges. Refreshes itself."""
    asked = staff(request, *MONEY)
    rows = _waiting(asked)
    if lists.exporting(asked):
        return _file(asked, rows)
    order = lists.order_of(asked, ("date", "total", "patient", "provider"), "date")
    keys = {
        "date": lambda row: (row.bill.service_date, row.bill.id),
        "total": lambda row: row.bill.total,
        "patient": lambda row: row.patient.lower(),
        "provider": lambda row: row.provider.lower(),
    }
    shown = lists.ordered(rows, order, keys)
    context = {
        "listing": lists.paged(asked, shown),
        "total": sum((row.bill.total for row in rows), Decimal(0)),
        "backlog": missing.backlog(missing.missing(asked.subject, clock.now()), clock.now()),
        "order": order,
        "choices": _SHOWN.items(),
        "shown": asked.GET.get("show", ""),
        "providers": scheduling.providers(asked.subject),
        "provider": asked.GET.get("provider", ""),
    }
    part = request.headers.get("HX-Target") == "review"
    return render(request, "billing/review_rows.html" if part else "billing/review.html", context)


def weights(request: HttpRequest) -> HttpResponse:
    """The rules of review with the reason of each; on POST a manager weighs them."""
    asked = staff(request, *MONEY)
    own = dict(asked.practice.settings.get("charge_review", {}))
    if request.method == "POST":
        asked.subject.require(Role.MANAGER)
        told = {rule.id: request.POST.get(rule.id, own.get(rule.id, rule.severity)) for rule in rules.RULES}
        wrong = next((weight for weight in told.values() if weight not in WEIGHTS), "")
        if wrong:
            raise Invalid(f"{wrong!r} is no weight.", cure=f"One of {', '.join(WEIGHTS)}.")
        usual = {rule.id: rule.severity for rule in rules.RULES}
        changed = {one: told[one] for one in told if told[one] != usual[one] and one not in rules.FIXED}
        patience = whole(request.POST, missing.SETTING, missing.PATIENCE)
        practices.switch(asked.subject, **{"charge_review": changed, missing.SETTING: patience})
        messages.success(request, "Saved. Charges are reviewed by it from now on.")
        return redirect("review_rules")
    rows = [
        (rule, own.get(rule.id, rule.severity), WEIGHTS[rule.severity], rule.id in rules.FIXED) for rule in rules.RULES
    ]
    patience = asked.practice.settings.get(missing.SETTING, missing.PATIENCE)
    context = {"rows": rows, "weights": WEIGHTS.items(), "patience": patience}
    return render(request, "billing/review_rules.html", context)


def _waiting(asked: StaffRequest) -> list[Row]:
    subject = asked.subject
    bills = charges.review_list(subject)
    names = registration.names(subject, sorted({bill.patient_id for bill in bills}))
    providers = {one.practitioner: one for one in scheduling.providers(subject, active=False)}
    payers = {one.payer_id: one.name for one in coverage.payers(subject, active=False)}
    rows = [
        Row(
            bill,
            names[bill.patient_id].name if bill.patient_id in names else "",
            providers[bill.practitioner].name if bill.practitioner in providers else "",
            payers.get(bill.payer_id, bill.payer_id) or ("Self-pay" if bill.self_pay else "None in force"),
        )
        for bill in bills
    ]
    show, provider = asked.GET.get("show", ""), asked.GET.get("provider", "")
    if show in ("faults", "clean"):
        rows = [row for row in rows if bool(row.faults) == (show == "faults")]
    if provider:
        rows = [row for row in rows if row.bill.practitioner == provider]
    return rows


def _file(asked: StaffRequest, rows: list[Row]) -> HttpResponse:
    header = ["Superbill", "Date of service", "Patient", "Provider", "Payer", "Codes", "Total", "Findings"]
    return lists.exported(
        asked,
        "charge-review",
        header,
        (
            (
                row.bill.id,
                row.bill.service_date,
                row.patient,
                row.provider,
                row.payer,
                " ".join(line.code for line in row.bill.lines),
                row.bill.total,
                " ".join(finding.message for finding in row.bill.findings),
            )
            for row in rows
        ),
    )

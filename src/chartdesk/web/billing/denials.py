"""Denials: what payers refused, until somebody has decided about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.follow_up import commands as follow_up
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.remittance import commands
from chartdesk.pms.remittance import queries as remittance
from chartdesk.pms.remittance.denials import PENDING
from chartdesk.pms.remittance.models import DENIAL_STATES
from chartdesk.pms.remittance.queries import DenialView
from chartdesk.web import lists
from chartdesk.web.banner import banner
from chartdesk.web.errors import words
from chartdesk.web.navigation import MONEY
from chartdesk.web.request import StaffRequest, staff

#: Outcomes of a denial: what the choice says, and what happens then.
OUTCOMES = {
    "appealed": ("Appealed", "An appeal was sent. The denial stays on the list until the payer answers."),
    "resubmitted": ("Corrected and sent again", "Replace the claim on its page. The denial waits for the answer."),
    "billed_patient": ("Bill the patient", "The amount moves from the payer's debt to the patient's."),
    "written_off": ("Write it off", "The amount is taken off as an adjustment. Nobody owes it any more."),
    "resolved": ("Resolved", "Nothing is left to do; no money moves."),
}
#: How many days before its last day an appeal is marked as urgent.
URGENT_DAYS = 14
#: Denials that a file has at most.
_LISTED = 5000


@dataclass(frozen=True)
class Row:
    """A denial of the list."""

    denial: DenialView
    patient: str
    payer: str
    days_left: int

    @property
    def urgent(self) -> bool:
        """Whether the time for an appeal runs out."""
        return self.denial.state in PENDING and self.days_left <= URGENT_DAYS


class _Window(Sequence["Row"]):
    """The denials that fit, of which only the page that is shown is read."""

    def __init__(self, asked: StaffRequest, order: str) -> None:
        self._asked, self._order = asked, order

    def __len__(self) -> int:
        return remittance.denied(self._asked.subject, **_filters(self._asked))[0]

    def __getitem__(self, part: Any) -> Any:
        if isinstance(part, slice):
            return _rows(self._asked, self._order, part.start or 0, part.stop - (part.start or 0))
        return _rows(self._asked, self._order, part, 1)[0]


def index(request: HttpRequest) -> HttpResponse:
    """Denials with the nearest deadline first, and what they are about."""
    asked = staff(request, *MONEY)
    order = lists.order_of(asked, ("deadline", "amount", "patient", "payer", "service"), "deadline")
    if lists.exporting(asked):
        return _file(asked, _rows(asked, order, 0, _LISTED))
    filters = _filters(asked)
    count, dollars = remittance.denied(asked.subject, **filters)
    context = {
        "listing": lists.paged(asked, _Window(asked, order), count),
        "total": dollars,
        "order": order,
        "states": [("pending", "Still worked on"), *((one, one.replace("_", " ").capitalize()) for one in
                   DENIAL_STATES), ("all", "All")],
        "state": _state(asked),
        "payers": coverage.payers(asked.subject, active=False),
        "payer": request.GET.get("payer", ""),
        "reasons": remittance.denial_reasons(asked.subject),
        "carc": request.GET.get("carc", ""),
    }  # fmt: skip
    part = request.headers.get("HX-Target") == "denials"
    return render(request, "billing/denial_rows.html" if part else "billing/denials.html", context)


def page(request: HttpRequest, denial_id: int) -> HttpResponse:
    """One denial: what the payer said about the claim, and the decision."""
    asked = staff(request, *MONEY)
    denial = remittance.denial(asked.subject, denial_id)
    context = {
        "banner": banner(asked, denial.patient_id),
        "denial": denial,
        "open": denial.state in PENDING,
        "payer": coverage.payer(asked.subject, denial.payer_id),
        "decisions": remittance.of_claim(asked.subject, denial.claim_id),
        "outcomes": OUTCOMES.items(),
        "days_left": (denial.deadline - clock.today(asked.practice.zone)).days,
        "mine": denial.owner == asked.subject.name,
    }
    return render(request, "billing/denial.html", context)


@require_POST
def settle(request: HttpRequest, denial_id: int) -> HttpResponse:
    """Decide about a denial, with a note."""
    asked = staff(request, *MONEY)
    outcome = request.POST.get("outcome", "")
    try:
        commands.settle_denial(asked.subject, denial_id, outcome, request.POST.get("note", ""))
    except ChartdeskError as fault:
        messages.error(request, words(fault))
        return redirect("denial", denial_id)
    messages.success(request, f"{OUTCOMES[outcome][0]}: noted.")
    return redirect("denials")


@require_POST
def assign(request: HttpRequest, denial_id: int) -> HttpResponse:
    """Take a denial, or give it back."""
    asked = staff(request, *MONEY)
    owner = asked.subject.name if request.POST.get("take") == "1" else ""
    commands.assign_denial(asked.subject, denial_id, owner)
    claim = remittance.denial(asked.subject, denial_id).claim_id
    follow_up.pursue(asked.subject, [claim], follow_up.Change(owner=owner))
    return redirect("denial", denial_id)


def _state(asked: StaffRequest) -> str:
    state = asked.GET.get("state", "pending")
    return state if state in ("all", *DENIAL_STATES) else "pending"


def _filters(asked: StaffRequest) -> dict[str, Any]:
    return {"state": _state(asked), "payer_id": asked.GET.get("payer", ""), "carc": asked.GET.get("carc", "")}


def _rows(asked: StaffRequest, order: str, skip: int, limit: int) -> list[Row]:
    subject = asked.subject
    found = remittance.denials(subject, order=order, skip=skip, limit=limit, **_filters(asked))
    names = registration.names(subject, sorted({one.patient_id for one in found}))
    payers = {one.payer_id: one.name for one in coverage.payers(subject, active=False)}
    today = clock.today(asked.practice.zone)
    return [
        Row(
            one,
            names[one.patient_id].name if one.patient_id in names else "",
            payers.get(one.payer_id, one.payer_id),
            (one.deadline - today).days,
        )
        for one in found
    ]


def _file(asked: StaffRequest, rows: list[Row]) -> HttpResponse:
    header = ["Claim", "Service", "Patient", "Payer", "Group", "Reason code", "Reason", "Remarks", "Amount", "State",
              "Appeal until", "Owner", "Note"]  # fmt: skip
    return lists.exported(
        asked,
        "denials",
        header,
        (
            (
                row.denial.claim_number,
                row.denial.service_date,
                row.patient,
                row.payer,
                row.denial.group,
                row.denial.carc,
                row.denial.reason,
                "; ".join(row.denial.remarks),
                row.denial.amount,
                row.denial.state,
                row.denial.deadline,
                row.denial.owner,
                row.denial.note,
            )
            for row in rows
        ),
    )

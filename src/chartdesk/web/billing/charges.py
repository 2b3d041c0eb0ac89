"""A superbill: its lines and diagnoses, what supports its level, and what is done with it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import zip_longest
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError, Invalid, NotFound
from chartdesk.kit.money import money
from chartdesk.pms.charges import arranging, commands, copying, documents, levels, missing, rules
from chartdesk.pms.charges import queries as charges
from chartdesk.pms.charges.circumstances import sentences
from chartdesk.pms.charges.content import Procedure
from chartdesk.pms.charges.levels import Documented
from chartdesk.pms.charges.queries import LineView, SuperbillView
from chartdesk.pms.claims import gathering
from chartdesk.pms.claims import queries as claims
from chartdesk.pms.claims.models import Claim
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.standards.terminology import icd10
from chartdesk.web.banner import banner
from chartdesk.web.errors import noticed, words
from chartdesk.web.fields import day_of
from chartdesk.web.navigation import MONEY
from chartdesk.web.request import StaffRequest, optional, staff, whole

#: Empty rows below the lines of a superbill in review.
_SPARE = 2
_FIELDS = ("code", "modifiers", "units", "pointers", "amount", "description", "practitioner", "was", "date", "revenue")
#: What asks before it is done: button, question, whether it wants a reason.
ASKED = {
    "void": ("Take the charges back", "The charges are taken back for good; what was posted is reversed.", True),
    "reopen": ("Reopen", "The postings are reversed and the superbill goes back to review.", True),
    "self-pay": ("Approve as self-pay", "No claim is made. The patient owes the whole amount.", False),
}


@dataclass
class TypedLine:
    """A line of the form: what stands in its fields, and what review says about it."""

    code: str = ""
    modifiers: str = ""
    units: str = ""
    pointers: str = ""
    amount: str = ""
    description: str = ""
    practitioner: str = ""
    was: str = ""
    date: str = ""
    revenue: str = ""
    owed_by: str | None = None
    findings: tuple[rules.Finding, ...] = ()

    @property
    def stopped(self) -> bool:
        """Whether something about it must be mended."""
        return bool(rules.errors(list(self.findings)))


def superbill(request: HttpRequest, superbill_id: int) -> HttpResponse:
    """One superbill; on POST its lines and diagnoses are amended. Says so when somebody else changed it."""
    asked = staff(request, *MONEY)
    if request.method == "POST":
        return _amend(asked, superbill_id)
    if request.headers.get("HX-Target") == "changed":
        bill = charges.superbill(asked.subject, superbill_id)
        changed = bill.version != optional(request.GET, "version")
        return render(request, "billing/superbill_changed.html", {"bill": bill, "changed": changed})
    return _page(asked, superbill_id)


@require_POST
def act(request: HttpRequest, superbill_id: int, action: str) -> HttpResponse:
    """Approve, approve as self-pay, copy the last visit, take back, or reopen; then the superbill, or the list."""
    asked = staff(request, *MONEY)
    version = optional(request.POST, "version")
    reason = request.POST.get("reason", "").strip()
    try:
        if action in ("approve", "self-pay"):
            commands.approve(asked.subject, superbill_id, version=version, self_pay=action == "self-pay")
            messages.success(request, "Approved. The charges are posted.")
        elif action == "copy":
            copying.copy_forward(asked.subject, superbill_id, version=version)
            messages.success(request, "The last visit's charges were added. Look them over.")
        elif action == "void":
            commands.void(asked.subject, superbill_id, reason, version=version)
            messages.success(request, "The charges were taken back.")
        elif action == "restore":
            missing.restore(asked.subject, superbill_id)
            messages.success(request, "Enter the charges.")
        elif action == "reopen":
            _need_reason(reason)
            commands.reopen(asked.subject, superbill_id, reason, version=version)
            messages.success(request, "The superbill is in review again.")
        else:
            raise NotFound(f"There is no action {action!r} for a superbill.")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    if request.POST.get("then") == "list":
        return redirect("charge_review")
    return redirect("superbill", superbill_id)


@require_POST
def arrange(request: HttpRequest, superbill_id: int) -> HttpResponse:
    """Put lines on claims by hand, or let the rules decide again."""
    asked = staff(request, *MONEY)
    data, version = request.POST, optional(request.POST, "version")
    with noticed(request):
        if data.get("by") == "rules":
            arranging.follow_rules(asked.subject, superbill_id, version=version)
            messages.success(request, "The rules split the visit again.")
        else:
            chosen = {int(one): optional(data, f"claim-{one}") for one in data.getlist("line") if one.isdecimal()}
            arranging.arrange(asked.subject, superbill_id, chosen, data.get("reason", ""), version=version)
            messages.success(request, "Noted. The claims are made this way.")
    return redirect("superbill", superbill_id)


def ask(request: HttpRequest, superbill_id: int, action: str) -> HttpResponse:
    """The dialog that says what an action does before it does it."""
    asked = staff(request, *MONEY)
    if action not in ASKED:
        raise NotFound(f"There is no action {action!r} for a superbill.")
    button, question, reason = ASKED[action]
    bill = charges.superbill(asked.subject, superbill_id)
    context = {
        "title": f"Superbill {bill.id} of {bill.service_date:%b %-d, %Y}",
        "question": question,
        "button": button,
        "needs_reason": reason,
        "target": "superbill_act",
        "number": bill.id,
        "action": action,
        "version": bill.version,
    }
    return render(request, "billing/ask.html", context)


def printed(request: HttpRequest, superbill_id: int) -> HttpResponse:
    """The superbill as a PDF."""
    asked = staff(request, *MONEY)
    response = HttpResponse(documents.superbill_pdf(asked.subject, superbill_id), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="superbill-{superbill_id}.pdf"'
    return response


def codes(request: HttpRequest) -> HttpResponse:
    """Choices for a code field: procedures of the fee schedule, or diagnoses, that fit what was typed."""
    asked = staff(request, *MONEY)
    text = (request.GET.getlist("line-code") or [""])[-1].strip()
    if text:
        on = clock.today(asked.practice.zone)
        words = text.lower().split()
        offered = [
            (code, description)
            for code, description in charges.offered(asked.subject, on)
            if all(word in f"{code} {description}".lower() for word in words)
        ]
        return render(request, "billing/codes.html", {"choices": offered[:12]})
    text = (request.GET.getlist("diagnosis") or [""])[-1].strip()
    hits = icd10.search(text, 12) if text else []
    return render(request, "billing/codes.html", {"choices": [(hit.code, hit.description) for hit in hits]})


# ----------------------------------------------------------------------------------------- one superbill


def _page(
    asked: StaffRequest,
    superbill_id: int,
    *,
    typed: tuple[list[TypedLine], list[str], str] | None = None,
    fault: ChartdeskError | None = None,
) -> HttpResponse:
    bill = charges.superbill(asked.subject, superbill_id)
    lines, diagnoses, place = typed or (_lines(bill), list(bill.diagnoses), bill.place_of_service)
    editable = bill.status == "review"
    if editable:
        lines = [*lines, *(TypedLine() for _ in range(_SPARE))]
    providers = scheduling.providers(asked.subject, active=False)
    payers = {one.payer_id: one.name for one in coverage.payers(asked.subject, active=False)}
    context: dict[str, Any] = {
        "banner": banner(asked, bill.patient_id),
        "bill": bill,
        "editable": editable,
        "lines": lines,
        "diagnoses": [(code, _diagnosis(code)) for code in diagnoses],
        "spare": range(len(diagnoses) + 1, len(diagnoses) + 1 + _SPARE),
        "place": place,
        "general": [finding for finding in bill.findings if not finding.line and bill.status != "void"],
        "faults": rules.errors(bill.findings),
        "claims": [(one, _claim_words(one, payers)) for one in claims.of_superbill(asked.subject, bill.id)],
        "provider": next((one.name for one in providers if one.practitioner == bill.practitioner), ""),
        "payer": payers.get(bill.payer_id, bill.payer_id),
        "fault": fault,
        "coverages": coverage.coverages(asked.subject, bill.patient_id, on=bill.service_date),
        "providers": providers,
        "payers": payers,
        "level": _level(asked, bill),
        "shares": _shares(asked, bill),
        "circumstances": sentences(bill.circumstances),
        "restorable": missing.may_be_restored(bill.status, bill.source_id),
    }
    return render(asked, "billing/superbill.html", context, status=422 if fault else 200)


def _claim_words(claim: Claim, payers: dict[str, str]) -> str:
    """Who has a claim, and which kind it is where that is not the usual one."""
    place, kind = {2: "secondary", 3: "tertiary"}.get(claim.rank, ""), {"7": "replacement", "8": "void"}
    form = "institutional" if (claim.content or {}).get("institutional") else ""
    told = (payers.get(claim.payer_id, claim.payer_id), place, form, kind.get(claim.frequency, ""))
    return ", ".join(one for one in told if one)


def _shares(asked: StaffRequest, bill: SuperbillView) -> list[tuple[LineView, int | None]]:
    """The lines, and which claim each is on as things stand; empty where there is nothing to split any more."""
    if len(bill.lines) < 2 or not bill.payer_id or bill.status not in ("review", "approved"):
        return []
    parts = gathering.parts_of(asked.subject, bill)
    on = {place: number for number, part in enumerate(parts, start=1) for place in part.lines}
    return [(line, on.get(place)) for place, line in enumerate(bill.lines)]


def _amend(asked: StaffRequest, superbill_id: int) -> HttpResponse:
    data = asked.POST
    typed = _typed(data)
    diagnoses = [code.strip() for code in data.getlist("diagnosis") if code.strip()]
    place = data.get("place_of_service", "").strip()
    try:
        findings = commands.amend(
            asked.subject,
            superbill_id,
            [_procedure(line, number) for number, line in enumerate(typed, start=1)],
            diagnoses,
            version=whole(data, "version"),
            place_of_service=place,
            documented=_documented(asked, superbill_id),
            minutes=optional(data, "minutes"),
        )
    except ChartdeskError as fault:
        return _page(asked, superbill_id, typed=(typed, diagnoses, place), fault=fault)
    left = len(rules.errors(findings))
    if left:
        messages.warning(asked, f"Saved. {left} to mend.")
    elif asked.practice.switched("auto_submit", True):
        messages.success(asked, "Saved. Nothing stands in the way: it is approved and sent by itself.")
    else:
        messages.success(asked, "Saved. Nothing stands in the way.")
    return redirect("superbill", superbill_id)


def _lines(bill: SuperbillView) -> list[TypedLine]:
    found = []
    for line in bill.lines:
        one = TypedLine(
            code=line.code,
            modifiers=" ".join(line.modifiers),
            units=f"{line.units.normalize():f}",
            pointers=" ".join(str(pointer) for pointer in line.pointers),
            amount="" if line.amount is None else str(line.amount),
            description=line.description,
            practitioner=line.practitioner,
            date=line.service_date.isoformat() if line.service_date else "",
            revenue=line.revenue,
            owed_by=line.payer_id,
            findings=tuple(finding for finding in bill.findings if finding.line == line.position),
        )
        one.was = _priced_by(one)
        found.append(one)
    return found


def _priced_by(line: TypedLine) -> str:
    """What the amount of a line goes with; when it changes, an untouched amount is priced anew."""
    return "|".join((line.code, line.modifiers, line.units, line.amount))


def _typed(data: QueryDict) -> list[TypedLine]:
    """The lines of the form; a line whose code was emptied is gone."""
    columns = [data.getlist(f"line-{name}") for name in _FIELDS]
    rows = [TypedLine(*(text.strip() for text in row)) for row in zip_longest(*columns, fillvalue="")]
    return [row for row in rows if row.code]


def _procedure(line: TypedLine, number: int) -> Procedure:
    code, modifiers, units, amount = (line.was.split("|") + [""] * 4)[:4]
    same = (code, modifiers, units) == (line.code, line.modifiers, line.units)
    untouched = line.amount == amount
    where = f"line {number}"
    try:
        count = Decimal(line.units or "1")
        pointers = [int(part) for part in line.pointers.replace(",", " ").split()]
    except (InvalidOperation, ValueError):
        raise Invalid(
            f"The units or diagnoses of {line.code} are not numbers.",
            where=where,
            cure="Write units like 1 and diagnoses like 1 2.",
        ) from None
    return Procedure(
        code=line.code,
        modifiers=line.modifiers.replace(",", " ").upper().split(),
        units=count,
        pointers=pointers,
        description=line.description if line.code == code else "",
        amount=None if not line.amount or (untouched and not same) else money(line.amount),
        practitioner=line.practitioner,
        service_date=day_of({"date": line.date}, "date"),
        revenue=_revenue(line, where),
    )


def _revenue(line: TypedLine, where: str) -> str:
    """The revenue code that was typed; its leading zero may be left out."""
    if line.revenue and not (line.revenue.isdecimal() and 3 <= len(line.revenue) <= 4):
        words = f"{line.revenue!r} at {line.code} is no revenue code."
        raise Invalid(words, where=where, cure="Write four digits, such as 0521, or leave it empty.")
    return line.revenue and line.revenue.zfill(4)


def _documented(asked: StaffRequest, superbill_id: int) -> Documented | None:
    """What was typed about the level; None where the page did not ask. Who said it changes only with what is said."""
    if not set(levels.ELEMENTS) & set(asked.POST):
        return None
    before = levels.documented(charges.superbill(asked.subject, superbill_id).documented)
    typed = {name: asked.POST.get(name, "") for name in levels.ELEMENTS}
    same = all(getattr(before, name) == level for name, level in typed.items())
    return before if same else Documented(**typed, by=asked.subject.name)


def _level(asked: StaffRequest, bill: SuperbillView) -> dict[str, Any] | None:
    """What the page says about the level of the visit; None where no line has one."""
    said = levels.documented(bill.documented)
    found = [levels.supported(line.code, bill.service_date, said, bill.minutes) for line in bill.lines]
    support = next((one for one in found if one is not None), None)
    if support is None:
        return None
    elements = [
        (name, title, getattr(said, name), list(zip(levels.LEVELS, meanings, strict=True)))
        for name, (title, meanings) in levels.ELEMENTS.items()
    ]
    return {"support": support, "elements": elements, "by": said.by, "shown": copying.shown(asked.subject, bill)}


def _diagnosis(code: str) -> str:
    return icd10.lookup(code).description if icd10.is_billable(code) else "not a billable code"


def _need_reason(reason: str) -> None:
    if not reason:
        raise Invalid("Say why the superbill is reopened.", where="reason")

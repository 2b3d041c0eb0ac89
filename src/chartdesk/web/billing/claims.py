"""Claims: the list with its counts, one claim with its time line, and what can be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit.errors import ChartdeskError, Invalid, NotFound
from chartdesk.kit.money import ZERO
from chartdesk.kit.transactions import transaction
from chartdesk.pms.charges.circumstances import sentences
from chartdesk.pms.claims import commands, correcting, rejecting, sending
from chartdesk.pms.claims import queries as claims
from chartdesk.pms.claims.content import Attached, ClaimContent
from chartdesk.pms.claims.models import ADJUDICATED, OPEN, STATUSES, UNSENT, Claim, ClaimLine, Rejection
from chartdesk.pms.claims.paper import printing
from chartdesk.pms.claims.queries import ClaimView
from chartdesk.pms.claims.rules import Finding
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.remittance import commands as receipts
from chartdesk.pms.remittance import next_payer
from chartdesk.pms.remittance import queries as remittance
from chartdesk.pms.splits import bill_types
from chartdesk.record.access import Subject
from chartdesk.standards.terminology import icd10
from chartdesk.web import lists, places
from chartdesk.web.banner import banner
from chartdesk.web.errors import words
from chartdesk.web.navigation import MONEY
from chartdesk.web.request import StaffRequest, staff

RANKS = {1: "primary", 2: "secondary", 3: "tertiary"}
FREQUENCIES = {"1": "original", "7": "replacement", "8": "void"}
#: An icon for each kind of entry of the time line.
MARKS = {
    "built": {"icon": "file-plus"}, "held": {"icon": "hand-stop"}, "ready": {"icon": "circle-check"},
    "submitted": {"icon": "send"}, "sent": {"icon": "mail-forward"}, "999": {"icon": "mail-check"},
    "277CA": {"icon": "mail-opened"}, "rejected": {"icon": "circle-x"}, "835": {"icon": "cash"},
    "corrected": {"icon": "replace"}, "closed": {"icon": "archive"}, "276": {"icon": "send"},
    "277": {"icon": "mail-opened"}, "appeal": {"icon": "file-text"},
}  # fmt: skip
OTHER_MARK = {"icon": "point"}
#: Actions that are asked for in a dialog first: button, what it does, whether it wants a reason.
ASKED = {
    "replace": (
        "Build the replacement",
        "A claim is built from the charges as they stand now, for the payer to decide anew. This one is closed.",
        False,
    ),
    "void": (
        "Build the void",
        "A claim is built that asks the payer to take its decision back, and the money. This one is closed.",
        False,
    ),
    "next": (
        "Bill the next payer",
        "What is left, also what was denied, becomes the next payer's debt; the claim says what this payer decided.",
        False,
    ),
    "close": ("Close the claim", "Nobody pursues this claim further. What is owed stays owed.", True),
}
_ORDERS = ("service_date", "total", "built_at", "number")


@dataclass(frozen=True)
class Step:
    """Something that can be done with a claim; those of ``ASKED`` are asked for in a dialog first."""

    action: str
    words: str
    icon: str
    first: bool = False

    @property
    def asks(self) -> bool:
        """Whether a dialog comes first."""
        return self.action in ASKED


@dataclass(frozen=True)
class Row:
    """A claim of the list."""

    claim: Claim
    patient: str
    payer: str

    @property
    def lag(self) -> timedelta | None:
        """From the signature to the submission."""
        if self.claim.signed_at is None or self.claim.submitted_at is None:
            return None
        return self.claim.submitted_at - self.claim.signed_at


def index(request: HttpRequest) -> HttpResponse:
    """The claims that fit the filter, a page of them, with counts by status. Refreshes itself."""
    asked = staff(request, *MONEY)
    subject = asked.subject
    order = lists.order_of(asked, _ORDERS, "-service_date")
    payers = {one.payer_id: one.name for one in coverage.payers(subject, active=False)}
    counts = {one.status: one for one in claims.by_status(subject)}
    with transaction(subject):
        found = _filtered(asked, order)
        if lists.exporting(asked):
            return _file(asked, list(found.defer("content", "findings")[: lists.LARGEST_EXPORT]), payers)
        number, total = _sum(asked, found, list(counts.values()))
        # The numbers of a page come from an index alone; only its own rows are read.
        listing = lists.paged(asked, found.values_list("pk", flat=True), number)
        rows = _rows(subject, claims.these(subject, listing.rows), payers)
    context = {
        "listing": listing,
        "rows": rows,
        "total": total,
        "counts": [counts[name] for name in STATUSES if name in counts],
        "all": sum(one.count for one in counts.values()),
        "status": asked.GET.get("status", ""),
        "payers": payers.items(),
        "payer": asked.GET.get("payer", ""),
        "order": order,
        "ready": counts["ready"].count if "ready" in counts else 0,
    }
    part = request.headers.get("HX-Target") == "claims"
    return render(request, "billing/claim_rows.html" if part else "billing/claims.html", context)


def page(request: HttpRequest, claim_id: int) -> HttpResponse:
    """One claim: what it says, what is wrong, what happened, what can be done. Refreshes its time line."""
    asked = staff(request, *MONEY)
    view = claims.claim(asked.subject, claim_id)
    context = _context(asked, view)
    if request.headers.get("HX-Target") == "claim":
        return render(request, "billing/claim_body.html", context)
    return render(request, "billing/claim.html", {**context, "banner": banner(asked, view.claim.patient)})


def paper(request: HttpRequest, claim_id: int, kind: str) -> HttpResponse:
    """The claim on CMS-1500 forms as a PDF: ``form`` with the form drawn, ``print`` for the red forms."""
    asked = staff(request, *MONEY)
    if kind not in ("form", "print"):
        raise NotFound(f"There is no {kind!r} of a claim.")
    try:
        content = printing.claim_pdf(asked.subject, claim_id, drawn=kind == "form")
    except Invalid as fault:
        messages.error(request, words(fault))
        return redirect("claim", claim_id)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="cms-1500-{claim_id}.pdf"'
    return response


def text(request: HttpRequest, claim_id: int) -> HttpResponse:
    """The claim as an 837P of its own, one segment on each line."""
    asked = staff(request, *MONEY)
    try:
        written = sending.written_claim(asked.subject, claim_id).decode("ascii", "replace")
    except Invalid as fault:
        written = f"This claim cannot be written yet.\n{words(fault)}"
    return render(request, "billing/file_text.html", {"text": written.replace("~", "~\n").replace("\n\n", "\n")})


@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Submit every claim that is ready; the worker hands the file to the clearinghouse."""
    asked = staff(request, *MONEY)
    number = commands.send_ready(asked.subject)
    messages.success(request, "Submitted." if number else "No claim was ready.")
    return redirect("claims")


def ask(request: HttpRequest, claim_id: int, action: str) -> HttpResponse:
    """The dialog that says what an action does before it does it."""
    asked = staff(request, *MONEY)
    if action not in ASKED:
        raise NotFound(f"There is no action {action!r} for a claim.")
    button, question, reason = ASKED[action]
    claim = claims.claim(asked.subject, claim_id).claim
    context = {
        "title": f"Claim {claim.number}",
        "question": question,
        "button": button,
        "needs_reason": reason,
        "target": "claim_act",
        "number": claim.pk,
        "action": action,
        "version": None,
    }
    return render(request, "billing/ask.html", context)


@require_POST
def act(request: HttpRequest, claim_id: int, action: str) -> HttpResponse:
    """Take one step with a claim; leads to the claim that came of it."""
    asked = staff(request, *MONEY)
    shown = claim_id
    try:
        if action == "scrub":
            _scrub(asked, claim_id)
        elif action == "submit":
            number = commands.submit(asked.subject, [claim_id])
            messages.success(request, "Submitted." if number else "The claim is not ready.")
        elif action in ("resubmit", "replace", "void"):
            shown = {"resubmit": commands.resubmit, "replace": commands.replace, "void": commands.void}[action](
                asked.subject, claim_id
            )
            messages.success(request, "The new claim was built. Look at it, then submit it.")
        elif action == "next":
            shown = receipts.bill_next(asked.subject, claim_id)
            messages.success(request, "The claim to the next payer was built.")
        elif action == "close":
            _close(asked, claim_id)
        else:
            raise NotFound(f"There is no action {action!r} for a claim.")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect("claim", shown)


def possible(claim: Claim) -> list[Step]:
    """What can be done with a claim in its status."""
    steps: list[Step] = []
    if claim.status in UNSENT:
        steps.append(Step("scrub", "Build and scrub again", icon="refresh"))
    if claim.status == "ready":
        steps.append(Step("submit", "Submit", icon="send", first=True))
    if claim.status == "rejected":
        steps.append(Step("resubmit", "Correct and send again", icon="send", first=True))
    if claim.status in (*ADJUDICATED, "acknowledged") and claim.payer_claim_number and claim.frequency != "8":
        steps += [Step("replace", "Replace", icon="replace"), Step("void", "Void", icon="x")]
    if claim.status not in (*OPEN, "closed") or correcting.ends(claim):
        steps.append(Step("close", "Close", icon="archive"))
    return steps


# ---------------------------------------------------------------------------------------------- inside


def _sum(asked: StaffRequest, found: QuerySet[Claim], counts: list[claims.StatusCount]) -> tuple[int, Decimal]:
    """How many claims fit, and their dollars: known already where the list is narrowed by status alone."""
    if any(asked.GET.get(name) for name in ("payer", "patient", "since", "until")):
        sums = found.order_by().aggregate(number=Count("pk"), total=Sum("total"))
        return sums["number"], sums["total"] or ZERO
    status = asked.GET.get("status", "")
    fitting = [one for one in counts if status not in STATUSES or one.status == status]
    return sum(one.count for one in fitting), sum((one.total for one in fitting), ZERO)


def _filtered(asked: StaffRequest, order: str) -> QuerySet[Claim]:
    status = asked.GET.get("status", "")
    return claims.claims(
        asked.subject,
        status=status if status in STATUSES else "",
        payer_id=asked.GET.get("payer", ""),
        patient_id=asked.GET.get("patient", ""),
        since=lists.date_of(asked, "since"),
        until=lists.date_of(asked, "until"),
        order=order,
    )


def _rows(subject: Subject, found: list[Claim], payers: dict[str, str]) -> list[Row]:
    return [
        Row(one.claim, one.patient_name, payers.get(one.claim.payer_id, one.claim.payer_id))
        for one in claims.listed(subject, found)
    ]


def _file(asked: StaffRequest, found: list[Claim], payers: dict[str, str]) -> HttpResponse:
    header = ["Claim", "Patient", "Payer", "Rank", "Kind", "Service", "Status", "Total", "Signed", "Submitted",
              "Payer's number"]  # fmt: skip
    rows = (
        (
            row.claim.number,
            row.patient,
            row.payer,
            RANKS[row.claim.rank],
            FREQUENCIES[row.claim.frequency],
            row.claim.service_date,
            row.claim.status,
            row.claim.total,
            row.claim.signed_at,
            row.claim.submitted_at,
            row.claim.payer_claim_number,
        )
        for row in _rows(asked.subject, found, payers)
    )
    return lists.exported(asked, "claims", header, rows)


def _context(asked: StaffRequest, view: ClaimView) -> dict[str, Any]:
    claim, content = view.claim, view.content
    return {
        "view": view,
        "claim": claim,
        "content": content,
        "rank": RANKS.get(claim.rank, ""),
        "frequency": FREQUENCIES.get(claim.frequency, ""),
        "diagnoses": [(code, icd10.lookup(code).description if icd10.is_billable(code) else "") for code in
                      content.diagnoses],
        "lines": _lines(view),
        "findings": [(one, _target(asked.subject, claim, one)) for one in view.findings],
        "rejections": [(one, _place(asked.subject, claim, one)) for one in view.rejections],
        "events": [(event, MARKS.get(event.kind, OTHER_MARK)["icon"]) for event in reversed(view.events)],
        "decisions": remittance.of_claim(asked.subject, claim.pk),
        "denials": remittance.denials(asked.subject, claim_id=claim.pk, state="all"),
        "steps": [*possible(claim), *_next(asked.subject, claim)],
        "circumstances": sentences(content.circumstances),
        "documents": _documents(content),
        "bill_type": bill_types.words(content.institutional.bill_type) if content.institutional else "",
    }  # fmt: skip


def _lines(view: ClaimView) -> list[tuple[ClaimLine, str, str]]:
    """The lines with what each is, and its revenue code on an institutional claim."""
    words = {line.control: (line.description, line.revenue) for line in view.content.lines}
    return [(line, *words.get(line.control_number, ("", ""))) for line in view.lines]


def _next(subject: Subject, claim: Claim) -> list[Step]:
    """Billing the next payer, where there is one and something is left."""
    policy = next_payer.offered(subject, claim)
    return [Step("next", f"Bill {policy.payer_name}", icon="send")] if policy is not None else []


def _documents(content: ClaimContent) -> list[tuple[Attached, int]]:
    """The documents that the claim names, and with which of its lines; 0 is the whole claim."""
    places = {line.charge_line: place for place, line in enumerate(content.lines, start=1)}
    return [(one, places.get(one.line, 0)) for one in content.attachments]


def _target(subject: Subject, claim: Claim, finding: Finding) -> str:
    kind, identifier = finding.where
    return "" if kind == "claim" else places.mending(subject, kind, identifier)


def _place(subject: Subject, claim: Claim, rejection: Rejection) -> str:
    """Where what a rejection names is mended; empty where that is the claim itself."""
    kind, identifier = rejecting.place(claim, rejection)
    return "" if kind == "claim" else places.mending(subject, kind, identifier)


def _scrub(asked: StaffRequest, claim_id: int) -> None:
    """Build the unsent claims of the patient anew from the rows, and scrub them."""
    claim = claims.claim(asked.subject, claim_id).claim
    commands.refresh(asked.subject, claim.patient)
    after = claims.claim(asked.subject, claim_id).claim
    if after.status == "ready":
        messages.success(asked, "Nothing stands in the way. The claim is ready to be submitted.")
    else:
        messages.warning(asked, f"The claim is {after.status}: see what was found.")


def _close(asked: StaffRequest, claim_id: int) -> None:
    reason = asked.POST.get("reason", "").strip()
    if not reason:
        raise Invalid("A claim is closed with a reason.", where="reason", cure="Say why nobody pursues it.")
    commands.close(asked.subject, claim_id, reason)
    messages.success(asked, "The claim is closed.")

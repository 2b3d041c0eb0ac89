"""Appeals: the list by deadline, one appeal with its letter, and the letters to begin with."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError, Invalid, NotFound
from chartdesk.pms.claims import queries as claims
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.follow_up import appeals, commands, letters, queries
from chartdesk.pms.follow_up.models import APPEAL_STATES, PENDING_APPEALS
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.remittance import queries as remittance
from chartdesk.web import lists
from chartdesk.web.banner import banner
from chartdesk.web.errors import words
from chartdesk.web.navigation import MONEY
from chartdesk.web.request import StaffRequest, staff

OUTCOMES = {
    "won": ("Won", "The payer grants all of it. The money comes with its next remittance."),
    "partly_won": ("Won in part", "The rest is open again, for the next level or a decision."),
    "lost": ("Lost", "The denials are open again, until the last day of the next level."),
    "withdrawn": ("Withdrawn", "We go on without an appeal; the denials are open again."),
}
_STATES = {"pending": PENDING_APPEALS, "ended": tuple(one for one in APPEAL_STATES if one not in PENDING_APPEALS)}


def index(request: HttpRequest) -> HttpResponse:
    """Appeals, the nearest deadline first: pending ones, or those that have ended."""
    asked = staff(request, *MONEY)
    state = asked.GET.get("state", "pending")
    found = queries.appeals(asked.subject, states=_STATES.get(state, PENDING_APPEALS))
    payers = {one.payer_id: one.name for one in coverage.payers(asked.subject, active=False)}
    today = clock.today(asked.practice.zone)
    names = registration.names(asked.subject, sorted({one.appeal.patient for one in found})) if found else {}
    rows = [
        (
            one,
            names[one.appeal.patient].name if one.appeal.patient in names else "",
            payers.get(one.appeal.payer_id, one.appeal.payer_id),
            (one.appeal.deadline - today).days,
        )
        for one in found
    ]
    if lists.exporting(asked):
        header = ["Claim", "Patient", "Payer", "Level", "Amount", "State", "Last day", "Sent", "Answer by", "Outcome"]
        cells = (
            (one.claim_number, patient, payer, one.appeal.level, one.appeal.amount, one.appeal.state,
             one.appeal.deadline, one.appeal.sent, one.appeal.answer_by, one.appeal.outcome)
            for one, patient, payer, _ in rows
        )  # fmt: skip
        return lists.exported(asked, "appeals", header, cells)
    context = {"listing": lists.paged(asked, rows), "state": state if state in _STATES else "pending"}
    return render(request, "billing/appeals.html", context)


@require_POST
def begin(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Begin an appeal of a claim; leads to its letter."""
    asked = staff(request, *MONEY)
    try:
        number = commands.draft_appeal(asked.subject, claim_id, letter=asked.POST.get("letter", ""))
    except ChartdeskError as fault:
        messages.error(request, words(fault))
        return redirect("claim_follow_up", claim_id)
    return redirect("appeal", number)


def page(request: HttpRequest, appeal_id: int) -> HttpResponse:
    """One appeal: its letter, what it is about, and what came of it."""
    asked = staff(request, *MONEY)
    appeal = queries.appeal(asked.subject, appeal_id)
    view = claims.claim(asked.subject, appeal.claim)
    denials = [one for one in remittance.denials(asked.subject, claim_id=appeal.claim, state="all")
               if one.id in appeal.denials]  # fmt: skip
    context = {
        "appeal": appeal,
        "claim": view.claim,
        "content": view.content,
        "denials": denials,
        "ways": appeals.WAYS,
        "outcomes": OUTCOMES.items(),
        "days_left": (appeal.deadline - clock.today(asked.practice.zone)).days,
        "pending": appeal.state in PENDING_APPEALS,
        "banner": banner(asked, appeal.patient),
    }
    return render(request, "billing/appeal.html", context)


@require_POST
def act(request: HttpRequest, appeal_id: int, action: str) -> HttpResponse:
    """Change the letter, note that it was sent, or write down what came of it."""
    asked = staff(request, *MONEY)
    given = asked.POST
    try:
        if action == "amend":
            commands.amend_appeal(asked.subject, appeal_id, title=given.get("title", ""), body=given.get("body", ""))
            messages.success(request, "The letter was saved.")
        elif action == "send":
            commands.send_appeal(asked.subject, appeal_id, given.get("how", ""), number=given.get("number", ""))
            messages.success(request, "Noted as sent. The letter is kept as it went out.")
        elif action == "settle":
            _settle(asked, appeal_id)
        else:
            raise NotFound(f"There is no action {action!r} for an appeal.")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect("appeal", appeal_id)


def letter(request: HttpRequest, appeal_id: int) -> HttpResponse:
    """The letter as a PDF."""
    asked = staff(request, *MONEY)
    response = HttpResponse(queries.letter_pdf(asked.subject, appeal_id), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="appeal-{appeal_id}.pdf"'
    return response


def templates(request: HttpRequest) -> HttpResponse:
    """The letters to begin with; on POST one of them is written or dropped."""
    asked = staff(request, *MONEY)
    given = request.POST
    status, fault = 200, None
    known = letters.letters(asked.subject)
    chosen = known.get(asked.GET.get("letter", ""))
    shown = {"key": chosen.key, "name": chosen.name, "title": chosen.title, "body": chosen.body} if chosen else {}
    if request.method == "POST":
        try:
            if given.get("action") == "forget":
                commands.forget_letter(asked.subject, given.get("key", ""))
                messages.success(request, "Your own text was dropped.")
            else:
                texts = {name: given.get(name, "").replace("\r\n", "\n") for name in ("key", "name", "title", "body")}
                shown = texts
                commands.write_letter(asked.subject, **texts)
                messages.success(request, f"The letter {texts['name']} was saved.")
            return redirect("appeal_letters")
        except ChartdeskError as refused:
            status, fault = 422, words(refused)
    context = {
        "letters": sorted(known.values(), key=lambda one: one.name), "chosen": chosen, "shown": shown, "fault": fault,
        "places": [(f"{{{name}}}", said) for name, said in letters.PLACES.items()],
    }  # fmt: skip
    return render(request, "billing/appeal_letters.html", context, status=status)


def _settle(asked: StaffRequest, appeal_id: int) -> None:
    text = asked.POST.get("won", "").strip().lstrip("$").replace(",", "")
    try:
        won = Decimal(text) if text else None
    except InvalidOperation:
        won = Decimal("NaN")
    if won is not None and not won.is_finite():
        raise Invalid(f"{text!r} is not an amount.", where="won", cure="Write it like 120.00.")
    outcome = asked.POST.get("outcome", "")
    commands.settle_appeal(asked.subject, appeal_id, outcome, asked.POST.get("note", ""), won=won)
    messages.success(asked, f"{OUTCOMES[outcome][0]}: noted.")

"""Cards: charging one that is on file or typed on the gateway's page, giving back, and what the gateway tells.

The number of a card is typed on the gateway's page only. The way there and back is by links: this program's pages may
send forms to nobody else.
"""

from __future__ import annotations

from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from chartdesk.kit.errors import ChartdeskError, Conflict, Invalid
from chartdesk.kit.ids import new_id
from chartdesk.kit.money import dollars
from chartdesk.pms.cards import commands, connections, queries, settling
from chartdesk.pms.cards.models import CardOperation, StoredCard
from chartdesk.pms.statements import commands as statements
from chartdesk.pms.statements import queries as accounts
from chartdesk.record.access.subject import Role
from chartdesk.web.banner import banner
from chartdesk.web.errors import status_of, words
from chartdesk.web.fields import amount_of
from chartdesk.web.navigation import MONEY
from chartdesk.web.request import StaffRequest, staff

DESK = (Role.FRONT_DESK, *MONEY)
#: How a payment form names a card on file, and one that is still to be typed.
ON_FILE, NEW = "card:", "card-new"
_SAID = {
    "succeeded": "{amount} charged. Authorization {authorization}.",
    "declined": "Nothing was charged. {message}",
    "not_done": "Nothing was charged. {message}",
    "unknown": "It is not known yet whether {amount} was charged. Do not charge the card again: the gateway is asked "
    "every minute, and the payment appears by itself if it went through.",
    "sending": "{amount} is on its way. The payment appears by itself.",
}


def methods(asked: StaffRequest, patient_id: str) -> list[tuple[str, str]]:
    """How this patient can pay: the terminal, cards on file, one to be typed, cash, check."""
    through = [(f"{ON_FILE}{one.pk}", one.words) for one in queries.cards(asked.subject, patient_id)]
    if connections.there():
        through.append((NEW, "Card, typed on the gateway's page"))
    return [*through, ("card", "Card, at the terminal"), ("cash", "Cash"), ("check", "Check")]


def take(
    asked: StaffRequest, patient_id: str, amount: Decimal, *, appointment_id: str = ""
) -> tuple[str, HttpResponse | None]:
    """Take the payment that a form describes: what to say, and where to go on where a card is to be typed.

    Raises Conflict where nothing was taken, and what the rooms raise.
    """
    method, key = asked.POST.get("method", "") or "card", asked.POST.get("payment_key", "")
    _refuse_again(asked, patient_id, amount, "card" if method.startswith("card") else method, key)
    if method == NEW:
        back = f"{asked.scheme}://{asked.get_host()}/cards/{{operation}}"
        made, _ = commands.begin(
            asked.subject, patient_id, amount, key=key, return_url=back, appointment_id=appointment_id
        )
        return "", redirect("card_operation", made.pk)
    if method.startswith(ON_FILE):
        number = method.removeprefix(ON_FILE)
        if not number.isdecimal():
            raise Invalid("Choose a card.", where="method")
        done = commands.charge(
            asked.subject, patient_id, amount, card_id=int(number), key=key, appointment_id=appointment_id
        )
        if done.state in ("declined", "not_done", "unknown"):
            raise Conflict(said(done))
        return said(done), None
    payment = statements.take_payment(
        asked.subject,
        patient_id,
        amount,
        method,
        idempotency_key=key,
        reference=asked.POST.get("reference", ""),
        appointment_id=appointment_id,
    )
    return f"{dollars(payment.amount)} taken. Receipt {payment.receipt_number}.", None


def _refuse_again(asked: StaffRequest, patient_id: str, amount: Decimal, method: str, key: str) -> None:
    """Raise Conflict where the same was taken in the last minutes by another form and nobody says that it is another.

    A page that was gone back to is a new form: only a person can tell that it is not the same payment.
    """
    if asked.POST.get("again") == "1":
        return
    same = [one for one in accounts.lately(asked.subject, patient_id) if (one.amount, one.method) == (amount, method)]
    if same and not queries.used(asked.subject, key):
        raise Conflict(
            f"{dollars(amount)} was taken a few minutes ago, receipt {same[0].receipt_number}.",
            cure="If this is another payment, tick that it is, and take it once more.",
        )


def said(made: CardOperation) -> str:
    """How an operation ended, in a sentence."""
    return _SAID[made.state].format(amount=dollars(made.amount), authorization=made.authorization, message=made.message)


def page(request: HttpRequest, operation_id: int) -> HttpResponse:
    """One charge: the way to the gateway's page, then the card that was typed, then how it ended."""
    asked = staff(request, *DESK)
    made, card, fault = commands.operation(asked.subject, operation_id), None, ""
    if made.state == "card":
        card, fault = _typed(asked, made)
    context = {
        "banner": banner(asked, made.patient),
        "operation": made,
        "card": card,
        "fault": fault,
        "said": said(made) if made.state in _SAID else "",
    }
    return render(request, "billing/card_operation.html", context)


@require_POST
def complete(request: HttpRequest, operation_id: int) -> HttpResponse:
    """Charge the card that was typed. Pressed twice it charges once."""
    asked = staff(request, *DESK)
    try:
        made = commands.complete(asked.subject, operation_id, keep=request.POST.get("keep") == "1")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
        return redirect("card_operation", operation_id)
    if made.state != "succeeded":
        messages.error(request, said(made))
        return redirect("card_operation", operation_id)
    messages.success(request, said(made))
    return redirect("check_in", made.appointment) if made.appointment else redirect("account", made.patient)


@require_POST
def remove(request: HttpRequest, patient_id: str, card_id: int) -> HttpResponse:
    """Take a card off file."""
    asked = staff(request, *DESK)
    try:
        commands.remove_card(asked.subject, card_id)
        messages.success(request, "The card is no longer on file.")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect("account", patient_id)


def give_back(request: HttpRequest, payment_id: int) -> HttpResponse:
    """The dialog that gives a card payment back to its card; on POST does it."""
    asked = staff(request, *MONEY)
    payment = accounts.payment(asked.subject, payment_id)
    if request.method != "POST":
        context = {"payment": payment, "refund_key": new_id()}
        return render(request, "billing/card_give_back.html", context)
    try:
        amount = amount_of(request.POST.dict(), "amount")
        if amount is None:
            raise Invalid("The amount is empty.", where="amount", cure="Type what is to be given back.")
        made = commands.give_back(
            asked.subject,
            payment_id,
            amount,
            key=request.POST.get("payment_key", ""),
            reason=request.POST.get("reason", ""),
        )
        if made.state == "succeeded":
            messages.success(request, f"{dollars(made.amount)} given back to the card.")
        elif made.state == "unknown":
            messages.warning(
                request, "It is not known yet whether the card took it. The gateway is asked every minute."
            )
        else:
            messages.error(request, f"Nothing was given back. {made.message}")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect("account", payment.patient)


@csrf_exempt
@require_POST
def events(request: HttpRequest) -> HttpResponse:
    """What the gateway tells by itself: taken in where it is signed, else refused. Nobody is logged in here."""
    try:
        told = connections.current().event(request.body, request.headers.get("Gateway-Signature", ""))
        settling.take_event(told)
    except ChartdeskError as fault:
        return HttpResponse(fault.message, status=status_of(fault), content_type="text/plain")
    return HttpResponse(status=204)


def _typed(asked: StaffRequest, made: CardOperation) -> tuple[StoredCard | None, str]:
    try:
        return commands.typed(asked.subject, made.pk), ""
    except Conflict:
        return None, ""
    except ChartdeskError as fault:
        return None, words(fault)

"""A patient's account: what was charged, paid and adjusted, who owes the rest, payments and statements."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit.errors import ChartdeskError, Invalid, NotFound
from chartdesk.kit.ids import new_id
from chartdesk.kit.money import dollars
from chartdesk.pms.cards import queries as card_queries
from chartdesk.pms.claims import queries as claims
from chartdesk.pms.statements import collecting, commands, documents, write_offs
from chartdesk.pms.statements import queries as accounts
from chartdesk.record.access.subject import Role
from chartdesk.web.banner import banner
from chartdesk.web.billing import cards
from chartdesk.web.errors import words
from chartdesk.web.fields import amount_of
from chartdesk.web.navigation import MONEY
from chartdesk.web.request import optional, staff

#: How credit is given back, beside to the card that it came from.
METHODS = {"check": "Check", "cash": "Cash", "card": "Card, at the terminal"}
#: Who may look at an account, and take a payment.
READERS = (Role.FRONT_DESK, *MONEY)


def page(request: HttpRequest, patient_id: str) -> HttpResponse:
    """The account. ``payment_key`` makes one form one payment, however often it is sent."""
    asked = staff(request, *READERS)
    account = accounts.account(asked.subject, patient_id)
    by_superbill: dict[int, list[object]] = {}
    for claim in claims.of_patient(asked.subject, patient_id):
        by_superbill.setdefault(claim.superbill, []).append(claim)
    context = {
        "banner": banner(asked, patient_id),
        "account": account,
        "visits": [(visit, by_superbill.get(visit.superbill_id, [])) for visit in account.rows],
        "aging": account.aging.items(),
        "payment_key": new_id(),
        "lately": accounts.lately(asked.subject, patient_id),
        "refund_key": new_id(),
        "methods": cards.methods(asked, patient_id),
        "given_by": METHODS.items(),
        "stored": card_queries.cards(asked.subject, patient_id),
        "operations": [one for one in card_queries.operations(asked.subject, patient_id) if one.state != "succeeded"],
        "refundable": card_queries.refundable(asked.subject, patient_id),
        "write_offs": write_offs.write_offs(asked.subject, patient_id),
        "placement": collecting.placed(asked.subject, patient_id),
        "may_bill": asked.subject.has(*MONEY),
    }
    part = request.headers.get("HX-Target") == "account"
    return render(request, "billing/account_body.html" if part else "billing/account.html", context)


@require_POST
def pay(request: HttpRequest, patient_id: str) -> HttpResponse:
    """Take a payment. The same form sent twice takes one."""
    asked = staff(request, *READERS)
    try:
        amount = amount_of(request.POST.dict(), "amount")
        if amount is None:
            raise Invalid("The amount is empty.", where="amount", cure="Type the amount that was paid.")
        told, onward = cards.take(asked, patient_id, amount)
        if onward is not None:
            return onward
        messages.success(request, told)
    except ChartdeskError as fault:
        messages.error(request, f"Nothing was taken. {words(fault)}")
    return redirect("account", patient_id)


@require_POST
def refund(request: HttpRequest, patient_id: str) -> HttpResponse:
    """Give credit back."""
    asked = staff(request, *MONEY)
    reason = request.POST.get("reason", "").strip()
    try:
        amount = amount_of(request.POST.dict(), "amount")
        if amount is None or not reason:
            raise Invalid("A refund needs an amount and a reason.", where="amount")
        made = commands.refund(
            asked.subject,
            patient_id,
            amount,
            request.POST.get("method", ""),
            idempotency_key=request.POST.get("payment_key", ""),
            reason=reason,
        )
        messages.success(request, f"{dollars(made.amount)} given back. Receipt {made.receipt_number}.")
    except ChartdeskError as fault:
        messages.error(request, f"Nothing was given back. {words(fault)}")
    return redirect("account", patient_id)


def void(request: HttpRequest, payment_id: int) -> HttpResponse:
    """The dialog that takes a payment back that never was one; on POST does it."""
    asked = staff(request, *MONEY)
    payment = accounts.payment(asked.subject, payment_id)
    if request.method != "POST":
        through_gateway = payment_id in card_queries.refundable(asked.subject, payment.patient)
        return render(request, "billing/payment_void.html", {"payment": payment, "through_gateway": through_gateway})
    try:
        commands.void_payment(asked.subject, payment_id, request.POST.get("reason", ""))
        messages.success(request, f"Payment {payment.receipt_number} was voided.")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect("account", payment.patient)


@require_POST
def bill(request: HttpRequest, patient_id: str) -> HttpResponse:
    """Issue a statement of what the patient owes today."""
    asked = staff(request, *READERS)
    try:
        made = commands.issue_statement(asked.subject, patient_id, after=optional(request.POST, "after"))
        messages.success(request, f"Statement {made.number} over {dollars(made.balance)} was issued.")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect("account", patient_id)


def statement(request: HttpRequest, patient_id: str, statement_id: int) -> HttpResponse:
    """A statement as it was issued, as a PDF."""
    asked = staff(request, *READERS)
    found = accounts.statement(asked.subject, statement_id)
    if found.patient != patient_id:
        raise NotFound(f"There is no statement {statement_id} of this patient.")
    return _pdf(bytes(found.pdf), f"statement-{found.number}")


def receipt(request: HttpRequest, patient_id: str, payment_id: int) -> HttpResponse:
    """The receipt of a payment, as a PDF."""
    asked = staff(request, *READERS)
    found = accounts.payment(asked.subject, payment_id)
    if found.patient != patient_id:
        raise NotFound(f"There is no payment {payment_id} of this patient.")
    return _pdf(documents.receipt_pdf(asked.subject, payment_id), f"receipt-{found.receipt_number}")


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response

"""Remittances: what payers sent, how it adds up, what was posted and what is held."""

from __future__ import annotations

from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit.errors import ChartdeskError, Conflict, Invalid
from chartdesk.kit.money import ZERO, total
from chartdesk.kit.wording import counted
from chartdesk.pms.remittance import commands, previewing
from chartdesk.pms.remittance import queries as remittance
from chartdesk.pms.remittance.models import STATUSES, Remittance
from chartdesk.pms.remittance.queries import ClaimPaymentView, RemittanceView
from chartdesk.web import lists
from chartdesk.web.errors import words
from chartdesk.web.navigation import MONEY
from chartdesk.web.request import StaffRequest, staff

#: Remittances that the list looks through.
_LISTED = 2000


def index(request: HttpRequest) -> HttpResponse:
    """The remittances, newest first. Refreshes itself."""
    asked = staff(request, *MONEY)
    status = request.GET.get("status", "")
    found = remittance.remittances(
        asked.subject,
        status=status if status in STATUSES else "",
        first=lists.date_of(asked, "since"),
        last=lists.date_of(asked, "until"),
        limit=lists.LARGEST_EXPORT if lists.exporting(asked) else _LISTED,
    )
    if lists.exporting(asked):
        return _file(asked, found)
    context = {
        "listing": lists.paged(asked, found),
        "total": total(one.amount for one in found if one.status != "refused"),
        "tab": "remittances",
        "statuses": [(one, one.replace("_", " ")) for one in STATUSES],
        "status": status,
    }
    part = request.headers.get("HX-Target") == "remittances"
    return render(request, "billing/remittance_rows.html" if part else "billing/remittances.html", context)


def page(request: HttpRequest, remittance_id: int) -> HttpResponse:
    """One remittance at its three levels: the payment, its claims, their lines."""
    asked = staff(request, *MONEY)
    view = remittance.remittance(asked.subject, remittance_id)
    context = {
        "view": view,
        "row": view.row,
        "levels": _levels(view),
        "waiting": sum(one.row.state == "waiting" for one in view.claims),
        "held": sum(one.row.state == "held" for one in view.claims),
        "unposted": view.row.status == "unposted",
        "posted": view.row.status in ("posted", "partly_posted"),
        "deposit": getattr(view.row, "deposit", None),
    }
    part = request.headers.get("HX-Target") == "remittance"
    return render(request, "billing/remittance_body.html" if part else "billing/remittance.html", context)


@require_POST
def post(request: HttpRequest, remittance_id: int) -> HttpResponse:
    """Post what waits. Again posts nothing twice."""
    asked = staff(request, *MONEY)
    try:
        report = commands.post(asked.subject, remittance_id)
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    else:
        done = f"{report.posted} posted, {report.held} held, {report.duplicates} posted before."
        (messages.warning if report.held else messages.success)(request, done)
    return redirect("remittance", remittance_id)


@require_POST
def assign(request: HttpRequest, remittance_id: int, payment_id: int) -> HttpResponse:
    """Give a held payment to a claim of ours."""
    asked = staff(request, *MONEY)
    try:
        number = request.POST.get("claim", "").strip()
        if not number:
            raise Invalid("Which claim?", where="claim", cure="Type its number, such as C0010001.")
        payment = commands.assign_payment(asked.subject, payment_id, number)
        if payment.state == "posted":
            messages.success(request, f"Posted to claim {number}.")
        else:
            messages.warning(request, f"Still held: {payment.reason}")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect("remittance", remittance_id)


@require_POST
def take_back(request: HttpRequest, remittance_id: int, adjustment_id: int) -> HttpResponse:
    """Decide about money that the payer took back."""
    asked = staff(request, *MONEY)
    note = request.POST.get("note", "").strip()
    try:
        if not note:
            raise Invalid("A decision is noted.", where="note", cure="Say what was agreed, and with whom.")
        commands.settle_take_back(asked.subject, adjustment_id, request.POST.get("outcome", ""), note)
        messages.success(request, "Noted and posted.")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect("remittance", remittance_id)


def preview(request: HttpRequest, remittance_id: int) -> HttpResponse:
    """Every entry that posting would make; nothing is posted."""
    asked = staff(request, *MONEY)
    try:
        seen = previewing.preview(asked.subject, remittance_id)
    except Conflict as fault:
        messages.error(request, words(fault))
        return redirect("remittance", remittance_id)
    view = remittance.remittance(asked.subject, remittance_id)
    return render(request, "billing/remittance_preview.html", {"seen": seen, "row": view.row, "tab": "remittances"})


@require_POST
def unpost(request: HttpRequest, remittance_id: int) -> HttpResponse:
    """Take a whole remittance back, or one claim payment of it."""
    asked = staff(request, *MONEY)
    payment, why = request.POST.get("payment", ""), request.POST.get("why", "")
    try:
        if payment.isdecimal():
            commands.unpost_claim(asked.subject, int(payment), why)
            messages.success(request, "Taken out of its claim; the money stands as unapplied.")
        else:
            count = commands.unpost(asked.subject, remittance_id, why)
            told = f"{counted(count, 'claim payment')} taken back. The remittance can be posted again."
            messages.success(request, told)
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect("remittance", remittance_id)


def _levels(view: RemittanceView) -> list[tuple[str, list[tuple[str, Decimal]], bool]]:
    """The sums of the three levels as (level, figures, whether they add up). Refused files lay out nothing."""
    if not view.claims and not view.provider_adjustments:
        return []
    charged = total(one.row.charged for one in view.claims)
    adjusted = total(_adjusted(one) for one in view.claims)
    lines_paid = total(line.row.paid for one in view.claims for line in one.lines)
    lines_charged = total(line.row.charged for one in view.claims for line in one.lines)
    lines_adjusted = total(step.amount for one in view.claims for line in one.lines for step in line.adjustments)
    sent = view.claims_paid - view.adjusted
    whole = not view.row.duplicates
    return [
        ("Payment", [("Claims paid", view.claims_paid), ("Provider adjustments", -view.adjusted),
                     ("Sent by the payer", view.row.amount)], not whole or sent == view.row.amount),
        ("Claims", [("Charged", charged), ("Adjusted", -adjusted), ("Paid", view.claims_paid)],
         charged - adjusted == view.claims_paid),
        ("Lines", [("Charged", lines_charged), ("Adjusted", -lines_adjusted), ("Paid", lines_paid)],
         lines_charged - lines_adjusted == lines_paid),
    ]  # fmt: skip


def _adjusted(one: ClaimPaymentView) -> Decimal:
    at_lines = sum((step.amount for line in one.lines for step in line.adjustments), ZERO)
    return sum((step.amount for step in one.adjustments), ZERO) + at_lines


def _file(asked: StaffRequest, found: list[Remittance]) -> HttpResponse:
    header = ["Received", "Paid on", "Payer", "Trace", "Method", "Amount", "Claims", "Status", "Posted"]
    rows = (
        (
            one.received,
            one.paid_on,
            one.payer_name,
            one.trace,
            one.method,
            one.amount,
            one.claims,
            one.status,
            one.posted,
        )
        for one in found
    )
    return lists.exported(asked, "remittances", header, rows)

"""Credit balances: money that belongs to payers and patients, and giving it back."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit.errors import ChartdeskError
from chartdesk.kit.money import money, total
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.remittance import refunds
from chartdesk.web import lists
from chartdesk.web.errors import noticed, words
from chartdesk.web.navigation import MONEY
from chartdesk.web.request import staff


def index(request: HttpRequest) -> HttpResponse:
    """What was paid too much, the largest first, and what was given back to payers lately."""
    asked = staff(request, *MONEY)
    found = refunds.credit_balances(asked.subject)
    names = {one.payer_id: one.name for one in coverage.payers(asked.subject, active=False)}
    if lists.exporting(asked):
        said = refunds.about(asked.subject, found)
        hits = registration.names(asked.subject, [one.patient for one in found])
        rows = ([*_words(one, said, hits, names), one.amount, one.since] for one in found)
        return lists.exported(asked, "credit-balances", ["Patient", "For", "Whose", "Amount", "Since"], rows)
    listing = lists.paged(asked, found)
    said = refunds.about(asked.subject, listing.rows)
    hits = registration.names(asked.subject, [one.patient for one in listing.rows])
    context = {
        "tab": "credits",
        "listing": listing,
        "rows": [(one, *_words(one, said, hits, names), said.get(one.reference)) for one in listing.rows],
        "total": total(one.amount for one in found),
        "refunds": [(one, names.get(one.payer_id, one.payer_id), back) for one, back in refunds.refunds(asked.subject)],
        "key": uuid.uuid4().hex,
    }
    return render(request, "billing/credits.html", context)


def _words(
    one: refunds.CreditBalance,
    said: dict[str, tuple[int, str]],
    hits: Mapping[str, registration.PatientHit],
    payers: dict[str, str],
) -> tuple[str, str, str]:
    """Whom it is about, for what, and whose money it is."""
    hit = hits.get(one.patient)
    whose = payers.get(one.payer_id, one.payer_id) if one.payer_id else "the patient's"
    _, what = said.get(one.reference, (0, one.reference or "paid ahead"))
    return hit.name if hit else one.patient, what, whose


@require_POST
def refund(request: HttpRequest) -> HttpResponse:
    """Give a payer its money back."""
    asked = staff(request, *MONEY)
    given = request.POST
    try:
        amount = money(given.get("amount", ""))
        whose = f"payer:{given.get('payer', '')}"
        balance = refunds.CreditBalance(given.get("patient", ""), given.get("reference", ""), whose, amount)
        refunds.refund_payer(
            asked.subject,
            balance,
            amount=amount,
            method=given.get("method", ""),
            number=given.get("number", ""),
            reason=given.get("reason", ""),
            idempotency_key=given.get("key", ""),
        )
        messages.success(request, "Posted. The check or transfer is yours to send.")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect("credits")


@require_POST
def take_back(request: HttpRequest, refund_id: int) -> HttpResponse:
    """Undo a refund that did not go out, or came back."""
    asked = staff(request, *MONEY)
    with noticed(request):
        refunds.take_back(asked.subject, refund_id, request.POST.get("reason", ""))
        messages.success(request, "Taken back. The payer has the money with us again.")
    return redirect("credits")

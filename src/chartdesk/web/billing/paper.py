"""Remittances on paper: keyed in claim by claim, taken in once they add up."""

from __future__ import annotations

from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.kit.money import ZERO, money
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.remittance import paper
from chartdesk.pms.remittance.paper import PaperClaim, PaperCut, PaperLine
from chartdesk.standards.x12.codes import adjustment_reasons, payments
from chartdesk.web import lists
from chartdesk.web.errors import words
from chartdesk.web.navigation import MONEY
from chartdesk.web.request import staff

#: Adjustments that a line of the form has room for.
_CUTS = 4
_STATUSES = ("1", "2", "3", "4", "22")


def index(request: HttpRequest) -> HttpResponse:
    """What is being keyed in, and the form for the next check."""
    asked = staff(request, *MONEY)
    names = {one.payer_id: one.name for one in coverage.payers(asked.subject, active=False)}
    context = {
        "tab": "paper",
        "rows": [(one, names.get(one.payer_id, one.payer_id)) for one in paper.unfinished(asked.subject)],
        "payers": coverage.payers(asked.subject),
        "methods": [(one, payments.METHODS[one]) for one in paper.METHODS],
        "today": clock.today(asked.practice.zone),
    }
    return render(request, "billing/papers.html", context)


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Begin with what stands on the check."""
    asked = staff(request, *MONEY)
    given = request.POST
    try:
        number = paper.start(
            asked.subject,
            given.get("payer", ""),
            given.get("trace", ""),
            lists.posted_date(given.get("paid_on", ""), "paid_on"),
            money(given.get("amount", "")),
            given.get("method", "CHK"),
        )
    except ChartdeskError as fault:
        messages.error(request, words(fault))
        return redirect("papers")
    return redirect("paper", number)


def page(request: HttpRequest, paper_id: int) -> HttpResponse:
    """What was keyed so far, how far it is from adding up, and the claim that is being keyed."""
    asked = staff(request, *MONEY)
    view = paper.view(asked.subject, paper_id)
    if view.row.remittance is not None:
        return redirect("remittance", view.row.remittance)
    number, claim = request.GET.get("claim", "").strip().upper(), None
    if number:
        keyed = next((one for one in view.claims if one.number == number), None)
        try:
            claim = keyed or paper.blank(asked.subject, number)
        except ChartdeskError as fault:
            messages.error(request, words(fault))
            return redirect("paper", paper_id)
    context = {
        "tab": "paper",
        "view": view,
        "row": view.row,
        "claim": claim,
        "payer": coverage.payer(asked.subject, view.row.payer_id),
        "came_before": paper.came_before(asked.subject, view.row),
        "expected": paper.expected(asked.subject, view.row.payer_id),
        "lines": [(place, line, _rooms(line)) for place, line in enumerate(claim.lines if claim else [])],
        "statuses": [(one, payments.claim_status(one)) for one in _STATUSES],
        "groups": list(adjustment_reasons.GROUPS.items()),
        "reasons": [(code, reason.label) for code, reason in adjustment_reasons.REASONS.items()] if claim else [],
        "codes": sorted(payments.PROVIDER_ADJUSTMENTS.items()),
    }
    return render(request, "billing/paper.html", context)


def _rooms(line: PaperLine) -> list[tuple[int, PaperCut | None]]:
    """The adjustments of a line, and room for more."""
    return [(place, line.cuts[place] if place < len(line.cuts) else None) for place in range(_CUTS)]


@require_POST
def act(request: HttpRequest, paper_id: int, action: str) -> HttpResponse:
    """Keep or remove a claim, keep the adjustments, take it in, or throw it away."""
    asked = staff(request, *MONEY)
    given = request.POST
    try:
        if action == "claim":
            paper.set_claim(asked.subject, paper_id, _claim(given))
        elif action == "remove":
            paper.remove_claim(asked.subject, paper_id, given.get("claim", ""))
        elif action == "adjustment":
            paper.set_adjustments(asked.subject, paper_id, _adjustments(given))
        elif action == "discard":
            paper.discard(asked.subject, paper_id)
            return redirect("papers")
        elif action == "take-in":
            return redirect("remittance", paper.take_in(asked.subject, paper_id))
        else:
            raise Invalid(f"{action!r} is nothing to do with a paper remittance.", where="action")
    except ChartdeskError as fault:
        if action == "take-in" and (made := paper.view(asked.subject, paper_id).row.remittance) is not None:
            return redirect("remittance", made)  # the second of two clicks
        messages.error(request, words(fault))
        if action == "claim" and given.get("claim"):
            return redirect(f"{reverse('paper', args=[paper_id])}?claim={given['claim']}")
    return redirect("paper", paper_id)


def _claim(given: QueryDict) -> PaperClaim:
    lines = []
    for place, code in enumerate(given.getlist("code")):
        cuts = [
            PaperCut(given.get(f"group{place}_{n}", ""), given.get(f"reason{place}_{n}", "").strip().upper(), amount)
            for n in range(_CUTS)
            if (amount := _dollars(given.get(f"cut{place}_{n}", "")))
        ]
        charge, paid = _dollars(given.get(f"charge{place}", "")), _dollars(given.get(f"paid{place}", ""))
        lines.append(PaperLine(code, charge, paid, given.get(f"control{place}", ""), cuts))
    return PaperClaim(given.get("claim", ""), lines, given.get("status", "1"), given.get("payer_number", "").strip())


def _dollars(text: str) -> Decimal:
    return money(text) if text.strip() else ZERO


def _adjustments(given: QueryDict) -> list[tuple[str, str, Decimal]]:
    """Those that were kept in the form, and the new one where it has an amount."""
    rows = zip(given.getlist("plb_code"), given.getlist("plb_reference"), given.getlist("plb_amount"), strict=False)
    return [(code, reference, _dollars(amount)) for code, reference, amount in rows if amount.strip()]

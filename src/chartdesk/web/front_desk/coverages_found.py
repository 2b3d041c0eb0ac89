"""Insurance that a payer named: the card taken up, or the reason why not."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chartdesk.kit.errors import ChartdeskError
from chartdesk.pms.coverage import elsewhere
from chartdesk.web.banner import banner
from chartdesk.web.front_desk.coverages import card_form, typed_card
from chartdesk.web.request import staff, whole


def page(request: HttpRequest, check_id: int) -> HttpResponse:
    """The next insurer that an answer names, with the card as far as it is known; on POST it is settled."""
    asked = staff(request, *elsewhere.ROLES)
    made = elsewhere.check(asked.subject, check_id)
    offers = elsewhere.offers(asked.subject, made)
    form, status = card_form(asked.subject), 200
    if request.method == "POST":
        form.fill(request.POST.dict())
        place = whole(request.POST, "place")
        try:
            if request.POST.get("act") == "decline":
                elsewhere.decline(asked.subject, check_id, place, request.POST.get("why", ""))
                messages.success(request, "Noted.")
            else:
                elsewhere.accept(asked.subject, check_id, place, typed_card(request))
                messages.success(request, "The coverage was saved.")
            return redirect("coverage_found", check_id) if len(offers) > 1 else redirect("patient", made.patient)
        except ChartdeskError as fault:
            form.mark(fault)
            status = 422
    elif offers:
        card = offers[0].card
        form.fill({"payer_id": card.payer_id, "member_id": card.member_id, "rank": str(card.rank)})
    context: dict[str, Any] = {
        "banner": banner(asked, made.patient), "check": made, "offer": next(iter(offers), None), "form": form,
    }  # fmt: skip
    return render(request, "front_desk/coverage_found.html", context, status=status)

"""Payment plans: those that run, one of them, and the form that agrees on one."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.kit.money import total
from chartdesk.pms.cards import queries as cards
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.statements import plan_queries, plan_rules, plans, policy
from chartdesk.pms.statements import queries as accounts
from chartdesk.web import lists
from chartdesk.web.banner import banner
from chartdesk.web.errors import words
from chartdesk.web.fields import Field, Form, amount_of, day_of, options
from chartdesk.web.navigation import FRONT, MONEY
from chartdesk.web.request import StaffRequest, optional, staff

DESK = (*FRONT, *MONEY)


def index(request: HttpRequest) -> HttpResponse:
    """The plans that run, those behind first."""
    asked = staff(request, *MONEY)
    found = plan_queries.active(asked.subject)
    listing = lists.paged(asked, found)
    names = registration.names(asked.subject, [one.plan.patient for one in listing.rows])
    context = {
        "listing": listing,
        "rows": [(one, names.get(one.plan.patient)) for one in listing.rows],
        "left": total(one.standing.left for one in found),
        "past_due": total(one.standing.past_due for one in found),
        "tab": "plans",
    }
    return render(request, "billing/plans.html", context)


def page(request: HttpRequest, plan_id: int) -> HttpResponse:
    """One plan: its instalments, what pays them, and how it ends."""
    asked = staff(request, *DESK)
    found = plan_queries.plan(asked.subject, plan_id)
    context = {
        "banner": banner(asked, found.plan.patient),
        "plan": found.plan,
        "standing": found.standing,
        "every": plan_rules.EVERY[found.plan.every],
        "cards": cards.cards(asked.subject, found.plan.patient),
        "may_end": asked.subject.has(*MONEY),
    }
    return render(request, "billing/plan.html", context)


def agree(request: HttpRequest, patient_id: str) -> HttpResponse:
    """The form for a new plan; on POST it is agreed."""
    asked = staff(request, *DESK)
    form = _form(asked, patient_id)
    if request.method != "POST":
        return _shown(asked, patient_id, form)
    data = request.POST.dict()
    form.fill(data)
    try:
        each, first = amount_of(data, "each"), day_of(data, "first")
        if each is None or first is None:
            raise Invalid("The plan needs an amount and a first day.", where="each" if each is None else "first")
        made = plans.agree(
            asked.subject,
            patient_id,
            each=each,
            first=first,
            every=data.get("every", ""),
            card=_card(asked, patient_id),
        )
    except ChartdeskError as fault:
        return _shown(asked, patient_id, form.mark(fault), status=422)
    messages.success(request, "The plan is agreed.")
    return redirect("plan", made.pk)


@require_POST
def end(request: HttpRequest, plan_id: int) -> HttpResponse:
    """End a plan."""
    asked = staff(request, *MONEY)
    try:
        plans.end(asked.subject, plan_id, request.POST.get("reason", ""))
        messages.success(request, "The plan has ended. What is left of it is due.")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect("plan", plan_id)


@require_POST
def card(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Let a card on file pay the instalments, or no longer."""
    asked = staff(request, *DESK)
    try:
        chosen = _card(asked, plan_queries.plan(asked.subject, plan_id).plan.patient)
        plans.pay_by_card(asked.subject, plan_id, chosen)
        messages.success(request, "The card pays from now on." if chosen else "The patient pays by hand from now on.")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect("plan", plan_id)


def _card(asked: StaffRequest, patient_id: str) -> int | None:
    """The card that was chosen, which must be one of the patient's on file; None: no card. Raises Invalid."""
    chosen = optional(asked.POST, "card")
    if chosen is not None and chosen not in {one.pk for one in cards.cards(asked.subject, patient_id)}:
        raise Invalid("The patient has no such card on file.", where="card")
    return chosen


def _shown(asked: StaffRequest, patient_id: str, form: Form, status: int = 200) -> HttpResponse:
    balances = accounts.balances(asked.subject, patient_id)
    planned = sum(
        (one.standing.left for one in plan_queries.plans(asked.subject, patient_id) if one.plan.state == "active"),
        Decimal(0),
    )
    context: dict[str, Any] = {
        "banner": banner(asked, patient_id),
        "form": form,
        "owed": balances.patient - planned,
        "policy": policy.policy(asked.subject),
    }
    return render(asked, "billing/plan_form.html", context, status=status)


def _form(asked: StaffRequest, patient_id: str) -> Form:
    first = clock.today(asked.practice.zone) + timedelta(days=14)
    rhythm = {code: said.capitalize() for code, said in plan_rules.EVERY.items()}
    stored = [(str(one.pk), one.words) for one in cards.cards(asked.subject, patient_id)]
    form = Form(
        [
            ("", [
                Field("each", "Each instalment, $", width=4, required=True),
                Field("every", "Paid", width=4, choices=options(rhythm)),
                Field("first", "First one on", "date", width=4, required=True),
                Field("card", "Paid by", width=12, choices=[("", "The patient, by hand"), *stored],
                      hint="A card on file is charged on each day by itself."),
            ]),
        ]
    )  # fmt: skip
    return form.fill({"every": "month", "first": first})

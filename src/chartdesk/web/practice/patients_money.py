"""What the practice has decided about patients' money: statements, plans, small balances, collections."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chartdesk.kit.errors import ChartdeskError
from chartdesk.pms.statements import policy
from chartdesk.record.access.subject import Role
from chartdesk.web.fields import Field, Form
from chartdesk.web.request import staff


def page(request: HttpRequest) -> HttpResponse:
    """The settings; on POST they are saved."""
    asked = staff(request, Role.MANAGER)
    form = _form()
    held = {name: "1" if value is True else "" if value is False else value
            for name, value in asdict(policy.policy(asked.subject)).items()}  # fmt: skip
    if request.method != "POST":
        return render(request, "practice/patients_money.html", {"form": form.fill(held), "tab": "money"})
    data = {one.name: request.POST.get(one.name, "").strip() for one in form.fields()}
    try:
        policy.decide(asked.subject, data)
    except ChartdeskError as fault:
        context = {"form": form.fill(data).mark(fault), "tab": "money"}
        return render(request, "practice/patients_money.html", context, status=422)
    messages.success(request, "Saved.")
    return redirect("practice_money")


def _form() -> Form:
    return Form(
        [
            ("Statements", [
                Field("statement_days", "Days to pay", width=3),
                Field("statement_minimum", "Least balance, $", width=3),
                Field("statement_cycle", "Days between two", width=3),
                Field("statement_auto", "Make them by themselves every night", "check", width=3),
            ]),
            ("Payment plans", [
                Field("plan_minimum", "Least instalment, $", width=3),
                Field("plan_longest", "Most instalments", width=3),
                Field("plan_grace", "Days late before somebody looks", width=3),
            ]),
            ("Small balances", [
                Field("small_balance_limit", "Write off up to, $", width=3, hint="0 turns it off."),
                Field("small_balance_days", "Days after the last charge", width=3),
                Field("small_balance_auto", "Write off by itself every night", "check", width=3),
            ]),
            ("Collections", [
                Field("collections_days", "Days owed", width=3),
                Field("collections_statements", "Statements sent", width=3),
                Field("collections_minimum", "Least balance, $", width=3),
                Field("collections_agency", "Agency", width=3),
            ]),
        ]
    )  # fmt: skip

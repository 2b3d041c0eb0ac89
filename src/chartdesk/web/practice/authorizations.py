"""The rules about who needs an authorization: by payer, visit type and code, from a day on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.pms.authorizations import commands, queries
from chartdesk.pms.authorizations.models import KINDS, Requirement
from chartdesk.pms.authorizations.standing import AHEAD
from chartdesk.pms.claims.eligibility_files import AHEAD as EVERY_NIGHT
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.record.access import people, practices
from chartdesk.record.access.subject import Role
from chartdesk.web.errors import words
from chartdesk.web.fields import Field, Form, day_of, options
from chartdesk.web.navigation import MONEY
from chartdesk.web.request import StaffRequest, staff

#: Settings of how many days ahead is looked every night, and the most of each.
MOST = {"eligibility_days": 14, "authorization_days": 120}


def page(request: HttpRequest) -> HttpResponse:
    """The rules, and the form for one more; on POST it is set."""
    asked = staff(request, *MONEY)
    form, status = _form(asked), 200
    if request.method == "POST":
        form.fill(request.POST.dict())
        try:
            commands.demand(asked.subject, _wanted(asked))
            messages.success(request, "The rule holds. The coming visits were held against it.")
            return redirect("practice_authorizations")
        except ChartdeskError as fault:
            form.mark(fault)
            status = 422
    context = {
        "tab": "authorizations", "form": form, "rows": _rows(asked), "today": clock.today(asked.practice.zone),
        "ahead": _ahead_form(asked), "may_set": asked.subject.has(Role.MANAGER),
    }  # fmt: skip
    return render(request, "practice/authorizations.html", context, status=status)


@require_POST
def ahead(request: HttpRequest) -> HttpResponse:
    """Set how many days ahead is looked every night."""
    asked = staff(request, Role.MANAGER)
    try:
        practices.switch(
            asked.subject, **{name: _days(request.POST.get(name, ""), most) for name, most in MOST.items()}
        )
        messages.success(request, "Saved.")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect("practice_authorizations")


@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Let a rule end today."""
    asked = staff(request, *MONEY)
    try:
        commands.end_demand(asked.subject, number, clock.today(asked.practice.zone))
        messages.success(request, "The rule ends today.")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect("practice_authorizations")


def _days(text: str, most: int) -> int:
    if not text.strip().isdecimal() or not 0 <= int(text[:6]) <= most:
        raise Invalid(f"{text!r} is no number of days.", cure=f"Write 0 to {most}.")
    return int(text)


def _ahead_form(asked: StaffRequest) -> Form:
    held = people.practice_of(asked.subject).settings
    given = {
        "eligibility_days": held.get("eligibility_days", EVERY_NIGHT),
        "authorization_days": held.get("authorization_days", AHEAD),
    }
    return Form([
        ("", [
            Field("eligibility_days", "Payers are asked about visits of the next days", "number"),
            Field("authorization_days", "Visits are held against authorizations for days", "number"),
        ]),
    ]).fill(given)  # fmt: skip


def _rows(asked: StaffRequest) -> list[dict[str, Any]]:
    payers = {one.payer_id: one.name for one in coverage.payers(asked.subject, active=False)}
    kinds = {one.code: one.name for one in scheduling.visit_types(asked.subject, active=False)}
    return [
        {
            "rule": one,
            "payer": payers.get(one.payer_id, one.payer_id) or "Every payer",
            "types": [kinds.get(code, code) for code in one.visit_types],
        }
        for one in queries.requirements(asked.subject)
    ]


def _wanted(asked: StaffRequest) -> Requirement:
    data = asked.POST.dict()
    effective = day_of(data, "effective")
    if effective is None:
        raise Invalid("The day is missing.", where="effective", cure="Write from when the rule holds.")
    kind = data.get("visit_type", "")
    return Requirement(
        kind=data.get("kind", ""), payer_id=data.get("payer_id", ""), visit_types=[kind] if kind else [],
        codes=data.get("codes", "").replace(",", " ").split(), effective=effective, ends=day_of(data, "ends"),
        note=data.get("note", ""),
    )  # fmt: skip


def _form(asked: StaffRequest) -> Form:
    payers = [(one.payer_id, one.name) for one in coverage.payers(asked.subject)]
    kinds = [(one.code, one.name) for one in scheduling.visit_types(asked.subject)]
    today = clock.today(asked.practice.zone).isoformat()
    return Form([
        ("", [
            Field("payer_id", "Payer", width=6, choices=[("", "Every payer"), *payers]),
            Field("kind", "Wants", width=6, choices=options(KINDS)),
            Field("visit_type", "For visits of type", width=6, choices=[("", "—"), *kinds]),
            Field("codes", "or with codes", width=6, hint="97010-97799 20610; with neither, every visit"),
            Field("effective", "From", "date", width=6, required=True, value=today),
            Field("ends", "Until", "date", width=6),
            Field("note", "Note for the front desk", width=12),
        ]),
    ])  # fmt: skip

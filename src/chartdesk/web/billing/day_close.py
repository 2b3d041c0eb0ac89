"""The close of a day: each drawer counted, the differences said, the deposit slip."""

from __future__ import annotations

from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError
from chartdesk.kit.money import ZERO, total
from chartdesk.pms.statements import till_queries, tills
from chartdesk.record.access.subject import Role
from chartdesk.web.errors import words
from chartdesk.web.fields import amount_of, day_of
from chartdesk.web.navigation import MONEY
from chartdesk.web.request import day, staff

DESK = (Role.FRONT_DESK, *MONEY)


def page(request: HttpRequest) -> HttpResponse:
    """The drawers of a day with what should lie in each; the desk sees its own."""
    asked = staff(request, *DESK)
    view = till_queries.day_view(asked.subject, day(asked))
    mine = next((one for one in view.tills if one.till.actor == asked.subject.actor), None)
    context = {
        "view": view,
        "mine": mine,
        "today": view.day == clock.today(asked.practice.zone),
        "cards": total(one.expected[2] for one in view.tills),
        "deposit": total(sum(one.deposited, ZERO) for one in view.tills)
        + total(one.amount for one in view.payer_checks),
        "may_close": asked.subject.has(*MONEY),
        "may_reopen": asked.subject.has(Role.MANAGER),
        "unclosed": till_queries.unclosed_days(asked.subject, view.day) if asked.subject.has(*MONEY) else [],
        "deposits": till_queries.deposits(asked.subject) if asked.subject.has(*MONEY) else [],
        "tab": "day_close",
    }
    return render(request, "billing/day_close.html", context)


@require_POST
def drawer(request: HttpRequest) -> HttpResponse:
    """Say at which drawer one works, and the change in it."""
    asked = staff(request, *DESK)
    try:
        opening = amount_of(request.POST.dict(), "opening") or ZERO
        tills.open_drawer(asked.subject, opening, request.POST.get("drawer", ""))
        messages.success(request, "Noted.")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect("day_close")


@require_POST
def count(request: HttpRequest, till_id: int) -> HttpResponse:
    """Write down what was found in a drawer, or open it again."""
    asked = staff(request, *DESK)
    data = request.POST.dict()
    try:
        if data.get("again") == "1":
            tills.recount(asked.subject, till_id)
            messages.success(request, "The drawer is open again.")
        else:
            found: dict[str, Decimal] = {name: amount_of(data, name) or ZERO for name in ("cash", "checks", "cards")}
            tills.count(asked.subject, till_id, **found, note=data.get("note", ""))
            messages.success(request, "Counted.")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return _back(data.get("date", ""))


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close a day."""
    asked = staff(request, *MONEY)
    data = request.POST.dict()
    try:
        on = day_of(data, "date") or clock.today(asked.practice.zone)
        made = tills.close(asked.subject, on)
        messages.success(request, f"{on:%b %-d, %Y} is closed. Deposit {made.number}.")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return _back(data.get("date", ""))


@require_POST
def reopen(request: HttpRequest, close_id: int) -> HttpResponse:
    """Open a closed day again."""
    asked = staff(request, Role.MANAGER)
    try:
        tills.reopen(asked.subject, close_id, request.POST.get("reason", ""))
        messages.success(request, "The day is open again. Its deposit slip is kept, marked.")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return _back(request.POST.get("date", ""))


def slip(request: HttpRequest, close_id: int) -> HttpResponse:
    """The deposit slip as a PDF."""
    asked = staff(request, *MONEY)
    found = till_queries.deposit(asked.subject, close_id)
    response = HttpResponse(bytes(found.pdf), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="deposit-{found.number}.pdf"'
    return response


def _back(on: str) -> HttpResponse:
    response = redirect("day_close")
    if len(on) == 10 and on.replace("-", "").isdecimal():
        response["Location"] += f"?date={on}"
    return response

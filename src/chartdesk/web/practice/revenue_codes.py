"""The practice's table of revenue codes for institutional claims, and the usual ones behind it."""

from __future__ import annotations

from itertools import zip_longest

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from chartdesk.kit.errors import ChartdeskError
from chartdesk.pms.claims import revenue
from chartdesk.pms.claims.revenue import Row
from chartdesk.record.access import Role, practices
from chartdesk.web.navigation import MONEY
from chartdesk.web.request import staff

#: Empty rows below the table.
_SPARE = 3
_COLUMNS = ("codes", "places", "revenue")


def page(request: HttpRequest) -> HttpResponse:
    """The table; on POST a manager keeps it."""
    asked = staff(request, *MONEY)
    rows, faults = list(revenue.table_of(asked.practice.settings)), {}
    if request.method == "POST":
        asked.subject.require(Role.MANAGER)
        rows = _typed(request.POST)
        try:
            practices.switch(asked.subject, **{revenue.SETTING: revenue.kept(rows)})
            messages.success(request, "Saved. Claims that are built from now on say it.")
            return redirect("practice_revenue_codes")
        except ChartdeskError as fault:
            faults = {str(one.where): f"{one.message} {one.cure}" for one in fault.issues}
    shown = [
        (number, " ".join(row.codes), " ".join(row.places), row.revenue, _of_row(faults, number))
        for number, row in enumerate([*rows, *(Row((), (), "") for _ in range(_SPARE))], start=1)
    ]
    context = {"tab": "splits", "rows": shown, "usual": revenue.USUAL, "may_set": asked.subject.has(Role.MANAGER)}
    return render(request, "practice/revenue_codes.html", context, status=422 if faults else 200)


def _of_row(faults: dict[str, str], number: int) -> list[str]:
    return [words for where, words in faults.items() if where.rpartition("-")[2] == str(number)]


def _typed(data: QueryDict) -> list[Row]:
    """The rows that say something."""
    columns = [data.getlist(name) for name in _COLUMNS]
    found = []
    for codes, places, code in zip_longest(*columns, fillvalue=""):
        row = Row(_words(codes), _words(places), code.strip())
        if row != Row((), (), ""):
            found.append(row)
    return found


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.upper().replace(",", " ").split())

"""The dashboard: every figure with what it means, its weeks as a chart and as a table, and the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from chartdesk.insight import breakdowns, drilldown, kpis, ranges
from chartdesk.kit import clock
from chartdesk.kit.errors import Invalid, NotFound
from chartdesk.pms.registration import queries as registration
from chartdesk.record.access.subject import Role
from chartdesk.web import lists
from chartdesk.web.request import StaffRequest, staff

READERS = (Role.MANAGER, Role.BILLER)
#: Periods to choose from: how many weeks up to today.
PERIODS = {4: "4 weeks", 12: "12 weeks", 26: "Half a year", 52: "A year"}
_USUAL = 12
#: Rows that a drill-down shows.
_LISTED = 2000
#: What a share's rows say, by whether they count as a hit.
HITS = {
    "first_pass_acceptance": ("accepted", "rejected"),
    "denial_rate": ("denied", "paid"),
    "no_show_rate": ("no-show", "came"),
}


@dataclass(frozen=True)
class Shown:
    """A row of a drill-down with the page it opens."""

    row: drilldown.Row
    patient: str
    target: str
    words: str


def page(request: HttpRequest) -> HttpResponse:
    """The figures of a period."""
    asked = staff(request, *READERS)
    first, last = period(asked)
    dashboard = kpis.dashboard(asked.subject, first, last)
    wanted = ranges.ranges(asked.subject)
    context = {
        "dashboard": dashboard,
        "figures": [(one, _verdict(one, wanted)) for one in dashboard.figures],
        "breakdowns": breakdowns.BREAKDOWNS.values(),
        "first": first,
        "last": last,
        "today": clock.today(asked.practice.zone),
        "periods": [
            (words, _starts(asked, weeks) == first and last == clock.today(asked.practice.zone), weeks)
            for weeks, words in PERIODS.items()
        ],
        "series": {
            one.name: {
                "title": one.title,
                "unit": one.unit,
                "weeks": [f"{point.week:%b %-d}" for point in one.series],
                "values": [None if point.value is None else str(point.value) for point in one.series],
            }
            for one in dashboard.figures
            if len(one.series) > 1
        },
    }
    return render(request, "practice/dashboard.html", context)


def rows(request: HttpRequest, figure: str) -> HttpResponse:
    """What a figure counts, row by row."""
    asked = staff(request, *READERS)
    first, last = period(asked)
    shown = next((one for one in kpis.dashboard(asked.subject, first, last).figures if one.name == figure), None)
    if shown is None:
        raise NotFound(f"There is no figure {figure!r}.")
    found = drilldown.rows(asked.subject, figure, first, last, limit=_LISTED)
    if lists.exporting(asked):
        header = ["Date", "Patient", "What", "Counts as"]
        cells = ((one.row.on, one.patient, one.row.text, one.row.amount) for one in _shown(asked, shown, found))
        return lists.exported(asked, figure, header, cells)
    listing = lists.paged(asked, found)
    context: dict[str, Any] = {
        "figure": shown,
        "listing": listing,
        "rows": _shown(asked, shown, listing.rows),
        "first": first,
        "last": last,
        "cut": len(found) == _LISTED,
        "back": f"{reverse('dashboard')}?{urlencode({'first': first, 'last': last})}",
        "range": ranges.ranges(asked.subject).get(figure, ranges.Range()),
    }
    return render(request, "practice/figure.html", context)


@require_POST
def set_range(request: HttpRequest, figure: str) -> HttpResponse:
    """Say in which range a figure should be."""
    asked = staff(request)
    try:
        made = ranges.set_range(asked.subject, figure, asked.POST.get("low", ""), asked.POST.get("high", ""))
    except Invalid as fault:
        messages.error(request, str(fault))
    else:
        open_ends = made.low is None and made.high is None
        messages.success(
            request, "No range is watched." if open_ends else "The range is kept, and looked at each Monday."
        )
    return redirect("figure", figure)


def _verdict(figure: kpis.Figure, wanted: dict[str, ranges.Range]) -> str:
    """What is wrong with a figure, in words; empty where it lies in its range."""
    range_ = wanted.get(figure.name)
    if range_ is None or figure.value is None or range_.holds(figure.value):
        return ""
    if range_.low is not None and figure.value < range_.low:
        return f"below {ranges.said(range_.low, figure.unit)}"
    return f"above {ranges.said(range_.high, figure.unit)}"


def _starts(asked: StaffRequest, weeks: int) -> date:
    """The Monday of the week that lies so many weeks back, this one counted."""
    today = clock.today(asked.practice.zone)
    return today - timedelta(days=today.weekday(), weeks=weeks - 1)


def period(asked: StaffRequest) -> tuple[date, date]:
    """The first and last day that the address names, or the usual weeks."""
    first, last = lists.date_of(asked, "first"), lists.date_of(asked, "last")
    weeks = asked.GET.get("weeks", "")
    if first is None:
        first = _starts(asked, int(weeks) if weeks.isdecimal() and int(weeks) in PERIODS else _USUAL)
    return first, last or clock.today(asked.practice.zone)


def _shown(asked: StaffRequest, figure: kpis.Figure, found: list[drilldown.Row]) -> list[Shown]:
    names = registration.names(asked.subject, sorted({row.patient_id for row in found if row.patient_id}))
    return [
        Shown(
            row,
            names[row.patient_id].name if row.patient_id in names else "",
            target(row),
            HITS[figure.name][0 if row.amount else 1] if figure.name in HITS else "",
        )
        for row in found
    ]


def target(row: drilldown.Row) -> str:
    """The page of what a row counts."""
    kind, identifier = row.link
    if kind in ("claim", "superbill", "denial") and identifier.isdecimal():
        return reverse(kind, args=[int(identifier)])
    if not row.patient_id:
        return ""
    return reverse("patient" if kind == "appointment" else "account", args=[row.patient_id])

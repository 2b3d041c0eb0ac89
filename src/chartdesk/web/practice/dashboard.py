"""The dashboard: every figure with what it means, its weeks as a chart and as a table, and the rows behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
from chartdesk.kit.errors import Invalid
from chartdesk.kit.money import dollars
from chartdesk.kit.wording import counted as number_of
from chartdesk.pms.registration import queries as registration
from chartdesk.record.access.subject import Role
from chartdesk.web import lists
from chartdesk.web.request import StaffRequest, staff
from chartdesk.web.templatetags.figures import measured

READERS = (Role.MANAGER, Role.BILLER)
#: Periods to choose from: how many weeks up to today.
PERIODS = {4: "4 weeks", 12: "12 weeks", 26: "Half a year", 52: "A year"}
_USUAL = 12
#: Rows that a file of a drill-down holds.
_LARGEST_FILE = 100_000
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
    """What a figure counts, row by row, and what the rows come to."""
    asked = staff(request, *READERS)
    first, last = period(asked)
    shown = kpis.figure(asked.subject, figure, first, last)
    sides = drilldown.sides(figure)
    side = _side(asked, len(sides))

    def read(skip: int, limit: int) -> drilldown.Counted:
        return drilldown.opened(asked.subject, figure, first, last, side=side, skip=skip, limit=limit)

    hits = HITS.get(figure, ())
    if lists.exporting(asked):
        return exported(asked, f"{figure}-{side + 1}" if side else figure, read)
    listing, found = counted(asked, read)
    context: dict[str, Any] = {
        "figure": shown,
        "made": _made(asked, shown, sides),
        "sides": [
            (one.title, place == side, urlencode({"first": first, "last": last, "side": place}))
            for place, one in enumerate(sides)
        ],
        "side": sides[side],
        "listing": listing,
        "rows": shown_rows(asked, found.rows, lambda row: hits[0 if row.amount else 1] if hits else ""),
        "together": _together(sides[side], shown, found, hits),
        "first": first,
        "last": last,
        "back": f"{reverse('dashboard')}?{urlencode({'first': first, 'last': last})}",
        "range": ranges.ranges(asked.subject).get(figure, ranges.Range()),
    }
    return render(request, "practice/figure.html", context)


def _side(asked: StaffRequest, count: int) -> int:
    text = asked.GET.get("side", "0")
    return int(text) if text in map(str, range(count)) else 0


def _made(asked: StaffRequest, figure: kpis.Figure, sides: list[drilldown.Side]) -> str:
    """How the figure comes of its two sums, for one that is a quotient of them."""
    if len(sides) < 2 or figure.numerator is None or figure.denominator is None:
        return ""
    below = f"{figure.denominator:,} visits" if sides[1].unit == "visits" else dollars(figure.denominator)
    if figure.name == "days_in_ar":
        charged = drilldown.opened(asked.subject, figure.name, *period(asked), side=1, limit=0).amount
        below += f" a day, from {dollars(charged)} in {kpis.WINDOW} days"
    return f"{dollars(figure.numerator)} over {below}."


def _together(side: drilldown.Side, figure: kpis.Figure, found: drilldown.Counted, hits: tuple[str, ...]) -> str:
    """What all rows come to, in words: what the figure is made of."""
    rows = number_of(found.count, "row")
    if hits:
        return f"{found.amount} {hits[0]} of {rows}."
    if side.shape == "median":
        return f"{rows}. The figure is the one in the middle."
    if side.shape == "average":
        return f"{rows}, {measured(found.amount, side.unit)} together. The figure is their average."
    return f"{rows}, {measured(found.amount, side.unit)} together."


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
    first, last = period(asked)
    return redirect(f"{reverse('figure', args=[figure])}?{urlencode({'first': first, 'last': last})}")


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


def counted(
    asked: StaffRequest, read: Callable[[int, int], drilldown.Counted]
) -> tuple[lists.Listing, drilldown.Counted]:
    """The page of rows that was asked for, where ``read(first, most)`` gives some with the number of all."""
    text = asked.GET.get("page", "1")
    skip = (max(int(text), 1) - 1) * lists.SIZE if text.isdecimal() and len(text) < 9 else 0
    found = read(skip, lists.SIZE)
    listing = lists.paged(asked, range(found.count), found.count)
    if not found.rows and found.count:
        found = read(listing.first - 1, lists.SIZE)
    return listing, found


def exported(asked: StaffRequest, name: str, read: Callable[[int, int], drilldown.Counted]) -> HttpResponse:
    """All rows as a file, which adds up to what the page says. Raises Invalid where there are too many."""
    drilldown.check_count(read(0, 0).count, _LARGEST_FILE)
    header = ["Date", "Patient", "What", "Counts as"]
    rows = shown_rows(asked, read(0, _LARGEST_FILE).rows, lambda _: "")
    return lists.exported(
        asked, name, header, ((one.row.on, one.patient, one.row.text, one.row.amount) for one in rows)
    )


def shown_rows(
    asked: StaffRequest, found: Sequence[drilldown.Row], words: Callable[[drilldown.Row], str]
) -> list[Shown]:
    """Rows with the patients' names, the pages they open, and ``words`` for what they count as."""
    names = registration.names(asked.subject, sorted({row.patient_id for row in found if row.patient_id}))
    return [
        Shown(row, names[row.patient_id].name if row.patient_id in names else "", target(row), words(row))
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

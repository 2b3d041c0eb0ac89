"""The dashboard: every figure of a period, with its weeks. A handful of aggregate statements, whatever the size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from chartdesk.insight import receivables
from chartdesk.insight.figures import MEASURES, Measure, Ratio, Source, statement
from chartdesk.kit.errors import Invalid, NotFound
from chartdesk.kit.money import CENT, ZERO
from chartdesk.kit.transactions import transaction
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of

_TENTH = Decimal("0.1")
_LONGEST = 731
#: Years in which a period may lie: a practice was not open before, and will not be after.
_YEARS = range(1900, 2200)
#: Days of charges that days in A/R are measured against.
WINDOW = receivables.WINDOW
#: Numerator, denominator and value of a figure.
_Three = tuple[Decimal | None, Decimal | None, Decimal | None]
#: The same by the Monday of the week; those of the whole period under None.
_Weeks = dict[date | None, _Three]
_NOTHING: _Three = (None, None, None)


@dataclass(frozen=True)
class Point:
    """One week of a figure, by its Monday; ``value`` None where there was nothing to measure."""

    week: date
    value: Decimal | None


@dataclass(frozen=True)
class Figure:
    """A figure: ``value`` in ``unit`` (percent, days, minutes, dollars, visits), None where nothing was measured.

    ``definition`` is a sentence. ``numerator`` of ``denominator`` gave the value; for a median the denominator
    is how many were measured. ``good`` is the better direction: up, down, or empty.
    """

    name: str
    title: str
    value: Decimal | None
    unit: str
    definition: str
    good: str
    numerator: Decimal | None
    denominator: Decimal | None
    series: list[Point]


@dataclass(frozen=True)
class Dashboard:
    """Every figure from ``first`` to ``last``, both included."""

    first: date
    last: date
    first_pass_acceptance: Figure
    denial_rate: Figure
    days_in_ar: Figure
    charge_lag_days: Figure
    submission_lag: Figure
    posting_lag: Figure
    net_collection_rate: Figure
    revenue_per_visit: Figure
    underpaid: Figure
    no_show_rate: Figure
    waiting_minutes: Figure
    ar_total: Figure
    ar_over_90: Figure
    collections: Figure
    visits: Figure

    @property
    def figures(self) -> list[Figure]:
        """All of them, in order."""
        return [one for one in (getattr(self, part.name) for part in fields(self)) if isinstance(one, Figure)]


def dashboard(subject: Subject, first: date, last: date) -> Dashboard:
    """The figures of a period. Raises Invalid for a period that ends before it begins, or is beyond two years."""
    with transaction(subject):
        given, weeks = period(subject, first, last)
        made = _measured(given, weeks, MEASURES) | _receivables(given, weeks)
    return Dashboard(first=first, last=last, **made)


def figure(subject: Subject, name: str, first: date, last: date) -> Figure:
    """One figure of a period, without the others. Raises NotFound, Invalid as ``dashboard``."""
    check_name(name)
    known = {one.name: one for one in MEASURES}
    with transaction(subject):
        given, weeks = period(subject, first, last)
        if name not in known:
            return _receivables(given, weeks)[name]
        one = known[name]
        needed = [one] if isinstance(one, Measure) else [known[one.amount], known[one.base], one]
        return _measured(given, weeks, needed)[name]


def period(subject: Subject, first: date, last: date) -> tuple[dict[str, Any], list[date]]:
    """What statements about a period are given, and the Mondays of its weeks. In a transaction. Raises Invalid."""
    subject.require(Role.MANAGER, Role.BILLER)
    check_period(first, last)
    weeks = _weeks(first, last)
    zone = practice_of(subject).zone
    given: dict[str, Any] = {
        "practice": subject.practice,
        "zone": zone,
        "first": first,
        "last": last,
        "old": receivables.OLD,
        "window": receivables.WINDOW,
        "monday": weeks[0],
        "mondays": [_begins(week, zone) for week in weeks],
        "days": [_begins(weeks[0] + timedelta(days=n), zone) for n in range((last - weeks[0]).days + 1)],
    }
    return given, weeks


def _begins(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))


def check_name(figure: str) -> None:
    """Raise NotFound unless the dashboard has that figure."""
    known = [part.name for part in fields(Dashboard) if part.name not in ("first", "last")]
    if figure not in known:
        raise NotFound(f"There is no figure {figure!r}.", cure=f"One of {', '.join(sorted(known))}.")


def check_period(first: date, last: date) -> None:
    """Raise Invalid for what is no period of up to two years."""
    begins, ends = (f"{day:%b} {day.day}, {day.year}" for day in (first, last))
    if last < first:
        raise Invalid(f"{begins} comes after {ends}.", where="last", cure="Choose a last day that is not before it.")
    if (last - first).days > _LONGEST or not {first.year, last.year} <= set(_YEARS):
        raise Invalid(f"{begins} to {ends} is too long ago or too long.", where="last", cure="Choose up to two years.")


def _weeks(first: date, last: date) -> list[date]:
    monday = first - timedelta(days=first.weekday())
    return [monday + timedelta(days=days) for days in range(0, (last - monday).days + 1, 7)]


def _rows(statement: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())


def _measured(given: dict[str, Any], weeks: list[date], wanted: Sequence[Measure | Ratio]) -> dict[str, Figure]:
    """The figures of measures, those of one source by one statement; then what is made of two of them."""
    shared: dict[Source, list[Measure]] = {}
    for one in wanted:
        if isinstance(one, Measure):
            shared.setdefault(one.source, []).append(one)
    told: dict[str, _Weeks] = {}
    for measures in shared.values():
        rows = _rows(statement(measures), given)
        for place, one in enumerate(measures):
            parts = {row[0]: row[1 + 4 * place : 5 + 4 * place] for row in rows}
            told[one.name] = {weeks[week - 1]: _three(one, part) for week, part in parts.items() if week and part[0]}
            whole = parts.get(None) if one.shape == "median" else _together(parts)
            if whole and whole[0]:
                told[one.name][None] = _three(one, whole)
    for one in wanted:
        if isinstance(one, Ratio):
            told[one.name] = _ratio(told[one.amount], told[one.base])
    return {one.name: _figure(one, told[one.name], weeks) for one in wanted}


def _together(parts: dict[int | None, tuple[Any, ...]]) -> tuple[Any, ...]:
    """What the weeks come to: how much they counted, their sums, no median."""
    weeks = [part for week, part in parts.items() if week]
    sums = [sum((Decimal(week[place]) for week in weeks if week[place] is not None), Decimal(0)) for place in range(3)]
    return (*sums, None)


def _three(one: Measure, part: tuple[Any, ...]) -> _Three:
    """Numerator, denominator and value of a measure, from how much it counted, its sums and its median."""
    count, amount, base = (_decimal(value) for value in part[:3])
    if one.shape == "median":
        return None, count, _decimal(part[3])
    if one.shape == "total":
        return amount, count, amount
    below = base if one.shape == "percent" else count
    if amount is None or not below:
        return amount, below, None
    hundred = 1 if one.shape == "average" else 100
    return amount, below, (hundred * amount / below).quantize(_TENTH, ROUND_HALF_UP)


def _ratio(amounts: _Weeks, bases: _Weeks) -> _Weeks:
    """For each week: the one over the other, two places."""
    found: _Weeks = {}
    for week in amounts.keys() | bases.keys():
        amount = amounts.get(week, _NOTHING)[2] or Decimal(0)
        base = bases.get(week, _NOTHING)[2] or Decimal(0)
        found[week] = (amount, base, (amount / base).quantize(CENT, ROUND_HALF_UP) if base else None)
    return found


def _figure(measure: Measure | Ratio, told: _Weeks, weeks: list[date]) -> Figure:
    numerator, denominator, value = told.get(None, _NOTHING)
    empty = Decimal(0) if isinstance(measure, Measure) and measure.shape == "total" else None
    return Figure(
        name=measure.name,
        title=measure.title,
        value=value if value is not None else empty,
        unit=measure.unit,
        definition=measure.definition,
        good=measure.good,
        numerator=numerator,
        denominator=denominator,
        series=[Point(week, told[week][2] if week in told else empty) for week in weeks],
    )


def _receivables(given: dict[str, Any], weeks: list[date]) -> dict[str, Figure]:
    due, old, charged = (Decimal(one) for one in _rows(receivables.STANDING, given)[0])
    balances, charges = _by_week(_rows(receivables.DAILY, given), weeks, given["last"])
    daily = charged / receivables.WINDOW
    return {
        "days_in_ar": Figure(
            "days_in_ar", "Days in A/R", _over(due, daily), "days",
            "What is owed on the last day, over the average charges of a day in the 90 days before it.",
            "down", due, daily.quantize(CENT),
            [Point(week, _over(balances[week], charges[week] / receivables.WINDOW)) for week in weeks],
        ),
        "ar_total": Figure(
            "ar_total", "A/R", due.quantize(CENT), "dollars",
            "What patients and payers owe on the last day.",
            "", due, None, [Point(week, balances[week]) for week in weeks],
        ),
        "ar_over_90": Figure(
            "ar_over_90", "A/R over 90 days", _over(100 * old, due), "percent",
            "Of what is owed on the last day, the part that the same payer or patient has owed for over 90 days.",
            "down", old, due, [],
        ),
    }  # fmt: skip


def _by_week(
    rows: list[tuple[Any, ...]], weeks: list[date], last: date
) -> tuple[dict[date, Decimal], dict[date, Decimal]]:
    """For each week: what was owed at its end, and the charges of the 90 days up to then. The last one may be cut."""
    balances, charges = {}, {}
    for week in weeks:
        end = min(week + timedelta(days=6), last)
        begin = end - timedelta(days=receivables.WINDOW)
        balances[week] = sum((due or ZERO for day, due, _ in rows if day is None or day <= end), ZERO)
        charges[week] = sum((made or ZERO for day, _, made in rows if day is not None and begin < day <= end), ZERO)
    return balances, charges


def _over(part: Decimal, whole: Decimal) -> Decimal | None:
    return (part / whole).quantize(_TENTH) if whole > 0 else None


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)

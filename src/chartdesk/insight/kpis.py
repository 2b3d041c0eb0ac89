"""The dashboard: every figure of a period, with its weeks. A handful of aggregate statements, whatever the size."""

from __future__ import annotations

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
    subject.require(Role.MANAGER, Role.BILLER)
    check_period(first, last)
    with transaction(subject):
        given: dict[str, Any] = {
            "practice": subject.practice,
            "zone": practice_of(subject).zone,
            "first": first,
            "last": last,
            "old": receivables.OLD,
            "window": receivables.WINDOW,
        }
        weeks = _weeks(first, last)
        zone = ZoneInfo(given["zone"])
        given |= {"monday": weeks[0], "mondays": [datetime.combine(week, time(), zone) for week in weeks]}
        made = _measured(given, weeks) | _receivables(given, weeks)
    return Dashboard(first=first, last=last, **made)


def check_name(figure: str) -> None:
    """Raise NotFound unless the dashboard has that figure."""
    known = [part.name for part in fields(Dashboard) if part.name not in ("first", "last")]
    if figure not in known:
        raise NotFound(f"There is no figure {figure!r}.", cure=f"One of {', '.join(sorted(known))}.")


def check_period(first: date, last: date) -> None:
    """Raise Invalid for what is no period of up to two years."""
    if last < first or (last - first).days > _LONGEST:
        raise Invalid(f"{first} to {last} is no period.", where="last", cure="Choose up to two years.")


def _weeks(first: date, last: date) -> list[date]:
    monday = first - timedelta(days=first.weekday())
    return [monday + timedelta(days=days) for days in range(0, (last - monday).days + 1, 7)]


def _rows(statement: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())


def _measured(given: dict[str, Any], weeks: list[date]) -> dict[str, Figure]:
    """The figures of all measures, those of one source by one statement; then what is made of two of them."""
    shared: dict[Source, list[Measure]] = {}
    for one in MEASURES:
        if isinstance(one, Measure):
            shared.setdefault(one.source, []).append(one)
    told: dict[str, _Weeks] = {}
    for measures in shared.values():
        rows = _rows(statement(measures), given)
        for place, one in enumerate(measures):
            parts = ((row[0], row[1 + 4 * place : 5 + 4 * place]) for row in rows)
            told[one.name] = {weeks[week - 1] if week else None: _three(part[1:]) for week, part in parts if part[0]}
    for one in MEASURES:
        if isinstance(one, Ratio):
            told[one.name] = _ratio(told[one.amount], told[one.base])
    return {one.name: _figure(one, told[one.name], weeks) for one in MEASURES}


def _three(part: tuple[Any, ...]) -> _Three:
    return _decimal(part[0]), _decimal(part[1]), _decimal(part[2])


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
    balances, charges = _by_week(_rows(receivables.WEEKLY, given), weeks)
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


def _by_week(rows: list[tuple[Any, ...]], weeks: list[date]) -> tuple[dict[date, Decimal], dict[date, Decimal]]:
    """For each week: what was owed at its end, and the charges of the thirteen weeks up to it."""
    balances, charges = {}, {}
    for week in weeks:
        balances[week] = sum((due or ZERO for monday, due, _ in rows if monday <= week), ZERO)
        window = week - timedelta(days=receivables.WINDOW - 7)
        charges[week] = sum((made or ZERO for monday, _, made in rows if window <= monday <= week), ZERO)
    return balances, charges


def _over(part: Decimal, whole: Decimal) -> Decimal | None:
    return (part / whole).quantize(_TENTH) if whole > 0 else None


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)

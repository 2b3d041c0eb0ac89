"""When an estimate is due, how long it holds, and when a bill is too far from it. Pure functions."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

#: A bill that is above its estimate by this much, or more, may be taken to dispute resolution.
DISPUTE_FROM = Decimal("400.00")
#: Days after the bill within which the patient may start that.
DISPUTE_WITHIN = 120


def is_business_day(day: date) -> bool:
    """Whether a day is neither a weekend nor a federal holiday."""
    return day.weekday() < 5 and day not in _holidays(day.year) and day not in _holidays(day.year + 1)


def add_business_days(day: date, count: int) -> date:
    """The business day ``count`` business days after a day, which itself is not counted."""
    while count:
        day += timedelta(days=1)
        count -= is_business_day(day)
    return day


def business_days_between(first: date, last: date) -> int:
    """How many business days lie after ``first``, up to and with ``last``."""
    days = (last - first).days
    return sum(is_business_day(first + timedelta(days=one)) for one in range(1, days + 1))


def due(reason: str, asked: date, service: date | None) -> date | None:
    """By when an estimate must be given; None where none must be.

    Asked for by the patient: three business days. A visit at least ten business days ahead: three business days after
    it was scheduled; at least three ahead: one. A visit sooner than that needs none unless the patient asks.
    """
    if reason == "requested" or service is None:
        return add_business_days(asked, 3)
    ahead = business_days_between(asked, service)
    if ahead >= 10:
        return add_business_days(asked, 3)
    return add_business_days(asked, 1) if ahead >= 3 else None


def disputable(estimated: Decimal, billed: Decimal) -> bool:
    """Whether the patient may dispute what was billed."""
    return billed - estimated >= DISPUTE_FROM


def _holidays(year: int) -> set[date]:
    """The federal holidays of a year, on the day on which they are kept."""
    fixed = [date(year, 1, 1), date(year, 6, 19), date(year, 7, 4), date(year, 11, 11), date(year, 12, 25)]
    return {
        *map(_kept, fixed),
        _weekday(year, 1, 0, 3),  # Martin Luther King Jr.
        _weekday(year, 2, 0, 3),  # Washington
        _weekday(year, 6, 0, 1) - timedelta(days=7),  # Memorial Day: the last Monday of May
        _weekday(year, 9, 0, 1),  # Labor Day
        _weekday(year, 10, 0, 2),  # Columbus
        _weekday(year, 11, 3, 4),  # Thanksgiving
    }


def _kept(day: date) -> date:
    shift = {5: -1, 6: 1}.get(day.weekday(), 0)
    return day + timedelta(days=shift)


def _weekday(year: int, month: int, weekday: int, which: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))

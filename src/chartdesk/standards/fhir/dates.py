"""Dates as ranges of instants, as search compares them.

A date is a range as long as its precision: `2024-03` is all of March. `low` is its first instant and `high`
its last microsecond; both are aware UTC. A date without a time zone is taken as UTC. Open ends of a period
are EARLIEST and LATEST. Guide section: date search (https://hl7.org/fhir/R4/search.html#date).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta
from functools import lru_cache

EARLIEST = datetime.min.replace(tzinfo=UTC)
LATEST = datetime.max.replace(tzinfo=UTC)

_TICK = timedelta(microseconds=1)
_SECOND = timedelta(seconds=1) - _TICK
_MINUTE = timedelta(minutes=1) - _TICK
_DAY = timedelta(days=1) - _TICK

_FULL = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


@lru_cache(maxsize=8192)
def date_range(text: str) -> tuple[datetime, datetime]:
    """First and last instant of a FHIR date, dateTime or instant. Raises ValueError when it is none."""
    if len(text) > 10:
        return _instant_range(text)
    found = _PARTIAL.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is not a date.")
    year, month, day = (int(part) if part else 0 for part in found.groups())
    low = datetime(year, month or 1, day or 1, tzinfo=UTC)
    if day:
        return low, low + _DAY
    last_month = month or 12
    last = datetime(year, last_month, monthrange(year, last_month)[1], tzinfo=UTC)
    return low, last + _DAY


def _instant_range(text: str) -> tuple[datetime, datetime]:
    found = _FULL.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is not a date and time.")
    seconds, fraction, zone = found.group(6, 7, 8)
    base = text[:16] + (":" + seconds if seconds and seconds != "60" else ":00") + (zone or "+00:00")
    try:
        low = datetime.fromisoformat(base).astimezone(UTC)
        if seconds is None:
            return low, low + _MINUTE
        if seconds == "60":
            low += timedelta(minutes=1)
        if fraction is None:
            return low, low + _SECOND
        low += timedelta(microseconds=int(fraction[:6].ljust(6, "0")))
        width = max(10 ** (6 - len(fraction)), 1) if len(fraction) < 6 else 1
        return low, low + timedelta(microseconds=width - 1)
    except OverflowError:
        # The first or last hours of time, in another zone.
        edge = EARLIEST if text[:4] == "0001" else LATEST
        return edge, edge


def period_range(start: str | None, end: str | None) -> tuple[datetime, datetime]:
    """First and last instant of a Period; an end that is missing is open."""
    low = date_range(start)[0] if start else EARLIEST
    high = date_range(end)[1] if end else LATEST
    return low, high

"""When a resource works and where it is free: pure arithmetic on hours, absences, holidays and bookings.

Hours are local wall-clock times of the practice; everything returned is UTC. Where the clock springs
forward, a time that does not exist becomes the moment of the change; where it falls back, a span that
begins in the repeated hour begins at its first pass and one that ends in it ends at its second.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


@dataclass(frozen=True, order=True)
class Span:
    """From ``starts`` up to, not including, ``ends``; both aware UTC."""

    starts: datetime
    ends: datetime

    def overlaps(self, other: Span) -> bool:
        return self.starts < other.ends and other.starts < self.ends

    def holds(self, other: Span) -> bool:
        return self.starts <= other.starts and other.ends <= self.ends


@dataclass(frozen=True)
class Hours:
    """One row of a weekly template. ``visit_types`` empty means every type."""

    site: int
    weekday: int
    starts: time
    ends: time
    visit_types: frozenset[str] = frozenset()
    valid_from: date | None = None
    valid_to: date | None = None

    def applies(self, day: date) -> bool:
        return (
            self.weekday == day.weekday()
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_to is None or day <= self.valid_to)
        )


@dataclass(frozen=True)
class DayException:
    """Absence, or extra hours at ``site``, on one date; no times means the whole day."""

    date: date
    starts: time | None = None
    ends: time | None = None
    open: bool = False
    site: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Week:
    """Everything that says when one resource works."""

    hours: Sequence[Hours] = ()
    exceptions: Sequence[DayException] = ()


@dataclass(frozen=True)
class Working:
    """A stretch of working time at a site, and what is offered in it."""

    site: int
    span: Span
    visit_types: frozenset[str] = frozenset()

    def offers(self, visit_type: str) -> bool:
        """Whether the type is offered; a visit that names no type fits everywhere."""
        return not self.visit_types or not visit_type or visit_type in self.visit_types


@dataclass(frozen=True)
class Taken:
    """A lane of a resource that is in use."""

    lane: int
    span: Span


def instant(day: date, clock: time, zone: str, *, end: bool = False) -> datetime:
    """The UTC moment at which the wall clock of ``zone`` shows ``clock`` on ``day``; see the module."""
    local = ZoneInfo(zone)
    wall = datetime.combine(day, clock, tzinfo=local)
    early = wall.replace(fold=0).astimezone(UTC)
    late = wall.replace(fold=1).astimezone(UTC)
    if early < late:
        return late if end else early
    if late < early:
        return _change(late, early, local)
    return early


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The moment between the two at which the zone's offset changes, to the minute."""
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(minutes=1):
        middle = before + (after - before) // 2
        middle -= timedelta(seconds=middle.second, microseconds=middle.microsecond)
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after


@lru_cache(maxsize=4096)
def _local_span(day: date, starts: time, ends: time, zone: str) -> Span:
    return Span(instant(day, starts, zone), instant(day, ends, zone, end=True))


def day_span(day: date, zone: str) -> Span:
    """The whole local day: 23, 24 or 25 hours."""
    return Span(instant(day, time.min, zone), instant(day + timedelta(days=1), time.min, zone))


def working(week: Week, day: date, zone: str, *, holiday: bool = False) -> list[Working]:
    """The working time of a local date, in order.

    A holiday closes the weekly hours; an absence cuts a piece out of them; extra hours are added last and
    hold also on a holiday. A span that daylight saving makes empty is left out.
    """
    todays = [item for item in week.exceptions if item.date == day]
    found: list[Working] = []
    if not holiday:
        away = [_exception_span(item, day, zone) for item in todays if not item.open]
        for hours in week.hours:
            if hours.applies(day):
                span = _local_span(day, hours.starts, hours.ends, zone)
                found += [Working(hours.site, piece, hours.visit_types) for piece in cut(span, away)]
    for item in todays:
        if item.open and item.starts and item.ends:
            span = _local_span(day, item.starts, item.ends, zone)
            sites = [item.site] if item.site else list(dict.fromkeys(hours.site for hours in week.hours))
            found += [Working(site, span) for site in sites if span.starts < span.ends]
    return sorted(found, key=lambda item: (item.span, item.site))


def _exception_span(item: DayException, day: date, zone: str) -> Span:
    if item.starts is None or item.ends is None:
        return day_span(day, zone)
    return _local_span(day, item.starts, item.ends, zone)


def absence(week: Week, span: Span, day: date, zone: str) -> tuple[Span, str] | None:
    """The first absence of the local ``day`` that overlaps ``span``, and its reason."""
    for item in week.exceptions:
        if item.date == day and not item.open:
            away = _exception_span(item, day, zone)
            if away.overlaps(span):
                return away, item.reason
    return None


def cut(span: Span, holes: Iterable[Span]) -> list[Span]:
    """What is left of ``span`` without the holes."""
    pieces = [span] if span.starts < span.ends else []
    for hole in holes:
        kept: list[Span] = []
        for piece in pieces:
            if not piece.overlaps(hole):
                kept.append(piece)
                continue
            if piece.starts < hole.starts:
                kept.append(Span(piece.starts, hole.starts))
            if hole.ends < piece.ends:
                kept.append(Span(hole.ends, piece.ends))
        pieces = kept
    return pieces


def windows(stretches: Iterable[Working], visit_type: str, site: int | None = None) -> list[tuple[int, Span]]:
    """Stretches that offer ``visit_type`` (at ``site``), as (site, span); those that touch are joined."""
    joined: list[tuple[int, Span]] = []
    for item in sorted(stretches, key=lambda item: (item.site, item.span)):
        if not item.offers(visit_type) or (site is not None and item.site != site):
            continue
        if joined and joined[-1][0] == item.site and item.span.starts <= joined[-1][1].ends:
            last = joined.pop()[1]
            joined.append((item.site, Span(last.starts, max(last.ends, item.span.ends))))
        else:
            joined.append((item.site, item.span))
    return sorted(joined, key=lambda item: (item[1], item[0]))


def has_free_lane(span: Span, taken: Iterable[Taken], lanes: int) -> bool:
    """Whether one of the first ``lanes`` lanes is free for the whole span."""
    used = {item.lane for item in taken if item.lane < lanes and item.span.overlaps(span)}
    return len(used) < lanes


def free_starts(
    window: Span, taken: Sequence[Taken], *, lanes: int, minutes: int, step: int, not_before: datetime
) -> Iterator[Span]:
    """Where a visit of ``minutes`` fits, every ``step`` minutes from the window's start, in order."""
    length, pace = timedelta(minutes=minutes), timedelta(minutes=step)
    near = [item for item in taken if item.span.overlaps(window)]
    starts = window.starts
    if starts < not_before:
        starts += pace * -((starts - not_before) // pace)
    while starts + length <= window.ends:
        span = Span(starts, starts + length)
        if has_free_lane(span, near, lanes):
            yield span
        starts += pace


def in_part(starts: datetime, part: str, zone: str) -> bool:
    """Whether a start belongs to the ``morning`` or the ``afternoon`` of its local day; ``any`` always."""
    if part == "any":
        return True
    return (starts.astimezone(ZoneInfo(zone)).hour < 12) == (part == "morning")

"""When a provider works: weekly hours, absences, extra hours, holidays and daylight saving, as tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from chartdesk.pms.scheduling.availability import (
    DayException,
    Hours,
    Span,
    Week,
    instant,
    windows,
    working,
)

NEW_YORK, PHOENIX = "America/New_York", "America/Phoenix"
MONDAY = date(2026, 3, 2)

#: zone, local date, wall clock, is it an end?, the moment in UTC
INSTANTS = [
    (NEW_YORK, date(2026, 3, 2), time(9), False, "2026-03-02T14:00"),
    (NEW_YORK, date(2026, 7, 6), time(9), False, "2026-07-06T13:00"),
    (PHOENIX, date(2026, 3, 2), time(9), False, "2026-03-02T16:00"),
    (PHOENIX, date(2026, 7, 6), time(9), False, "2026-07-06T16:00"),
    # 8 March 2026, 2:00 becomes 3:00: what falls in between is the moment of the change.
    (NEW_YORK, date(2026, 3, 8), time(1, 59), False, "2026-03-08T06:59"),
    (NEW_YORK, date(2026, 3, 8), time(2), False, "2026-03-08T07:00"),
    (NEW_YORK, date(2026, 3, 8), time(2, 30), False, "2026-03-08T07:00"),
    (NEW_YORK, date(2026, 3, 8), time(2, 30), True, "2026-03-08T07:00"),
    (NEW_YORK, date(2026, 3, 8), time(3), False, "2026-03-08T07:00"),
    (PHOENIX, date(2026, 3, 8), time(2, 30), False, "2026-03-08T09:30"),
    # 1 November 2026, 2:00 becomes 1:00: a start is in the first pass, an end in the second.
    (NEW_YORK, date(2026, 11, 1), time(0, 59), False, "2026-11-01T04:59"),
    (NEW_YORK, date(2026, 11, 1), time(1, 30), False, "2026-11-01T05:30"),
    (NEW_YORK, date(2026, 11, 1), time(1, 30), True, "2026-11-01T06:30"),
    (NEW_YORK, date(2026, 11, 1), time(2), False, "2026-11-01T07:00"),
    (PHOENIX, date(2026, 11, 1), time(1, 30), True, "2026-11-01T08:30"),
]


@pytest.mark.parametrize(("zone", "day", "clock", "end", "expected"), INSTANTS)
def test_wall_clock_to_moment(zone, day, clock, end, expected):
    assert instant(day, clock, zone, end=end) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


#: zone, local date, from, to, hours that really pass
LENGTHS = [
    (NEW_YORK, date(2026, 3, 7), 0, 6, 6),
    (NEW_YORK, date(2026, 3, 8), 0, 6, 5),
    (NEW_YORK, date(2026, 11, 1), 0, 6, 7),
    (NEW_YORK, date(2026, 3, 8), 8, 17, 9),
    (PHOENIX, date(2026, 3, 8), 0, 6, 6),
    (PHOENIX, date(2026, 11, 1), 0, 6, 6),
]


@pytest.mark.parametrize(("zone", "day", "first", "last", "passed"), LENGTHS)
def test_hours_that_pass_on_the_days_the_clock_changes(zone, day, first, last, passed):
    week = Week([Hours(1, day.weekday(), time(first), time(last))])
    [stretch] = working(week, day, zone)
    assert (stretch.span.ends - stretch.span.starts).total_seconds() == passed * 3600


def test_hours_inside_the_gap_are_no_hours():
    week = Week([Hours(1, 6, time(2), time(3))])
    assert working(week, date(2026, 3, 8), NEW_YORK) == []


WEEKDAYS = [Hours(1, weekday, time(8), time(17)) for weekday in range(5)]
LUNCH = DayException(MONDAY, time(12), time(13), reason="lunch")
AWAY = DayException(MONDAY, reason="vacation")
SATURDAY = date(2026, 3, 7)
EXTRA = DayException(SATURDAY, time(9), time(12), open=True, site=1)
EXTRA_MONDAY = DayException(MONDAY, time(18), time(20), open=True)

#: what is told, hours, exceptions, date, holiday, local hours that remain
DAYS = [
    ("a weekday", WEEKDAYS, [], MONDAY, False, [(8, 17)]),
    ("a Saturday", WEEKDAYS, [], SATURDAY, False, []),
    ("a holiday", WEEKDAYS, [], MONDAY, True, []),
    ("away all day", WEEKDAYS, [AWAY], MONDAY, False, []),
    ("lunch", WEEKDAYS, [LUNCH], MONDAY, False, [(8, 12), (13, 17)]),
    ("lunch of another day", WEEKDAYS, [LUNCH], date(2026, 3, 3), False, [(8, 17)]),
    (
        "an absence over the end",
        WEEKDAYS,
        [DayException(MONDAY, time(15), time(20))],
        MONDAY,
        False,
        [(8, 15)],
    ),
    (
        "two absences",
        WEEKDAYS,
        [LUNCH, DayException(MONDAY, time(8), time(10))],
        MONDAY,
        False,
        [(10, 12), (13, 17)],
    ),
    ("extra hours on a Saturday", WEEKDAYS, [EXTRA], SATURDAY, False, [(9, 12)]),
    ("extra hours in the evening", WEEKDAYS, [EXTRA_MONDAY], MONDAY, False, [(8, 17), (18, 20)]),
    ("extra hours on a holiday", WEEKDAYS, [EXTRA_MONDAY], MONDAY, True, [(18, 20)]),
    ("extra hours on a day away", WEEKDAYS, [AWAY, EXTRA_MONDAY], MONDAY, False, [(18, 20)]),
    (
        "hours that begin later in the year",
        [Hours(1, 0, time(8), time(17), valid_from=date(2026, 4, 1))],
        [],
        MONDAY,
        False,
        [],
    ),
    (
        "hours on their last day",
        [Hours(1, 0, time(8), time(17), valid_to=MONDAY)],
        [],
        MONDAY,
        False,
        [(8, 17)],
    ),
    (
        "hours after their last day",
        [Hours(1, 0, time(8), time(17), valid_to=date(2026, 3, 1))],
        [],
        MONDAY,
        False,
        [],
    ),
]


@pytest.mark.parametrize(
    ("hours", "exceptions", "day", "holiday", "expected"),
    [row[1:] for row in DAYS],
    ids=[row[0] for row in DAYS],
)
def test_a_day(hours, exceptions, day, holiday, expected):
    stretches = working(Week(hours, exceptions), day, PHOENIX, holiday=holiday)
    found = [((item.span.starts.hour - 7) % 24, (item.span.ends.hour - 7) % 24) for item in stretches]
    assert found == expected


def _span(first: int, last: int) -> Span:
    return Span(instant(MONDAY, time(first), PHOENIX), instant(MONDAY, time(last), PHOENIX))


#: hours (site, from, to, types), visit type, site, windows as (site, from, to)
WINDOWS = [
    ([(1, 8, 12, ""), (1, 12, 17, "")], "new", None, [(1, 8, 17)]),
    ([(1, 8, 12, ""), (1, 13, 17, "")], "new", None, [(1, 8, 12), (1, 13, 17)]),
    ([(1, 8, 12, "new"), (1, 12, 17, "sick")], "new", None, [(1, 8, 12)]),
    ([(1, 8, 12, "new sick"), (1, 12, 17, "sick")], "sick", None, [(1, 8, 17)]),
    ([(1, 8, 12, ""), (2, 12, 17, "")], "new", None, [(1, 8, 12), (2, 12, 17)]),
    ([(1, 8, 12, ""), (2, 12, 17, "")], "new", 2, [(2, 12, 17)]),
    ([(1, 8, 13, ""), (1, 12, 17, "")], "new", None, [(1, 8, 17)]),
]


@pytest.mark.parametrize(("rows", "visit_type", "site", "expected"), WINDOWS)
def test_windows_of_a_visit_type(rows, visit_type, site, expected):
    hours = [Hours(s, 0, time(a), time(b), frozenset(types.split())) for s, a, b, types in rows]
    found = windows(working(Week(hours), MONDAY, PHOENIX), visit_type, site)
    assert found == [(s, _span(a, b)) for s, a, b in expected]

"""Where a visit fits between bookings, lane by lane."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from chartdesk.pms.scheduling.availability import Span, Taken, cut, free_starts, has_free_lane, in_part

DAY = datetime(2026, 3, 2, tzinfo=UTC)


def _span(text: str) -> Span:
    """``9:00-9:30`` on the day of these tables."""
    ends = []
    for part in text.split("-"):
        hours, minutes = part.split(":")
        ends.append(DAY + timedelta(hours=int(hours), minutes=int(minutes)))
    return Span(*ends)


def _taken(*texts: str) -> list[Taken]:
    """``0 9:00-9:30``: lane and span."""
    return [Taken(int(text[0]), _span(text[2:])) for text in texts]


#: what, window, taken, lanes, minutes, step, now, starts expected
STARTS = [
    ("an empty hour", "9:00-10:00", [], 1, 30, 15, "0:00", "9:00 9:15 9:30"),
    ("exactly full", "9:00-9:30", [], 1, 30, 15, "0:00", "9:00"),
    ("too short", "9:00-9:20", [], 1, 30, 15, "0:00", ""),
    ("before a visit", "9:00-10:00", ["0 9:30-10:00"], 1, 30, 15, "0:00", "9:00"),
    ("after a visit", "9:00-10:00", ["0 9:00-9:30"], 1, 30, 15, "0:00", "9:30"),
    ("between visits", "9:00-11:00", ["0 9:00-9:30", "0 10:00-11:00"], 1, 30, 30, "0:00", "9:30"),
    ("all taken", "9:00-10:00", ["0 9:00-10:00"], 1, 15, 15, "0:00", ""),
    ("a second lane", "9:00-10:00", ["0 9:00-10:00"], 2, 30, 30, "0:00", "9:00 9:30"),
    ("both lanes, apart", "9:00-10:00", ["0 9:00-9:30", "1 9:30-10:00"], 2, 60, 30, "0:00", ""),
    ("both lanes taken", "9:00-10:00", ["0 9:00-10:00", "1 9:00-9:30"], 2, 30, 30, "0:00", "9:30"),
    ("an overbooked lane does not count", "9:00-10:00", ["1 9:00-10:00"], 1, 30, 30, "0:00", "9:00 9:30"),
    ("not in the past", "9:00-10:00", [], 1, 15, 15, "9:20", "9:30 9:45"),
    ("now is a start", "9:00-10:00", [], 1, 15, 15, "9:30", "9:30 9:45"),
    ("all in the past", "9:00-10:00", [], 1, 15, 15, "11:00", ""),
]


@pytest.mark.parametrize(
    ("window", "taken", "lanes", "minutes", "step", "now", "expected"),
    [row[1:] for row in STARTS],
    ids=[row[0] for row in STARTS],
)
def test_free_starts(window, taken, lanes, minutes, step, now, expected):
    found = free_starts(
        _span(window),
        _taken(*taken),
        lanes=lanes,
        minutes=minutes,
        step=step,
        not_before=_span(f"{now}-{now}").starts,
    )
    assert [f"{item.starts.hour}:{item.starts:%M}" for item in found] == expected.split()


#: span, taken, lanes, free?
LANES = [
    ("9:00-9:30", [], 1, True),
    ("9:00-9:30", ["0 9:30-10:00"], 1, True),
    ("9:00-9:30", ["0 8:30-9:00"], 1, True),
    ("9:00-9:30", ["0 9:29-10:00"], 1, False),
    ("9:00-9:30", ["0 8:00-11:00"], 1, False),
    ("9:00-9:30", ["0 8:00-11:00"], 2, True),
    ("9:00-9:30", ["0 9:00-9:10", "0 9:20-9:30"], 2, True),
    ("9:00-9:30", ["0 9:00-9:10", "1 9:20-9:30"], 2, False),
]


@pytest.mark.parametrize(("span", "taken", "lanes", "free"), LANES)
def test_lanes(span, taken, lanes, free):
    assert has_free_lane(_span(span), _taken(*taken), lanes) is free


#: span, holes, what is left
CUTS = [
    ("8:00-17:00", "", "8:00-17:00"),
    ("8:00-17:00", "12:00-13:00", "8:00-12:00 13:00-17:00"),
    ("8:00-17:00", "7:00-9:00 16:00-18:00", "9:00-16:00"),
    ("8:00-17:00", "0:00-23:00", ""),
    ("8:00-17:00", "17:00-18:00", "8:00-17:00"),
    ("8:00-17:00", "9:00-11:00 10:00-12:00", "8:00-9:00 12:00-17:00"),
]


@pytest.mark.parametrize(("span", "holes", "left"), CUTS)
def test_cut(span, holes, left):
    assert cut(_span(span), [_span(hole) for hole in holes.split()]) == [_span(piece) for piece in left.split()]


@pytest.mark.parametrize(
    ("hour", "part", "expected"),
    [
        (16, "morning", True),  # 9 AM in Phoenix
        (16, "afternoon", False),
        (19, "morning", False),  # noon
        (19, "afternoon", True),
        (19, "any", True),
    ],
)
def test_part_of_the_day(hour, part, expected):
    assert in_part(DAY + timedelta(hours=hour), part, "America/Phoenix") is expected

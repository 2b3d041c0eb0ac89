"""What may happen to a visit: every action on every step, in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from chartdesk.pms.scheduling import rules

#: rows: where the visit stands; columns: what is asked. y = goes through, a = already there, n = refused
TABLE = """
              confirm check_in room change_room check_out cancel no_show move
booked        y       y        n    y           n         y      y       y
confirmed     a       y        n    y           n         y      y       y
arrived       n       a        y    y           y         y      n       y
roomed        n       n        a    y           y         n      n       n
departed      n       n        n    n           a         n      n       n
cancelled     n       n        n    n           n         a      n       n
noshow        n       n        n    n           n         n      a       n
proposed      n       n        n    n           n         n      n       n
"""
_LINES = [line.split() for line in TABLE.strip().splitlines()]
CELLS = [(line[0], action, cell) for line in _LINES[1:] for action, cell in zip(_LINES[0], line[1:], strict=True)]


@pytest.mark.parametrize(("step", "action", "expected"), CELLS)
def test_every_action_on_every_step(step, action, expected):
    answer = rules.refusal(action, step)
    if expected == "y":
        assert answer is None
    elif expected == "a":
        assert answer is not None
        assert answer.message == f"The visit is already {rules.STATES[step]}."
    else:
        assert answer is not None
        assert "cannot be" in answer.message
        assert answer.cure


#: step, action, the words
WORDS = [
    (
        "cancelled",
        "check_in",
        "A visit that is cancelled cannot be checked in.",
        "Undo the cancellation, or book a new visit.",
    ),
    ("booked", "check_out", "A visit that is booked cannot be checked out.", "Check the patient in first."),
    ("roomed", "cancel", "A visit that is in a room cannot be cancelled.", "Undo the rooming first."),
    ("departed", "move", "A visit that is checked out cannot be moved.", "Undo the check-out first."),
]


@pytest.mark.parametrize(("step", "action", "message", "cure"), WORDS)
def test_words(step, action, message, cure):
    assert rules.refusal(action, step) == rules.Refusal(message, cure)


#: action, visit starts, now (UTC; the practice is in New York), allowed?
EARLY = [
    ("check_in", "2026-03-03T14:00", "2026-03-03T13:30", True),
    ("check_in", "2026-03-03T14:00", "2026-03-03T05:00", True),  # midnight in New York
    ("check_in", "2026-03-03T14:00", "2026-03-03T04:59", False),  # still the day before
    ("check_in", "2026-03-03T14:00", "2026-03-04T14:00", True),  # entered late
    ("no_show", "2026-03-03T14:00", "2026-03-03T13:59", False),
    ("no_show", "2026-03-03T14:00", "2026-03-03T14:00", True),
    ("confirm", "2026-03-03T14:00", "2026-01-03T14:00", True),
]


@pytest.mark.parametrize(("action", "starts", "now", "allowed"), EARLY)
def test_not_before_its_time(action, starts, now, allowed):
    moments = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (starts, now)]
    assert (rules.too_early(action, *moments, "America/New_York") is None) is allowed


#: status written, step written with it, step before, step meant
MEANT = [
    ("booked", "", "", "booked"),
    ("booked", "confirmed", "booked", "confirmed"),
    ("booked", "", "confirmed", "confirmed"),
    ("booked", "arrived", "arrived", "booked"),
    ("arrived", "booked", "booked", "arrived"),
    ("arrived", "roomed", "arrived", "roomed"),
    ("arrived", "arrived", "roomed", "arrived"),
    ("checked-in", "booked", "booked", "arrived"),
    ("fulfilled", "roomed", "roomed", "departed"),
    ("cancelled", "booked", "booked", "cancelled"),
    ("noshow", "", "booked", "noshow"),
    ("proposed", "", "", ""),
    ("entered-in-error", "booked", "booked", ""),
]


@pytest.mark.parametrize(("status", "given", "present", "expected"), MEANT)
def test_what_a_status_from_outside_means(status, given, present, expected):
    assert rules.step_meant(status, given, present) == expected


def test_undo_stops_at_the_booking():
    assert rules.undo_refusal(("booked", "arrived")) is None
    assert rules.undo_refusal(("booked",)) is not None


def test_times_as_people_say_them():
    starts, ends = datetime(2026, 3, 3, 14, 5, tzinfo=UTC), datetime(2026, 3, 3, 17, 0, tzinfo=UTC)
    assert rules.when(starts, ends, "America/New_York") == "Tuesday, March 3, 2026, 9:05 AM to 12:00 PM"

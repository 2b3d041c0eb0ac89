"""How a value lies, which state of a report is the later, and by when somebody must sign: as tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from chartdesk.ehr.orders import rules
from chartdesk.ehr.orders.content import Coded, ObservationIn

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("70-100", "70", "100"),
        ("70 - 100 mg/dL", "70", "100"),
        ("4.0–10.5", "4.0", "10.5"),
        ("0.5 to 1.2", "0.5", "1.2"),
        ("< 5.0", None, "5.0"),
        ("<=5", None, "5"),
        ("up to 40", None, "40"),
        (">60", "60", None),
        ("-2.5-2.5", "-2.5", "2.5"),
        ("negative", None, None),
        ("", None, None),
        ("100-70", None, None),
    ],
)
def test_reference_ranges(words, low, high):
    found = rules.limits(words)
    if low is None and high is None:
        assert found is None
        return
    assert found is not None
    assert (found.low, found.high) == (low and Decimal(low), high and Decimal(high))


@pytest.mark.parametrize(
    ("number", "comparator", "words", "flags", "expected"),
    [
        ("95", "", "70-100", (), "N"),
        ("101", "", "70-100", (), "H"),
        ("69.9", "", "70-100", (), "L"),
        ("5.0", "", "<5.0", (), "H"),
        ("5.0", "", "<=5.0", (), "N"),
        ("60", "", ">60", (), "L"),
        ("95", "", "70-100", ("HH",), "HH"),
        ("500", "", "70-100", ("N",), "N"),
        ("95", "", "", (), ""),
        ("90", ">", "70-89", (), "H"),
        ("90", ">", "70-100", (), ""),
        ("70", "<", "70-100", (), "L"),
        ("80", "<", "70-100", (), ""),
        (None, "", "negative", (), ""),
        (None, "", "negative", ("A",), "A"),
    ],
)
def test_how_a_value_lies(number, comparator, words, flags, expected):
    value = Decimal(number) if number else None
    one = ObservationIn(Coded("x"), number=value, comparator=comparator, limits=words, flags=flags)
    assert rules.flag(one) == expected


@pytest.mark.parametrize(
    ("flags", "level"),
    [([], 0), (["N", ""], 0), (["N", "H"], 1), (["A"], 1), (["L", "LL"], 2), (["hh"], 2), (["S"], 0), (["R"], 1)],
)
def test_the_worst_value_counts(flags, level):
    assert rules.level(flags) == level


@pytest.mark.parametrize(
    ("old", "new", "minutes", "later"),
    [
        ("preliminary", "final", 5, True),
        ("final", "preliminary", -5, False),
        ("final", "preliminary", 0, False),
        ("preliminary", "final", 0, True),
        ("final", "final", 0, True),
        ("final", "corrected", 0, True),
        ("corrected", "final", 0, False),
        ("corrected", "corrected", 1, True),
        ("final", "corrected", -1, False),
        ("final", "entered-in-error", 0, True),
    ],
)
def test_which_state_is_the_later(old, new, minutes, later):
    assert rules.supersedes(old, NOON, new, NOON + timedelta(minutes=minutes)) is later


def test_by_when_a_result_must_be_signed():
    days = (7, 2, 0)
    assert rules.due(NOON, rules.NORMAL, days) == NOON + timedelta(days=7)
    assert rules.due(NOON, rules.ABNORMAL, days) == NOON + timedelta(days=2)
    assert rules.due(NOON, rules.CRITICAL, days) == NOON + timedelta(hours=4)

"""Dates as ranges, one row per form."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from chartdesk.standards.fhir.dates import EARLIEST, LATEST, date_range, period_range

TICK = timedelta(microseconds=1)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "low", "after"),
    [
        ("2024", at(2024, 1, 1), at(2025, 1, 1)),
        ("2024-02", at(2024, 2, 1), at(2024, 3, 1)),
        ("2024-12", at(2024, 12, 1), at(2025, 1, 1)),
        ("2024-02-29", at(2024, 2, 29), at(2024, 3, 1)),
        ("2024-05-31T14:30", at(2024, 5, 31, 14, 30), at(2024, 5, 31, 14, 31)),
        ("2024-05-31T14:30:15", at(2024, 5, 31, 14, 30, 15), at(2024, 5, 31, 14, 30, 16)),
        ("2024-05-31T14:30:15Z", at(2024, 5, 31, 14, 30, 15), at(2024, 5, 31, 14, 30, 16)),
        ("2024-05-31T14:30:15-05:00", at(2024, 5, 31, 19, 30, 15), at(2024, 5, 31, 19, 30, 16)),
        (
            "2024-05-31T14:30:15.25+02:00",
            at(2024, 5, 31, 12, 30, 15, 250000),
            at(2024, 5, 31, 12, 30, 15, 260000),
        ),
        (
            "2024-05-31T14:30:15.123456789Z",
            at(2024, 5, 31, 14, 30, 15, 123456),
            at(2024, 5, 31, 14, 30, 15, 123457),
        ),
        ("2016-12-31T23:59:60Z", at(2017, 1, 1), at(2017, 1, 1, 0, 0, 1)),
    ],
)
def test_a_date_is_as_long_as_its_precision(text, low, after):
    assert date_range(text) == (low, after - TICK)


def test_the_ends_of_time():
    assert date_range("9999")[1] == LATEST
    assert date_range("0001-01-01")[0] == EARLIEST
    assert date_range("0001-01-01T00:00:00+01:00") == (EARLIEST, EARLIEST)
    assert date_range("9999-12-31T23:59:59-01:00") == (LATEST, LATEST)
    assert date_range("9999-12-31T23:59:59.99999999999999999999Z") == (LATEST, LATEST)
    assert period_range(None, "2024") == (EARLIEST, at(2025, 1, 1) - TICK)
    assert period_range("2024", None) == (at(2024, 1, 1), LATEST)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "2024-13",
        "2024-02-30",
        "2024-2-3",
        "20240203",
        "2024-W05",
        "x",
        "2024-05-31T25:00",
        "٢٠٢٤",
        "0000",
    ],
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r"\S"):
        date_range(text)

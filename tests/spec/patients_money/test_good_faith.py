"""When a good-faith estimate is due, by the calendar of federal business days, and when a bill may be disputed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from chartdesk.pms.cards import rules as cards
from chartdesk.pms.good_faith import rules


@pytest.mark.parametrize(
    ("reason", "asked", "service", "due"),
    [
        ("scheduled", date(2026, 3, 2), date(2026, 3, 16), date(2026, 3, 5)),  # ten business days ahead: three
        ("scheduled", date(2026, 3, 2), date(2026, 3, 13), date(2026, 3, 3)),  # nine: one
        ("scheduled", date(2026, 3, 2), date(2026, 3, 5), date(2026, 3, 3)),  # three: one
        ("scheduled", date(2026, 3, 2), date(2026, 3, 4), None),  # two: none
        ("scheduled", date(2026, 3, 2), date(2026, 3, 2), None),
        ("requested", date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 5)),
        ("requested", date(2026, 3, 6), None, date(2026, 3, 11)),  # over a weekend
        ("requested", date(2026, 11, 25), None, date(2026, 12, 1)),  # over Thanksgiving
        ("requested", date(2026, 12, 31), None, date(2027, 1, 6)),  # over New Year
        ("scheduled", date(2026, 7, 1), date(2026, 7, 20), date(2026, 7, 7)),  # July 4 is kept on Friday the 3rd
    ],
)
def test_by_when_an_estimate_is_given(reason, asked, service, due):
    assert rules.due(reason, asked, service) == due


@pytest.mark.parametrize(
    "day",
    ["2026-01-01", "2026-01-19", "2026-02-16", "2026-05-25", "2026-06-19", "2026-07-03", "2026-09-07", "2026-10-12",
     "2026-11-11", "2026-11-26", "2026-12-25", "2021-12-31", "2026-03-07", "2026-03-08"],
)  # fmt: skip
def test_days_on_which_nobody_works(day):
    assert not rules.is_business_day(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("estimated", "billed", "may"), [("100", "499.99", False), ("100", "500", True), ("100", "50", False)]
)
def test_when_a_bill_may_be_disputed(estimated, billed, may):
    assert rules.disputable(Decimal(estimated), Decimal(billed)) is may


@pytest.mark.parametrize(
    ("state", "outcome", "after"),
    [
        ("sending", "succeeded", "succeeded"),
        ("sending", "declined", "declined"),
        ("sending", "refused", "not_done"),
        ("sending", "unknown", "unknown"),
        ("unknown", "unknown", None),
        ("unknown", "succeeded", "succeeded"),
        ("unknown", "refused", "not_done"),
        ("not_done", "succeeded", "succeeded"),
        ("declined", "succeeded", "succeeded"),
        ("not_done", "declined", None),
        ("succeeded", "declined", None),
        ("succeeded", "succeeded", None),
        ("card", "succeeded", None),
    ],
)
def test_where_a_card_operation_may_go(state, outcome, after):
    assert cards.after(state, outcome) == after

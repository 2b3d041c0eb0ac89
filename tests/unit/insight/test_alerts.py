"""Somebody is told once of a figure that left its range in a week, and led to the rows of that week."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.money.office import Cut, Paid, decided

MONDAY = date(2026, 3, 23)
NONE = [Paid("99213", "140", "0", [Cut("CO", "29", "140")])]


@pytest.fixture
def denied(office):
    """A claim denied in the week of March 16."""
    office.receive(office.remit(decided(office.claim([("99213", "140")]), NONE, status="4")))
    return office


def _item(office):
    from chartdesk.insight import ranges

    return next((one for one in office.items(ranges.WORK) if one.key == "denial_rate"), None)


def test_the_item_leads_to_the_rows_of_its_week(denied):
    from chartdesk.insight import ranges
    from chartdesk.web import places

    ranges.watch(denied.subject, MONDAY)
    item = _item(denied)
    assert item.detail.startswith("In the week of March 16, 2026. Of the decisions")
    address = places.mending(denied.subject, item.link_kind, item.link_id)
    assert address == "/dashboard/denial_rate?first=2026-03-16&last=2026-03-22"


def test_once_a_week_however_often_it_is_looked_at(denied):
    from chartdesk.insight import ranges
    from chartdesk.kit import worklist

    assert "denial_rate" in ranges.watch(denied.subject, MONDAY)
    first = _item(denied)
    ranges.watch(denied.subject, MONDAY + timedelta(days=2))
    assert _item(denied).pk == first.pk
    worklist.settle(denied.subject, first.pk, by="the manager")
    assert "denial_rate" in ranges.watch(denied.subject, MONDAY + timedelta(days=3))
    assert _item(denied) is None
    # The week after is another week.
    denied.receive(denied.remit(decided(denied.claim([("99213", "140")]), NONE, status="4")))
    ranges.set_range(denied.subject, "ar_total", "", "1")
    ranges.watch(denied.subject, MONDAY + timedelta(days=7))
    assert [one.key for one in denied.items(ranges.WORK) if one.key == "ar_total"] == ["ar_total"]


def test_a_range_is_read_as_people_write_it(office):
    from chartdesk.insight import ranges

    made = ranges.set_range(office.subject, "net_collection_rate", " 85 % ", "1,000")
    assert (made.low, made.high) == (Decimal(85), Decimal(1000))
    assert ranges.set_range(office.subject, "ar_total", "", "$250,000").high == 250000

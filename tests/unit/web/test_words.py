"""What templates say about figures and lengths, and where work is mended."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (None, "—"),
        (timedelta(seconds=-5), "0 s"),
        (timedelta(seconds=40), "40 s"),
        (timedelta(minutes=12, seconds=59), "12 min"),
        (timedelta(hours=3, minutes=5), "3 h 5 min"),
        (timedelta(hours=5), "5 h"),
        (timedelta(days=4, hours=2), "4 d 2 h"),
        (timedelta(days=2), "2 d"),
    ],
)
def test_a_length_of_time_is_said_in_two_units_at_most(length, words):
    from chartdesk.web.templatetags.listing import span

    assert span(length) == words


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (59, "59 min"), (60, "1 h"), (47 * 60, "47 h"), (48 * 60, "2 d")]
)
def test_waiting_is_counted_from_now(minutes, words):
    from chartdesk.kit import clock
    from chartdesk.web.templatetags.listing import waited

    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    with clock.at(now):
        assert waited(now - timedelta(minutes=minutes)) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (None, "percent", "—"),
        (Decimal("96.40"), "percent", "96.4 %"),
        (Decimal(100), "percent", "100 %"),
        (Decimal(0), "days", "0 days"),
        (Decimal("4.449"), "minutes", "4.4 min"),
        (Decimal(150), "minutes", "2.5 h"),
        (Decimal("1024"), "dollars", "$1,024.00"),
        (Decimal(1200), "visits", "1,200"),
    ],
)
def test_a_figure_is_said_in_its_unit(value, unit, words):
    from chartdesk.web.templatetags.figures import measured

    assert measured(value, unit) == words


def test_a_link_leads_to_the_page_that_mends(subject):
    from chartdesk.record.access.subject import Role
    from chartdesk.web.places import mending

    biller = replace(subject, roles=frozenset({Role.BILLER}))
    manager = replace(subject, roles=frozenset({Role.MANAGER}))
    assert mending(biller, "claim", "12") == "/claims/12"
    assert mending(biller, "claim", "C0010001") == ""
    assert mending(biller, "patient", "a-1") == "/patients/a-1/edit"
    assert mending(biller, "payer", "ACME1") == "/practice/payers/known/ACME1"
    assert mending(biller, "provider", "x") == ""
    assert mending(manager, "provider", "x") == "/practice/schedule/provider/named/x"
    assert mending(manager, "delivery", "3") == "/practice/deliveries/3"
    assert mending(biller, "something else", "1") == ""

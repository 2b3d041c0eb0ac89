"""Review of operations as a table: codes with the policies of the fee schedule, and what review must say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from chartdesk.pms.charges.rules import Bill, Line, Past, Policy, review

DAY = date(2026, 3, 2)
#: A major operation, a smaller one, a wart, a visit, an add-on, an operation on both sides at once.
POLICIES = {
    "27447": Policy("090", "2", "1", "2"),
    "29881": Policy("090", "2", "1", "1"),
    "17110": Policy("010", "2", "0", "1"),
    "99213": Policy("XXX", "0", "0", "0"),
    "11045": Policy("ZZZ", "0", "0", "0"),
    "58661": Policy("010", "2", "2", "0"),
}


def _line(position: int, code: str, *modifiers: str, units: str = "1", amount: str = "100", by: str = "a") -> Line:
    return Line(position, code, list(modifiers), Decimal(units), [1], Decimal(amount), by)


def _bill(*lines: Line, past: tuple[Past, ...] = ()) -> Bill:
    return Bill(DAY, DAY, "11", ["M17.11"], list(lines), "active", practitioner="a", past=past, policies=POLICIES)


def _before(days: int, code: str = "27447", *modifiers: str, by: str = "a") -> Past:
    return Past(DAY - timedelta(days=days), code, modifiers, by)


VISIT = _line(1, "99213")
FAULTS = [
    ("global_period", _bill(VISIT, past=(_before(1),)), 1, "global period of 27447"),
    ("global_period", _bill(VISIT, past=(_before(90),)), 1, "until Mar 2, 2026"),
    ("global_period", _bill(VISIT, past=(_before(10, "17110"),)), 1, "global period of 17110"),
    ("global_period", replace(_bill(VISIT, past=(_before(5, by="b"),)), alike=frozenset({"a", "b"})), 1, "27447"),
    ("global_period", _bill(_line(1, "29881"), past=(_before(30),)), 1, "29881 lies in"),
    ("visit_beside_procedure", _bill(VISIT, _line(2, "17110")), 1, "a minor procedure, without 25"),
    ("visit_beside_procedure", _bill(VISIT, _line(2, "27447")), 1, "a major operation, without 57"),
    ("visit_beside_procedure", _bill(VISIT, past=(_before(0, "17110"),)), 1, "without 25"),
    ("visit_beside_procedure", _bill(VISIT, past=(_before(-1),)), 1, "without 57"),
    ("bilateral", _bill(_line(1, "27447", "50", "RT")), 1, "both sides (50) and one side"),
    ("bilateral", _bill(_line(1, "27447", "RT", "LT")), 1, "that is 50"),
    ("bilateral", _bill(_line(1, "17110", "50")), 1, "not done on two sides"),
    ("bilateral", _bill(_line(1, "58661", "50")), 1, "already means both sides"),
    ("bilateral", _bill(_line(1, "27447", "50", units="2")), 1, "one unit, not 2"),
    ("two_sides", _bill(_line(1, "27447", "RT"), _line(2, "27447", "LT", "51")), 2, "two lines"),
    ("multiple", _bill(_line(1, "27447"), _line(2, "29881", amount="90")), 2, "further procedure beside 27447"),
    ("multiple", _bill(_line(1, "17110", amount="5"), _line(2, "29881")), 1, "beside 29881"),
    ("multiple_wrong", _bill(_line(1, "27447", "51")), 1, "the main procedure"),
    ("multiple_wrong", _bill(_line(1, "27447"), _line(2, "11045", "51", amount="9")), 2, "never reduced"),
    ("assistant", _bill(_line(1, "29881", "80", by="b")), 1, "not paid for an assistant"),
    ("assistant", _bill(_line(1, "27447"), _line(2, "27447", "AS")), 2, "by the same person"),
    ("assistant_reason", _bill(_line(1, "58661", "82")), 1, "only with the reason"),
]


@pytest.mark.parametrize(("rule", "bill", "line", "words"), FAULTS)
def test_one_fault_gives_one_finding(rule, bill, line, words):
    found = [one for one in review(bill) if one.rule not in ("charged_elsewhere",)]
    assert [(one.rule, one.line) for one in found] == [(rule, line)]
    assert words in found[0].message


@pytest.mark.parametrize(
    "bill",
    [
        _bill(VISIT, past=(_before(91),)),
        _bill(VISIT, past=(_before(11, "17110"),)),
        _bill(VISIT, past=(_before(5, by="b"),)),
        _bill(VISIT, past=(_before(5, "27447", "80"),)),
        _bill(VISIT, past=(_before(5, "27447", "54"),)),
        _bill(_line(1, "99213", "24"), past=(_before(5),)),
        _bill(_line(1, "99024", amount="0"), past=(_before(5),)),
        _bill(_line(1, "29881", "79"), past=(_before(5),)),
        _bill(_line(1, "99213", "25"), _line(2, "17110")),
        _bill(_line(1, "99213", "57"), _line(2, "27447")),
        _bill(_line(1, "99213", by="b"), _line(2, "17110")),
        _bill(_line(1, "27447", "50")),
        _bill(_line(1, "27447"), _line(2, "29881", "51", amount="90")),
        _bill(_line(1, "27447"), _line(2, "27447", "80", by="b")),
        _bill(_line(1, "27447"), _line(2, "11045")),
        replace(_bill(VISIT, _line(2, "17110"), past=(_before(5),)), policies={}),
    ],
)
def test_what_is_allowed(bill):
    assert review(bill) == []

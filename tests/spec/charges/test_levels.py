"""Levels of visits as tables: what decision making and time support, and what review says about a level."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from chartdesk.pms.charges.levels import Documented, documented, minutes_of, prolonged_units, supported
from chartdesk.pms.charges.rules import Bill, Line, Past, review

DAY = date(2026, 3, 2)


def _bill(code: str, *, said: Documented | None = None, minutes: int | None = None, past=(), more=()) -> Bill:
    lines = [Line(1, code, [], Decimal(1), [1], Decimal("100.00"), "a"), *more]
    return Bill(
        DAY, DAY, "11", ["I10"], lines, "active", practitioner="a", minutes=minutes,
        documented=said or Documented(), past=tuple(past), alike=frozenset({"a", "c"}),
    )  # fmt: skip


def _extra(code: str, units: str) -> Line:
    return Line(2, code, [], Decimal(units), [1], Decimal("50.00"), "a")


LOW, MODERATE = Documented("low", "minimal", "low", "Kim"), Documented("moderate", "low", "moderate", "Kim")
SEEN = Past(date(2024, 1, 5), "99213", (), "c")
FAULTS = [
    ("level_above", _bill("99214", said=LOW), 1, "decision making 99213"),
    ("level_above", _bill("99215", said=MODERATE, minutes=39), 1, "decision making 99214, 39 minutes 99214"),
    ("level_time", _bill("99214", minutes=20), 1, "By its 20 minutes the visit is 99213"),
    ("level_below", _bill("99213", said=MODERATE), 1, "decision making would support 99214"),
    ("level_below", _bill("99213", said=LOW, minutes=45), 1, "45 minutes would support 99215"),
    ("new_patient", _bill("99203", past=[SEEN]), 1, "seen here on Jan 5, 2024"),
    ("known_patient", _bill("99213"), 1, "no earlier visit"),
    ("prolonged", _bill("99215", minutes=69, more=[_extra("99417", "2")]), 2, "69 minutes hold 1 units"),
    ("prolonged", _bill("99215", more=[_extra("99417", "1")]), 2, "needs the minutes"),
    ("prolonged", _bill("99214", more=[_extra("99417", "1")]), 2, "highest level"),
    ("prolonged", _bill("99215", minutes=60, more=[_extra("G2212", "1")]), 2, "hold 0 units of G2212"),
]


@pytest.mark.parametrize(("rule", "bill", "line", "words"), FAULTS)
def test_one_fault_gives_one_finding(rule, bill, line, words):
    [finding] = review(bill, {"known_patient": "notice" if rule == "known_patient" else "off"})
    assert (finding.rule, finding.line) == (rule, line)
    assert words in finding.message


@pytest.mark.parametrize(
    "bill",
    [
        _bill("99214", said=MODERATE),
        _bill("99214", said=LOW, minutes=30),
        _bill("99214", said=replace(LOW, data=""), minutes=35),
        _bill("99213", minutes=20),
        _bill("99213"),
        _bill("99203", past=[replace(SEEN, day=date(2023, 3, 1))]),
        _bill("99203", past=[replace(SEEN, practitioner="another specialty")]),
        _bill("99203", past=[replace(SEEN, code="80053")]),
        _bill("99215", minutes=70, more=[_extra("99417", "2")]),
        _bill("99397", said=LOW),
        replace(_bill("99214", said=LOW), service_date=date(2020, 12, 31)),
    ],
)
def test_what_is_allowed(bill):
    assert review(bill) == []


@pytest.mark.parametrize(
    ("elements", "level", "final"),
    [
        (("", "", ""), None, False),
        (("high", "", ""), None, False),
        (("high", "low", ""), 1, False),
        (("low", "low", ""), 1, True),
        (("high", "low", "moderate"), 2, True),
        (("high", "high", "minimal"), 3, True),
        (("minimal", "minimal", "high"), 0, True),
    ],
)
def test_two_of_three_elements_decide(elements, level, final):
    said = Documented(*elements)
    assert (said.decision, said.final) == (level, final)


@pytest.mark.parametrize(
    ("code", "said", "minutes", "by_decision", "by_time"),
    [
        ("99213", Documented("moderate", "", "moderate"), None, "99214", ""),
        ("99213", Documented(), 9, "", ""),
        ("99213", Documented(), 10, "", "99212"),
        ("99213", Documented(), 40, "", "99215"),
        ("99204", Documented("minimal", "minimal", ""), 59, "99202", "99204"),
        ("99222", Documented("low", "low", ""), 55, "99221", "99222"),
        ("99284", Documented("high", "high", ""), 500, "99285", ""),
        ("99308", Documented("moderate", "moderate", ""), 19, "99309", "99307"),
    ],
)
def test_what_is_supported(code, said, minutes, by_decision, by_time):
    found = supported(code, DAY, said, minutes)
    assert (found.by_decision, found.by_time) == (by_decision, by_time)


@pytest.mark.parametrize(
    ("code", "span"), [("99203", (30, 44)), ("99215", (40, 1439)), ("99283", None), ("99397", None)]
)
def test_the_time_of_a_level(code, span):
    assert minutes_of(code) == span


def test_codes_without_levels_and_days_before_the_rules_have_no_answer():
    assert supported("99397", DAY, LOW, 30) is None
    assert supported("99222", date(2022, 12, 31), LOW, 30) is None
    assert documented({"problems": "enormous", "risk": "low"}) == Documented(risk="low")
    assert [prolonged_units("99417", "99205", minutes) for minutes in (59, 74, 75, 90)] == [0, 0, 1, 2]
    assert prolonged_units("99417", "99214", 90) is None
    assert [prolonged_units("99418", "99223", minutes) for minutes in (89, 90, 105)] == [0, 1, 2]
    assert prolonged_units("99418", "99215", 90) is None


@pytest.mark.parametrize(
    ("said", "minutes", "wanted"), [(LOW, None, "99234"), (MODERATE, None, "99235"), (LOW, 85, "99236")]
)
def test_a_stay_of_one_day_has_levels_too(said, minutes, wanted):
    found = supported("99235", DAY, said, minutes)
    assert found is not None and found.best == wanted

"""Charge review as a table: a bill that is in order, one change to it, and what review must say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.spec.charges import test_levels, test_surgery

from chartdesk.pms.charges.rules import FIXED, RULES, Bill, Line, review

DAY = date(2026, 3, 2)
VISIT = Line(1, "99213", [], Decimal(1), [1, 2], Decimal("125.00"))
TEST = Line(2, "83036", [], Decimal(1), [1], Decimal("24.00"))
CLEAN = Bill(DAY, DAY, "11", ["E11.9", "I10"], [VISIT, TEST], "active")
FIVE = ["E11.9", "I10", "E78.5", "J45.909", "Z23"]


def _with(line: Line) -> Bill:
    return replace(CLEAN, lines=[line, TEST])


FAULTS = [
    ("nothing_charged", replace(CLEAN, lines=[]), 0, "no procedure"),
    ("procedure_code", _with(replace(VISIT, code="9921")), 1, "9921 is not a CPT"),
    ("procedure_code", _with(replace(VISIT, code="")), 1, "An empty code"),
    (
        "unpriced",
        _with(replace(VISIT, amount=None)),
        1,
        "99213 has no price in the fee schedule",
    ),
    ("negative_amount", _with(replace(VISIT, amount=Decimal("-1.00"))), 1, "negative"),
    ("no_diagnosis", replace(CLEAN, diagnoses=[], lines=[replace(VISIT, pointers=[])]), 0, "no diagnosis"),
    ("pointer", _with(replace(VISIT, pointers=[3])), 1, "points to diagnosis 3 of 2"),
    ("pointer", _with(replace(VISIT, pointers=[0])), 1, "points to diagnosis 0 of 2"),
    ("pointer", _with(replace(VISIT, pointers=[])), 1, "points to no diagnosis"),
    (
        "too_many_pointers",
        replace(_with(replace(VISIT, pointers=[1, 2, 3, 4, 5])), diagnoses=["I10"] * 5),
        1,
        "5",
    ),
    ("modifier", _with(replace(VISIT, modifiers=["2"])), 1, "2 is not a modifier"),
    ("modifier", _with(replace(VISIT, modifiers=["25", "GT", "95", "24", "GQ"])), 1, "5 modifiers"),
    ("units", _with(replace(VISIT, units=Decimal(0))), 1, "0 units"),
    ("charged_twice", replace(CLEAN, lines=[VISIT, replace(VISIT, position=2)]), 2, "stands twice"),
    ("charged_elsewhere", replace(CLEAN, elsewhere=frozenset({"99213"})), 1, "another superbill"),
    ("coverage_expired", replace(CLEAN, coverage="expired"), 0, "No coverage of the patient was in force"),
    ("self_pay", replace(CLEAN, coverage="none"), 0, "The patient pays"),
    ("self_pay", replace(CLEAN, coverage="self_pay"), 0, "The patient pays"),
    ("future_service", replace(CLEAN, today=date(2026, 3, 1)), 0, "in the future"),
    ("place_of_service", replace(CLEAN, place_of_service="office"), 0, "office is not a place of service"),
]


def test_a_bill_in_order_has_no_findings():
    assert review(CLEAN) == []


@pytest.mark.parametrize(("rule", "bill", "line", "words"), FAULTS)
def test_one_fault_gives_one_finding(rule, bill, line, words):
    [finding] = review(bill)
    assert (finding.rule, finding.line) == (rule, line)
    assert words in finding.message
    assert finding.cure


@pytest.mark.parametrize(
    "bill",
    [
        replace(CLEAN, lines=[VISIT, replace(VISIT, position=2, modifiers=["76"])]),
        replace(CLEAN, lines=[replace(VISIT, modifiers=["59"]), TEST], elsewhere=frozenset({"99213"})),
        replace(CLEAN, lines=[replace(VISIT, code="G0439")]),
        replace(CLEAN, lines=[replace(VISIT, units=Decimal("0.5"), amount=Decimal("0.00"))]),
        replace(CLEAN, lines=[replace(VISIT, pointers=[2, 1], modifiers=["25", "95", "GT", "24"])]),
    ],
)
def test_what_is_allowed(bill):
    assert review(bill) == []


def test_every_rule_is_in_a_table():
    tables = [*FAULTS, *test_surgery.FAULTS, *test_levels.FAULTS]
    assert {rule.id for rule in RULES} == {rule for rule, *_ in tables}


def test_what_only_tells_and_stops_nothing():
    told = [rule.id for rule in RULES if rule.severity != "error"]
    assert told == [
        "self_pay",
        "two_sides",
        "multiple",
        "assistant_reason",
        "level_time",
        "level_below",
        "known_patient",
    ]


def test_a_practice_weighs_rules_its_own_way():
    faulty = replace(CLEAN, coverage="expired", place_of_service="office")
    found = review(faulty, {"coverage_expired": "notice", "place_of_service": "off"})
    assert [(one.rule, one.severity) for one in found] == [
        ("coverage_expired", "notice"),
        ("place_of_service", "error"),
    ]
    assert review(replace(CLEAN, coverage="none"), {"self_pay": "off"}) == []


def test_what_cannot_be_posted_is_never_let_through():
    for rule, bill, _, _ in FAULTS:
        if rule in FIXED:
            assert [one.severity for one in review(bill, dict.fromkeys(FIXED, "off"))] == ["error"]

"""The guide's notation of conditions, as a table: text, what stands where, whether it holds."""

from __future__ import annotations

import pytest

from chartdesk.exchange.mappings.conditions import NotACondition, condition


class Asked:
    """Answers from a table; a list is a field that repeats."""

    def __init__(self, values: dict[str, str | list[str]]) -> None:
        self.values = values

    def value(self, place: str) -> str:
        found = self.values.get(place, "")
        return found if isinstance(found, str) else found[0]

    def count(self, place: str) -> int:
        found = self.values.get(place, "")
        return len(found) if isinstance(found, list) else bool(found)


@pytest.mark.parametrize(
    ("text", "values", "holds"),
    [
        ("IF AIG-8 NOT VALUED", {}, True),
        ("IF AIG-8 NOT VALUED", {"AIG-8": "x"}, False),
        ("IF PL.2 VALUED AND PL.3 NOT VALUED", {"PL.2": "x"}, True),
        ("IF PL.2 VALUED AND PL.3 NOT VALUED", {"PL.2": "x", "PL.3": "y"}, False),
        ("IF PID-33 AND PID-34 VALUED", {"PID-33": "x"}, False),
        ("IF PID-33 AND PID-34 VALUED", {"PID-33": "x", "PID-34": "y"}, True),
        ("IF PV1-3.2 OR PV1-3.3 VALUED", {"PV1-3.3": "y"}, True),
        ("IF PL.1 AND PL.2 AND PL.3 NOT VALUED", {"PL.2": "y"}, False),
        ("IF PL.1 AND PL.2 AND PL.3 NOT VALUED", {}, True),
        ('IF OBX-2 IN ("ST", "FT", "TX")', {"OBX-2": "TX"}, True),
        ('IF XTN.3 NOT IN ("Internet", "X.400") AND XTN.7 NOT VALUED', {"XTN.3": "PH"}, True),
        ('IF XTN.3 NOT IN ("Internet", "X.400") AND XTN.7 NOT VALUED', {"XTN.3": "Internet"}, False),
        ('IF PV1-2.1 NOT EQUALS "P"', {"PV1-2.1": "O"}, True),
        ('IF EVN-4 NOT "U"', {"EVN-4": "U"}, False),
        ('IF OBX-2="ED"', {"OBX-2": "ED"}, True),
        ('IF IAM-15 VALUED AND NOT "SEL"', {"IAM-15": "SEL"}, False),
        ('IF IAM-15 VALUED AND NOT "SEL"', {"IAM-15": "SPO"}, True),
        ("IF PID-7 LENGTH GREATER THAN 8", {"PID-7": "19800203"}, False),
        ("IF PID-7 LENGTH GREATER THAN 8", {"PID-7": "198002030930"}, True),
        ("IF PID-11 LST.COUNT GREATER THAN 1", {"PID-11": ["a", "b"]}, True),
        ("IF OBX-33 COUNT=1", {"OBX-33": "a"}, True),
        ("IF PID-11.9 IS VALUED NOT EQUAL PID-12", {"PID-11.9": "a", "PID-12": "a"}, False),
        ("IF PID-11.9 IS VALUED NOT EQUAL PID-12", {"PID-11.9": "a", "PID-12": "b"}, True),
        ("IF EVN-5 NOT VALUED AND (MSH-22 IS VALUED OR MSH-4 IS VALUED)", {"MSH-4": "x"}, True),
        ("IF EVN-5 NOT VALUED AND (MSH-22 IS VALUED OR MSH-4 IS VALUED)", {"MSH-4": "x", "EVN-5": "y"}, False),
        ('IF (OBX-5 LST.count LESS THAN OR EQUALS 1 OR OBX-2 IS "NA") AND OBX-29 NOT IN ("QST")', {"OBX-5": "1"}, True),
        ("IF ORC VALUED", {"ORC": "valued"}, True),
        ("IF TQ1-3.9 IS EMPTY", {}, True),
        ("PID-3[2].1 VALUED", {"PID-3[2].1": "x"}, True),
    ],
)
def test_conditions(text: str, values: dict[str, str | list[str]], holds: bool) -> None:
    assert condition(text)(Asked(values)) is holds


def test_a_condition_without_a_place_speaks_of_its_own() -> None:
    assert condition("IF NOT VALUED", "HD.3")(Asked({})) is True
    assert condition('IF NOT EQUAL TO "="', "SN.1")(Asked({"SN.1": "="})) is False


@pytest.mark.parametrize("text", ["IF", "IF PID-3", "IF (PID-3 VALUED", "IF PID-3 FLIES", "NOT VALUED", "PID-3 IN 4"])
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(NotACondition):
        condition(text)

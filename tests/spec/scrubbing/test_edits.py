"""The rules by published tables as a table: what they find, and what looks alike and is right."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace
from tests.spec.scrubbing import test_circumstances, test_facility, test_rules
from tests.spec.scrubbing.test_rules import CLEAN, KIT

from chartdesk.pms.claims import scrubbing
from chartdesk.pms.claims.content import Line
from chartdesk.pms.claims.published import Published
from chartdesk.pms.edits.queries import AddOn, DiagnosisEdit, Limit, Listed, Pair

SINCE = date(2020, 1, 1)
LISTED = {"J1100": Listed("J1100", "drug", "a drug", SINCE, None), "G0101": Listed("G0101", "x", "x", SINCE, SINCE)}


def pair(modifier: str = "1", first: str = "99213", second: str = "87880") -> Published:
    return Published(pairs=(Pair(first, second, modifier, SINCE, None, "why"),))


def limit(indicator: str, units: int = 1) -> Published:
    return Published(limits={"87880": Limit("87880", units, indicator, "why")})


def add_on(kind: str = "1", *primaries: str) -> Published:
    return Published(add_ons={"87880": AddOn("87880", kind, frozenset(primaries))})


def diagnosis(kind: str, code: str = "J02.0", low: int = 0, high: int = 0, sex: str = "") -> Published:
    return Published(diagnoses=(DiagnosisEdit(code, kind, low, high, sex, "why"),))


def told(published: Published, *beside: tuple[str, str, tuple[str, ...], int], **changes: Any) -> Any:
    """The clean claim with that published, and with lines of other claims."""
    others = tuple((number, code, modifiers, Decimal(units)) for number, code, modifiers, units in beside)
    return replace(CLEAN, facts=replace(CLEAN.facts, published=published, beside=others), **changes)


def lines(*given: tuple[str, int, tuple[str, ...]]) -> dict[str, Any]:
    made = tuple(
        Line(20 + place, f"C-{place}", code, Decimal(units), Decimal(10), modifiers, (1,))
        for place, (code, units, modifiers) in enumerate(given)
    )
    return {"lines": made, "total": Decimal(10 * len(made))}


BARE = lines(("99213", 1, ()), ("87880", 1, ()))
UNITS = lines(("87880", 3, ()))
TWO_LINES = lines(("87880", 2, ("QW",)), ("87880", 2, ("QW", "59")))
#: (rule, claim, line, a word of the message)
FINDS = [
    ("ncci_pair", told(pair(), **BARE), 2, "87880 is not paid beside 99213; a modifier may"),
    ("ncci_pair", told(pair("0")), 2, "no modifier helps"),
    ("ncci_pair", told(pair("0", "87880", "99213")), 1, "99213 is not paid beside 87880"),
    ("ncci_pair", told(pair("1", "12001"), ("C9", "12001", (), 1), **BARE), 2, "beside 12001 on claim C9"),
    ("ncci_pair", told(pair("1", "87880", "36415"), ("C9", "36415", (), 1)), 2, "36415 is not paid beside 87880"),
    ("units_line", told(limit("1", 2), **UNITS), 1, "3 units; 2 are paid on a line"),
    ("units_day", told(limit("2", 2), **UNITS), 1, "3 units on this day; 2"),
    ("units_day", told(limit("2", 3), **TWO_LINES), 2, "4 units on this day; 3"),
    ("units_day", told(limit("2", 3), ("C9", "87880", (), 2), **lines(("87880", 2, ()))), 1, "4 units"),
    ("units_day_reviewed", told(limit("3", 2), **UNITS), 1, "3 units on this day"),
    ("add_on_alone", told(add_on("1", "12001")), 2, "none of the codes"),
    ("add_on_alone", told(add_on("2"), **lines(("87880", 1, ()))), 1, "stands alone"),
    ("diagnosis_age", told(diagnosis("age", low=0, high=17)), 0, "ages of 0 to 17; the patient was 46"),
    ("diagnosis_sex", told(diagnosis("sex", sex="M")), 0, "not coded for a female"),
    ("manifestation_first", told(diagnosis("manifestation")), 0, "shows itself"),
    ("circumstance_first", told(diagnosis("principal")), 0, "circumstance"),
    ("hcpcs_code", told(Published(listed={}), **lines(("J9999", 1, ()))), 1, "J9999 is not a HCPCS code"),
    ("hcpcs_code", told(Published(listed=LISTED), **lines(("G0101", 1, ()))), 1, "not in use on Mar 2, 2026"),
    ("excludes1", replace(CLEAN, diagnoses=("E11.9", "E10.9")), 0, "type 1 diabetes mellitus"),
]  # fmt: skip
PASSES = {
    "the pair with 25": told(pair()),
    "a void of the pair": told(pair("0"), frequency="8", payer_claim_number="ICN1"),
    "the pair with 59 on the other claim": told(pair("1", "12001"), ("C9", "12001", ("59",), 1), **BARE),
    "a pair that does not apply any more": told(pair("9"), **BARE),
    "a pair of codes that both stand elsewhere": told(
        pair("0", "12001", "12002"), ("C8", "12001", (), 1), ("C9", "12002", (), 1)
    ),
    "as many units as a line may have": told(limit("1", 3), **UNITS),
    "the rest on a line of its own": told(limit("1", 2), **TWO_LINES),
    "as many as a day may have": told(limit("2", 4), **TWO_LINES),
    "an add-on code with its primary": told(add_on("1", "99213")),
    "an add-on code with its primary on another claim": told(add_on("1", "12001"), ("C9", "12001", (), 1)),
    "an add-on code whose primaries the payer decides": told(add_on("2")),
    "a diagnosis of the age": told(diagnosis("age", low=15, high=124)),
    "one of two spans": told(
        Published(diagnoses=(*diagnosis("age", low=0, high=0).diagnoses, *diagnosis("age", low=40, high=50).diagnoses))
    ),
    "a manifestation behind its disease": told(diagnosis("manifestation", "R07.0")),
    "a circumstance behind": told(diagnosis("principal", "R07.0")),
    "a sex that fits": told(diagnosis("sex", sex="F")),
    "a listed code": told(Published(listed=LISTED), **lines(("J1100", 1, ()))),
    "a code of level one": told(Published(listed=LISTED)),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "claim", "number", "words"), FINDS, ids=[f"{row[0]}: {row[3]}" for row in FINDS])
def test_what_is_against_a_table_is_found(rule, claim, number, words):
    (found,) = [one for one in scrubbing.scrub(claim) if one.rule == rule]
    assert words in found.message and found.line == number
    assert found.where == ("superbill", "5")


@pytest.mark.parametrize("name", PASSES)
def test_what_a_table_allows_passes(name):
    tables = {row[0] for row in FINDS}
    assert [one for one in scrubbing.scrub(PASSES[name]) if one.rule in tables] == []


def test_without_a_birth_date_no_age_is_wrong():
    unborn = replace(told(diagnosis("age", low=0, high=1)), patient=replace(KIT, birth_date=None))
    assert "diagnosis_age" not in {one.rule for one in scrubbing.scrub(unborn)}


def test_every_rule_stands_in_a_table():
    ids = [one.id for one in scrubbing.RULES]
    assert len(set(ids)) == len(ids)
    assert {row[0] for row in (*FINDS, *test_rules.FINDS, *test_circumstances.FINDS, *test_facility.FINDS)} == set(ids)

"""ICD-10-CM: what a clinician types finds what a claim may carry."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from chartdesk.kit.errors import NotFound
from chartdesk.standards.terminology import icd10, phrases

ROOT = Path(__file__).parents[4]


@pytest.mark.parametrize(
    ("typed", "code", "among"),
    [
        ("high blood pressure", "I10", 1),
        ("pressure high blood", "I10", 1),
        ("sore throat", "J02.9", 1),
        ("sore thr", "J02.9", 1),
        ("diabetes", "E11.9", 1),
        ("type 2 diab", "E11.9", 3),
        ("hyperten", "I10", 3),
        ("knee pain", "M25.569", 1),
        ("pain left knee", "M25.562", 1),
        ("diabetic chronic kidney 2", "E11.22", 5),
        ("Sezary", "C84.10", 3),
        ("lumbago", "M54.50", 3),
        ("I10", "I10", 1),
        ("i1", "I10", 3),
        ("e11.65", "E11.65", 1),
        ("E1165", "E11.65", 1),
        ("fracture neck", "S12.9XXA", 3),
    ],
)
def test_finds_what_is_meant(typed, code, among):
    assert code in [found.code for found in icd10.search(typed, among)]


@pytest.mark.parametrize("typed", ["", "   ", "of the", "lisinopril", "zzzz", "((((", "\x00", "x" * 10_000, "日本"])
def test_nothing_to_find_is_no_error(typed):
    assert icd10.search(typed) == []


def test_gives_no_more_than_asked_and_no_code_twice():
    found = icd10.search("fracture", 50)
    assert len(found) == 50 == len({code.code for code in found})
    assert icd10.search("fracture", 0) == []


def test_everyday_codes_come_before_rare_ones():
    first = icd10.search("fracture", 20)
    assert all(code.code[0] == "S" and code.code.endswith(("A", "XA")) for code in first[:5])


def test_only_leaves_are_billable():
    assert icd10.is_billable("E11.9") and icd10.is_billable("e119")
    assert not any(map(icd10.is_billable, ["E11", "S52.501", "", "E11.", "NOPE", "I10.0"]))
    assert icd10.lookup("i10") == ("I10", "Essential (primary) hypertension")
    with pytest.raises(NotFound, match="E11 is not a billable"):
        icd10.lookup("E11")


def test_every_code_behind_a_phrase_is_billable():
    wrong = [code for codes in phrases.PHRASES.values() for code in codes.split() if not icd10.is_billable(code)]
    assert wrong == []


def test_the_table_is_what_the_package_says():
    generator = runpy.run_path(str(ROOT / "tools/generate_icd10.py"))
    assert generator["TARGET"].read_text(encoding="utf-8") == generator["table"]()
    assert icd10.release() == generator["release"]()
    assert icd10.release_year() >= 2026

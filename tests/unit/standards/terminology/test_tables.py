"""The small tables: vital signs, medicines, allergens."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chartdesk.standards.terminology import substances, vitals


@pytest.mark.parametrize(
    ("weight", "height", "index"), [("150", "65", "25.0"), ("220", "70", "31.6"), ("7.5", "20", "13.2")]
)
def test_body_mass_index(weight, height, index):
    assert vitals.body_mass_index(Decimal(weight), Decimal(height)) == Decimal(index)


def test_usual_lies_within_possible():
    for measure in (*vitals.MEASURES.values(), vitals.BMI):
        low, high = measure.usual or measure.possible
        assert measure.possible[0] <= low < high <= measure.possible[1]
        assert vitals.by_loinc(measure.loinc) is measure
    assert vitals.by_loinc("2708-6") is vitals.MEASURES["spo2"]
    assert vitals.by_loinc("1234-5") is None


def test_substances_are_found_by_the_beginning_of_a_word():
    assert [hit.name for hit in substances.search_medicines("AMOX")][:2] == [
        "amoxicillin",
        "amoxicillin and clavulanate",
    ]
    assert "hydrocodone and acetaminophen" in [hit.name for hit in substances.search_medicines("acetam")]
    assert [hit.name for hit in substances.search_allergens("dust")] == ["dust mites"]
    assert substances.search_medicines("  ") == []
    assert substances.rxnorm_of(" Lisinopril ") == "29046"
    assert substances.rxnorm_of("hydroxyzine") == substances.rxnorm_of("nothing") == ""


def test_names_and_codes_stand_once():
    medicines = substances.medicines()
    assert len({item.name for item in medicines}) == len(medicines) > 100
    codes = [item.rxnorm for item in medicines if item.rxnorm]
    assert len(set(codes)) == len(codes) and all(code.isdigit() for code in codes)


@pytest.mark.parametrize(
    ("one", "other", "word"),
    [
        ("Amoxicillin", "amoxicillin 500 mg capsule", "amoxicillin"),
        ("penicillin", "amoxicillin", ""),
        ("potassium chloride", "sodium chloride tablet", ""),
        ("", "aspirin", ""),
    ],
)
def test_a_shared_word_is_letters_and_no_more(one, other, word):
    assert substances.shared_word(one, other) == word

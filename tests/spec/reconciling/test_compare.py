"""Laying a document's items beside ours: what is the same, new, different, or ours alone, and what may be decided."""

from __future__ import annotations

import pytest

from chartdesk.ehr.reconciling.rules import ALLERGIES, MEDICATIONS, PROBLEMS, Ours, Theirs, compare, ingredients
from chartdesk.standards.terminology import icd10, substances

ICD, RX, CT = icd10.SYSTEM, substances.RXNORM, "http://snomed.info/sct"


def theirs(words, code="", system=ICD, *, active=True, negated=False, none=False, category="", **facts):
    codes = frozenset({(system, code)}) if code else frozenset()
    given = tuple((name, text) for name, text in facts.items())
    return Theirs(words, codes, active, negated, "", given, (("code", code), ("category", category)), none)


def ours(words, code="", system=ICD, *, active=True, none=False, id="1", **facts):
    codes = frozenset({(system, code)}) if code else frozenset()
    return Ours(id, 1, words, codes, active, none, tuple(facts.items()))


PRESSURE = ours("Essential (primary) hypertension", "I10")
PENICILLIN = ours("penicillin", reaction="hives", severity="severe")
NONE = ours("No known allergies", "716186003", CT, none=True)
LISINOPRIL = ours("lisinopril 10 mg tablet", "29046", RX, dosage="one a day")

#: (list, theirs, ours, state, choices): one item each.
CASES = {
    "the same code in other words": (
        PROBLEMS, theirs("High blood pressure", "I10"), PRESSURE, "same", ()),
    "the same words in another order, without a code": (
        PROBLEMS, theirs("Hypertension, primary essential"), PRESSURE, "same", ()),
    "a code of another system, the same words": (
        PROBLEMS, theirs("Essential primary hypertension", "59621000", CT), PRESSURE, "same", ()),
    "a more exact code": (
        PROBLEMS,
        theirs("Type 2 diabetes mellitus with hyperglycemia", "E11.65"),
        ours("Type 2 diabetes mellitus without complications", "E11.9"),
        "differs", ("keep", "add")),
    "over, as they say": (
        PROBLEMS, theirs("High blood pressure", "I10", active=False, status="resolved"), PRESSURE,
        "differs", ("resolve", "keep")),
    "over on both sides": (
        PROBLEMS, theirs("Pneumonia", "J18.9", active=False), ours("Pneumonia", "J18.9", active=False), "same", ()),
    "active again": (
        PROBLEMS, theirs("Pneumonia", "J18.9"), ours("Pneumonia", "J18.9", active=False), "differs", ("add", "keep")),
    "they say that there is none": (
        PROBLEMS, theirs("Hypertension", "I10", negated=True), PRESSURE, "differs", ("keep", "resolve")),
    "the same reaction in other letters": (
        ALLERGIES, theirs("Penicillin", reaction="Hives", severity="severe"), PENICILLIN, "same", ()),
    "another reaction": (
        ALLERGIES, theirs("Penicillin", reaction="anaphylaxis", severity="severe"), PENICILLIN,
        "differs", ("keep", "take", "add")),
    "they do not say what happened": (
        ALLERGIES, theirs("PENICILLIN"), PENICILLIN, "same", ()),
    "a name that shares a word": (
        ALLERGIES, theirs("Honey bee venom protein"), ours("bee venom"), "differs", ("keep", "take", "add")),
    "withdrawn by them": (
        ALLERGIES, theirs("penicillin", active=False, status="inactive"), PENICILLIN,
        "differs", ("withdraw", "keep")),
    "none known on both sides": (
        ALLERGIES, theirs("No known allergies", none=True), NONE, "same", ()),
    "the ingredient in another product name": (
        MEDICATIONS, theirs("Lisinopril 10 MG Oral Tablet", "314076", RX, dosage="One a day"), LISINOPRIL, "same", ()),
    "another dose": (
        MEDICATIONS, theirs("lisinopril 20 MG Oral Tablet", "314077", RX, dosage="2 tablets daily"), LISINOPRIL,
        "differs", ("keep", "take", "add")),
    "stopped by them": (
        MEDICATIONS, theirs("lisinopril", "29046", RX, active=False, status="stopped"), LISINOPRIL,
        "differs", ("stop", "keep")),
    "started again by them": (
        MEDICATIONS, theirs("lisinopril", "29046", RX), ours("lisinopril", "29046", RX, active=False),
        "differs", ("add", "keep")),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_pair(name):
    kind, one, other, state, choices = CASES[name]
    (line,) = compare(kind, [one], [other])
    assert (line.state, line.choices) == (state, choices)
    assert line.theirs is one and line.ours is other
    assert bool(line.differences) == (state == "differs")


@pytest.mark.parametrize(
    ("kind", "one", "state", "choices"),
    [
        (PROBLEMS, theirs("Asthma", "J45.909"), "new", ("add", "leave")),
        (PROBLEMS, theirs("Pneumonia", "J18.9", active=False), "past", ()),
        (PROBLEMS, theirs("Asthma", negated=True), "past", ()),
        (ALLERGIES, theirs("latex"), "new", ("add", "leave")),
        (ALLERGIES, theirs("No known allergies", none=True), "new", ("add", "leave")),
        (MEDICATIONS, theirs("metformin"), "new", ("add", "leave")),
        (MEDICATIONS, theirs("metformin", active=False), "past", ()),
    ],
)
def test_what_ours_does_not_have(kind, one, state, choices):
    (line,) = compare(kind, [one], [])
    assert (line.state, line.choices, line.open) == (state, choices, state == "new")


def test_what_only_ours_has_may_stay_or_end():
    ends = {PROBLEMS: "resolve", ALLERGIES: "withdraw", MEDICATIONS: "stop"}
    for kind, end in ends.items():
        (line,) = compare(kind, [], [ours("something")])
        assert (line.state, line.choices, line.open) == ("ours", ("keep", end), False)
        assert compare(kind, [], [ours("something", active=False)]) == []


def test_none_known_against_a_list():
    said, latex = theirs("No known allergies", none=True), ours("latex", id="2")
    denied, alone = compare(ALLERGIES, [said], [latex])
    assert (denied.state, denied.choices) == ("differs", ("keep",)) and denied.ours is None
    assert alone.ours is latex and alone.differences


def test_no_known_drug_allergies_is_not_no_known_allergies():
    said = theirs("No known drug allergies", none=True, category="medication")
    (told,) = compare(ALLERGIES, [said], [])
    assert (told.state, told.choices, told.open) == ("told", (), False) and told.differences
    _, alone = compare(ALLERGIES, [said], [ours("latex")])
    assert alone.differences == ()


def test_not_allergic_to_something_speaks_of_that_alone():
    denied = theirs("penicillin", negated=True)
    assert [line.state for line in compare(ALLERGIES, [denied], [])] == ["past"]
    (line,) = compare(ALLERGIES, [denied], [PENICILLIN])
    assert (line.state, line.choices) == ("differs", ("keep", "withdraw"))


def test_none_known_said_twice_is_the_same_twice():
    said = [theirs("No known allergies", "716186003", CT, none=True), theirs("No known allergies", none=True)]
    assert [(line.state, line.ours) for line in compare(ALLERGIES, said, [NONE])] == [("same", NONE)] * 2


def test_a_list_against_none_known():
    new, none = compare(ALLERGIES, [theirs("latex")], [NONE])
    assert (new.state, new.ours) == ("new", None)
    assert none.choices == ("keep",) and none.differences == ("Ours says that none is known.",)


def test_each_of_ours_is_paired_once():
    low, high = ours("lisinopril 10 mg", id="1"), ours("lisinopril 20 mg", id="2")
    lines = compare(MEDICATIONS, [theirs("lisinopril 20 mg"), theirs("Lisinopril 10 MG")], [low, high])
    assert [(line.state, line.ours.id) for line in lines] == [("same", "2"), ("same", "1")]


def test_the_same_goes_before_what_is_only_alike():
    alike, same = theirs("Honey bee venom protein"), theirs("bee venom")
    lines = compare(ALLERGIES, [alike, same], [ours("bee venom")])
    assert [(line.theirs, line.state) for line in lines] == [(alike, "new"), (same, "same")]


def test_the_same_item_twice_is_one_line_and_keeps_its_key():
    one = theirs("Asthma", "J45.909")
    lines = compare(PROBLEMS, [one, theirs("Asthma", "J45.909"), theirs("Asthma", "J45.901")], [])
    assert len({line.key for line in lines}) == len(lines) == 2
    assert lines[0].key == compare(PROBLEMS, [theirs("Asthma", "J45.909")], [PRESSURE])[0].key


def test_how_a_line_stands_changes_with_ours():
    one = theirs("lisinopril", dosage="two a day")
    before = compare(MEDICATIONS, [one], [LISINOPRIL])[0].seen
    after = compare(MEDICATIONS, [one], [Ours("1", 2, LISINOPRIL.words, LISINOPRIL.codes, True, False, ())])[0].seen
    assert before != after


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lisinopril 10 MG Oral Tablet", {"lisinopril"}),
        ("amoxicillin and clavulanate 875 mg", {"amoxicillin and clavulanate"}),
        ("METFORMIN hydrochloride", {"metformin"}),
        ("a home remedy", set()),
    ],
)
def test_ingredients(text, found):
    assert ingredients(text) == found

"""What stands against a signature: notes as tables, and the answer expected."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from chartdesk.ehr.charting.content import Diagnosis, NoteContent, Procedure
from chartdesk.ehr.charting.rules import Draft, encounter_status, sign_issues

TITLES = {"subjective": "Subjective", "objective": "Objective", "assessment": "Assessment", "plan": "Plan"}
WHOLE = NoteContent(
    sections=dict.fromkeys(TITLES, "written"),
    diagnoses=[Diagnosis("J02.0"), Diagnosis("I10")],
    procedures=[Procedure("99213", ["25"], Decimal(1), [1, 2])],
    minutes=20,
)
GOOD = Draft(WHOLE, TITLES, {"subjective": "prepared"}, {"99213", "87880"}, "roomed")


def _content(**change: object) -> Draft:
    return replace(GOOD, content=replace(WHOLE, **change))


def _procedure(**change: object) -> Draft:
    return _content(procedures=[replace(WHOLE.procedures[0], **change)])


CASES = [
    ("nothing missing", GOOD, []),
    (
        "empty plan",
        _content(sections={**WHOLE.sections, "plan": "  \n "}),
        ["error section-empty sections.plan"],
    ),
    (
        "only what was prepared",
        _content(sections={**WHOLE.sections, "subjective": "prepared\n"}),
        ["warning section-unchanged sections.subjective"],
    ),
    (
        "no diagnosis",
        _content(diagnoses=[], procedures=[Procedure("99213", pointers=[1])]),
        ["error diagnosis-missing diagnoses", "error pointer-wrong procedures[0].pointers"],
    ),
    (
        "a category",
        _content(diagnoses=[Diagnosis("E11"), Diagnosis("I10")]),
        ["error diagnosis-unbillable diagnoses[0]"],
    ),
    (
        "twice the same",
        _content(diagnoses=[Diagnosis("I10"), Diagnosis("I10")]),
        ["error diagnosis-twice diagnoses[1]"],
    ),
    (
        "an external cause first",
        _content(diagnoses=[Diagnosis("W57.XXXA"), Diagnosis("I10")]),
        ["warning diagnosis-external-first diagnoses[0]"],
    ),
    ("no procedure", _content(procedures=[]), ["error procedure-missing procedures"]),
    ("no code", _procedure(code="ABC"), ["error procedure-code procedures[0]"]),
    ("not on the list", _procedure(code="99215"), ["warning procedure-not-offered procedures[0]"]),
    ("points nowhere", _procedure(pointers=[]), ["error pointer-missing procedures[0].pointers"]),
    ("points beyond", _procedure(pointers=[3]), ["error pointer-wrong procedures[0].pointers"]),
    ("points to zero", _procedure(pointers=[0, 1]), ["error pointer-wrong procedures[0].pointers"]),
    ("points twice", _procedure(pointers=[1, 1]), ["error pointer-many procedures[0].pointers"]),
    ("no units", _procedure(units=Decimal(0)), ["error units procedures[0].units"]),
    ("a thousand units", _procedure(units=Decimal(1000)), ["error units procedures[0].units"]),
    ("half a unit", _procedure(units=Decimal("0.5")), []),
    ("a long modifier", _procedure(modifiers=["25X"]), ["error modifier procedures[0].modifiers"]),
    ("modifier twice", _procedure(modifiers=["25", "25"]), ["error modifier-many procedures[0].modifiers"]),
    (
        "five modifiers",
        _procedure(modifiers=["25", "59", "76", "77", "78"]),
        ["error modifier-many procedures[0].modifiers"],
    ),
    ("a long day", _content(minutes=481), ["warning minutes-long minutes"]),
    ("not checked in", replace(GOOD, step="confirmed"), ["warning visit-not-arrived visit"]),
    ("cancelled", replace(GOOD, step="cancelled"), ["error visit-withdrawn visit"]),
    ("no-show", replace(GOOD, step="noshow"), ["error visit-withdrawn visit"]),
]


@pytest.mark.parametrize(("draft", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_issues(draft, expected):
    assert [f"{issue.severity} {issue.rule} {issue.where}" for issue in sign_issues(draft)] == expected


def test_thirteen_diagnoses_are_one_too_many():
    codes = [
        "I10",
        "E11.9",
        "E78.5",
        "J45.909",
        "K21.9",
        "M54.50",
        "R05.9",
        "R42",
        "R53.83",
        "F41.9",
        "G47.00",
        "L30.9",
    ]
    twelve = [Diagnosis(code) for code in codes]
    assert sign_issues(_content(diagnoses=twelve)) == []
    [issue] = sign_issues(_content(diagnoses=[*twelve, Diagnosis("R51.9")]))
    assert issue.message == "There are 13 diagnoses; a claim carries 12."


def test_every_issue_says_what_is_wrong_and_what_to_do():
    for _, draft, _ in CASES:
        for issue in sign_issues(draft):
            assert issue.message.endswith(".") and issue.cure.endswith(".")


@pytest.mark.parametrize(
    ("step", "signed", "status"),
    [
        ("booked", False, "planned"),
        ("confirmed", False, "planned"),
        ("arrived", False, "arrived"),
        ("roomed", False, "in-progress"),
        ("departed", False, "finished"),
        ("cancelled", False, "cancelled"),
        ("noshow", False, "cancelled"),
        ("roomed", True, "finished"),
        ("cancelled", True, "finished"),
    ],
)
def test_encounter_status(step, signed, status):
    assert encounter_status(step, signed=signed) == status

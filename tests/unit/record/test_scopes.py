"""SMART scopes, both versions, as a table."""

from __future__ import annotations

import pytest

from chartdesk.kit.errors import Forbidden, Invalid
from chartdesk.record.access.scopes import allows, confine, covers, parse
from chartdesk.record.access.subject import Role, Subject, system


@pytest.mark.parametrize(
    ("scope", "level", "type", "letters"),
    [
        ("system/Patient.rs", "system", "Patient", "rs"),
        ("system/*.cruds", "system", "*", "cruds"),
        ("patient/Observation.read", "patient", "Observation", "rs"),
        ("user/Condition.write", "user", "Condition", "cud"),
        ("system/Patient.*", "system", "Patient", "cruds"),
        ("system/Patient.u", "system", "Patient", "u"),
    ],
)
def test_reads(scope: str, level: str, type: str, letters: str) -> None:
    assert parse(scope) == (level, type, letters)


@pytest.mark.parametrize(
    "scope",
    [
        "Patient.read",
        "system/Patient",
        "system/Patient.",
        "system/Patient.sr",
        "system/patient.rs",
        "admin/Patient.rs",
        "patient/Observation.rs?category=vital-signs",
        "openid",
    ],
)
def test_refuses(scope: str) -> None:
    with pytest.raises(Invalid):
        parse(scope)


@pytest.mark.parametrize(
    ("scopes", "patient", "type", "interaction", "within"),
    [
        ("system/Patient.rs", "", "Patient", "r", None),
        ("patient/*.rs", "p", "Patient", "s", "p"),
        ("patient/*.rs system/Patient.r", "p", "Patient", "r", None),
        ("patient/*.rs system/Patient.r", "p", "Patient", "s", "p"),
        ("user/*.cruds", "", "Condition", "d", None),
    ],
)
def test_confines(scopes: str, patient: str, type: str, interaction: str, within: str | None) -> None:
    subject = Subject(1, "client:c", "C", frozenset({Role.CLIENT}), scopes=frozenset(scopes.split()), patient=patient)
    assert confine(subject, type, interaction) == within
    assert allows(subject, type, interaction)


@pytest.mark.parametrize(
    ("scopes", "type", "interaction"),
    [
        ("", "Patient", "r"),
        ("system/Patient.r", "Patient", "s"),
        ("system/Patient.rs", "Observation", "r"),
        ("patient/*.rs", "Patient", "r"),
        ("openid launch", "Patient", "r"),
        ("patient/Patient.rs?_id=1", "Patient", "r"),
    ],
)
def test_forbids(scopes: str, type: str, interaction: str) -> None:
    subject = Subject(1, "client:c", "C", frozenset({Role.CLIENT}), scopes=frozenset(scopes.split()))
    with pytest.raises(Forbidden):
        confine(subject, type, interaction)


def test_chartdesk_itself_is_not_confined() -> None:
    assert confine(system(1, "test"), "Patient", "d") is None


@pytest.mark.parametrize(
    ("granted", "asked", "covered"),
    [
        (["system/*.cruds"], "system/Patient.rs", True),
        (["system/Patient.r", "system/Patient.s"], "system/Patient.rs", True),
        (["system/Patient.rs"], "system/Patient.cruds", False),
        (["system/Patient.rs"], "system/Observation.r", False),
        (["patient/*.rs"], "system/Patient.r", False),
        (["system/Patient.read"], "system/Patient.rs", True),
        ([], "system/Patient.r", False),
    ],
)
def test_covers(granted: list[str], asked: str, covered: bool) -> None:
    assert covers(granted, asked) is covered

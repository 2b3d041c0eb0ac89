"""SMART scopes, both versions, as a table."""

from __future__ import annotations

import pytest

from chartdesk.kit.errors import Forbidden, Invalid
from chartdesk.record.access.scopes import Scope, allows, alternatives, confine, covers, narrowed, parse, reaches
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
    assert parse(scope) == (level, type, letters, ())


@pytest.mark.parametrize(
    "scope",
    [
        "Patient.read",
        "system/Patient",
        "system/Patient.",
        "system/Patient.sr",
        "system/patient.rs",
        "admin/Patient.rs",
        "patient/Nothing.rs",
        "patient/Observation.rs?category:not=vital-signs",
        "patient/Observation.rs?subject.name=moss",
        "patient/Observation.rs?date=2026",
        "patient/Observation.rs?category=",
        "patient/Observation.rs?_id=1",
        "patient/*.rs?category=laboratory",
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
        ("user/Observation.rs?category=laboratory", "Observation", "r"),
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
        (["patient/Observation.rs"], "patient/Observation.r?category=laboratory", True),
        (["patient/Observation.rs?category=laboratory"], "patient/Observation.r", False),
        (["openid"], "openid", True),
        (["openid"], "fhirUser", False),
    ],
)
def test_covers(granted: list[str], asked: str, covered: bool) -> None:
    assert covers(granted, asked) is covered


def test_search_parameters_of_a_scope_are_read_and_written() -> None:
    category = "http://terminology.hl7.org/CodeSystem/observation-category|laboratory"
    text = f"patient/Observation.rs?category={category}&status=final"
    scope = parse(text)
    assert scope == Scope("patient", "Observation", "rs", (("category", category), ("status", "final")))
    assert scope.text == text
    assert parse("patient/*.rs?_security=N").filters == (("_security", "N"),)


def test_who_knows_no_filters_is_told_nothing_of_narrowed_scopes() -> None:
    held = frozenset({"user/Observation.rs?category=laboratory"})
    subject = Subject(1, "client:c", "C", frozenset({Role.CLIENT}), scopes=held)
    assert reaches(subject, "Observation", "r")
    assert not allows(subject, "Observation", "r")
    with pytest.raises(Forbidden, match="only some Observation"):
        confine(subject, "Observation", "r")


@pytest.mark.parametrize(
    ("scopes", "found"),
    [
        ("patient/*.rs patient/Observation.rs?code=1", [("patient", ())]),
        ("user/*.rs patient/*.rs user/Observation.r?code=1", [("user", ())]),
        ("patient/*.rs user/Observation.r?code=1", [("patient", ()), ("user", (("code", "1"),))]),
        ("patient/Observation.r?code=1 patient/Observation.s?code=2", [("patient", (("code", "1"),))]),
        ("patient/Patient.rs openid nonsense", []),
    ],
)
def test_alternatives(scopes: str, found: list[object]) -> None:
    assert list(alternatives(frozenset(scopes.split()), "Observation", "r")) == found


NARROW = "patient/Observation.rs?code=1"


@pytest.mark.parametrize(
    ("allowed", "asked", "granted"),
    [
        ("patient/*.rs openid", "openid fhirUser patient/Observation.read", "openid patient/Observation.read"),
        ("patient/Observation.cruds patient/Patient.r", "patient/*.rs", "patient/Observation.rs patient/Patient.r"),
        ("patient/*.rs", "patient/*.cruds", "patient/*.rs"),
        ("patient/*.rs", "user/*.rs", ""),
        (NARROW, "patient/Observation.rs?status=final", f"{NARROW}&status=final"),
        ("patient/*.rs", f"{NARROW} patient/Observation.rs", "patient/Observation.rs"),
        ("user/*.cruds", "user/Patient.read user/Patient.rs nonsense", "user/Patient.rs"),
    ],
)
def test_narrows(allowed: str, asked: str, granted: str) -> None:
    assert narrowed(allowed.split(), asked.split()) == granted.split()

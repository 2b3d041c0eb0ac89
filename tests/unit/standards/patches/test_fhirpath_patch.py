"""FHIRPath Patch: each operation, choices, primitives with extensions, elements made of parts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chartdesk.kit.errors import Invalid
from chartdesk.standards import fhir, patches

PATIENT = {
    "resourceType": "Patient",
    "id": "p",
    "active": True,
    "identifier": [{"system": "a", "value": "1"}, {"system": "b", "value": "2"}],
    "name": [
        {"use": "official", "family": "Moss", "given": ["Ada", "May"]},
        {"use": "nickname", "given": ["Addie"]},
    ],
    "birthDate": "1980-01-01",
    "extension": [{"url": "http://x", "valueString": "kept"}, {"url": "http://y", "valueDecimal": 1.50}],
}


def patch(*operations: dict[str, Any]) -> bytes:
    """The Parameters resource; values are given as parts, everything else by its simple value."""
    rows = []
    for operation in operations:
        parts = []
        for name, value in operation.items():
            if isinstance(value, dict):
                parts.append({"name": name, **value})
            elif isinstance(value, int):
                parts.append({"name": name, "valueInteger": value})
            else:
                kind = "valueCode" if name == "type" else "valueString"
                parts.append({"name": name, kind: value})
        rows.append({"name": "operation", "part": parts})
    return json.dumps({"resourceType": "Parameters", "parameter": rows}).encode()


def changed(*operations: dict[str, Any], resource: dict[str, Any] = PATIENT) -> dict[str, Any]:
    body = patches.read(patches.FHIRPATH, patch(*operations)).applied(json.dumps(resource).encode())
    fhir.decode(body)
    found: dict[str, Any] = json.loads(body)
    return found


def test_add_appends_and_sets() -> None:
    name = {"valueHumanName": {"family": "Hall"}}
    assert changed({"type": "add", "path": "Patient", "name": "name", "value": name})["name"][2] == {"family": "Hall"}
    gender = {"type": "add", "path": "Patient", "name": "gender", "value": {"valueCode": "female"}}
    assert changed(gender)["gender"] == "female"
    given = {"type": "add", "path": "Patient.name[0]", "name": "given", "value": {"valueString": "Jo"}}
    assert changed(given)["name"][0]["given"] == ["Ada", "May", "Jo"]
    with pytest.raises(Invalid, match="there already"):
        changed({"type": "add", "path": "Patient", "name": "birthDate", "value": {"valueDate": "1990-01-01"}})


def test_add_makes_an_element_of_parts() -> None:
    parts = [
        {"name": "relationship", "valueCodeableConcept": {"text": "mother"}},
        {"name": "relationship", "valueCodeableConcept": {"text": "guardian"}},
        {"name": "name", "valueHumanName": {"family": "Hall"}},
    ]
    contact = changed({"type": "add", "path": "Patient", "name": "contact", "value": {"part": parts}})["contact"]
    assert contact == [
        {"relationship": [{"text": "mother"}, {"text": "guardian"}], "name": {"family": "Hall"}},
    ]


def test_insert_and_move_in_a_list() -> None:
    inserted = changed(
        {"type": "insert", "path": "Patient.name", "index": 0, "value": {"valueHumanName": {"text": "x"}}}
    )
    assert [name.get("use") for name in inserted["name"]] == [None, "official", "nickname"]
    moved = changed({"type": "move", "path": "Patient.name", "source": 1, "destination": 0})
    assert [name["use"] for name in moved["name"]] == ["nickname", "official"]
    first = {"type": "insert", "path": "Patient.telecom", "index": 0, "value": {"valueContactPoint": {"value": "1"}}}
    assert changed(first)["telecom"] == [{"value": "1"}]


def test_delete() -> None:
    assert "birthDate" not in changed({"type": "delete", "path": "Patient.birthDate"})
    assert changed({"type": "delete", "path": "Patient.identifier[0]"})["identifier"] == [PATIENT["identifier"][1]]  # type: ignore[index]
    only = {"type": "delete", "path": "Patient.name.where(use = 'nickname').given.first()"}
    assert changed(only)["name"][1] == {"use": "nickname"}
    assert changed({"type": "delete", "path": "Patient.photo"}) == PATIENT
    with pytest.raises(Invalid, match="2 elements"):
        changed({"type": "delete", "path": "Patient.identifier"})


def test_replace() -> None:
    date = {"type": "replace", "path": "Patient.birthDate", "value": {"valueDate": "1981-02-03"}}
    assert changed(date)["birthDate"] == "1981-02-03"
    value = {"valueString": "3"}
    found = changed({"type": "replace", "path": "Patient.identifier.where(system = 'b').value", "value": value})
    assert found["identifier"][1] == {"system": "b", "value": "3"}
    with pytest.raises(Invalid, match="no elements"):
        changed({"type": "replace", "path": "Patient.gender", "value": {"valueCode": "male"}})


def test_a_choice_may_change_its_type() -> None:
    patient = {**PATIENT, "deceasedBoolean": False}
    date = {"valueDateTime": "2020-05-05"}
    found = changed({"type": "replace", "path": "Patient.deceased", "value": date}, resource=patient)
    assert found["deceasedDateTime"] == "2020-05-05"
    assert "deceasedBoolean" not in found
    with pytest.raises(Invalid, match="takes no"):
        changed({"type": "replace", "path": "Patient.deceased", "value": {"valueString": "x"}}, resource=patient)


def test_primitives_carry_extensions() -> None:
    value = {"part": [{"name": "url", "valueUri": "http://e"}, {"name": "value", "valueString": "v"}]}
    found = changed({"type": "add", "path": "Patient.birthDate", "name": "extension", "value": value})
    assert found["_birthDate"] == {"extension": [{"url": "http://e", "valueString": "v"}]}
    again = changed({"type": "add", "path": "Patient.name[0].given[1]", "name": "id", "value": {"valueString": "g"}})
    assert again["name"][0]["_given"] == [None, {"id": "g"}]
    inserted = changed(
        {"type": "insert", "path": "Patient.name[0].given", "index": 0, "value": {"valueString": "Eve"}}, resource=again
    )
    assert inserted["name"][0]["given"] == ["Eve", "Ada", "May"]
    assert inserted["name"][0]["_given"] == [None, None, {"id": "g"}]
    gone = changed({"type": "delete", "path": "Patient.name[0].given[1]"}, resource=again)
    assert gone["name"][0] == {"use": "official", "family": "Moss", "given": ["Ada"]}


def test_digits_survive() -> None:
    body = b'{"resourceType":"Patient","id":"p","extension":[{"url":"http://y","valueDecimal":1.50}]}'
    operation = {"type": "add", "path": "Patient", "name": "gender", "value": {"valueCode": "female"}}
    assert b"1.50" in patches.read(patches.FHIRPATH, patch(operation)).applied(body)


@pytest.mark.parametrize(
    ("path", "left"),
    [
        ("Patient.identifier.where(system = 'a' and value = '1')", ["2"]),
        ("Patient.identifier.where(system = 'x' or value = '2')", ["1"]),
        ("Patient.identifier.where(system != 'a')", ["1"]),
        ("Patient.identifier.last()", ["1"]),
        ("Patient.identifier.where(period.exists())", ["1", "2"]),
        ("Patient.identifier.where(period.exists().not() and (value = '1'))", ["2"]),
        ("identifier[1]", ["1"]),
        ("Patient.identifier.where($this.value = '1').single()", ["2"]),
    ],
)
def test_paths(path: str, left: list[str]) -> None:
    assert [one["value"] for one in changed({"type": "delete", "path": path})["identifier"]] == left


def test_extensions_are_found_by_their_url() -> None:
    found = changed({"type": "delete", "path": "Patient.extension('http://x')"})
    assert [one["url"] for one in found["extension"]] == ["http://y"]
    value = {"valueString": "new"}
    found = changed({"type": "replace", "path": "Patient.extension('http://x').value.ofType(string)", "value": value})
    assert found["extension"][0]["valueString"] == "new"


@pytest.mark.parametrize(
    ("operation", "said"),
    [
        ({"type": "sing", "path": "Patient"}, "type must be"),
        ({"type": "delete"}, "path is missing"),
        ({"type": "delete", "path": "Patient"}, "whole resource"),
        ({"type": "delete", "path": "Patient.name["}, "too early"),
        ({"type": "delete", "path": "Patient.name[1.5]"}, "no place in a list"),
        ({"type": "delete", "path": "Patient.name.matches('x')"}, "not served"),
        ({"type": "delete", "path": "Patient.name where"}, "after its end"),
        ({"type": "delete", "path": "Patient.§"}, "not understood"),
        ({"type": "delete", "path": "Patient." + "a." * 600 + "b"}, "too long"),
        ({"type": "delete", "path": "Patient.name.where(" + "(" * 30 + "use = 'x'"}, "too deeply"),
        ({"type": "delete", "path": "Patient.name.exists().use"}, "names 2"),
        ({"type": "add", "path": "Patient", "name": "color", "value": {"valueString": "x"}}, "no element"),
        ({"type": "add", "path": "Patient", "name": "gender"}, "value is missing"),
        ({"type": "add", "path": "Patient.name", "name": "use", "value": {"valueCode": "old"}}, "2 elements"),
        ({"type": "insert", "path": "Patient.name", "index": 9, "value": {"valueHumanName": {"text": "x"}}}, "outside"),
        ({"type": "insert", "path": "Patient.birthDate", "index": 0, "value": {"valueDate": "2000"}}, "not a list"),
        ({"type": "move", "path": "Patient.name", "source": 0}, "destination is missing"),
    ],
)
def test_what_cannot_be_done_is_said(operation: dict[str, Any], said: str) -> None:
    with pytest.raises(Invalid, match=said) as refusal:
        changed(operation)
    assert "Operation 0" in refusal.value.message


@pytest.mark.parametrize(
    "text",
    [
        b'{"resourceType":"Patient"}',
        b'{"resourceType":"Parameters"}',
        b'{"resourceType":"Parameters","parameter":[{"name":"color"}]}',
        b'{"resourceType":"Parameters","parameter":[{"name":"operation","color":1}]}',
    ],
)
def test_what_is_no_patch_is_refused(text: bytes) -> None:
    with pytest.raises(Invalid):
        patches.read(patches.FHIRPATH, text)

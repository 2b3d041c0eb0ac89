"""PATCH over HTTP: both kinds, by id, by condition, inside bundles; versions and rules as for an update."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from tests.unit.api.test_resources import refused

from chartdesk.kit.errors import Conflict
from chartdesk.record import rules

MOSS = {
    "resourceType": "Patient",
    "id": "p",
    "identifier": [{"system": "s", "value": "1"}],
    "name": [{"family": "Moss", "given": ["Ada"]}],
    "gender": "female",
}
JSON = "application/json-patch+json"
FEMALE = [{"op": "test", "path": "/gender", "value": "female"}, {"op": "replace", "path": "/gender", "value": "other"}]


def parameters(type: str, path: str, **value: Any) -> dict[str, Any]:
    """A FHIRPath Patch of one operation."""
    parts = [{"name": "type", "valueCode": type}, {"name": "path", "valueString": path}]
    parts += [{"name": "value", **value}] if value else []
    return {"resourceType": "Parameters", "parameter": [{"name": "operation", "part": parts}]}


def test_a_json_patch_makes_the_next_version(api: Any) -> None:
    api.json("PUT", "Patient/p", MOSS, status=201)
    response = api.send("PATCH", "Patient/p", FEMALE, content_type=JSON)
    assert (response.status, response.headers["ETag"]) == (200, 'W/"2"')
    assert json.loads(response.body)["gender"] == "other"
    assert api.json("GET", "Patient/p")["meta"]["versionId"] == "2"
    refused(api.send("PATCH", "Patient/p", FEMALE, content_type=JSON), 422, "processing", "Operation 0")
    assert api.json("GET", "Patient/p")["meta"]["versionId"] == "2"


def test_a_fhirpath_patch_makes_the_next_version(api: Any) -> None:
    api.json("PUT", "Patient/p", MOSS, status=201)
    patch = parameters("replace", "Patient.gender", valueCode="unknown")
    assert api.json("PATCH", "Patient/p", patch)["gender"] == "unknown"
    refused(api.send("PATCH", "Patient/p", parameters("delete", "Patient.name[")), 422, "processing", "too early")
    assert api.send("PATCH", "Patient/p", parameters("delete", "Patient.gender"), prefer="return=minimal").body == b""


def test_decimals_keep_their_digits(api: Any) -> None:
    body = (
        b'{"resourceType":"Observation","id":"o","status":"final","code":{"text":"x"},'
        b'"valueQuantity":{"value":72.500,"unit":"kg"}}'
    )
    api.send("PUT", "Observation/o", body)
    response = api.send(
        "PATCH", "Observation/o", [{"op": "add", "path": "/status", "value": "amended"}], content_type=JSON
    )
    assert b'"value":72.500' in response.body


def test_what_comes_out_is_checked_like_an_update(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    api.json("PUT", "Patient/p", MOSS, status=201)
    blue = [{"op": "replace", "path": "/gender", "value": "blue"}]
    refused(api.send("PATCH", "Patient/p", blue, content_type=JSON), 422, "code-invalid")
    unknown = [{"op": "add", "path": "/color", "value": "blue"}]
    refused(api.send("PATCH", "Patient/p", unknown, content_type=JSON), 400, "structure")
    other = [{"op": "replace", "path": "/id", "value": "q"}]
    refused(api.send("PATCH", "Patient/p", other, content_type=JSON), 422, "processing", "may not change")

    def never(*_: object) -> None:
        raise Conflict("Not on a Sunday.")

    monkeypatch.setitem(rules._before, "Basic", [])
    api.json("PUT", "Basic/b", {"resourceType": "Basic", "id": "b", "code": {"text": "x"}}, status=201)
    monkeypatch.setitem(rules._before, "Basic", [never])
    text = [{"op": "replace", "path": "/code/text", "value": "y"}]
    refused(api.send("PATCH", "Basic/b", text, content_type=JSON), 409, "conflict", "Sunday")


def test_preconditions_and_what_is_not_there(api: Any) -> None:
    api.json("PUT", "Patient/p", MOSS, status=201)
    refused(api.send("PATCH", "Patient/p", FEMALE, content_type=JSON, if_match='W/"7"'), 412, "conflict")
    old = "Mon, 01 Jan 2024 00:00:00 GMT"
    refused(api.send("PATCH", "Patient/p", FEMALE, content_type=JSON, if_unmodified_since=old), 412, "conflict")
    assert api.send("PATCH", "Patient/p", FEMALE, content_type=JSON, if_match="*").status == 200
    refused(api.send("PATCH", "Patient/nobody", FEMALE, content_type=JSON), 404, "not-found")
    api.send("DELETE", "Patient/p")
    refused(api.send("PATCH", "Patient/p", FEMALE, content_type=JSON), 410, "deleted")


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"<Patient/>", "application/fhir+xml", 415),
        (b"{", JSON, 400),
        (b"{}", JSON, 400),
        (b"", JSON, 400),
        (b"[]", JSON, 400),
        (b'{"resourceType":"Patient"}', "application/fhir+json", 400),
        (b"\xff", "application/fhir+json", 400),
    ],
)
def test_what_is_no_patch_is_refused(api: Any, body: bytes, kind: str, status: int) -> None:
    api.json("PUT", "Patient/p", MOSS, status=201)
    assert api.send("PATCH", "Patient/p", body, content_type=kind).status == status


def test_by_condition(api: Any) -> None:
    api.json("PUT", "Patient/p", MOSS, status=201)
    assert api.json("PATCH", "Patient?identifier=s|1", FEMALE, content_type=JSON)["gender"] == "other"
    refused(api.send("PATCH", "Patient?identifier=s|2", FEMALE, content_type=JSON), 404, "not-found")
    api.json("PUT", "Patient/q", {**MOSS, "id": "q"}, status=201)
    refused(api.send("PATCH", "Patient?identifier=s|1", FEMALE, content_type=JSON), 412, "multiple-matches")
    refused(api.send("PATCH", "Patient?color=red", FEMALE, content_type=JSON), 400, "not-supported")
    refused(api.send("PATCH", "Patient", FEMALE, content_type=JSON), 400, "invalid", "empty")


def test_inside_a_transaction(api: Any) -> None:
    api.json("PUT", "Patient/p", MOSS, status=201)
    api.json("PUT", "Patient/q", {**MOSS, "id": "q", "identifier": [{"system": "s", "value": "2"}]}, status=201)
    binary = {
        "resourceType": "Binary",
        "contentType": JSON,
        "data": base64.b64encode(json.dumps(FEMALE).encode()).decode(),
    }
    entries = [
        {"resource": binary, "request": {"method": "PATCH", "url": "Patient/p", "ifMatch": 'W/"1"'}},
        {
            "resource": parameters("replace", "Patient.gender", valueCode="unknown"),
            "request": {"method": "PATCH", "url": "Patient?identifier=s|2"},
        },
    ]
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
    answer = api.json("POST", "", bundle)
    assert [entry["response"]["status"] for entry in answer["entry"]] == ["200 OK", "200 OK"]
    assert [api.json("GET", f"Patient/{id}")["gender"] for id in "pq"] == ["other", "unknown"]
    stale = api.send("POST", "", bundle)
    refused(stale, 412, "conflict", "Entry 0 (PATCH Patient)")
    broken = {**bundle, "entry": [{**entries[0], "resource": {**binary, "data": "%%%"}}]}
    assert refused(api.send("POST", "", broken), 400, "invalid")["expression"] == ["Bundle.entry[0].resource.data"]


def test_a_token_for_one_patient_patches_nobody_else(api: Any, practice: Any) -> None:
    from chartdesk.kit.errors import Forbidden, NotFound
    from chartdesk.record import bundles
    from chartdesk.record.access.subject import Role, Subject
    from chartdesk.standards import patches

    for id in "pq":
        api.json("PUT", f"Patient/{id}", {**MOSS, "id": id}, status=201)
    client = Subject(
        practice.pk, "client:x", "x", frozenset({Role.CLIENT}), scopes=frozenset({"patient/Patient.u"}), patient="q"
    )
    patch = patches.read(patches.JSON, json.dumps(FEMALE).encode())
    bundles.single(client, bundles.Entry(-1, "", "PATCH", "Patient", "q", [], b"", patch=patch))
    with pytest.raises((NotFound, Forbidden)):
        bundles.single(client, bundles.Entry(-1, "", "PATCH", "Patient", "p", [], b"", patch=patch))
    assert api.json("GET", "Patient/p")["gender"] == "female"

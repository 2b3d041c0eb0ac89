"""What the tests of exports share: things to export, and an export from its kick-off to the contents of its files."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

from chartdesk.record.bulk import exporting, shelf

ASYNC = {"prefer": "respond-async"}


def observation(id: str, patient: str, category: str = "laboratory", **more: Any) -> dict[str, Any]:
    system = "http://terminology.hl7.org/CodeSystem/observation-category"
    return {"resourceType": "Observation", "id": id, "status": "final", "subject": {"reference": f"Patient/{patient}"},
            "category": [{"coding": [{"system": system, "code": category}]}],
            "code": {"coding": [{"system": "http://loinc.org", "code": "8867-4"}]}, **more}  # fmt: skip


def fill(api: Any) -> None:
    """Three patients, two observations each, a practitioner, and a group of the first two patients."""
    for id in "abc":
        put(api, {"resourceType": "Patient", "id": id, "gender": "female"})
        put(api, observation(f"{id}1", id))
        put(api, observation(f"{id}2", id, "vital-signs"))
    put(api, {"resourceType": "Practitioner", "id": "doc"})
    put(api, {"resourceType": "ValueSet", "id": "set", "status": "active"})
    members = [{"entity": {"reference": f"Patient/{id}"}} for id in "ab"]
    gone = {"entity": {"reference": "Patient/c"}, "inactive": True}
    put(api, {"resourceType": "Group", "id": "g", "type": "person", "actual": True, "member": [*members, gone]})


def put(api: Any, resource: dict[str, Any]) -> None:
    address = f"{resource['resourceType']}/{resource['id']}"
    assert api.send("PUT", address, resource).status in (200, 201)


def asked(api: Any, address: str, **more: Any) -> str:
    """Kick off; the address of the status, below /fhir/."""
    response = api.send(more.pop("method", "GET"), address, more.pop("body", None), **{**ASYNC, **more})
    assert response.status == 202, response.body
    place: str = response.headers["Content-Location"]
    return place.partition("/fhir/")[2]


def job_of(place: str) -> str:
    return parse_qs(urlsplit(place).query)["job"][0]


def carried_out(api: Any, practice: Any, address: str, **more: Any) -> dict[str, Any]:
    """Kick off, let it be carried out as the worker does, and give the manifest."""
    place = asked(api, address, **more)
    assert api.send("GET", place).status == 202
    exporting.run(practice.pk, job_of(place))
    response = api.send("GET", place)
    assert response.status == 200, response.body
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Expires"].endswith("GMT")
    manifest: dict[str, Any] = json.loads(response.body)
    assert manifest["requiresAccessToken"] is True
    return manifest


def fetched(api: Any, url: str, **headers: str) -> bytes:
    """A file as the server sends it, to one who does not take gzip."""
    response = api.send("GET", url.partition("/fhir/")[2], accept="application/fhir+ndjson", **headers)
    assert response.status == 200, response.body
    assert response.headers["Content-Type"] == "application/fhir+ndjson"
    return b"".join(shelf.pieces(response.file, packed=response.packed))


def held(api: Any, manifest: dict[str, Any], part: str = "output") -> dict[str, list[str]]:
    """type → ids of what the files hold, after comparing the counts."""
    found: dict[str, list[str]] = {}
    for one in manifest[part]:
        lines = fetched(api, one["url"]).splitlines()
        assert len(lines) == one["count"]
        for line in lines:
            resource = json.loads(line)
            assert resource["resourceType"] == one["type"]
            found.setdefault(one["type"], []).append(resource.get("id", ""))
    return {type: sorted(ids) for type, ids in found.items()}

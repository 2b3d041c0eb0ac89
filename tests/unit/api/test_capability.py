"""The CapabilityStatement and the OpenAPI document: valid, and true to what is served."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chartdesk.api.fhir.handling import _TYPED
from chartdesk.record import rules
from chartdesk.standards import fhir
from chartdesk.standards.fhir.facts import resource_types


def test_the_statement_is_valid_and_complete(api: Any) -> None:
    response = api.send("GET", "metadata", authorization="")
    statement = fhir.decode(response.body, type="CapabilityStatement")
    assert [issue for issue in fhir.validate(statement) if issue.severity in ("error", "fatal")] == []
    content = json.loads(response.body)
    rest = content["rest"][0]
    assert {one["code"] for one in rest["interaction"]} == {"transaction", "batch", "history-system", "search-system"}
    assert {one["type"] for one in rest["resource"]} == resource_types()
    assert content["patchFormat"] == ["application/json-patch+json", "application/fhir+json"]
    patient = next(one for one in rest["resource"] if one["type"] == "Patient")
    codes = {one["code"] for one in patient["interaction"]}
    assert codes == {
        *("read", "vread", "history-instance", "history-type", "search-type"),
        *("create", "update", "patch", "delete"),
    }
    assert patient["conditionalDelete"] == "single"
    named = {one["name"] for one in patient["operation"]}
    assert {"everything", "match", "validate"} <= named


def test_what_is_owned_is_only_read(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(rules._owned, "Basic", "Use the weighing room.")
    rest = api.json("GET", "metadata")["rest"][0]
    basic = next(one for one in rest["resource"] if one["type"] == "Basic")
    assert "create" not in {one["code"] for one in basic["interaction"]}
    assert basic["conditionalDelete"] == "not-supported"
    assert "weighing" in basic["documentation"]
    paths = api.json("GET", "openapi.json?_type=Basic")["paths"]
    assert set(paths["/Basic"]) == {"get"}
    assert set(paths["/Basic/{id}"]) == {"parameters", "get"}


def test_every_path_of_the_document_is_served(api: Any) -> None:
    document = json.loads(api.send("GET", "openapi.json?_type=Patient,Observation,ValueSet", authorization="").body)
    assert document["openapi"] == "3.1.0"
    for path, methods in document["paths"].items():
        address = path.strip("/").replace("{id}", "1").replace("{version}", "1")
        allowed = api.send("OPTIONS", address).headers["Allow"]
        for method in methods:
            if method != "parameters":
                assert method.upper() in allowed, f"{method} {path}"


def test_every_operation_is_in_the_document(api: Any) -> None:
    paths = api.json("GET", "openapi.json")["paths"]
    for shape in _TYPED:
        if "$" in shape:
            owner, _, rest = shape.partition("/")
            below = {"System": "", "Type": "Patient/"}.get(owner, f"{owner}/")
            address = f"/{below}{rest.replace('id/', '{id}/')}"
            assert address in paths


def test_references_in_the_document_resolve(api: Any) -> None:
    text = api.send("GET", "openapi.json?_type=Patient").body
    document = json.loads(text)
    for part in text.split(b'"$ref":"#/')[1:]:
        found: Any = document
        for name in part.partition(b'"')[0].decode().split("/"):
            found = found[name]
    assert api.send("GET", "openapi.json?_type=Nothing").status == 400

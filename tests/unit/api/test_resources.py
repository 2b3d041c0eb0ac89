"""create, read, update, delete, histories: status codes, headers and OperationOutcomes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chartdesk.record import rules

MOSS = {"resourceType": "Patient", "name": [{"family": "Moss"}], "gender": "female"}


def refused(response: Any, status: int, code: str, said: str = "") -> dict[str, Any]:
    """The first issue of a refusal, after checking what every refusal must have."""
    assert response.status == status, response.body
    assert response.headers["Content-Type"].startswith("application/fhir+json")
    outcome = json.loads(response.body)
    assert outcome["resourceType"] == "OperationOutcome"
    issue: dict[str, Any] = outcome["issue"][0]
    assert issue["code"] == code
    assert said in issue["diagnostics"]
    assert issue["diagnostics"]
    return issue


def test_create_gives_a_place_and_a_version(api: Any) -> None:
    response = api.send("POST", "Patient", {**MOSS, "id": "mine"})
    assert response.status == 201
    created = json.loads(response.body)
    assert created["id"] != "mine"
    assert created["name"] == MOSS["name"]
    assert response.headers["Location"] == f"http://127.0.0.1:8000/fhir/Patient/{created['id']}/_history/1"
    assert response.headers["ETag"] == 'W/"1"'
    assert response.headers["Last-Modified"].endswith("GMT")
    assert api.send("GET", f"Patient/{created['id']}").body == response.body


@pytest.mark.parametrize(
    ("prefer", "says"),
    [
        ("return=minimal", None),
        ("return=representation", "Patient"),
        ("return=OperationOutcome", "OperationOutcome"),
    ],
)
def test_prefer_chooses_the_answer(api: Any, prefer: str, says: str | None) -> None:
    content = api.json("POST", "Patient", MOSS, status=201, prefer=prefer)
    assert (content["resourceType"] if content else None) == says


def test_update_counts_versions_and_guards_them(api: Any) -> None:
    response = api.send("PUT", "Patient/p", {**MOSS, "id": "p"})
    assert response.status == 201
    assert "Location" in response.headers
    assert api.send("PUT", "Patient/p", {**MOSS, "id": "p"}, if_match='W/"1"').headers["ETag"] == 'W/"2"'
    stale = api.send("PUT", "Patient/p", {**MOSS, "id": "p"}, if_match='W/"1"')
    refused(stale, 412, "conflict", "version 2")
    refused(api.send("DELETE", "Patient/p", if_match='W/"1"'), 412, "conflict")
    refused(api.send("PUT", "Patient/p", {**MOSS, "id": "p"}, if_none_match="*"), 412, "conflict")
    refused(api.send("PUT", "Patient/p", {**MOSS, "id": "p"}, if_match="new"), 400, "invalid")


def test_delete_leaves_the_history(api: Any) -> None:
    api.json("PUT", "Patient/p", {**MOSS, "id": "p"}, status=201)
    assert api.send("DELETE", "Patient/p").status == 204
    assert api.send("DELETE", "Patient/p").status == 204
    refused(api.send("GET", "Patient/p"), 410, "deleted")
    history = api.json("GET", "Patient/p/_history")
    assert history["total"] == 2
    assert [entry["request"]["method"] for entry in history["entry"]] == ["DELETE", "POST"]
    assert api.json("GET", "Patient/p/_history/1")["gender"] == "female"
    refused(api.send("GET", "Patient/p/_history/2"), 410, "deleted")
    refused(api.send("GET", "Patient/p/_history/9"), 404, "not-found")
    refused(api.send("GET", "Patient/p/_history/x"), 404, "not-found")
    back = api.send("PUT", "Patient/p", {**MOSS, "id": "p"})
    assert (back.status, back.headers["ETag"]) == (201, 'W/"3"')
    assert back.headers["Location"].endswith("Patient/p/_history/3")


def test_the_history_of_a_type_comes_in_pages(api: Any) -> None:
    for number in range(5):
        api.json(
            "PUT",
            f"Patient/p{number % 3}",
            {**MOSS, "id": f"p{number % 3}"},
            status=201 if number < 3 else 200,
        )
    seen, address = [], "Patient/_history?_count=2"
    while address:
        page = api.json("GET", address)
        seen += [(e["resource"]["id"], e["resource"]["meta"]["versionId"]) for e in page["entry"]]
        links = {link["relation"]: link["url"] for link in page["link"]}
        address = links.get("next", "").partition("/fhir/")[2]
        if len(seen) >= 5 and not address:
            break
        if len(seen) >= 6:
            break
    assert sorted(seen) == [("p0", "1"), ("p0", "2"), ("p1", "1"), ("p1", "2"), ("p2", "1")]


def test_a_client_that_has_the_version_gets_no_body(api: Any) -> None:
    first = api.send("PUT", "Patient/p", {**MOSS, "id": "p"})
    same = api.send("GET", "Patient/p", if_none_match=first.headers["ETag"])
    assert (same.status, same.body) == (304, b"")
    assert api.send("GET", "Patient/p", if_none_match='W/"9"').status == 200
    assert api.send("GET", "Patient/p", if_modified_since=first.headers["Last-Modified"]).status == 304
    assert api.send("HEAD", "Patient/p").body == b""


def test_elements_and_summary_leave_out_and_say_so(api: Any) -> None:
    api.json(
        "PUT",
        "Patient/p",
        {
            **MOSS,
            "id": "p",
            "text": {"status": "empty", "div": "<div xmlns='http://www.w3.org/1999/xhtml'>x</div>"},
        },
        status=201,
    )
    part = api.json("GET", "Patient/p?_elements=gender")
    assert set(part) == {"resourceType", "id", "meta", "gender"}
    assert part["meta"]["tag"][0]["code"] == "SUBSETTED"
    assert "text" not in api.json("GET", "Patient/p?_summary=data")
    assert set(api.json("GET", "Patient/p?_summary=text")) == {"resourceType", "id", "meta", "text"}


@pytest.mark.parametrize(
    ("body", "status", "code", "said"),
    [
        (b"{", 400, "structure", "JSON"),
        (b"\xff\xfe", 400, "structure", "UTF-8"),
        (b"[]", 400, "structure", ""),
        (b'{"resourceType":"Patient","color":"red"}', 400, "structure", "color"),
        (b'{"resourceType":"Patient","gender":"female","gender":"male"}', 400, "structure", "gender"),
        (b'{"resourceType":"Condition","subject":{"reference":"Patient/p"}}', 400, "invalid", "Condition"),
        (b'{"resourceType":"Patient","birthDate":"2021-02-30"}', 422, "value", "2021-02-30"),
        (b'{"resourceType":"Patient","gender":"blue"}', 422, "code-invalid", "blue"),
        (b"", 400, "invalid", "empty"),
    ],
)
def test_bad_bodies_are_refused_with_reasons(api: Any, body: bytes, status: int, code: str, said: str) -> None:
    refused(api.send("POST", "Patient", body), status, code, said)


def test_a_missing_element_is_named(api: Any) -> None:
    issue = refused(
        api.send("POST", "Observation", {"resourceType": "Observation", "code": {"text": "x"}}),
        422,
        "required",
    )
    assert issue["expression"] == ["Observation.status"]


@pytest.mark.parametrize(
    ("method", "address", "headers", "status", "code"),
    [
        ("GET", "Patient/nobody", {}, 404, "not-found"),
        ("GET", "Nothing/1", {}, 404, "not-found"),
        ("GET", "Patient/1/2/3", {}, 404, "not-found"),
        ("GET", "Patient/$fly", {}, 404, "not-found"),
        ("PATCH", "Patient/1", {}, 415, "not-supported"),
        ("PATCH", "Patient/1/_history", {}, 405, "not-supported"),
        ("PUT", "", {}, 405, "not-supported"),
        ("DELETE", "metadata", {}, 405, "not-supported"),
        ("GET", "Patient", {"accept": "application/fhir+xml"}, 406, "not-supported"),
        ("GET", "Patient?_format=xml", {}, 406, "not-supported"),
        ("GET", "Patient?_count=-1", {}, 400, "value"),
        ("GET", "Patient?birthdate=soon", {}, 400, "value"),
        ("GET", "Patient?color=red", {"prefer": "handling=strict"}, 400, "not-supported"),
        ("GET", "Patient", {"host": "evil.example"}, 400, "invalid"),
    ],
)
def test_what_is_not_there_or_not_possible(
    api: Any, method: str, address: str, headers: dict[str, str], status: int, code: str
) -> None:
    refused(api.send(method, address, **headers), status, code)


def test_the_type_of_a_body_must_be_json(api: Any) -> None:
    refused(api.send("POST", "Patient", b"<Patient/>", content_type="application/fhir+xml"), 415, "not-supported")


def test_a_large_resource_is_refused(api: Any) -> None:
    body = b'{"resourceType":"Binary","contentType":"text/plain","data":"' + b"A" * (16 * 1024 * 1024) + b'"}'
    refused(api.send("POST", "Binary", body), 413, "too-long")


def test_the_address_and_the_body_must_agree(api: Any) -> None:
    refused(api.send("PUT", "Patient/p", {**MOSS, "id": "q"}), 400, "invalid", "names the id p")
    refused(api.send("PUT", "Patient/p", MOSS), 400, "invalid")
    refused(api.send("PUT", "Patient/a_b", {**MOSS, "id": "a_b"}), 422, "value")


def test_conditional_writes(api: Any) -> None:
    known = {**MOSS, "identifier": [{"system": "s", "value": "1"}]}
    first = api.json("POST", "Patient", known, status=201, if_none_exist="identifier=s|1")
    assert api.json("POST", "Patient", known, if_none_exist="identifier=s|1")["id"] == first["id"]
    changed = api.json("PUT", "Patient?identifier=s|1", {**known, "gender": "other"})
    assert (changed["id"], changed["gender"]) == (first["id"], "other")
    api.json("PUT", "Patient?identifier=s|2", {**MOSS, "identifier": [{"system": "s", "value": "2"}]}, status=201)
    refused(api.send("PUT", "Patient?identifier=s|", known), 412, "multiple-matches")
    refused(api.send("DELETE", "Patient?identifier=s|"), 412, "multiple-matches")
    refused(api.send("DELETE", "Patient"), 400, "invalid")
    assert api.send("DELETE", "Patient?identifier=s|1").status == 204
    assert api.json("GET", "Patient?identifier=s|&_summary=count")["total"] == 1


def test_validation_stores_nothing(api: Any) -> None:
    outcome = api.json("POST", "Patient/$validate", {**MOSS, "gender": "blue"})
    assert outcome["issue"][0]["severity"] == "error"
    assert api.json("POST", "Patient/$validate", MOSS)["issue"][0]["severity"] == "information"
    assert api.json("GET", "Patient?_summary=count")["total"] == 0


def test_an_owned_type_names_the_right_operation(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(rules._owned, "Basic", "Use the weighing room.")
    response = api.send("POST", "Basic", {"resourceType": "Basic", "code": {"text": "x"}})
    refused(response, 403, "forbidden", "Use the weighing room.")


def test_a_defect_says_nothing_of_its_inside(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("Moss, Ada")

    monkeypatch.setitem(rules._before, "Basic", [broken])
    response = api.send("POST", "Basic", {"resourceType": "Basic", "code": {"text": "x"}})
    refused(response, 500, "exception")
    assert b"Moss" not in response.body

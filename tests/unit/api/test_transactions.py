"""Transactions and batches over HTTP: order, references, reads inside, what is refused."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from django.conf import settings
from tests.unit.api.test_resources import refused

URN = "urn:uuid:7f8a3c52-0000-4000-8000-00000000000"


def bundle(*entries: dict[str, Any], type: str = "transaction") -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": type, "entry": list(entries)}


def post(resource: dict[str, Any], full_url: str = "", **request: str) -> dict[str, Any]:
    asked = {"method": "POST", "url": resource["resourceType"], **request}
    return {"resource": resource, "request": asked, **({"fullUrl": full_url} if full_url else {})}


def get(url: str) -> dict[str, Any]:
    return {"request": {"method": "GET", "url": url}}


def observation(patient: str, **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": {"text": "x"},
        "subject": {"reference": patient},
        **more,
    }


def places(answer: dict[str, Any]) -> list[str]:
    return [entry["response"]["location"].split("/fhir/")[1].split("/_history")[0] for entry in answer["entry"]]


def test_circles_of_references_are_resolved(api: Any) -> None:
    one = {"resourceType": "Patient", "link": [{"other": {"reference": f"{URN}2"}, "type": "seealso"}]}
    two = {"resourceType": "Patient", "link": [{"other": {"reference": f"{URN}1"}, "type": "seealso"}]}
    made = places(api.json("POST", "", bundle(post(one, f"{URN}1"), post(two, f"{URN}2"))))
    for mine, other in (made, made[::-1]):
        assert api.json("GET", mine)["link"][0]["other"]["reference"] == other


def test_absolute_and_relative_addresses_are_references_too(api: Any) -> None:
    patient = {"resourceType": "Patient", "id": "theirs"}
    entries = [
        post(observation("Patient/theirs"), "https://example.org/r4/Observation/o"),
        post(observation("https://example.org/r4/Patient/theirs")),
        post(patient, "https://example.org/r4/Patient/theirs"),
    ]
    first, second, patient_place = places(api.json("POST", "", bundle(*entries)))
    assert patient_place != "Patient/theirs"
    assert {api.json("GET", one)["subject"]["reference"] for one in (first, second)} == {patient_place}


def test_links_in_a_narrative_follow(api: Any) -> None:
    div = f'<div xmlns="http://www.w3.org/1999/xhtml"><a href="{URN}1">patient</a> {URN}1</div>'
    note = observation(f"{URN}1", text={"status": "generated", "div": div})
    first, patient = places(api.json("POST", "", bundle(post(note), post({"resourceType": "Patient"}, f"{URN}1"))))
    text = api.json("GET", first)["text"]["div"]
    assert f'href="{patient}"' in text
    assert f"{URN}1</div>" in text


def test_conditional_references_in_any_order(api: Any) -> None:
    """What a condition finds may be created later in the same bundle, and may itself refer by condition."""
    encounter = {
        "resourceType": "Encounter",
        "identifier": [{"system": "e", "value": "1"}],
        "status": "finished",
        "class": {"code": "AMB"},
        "subject": {"reference": "Patient?identifier=s|1"},
    }
    entries = [
        post(observation("Patient?identifier=s|1", encounter={"reference": "Encounter?identifier=e|1"})),
        post(encounter),
        post({"resourceType": "Patient", "identifier": [{"system": "s", "value": "1"}]}),
    ]
    seen, visit, patient = places(api.json("POST", "", bundle(*entries)))
    assert api.json("GET", seen)["encounter"]["reference"] == visit
    assert api.json("GET", visit)["subject"]["reference"] == patient


def test_conditional_references_that_find_nothing_or_several(api: Any) -> None:
    alone = bundle(post(observation("Patient?identifier=s|none")))
    refused(api.send("POST", "", alone), 409, "conflict", "matches no resource")
    twins = [post({"resourceType": "Patient", "identifier": [{"system": "s", "value": "2"}]}) for _ in range(2)]
    refused(api.send("POST", "", bundle(post(observation("Patient?identifier=s|2")), *twins)), 412, "multiple-matches")
    assert api.json("GET", "Patient?_summary=count")["total"] == 0
    refused(api.send("POST", "", bundle(post(observation("Patient?_count=0")))), 422, "processing", "cannot be part")


def test_conditional_writes_in_a_bundle(api: Any) -> None:
    known = {"resourceType": "Patient", "identifier": [{"system": "s", "value": "1"}]}
    first = api.json("POST", "Patient", known, status=201)["id"]
    gone = api.json("POST", "Patient", {**known, "identifier": [{"system": "s", "value": "2"}]}, status=201)["id"]
    entries = [
        {"resource": {**known, "gender": "male"}, "request": {"method": "PUT", "url": "Patient?identifier=s|1"}},
        {"request": {"method": "DELETE", "url": "Patient?identifier=s|2"}},
        {"request": {"method": "DELETE", "url": "Patient?identifier=s|nobody"}},
        post(observation(f"{URN}1")),
        post(known, f"{URN}1", ifNoneExist="identifier=s|1"),
        get(f"Patient/{first}"),
    ]
    refused(api.send("POST", "", bundle(*entries[:1], *entries[1:2], *entries[1:2])), 422, "processing", "twice")
    answer = api.json("POST", "", bundle(*entries))["entry"]
    statuses = [entry["response"]["status"][:3] for entry in answer]
    assert statuses == ["200", "204", "204", "201", "200", "200"]
    assert answer[5]["resource"]["gender"] == "male"
    assert api.send("GET", f"Patient/{gone}").status == 410
    made = answer[3]["response"]["location"].split("/fhir/")[1].partition("/_history")[0]
    assert api.json("GET", made)["subject"]["reference"] == f"Patient/{first}"


def test_reads_inside_are_requests_of_their_own(api: Any) -> None:
    api.json("PUT", "Patient/p", {"resourceType": "Patient", "id": "p", "gender": "male", "active": True}, status=201)
    entries = [
        get("Patient/p"),
        get("Patient?gender=male&_elements=gender"),
        get("Patient/p/_history/1"),
        get("Patient/p/_history"),
        get("http://127.0.0.1:8000/fhir/Patient/p"),
        get("/Patient/nobody"),
        get("Patient/p?_elements=gender"),
        get("Nothing/1"),
        {"request": {"method": "HEAD", "url": "Patient/p"}},
        {
            "resource": {"resourceType": "Patient", "gender": "blue"},
            "request": {"method": "POST", "url": "Patient/$validate"},
        },
    ]
    answer = api.json("POST", "", bundle(*entries, type="batch"))["entry"]
    assert [entry["response"]["status"][:3] for entry in answer] == "200 200 200 200 200 404 200 404 200 200".split()
    assert answer[0]["response"]["etag"] == 'W/"1"'
    assert answer[1]["resource"]["entry"][0]["resource"]["gender"] == "male"
    assert "active" not in answer[1]["resource"]["entry"][0]["resource"]
    assert answer[3]["resource"]["type"] == "history"
    assert "active" not in answer[6]["resource"]
    assert answer[7]["response"]["outcome"]["resourceType"] == "OperationOutcome"
    assert "resource" not in answer[8]
    assert answer[9]["resource"]["issue"][0]["severity"] == "error"


def test_a_failing_read_undoes_a_transaction(api: Any) -> None:
    entries = [post({"resourceType": "Patient"}), get("Patient/nobody")]
    refused(api.send("POST", "", bundle(*entries)), 404, "not-found", "Entry 1 (GET Patient)")
    assert api.json("GET", "Patient?_summary=count")["total"] == 0


def test_prefer_in_a_bundle(api: Any) -> None:
    asked = bundle(post({"resourceType": "Patient"}))
    assert "resource" not in api.json("POST", "", asked)["entry"][0]
    whole = api.json("POST", "", asked, prefer="return=representation")["entry"][0]
    assert whole["resource"]["resourceType"] == "Patient"
    outcome = api.json("POST", "", asked, prefer="return=OperationOutcome")["entry"][0]
    assert outcome["response"]["outcome"]["resourceType"] == "OperationOutcome"
    strict = api.json("POST", "", bundle(get("Patient?color=red"), type="batch"), prefer="handling=strict")
    assert strict["entry"][0]["response"]["status"].startswith("400")


def test_a_bundle_of_too_many_entries_is_refused_at_once(api: Any) -> None:
    text = json.dumps(bundle(*[post({"resourceType": "Patient"})] * 50_000)).encode()
    began = time.process_time()
    issue = refused(api.send("POST", "", text), 413, "too-long", "50000 entries")
    assert issue["expression"] == ["Bundle.entry"]
    assert time.process_time() - began < 20
    assert api.json("GET", "Patient?_summary=count")["total"] == 0


def test_a_body_of_too_many_parts_is_refused_before_it_is_read(api: Any) -> None:
    many = b'{"resourceType":"Bundle","type":"batch","entry":[' + b"{}," * 3_000_000 + b"{}]}"
    refused(api.send("POST", "", many), 413, "too-long", "parts")
    names = b'{"resourceType":"Patient","name":[' + b"{}," * 500_000 + b"{}]}"
    refused(api.send("POST", "Patient", names), 413, "too-long", "parts")


def test_the_number_of_entries_is_a_setting(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "FHIR_ENTRIES", 1)
    refused(api.send("POST", "", bundle(get("Patient"), get("Patient"), type="batch")), 413, "too-long")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"request": {"method": "GET", "url": "http://["}}, "cannot be read"),
        ({"request": {"method": "GET", "url": "https://elsewhere.example/Patient/1"}}, "not an address here"),
        ({"request": {"method": "DELETE", "url": "Patient"}}, "needs an id or a condition"),
        ({"request": {"method": "DELETE", "url": "Patient/%ff"}}, "cannot be read"),
        ({"request": {"method": "DELETE", "url": "Patient/p", "ifMatch": "new"}}, "not a version"),
        (post({"resourceType": "Patient"}, method="PATCH", url="Patient/p"), "Parameters"),
        (post({"resourceType": "Patient"}, method="FLY"), "not taken"),
    ],
)
def test_entries_that_make_no_sense_are_named(api: Any, entry: dict[str, Any], said: str) -> None:
    issue = refused(api.send("POST", "", bundle(get("Patient"), entry)), 400, "invalid", said)
    assert issue["expression"][0].startswith("Bundle.entry[1]")


@pytest.mark.parametrize(
    ("spoiled", "place", "said"),
    [
        ({"entries": []}, "Bundle", "'entries'"),
        ({"total": "many"}, "Bundle.total", "Expected"),
        ({"entry": [{**get("Patient"), "resorce": {}}]}, "Bundle.entry[0]", "'resorce'"),
        (
            {"entry": [{"request": {"method": "GET", "url": "x", "ifmatch": "y"}}]},
            "Bundle.entry[0].request",
            "'ifmatch'",
        ),
        ({"entry": [{"request": {"method": "GET"}}]}, "Bundle.entry[0].request", "url"),
    ],
)
def test_what_a_bundle_does_not_have_is_refused(api: Any, spoiled: dict[str, Any], place: str, said: str) -> None:
    issue = refused(api.send("POST", "", {**bundle(get("Patient"), type="batch"), **spoiled}), 400, "structure", said)
    assert issue["expression"] == [place]


@pytest.mark.parametrize(
    ("said", "again", "where", "name"),
    [
        ('"type": "batch"', '"type": "batch", "type": "transaction"', "Bundle", "type"),
        ('"url": "Patient"', '"url": "Patient", "url": "Gr\\"oup"', "Bundle.entry[0].request", "url"),
        ('"entry": [', '"entry": [], "entry": [', "Bundle", "entry"),
    ],
)
def test_an_element_named_twice_is_refused(api: Any, said: str, again: str, where: str, name: str) -> None:
    whole = json.dumps(bundle(get("Patient"), type="batch"))
    assert whole.count(said) == 1
    words = f"{where} names '{name}' more than once."
    issue = refused(api.send("POST", "", whole.replace(said, again).encode()), 400, "structure", words)
    assert issue["expression"] == [where]


def test_what_a_bundle_may_have_besides_is_taken(api: Any) -> None:
    entry = {
        **get("Patient"),
        "_fullUrl": {"id": "a"},
        "link": [{"relation": "self", "url": "Patient"}],
        "search": {"mode": "match"},
        "response": {"status": "200"},
    }
    more = {"id": "b", "language": "en", "timestamp": "2026-03-02T09:00:00Z", "total": 1}
    assert api.json("POST", "", {**bundle(entry, type="batch"), **more})["entry"][0]["response"]["status"] == "200 OK"


def test_a_file_of_an_export_is_not_given_in_a_bundle(api: Any) -> None:
    answer = api.json("POST", "", bundle(get("$export-file?job=1&name=Patient.ndjson"), type="batch"))
    assert answer["entry"][0]["response"]["status"].startswith("422")


def test_a_batch_survives_a_defect_of_ours(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from chartdesk.record import rules

    def broken(*_: object) -> None:
        raise RuntimeError("Moss, Ada")

    monkeypatch.setitem(rules._before, "Basic", [broken])
    entries = [post({"resourceType": "Basic", "code": {"text": "x"}}), post({"resourceType": "Patient"})]
    answer = api.send("POST", "", bundle(*entries, type="batch"))
    assert b"Moss" not in answer.body
    statuses = [entry["response"]["status"] for entry in json.loads(answer.body)["entry"]]
    assert statuses == ["500 Internal Server Error", "201 Created"]

"""Search over HTTP: bundles, links, forms, what is ignored."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest


@pytest.fixture
def full(api: Any) -> Any:
    """Five patients and a condition of one."""
    for number in range(5):
        api.json(
            "PUT",
            f"Patient/p{number}",
            {
                "resourceType": "Patient",
                "id": f"p{number}",
                "name": [{"family": f"Moss{number}"}],
                "gender": "female",
            },
            status=201,
        )
    condition = {
        "resourceType": "Condition",
        "id": "c",
        "code": {"text": "x"},
        "subject": {"reference": "Patient/p1"},
    }
    api.json("PUT", "Condition/c", condition, status=201)
    return api


def ids(bundle: dict[str, Any], mode: str = "match") -> list[str]:
    return [e["resource"]["id"] for e in bundle.get("entry", ()) if e["search"]["mode"] == mode]


def test_a_page_links_to_the_next(full: Any) -> None:
    page = full.json("GET", "Patient?gender=female&_count=2&_sort=_id")
    assert page["type"] == "searchset"
    assert page["entry"][0]["fullUrl"] == "http://127.0.0.1:8000/fhir/Patient/p0"
    found = ids(page)
    while links := {link["relation"]: link["url"] for link in page["link"]}:
        assert links["self"].startswith("http://127.0.0.1:8000/fhir/Patient?gender=female&_count=2")
        if "next" not in links:
            break
        page = full.json("GET", links["next"].partition("/fhir/")[2])
        found += ids(page)
    assert found == ["p0", "p1", "p2", "p3", "p4"]


def test_a_form_asks_the_same(full: Any) -> None:
    form = {"content_type": "application/x-www-form-urlencoded"}
    assert ids(full.json("POST", "Patient/_search", b"family=moss3", **form)) == ["p3"]
    assert ids(full.json("POST", "Patient/_search?family=moss2", b"_count=1", **form)) == ["p2"]
    assert full.send("POST", "Patient/_search", {"family": "x"}).status == 415


def test_what_is_ignored_is_said(full: Any) -> None:
    page = full.json("GET", "Patient?color=red&family=moss1")
    assert ids(page) == ["p1"]
    assert page["entry"][-1]["search"]["mode"] == "outcome"
    assert "color" in page["entry"][-1]["resource"]["issue"][0]["diagnostics"]
    assert "color" not in page["link"][0]["url"]


def test_includes_both_ways(full: Any) -> None:
    assert ids(full.json("GET", "Condition?_include=Condition:patient"), "include") == ["p1"]
    assert ids(full.json("GET", "Patient?_id=p1&_revinclude=Condition:patient"), "include") == ["c"]


def test_absolute_references_to_this_server_are_understood(full: Any) -> None:
    address = quote("http://127.0.0.1:8000/fhir/Patient/p1", safe="")
    assert ids(full.json("GET", f"Condition?subject={address}")) == ["c"]


def test_counting_and_elements(full: Any) -> None:
    counted = full.json("GET", "Patient?_summary=count")
    assert counted["total"] == 5
    assert "entry" not in counted
    assert full.json("GET", "Patient?_count=1&_total=accurate")["total"] == 5
    page = full.json("GET", "Patient?_elements=gender&_count=1")
    assert set(page["entry"][0]["resource"]) == {"resourceType", "id", "meta", "gender"}


def test_a_batch_over_http(full: Any) -> None:
    answer = full.json(
        "POST",
        "",
        {
            "resourceType": "Bundle",
            "type": "batch",
            "entry": [
                {"request": {"method": "GET", "url": "Patient/nobody"}},
                {"request": {"method": "GET", "url": "Patient?_id=p1"}},
            ],
        },
    )
    assert [entry["response"]["status"] for entry in answer["entry"]] == ["404 Not Found", "200 OK"]
    assert answer["entry"][0]["response"]["outcome"]["issue"][0]["code"] == "not-found"


def test_a_transaction_over_http(full: Any) -> None:
    entry = {"resource": {"resourceType": "Patient"}, "request": {"method": "POST", "url": "Patient"}}
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": [entry]}
    answer = full.json("POST", "", bundle)
    assert answer["entry"][0]["response"]["status"] == "201 Created"
    assert answer["entry"][0]["response"]["location"].startswith("http://127.0.0.1:8000/fhir/Patient/")
    assert full.json("POST", "", bundle, prefer="return=representation")["entry"][0]["resource"]["id"]
    bundle["entry"] = [entry, {**entry, "resource": {"resourceType": "Patient", "gender": "blue"}}]
    outcome = full.json("POST", "", bundle, status=422)
    assert outcome["issue"][0]["expression"] == ["Bundle.entry[1].resource.gender"]


def test_the_capability_statement_lists_what_is_there(full: Any) -> None:
    statement = full.json("GET", "metadata", authorization="")
    assert statement["fhirVersion"] == "4.0.1"
    resources = {one["type"]: one for one in statement["rest"][0]["resource"]}
    assert {"patient", "category", "code", "date"} <= {p["name"] for p in resources["Observation"]["searchParam"]}
    assert "create" in {one["code"] for one in resources["Patient"]["interaction"]}


def test_another_practice_is_never_visible(full: Any, client_of: Any) -> None:
    from chartdesk.record.access import people

    stranger = client_of(people.open_practice(f"far-{full.token[:12].lower()}", "Far away"), "system/*.cruds")
    assert stranger.json("GET", "Patient?_summary=count")["total"] == 0
    assert stranger.send("GET", "Patient/p1").status == 404
    assert stranger.send("GET", "Patient/p1/_history").status == 404
    assert stranger.send("DELETE", "Patient/p1").status == 404
    created = stranger.json("PUT", "Patient/p1", {"resourceType": "Patient", "id": "p1"}, status=201)
    assert created["meta"]["versionId"] == "1"
    assert full.json("GET", "Patient/p1")["name"][0]["family"] == "Moss1"

"""Search over HTTP beyond one type: the whole server, a patient's compartment, forms; summaries; what is refused."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from tests.unit.record import library

from chartdesk.kit.transactions import transaction
from chartdesk.record import database
from chartdesk.record.definitions import state

FORM = {"content_type": "application/x-www-form-urlencoded"}


@pytest.fixture
def full(api: Any) -> Any:
    """The small record, sent over the API."""
    for one in (*library.PEOPLE, *library.CLINICAL, *library.FORMS):
        api.json("PUT", f"{one['resourceType']}/{one['id']}", one, status=201)
    return api


def names(bundle: dict[str, Any], mode: str = "match") -> list[str]:
    """``Type/id`` of the entries."""
    found = [entry["resource"] for entry in bundle.get("entry", ()) if entry["search"]["mode"] == mode]
    return sorted(f"{one['resourceType']}/{one['id']}" for one in found)


def links(bundle: dict[str, Any]) -> dict[str, str]:
    return {link["relation"]: link["url"] for link in bundle["link"]}


def test_the_whole_server(full: Any) -> None:
    page = full.json("GET", "?_type=Patient,Practitioner&name=hill,moss")
    assert names(page) == ["Patient/ada", "Practitioner/hill"]
    assert links(page)["self"].startswith("http://127.0.0.1:8000/fhir/?_type=Patient")
    assert names(full.json("GET", "?_tag=vip")) == ["Patient/ada"]
    assert names(full.json("POST", "_search", b"_type=Condition,Encounter&patient=ada", **FORM)) == [
        "Condition/diabetes",
        "Encounter/visit",
    ]
    outcome = full.json("GET", "?_type=Patient,Nothing", status=400)
    assert "Nothing" in outcome["issue"][0]["diagnostics"]


def test_the_whole_server_in_pages(full: Any) -> None:
    page, found = full.json("GET", "?_type=Observation,Condition&_count=2&_sort=-_lastUpdated"), []
    while True:
        found += names(page)
        if "next" not in links(page):
            break
        page = full.json("GET", links(page)["next"].partition("/fhir")[2])
    assert len(found) == len(set(found)) == 9


def test_a_compartment(full: Any) -> None:
    assert names(full.json("GET", "Patient/ada/Observation")) == [
        "Observation/bp1",
        "Observation/mood",
        "Observation/w1",
    ]
    assert names(full.json("GET", "Patient/ada/Observation?code=29463-7")) == ["Observation/w1"]
    everything = names(full.json("GET", "Patient/ben/*"))
    assert {"Patient/ben", "Observation/bp2", "Condition/pressure", "Group/smokers"} <= set(everything)
    assert not {"Patient/ada", "Practitioner/hill", "Observation/bp1"} & set(everything)
    page = full.json("GET", "Patient/ada/*?_count=2")
    assert links(page)["next"].startswith("http://127.0.0.1:8000/fhir/Patient/ada/*?_count=2&_cursor=")
    page = full.json("GET", links(page)["next"].partition("/fhir/")[2])
    assert len(page["entry"]) == 2
    assert names(full.json("GET", "Patient/nobody/Observation")) == []
    assert "never in a patient's compartment" in full.send("GET", "Patient/ada/Location").body.decode()
    assert full.send("GET", "Encounter/visit/Observation").status == 404


def test_a_patients_own_token_sees_the_compartment_only(practice: Any, full: Any, client_of: Any) -> None:
    observer = client_of(practice, "system/Observation.rs")
    assert names(observer.json("GET", "Patient/ada/*")) == ["Observation/bp1", "Observation/mood", "Observation/w1"]
    assert observer.send("GET", "Patient/ada/Condition").status == 403
    assert observer.send("GET", "?_type=Observation,Condition").status == 403


@pytest.mark.parametrize(
    ("summary", "members"),
    [
        ("true", {"active", "address", "birthDate", "deceasedBoolean", "gender", "identifier", "name", "telecom"}),
        ("text", set()),
        ("data", {"active", "generalPractitioner", "name"}),
        ("false", {"active", "generalPractitioner", "name"}),
    ],
)
def test_summaries(full: Any, summary: str, members: set[str]) -> None:
    (entry,) = full.json("GET", f"Patient?_id=ada&_summary={summary}")["entry"]
    one = entry["resource"]
    assert members <= set(one)
    assert ("generalPractitioner" in one) == (summary in ("data", "false"))
    marked = any(tag.get("code") == "SUBSETTED" for tag in one["meta"]["tag"])
    assert marked == (summary in ("true", "text"))
    assert full.json("GET", f"Patient?_summary={summary}&_total=accurate&_count=1")["total"] == 3


def test_what_is_not_served_is_said_with_the_way_round_it(full: Any) -> None:
    page = full.json("GET", "Patient?_content=moss")
    (issue,) = page["entry"][-1]["resource"]["issue"]
    assert "Full text is not indexed" in issue["diagnostics"]
    strict = full.json("GET", "Patient?_content=moss&color=red", status=400, prefer="handling=strict")
    assert [one["expression"] for one in strict["issue"]] == [["_content"], ["color"]]
    assert "Full text is not indexed" in strict["issue"][0]["diagnostics"]
    refused = full.json("GET", "Patient?_contained=both", status=400)
    assert "contained" in refused["issue"][0]["diagnostics"]


def test_bad_questions_are_answered_with_what_was_wrong(full: Any) -> None:
    for query, word in (
        ("Observation?date=2024-13", "date"),
        ("Observation?value-quantity=much", "value-quantity"),
        ("Observation?code:exact=x", "code:exact"),
        ("Observation?code-value-quantity=x", "code-value-quantity"),
        ("Observation?focus.focus.focus.focus.name=x", "focus"),
        ("Patient?name=a%00b", "%00"),
        ("Patient?_cursor=W10", "cursor"),
        (f"Condition?code:in={quote('http://sets.example/none')}", "http://sets.example/none"),
        ("Patient?_sort=name&_cursor=" + "A" * 5000, "cursor"),
    ):
        response = full.send("GET", query)
        assert response.status == 400, query
        issue = json.loads(response.body)["issue"][0]
        assert issue["severity"] == "error"
        assert word in issue["diagnostics"]


def test_a_search_that_is_too_costly(full: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    from chartdesk.record.search import inclusion

    # The statement of an include, made to take long: whatever the cause, the answer is this one.
    monkeypatch.setattr(settings, "SEARCH_SECONDS", 1)
    monkeypatch.setattr(inclusion, "_NAMED", inclusion._NAMED.replace("WHERE", "CROSS JOIN pg_sleep(30) WHERE"))
    outcome = full.json("GET", "Observation?_id=w1&_include=Observation:subject", status=400)
    assert outcome["issue"][0]["code"] == "too-costly"
    assert "Name a patient" in outcome["issue"][0]["diagnostics"]


def test_an_index_that_is_being_built_is_said(practice: Any, full: Any) -> None:
    with transaction(practice.pk):
        database.execute("UPDATE definitions_indexstate SET version = 'unknown'")
    state.forget(practice.pk)
    page = full.json("GET", "Patient?family=moss")
    (issue,) = page["entry"][-1]["resource"]["issue"]
    assert (issue["code"], issue["severity"]) == ("incomplete", "warning")
    assert "Patient:family is being built" in issue["diagnostics"]
    assert full.send("GET", "Patient?family=moss", prefer="handling=strict").status == 503
    state.forget(practice.pk)

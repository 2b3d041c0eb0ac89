"""``$export``: kick-off, what the files hold, what is refused, what scopes hold back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from tests.unit.api.exported import ASYNC, asked, carried_out, fetched, fill, held, job_of, observation, put

from chartdesk.kit import clock
from chartdesk.record.bulk import exporting


def test_the_system_level_gives_everything_as_it_is_stored(api: Any, practice: Any) -> None:
    fill(api)
    put(api, observation("digits", "a", valueQuantity={"value": 1, "unit": "kg"}))
    body = (
        json.dumps(observation("lines", "a", note=[{"text": "x"}]), indent=2).replace('"x"', '"two\\nlines"').encode()
    )
    assert api.send("PUT", "Observation/lines", body).status == 201
    before = clock.now()
    manifest = carried_out(api, practice, "$export")
    assert manifest["request"] == "http://127.0.0.1:8000/fhir/$export"
    assert manifest["transactionTime"] >= before.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    assert held(api, manifest) == {
        "Group": ["g"],
        "Observation": ["a1", "a2", "b1", "b2", "c1", "c2", "digits", "lines"],
        "Patient": ["a", "b", "c"],
        "Practitioner": ["doc"],
        "ValueSet": ["set"],
    }
    url = next(one["url"] for one in manifest["output"] if one["type"] == "Observation")
    lines = {json.loads(line)["id"]: line for line in fetched(api, url).splitlines()}
    assert lines["a1"] == api.send("GET", "Observation/a1").body
    assert json.loads(lines["lines"])["note"] == [{"text": "two\nlines"}]


@pytest.mark.parametrize(
    ("address", "types"),
    [
        ("Patient/$export", {"Patient": "a b c", "Observation": "a1 a2 b1 b2 c1 c2", "Practitioner": "doc"}),
        ("Patient/$export?_type=Patient", {"Patient": "a b c"}),
        ("Group/g/$export", {"Patient": "a b", "Observation": "a1 a2 b1 b2", "Practitioner": "doc"}),
        ("Group/g/$export?_type=Observation&_typeFilter=Observation?category=vital-signs", {"Observation": "a2 b2"}),
        ("$export?_type=Observation,Patient&_typeFilter=Observation?category=vital-signs",
         {"Observation": "a2 b2 c2", "Patient": "a b c"}),
        ("$export?_type=Observation&_typeFilter=Observation?category=vital-signs&_typeFilter=Observation?patient=a",
         {"Observation": "a1 a2 b2 c2"}),
        ("$export?_type=Observation&_typeFilter=Observation%3Fcategory%3Dvital-signs%26patient%3Da",
         {"Observation": "a2"}),
    ],
)  # fmt: skip
def test_levels_types_and_filters(api: Any, practice: Any, address: str, types: dict[str, str]) -> None:
    fill(api)
    assert held(api, carried_out(api, practice, address)) == {type: ids.split() for type, ids in types.items()}


def test_a_kick_off_may_be_a_post(api: Any, practice: Any) -> None:
    fill(api)
    body = {"resourceType": "Parameters", "parameter": [
        {"name": "_type", "valueString": "Patient,Observation"},
        {"name": "_typeFilter", "valueString": "Observation?category=vital-signs"},
        {"name": "patient", "valueReference": {"reference": "Patient/b"}},
        {"name": "_outputFormat", "valueString": "ndjson"},
    ]}  # fmt: skip
    manifest = carried_out(api, practice, "Group/g/$export", method="POST", body=body)
    assert held(api, manifest) == {"Patient": ["b"], "Observation": ["b2"]}
    body["parameter"][2] = {"name": "patient", "valueReference": {"reference": "Patient/c"}}
    assert api.send("POST", "Group/g/$export", body, **ASYNC).status == 400


def test_since_gives_what_changed_and_what_was_deleted(api: Any, practice: Any) -> None:
    fill(api)
    first = carried_out(api, practice, "Patient/$export?_type=Patient,Observation")
    since = first["transactionTime"]
    put(api, observation("a1", "a", "survey"))
    for id in ("b1", "c1"):
        assert api.send("DELETE", f"Observation/{id}").status == 204
    for address, gone in (
        ("$export", ["Observation/b1", "Observation/c1"]),
        ("Patient/$export", ["Observation/b1", "Observation/c1"]),
        ("Group/g/$export", ["Observation/b1"]),
    ):
        manifest = carried_out(api, practice, f"{address}?_since={since}")
        assert held(api, manifest) == {"Observation": ["a1"]}
        (deleted,) = manifest["deleted"]
        bundle = json.loads(fetched(api, deleted["url"]))
        assert deleted["type"] == bundle["resourceType"] == "Bundle"
        assert [entry["request"]["url"] for entry in bundle["entry"]] == gone
        assert {entry["request"]["method"] for entry in bundle["entry"]} == {"DELETE"}


@pytest.mark.parametrize(
    ("address", "headers", "status", "said"),
    [
        ("$export", {"prefer": ""}, 400, "respond-async"),
        ("$export?_type=Nothing", {}, 400, "Nothing"),
        ("Patient/$export?_type=ValueSet", {}, 400, "no patient"),
        ("$export?_outputFormat=text/csv", {}, 400, "ndjson"),
        ("$export?_elements=id", {}, 400, "_elements"),
        ("$export?_since=yesterday", {}, 400, "instant"),
        ("$export?_typeFilter=Observation", {}, 400, "filter"),
        ("$export?_type=Patient&_typeFilter=Observation?code=1", {}, 400, "filter"),
        ("$export?_typeFilter=Observation?color=red", {}, 400, "color"),
        ("$export?_typeFilter=Observation?_include=*", {}, 400, "_include"),
        ("$export?patient=Patient/a", {}, 400, "patient"),
        ("Patient/$export?patient=a", {}, 400, "Patient/1"),
        ("Group/none/$export", {}, 404, "Group/none"),
        ("$export", {"accept": "text/html"}, 406, "text/html"),
    ],
)
def test_what_makes_no_sense_is_refused(
    api: Any, address: str, headers: dict[str, str], status: int, said: str
) -> None:
    response = api.send("GET", address, **{**ASYNC, **headers})
    assert response.status == status
    assert said in json.loads(response.body)["issue"][0]["diagnostics"]


def test_lenient_leaves_out_and_says_so(api: Any, practice: Any) -> None:
    fill(api)
    address = "Patient/$export?_type=Patient,ValueSet&_elements=id"
    manifest = carried_out(api, practice, address, prefer="respond-async, handling=lenient")
    assert held(api, manifest) == {"Patient": ["a", "b", "c"]}
    (error,) = manifest["error"]
    assert "ValueSet" in fetched(api, error["url"]).decode()


def test_scopes_hold(api: Any, practice: Any, client_of: Callable[..., Any]) -> None:
    fill(api)
    narrow = client_of(practice, "system/Observation.rs?category=vital-signs", "system/Patient.r", "system/Group.r")
    assert held(narrow, carried_out(narrow, practice, "$export")) == {
        "Group": ["g"],
        "Observation": ["a2", "b2", "c2"],
        "Patient": ["a", "b", "c"],
    }
    assert held(narrow, carried_out(narrow, practice, "Group/g/$export"))["Observation"] == ["a2", "b2"]
    assert narrow.send("GET", "$export?_type=Practitioner", **ASYNC).status == 403
    writer = client_of(practice, "system/Patient.c")
    assert writer.send("GET", "$export", **ASYNC).status == 403


def test_nobody_else_sees_an_export(api: Any, practice: Any, client_of: Callable[..., Any], database: str) -> None:
    fill(api)
    place = asked(api, "$export")
    exporting.run(practice.pk, job_of(place))
    url = json.loads(api.send("GET", place).body)["output"][0]["url"].partition("/fhir/")[2]
    other = client_of(practice, "system/*.cruds")
    for method, address in (("GET", place), ("DELETE", place), ("GET", url)):
        assert other.send(method, address).status == 404
    assert api.send("GET", place).status == 200
    assert api.send("GET", url, authorization="Bearer nothing").status == 401
    assert api.send("GET", url.replace("name=", "name=../")).status == 404


def test_another_practice_is_out_of_sight(api: Any, practice: Any, client_of: Callable[..., Any]) -> None:
    from chartdesk.record.access import people

    fill(api)
    other = people.open_practice(f"{practice.slug}-2", "Other")
    stranger = client_of(other, "system/*.cruds")
    assert held(stranger, carried_out(stranger, other, "$export")) == {}
    assert stranger.send("GET", asked(api, "$export")).status == 404

"""Every search that US Core 6.1 and 7.0 say a server SHALL support, taken from their CapabilityStatements.

The questions are made from the published examples: each example must be found by its own values, must not be found once
a value is another, and nothing may be found that does not have the values.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chartdesk.kit.errors import Invalid
from chartdesk.record import search, store
from chartdesk.record.access import people
from chartdesk.record.access.subject import Subject, system
from chartdesk.standards import fhir
from chartdesk.standards.fhir.search import Extracted, extract, parameters

VERSIONS = ("6.1.0", "7.0.0")
SHALL = "SHALL"
_COMBINATION = "capabilitystatement-search-parameter-combination"
_EXPECTATION = "capabilitystatement-expectation"
Question = tuple[str, tuple[str, ...]]


def expectation(element: dict[str, Any]) -> str:
    """How binding a part of a CapabilityStatement is."""
    found = [one for one in element.get("extension", ()) if one["url"].endswith(_EXPECTATION)]
    return str(found[0]["valueCode"]) if found else ""


def shall(statement: dict[str, Any]) -> Iterator[Question]:
    """(type, parameters that go together) of every search that the statement demands."""
    for resource in statement["rest"][0]["resource"]:
        for parameter in resource.get("searchParam", ()):
            if expectation(parameter) == SHALL:
                yield resource["type"], (parameter["name"],)
        for one in resource.get("extension", ()):
            if one["url"].endswith(_COMBINATION) and expectation(one) == SHALL:
                names = [part["valueString"] for part in one["extension"] if part["url"] == "required"]
                yield resource["type"], tuple(sorted(names))


def statement(shared: Path, version: str) -> dict[str, Any]:
    file = shared / "definitions" / "us_core" / version / "CapabilityStatement-us-core-server.json"
    found: dict[str, Any] = json.loads(file.read_text())
    return found


@pytest.fixture(scope="module")
def examples(database: str, shared: Path) -> tuple[Subject, dict[str, list[fhir.r4.Resource]]]:
    """The published examples in a practice of their own, with what of them could be stored."""
    subject = system(people.open_practice("us-core-searches", "US Core").pk, "test")
    stored: dict[str, list[fhir.r4.Resource]] = {}
    for file in sorted((shared / "samples" / "fhir" / "us_core").glob("*.json")):
        body = file.read_bytes()
        try:
            resource = fhir.decode(body)
            if resource.resourceType != "Bundle":
                store.put(subject, body, projection=True)
                stored.setdefault(resource.resourceType, []).append(resource)
        except Invalid:
            # An example of an older or newer definition; the others of its type remain.
            continue
    return subject, stored


def value_of(found: Extracted, type: str, code: str) -> str | None:
    """A value that the example has for a parameter, as a query writes it."""
    if code == "_id":
        return None
    kind = parameters(type)[code].kind
    if kind == "token":
        values = [(system, value) for name, system, value in found.tokens if name == code and value]
        return next((f"{system or ''}|{value}" for system, value in values), None)
    if kind == "reference":
        return next((f"{target}/{id}" for name, target, id in found.references if name == code), None)
    if kind == "string":
        return next((text for name, text in found.strings if name == code), None)
    if kind == "date":
        return next((f"ge{low:%Y-%m-%d}" for name, low, _ in found.dates if name == code and low.year > 1), None)
    raise AssertionError(kind)


def another(type: str, code: str, value: str) -> str:
    """A value of the same kind that no example has."""
    kind = parameters(type)[code].kind
    return {"token": "urn:none|none", "reference": "Patient/nobody", "string": "qqq", "date": "lt1901-01-01"}[kind]


def escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace(",", "\\,").replace("$", "\\$")


def asked(subject: Subject, type: str, pairs: list[tuple[str, str]]) -> set[str]:
    """Ids found, all pages, nothing ignored."""
    assert search.find(subject, type, pairs, strict=True).query.ignored == []
    return {one.id for one in search.all(subject, type, pairs)}


def test_the_statements_demand_what_is_known(shared: Path) -> None:
    demanded = {question for version in VERSIONS for question in shall(statement(shared, version))}
    assert len(demanded) > 45
    assert ("Observation", ("category", "date", "patient")) in demanded
    assert ("Patient", ("birthdate", "name")) in demanded
    assert all(set(codes) <= set(parameters(type)) for type, codes in demanded)


@pytest.mark.parametrize("version", VERSIONS)
def test_each_search_finds_what_it_shall(
    examples: tuple[Subject, dict[str, list[fhir.r4.Resource]]], shared: Path, version: str
) -> None:
    subject, stored = examples
    tried: dict[Question, int] = {}
    for type, codes in sorted(set(shall(statement(shared, version)))):
        for example in stored.get(type, ()):
            found = extract(example)
            values = {code: example.id if code == "_id" else value_of(found, type, code) for code in codes}
            if any(value is None for value in values.values()):
                continue
            pairs = [(code, escaped(value or "")) for code, value in values.items()]
            matches = asked(subject, type, pairs)
            assert example.id in matches, (type, pairs)
            for other in stored[type]:
                if other.id in matches:
                    theirs = extract(other)
                    assert all(code == "_id" or value_of(theirs, type, code) is not None for code in codes)
            for place, (code, value) in enumerate(pairs):
                wrong = "nobody" if code == "_id" else another(type, code, value)
                assert asked(subject, type, [*pairs[:place], (code, wrong), *pairs[place + 1 :]]) == set()
            tried[type, codes] = tried.get((type, codes), 0) + 1
    untried = {question for question in shall(statement(shared, version)) if question not in tried}
    # Without an example that has the value, the search is demanded and cannot be shown.
    assert len(tried) >= 40, sorted(untried)


@pytest.mark.parametrize("version", VERSIONS)
def test_each_revinclude_of_provenance(
    examples: tuple[Subject, dict[str, list[fhir.r4.Resource]]], shared: Path, version: str
) -> None:
    subject, stored = examples
    shown = 0
    for resource in statement(shared, version)["rest"][0]["resource"]:
        if "Provenance:target" not in resource.get("searchRevInclude", ()) or not stored.get(resource["type"]):
            continue
        example = stored[resource["type"]][0]
        body = {
            "resourceType": "Provenance",
            "id": f"about-{example.id}"[:64],
            "target": [{"reference": f"{resource['type']}/{example.id}"}],
            "recorded": "2024-01-01T00:00:00Z",
            "agent": [{"who": {"display": "Somebody"}}],
        }
        store.put(subject, json.dumps(body).encode())
        pairs = [("_id", example.id or ""), ("_revinclude", "Provenance:target")]
        page = search.find(subject, resource["type"], pairs, strict=True)
        assert body["id"] in [one.id for one in page.included], resource["type"]
        shown += 1
    assert shown > 12


@pytest.mark.parametrize("type", ["Observation", "DiagnosticReport", "Condition"])
def test_dates_are_compared(examples: tuple[Subject, dict[str, list[fhir.r4.Resource]]], type: str) -> None:
    subject, stored = examples
    code = "onset-date" if type == "Condition" else "date"
    tried = 0
    for example in stored[type]:
        found = extract(example)
        day, patient = value_of(found, type, code), value_of(found, type, "patient")
        if day is None or patient is None:
            continue
        year = int(day[2:6])
        within = [("patient", patient), (code, f"ge{year}-01-01"), (code, f"lt{year + 1}-01-01")]
        before = [("patient", patient), (code, f"eb{year}-01-01")]
        assert example.id in asked(subject, type, within)
        assert example.id not in asked(subject, type, before)
        tried += 1
    assert tried > 0

"""The examples of US Core against its profiles: each keeps them, and damaged it does not.

The examples are of version 9; where it departs from 6.1 or 7.0, the place is listed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chartdesk.kit.errors import Invalid
from chartdesk.standards.fhir import decode, profiles, r4, validate
from chartdesk.standards.fhir.views import View

# Gender may be left out since 8.0; the smoking status takes a period since 7.0.
DEPARTURES = {
    ("patient-deceased-example.json", "6.1.0"): ["Patient.gender"],
    ("patient-deceased-example.json", "7.0.0"): ["Patient.gender"],
    ("patient-infant-example.json", "6.1.0"): ["Patient.gender"],
    ("patient-infant-example.json", "7.0.0"): ["Patient.gender"],
    ("e-cig-user.json", "6.1.0"): ["Observation.effective"],
}


def claims(samples: Path) -> Iterator[tuple[str, bytes, str]]:
    """(file, text, profile with version) of each example of a profile that is known."""
    for path in sorted((samples / "us_core").glob("*.json")):
        text = path.read_bytes()
        for claimed in json.loads(text).get("meta", {}).get("profile", ()):
            for profile in profiles.versions(claimed.partition("|")[0]):
                yield path.name, text, profile


def errors(resource: r4.Resource, profile: str) -> list[str]:
    return [issue.expression for issue in profiles.faults(resource, profile) if issue.severity == "error"]


def test_the_examples_keep_their_profiles(samples):
    found = {}
    checked = 0
    for name, text, profile in claims(samples):
        checked += 1
        if places := errors(decode(text), profile):
            found[name, profile.partition("|")[2]] = places
    assert checked > 190
    assert found == DEPARTURES


def required(profile: str) -> list[str]:
    """The top elements that a profile requires of every resource."""
    return [row.name for row in profiles._tables().profiles[profile].elements if row.min]


def damaged(text: bytes, profile: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """(what was done, resource): a required element removed, a pattern or slice broken, a slice twice."""
    for name in required(profile):
        value = json.loads(text)
        for member in [m for m in value if m.lstrip("_").startswith(name)]:
            del value[member]
        yield f"without {name}", value
    for row in profiles._tables().profiles[profile].elements:
        value = json.loads(text)
        if isinstance(row.pattern, dict) and row.name in value and not isinstance(value[row.name], list):
            value[row.name] = {"text": "something else"}
            yield f"another {row.name}", value
        for part in row.slices:
            value = json.loads(text)
            items = value.get(row.name)
            if isinstance(items, list) and part.max == 1 and part.min == 1 and len(items) == 1:
                value[row.name] = items * 2
                yield f"{row.name} twice", value


def test_damaged_examples_do_not(samples):
    refused = 0
    for name, text, profile in claims(samples):
        for what, value in damaged(text, profile):
            if not View(value, "Resource").resourceType:
                continue
            try:
                resource = decode(json.dumps(value))
            except Invalid:
                continue
            if validate(resource):
                refused += 1
                continue
            places = errors(resource, profile)
            assert places, f"{name}, {what}, by {profile}"
            assert all(place.startswith(value["resourceType"]) for place in places)
            refused += 1
    assert refused > 400


@pytest.mark.parametrize("type", ["Patient", "Observation", "Condition"])
def test_an_empty_resource_keeps_none(type):
    for profile in profiles.known(type):
        value = {"resourceType": type, "id": "x", "status": "final", "code": {"text": "x"}}
        if type == "Patient":
            value = {"resourceType": type, "id": "x"}
        if type == "Condition":
            value = {"resourceType": type, "id": "x", "subject": {"reference": "Patient/1"}}
        assert errors(decode(json.dumps(value)), profile)

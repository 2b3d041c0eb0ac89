"""What charting writes, held against the US Core 6.1 profiles: required elements, fixed and pattern values.

A small reader of StructureDefinitions, independent of our own types: it walks the JSON by the paths of the
profile's elements. Slices are checked where the profile requires one of them.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from chartdesk.ehr.charting import allergies, commands, problems, queries, vitals
from chartdesk.ehr.medications import commands as medications
from chartdesk.record import search, store
from chartdesk.standards.fhir import r4

VERSION = "us_core/6.1.0"
STARTS = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
TYPES = (
    "Encounter",
    "Condition",
    "AllergyIntolerance",
    "Observation",
    "MedicationRequest",
    "DocumentReference",
)


@pytest.fixture
def written(subject) -> dict[str, list[dict[str, Any]]]:
    """Everything that one signed visit leaves in the record, by type."""
    patient = store.put(subject, r4.Patient(name=[r4.HumanName(family="Moss", given=["Ivy"])], gender="female")).id
    practitioner = store.put(subject, r4.Practitioner(name=[r4.HumanName(family="Okafor")])).id
    location = store.put(subject, r4.Location(name="Main Street")).id
    problems.add(subject, patient, "I10")
    allergies.add(subject, patient, "codeine", reaction="hives", severity="mild")
    medications.add(subject, patient, "lisinopril", dosage="10 mg once a day")
    notice = commands.VisitNotice(
        appointment_id="a1",
        patient_id=patient,
        practitioner=practitioner,
        starts=STARTS,
        ends=STARTS + timedelta(minutes=20),
        visit_type="sick",
        visit_type_name="Sick visit",
        status="roomed",
        reason="sore throat",
        location=location,
        arrived=STARTS,
        roomed=STARTS,
    )
    encounter = commands.expect_visit(subject, notice)
    vitals.record(subject, encounter, vitals.Vitals(120, 80, 72, Decimal("98.6"), 16, 98, 150, 65))
    note = queries.note(subject, encounter)
    content = commands.NoteContent(
        dict.fromkeys(("subjective", "objective", "assessment", "plan"), "Written."),
        [commands.Diagnosis("J02.0")],
        [commands.Procedure("99213", pointers=[1])],
    )
    commands.save_note(subject, note.note_id, content, version=0)
    commands.sign(subject, note.note_id, version=1)
    commands.addend(subject, note.note_id, "Later.")
    asked = [("patient", patient)]
    return {type: [json.loads(one.body) for one in search.all(subject, type, asked)] for type in TYPES}


def _profile(shared: Path, url: str) -> list[dict[str, Any]]:
    file = shared / "definitions" / VERSION / f"StructureDefinition-{url.rpartition('/')[2]}.json"
    elements: list[dict[str, Any]] = json.loads(file.read_text())["snapshot"]["element"]
    return elements


def _at(value: Any, path: list[str]) -> list[Any]:
    """Every value at a path of element names; ``[x]`` stands for any type."""
    if not path:
        return [value]
    if isinstance(value, list):
        return [found for item in value for found in _at(item, path)]
    name, rest = path[0].removesuffix("[x]"), path[1:]
    if not isinstance(value, dict):
        return []
    keys = [key for key in value if key == name or (path[0].endswith("[x]") and key.startswith(name))]
    found = [one for key in keys for one in _at(value[key], rest)]
    return [one for item in found for one in (item if isinstance(item, list) else [item])]


def _matches(value: Any, pattern: Any) -> bool:
    if isinstance(pattern, dict):
        return isinstance(value, dict) and all(_matches(value.get(key), part) for key, part in pattern.items())
    if isinstance(pattern, list):
        return isinstance(value, list) and all(any(_matches(item, part) for item in value) for part in pattern)
    return bool(value == pattern)


def _faults(resource: dict[str, Any], elements: list[dict[str, Any]]) -> list[str]:
    faults = []
    for element in elements:
        parts = element["path"].split(".")[1:]
        expected = next((element[key] for key in element if key.startswith(("pattern", "fixed"))), None)
        if not parts or ":" in element["id"].rpartition(".")[0]:
            continue
        for parent in _at(resource, parts[:-1]):
            found = _at(parent, parts[-1:])
            if element.get("min", 0) > len(found):
                faults.append(f"{element['id']} is missing")
            if expected is None or not (found or element.get("min", 0)):
                continue
            hits = [one for one in found if _matches(one, expected)]
            if "sliceName" in element:
                if element.get("min", 0) > len(hits):
                    faults.append(f"{element['id']} has no {expected}")
            elif len(hits) != len(found):
                faults.append(f"{element['id']} is not {expected}")
    return faults


def test_everything_claims_a_profile_and_keeps_it(written, shared):
    faults, seen = [], set()
    for type, resources in written.items():
        assert resources, type
        for resource in resources:
            [url] = resource["meta"]["profile"]
            seen.add(url.rpartition("/")[2])
            faults += [f"{type} ({url}): {fault}" for fault in _faults(resource, _profile(shared, url))]
    assert faults == []
    assert len(seen) == 14


def test_the_reader_finds_what_is_missing(written, shared):
    pressure = next(o for o in written["Observation"] if o["meta"]["profile"][0].endswith("us-core-blood-pressure"))
    elements = _profile(shared, pressure["meta"]["profile"][0])
    broken = {**pressure, "code": {"text": "pressure"}, "component": pressure["component"][:1]}
    del broken["subject"]
    faults = " ".join(_faults(broken, elements))
    for words in (
        "Observation.subject is missing",
        "Observation.component is missing",
        "Observation.code is not",
    ):
        assert words in faults

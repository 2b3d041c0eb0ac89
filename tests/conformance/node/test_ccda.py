"""Medplum's C-CDA library reads what we write, and we read what it writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.conformance.node.conftest import Script
from tests.samples import ccda_written as sample

from chartdesk.standards import ccda
from chartdesk.standards.ccda import oids


@pytest.fixture(scope="module")
def theirs(node: Script, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """Our summary as it is in FHIR once they have read it, by type."""
    file = tmp_path_factory.mktemp("ccda") / "summary.xml"
    file.write_bytes(ccda.write(sample.SUMMARY))
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in node("ccda.mjs", "read", str(file))["entry"]:
        found.setdefault(entry["resource"]["resourceType"], []).append(entry["resource"])
    return found


def _codes(concept: dict[str, Any]) -> set[str]:
    return {one.get("code", "") for one in concept.get("coding", [])}


def test_they_read_whom_it_is_about(theirs):
    (patient,) = theirs["Patient"]
    (name,) = patient["name"]
    assert (name["family"], name["given"]) == ("Ölander", ["Mary", "Ann"])
    assert (patient["birthDate"], patient["gender"]) == ("1961-04-02", "female")
    assert patient["identifier"][0]["value"] == "100001"
    assert patient["address"][0]["city"] == "Columbus"


def test_they_read_problems_allergies_and_medicines(theirs):
    said = [_codes(one["code"]) for one in theirs["Condition"]]
    assert any("E11.9" in codes or "44054006" in codes for codes in said)
    assert len(said) >= len(sample.PROBLEMS)
    substances = {code for one in theirs["AllergyIntolerance"] for code in _codes(one["code"])}
    assert "7980" in substances and len(theirs["AllergyIntolerance"]) == len(sample.ALLERGIES)
    drugs = theirs["MedicationRequest"]
    assert len(drugs) == len(sample.MEDICATIONS)
    assert any("29046" in json.dumps(one) for one in drugs)


def test_they_read_results_vital_signs_and_vaccines(theirs):
    values = {
        (code, one.get("valueQuantity", {}).get("value"))
        for one in theirs["Observation"]
        for code in _codes(one["code"])
    }
    assert {("718-7", 13.2), ("8480-6", 128), ("8462-4", 82)} <= values
    given = {code for one in theirs["Immunization"] for code in _codes(one["vaccineCode"])}
    assert given == {"150", "33"}


def _bundle() -> dict[str, Any]:
    patient = {
        "resourceType": "Patient",
        "id": "p",
        "name": [{"family": "Moss", "given": ["Ivy"]}],
        "gender": "female",
        "birthDate": "1980-05-04",
        "identifier": [{"system": "urn:oid:2.16.840.1.113883.19.5", "value": "7"}],
    }
    active = [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]
    problem = {
        "resourceType": "Condition",
        "id": "c",
        "clinicalStatus": {"coding": active},
        "subject": {"reference": "Patient/p"},
        "onsetDateTime": "2019-03-01",
        "recordedDate": "2019-03-02",
        "code": {"coding": [{"system": oids.SNOMED, "code": "38341003", "display": "Hypertensive disorder"}]},
    }
    allergy = {
        "resourceType": "AllergyIntolerance",
        "id": "a",
        "clinicalStatus": {
            "coding": [{**active[0], "system": "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"}]
        },
        "patient": {"reference": "Patient/p"},
        "category": ["medication"],
        "code": {"coding": [{"system": oids.RXNORM, "code": "7980", "display": "penicillin G"}]},
        "reaction": [
            {"manifestation": [{"coding": [{"system": oids.SNOMED, "code": "247472004", "display": "Hives"}]}]}
        ],
    }
    medicine = {
        "resourceType": "MedicationRequest",
        "id": "m",
        "status": "active",
        "intent": "order",
        "subject": {"reference": "Patient/p"},
        "medicationCodeableConcept": {
            "coding": [{"system": oids.RXNORM, "code": "314076", "display": "lisinopril 10 MG Oral Tablet"}]
        },
        "dosageInstruction": [{"text": "one a day"}],
    }

    def section(title: str, code: str, *references: str) -> dict[str, Any]:
        return {
            "title": title,
            "code": {"coding": [{"system": oids.LOINC, "code": code}]},
            "text": {"status": "generated", "div": f"<div>{title}</div>"},
            "entry": [{"reference": one} for one in references],
        }

    composition = {
        "resourceType": "Composition",
        "id": "x",
        "status": "final",
        "date": "2026-11-20T14:30:00Z",
        "title": "Summary",
        "type": {"coding": [{"system": oids.LOINC, "code": "34133-9"}]},
        "subject": {"reference": "Patient/p"},
        "author": [{"display": "Ada Grant"}],
        "section": [
            section("Problems", "11450-4", "Condition/c"),
            section("Allergies", "48765-2", "AllergyIntolerance/a"),
            section("Medications", "10160-0", "MedicationRequest/m"),
        ],
    }
    resources = (composition, patient, problem, allergy, medicine)
    return {"resourceType": "Bundle", "type": "document", "entry": [{"resource": one} for one in resources]}


def test_we_read_what_they_write(node: Script, tmp_path: Path):
    file = tmp_path / "bundle.json"
    file.write_text(json.dumps(_bundle()))
    found = ccda.read(node("ccda.mjs", "write", str(file))["xml"].encode())
    assert (str(found.patient.name), found.patient.birth_date) == ("Ivy Moss", "1980-05-04")
    (problem,) = found.items("problems")
    assert problem.what.code_in(oids.SNOMED) == "38341003" and problem.status == "active"
    (allergy,) = found.items("allergies")
    assert allergy.substance.code_in(oids.RXNORM) == "7980"
    assert [one.what.words for one in allergy.reactions] == ["Hives"]
    (medicine,) = found.items("medications")
    assert medicine.drug.code_in(oids.RXNORM) == "314076" and medicine.status == "active"

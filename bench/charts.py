"""Charts of made-up patients in the shape that Synthea gives them: what a chart holds, how much of each, how long.

Of every hundred resources 56 are Observations (vital signs, laboratory, blood pressure with two components), the
others Procedures, DiagnosticReports, Encounters, Conditions, MedicationRequests, Immunizations and the Patient.
Claims are left out: Chartdesk makes its own.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

#: Resources of one chart.
CHART = 100
#: What one chart holds, besides its Patient.
SHARES = {
    "Encounter": 9,
    "Condition": 6,
    "Observation": 56,
    "Procedure": 9,
    "DiagnosticReport": 7,
    "MedicationRequest": 7,
    "Immunization": 5,
}
_LOINC = "http://loinc.org"
_SNOMED = "http://snomed.info/sct"
_TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
_LABS = (
    ("777-3", "Platelets [#/volume] in Blood by Automated count", "10*3/uL"),
    ("718-7", "Hemoglobin [Mass/volume] in Blood", "g/dL"),
    ("2339-0", "Glucose [Mass/volume] in Blood", "mg/dL"),
    ("2093-3", "Total Cholesterol", "mg/dL"),
    ("2571-8", "Triglycerides", "mg/dL"),
    ("4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood", "%"),
    ("6299-2", "Urea Nitrogen", "mg/dL"),
    ("38483-4", "Creatinine", "mg/dL"),
)
_VITALS = (
    ("8302-2", "Body Height", "cm"),
    ("29463-7", "Body Weight", "kg"),
    ("39156-5", "Body Mass Index", "kg/m2"),
    ("8867-4", "Heart rate", "/min"),
    ("72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported", "{score}"),
)
_FINDINGS = (
    ("444814009", "Viral sinusitis (disorder)"),
    ("75498004", "Acute bacterial sinusitis (disorder)"),
    ("59621000", "Hypertension"),
    ("44054006", "Diabetes"),
    ("195662009", "Acute viral pharyngitis (disorder)"),
    ("10509002", "Acute bronchitis (disorder)"),
)
_FAMILY = ("Moss", "Okafor", "Lindqvist", "Chen", "Garcia", "Novak", "Haddad", "Silva", "Kowalski", "Yamada")
_GIVEN = ("Ada", "Per", "Mei", "Luis", "Anna", "Omar", "Ines", "Jan", "Ruth", "Ken", "Vera", "Tom")


def write(folder: Path, resources: int, seed: int = 1) -> list[Path]:
    """NDJSON files of about ``resources`` resources, one for each type, as a bulk export gives them."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {type: (folder / f"{type}.ndjson").open("w") for type in ("Patient", *SHARES)}
    for number in range(max(1, resources // CHART)):
        for resource in chart(number, random.Random(seed * 1_000_003 + number)):
            files[resource["resourceType"]].write(json.dumps(resource, separators=(",", ":")) + "\n")
    for file in files.values():
        file.close()
    return [folder / f"{type}.ndjson" for type in files]


def chart(number: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    """One patient's resources."""
    name = f"{chance.getrandbits(64):016x}"
    yield {"resourceType": "Patient", "id": name, **_patient(number, chance)}
    encounters = [f"{name}-e{place}" for place in range(SHARES["Encounter"])]
    for type, count in SHARES.items():
        for place in range(count):
            content = _MAKERS[type](chance)
            about = "patient" if type == "Immunization" else "subject"
            content[about] = {"reference": f"Patient/{name}"}
            if type != "Encounter":
                content["encounter"] = {"reference": f"Encounter/{chance.choice(encounters)}"}
            if type == "DiagnosticReport":
                named = chance.sample(range(SHARES["Observation"]), 4)
                content["result"] = [
                    {"reference": f"Observation/{name}-o{one}", "display": chance.choice(_LABS)[1]} for one in named
                ]
            yield {"resourceType": type, "id": f"{name}-{type[0].lower()}{place}", **content}


def _patient(number: int, chance: random.Random) -> dict[str, Any]:
    family, given = chance.choice(_FAMILY), chance.choice(_GIVEN)
    us_core = "http://hl7.org/fhir/us/core/StructureDefinition/us-core"
    white = {"system": "urn:oid:2.16.840.1.113883.6.238", "code": "2106-3", "display": "White"}
    return {
        "text": {
            "status": "generated",
            "div": f'<div xmlns="http://www.w3.org/1999/xhtml">Chart {number} of a made-up practice.</div>',
        },
        "extension": [
            {
                "url": f"{us_core}-race",
                "extension": [
                    {"url": "ombCategory", "valueCoding": white},
                    {"url": "text", "valueString": "White"},
                ],
            },
            {"url": f"{us_core}-birthsex", "valueCode": chance.choice("FM")},
            {"url": "http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName", "valueString": "Marquardt"},
        ],
        "identifier": [
            {
                "type": _concept(code, words, f"{_TERMINOLOGY}/v2-0203"),
                "system": system,
                "value": f"{chance.getrandbits(48):012x}",
            }
            for code, words, system in (
                ("MR", "Medical Record Number", "http://hospital.example.org"),
                ("SS", "Social Security Number", "http://hl7.org/fhir/sid/us-ssn"),
                ("DL", "Driver's License", "urn:oid:2.16.840.1.113883.4.3.25"),
            )
        ],
        "name": [{"use": "official", "family": family, "given": [given], "prefix": [chance.choice(("Mr.", "Mrs."))]}],
        "telecom": [{"system": "phone", "value": f"614-555-{number % 10_000:04d}", "use": "home"}],
        "gender": chance.choice(("female", "male")),
        "birthDate": f"{chance.randrange(1930, 2024)}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}",
        "address": [
            {
                "line": [f"{chance.randrange(1, 999)} Main Street"],
                "city": chance.choice(("Columbus", "Dayton", "Toledo")),
                "state": "OH",
                "postalCode": f"43{chance.randrange(1000):03d}",
                "country": "US",
            }
        ],
        "maritalStatus": _concept("M", "M", f"{_TERMINOLOGY}/v3-MaritalStatus"),
        "communication": [{"language": _concept("en-US", "English", "urn:ietf:bcp:47")}],
    }


def _when(chance: random.Random) -> str:
    day = f"{chance.randrange(2012, 2026)}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"
    return f"{day}T{chance.randrange(8, 18):02d}:{chance.randrange(60):02d}:{chance.randrange(60):02d}"


def _concept(code: str, words: str, system: str = _SNOMED) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code, "display": words}], "text": words}


def _quantity(value: float, unit: str) -> dict[str, Any]:
    return {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}


def _encounter(chance: random.Random) -> dict[str, Any]:
    when = _when(chance)
    return {
        "status": "finished",
        "class": {"system": f"{_TERMINOLOGY}/v3-ActCode", "code": "AMB"},
        "type": [_concept("185345009", "Encounter for symptom")],
        "participant": [{"individual": {"reference": f"Practitioner/{chance.randrange(40)}"}}],
        "period": {"start": f"{when}+00:00", "end": f"{when[:11]}18:{when[14:]}+00:00"},
        "reasonCode": [{"coding": _concept(*chance.choice(_FINDINGS))["coding"]}],
        "serviceProvider": {"reference": f"Organization/{chance.randrange(10)}"},
    }


def _condition(chance: random.Random) -> dict[str, Any]:
    when = _when(chance)
    return {
        "clinicalStatus": {"coding": [{"system": f"{_TERMINOLOGY}/condition-clinical", "code": "active"}]},
        "verificationStatus": {"coding": [{"system": f"{_TERMINOLOGY}/condition-ver-status", "code": "confirmed"}]},
        "code": _concept(*chance.choice(_FINDINGS)),
        "onsetDateTime": f"{when}+00:00",
        "recordedDate": f"{when}+00:00",
    }


def _observation(chance: random.Random) -> dict[str, Any]:
    when = _when(chance)
    vital = chance.random() < 0.45
    kind = "vital-signs" if vital else "laboratory"
    content: dict[str, Any] = {
        "status": "final",
        "category": [{"coding": [{"system": f"{_TERMINOLOGY}/observation-category", "code": kind, "display": kind}]}],
        "effectiveDateTime": f"{when}+00:00",
        "issued": f"{when}.414+00:00",
    }
    if vital and chance.random() < 0.2:
        content["code"] = _concept("85354-9", "Blood Pressure", _LOINC)
        content["component"] = [
            {"code": _concept(code, words, _LOINC), "valueQuantity": _quantity(chance.uniform(low, low + 60), "mm[Hg]")}
            for code, words, low in (
                ("8462-4", "Diastolic Blood Pressure", 50),
                ("8480-6", "Systolic Blood Pressure", 90),
            )
        ]
        return content
    code, words, unit = chance.choice(_VITALS if vital else _LABS)
    content["code"] = _concept(code, words, _LOINC)
    content["valueQuantity"] = _quantity(chance.uniform(1, 300), unit)
    return content


def _procedure(chance: random.Random) -> dict[str, Any]:
    when = _when(chance)
    return {
        "status": "completed",
        "code": _concept("117015009", "Throat culture (procedure)"),
        "performedPeriod": {"start": f"{when}+00:00", "end": f"{when[:11]}18:{when[14:]}+00:00"},
        "reasonCode": [_concept(*chance.choice(_FINDINGS))],
    }


def _report(chance: random.Random) -> dict[str, Any]:
    when = _when(chance)
    return {
        "status": "final",
        "category": [
            {"coding": [{"system": f"{_TERMINOLOGY}/v2-0074", "code": "LAB", "display": "Laboratory"}]},
        ],
        "code": _concept("57698-3", "Lipid Panel", _LOINC),
        "effectiveDateTime": f"{when}+00:00",
        "issued": f"{when}.414+00:00",
    }


def _request(chance: random.Random) -> dict[str, Any]:
    rxnorm = "http://www.nlm.nih.gov/research/umls/rxnorm"
    return {
        "status": "stopped",
        "intent": "order",
        "medicationCodeableConcept": _concept("562251", "Amoxicillin 250 MG / Clavulanate 125 MG Oral Tablet", rxnorm),
        "authoredOn": f"{_when(chance)}+00:00",
        "requester": {"reference": f"Practitioner/{chance.randrange(40)}"},
    }


def _immunization(chance: random.Random) -> dict[str, Any]:
    return {
        "status": "completed",
        "vaccineCode": _concept("140", "Influenza, seasonal, injectable, preservative free", "http://hl7.org/fhir/sid/cvx"),
        "occurrenceDateTime": f"{_when(chance)}+00:00",
        "primarySource": True,
    }  # fmt: skip


_MAKERS = {
    "Encounter": _encounter,
    "Condition": _condition,
    "Observation": _observation,
    "Procedure": _procedure,
    "DiagnosticReport": _report,
    "MedicationRequest": _request,
    "Immunization": _immunization,
}

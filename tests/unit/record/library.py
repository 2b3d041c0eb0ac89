"""A small record with something of every kind that a search can ask for."""

from __future__ import annotations

import json
from typing import Any

from chartdesk.record import store
from chartdesk.record.access.subject import Subject

LOINC, UCUM, ICD10 = "http://loinc.org", "http://unitsofmeasure.org", "http://hl7.org/fhir/sid/icd-10-cm"
KINDS = "http://terminology.hl7.org/CodeSystem/v2-0203"
CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category"


def ref(reference: str) -> dict[str, str]:
    return {"reference": reference}


def concept(system: str, code: str, display: str = "", text: str = "") -> dict[str, Any]:
    coding = {"system": system, "code": code} | ({"display": display} if display else {})
    return {"coding": [coding]} | ({"text": text} if text else {})


def quantity(value: float, code: str, unit: str = "") -> dict[str, Any]:
    return {"value": value, "system": UCUM, "code": code, "unit": unit or code}


def observation(id: str, code: str, patient: str, when: str, **more: Any) -> dict[str, Any]:
    base = {"resourceType": "Observation", "id": id, "status": "final", "code": concept(LOINC, code)}
    return base | {"subject": ref(f"Patient/{patient}"), "effectiveDateTime": when} | more


def pressure(id: str, patient: str, when: str, systolic: int, diastolic: int) -> dict[str, Any]:
    parts = [("8480-6", systolic), ("8462-4", diastolic)]
    component = [
        {"code": concept(LOINC, code), "valueQuantity": quantity(value, "mm[Hg]", "mmHg")} for code, value in parts
    ]
    return observation(id, "85354-9", patient, when, component=component, category=[concept(CATEGORIES, "vital-signs")])


PEOPLE: list[dict[str, Any]] = [
    {
        "resourceType": "Patient",
        "id": "ada",
        "active": True,
        "name": [{"family": "Möss", "given": ["Ada"], "prefix": ["Dr."]}],
        "gender": "female",
        "birthDate": "1980-02-29",
        "identifier": [
            {"system": "urn:mrn", "value": "1001", "type": concept(KINDS, "MR", "Medical record number")},
            {"system": "urn:ssn", "value": "77", "type": concept(KINDS, "SS", text="Social security")},
        ],
        "telecom": [{"system": "phone", "value": "5550100"}, {"system": "email", "value": "ada@moss.example"}],
        "address": [{"city": "Columbus", "postalCode": "43215"}],
        "generalPractitioner": [ref("Practitioner/hill"), ref("Organization/clinic")],
        "managingOrganization": ref("Organization/clinic"),
        "deceasedBoolean": False,
        "meta": {
            "tag": [{"system": "urn:tags", "code": "vip"}],
            "profile": ["http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient"],
            "security": [{"system": "urn:labels", "code": "R"}],
            "source": "urn:registry:7",
        },
    },
    {
        "resourceType": "Patient",
        "id": "ben",
        "name": [{"family": "Reed", "given": ["Ben", "Lou"]}],
        "gender": "male",
        "birthDate": "1990-07-04",
        "identifier": [{"system": "urn:mrn", "value": "77", "type": concept(KINDS, "MR")}],
        "address": [{"city": "Dayton"}],
        "deceasedDateTime": "2024-05-01",
    },
    {"resourceType": "Patient", "id": "cy", "name": [{"family": "Moor"}], "gender": "unknown"},
    {"resourceType": "Practitioner", "id": "hill", "name": [{"family": "Hill", "given": ["Ida"]}]},
    {"resourceType": "Organization", "id": "group", "name": "Ohio Group"},
    {"resourceType": "Organization", "id": "clinic", "name": "River Clinic", "partOf": ref("Organization/group")},
    {"resourceType": "Location", "id": "house", "name": "House"},
    {"resourceType": "Location", "id": "floor", "name": "Floor", "partOf": ref("Location/house")},
    {"resourceType": "Location", "id": "room", "name": "Room", "partOf": ref("Location/floor")},
]
CLINICAL: list[dict[str, Any]] = [
    observation("w1", "29463-7", "ada", "2024-03-01T09:30:00-05:00", valueQuantity=quantity(61.0, "kg", "kilogram")),
    observation("w2", "29463-7", "ben", "2024-03", valueQuantity=quantity(90, "kg")),
    observation("mood", "72166-2", "ada", "2024-04-01", valueString="Never smoked"),
    observation("blood", "882-1", "ben", "2024-04-02", valueCodeableConcept=concept("urn:blood", "A", "Group A")),
    observation("stay", "1-8", "cy", "2024-04-03", valuePeriod={"start": "2024-01-01", "end": "2024-01-05"}),
    pressure("bp1", "ada", "2024-03-02", 150, 80),
    pressure("bp2", "ben", "2024-03-03", 120, 90),
    {
        "resourceType": "Condition",
        "id": "diabetes",
        "code": concept(ICD10, "E11.9", "Type 2 diabetes", "Sugar trouble"),
        "subject": ref("Patient/ada"),
        "clinicalStatus": concept("http://terminology.hl7.org/CodeSystem/condition-clinical", "active"),
        "onsetPeriod": {"start": "2020-01-01"},
        "encounter": ref("Encounter/visit"),
    },
    {
        "resourceType": "Condition",
        "id": "pressure",
        "code": concept(ICD10, "I10", "Hypertension"),
        "subject": ref("Patient/ben"),
        "onsetAge": {"value": 40, "system": UCUM, "code": "a", "unit": "years"},
        "recordedDate": "2024-01-01",
        "asserter": {"identifier": {"system": "urn:npi", "value": "9"}},
    },
    {
        "resourceType": "Encounter",
        "id": "visit",
        "status": "finished",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
        "subject": ref("Patient/ada"),
        "period": {"start": "2024-03-01T09:00:00Z", "end": "2024-03-01T10:00:00Z"},
        "location": [{"location": ref("Location/room")}],
        "participant": [{"individual": ref("Practitioner/hill")}],
        "length": {"value": 60, "system": UCUM, "code": "min"},
    },
    {
        "resourceType": "RiskAssessment",
        "id": "risk",
        "status": "final",
        "subject": ref("Patient/ada"),
        "prediction": [{"probabilityDecimal": 0.8}, {"probabilityDecimal": 0.125}],
    },
    {
        "resourceType": "DocumentReference",
        "id": "addendum",
        "status": "current",
        "subject": ref("Patient/ada"),
        "content": [{"attachment": {"url": "http://files.example/letters/2024/a.txt"}}],
        "relatesTo": [
            {"code": "appends", "target": ref("DocumentReference/letter")},
            {"code": "replaces", "target": ref("DocumentReference/draft")},
        ],
    },
    {
        "resourceType": "MolecularSequence",
        "id": "genes",
        "coordinateSystem": 0,
        "patient": ref("Patient/ada"),
        "referenceSeq": {
            "chromosome": concept("urn:chromosomes", "7"),
            "genomeBuild": "GRCh 37",
            "windowStart": 10,
            "windowEnd": 500,
        },
        "variant": [{"start": 100, "end": 120}, {"start": 300, "end": 400}],
    },
    {
        "resourceType": "Group",
        "id": "smokers",
        "type": "person",
        "actual": True,
        "characteristic": [
            {"code": concept("urn:c", "smoker"), "valueBoolean": True, "exclude": False},
            {"code": concept("urn:c", "diet"), "valueBoolean": False, "exclude": False},
        ],
        "member": [{"entity": ref("Patient/ada")}, {"entity": ref("Patient/ben")}],
    },
    {
        "resourceType": "List",
        "id": "today",
        "status": "current",
        "mode": "working",
        "entry": [{"item": ref("Patient/ada")}, {"item": ref("Observation/bp2")}],
    },
    {
        "resourceType": "Provenance",
        "id": "who",
        "target": [ref("Observation/bp1"), ref("Condition/diabetes")],
        "recorded": "2024-03-05T10:00:00Z",
        "agent": [{"who": ref("Practitioner/hill")}],
    },
]
FORMS: list[dict[str, Any]] = [
    {
        "resourceType": "Questionnaire",
        "id": "phq",
        "url": "http://forms.example/phq/9",
        "version": "2",
        "status": "active",
        "effectivePeriod": {"start": "2020", "end": "2022"},
        "useContext": [
            {"code": {"system": "urn:u", "code": "age"}, "valueQuantity": quantity(18, "a")},
            {"code": {"system": "urn:u", "code": "weight"}, "valueQuantity": quantity(80, "kg")},
            {"code": {"system": "urn:u", "code": "venue"}, "valueCodeableConcept": concept("urn:v", "clinic")},
        ],
    },
    {"resourceType": "Questionnaire", "id": "gad", "url": "http://forms.example/gad", "status": "draft"},
    {
        "resourceType": "QuestionnaireResponse",
        "id": "answers",
        "status": "completed",
        "subject": ref("Patient/ada"),
        "questionnaire": "http://forms.example/phq/9|2",
    },
    {
        "resourceType": "ValueSet",
        "id": "chronic",
        "url": "http://sets.example/chronic",
        "status": "active",
        "compose": {"include": [{"system": ICD10, "concept": [{"code": "E11.9"}, {"code": "E10.9"}]}]},
    },
    {
        "resourceType": "CodeSystem",
        "id": "bloods",
        "url": "urn:blood",
        "status": "active",
        "content": "complete",
        "concept": [{"code": "any", "concept": [{"code": "A"}, {"code": "B"}]}],
    },
]


def fill(subject: Subject) -> Subject:
    """Store everything; gives the subject back."""
    for resource in (*PEOPLE, *CLINICAL, *FORMS):
        store.put(subject, json.dumps(resource).encode())
    return subject

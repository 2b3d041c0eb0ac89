"""The rules of the definitions: all are accounted for, and those that are compiled refuse what they must."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from chartdesk.standards.fhir import decode, validate
from chartdesk.standards.fhir.checking import rules_of
from chartdesk.standards.fhir.facts import published_rules

TABLE = Path(__file__).resolve().parents[4] / "docs/fhir-rules.md"
ROWS = re.findall(r"^\| ([\w-]+) \| (\S+) \| (.+) \|$", TABLE.read_text("utf-8"), re.MULTILINE)[1:]
QUESTIONNAIRE = {"resourceType": "Questionnaire", "status": "draft"}
ITEM = {"linkId": "1", "type": "string"}
VALUE_SET = {"resourceType": "ValueSet", "status": "draft"}
CODE_SYSTEM = {"resourceType": "CodeSystem", "status": "draft", "content": "complete"}
CAPABILITY = {
    "resourceType": "CapabilityStatement",
    "status": "draft",
    "date": "2026",
    "kind": "requirements",
    "fhirVersion": "4.0.1",
    "format": ["json"],
    "description": "x",
    "rest": [{"mode": "server", "resource": [{"type": "Patient"}]}],
}
STRUCTURE = {
    "resourceType": "StructureDefinition",
    "url": "http://a.example/s",
    "name": "S",
    "status": "draft",
    "kind": "resource",
    "abstract": False,
    "type": "Patient",
    "baseDefinition": "http://hl7.org/fhir/StructureDefinition/Patient",
    "derivation": "constraint",
}
TEAM = {"resourceType": "CareTeam"}
STATUS = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"
ALLERGY = {"resourceType": "AllergyIntolerance", "patient": {"reference": "Patient/1"}}


def differential(*elements: dict) -> dict:
    rows = [{"id": f"e{n}", "path": "Patient.name" if n else "Patient", **e} for n, e in enumerate(elements)]
    return {**STRUCTURE, "differential": {"element": rows}}


def test_every_rule_is_checked_but_one_that_is_not_of_r4():
    assert len(ROWS) > 200
    assert [row[0] for row in ROWS if row[2].startswith("not checked")] == ["evv-1"]
    written = {rule.key for type in [*published_rules(), "Patient"] for rule in rules_of(type)}
    assert {row[0] for row in ROWS if row[2] == "compiled"} <= written


KEPT = [
    {**QUESTIONNAIRE, "item": [ITEM, {"linkId": "2", "type": "group", "item": [{**ITEM, "linkId": "2.1"}]}]},
    {**VALUE_SET, "compose": {"include": [{"system": "http://a.example"}]}},
    {**CODE_SYSTEM, "concept": [{"code": "a", "concept": [{"code": "b"}]}]},
    CAPABILITY,
    differential({}, {"type": [{"code": "HumanName"}]}),
    {
        **TEAM,
        "participant": [{"member": {"reference": "Practitioner/1"}, "onBehalfOf": {"reference": "Organization/1"}}],
    },
    {**ALLERGY, "clinicalStatus": {"coding": [{"system": STATUS, "code": "active"}]}},
    {**ALLERGY, "clinicalStatus": {"coding": [{"code": "x"}, {"system": STATUS, "code": "active"}]}},
    {**ALLERGY, "clinicalStatus": {"extension": [{"url": "http://a.example/absent", "valueCode": "unknown"}]}},
]


@pytest.mark.parametrize("value", KEPT)
def test_kept(value):
    assert validate(decode(json.dumps(value))) == []


BROKEN = [
    ({**QUESTIONNAIRE, "item": [{**ITEM, "type": "group"}]}, "Questionnaire.item[0]", "que-1"),
    ({**QUESTIONNAIRE, "item": [ITEM, ITEM]}, "Questionnaire", "que-2"),
    ({**QUESTIONNAIRE, "item": [{**ITEM, "type": "display", "required": True}]}, "Questionnaire.item[0]", "que-6"),
    ({**QUESTIONNAIRE, "item": [{**ITEM, "type": "date", "maxLength": 3}]}, "Questionnaire.item[0]", "que-10"),
    (
        {
            **QUESTIONNAIRE,
            "item": [{**ITEM, "enableWhen": [{"question": "0", "operator": "exists", "answerInteger": 1}]}],
        },
        "Questionnaire.item[0].enableWhen[0]",
        "que-7",
    ),
    ({**VALUE_SET, "compose": {"include": [{"version": "1"}]}}, "ValueSet.compose.include[0]", "vsd-1"),
    (
        {**VALUE_SET, "expansion": {"timestamp": "2026", "contains": [{"code": "x"}]}},
        "ValueSet.expansion.contains[0]",
        "vsd-10",
    ),
    ({**CODE_SYSTEM, "concept": [{"code": "a", "concept": [{"code": "a"}]}]}, "CodeSystem", "csd-1"),
    ({**CAPABILITY, "kind": "instance"}, "CapabilityStatement", "cpb-14"),
    (
        {**CAPABILITY, "rest": [{"mode": "server", "resource": [{"type": "Patient"}] * 2}]},
        "CapabilityStatement.rest[0]",
        "cpb-9",
    ),
    (STRUCTURE, "StructureDefinition", "sdf-6"),
    (differential({}, {"path": "Group.name"}), "StructureDefinition", "sdf-8a"),
    (differential({}, {"id": "e0"}), "StructureDefinition", "sdf-17"),
    (differential({}, {"min": 2, "max": "1"}), "StructureDefinition.differential.element[1]", "eld-2"),
    (differential({}, {"max": "x"}), "StructureDefinition.differential.element[1]", "eld-3"),
    (differential({}, {"sliceName": "a b"}), "StructureDefinition.differential.element[1]", "eld-16"),
    (
        {
            **TEAM,
            "participant": [{"member": {"reference": "Patient/1"}, "onBehalfOf": {"reference": "Organization/1"}}],
        },
        "CareTeam.participant[0]",
        "ctm-1",
    ),
    (
        {**ALLERGY, "clinicalStatus": {"coding": [{"system": STATUS, "code": "gone"}]}},
        "AllergyIntolerance.clinicalStatus",
        "value set allergyintolerance-clinical",
    ),
    ({**ALLERGY, "clinicalStatus": {"text": "active"}}, "AllergyIntolerance.clinicalStatus", STATUS + "|active"),
]


@pytest.mark.parametrize(("value", "place", "words"), BROKEN, ids=[row[2][:20] for row in BROKEN])
def test_broken(value, place, words):
    issues = validate(decode(json.dumps(value)))
    assert [i.expression for i in issues] == [place]
    assert words in issues[0].diagnostics

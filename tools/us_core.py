"""US Core profiles as facts: what each asks for beyond R4, as a tree of elements."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fhir_definitions import ANY, Element, Facts, ValueSets, by_system, terminology

VERSIONS = ("6.1.0", "7.0.0")
# What cannot be listed tells only the systems: race and ethnicity are kept by others.
RACES = "urn:oid:2.16.840.1.113883.6.238"
NULLS = "http://terminology.hl7.org/CodeSystem/v3-NullFlavor"
OUTSIDE = [
    {
        "resourceType": "ValueSet",
        "url": "http://cts.nlm.nih.gov/fhir/ValueSet/" + name,
        "compose": {"include": [{"system": system, "filter": [{"property": "concept"}]}]},
    }
    for name, system in (
        ("2.16.840.1.114222.4.11.836", RACES),
        ("2.16.840.1.114222.4.11.837", RACES),
        ("2.16.840.1.114222.4.11.876", RACES),
        ("2.16.840.1.114222.4.11.877", RACES),
        ("2.16.840.1.113762.1.4.1021.102", NULLS),
        ("2.16.840.1.113762.1.4.1021.103", NULLS),
    )
]
Row = dict[str, Any]


class Profiles:
    """Reads the definitions of one version."""

    def __init__(self, folder: Path, version: str, facts: Facts, package: Path) -> None:
        self.version = version
        self.facts = facts
        self.known = {(c.key, c.expression) for c in facts.constraints}
        self.definitions = [json.loads(p.read_text("utf-8")) for p in sorted(folder.glob("StructureDefinition-*.json"))]
        names = ("ValueSet-*.json", "CodeSystem-*.json")
        own = [json.loads(p.read_text("utf-8")) for name in names for p in sorted(folder.glob(name))]
        self.value_sets = ValueSets([*terminology(package), *own, *OUTSIDE], loosely=True)
        self.types = {d["url"]: d["type"] for d in self.definitions}
        self.codes: dict[str, dict[str, list[str]]] = {}

    def table(self) -> dict[str, Row]:
        """Canonical address with version → type and tree."""
        found = {}
        for definition in self.definitions:
            tree = self.tree(definition)
            found[f"{definition['url']}|{self.version}"] = {"type": definition["type"], **tree}
        return found

    def tree(self, definition: Row) -> Row:
        """The elements of a profile, nested; those that ask for nothing are left out."""
        root: Row = {"element": definition["snapshot"]["element"][0], "below": {}}
        for element in definition["snapshot"]["element"][1:]:
            node = root
            for part in element["id"].split(".")[1:]:
                node = node["below"].setdefault(part, {"below": {}})
            node["element"] = element
        made = self.node(root, definition["type"], None)
        return {k: v for k, v in made.items() if k in ("rules", "elements", "slices")}

    def node(self, node: Row, kind: str, base: Element | None) -> Row:
        """What one element asks for, beyond `base`. `kind` is its type."""
        element = node["element"]
        row: Row = {}
        if base is not None:
            self.compare(row, element, base)
        rules = [c for c in element.get("constraint", ()) if c.get("expression") and self.is_new(c)]
        if rules:
            row["rules"] = [[c["key"], c["severity"], " ".join(c["human"].split()), c["expression"]] for c in rules]
        elements = []
        for part, below in node["below"].items():
            # The extensions beside a primitive are open in every profile of US Core.
            if ":" not in part and kind[0].isupper():
                made = self.child(part, below, node["below"], kind)
                if made is not None:
                    elements.append(made)
        if elements:
            row["elements"] = elements
        return row

    def is_new(self, row: Row) -> bool:
        return (row["key"], row["expression"]) not in self.known

    def child(self, part: str, below: Row, siblings: Row, kind: str) -> Row | None:
        """A child element with its slices; None where it asks for nothing."""
        name = part.removesuffix("[x]")
        base = self.element(kind, name)
        row = self.node(below, self.type_of(below["element"], base), base)
        slices = [
            self.slice(p.partition(":")[2], s, base, below["element"])
            for p, s in siblings.items()
            if p.startswith(part + ":")
        ]
        closed = below["element"].get("slicing", {}).get("rules") == "closed"
        # A slice of which there may be any number, with nothing asked of it, tells nothing.
        if slices := [s for s in slices if s.keys() - {"name", "match"} or closed]:
            row["slices"] = slices
            if closed:
                row["closed"] = True
        return {"name": name, **row} if row else None

    def slice(self, name: str, node: Row, base: Element, sliced: Row) -> Row:
        element = node["element"]
        kind = self.type_of(element, base)
        row = self.node(node, kind, Element(base.name, base.types, many=base.many, choice=base.choice))
        if element.get("min"):
            row["min"] = element["min"]
        if element["max"].isdigit():
            row["max"] = int(element["max"])
        elif "max" in row:
            del row["max"]
        matches = [self.match(d, node, kind) for d in sliced["slicing"]["discriminator"]]
        return {"name": name, "match": matches, **row}

    def match(self, discriminator: Row, node: Row, kind: str) -> Row:
        """How a value is told to be of a slice: path, and type, fixed value, pattern or value set."""
        path = discriminator["path"]
        element = node["element"]
        if discriminator["type"] == "type":
            return {"types": [t["code"] for t in element["type"]]}
        profiles = [p for t in element.get("type", ()) for p in t.get("profile", ())]
        if path == "url" and profiles:
            return {"path": ["url"], "fixed": profiles[0]}
        parts = [] if path == "$this" else path.split(".")
        for part in parts:
            node = node["below"][part]
        element = node["element"]
        for way in ("fixed", "pattern"):
            for name, value in element.items():
                if name.startswith(way):
                    return {"path": parts, way: value}
        name = self.bound(element)
        if name is None:
            raise ValueError(f"Cannot tell the slice {node['element']['id']}.")
        return {"path": parts, "codes": name}

    def element(self, kind: str, name: str) -> Element:
        """An element of a type or its parents."""
        owner = self.facts.types[kind]
        for element in owner.elements:
            if element.name == name:
                return element
        return self.element(owner.parent, name)

    def type_of(self, element: Row, base: Element) -> str:
        codes = [t["code"] for t in element.get("type", ()) if t["code"] in base.types]
        return codes[0] if codes else base.types[0]

    def compare(self, row: Row, element: Row, base: Element) -> None:
        if element.get("min", 0) > int(base.required):
            row["min"] = element["min"]
        if element["max"] != "*" and (base.many or element["max"] == "0"):
            row["max"] = int(element["max"])
        types = [t["code"] for t in element.get("type", ())]
        if base.choice and len(types) < len(base.types):
            row["types"] = types
        for way in ("fixed", "pattern"):
            for name, value in element.items():
                if name.startswith(way):
                    row[way] = value
        targets = self.targets(element)
        if targets and targets != base.targets:
            row["targets"] = targets
        extension = [p for t in element.get("type", ()) if t["code"] == "Extension" for p in t.get("profile", ())]
        if extension and extension[0] in self.types:
            row["profile"] = f"{extension[0]}|{self.version}"
        name = self.bound(element)
        if name is not None and name not in (base.codes, base.concepts):
            row["codes"] = name

    def targets(self, element: Row) -> list[str]:
        """Resource types that a reference may point at; empty when anything goes."""
        urls = [p for t in element.get("type", ()) if t["code"] == "Reference" for p in t.get("targetProfile", ())]
        names = {self.types.get(url, url.rpartition("/")[2]) for url in urls}
        names = {"Observation" if name == "vitalsigns" else name for name in names}
        if "Resource" in names:
            return []
        return sorted({"Questionnaire" if name == "sdc-questionnaire" else name for name in names})

    def bound(self, element: Row) -> str | None:
        """The required value set, noted; None where there is none or it cannot be listed."""
        binding = element.get("binding", {})
        if binding.get("strength") != "required":
            return None
        url = binding["valueSet"].partition("|")[0]
        codes = self.value_sets.expand(url)
        name = url.rpartition("/")[2]
        # Codes of R4 itself stand in the facts under these names.
        if name in self.facts.codes or not codes:
            return name if name in self.facts.codes else None
        if all(code == ANY for _, code in codes) and [t["code"] for t in element["type"]] == ["code"]:
            return None
        if "/us/core/" in url:
            name += "|" + self.version
        self.codes[name] = by_system(codes)
        return name


def read(folder: Path, facts: Facts, package: Path) -> tuple[dict[str, Row], dict[str, Any]]:
    """(profiles of all versions, their value sets)."""
    profiles: dict[str, Row] = {}
    codes: dict[str, Any] = {}
    for version in VERSIONS:
        reader = Profiles(folder / version, version, facts, package)
        profiles |= reader.table()
        codes |= reader.codes
    return profiles, dict(sorted(codes.items()))

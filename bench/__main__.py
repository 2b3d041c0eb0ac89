"""Every benchmark, one table."""

from __future__ import annotations

import sys

from bench.measuring import command

MODULES = (
    "fhir",
    "bulk",
    "patients",
    "booking",
    "claims",
    "posting",
    "edits",
    "pages",
    "x12",
    "hl7v2",
    "mappings",
    "halves",
    "engine",
    "mllp",
)

if __name__ == "__main__":
    sys.exit(command(MODULES))

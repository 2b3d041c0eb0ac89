"""Write the table of ICD-10-CM's Excludes1 notes from the package simple-icd-10-cm.

A note names codes that are not reported beside the code it stands under. What it names in words only is left out: only
a person can judge it. Run it after the package was updated: ``python tools/generate_excludes.py``. A test compares the
table with the package.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import simple_icd_10_cm as package

TARGET = Path(__file__).parents[1] / "src/chartdesk/standards/terminology/_generated/icd10cm_excludes1.tsv"
_BRACKETS = re.compile(r"\(([^()]*)\)")
_CODE = r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?(?:-(?![A-Z]\d))?"
_NAMED = re.compile(rf"({_CODE})(?:\s*-\s*({_CODE}))?")
_SPAN = re.compile(r"[A-Z]\d[0-9A-Z]-[A-Z]\d[0-9A-Z]")


def targets(note: str) -> list[str]:
    """The codes that a note names, without dots: beginnings of codes, and ranges such as ``E08-E13``."""
    found = []
    for text in _BRACKETS.findall(note):
        for low, high in _NAMED.findall(text):
            one = low.rstrip("-").replace(".", "")
            found.append(f"{one}-{high.rstrip('-').replace('.', '')}" if high else one)
    return list(dict.fromkeys(found))


def span(code: str) -> str:
    """A code without its dot; a block or a chapter as the range of its categories."""
    if code.isdigit():
        found = re.search(rf"\(({_SPAN.pattern})\)", package.get_description(code))
        return found[1] if found else ""
    return code.replace(".", "")


def rows() -> Iterator[str]:
    """One line per note: the code it stands under, what it names, its words."""
    for code in dict.fromkeys(package.get_all_codes(with_dots=True)):
        for note in package.get_excludes1(code):
            named = targets(note)
            if named and span(code):
                yield "\t".join((span(code), " ".join(named), " ".join(note.split())))


def table() -> str:
    """The whole file."""
    return "\n".join(dict.fromkeys(rows())) + "\n"


if __name__ == "__main__":
    TARGET.write_text(table(), encoding="utf-8")
    print(f"{TARGET}: {TARGET.stat().st_size:,} bytes")

"""Write the compact ICD-10-CM table from the package simple-icd-10-cm.

The package holds the whole tabular list as a tree: two seconds and 190 MB in every process. A note needs the
billable codes, their descriptions and the terms listed under them; a terminology server also the categories above
them, which stand in a file of their own. Run it after the package was updated:
``python tools/generate_icd10.py``. A test compares the table with the package.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import simple_icd_10_cm as package

CODE = re.compile(r"[A-Z][0-9A-Z]{2}(\.[0-9A-Z]{1,4})?")
FOLDER = Path(__file__).parents[1] / "src/chartdesk/standards/terminology/_generated"
TARGET, CATEGORIES = FOLDER / "icd10cm.tsv", FOLDER / "icd10cm_categories.tsv"


def release() -> str:
    """The release of the code set that the package carries, such as ``April-2026``."""
    name: str = package.simple_icd_10_cm._all_codes_package_file_name
    return name.removeprefix("code-list-").removesuffix(".txt")


def rows() -> Iterator[str]:
    """One line per billable code: the code with its dot, its description, the terms listed under it."""
    # A block of one category bears the category's name, so some codes come twice.
    for code in dict.fromkeys(package.get_all_codes(with_dots=True)):
        if not package.is_leaf(code) or not CODE.fullmatch(code):
            continue
        terms = package.get_inclusion_term(code) + package.get_includes(code)
        fields = (code, package.get_description(code), "; ".join(terms))
        yield "\t".join(" ".join(field.split()) for field in fields).rstrip("\t")


def table() -> str:
    """The whole file: the release in the first line, then the rows in the order of the tabular list."""
    return "\n".join([release(), *rows()]) + "\n"


def categories() -> str:
    """The other file: every code with more specific codes below it, and its description."""
    found = [
        f"{code}\t{' '.join(package.get_description(code).split())}"
        for code in dict.fromkeys(package.get_all_codes(with_dots=True))
        if CODE.fullmatch(code) and not package.is_leaf(code)
    ]
    return "\n".join(found) + "\n"


if __name__ == "__main__":
    TARGET.write_text(table(), encoding="utf-8")
    CATEGORIES.write_text(categories(), encoding="utf-8")
    for path in (TARGET, CATEGORIES):
        print(f"{path}: {path.stat().st_size:,} bytes")

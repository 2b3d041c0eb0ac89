"""Whether a diagnosis is an ICD-10-CM code that may be billed: the codes alone, in little memory."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _known() -> frozenset[str]:
    """Every billable code without its dot, from the first column of the table that ``terminology`` searches."""
    table = files("chartdesk.standards.terminology").joinpath("_generated", "icd10cm.tsv")
    with table.open(encoding="utf-8") as lines:
        return frozenset(line.partition("\t")[0].replace(".", "") for line in lines)


def is_diagnosis(code: str) -> bool:
    """True for a billable code, written without its dot."""
    return code in _known()

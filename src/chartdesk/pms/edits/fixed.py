"""Published tables with fixed columns, made into rows under headings: add-on codes, HCPCS, localities, fee schedule."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice

Numbered = tuple[int, list[str]]

_ADD_ON = re.compile(r"([123])([0-9A-Z]{5})\s+(?:(\d{7})\s+)?([0-9A-Z]{5})((?:\s+\d{7})+)\s*(.*)")
_ADD_ON_HEADINGS = ["AOC_Edit_Type", "Add-On_Code", "AOC_DelDT", "Primary_Code", "Primary_Code_DelDT",
                    "AOC_Edit_EffDT", "AOC_Edit_DelDT", "Special_Instruction_Notes"]  # fmt: skip
#: Lines by which the column of the effective date is learned.
_SAMPLE = 2000


def add_on(lines: Iterable[Numbered]) -> Iterator[Numbered]:
    """Type and code, primary code, and up to four days as year and day of the year.

    Of the days behind the primary code, the one in the column where most lines have their only one is the first day;
    before it stands the last of the primary code, behind it the last of the edit.
    """
    yield 0, _ADD_ON_HEADINGS
    steps = iter(lines)
    sample = list(islice(steps, _SAMPLE))
    columns = Counter(
        found.start(5) + len(found[5]) - len(found[5].lstrip())
        for _, row in sample
        if (found := _ADD_ON.match(row[0])) and len(found[5].split()) == 1
    )
    since = columns.most_common(1)[0][0] if columns else 0
    for number, row in chain(sample, steps):
        found = _ADD_ON.match(row[0])
        if found is None:
            # Copyright lines and notes stay one cell: they are no lines of the table.
            yield number, row[0].split() if re.match(r"[123][0-9A-Z]{5}\s", row[0]) else row
            continue
        days = [(found.start(5) + one.start(), one[0]) for one in re.finditer(r"\d{7}", found[5])]
        first = min(days, key=lambda one: abs(one[0] - since))
        before = next((text for at, text in days if at < first[0]), "")
        after = next((text for at, text in days if at > first[0]), "")
        yield number, [found[1], found[2], found[3] or "", found[4], before, first[1], after, found[6]]


_HCPCS_HEADINGS = ["HCPC", "LONG DESCRIPTION", "SHORT DESCRIPTION", "COV", "ADD DT", "TERM DT"]


def hcpcs(lines: Iterable[Numbered]) -> Iterator[Numbered]:
    """Records of 320 signs; sign 11 is 3 for a procedure's first line, 4 for more of it, 7 and 8 for modifiers."""
    yield 0, _HCPCS_HEADINGS
    begun: Numbered | None = None
    for number, row in lines:
        text = row[0]
        kind = text[10:11]
        if kind == "4" and begun is not None:
            begun[1][1] = f"{begun[1][1]} {text[11:91].strip()}".strip()
            continue
        if begun is not None:
            yield begun
            begun = None
        if kind == "3":
            cells = (text[:5], text[11:91], text[91:119], text[229:230], text[268:276], text[284:292])
            begun = number, [one.strip() for one in cells]
        elif kind not in ("7", "8", "4") and text.strip():
            yield number, text.split()
    if begun is not None:
        yield begun


_PLACE = re.compile(r"(\d{5})\s+([A-Z]{2})\s+(\d{2})\s+(\S.*?)\s+(?:\d\.\d+\s+)?(\d\.\d+)\s+(\d\.\d+)\s+(\d\.\d+)\s*")
_YEAR = re.compile(r"\b20\d\d\b")


def localities(lines: Iterable[Numbered]) -> Iterator[Numbered]:
    """Contractor, state, locality, name, and the indices; of two for work the one with the floor stands second."""
    year = ""
    for number, row in lines:
        found = _PLACE.fullmatch(row[0])
        if not year:
            heading = _YEAR.search(row[0])
            year = heading[0] if heading else ""
            if year:
                names = ("PW", "PE", "MP")
                yield 0, ["MAC", "State", "Locality Number", "Locality Name", *(f"{year} {one} GPCI" for one in names)]
        if found is not None:
            yield number, list(found.groups())
        elif year:
            # A line that begins like one and is none is told; headings and notes are not.
            yield number, row[0].split() if row[0][:5].isdigit() else row


#: The record of 2014 and later: heading → first and last sign, counted from 1, by the archive's record layout.
_WEIGHTS = {
    "HCPCS": (1, 5), "MOD": (6, 7), "DESCRIPTION": (8, 57), "STATUS CODE": (58, 58), "WORK RVU": (60, 65),
    "NON-FAC PE RVU": (67, 72), "FACILITY PE RVU": (76, 81), "MP RVU": (85, 89), "PCTC IND": (103, 103),
    "GLOB DAYS": (104, 106), "MULT PROC": (116, 116), "BILAT SURG": (117, 117), "ASST SURG": (118, 118),
    "CO-SURG": (119, 119), "TEAM SURG": (120, 120), "ENDO BASE": (128, 132), "CONV FACTOR": (133, 140),
}  # fmt: skip
_COLUMNS = [slice(first - 1, last) for first, last in _WEIGHTS.values()]
_CODED = re.compile(r"[0-9A-Z][0-9]{3}[0-9A-Z]([0-9A-Z]{2}|  )")
_GLOBAL = re.compile(r"000|010|090|MMM|XXX|YYY|ZZZ|   ")


def relative_values(lines: Iterable[Numbered]) -> Iterator[Numbered]:
    """Records of up to 200 signs below lines that begin with HDR.

    A record whose global period is none stands in columns of another year, and one that ends before the conversion
    factor is cut: both are left to be refused, as their figures would be read from the wrong places.
    """
    yield 0, list(_WEIGHTS)
    for number, row in lines:
        text = row[0]
        if not _CODED.match(text):
            if text.strip() and not text.startswith("HDR"):
                yield number, row
            continue
        cells = [text[one].strip() for one in _COLUMNS]
        if len(text) < _COLUMNS[-1].stop:
            cells[4] = "of a line that is cut"
        elif not _GLOBAL.fullmatch(text[103:106]):
            cells[4] = "of a record in other columns"
        yield number, cells


#: By table: who reads the form with fixed columns.
READERS = {"add-on": add_on, "hcpcs": hcpcs, "localities": localities, "relative-values": relative_values}

"""How each published table is written: which columns it has under which names, and what becomes of a line.

A layout finds its columns by their headings, wherever they stand: the publisher moves them from year to year, spreads
headings over several rows and puts copyright lines above. What stands below the table, in one cell, is a footnote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from chartdesk.pms.edits import cells
from chartdesk.pms.edits.cells import Refused

#: A row of the table to write: dates as dates, figures as decimals; or the whole row as COPY takes it.
Row = tuple[Any, ...] | str
#: Where each column stands in the file.
Places = dict[str, int]
#: From the cells of a line to the rows it makes.
Reader = Callable[[list[str]], Row]


@dataclass(frozen=True)
class Layout:
    """One table. ``headings`` are patterns over headings in capitals without spaces and signs.

    ``edition`` tables are replaced whole by the file of the same first day; in the others ``key`` columns meet.
    """

    name: str
    title: str
    table: str
    columns: Sequence[str]
    key: Sequence[str]
    headings: dict[str, str]
    optional: Sequence[str]
    read: Callable[[Places, str, date | None], Reader]
    begins: str
    edition: bool = False
    settings: bool = False


def _at(row: list[str], place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""


def _pairs(places: Places, setting: str, _: date | None) -> Reader:
    """Of more than a million lines: each is put together here as it goes to the server, from cells seen before."""
    first, second, since, until, sign = (places[one] for one in ("column1", "column2", "effective", "ends", "modifier"))
    why = places.get("rationale", -1)
    begun, ended, reasons = _Seen(_begun), _Seen(_ended), _Seen(escaped)
    known, last = cells.CODE.fullmatch, max(first, second, since, until, sign, why)

    def read(row: list[str]) -> str:
        if len(row) <= last:
            row = row + [""] * (last + 1 - len(row))
        one, two, helps = row[first], row[second], row[sign]
        if not (known(one) and known(two)):
            one, two = cells.code(one), cells.code(two)
        if helps not in ("0", "1", "9"):
            helps = cells.one_of(helps, "019", "the modifier indicator")
        reason = reasons[row[why]] if why >= 0 else ""
        return f"{setting}\t{one}\t{two}\t{begun[row[since]]}\t{ended[row[until]]}\t{helps}\t{reason}"

    return read


class _Seen(dict[str, str]):
    """What was made of a cell, made once for each text."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, text: str) -> str:
        made = self[text] = self._make(text)
        return made


def _begun(text: str) -> str:
    return str(cells.day(text, "the effective date"))


def _ended(text: str) -> str:
    return str(cells.optional_day(text, "the deletion date") or "\\N")


def escaped(text: str) -> str:
    """A text as COPY takes it: on one line, without signs that mean something to it."""
    return " ".join(text.replace("\0", "").split()).replace("\\", "\\\\")


def _limits(places: Places, setting: str, effective: date | None) -> Reader:
    def read(row: list[str]) -> Row:
        units = _at(row, places["units"]).removesuffix(".0")
        if not units.isdigit():
            raise Refused(f"{units or 'an empty cell'} is not a number of units")
        sign = cells.one_of(_at(row, places["indicator"]), "123", "the adjudication indicator")
        code = cells.code(_at(row, places["code"]))
        return setting, code, effective, int(units), sign, _at(row, places.get("rationale"))

    return read


def _add_on(places: Places, _: str, __: date | None) -> Reader:
    def read(row: list[str]) -> Row:
        kind = cells.one_of(_at(row, places["kind"]), "123", "the type")
        primary = _at(row, places["primary"]).upper()
        primary = "" if primary in ("", "CCCCC") else cells.code(primary)
        since = cells.ordinal(_at(row, places["effective"]), "the effective date")
        if since is None:
            raise Refused("the effective date is missing")
        ends = [
            cells.ordinal(_at(row, places.get(one)), "a deletion date")
            for one in ("ends", "add_on_ends", "primary_ends")
        ]
        last = min((one for one in ends if one), default=None)
        return cells.code(_at(row, places["add_on"])), primary, since, last, kind, _at(row, places.get("note"))

    return read


_AGES = re.compile(r"\bages?\s+(\d+)(?:\s*-\s*(\d+))?", re.I)


def _diagnoses(places: Places, _: str, effective: date | None) -> Reader:
    def read(row: list[str]) -> Row:
        group, words = _at(row, places["group"]), _at(row, places["rule"])
        code, text = cells.diagnosis(_at(row, places["code"])), f"{group} {words}".lower()
        if found := _AGES.search(words):
            return code, effective, "age", int(found[1]), int(found[2] or found[1]), "", words
        if "female" in text or re.search(r"\bmale\b", text):
            return code, effective, "sex", 0, 0, "F" if "female" in text else "M", words
        if "manifestation" in text:
            return code, effective, "manifestation", 0, 0, "", words
        if "principal" in text:
            return code, effective, "principal", 0, 0, "", words
        raise Refused(f"{words or group or 'an empty cell'} is not a rule that is known")

    return read


def _listed(places: Places, _: str, __: date | None) -> Reader:
    def read(row: list[str]) -> Row:
        code = cells.code(_at(row, places["code"]))
        added = cells.optional_day(_at(row, places.get("added")), "the day it was added")
        ends = cells.optional_day(_at(row, places.get("ends")), "the termination date")
        coverage = _at(row, places.get("coverage"))[:1]
        return code, _at(row, places["short"]), _at(row, places["long"]), added, ends, coverage

    return read


_SIGNS = ("components", "multiple", "bilateral", "assistant", "co_surgeons", "team")


def _weights(places: Places, _: str, effective: date | None) -> Reader:
    def read(row: list[str]) -> Row:
        values = [
            cells.figure(_at(row, places[one]), words, "0.01")
            for one, words in (
                ("work", "the work RVU"),
                ("practice_expense", "the practice expense RVU"),
                ("facility_expense", "the facility expense RVU"),
                ("malpractice", "the malpractice RVU"),
            )
        ]
        days = _at(row, places["global_days"]).upper()
        return (
            effective,
            cells.code(_at(row, places["code"])),
            cells.modifier(_at(row, places["modifier"])),
            _at(row, places["description"]),
            _at(row, places["status"])[:1],
            *values,
            cells.figure(_at(row, places["factor"]), "the conversion factor", "0.0001"),
            days.zfill(3) if days.isdigit() else days[:3],
            *(_at(row, places.get(one))[:1] for one in _SIGNS),
            _at(row, places.get("endoscopy"))[:5],
        )

    return read


def _places(places: Places, _: str, effective: date | None) -> Reader:
    def read(row: list[str]) -> Row:
        mac, number = _at(row, places["mac"]), _at(row, places["number"]).removesuffix(".0")
        if not (mac.isdigit() and len(mac) <= 5):
            raise Refused(f"{mac or 'an empty cell'} is not the number of a contractor")
        if not (number.isdigit() and len(number) <= 2):
            raise Refused(f"{number or 'an empty cell'} is not the number of a locality")
        named = ("work", "expense", "malpractice")
        indices = [cells.figure(_at(row, places[one]), f"the {one} index", "0.001") for one in named]
        if not all(indices):
            raise Refused("an index is missing")
        name = re.sub(r"\*+$", "", _at(row, places["name"])).strip()
        return effective, mac.zfill(5), number.zfill(2), _at(row, places.get("state"))[:2].upper(), name, *indices

    return read


LAYOUTS = {one.name: one for one in (
    Layout(
        "pairs", "NCCI pairs (PTP)", "edits_codepair",
        ("setting", "column1", "column2", "effective", "ends", "modifier", "rationale"),
        ("setting", "column1", "column2", "effective"),
        {"column1": "COLUMN1", "column2": "COLUMN2", "effective": "EFFECTIVE.*", "ends": "DELETION.*",
         "modifier": "MODIFIER.*", "rationale": "PTPEDITRATIONALE|RATIONALE"},
        ("rationale",), _pairs, "column1", settings=True,
    ),
    Layout(
        "units", "NCCI unit limits (MUE)", "edits_unitlimit",
        ("setting", "code", "effective", "units", "indicator", "rationale"), ("setting", "code", "effective"),
        {"code": "(HCPCSCPT|CPTHCPCS|HCPCS|CPT)(CODE)?", "units": ".*MUEVALUES?", "indicator": ".*INDICATOR.*|MAI",
         "rationale": "MUERATIONALE|RATIONALE"},
        ("rationale",), _limits, "code", edition=True, settings=True,
    ),
    Layout(
        "add-on", "NCCI add-on codes", "edits_addoncode",
        ("add_on", "primary_code", "effective", "ends", "kind", "note"), ("add_on", "primary_code", "effective"),
        {"kind": "AOCEDITTYPE", "add_on": "ADDONCODE", "add_on_ends": "AOCDELDT.*", "primary": "PRIMARYCODE",
         "primary_ends": "PRIMARYCODEDELDT.*", "effective": "AOCEDITEFFDT.*", "ends": "AOCEDITDELDT.*",
         "note": "SPECIALINSTRUCTIONNOTES"},
        ("add_on_ends", "primary_ends", "ends", "note"), _add_on, "add_on",
    ),
    Layout(
        "diagnoses", "diagnosis edits (MCE)", "edits_diagnosisrule",
        ("code", "effective", "kind", "low", "high", "sex", "words"), ("code", "effective", "kind", "low"),
        {"code": "ICD(10)?(CM)?CODE|CODE", "group": "ICDCONFLICTGROUP|EDIT|GROUP", "rule": "ICDCONFLICTRULE|RULE"},
        (), _diagnoses, "code", edition=True,
    ),
    Layout(
        "hcpcs", "HCPCS Level II", "edits_procedure", ("code", "short", "long", "added", "ends", "coverage"), ("code",),
        {"code": "HCPC|HCPCS(CODE)?", "long": "LONGDESCRIPTION", "short": "SHORTDESCRIPTION",
         "added": "ADDDT|ADDDATE|DATEADDED", "ends": "TERMDT|TERMDATE|DATETERM", "coverage": "COV"},
        ("added", "ends", "coverage"), _listed, "code",
    ),
    Layout(
        "relative-values", "relative values (PPRRVU)", "edits_relativevalue",
        ("effective", "code", "modifier", "description", "status", "work", "practice_expense", "facility_expense",
         "malpractice", "factor", "global_days", *_SIGNS, "endoscopy"),
        ("code", "modifier", "effective"),
        {"code": "HCPCS(CODE)?", "modifier": "MOD(IFIER)?", "description": "DESCRIPTION", "status": "STATUS(CODE)?",
         "work": "WORKRVU",
         # Until 2013 two figures stand side by side, and the transitioned one, which comes first, was paid.
         "practice_expense": "(TRANSITIONED|FULLYIMPLEMENTED)?NONFAC(ILITY)?PERVU",
         "facility_expense": "(TRANSITIONED|FULLYIMPLEMENTED)?FAC(ILITY)?PERVU", "malpractice": "(MP|MALPRACTICE)RVU",
         "global_days": "GLOB(AL)?(DAYS)?", "components": "PCTC(IND)?", "multiple": "MULTPROC",
         "bilateral": "BILATSURG",
         "assistant": "ASSTSURG", "co_surgeons": "COSURG", "team": "TEAMSURG", "endoscopy": "ENDOBASE",
         "factor": "CONV(ERSION)?FACT(OR)?"},
        (*_SIGNS, "endoscopy"), _weights, "code", edition=True,
    ),
    Layout(
        "localities", "localities (GPCI)", "edits_locality",
        ("effective", "mac", "number", "state", "name", "work", "expense", "malpractice"),
        ("effective", "mac", "number"),
        {"mac": "MEDICAREADMINI?STRATIVECONTRACTOR.*|MAC|(CARRIER|CONTRACTOR)(NUMBER)?", "state": "STATE",
         "number": "LOCALITY(NUMBER|CODE)?",
         "name": "LOCALITYNAME", "work": r".*PWGPCI(?!WITHOUT)\w*|GPCIWORK", "expense": r".*PEGPCI|GPCIPE",
         "malpractice": r".*MPGPCI|GPCIMP"},
        ("state",), _places, "mac", edition=True,
    ),
)}  # fmt: skip


def plain(heading: str) -> str:
    """A heading in capitals without spaces and signs."""
    return re.sub(r"[^0-9A-Z]", "", heading.upper())


def find(layout: Layout, header: Sequence[str]) -> Places:
    """Where the columns of a layout stand under these headings; those that are not there are missing."""
    names = [plain(one) for one in header]
    found: Places = {}
    for meaning, pattern in layout.headings.items():
        place = next((at for at, name in enumerate(names) if re.fullmatch(pattern, name)), None)
        if place is not None:
            found[meaning] = place
    return found


def missing(layout: Layout, places: Places) -> list[str]:
    """The columns that a layout cannot do without and that were not found."""
    return [one for one in layout.headings if one not in places and one not in layout.optional]

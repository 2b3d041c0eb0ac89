"""Questions to the published tables, one statement each. They ask for codes and a day, never for a patient.

No practice and no transaction is needed: the tables belong to the installation. A function that is given ``until``
answers for every day from ``on`` to ``until``, so that a batch of claims asks once; each answer then carries its dates.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from chartdesk.kit import database
from chartdesk.pms.edits.rules import SEX_EDIT_ENDED, Place, Weights


@dataclass(frozen=True, slots=True)
class Pair:
    """``column2`` is not paid beside ``column1``. ``modifier``: 0 none helps, 1 one may, 9 does not apply."""

    column1: str
    column2: str
    modifier: str
    effective: date
    ends: date | None
    rationale: str

    def holds(self, on: date) -> bool:
        """Whether the pair is in force on a day."""
        return self.effective <= on and (self.ends is None or self.ends >= on)


@dataclass(frozen=True, slots=True)
class Limit:
    """The most units of a code. ``indicator``: 1 on a line, 2 on a day without exception, 3 on a day."""

    code: str
    units: int
    indicator: str
    rationale: str


@dataclass(frozen=True, slots=True)
class AddOn:
    """A code that needs a primary code beside it: one of ``primaries``, or where ``open`` another one too."""

    code: str
    kind: str
    primaries: frozenset[str]

    @property
    def open(self) -> bool:
        """Whether the payer may accept primaries that are not listed."""
        return self.kind != "1"


@dataclass(frozen=True, slots=True)
class DiagnosisEdit:
    """``kind`` age (``low`` to ``high`` years), sex (``sex`` only), manifestation or principal (may not come first)."""

    code: str
    kind: str
    low: int
    high: int
    sex: str
    words: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A HCPCS Level II code. ``ends`` is the last day on which it may be used."""

    code: str
    short: str
    long: str
    added: date | None
    ends: date | None

    def holds(self, on: date) -> bool:
        """Whether the code may be used on a day."""
        return (self.added is None or self.added <= on) and (self.ends is None or self.ends >= on)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was imported last of a table. ``effective`` is the newest edition's first day."""

    table: str
    setting: str
    file: str
    effective: date | None
    rows: int
    at: datetime
    refused: int = 0

    def outdated(self, on: date) -> bool:
        """Whether a newer edition has been published by a day: tables come every quarter, MCE in October, GPCI in
        January."""
        first = {"diagnoses": (10,), "localities": (1,)}.get(self.table, (1, 4, 7, 10))
        month = max((one for one in first if one <= on.month), default=0)
        begun = date(on.year, month, 1) if month else date(on.year - 1, first[-1], 1)
        return (self.effective or self.at.date()) < begun


_PAIRS = """
    SELECT column1, column2, modifier, effective, ends, rationale FROM edits_codepair
     WHERE setting = %s AND column1 = ANY(%s) AND column2 = ANY(%s)
       AND effective <= %s AND (ends IS NULL OR (ends >= %s AND ends > effective))
     ORDER BY column1, column2, effective
"""
_LIMITS = """
    SELECT code, units, indicator, rationale FROM edits_unitlimit
     WHERE setting = %s AND code = ANY(%s)
       AND effective = (SELECT max(effective) FROM edits_unitlimit WHERE setting = %s AND effective <= %s)
"""
_ADD_ON = """
    SELECT add_on, min(kind), array_agg(DISTINCT primary_code) FROM edits_addoncode
     WHERE add_on = ANY(%s) AND effective <= %s AND (ends IS NULL OR ends >= %s)
     GROUP BY add_on
"""
_DIAGNOSES = """
    SELECT code, kind, low, high, sex, words FROM edits_diagnosisrule
     WHERE code = ANY(%s) AND (kind <> 'sex' OR %s < %s)
       AND effective = (SELECT max(effective) FROM edits_diagnosisrule WHERE effective <= %s)
     ORDER BY code, kind, low
"""
_LISTED = "SELECT code, short, long, added, ends FROM edits_procedure WHERE code = ANY(%s)"
_WEIGHTS = """
    SELECT code, modifier, effective, description, status, work, practice_expense, facility_expense, malpractice,
           factor, global_days, components, multiple, bilateral, assistant, co_surgeons, team, endoscopy
      FROM edits_relativevalue
     WHERE code = ANY(%s) AND effective = (SELECT max(effective) FROM edits_relativevalue WHERE effective <= %s)
"""
_WEIGHTS_UNTIL = """
    SELECT code, modifier, effective, description, status, work, practice_expense, facility_expense, malpractice,
           factor, global_days, components, multiple, bilateral, assistant, co_surgeons, team, endoscopy
      FROM edits_relativevalue WHERE code = ANY(%s) AND effective = ANY(%s)
"""
_EDITIONS = """
    SELECT DISTINCT effective FROM edits_import WHERE "table" = %s AND effective <= %s ORDER BY effective
"""
_PLACES_UNTIL = """
    SELECT effective, mac, number, state, name, work, expense, malpractice FROM edits_locality WHERE effective = ANY(%s)
"""
_PLACES = """
    SELECT effective, mac, number, state, name, work, expense, malpractice FROM edits_locality
     WHERE effective = (SELECT max(effective) FROM edits_locality WHERE effective <= %s)
"""
_LOADED = """
    SELECT DISTINCT ON ("table", setting) "table", setting, file, effective, rows, at, refused FROM edits_import
     ORDER BY "table", setting, effective DESC NULLS LAST, at DESC
"""


def pairs(codes: Collection[str], on: date, *, until: date | None = None, setting: str = "P") -> list[Pair]:
    """The NCCI PTP pairs both of whose codes are among ``codes``, in force on a day (or on one until ``until``)."""
    wanted = list(codes)
    if len(wanted) < 2:
        return []
    found = database.rows(_PAIRS, [setting, wanted, wanted, until or on, on])
    return [Pair(*row) for row in found]


def unit_limits(codes: Collection[str], on: date, *, setting: str = "P") -> dict[str, Limit]:
    """The most units (MUE) by code on a day; codes without a limit, and days before the first edition, have none."""
    return {row[0]: Limit(*row) for row in database.rows(_LIMITS, [setting, list(codes), setting, on])}


def add_on(codes: Collection[str], on: date) -> dict[str, AddOn]:
    """Those of ``codes`` that are add-on codes on a day, with their primary codes."""
    found = database.rows(_ADD_ON, [list(codes), on, on])
    return {code: AddOn(code, kind, frozenset(filter(None, primaries))) for code, kind, primaries in found}


def diagnosis_edits(codes: Collection[str], on: date) -> list[DiagnosisEdit]:
    """The MCE rules for diagnoses (with their dot) on a day. Sex is none from October 2024 on."""
    found = database.rows(_DIAGNOSES, [list(codes), on, SEX_EDIT_ENDED, on])
    return [DiagnosisEdit(*row) for row in found]


def procedures(codes: Collection[str]) -> dict[str, Listed]:
    """The HCPCS Level II codes among ``codes``, in force or not: ``holds`` says on which days."""
    return {row[0]: Listed(*row) for row in database.rows(_LISTED, [list(codes)])}


def relative_values(codes: Collection[str], on: date) -> dict[tuple[str, str], Weights]:
    """The relative values and policies (global days, bilateral, multiple, assistant) by (code, modifier) on a day."""
    found = [Weights(*row) for row in database.rows(_WEIGHTS, [list(codes), on])]
    return {(one.code, one.modifier): one for one in found}


class Schedule:
    """The fee schedule for some codes between two days: asked in four statements, whatever the number of days."""

    def __init__(self, codes: Collection[str], first: date, last: date) -> None:
        self._editions = _between("relative-values", first, last)
        self._years = _between("localities", first, last)
        wanted = database.rows(_WEIGHTS_UNTIL, [list(codes), self._editions]) if self._editions else []
        self._weights = {(row[0], row[1], row[2]): Weights(*row) for row in wanted}
        places = [Place(*row) for row in database.rows(_PLACES_UNTIL, [self._years])] if self._years else []
        self._places = {(one.key, one.effective): one for one in places}

    def weights(self, code: str, modifier: str, on: date) -> Weights | None:
        """The relative value on a day; None where the edition of that day has none."""
        edition = next((one for one in reversed(self._editions) if one <= on), None)
        return self._weights.get((code, modifier, edition)) if edition else None

    def place(self, key: str, on: date) -> Place | None:
        """The locality of that key (``10112-00``) on a day."""
        edition = next((one for one in reversed(self._years) if one <= on), None)
        return self._places.get((key, edition)) if edition else None


def _between(table: str, first: date, last: date) -> list[date]:
    """The first days of the editions that are in force on a day from ``first`` to ``last``."""
    days = [row[0] for row in database.rows(_EDITIONS, [table, last])]
    begun = max((one for one in days if one <= first), default=first)
    return [one for one in days if one >= begun]


def localities(on: date) -> list[Place]:
    """The localities of the fee schedule on a day, by state and name."""
    return sorted((Place(*row) for row in database.rows(_PLACES, [on])), key=lambda one: (one.state, one.name))


def loaded() -> list[Loaded]:
    """What was imported last, by table and setting."""
    return [Loaded(*row) for row in database.rows(_LOADED)]

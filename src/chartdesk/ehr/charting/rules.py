"""The decisions of charting: a visit's state, what a note still lacks, which vital signs are possible.

Pure: plain data in, decision out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from decimal import Decimal

from chartdesk.ehr.charting.content import WITHDRAWN, NoteContent, Procedure, Vitals
from chartdesk.standards.terminology import icd10, vitals

#: The most that one professional claim carries (X12 005010X222A1: 12 HI codes, 4 pointers, 4 modifiers).
MOST_DIAGNOSES = 12
MOST_POINTERS = 4
MOST_MODIFIERS = 4
MOST_UNITS = Decimal(999)
#: Minutes of one visit beyond which a slip of the pen is likely.
LONG_VISIT = 480
#: Characters that a section may hold.
LONGEST_SECTION = 100_000

_PROCEDURE = re.compile(r"[0-9A-Z]\d{3}[0-9A-Z]")
_MODIFIER = re.compile(r"[0-9A-Z]{2}")


@dataclass(frozen=True)
class Issue:
    """Something to mend. ``severity`` is error (refuses the signature) or warning; ``where`` is the field."""

    rule: str
    severity: str
    message: str
    cure: str
    where: str


def is_procedure_code(code: str) -> bool:
    """Whether ``code`` has the form of a CPT or HCPCS code."""
    return _PROCEDURE.fullmatch(code) is not None


def encounter_status(step: str, *, signed: bool) -> str:
    """The FHIR Encounter status of a visit at ``step``; once signed, it is finished whatever comes."""
    if signed:
        return "finished"
    if step in WITHDRAWN:
        return "cancelled"
    return {"arrived": "arrived", "roomed": "in-progress", "departed": "finished"}.get(step, "planned")


@dataclass(frozen=True)
class Draft:
    """What the checks before a signature look at. ``offered`` are the codes the practice charges for."""

    content: NoteContent
    titles: dict[str, str]
    prepared: dict[str, str]
    offered: Collection[str]
    step: str


def sign_issues(draft: Draft) -> list[Issue]:
    """Everything that stands between the draft and its signature, in the order of the page."""
    return [
        *_visit_issues(draft),
        *_section_issues(draft),
        *_diagnosis_issues(draft),
        *_procedure_issues(draft),
    ]


def _visit_issues(draft: Draft) -> Iterator[Issue]:
    if draft.step in WITHDRAWN:
        word = "cancelled" if draft.step == "cancelled" else "marked as a no-show"
        yield Issue(
            "visit-withdrawn",
            "error",
            f"The visit was {word}.",
            "Have the front desk check the patient in.",
            "visit",
        )
    elif draft.step in ("booked", "confirmed"):
        yield Issue(
            "visit-not-arrived",
            "warning",
            "The patient has not been checked in.",
            "Have the front desk check the patient in.",
            "visit",
        )
    minutes = draft.content.minutes
    if minutes is not None and minutes > LONG_VISIT:
        yield Issue("minutes-long", "warning", f"{minutes} minutes is a long visit.", "Check the time.", "minutes")


def _section_issues(draft: Draft) -> Iterator[Issue]:
    for key, title in draft.titles.items():
        text = draft.content.sections.get(key, "").strip()
        where = f"sections.{key}"
        if not text:
            yield Issue(
                "section-empty",
                "error",
                f"{title} is empty.",
                "Write it, or write that it does not apply.",
                where,
            )
        elif text == draft.prepared.get(key, "").strip():
            yield Issue(
                "section-unchanged",
                "warning",
                f"{title} holds only what was prepared.",
                "Read it and add what today brought.",
                where,
            )


def _diagnosis_issues(draft: Draft) -> Iterator[Issue]:
    codes = [diagnosis.code for diagnosis in draft.content.diagnoses]
    if not codes:
        yield Issue("diagnosis-missing", "error", "There is no diagnosis.", "Choose at least one.", "diagnoses")
    if len(codes) > MOST_DIAGNOSES:
        yield Issue(
            "diagnosis-many",
            "error",
            f"There are {len(codes)} diagnoses; a claim carries {MOST_DIAGNOSES}.",
            "Keep those that today's services were for.",
            "diagnoses",
        )
    for number, code in enumerate(codes):
        where = f"diagnoses[{number}]"
        if not icd10.is_billable(code):
            cure = "Search for a more specific code."
            yield Issue("diagnosis-unbillable", "error", f"{code} is not a billable ICD-10-CM code.", cure, where)
        if code in codes[:number]:
            yield Issue("diagnosis-twice", "error", f"{code} stands twice.", "Remove one.", where)
    if codes and codes[0][:1] in "VWXY":
        yield Issue(
            "diagnosis-external-first",
            "warning",
            f"{codes[0]} says how it happened, not what it is.",
            "Put the injury or illness first.",
            "diagnoses[0]",
        )


def _procedure_issues(draft: Draft) -> Iterator[Issue]:
    procedures = draft.content.procedures
    if not procedures:
        yield Issue(
            "procedure-missing",
            "error",
            "There is no procedure.",
            "Choose what was done; a visit without charge has a code too (99024).",
            "procedures",
        )
    for number, procedure in enumerate(procedures):
        yield from _one_procedure(draft, procedure, f"procedures[{number}]")


def _one_procedure(draft: Draft, procedure: Procedure, where: str) -> Iterator[Issue]:
    code, count = procedure.code, len(draft.content.diagnoses)
    if not is_procedure_code(code):
        yield Issue("procedure-code", "error", f"{code} is no CPT or HCPCS code.", "Choose one from the list.", where)
    elif code not in draft.offered:
        yield Issue(
            "procedure-not-offered",
            "warning",
            f"{code} is not on the practice's list.",
            "It can be signed; the biller will be asked for its price.",
            where,
        )
    pointers = procedure.pointers
    if not pointers:
        yield Issue(
            "pointer-missing",
            "error",
            f"{code} points to no diagnosis.",
            "Say what it was done for.",
            f"{where}.pointers",
        )
    wrong = [pointer for pointer in pointers if not 1 <= pointer <= count]
    if wrong:
        listed = ", ".join(map(str, wrong))
        cure = f"Point to 1 to {count}." if count else "Choose a diagnosis first."
        yield Issue("pointer-wrong", "error", f"{code} points to diagnosis {listed}.", cure, f"{where}.pointers")
    if len(set(pointers)) != len(pointers) or len(pointers) > MOST_POINTERS:
        cure = f"Point to at most {MOST_POINTERS} diagnoses, each once."
        yield Issue("pointer-many", "error", f"{code} has too many pointers.", cure, f"{where}.pointers")
    yield from _units_and_modifiers(procedure, where)


def _units_and_modifiers(procedure: Procedure, where: str) -> Iterator[Issue]:
    code, modifiers = procedure.code, procedure.modifiers
    if not 0 < procedure.units <= MOST_UNITS:
        cure = f"Units go from 1 to {MOST_UNITS}."
        yield Issue("units", "error", f"{code} has {procedure.units} units.", cure, f"{where}.units")
    bad = [modifier for modifier in modifiers if not _MODIFIER.fullmatch(modifier)]
    if bad:
        cure = "A modifier is two letters or digits, such as 25."
        yield Issue("modifier", "error", f"{code} has the modifier {bad[0]}.", cure, f"{where}.modifiers")
    if len(set(modifiers)) != len(modifiers) or len(modifiers) > MOST_MODIFIERS:
        cure = f"Use at most {MOST_MODIFIERS} modifiers, each once."
        yield Issue("modifier-many", "error", f"{code} has too many modifiers.", cure, f"{where}.modifiers")


def vital_issues(taken: Vitals) -> list[Issue]:
    """What is impossible (error) and what is unusual (warning) in vital signs of an adult at rest."""
    found = []
    given = {field.name: getattr(taken, field.name) for field in fields(taken)}
    if all(value is None for value in given.values()):
        found.append(Issue("vitals-empty", "error", "Nothing was measured.", "Enter at least one value.", "vitals"))
    if (taken.systolic is None) != (taken.diastolic is None):
        missing = "systolic" if taken.systolic is None else "diastolic"
        cure = "Enter both pressures, or neither."
        found.append(Issue("pressure-half", "error", f"The {missing} pressure is missing.", cure, missing))
    if taken.systolic is not None and taken.diastolic is not None and taken.systolic <= taken.diastolic:
        cure = "The upper value comes first."
        message = f"A pressure of {taken.systolic}/{taken.diastolic} is not possible."
        found.append(Issue("pressure-order", "error", message, cure, "systolic"))
    for name, value in given.items():
        if value is not None:
            found += _limit_issues(vitals.MEASURES[name], value)
    return found


def _limit_issues(measure: vitals.Measure, value: Decimal) -> list[Issue]:
    low, high = measure.possible
    said = f"{measure.label} {value} {measure.unit}"
    if not low <= value <= high:
        cure = f"Possible is {low} to {high} {measure.unit}."
        return [Issue("vital-impossible", "error", f"{said} is not possible.", cure, measure.name)]
    if measure.usual and not measure.usual[0] <= value <= measure.usual[1]:
        cure = f"Usual is {measure.usual[0]} to {measure.usual[1]} {measure.unit}. Measure again if in doubt."
        return [Issue("vital-unusual", "warning", f"{said} is unusual.", cure, measure.name)]
    return []

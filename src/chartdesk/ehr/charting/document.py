"""The signed note as one text: what the digest is taken over, and what the record keeps as a document.

Pure: plain data in, text out. A change of wording here changes only notes signed afterwards, since the text
itself is stored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from chartdesk.ehr.charting.content import NoteContent, Procedure
from chartdesk.standards.terminology.decision_making import ELEMENTS


@dataclass(frozen=True)
class Heading:
    """Who, when and where. Times are shown in ``zone``."""

    practice: str
    zone: str
    patient_name: str
    mrn: str
    birth_date: date | None
    visit: str
    starts: datetime
    clinician: str


@dataclass(frozen=True)
class Chart:
    """The chart lists as they stood at the signature, one line each."""

    problems: Sequence[str] = field(default=())
    allergies: Sequence[str] = field(default=())
    medications: Sequence[str] = field(default=())
    vitals: str = ""


def text(heading: Heading, titles: dict[str, str], content: NoteContent, chart: Chart, signed_at: datetime) -> str:
    """The whole note, in plain text."""
    day = heading.starts.astimezone(ZoneInfo(heading.zone))
    born = f", born {heading.birth_date:%b %-d, %Y}" if heading.birth_date else ""
    mrn = f", MRN {heading.mrn}" if heading.mrn else ""
    lines = [
        heading.practice,
        f"{heading.visit or 'Visit'} on {day:%b %-d, %Y}",
        f"Patient: {heading.patient_name}{born}{mrn}",
        f"Clinician: {heading.clinician}",
    ]
    for key, title in titles.items():
        lines += ["", title.upper(), content.sections.get(key, "").strip()]
    lines += _listed("VITAL SIGNS", [chart.vitals] if chart.vitals else [])
    lines += _listed("PROBLEM LIST", chart.problems)
    lines += _listed("ALLERGIES", chart.allergies)
    lines += _listed("MEDICATIONS", chart.medications)
    lines += _listed(
        "DIAGNOSES",
        [f"{number}. {item.code} {item.description}" for number, item in enumerate(content.diagnoses, 1)],
    )
    lines += _listed("PROCEDURES", [_procedure(procedure) for procedure in content.procedures])
    named = [f"{title}: {content.decision[name]}" for name, (title, _) in ELEMENTS.items() if name in content.decision]
    lines += _listed("DECISION MAKING", named)
    if content.minutes is not None:
        lines += ["", f"Time: {content.minutes} minutes"]
    moment = signed_at.astimezone(ZoneInfo(heading.zone))
    lines += ["", f"Signed by {heading.clinician} on {moment:%b %-d, %Y at %-I:%M %p %Z}"]
    return "\n".join(lines) + "\n"


def addendum(text: str, author: str, at: datetime, zone: str) -> str:
    """An addendum as a document of its own."""
    moment = at.astimezone(ZoneInfo(zone))
    return f"ADDENDUM\n{text.strip()}\n\nAdded by {author} on {moment:%b %-d, %Y at %-I:%M %p %Z}\n"


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def units(value: Decimal) -> str:
    """Units as people write them: ``1``, ``2.5``."""
    return f"{value.normalize():f}"


def _procedure(procedure: Procedure) -> str:
    code = "-".join([procedure.code, *procedure.modifiers])
    times = f" x {units(procedure.units)}" if procedure.units != 1 else ""
    pointed = ", ".join(map(str, procedure.pointers))
    return f"{code}{times} {procedure.description} (for {pointed})".replace("  ", " ")


def _listed(title: str, lines: Sequence[str]) -> list[str]:
    return ["", title, *lines] if lines else []

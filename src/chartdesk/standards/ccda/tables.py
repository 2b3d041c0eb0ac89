"""The narrative of the sections that are written: a table, whose first words of a row are what the entry points to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from chartdesk.standards.ccda.document import (
    Allergy,
    Encounter,
    Immunization,
    Medication,
    Observation,
    Panel,
    Plan,
    Problem,
    Procedure,
    Span,
)
from chartdesk.standards.ccda.markup import add
from chartdesk.standards.ccda.oids import name_of
from chartdesk.standards.ccda.parsing import Element

#: The words of a cell, and the name by which an entry points to it (empty for none).
Cell = tuple[str, str]


class Table(NamedTuple):
    """Its headings, and the rows of an item: ``rows(item, name)``, where ``name`` is the item's own in the document."""

    headings: tuple[str, ...]
    rows: Callable[[Any, str], list[list[Cell]]]


def day(moment: str) -> str:
    """A moment as people read it: the day, with the time where there is one."""
    return moment[:16].replace("T", " ")


def days(span: Span) -> str:
    """From when until when."""
    if span.high and span.high != span.low:
        return f"{day(span.low)} to {day(span.high)}".strip() if span.low else f"until {day(span.high)}"
    return day(span.low)


def _codes(codings: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{name_of(system)} {code}" for system, code in codings)


def _problem(item: Problem, name: str) -> list[list[Cell]]:
    status = "not present" if item.negated else item.status
    return [[(item.what.words, name), (_codes(item.what.codings), ""), (status, ""), (days(item.span), "")]]


#: That no allergy is known, by the category of which it is said.
NONE_KNOWN = {
    "": "No known allergies",
    "medication": "No known drug allergies",
    "food": "No known food allergies",
    "environment": "No known environmental allergies",
    "biologic": "No known allergies to biologics",
}


def _allergy(item: Allergy, name: str) -> list[list[Cell]]:
    if item.none_known:
        return [[(NONE_KNOWN[item.category], name), ("", ""), ("", ""), (item.status, ""), (days(item.span), "")]]
    felt = ", ".join(reaction.what.words for reaction in item.reactions)
    severity = next((reaction.severity for reaction in item.reactions if reaction.severity), item.severity)
    status = "not allergic" if item.negated else item.status
    return [[(item.substance.words, name), (felt, ""), (severity, ""), (status, ""), (days(item.span), "")]]


def _medication(item: Medication, name: str) -> list[list[Cell]]:
    return [
        [
            (item.drug.words, name),
            (item.instruction, f"{name}-sig" if item.instruction else ""),
            (item.status, ""),
            (days(item.span), ""),
            (item.reason.words, ""),
        ]
    ]


def _panel(item: Panel, name: str) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[(item.what.words, name), ("", ""), ("", ""), ("", ""), (days(item.at), "")]]
    for number, seen in enumerate(item.observations, 1):
        rows.append(
            [
                (seen.what.words, f"{name}-{number}"),
                (seen.shown, ""),
                (seen.interpretation, ""),
                (seen.range, ""),
                (days(seen.at), ""),
            ]
        )
    return rows


def _vitals(item: Panel, name: str) -> list[list[Cell]]:
    return [
        [(seen.what.words, f"{name}-{number}"), (seen.shown, ""), (days(seen.at), "")]
        for number, seen in enumerate(item.observations, 1)
    ]


def _immunization(item: Immunization, name: str) -> list[list[Cell]]:
    said = f"refused{': ' + item.reason.words if item.reason else ''}" if item.refused else item.status
    return [[(item.vaccine.words, name), (day(item.at), ""), (item.lot, ""), (said, "")]]


def _procedure(item: Procedure, name: str) -> list[list[Cell]]:
    return [[(item.what.words, name), (days(item.span), ""), (item.status, ""), (str(item.performer), "")]]


def _encounter(item: Encounter, name: str) -> list[list[Cell]]:
    first: list[Cell] = [(item.what.words, name), (days(item.span), ""), (str(item.performer), ""), ("", "")]
    told: list[list[Cell]] = [
        [("", ""), ("", ""), ("", ""), (one.what.words, f"{name}-{number}")]
        for number, one in enumerate(item.diagnoses, 1)
    ]
    return [first, *told]


def _plan(item: Plan, name: str) -> list[list[Cell]]:
    return [[(item.what.words, name), (item.kind, ""), (days(item.when), "")]]


def _social(item: Observation, name: str) -> list[list[Cell]]:
    return [[(item.what.words, name), (item.shown, ""), (days(item.at), "")]]


TABLES = {
    "problems": Table(("Problem", "Code", "Status", "Dates"), _problem),
    "allergies": Table(("Substance", "Reaction", "Severity", "Status", "Dates"), _allergy),
    "medications": Table(("Medicine", "Instructions", "Status", "Dates", "Reason"), _medication),
    "results": Table(("Test", "Result", "Flag", "Range", "Date"), _panel),
    "vitals": Table(("Measure", "Value", "Date"), _vitals),
    "immunizations": Table(("Vaccine", "Date", "Lot", "Status"), _immunization),
    "procedures": Table(("Procedure", "Date", "Status", "Performed by"), _procedure),
    "encounters": Table(("Visit", "Date", "With", "Diagnosis"), _encounter),
    "plan": Table(("Planned", "Kind", "When"), _plan),
    "social": Table(("What", "Value", "Date"), _social),
}


def table(parent: Element, kind: str, items: Sequence[Any]) -> None:
    """The table of a section's items; their names are ``<kind>-<number>``."""
    shape = TABLES[kind]
    made = add(parent, "table")
    heading = add(add(made, "thead"), "tr")
    for title in shape.headings:
        add(heading, "th", title)
    body = add(made, "tbody")
    for number, item in enumerate(items, 1):
        for row in shape.rows(item, f"{kind}-{number}"):
            line = add(body, "tr")
            for words, name in row:
                cell = add(line, "td", "" if name else words)
                if name:
                    add(cell, "content", words, ID=name)


def paragraphs(parent: Element, text: str) -> None:
    """Words as paragraphs, one for each line."""
    for line in text.splitlines() or [text]:
        if line.strip():
            add(parent, "paragraph", line.strip())

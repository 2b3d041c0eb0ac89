"""What an export covers: its types, its patients, and the scopes that hold it.

Guide: Bulk Data Access 2.0, kick-off request (https://hl7.org/fhir/uv/bulkdata/export.html).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qsl

from chartdesk.kit.errors import Forbidden, Invalid
from chartdesk.record import reach, search
from chartdesk.record.access import scopes
from chartdesk.record.access.subject import Subject
from chartdesk.record.preparing import in_compartment, stamp
from chartdesk.record.reading import get
from chartdesk.standards.fhir import r4
from chartdesk.standards.fhir.facts import resource_types

SYSTEM, PATIENT, GROUP = "system", "patient", "group"
#: What belongs to no patient and goes along with them, because their resources refer to it.
ASSOCIATED = frozenset({"Location", "Medication", "Organization", "Practitioner", "PractitionerRole"})
#: The most queries, and the most patients named one by one.
_MOST_FILTERS = 50
_MOST_PATIENTS = 10_000


@dataclass(frozen=True)
class Wish:
    """What a client asked for. ``filters`` are queries such as ``Observation?category=laboratory``.

    ``lenient`` leaves out what cannot be given and says so, instead of refusing all of it.
    """

    level: str
    group: str = ""
    types: Sequence[str] = ()
    since: datetime | None = None
    filters: Sequence[str] = ()
    patients: Sequence[str] = ()
    lenient: bool = False


@dataclass
class Plan:
    """What is done: for each type its queries (none for all of it). ``notes`` are sentences for the client.

    ``patients`` are the only ones it is about, None for all; ``compartments`` says that what belongs to no patient is
    left out, but for what goes along.
    """

    types: dict[str, list[str]]
    compartments: bool
    since: str = ""
    patients: list[str] | None = None
    notes: list[str] = field(default_factory=list)


def plan(subject: Subject, wish: Wish) -> Plan:
    """The plan for a wish. Raises Invalid for what makes no sense, Forbidden for what the scopes do not allow."""
    made = Plan({}, wish.level != SYSTEM, since=stamp(wish.since) if wish.since else "")
    for type in wish.types or sorted(resource_types()):
        fault = _objection(subject, type, wish)
        if fault is None:
            made.types[type] = []
        elif wish.types:
            if not wish.lenient:
                raise fault
            made.notes.append(f"{type} is left out: {fault.message}")
    if not made.types:
        raise Forbidden("The token does not allow to read any of the types.", cure="Ask for a scope like system/*.rs.")
    _add_filters(subject, made, wish)
    made.patients = _patients(subject, wish)
    return made


def _objection(subject: Subject, type: str, wish: Wish) -> Invalid | Forbidden | None:
    if type not in resource_types():
        return Invalid(f"{type!r} is not a resource type of FHIR R4.", where="_type")
    if wish.level != SYSTEM and not in_compartment(type) and type not in ASSOCIATED:
        return Invalid(f"{type} belongs to no patient.", cure="Export it at system level.", where="_type")
    try:
        reach.of(subject, type, scopes.READ)
    except Forbidden as fault:
        return fault
    return None


def _add_filters(subject: Subject, made: Plan, wish: Wish) -> None:
    if len(wish.filters) > _MOST_FILTERS:
        raise Invalid(f"More than {_MOST_FILTERS} filters are not taken.", where="_typeFilter")
    for text in wish.filters:
        type, _, query = text.partition("?")
        if type not in made.types or not query:
            fault = Invalid(
                f"The filter {text!r} is not for a type that is exported.",
                cure="Write it like Observation?category=laboratory.",
                where="_typeFilter",
            )
            if not wish.lenient:
                raise fault
            made.notes.append(fault.message)
            continue
        reach.of(subject, type, scopes.SEARCH)
        search.parse(type, pairs_of(query), strict=True)
        made.types[type].append(query)


def _patients(subject: Subject, wish: Wish) -> list[str] | None:
    """The patients it is about; None for all."""
    named = [one.removeprefix("Patient/") for one in wish.patients]
    if len(named) > _MOST_PATIENTS:
        raise Invalid(f"More than {_MOST_PATIENTS:,} patients are not taken one by one.", cure="Make a Group of them.")
    if wish.level != GROUP:
        return sorted(set(named)) or None
    group = get(subject, "Group", wish.group, why="bulk export").resource
    assert isinstance(group, r4.Group)
    entities = [member.entity for member in group.member if member.entity is not None and not member.inactive]
    named_there = [one.reference for one in entities if one.reference and one.reference.startswith("Patient/")]
    members = {reference.removeprefix("Patient/") for reference in named_there}
    strangers = sorted(set(named) - members)
    if strangers:
        raise Invalid(f"Patient/{strangers[0]} is not a member of the group.", where="patient")
    return sorted(set(named) or members)


def pairs_of(query: str) -> list[tuple[str, str]]:
    """A query's parameters. Raises Invalid for what says how to answer instead of what to find."""
    pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=50)
    for name, _ in pairs:
        if name.partition(":")[0] in ("_include", "_revinclude", "_count", "_sort", "_summary", "_elements", "_cursor"):
            raise Invalid(f"{name} is not possible in a filter.", where="_typeFilter")
    return pairs

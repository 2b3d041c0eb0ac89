"""Everything about one patient: the chart type by type, and what it names besides.

A page holds resources of the patient's compartment within the subject's scopes, with the practitioners,
organizations, locations and medications that they refer to, and the provenance of all of them. Guide section: Patient
$everything (https://hl7.org/fhir/R4/patient-operation-everything.html).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from chartdesk.record import audit, database, preparing, reach
from chartdesk.record.access import scopes
from chartdesk.record.access.subject import Subject
from chartdesk.record.indexing import NO_DATE
from chartdesk.record.search import inclusion, linked, ordering
from chartdesk.record.search.ordering import Key
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir.facts import resource_types
from chartdesk.standards.fhir.search import Include, Query

#: Types that are given because a resource of the chart refers to them.
SUPPORTING = ("Practitioner", "PractitionerRole", "Organization", "Location", "Medication", "Device")
#: Entries whose references are followed at once.
_AT_ONCE = 100


def _instant(value: object) -> datetime:
    found = datetime.fromisoformat(str(value))
    if found.tzinfo is None:
        raise ValueError("no zone")
    return found


#: The patient comes first, the other types by their names; of each the newest first.
_ORDER = [
    Key("(CASE r.type WHEN 'Patient' THEN '' ELSE r.type END)", (), False),
    Key("r.date", (), True, _instant),
    Key("r.id", (), True),
]


@dataclass(frozen=True)
class Wanted:
    """What of a chart is wanted. Care dates count from ``start`` to before ``end``; what has no date always does."""

    patient: str
    start: datetime | None = None
    end: datetime | None = None
    since: datetime | None = None
    types: Collection[str] = ()
    count: int = 1000


@dataclass
class Chart:
    """One page. ``withheld`` are types that the subject's scopes do not show at all."""

    entries: list[Stored] = field(default_factory=list)
    included: list[Stored] = field(default_factory=list)
    next: str | None = None
    withheld: list[str] = field(default_factory=list)


def page(subject: Subject, wanted: Wanted, cursor: str = "") -> Chart:
    """One page of the chart; call it inside a transaction. Raises Forbidden, and Invalid for a wrong cursor."""
    chart = Chart()
    asked = [type for type in sorted(resource_types()) if preparing.in_compartment(type) and _is_asked(wanted, type)]
    types = [type for type in asked if reach.readable(subject, type, scopes.SEARCH)]
    chart.withheld = sorted(set(asked) - set(types))
    types = [type for type in types if type != "Provenance"]
    if types:
        _fill(subject, chart, wanted, types, cursor)
        _include(subject, chart, wanted)
    _note(subject, chart)
    return chart


def _is_asked(wanted: Wanted, type: str) -> bool:
    return not wanted.types or type in wanted.types


def _fill(subject: Subject, chart: Chart, wanted: Wanted, types: Sequence[str], cursor: str) -> None:
    where = linked.where(subject, types, [], compartment=wanted.patient)
    # Other patients who are linked to this one are somebody else's chart.
    where.add("(r.type <> 'Patient' OR r.id = %s)", wanted.patient)
    for bound, test in ((wanted.start, "r.date >= %s"), (wanted.end, "r.date < %s")):
        if bound is not None:
            where.add(f"(r.date = %s OR {test})", NO_DATE, bound)
    if wanted.since is not None:
        where.add("r.updated >= %s", wanted.since)
    text, values = where.sql()
    columns = ", ".join(f"{key.expression} AS k{place}" for place, key in enumerate(_ORDER))
    statement = f"""SELECT * FROM (
        SELECT r.type, r.id, r.version, r.updated, r.patient, r.body, {columns} FROM {where.source} WHERE {text}
    ) AS f"""
    if cursor:
        condition, more = ordering.after(_ORDER, cursor)
        statement, values = f"{statement} WHERE {condition}", [*values, *more]
    directions = ", ".join(f"k{place}{' DESC' if key.descending else ''}" for place, key in enumerate(_ORDER))
    rows = database.rows(f"{statement} ORDER BY {directions} LIMIT %s", [*values, wanted.count + 1])
    for type, id, version, updated, patient, body, *_ in rows[: wanted.count]:
        chart.entries.append(Stored(type, id, version, updated, False, body.encode(), patient))
    if len(rows) > wanted.count:
        chart.next = ordering.cursor_of(list(rows[wanted.count - 1][6:]))


def _include(subject: Subject, chart: Chart, wanted: Wanted) -> None:
    """What the entries refer to, and the provenance of what is on the page; each once."""
    targets = [type for type in SUPPORTING if _is_asked(wanted, type)]
    sources = {one.type for one in chart.entries} | set(SUPPORTING)
    forward = [Include(source, "*", target, iterate=True) for source in sorted(sources) for target in targets]
    backward = [Include("Provenance", "target")] if _is_asked(wanted, "Provenance") else []
    known = {(one.type, one.id) for one in chart.entries}
    for start in range(0, len(chart.entries), _AT_ONCE):
        part = chart.entries[start : start + _AT_ONCE]
        query = Query("", include=forward, revinclude=backward)
        for one in inclusion.included(subject, query, part):
            if (one.type, one.id) not in known:
                known.add((one.type, one.id))
                chart.included.append(one)


def _note(subject: Subject, chart: Chart) -> None:
    """One audit row for each type and patient on the page, with how many were read as its version."""
    counts: dict[tuple[str, str], int] = {}
    for one in (*chart.entries, *chart.included):
        counts[one.type, one.patient] = counts.get((one.type, one.patient), 0) + 1
    touched = [audit.Touched("R", type, "", number, patient) for (type, patient), number in counts.items()]
    audit.record_many(subject, touched, detail="everything")

"""Reading single resources; each read leaves an audit row, in the same statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection

from chartdesk.kit import clock
from chartdesk.kit.arrays import Texts
from chartdesk.kit.errors import ChartdeskError, Forbidden, Gone, NotFound
from chartdesk.kit.rounds import together
from chartdesk.kit.transactions import reading
from chartdesk.record import audit, database, reach
from chartdesk.record.access import scopes
from chartdesk.record.access.subject import Subject
from chartdesk.record.functions import AUDIT_COLUMNS
from chartdesk.record.preparing import stamp
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import r4

R = TypeVar("R", bound=r4.Resource)

_READ = "SELECT * FROM record_read(%s::int4, %s, %s, %s::timestamptz, %s, %s, %s, %s, %s, %s, %s, %s)"


# Several reads at once. Each row is looked up on its own, whatever the planner believes of the table.
_READ_MANY = f"""
    WITH asked AS MATERIALIZED (
        SELECT * FROM unnest(%(types)b::text[], %(ids)b::text[], %(within)b::text[], %(actors)b::text[],
                             %(names)b::text[], %(purposes)b::text[], %(origins)b::text[], %(requests)b::text[])
          WITH ORDINALITY AS a(kind, named, within, actor, name, purpose, origin, request, place)
    ), found AS MATERIALIZED (
        SELECT a.*, r.* FROM asked a CROSS JOIN LATERAL (
            SELECT version, updated, deleted, patient, body FROM record_resource
             WHERE practice = %(practice)s::int4 AND type = a.kind AND id = a.named LIMIT 1
        ) r
         WHERE a.within IS NULL OR r.patient = a.within
    ), noted AS (
        INSERT INTO record_audit ({AUDIT_COLUMNS})
        SELECT %(practice)s::int4, %(moment)s::timestamptz, actor, name, 'R', kind, named, version, patient, purpose,
               origin, request, '' FROM found
    )
    SELECT place, version, updated, deleted, patient, body FROM found
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """One read among several."""

    subject: Subject
    type: str
    id: str


def get(subject: Subject, type: str, id: str, *, why: str = "") -> Stored:
    """The present version. ``why`` goes into the audit. Raises NotFound, Forbidden, Gone."""
    allowed = reach.of(subject, type, scopes.READ)
    within = allowed.patient if allowed else None
    values = [
        *(subject.practice, type, id, clock.now(), subject.actor, subject.name),
        *(subject.purpose, subject.origin, subject.request, why, within),
    ]
    if allowed is not None and allowed.filtered:
        found = _narrowed(subject, allowed, values)
    elif not connection.in_atomic_block:
        found = database.row(_READ, [*values, True])
    else:
        with reading(subject):
            found = database.row(_READ, [*values, False])
    return _stored(type, id, found)


def _narrowed(subject: Subject, allowed: reach.Reach, values: list[Any]) -> tuple[Any, ...] | None:
    """The same read where codes decide as well; what is out of reach is not there, and its reading leaves no row."""
    type, id = values[1], values[2]
    with reading(subject):
        test, given = allowed.test()
        here = "SELECT 1 FROM record_resource r WHERE r.practice = %s AND r.type = %s AND r.id = %s"
        if database.row(f"{here} AND {test} FOR SHARE", [subject.practice, type, id, *given]) is None:
            return None
        return database.row(_READ, [*values, False])


# The same for resources of one type that one subject reads within its transaction.
_SEVERAL = f"""
    WITH found AS MATERIALIZED (
        SELECT r.* FROM unnest(%(ids)b::text[]) AS a(named) CROSS JOIN LATERAL (
            SELECT id, version, updated, patient, body FROM record_resource
             WHERE practice = %(practice)s::int4 AND type = %(type)s AND id = a.named AND NOT deleted LIMIT 1
        ) r
    ), noted AS (
        INSERT INTO record_audit ({AUDIT_COLUMNS})
        SELECT %(practice)s::int4, %(at)s::timestamptz, %(actor)s, %(name)s, 'R', %(type)s, id, version, patient,
               %(purpose)s, %(origin)s, %(request)s, %(detail)s FROM found
    )
    SELECT id, version, updated, patient, body FROM found
"""


# The same for all resources of one type that some patients have.
_OF_PATIENTS = f"""
    WITH found AS MATERIALIZED (
        SELECT id, version, updated, patient, body FROM record_resource
         WHERE practice = %(practice)s::int4 AND type = %(type)s AND patient = ANY(%(ids)b::text[]) AND NOT deleted
    ), noted AS (
        INSERT INTO record_audit ({AUDIT_COLUMNS})
        SELECT %(practice)s::int4, %(at)s::timestamptz, %(actor)s, %(name)s, 'R', %(type)s, id, version, patient,
               %(purpose)s, %(origin)s, %(request)s, %(detail)s FROM found
    )
    SELECT id, version, updated, patient, body FROM found ORDER BY patient, id
"""


def of_patients(subject: Subject, type: str, patients: Iterable[str], *, why: str = "") -> list[Stored]:
    """All resources of one type that belong to these patients, in one statement; for our own rooms.

    Raises Forbidden for a subject whose reach is limited.
    """
    wanted = sorted(set(patients))
    if not wanted:
        return []
    if reach.of(subject, type, scopes.READ) is not None:
        raise Forbidden("Several patients at once are read by Chartdesk's own rooms only.")
    values = {"ids": Texts(wanted), "practice": subject.practice, "type": type, **audit.circumstances(subject, why)}
    with reading(subject):
        rows = database.rows(_OF_PATIENTS, values)
    return [Stored(type, row[0], row[1], row[2], False, row[4].encode(), row[3]) for row in rows]


def several(subject: Subject, type: str, ids: Iterable[str], *, why: str = "") -> dict[str, Stored]:
    """Resources of one type by their ids, in one statement; those that are not there, or deleted, are left out.

    Raises Forbidden.
    """
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    if reach.of(subject, type, scopes.READ) is not None:
        return _those_reached(subject, type, wanted, why)
    values = {
        "ids": Texts(wanted),
        "practice": subject.practice,
        "type": type,
        **audit.circumstances(subject, why),
    }
    with reading(subject):
        rows = database.rows(_SEVERAL, values)
    return {row[0]: Stored(type, row[0], row[1], row[2], False, row[4].encode(), row[3]) for row in rows}


def _those_reached(subject: Subject, type: str, ids: list[str], why: str) -> dict[str, Stored]:
    found = {}
    for id in ids:
        with suppress(NotFound, Gone):
            found[id] = get(subject, type, id, why=why)
    return found


def get_many(asked: Sequence[Asked]) -> list[Stored | ChartdeskError]:
    """What ``get`` gives or raises for each, read and noted in one statement for each practice."""
    found: list[Stored | ChartdeskError | None] = [None] * len(asked)
    rounds: dict[int, list[tuple[int, str | None]]] = {}
    for place, one in enumerate(asked):
        try:
            allowed = reach.of(one.subject, one.type, scopes.READ)
            if allowed is not None and allowed.filtered:
                found[place] = get(one.subject, one.type, one.id)
            else:
                rounds.setdefault(one.subject.practice, []).append((place, allowed.patient if allowed else None))
        except ChartdeskError as fault:
            found[place] = fault
    for practice, places in rounds.items():
        values = {
            "practice": practice,
            "moment": clock.now(),
            "types": Texts([asked[place].type for place, _ in places]),
            "ids": Texts([asked[place].id for place, _ in places]),
            "within": [patient for _, patient in places],
            **audit.circumstances_of(asked[place].subject for place, _ in places),
        }
        rows = {row[0]: row[1:] for row in together(practice, [(_READ_MANY, values)], lasting=False)[0]}
        for number, (place, _) in enumerate(places, start=1):
            found[place] = _one_of(asked[place], rows.get(number))
    return [one for one in found if one is not None]


def _one_of(asked: Asked, row: tuple[Any, ...] | None) -> Stored | ChartdeskError:
    try:
        return _stored(asked.type, asked.id, row)
    except ChartdeskError as fault:
        return fault


def _stored(type: str, id: str, found: tuple[Any, ...] | None) -> Stored:
    if found is None:
        raise NotFound(f"There is no {type}/{id}.", cure="Check the type and the id.", where=f"{type}/{id}")
    version, updated, deleted, patient, body = found
    if deleted:
        raise Gone(f"{type}/{id} was deleted at {stamp(updated)}.", cure="Its history can still be read.")
    return Stored(type, id, version, updated, deleted, body.encode(), patient)


def read(subject: Subject, type: type[R], id: str, *, why: str = "") -> R:
    """The same, decoded: ``read(subject, r4.Patient, id)``."""
    resource = get(subject, type.resourceType, id, why=why).resource
    assert isinstance(resource, type)
    return resource

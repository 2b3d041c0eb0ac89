"""Reading single resources; each read leaves an audit row, in the same statement."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import connection

from chartdesk.kit import clock
from chartdesk.kit.errors import Gone, NotFound
from chartdesk.kit.transactions import reading
from chartdesk.record import database, reach
from chartdesk.record.access import scopes
from chartdesk.record.access.subject import Subject
from chartdesk.record.preparing import stamp
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import r4

R = TypeVar("R", bound=r4.Resource)

_READ = "SELECT * FROM record_read(%s::int4, %s, %s, %s::timestamptz, %s, %s, %s, %s, %s, %s, %s, %s)"


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
    if found is None:
        raise NotFound(f"There is no {type}/{id}.", cure="Check the type and the id.", where=f"{type}/{id}")
    version, updated, deleted, patient, body = found
    if deleted:
        raise Gone(f"{type}/{id} was deleted at {stamp(updated)}.", cure="Its history can still be read.")
    return Stored(type, id, version, updated, deleted, body.encode(), patient)


def _narrowed(subject: Subject, allowed: reach.Reach, values: list[Any]) -> tuple[Any, ...] | None:
    """The same read where codes decide as well; what is out of reach is not there, and its reading leaves no row."""
    type, id = values[1], values[2]
    with reading(subject):
        test, given = allowed.test()
        here = "SELECT 1 FROM record_resource r WHERE r.practice = %s AND r.type = %s AND r.id = %s"
        if database.row(f"{here} AND {test} FOR SHARE", [subject.practice, type, id, *given]) is None:
            return None
        return database.row(_READ, [*values, False])


def read(subject: Subject, type: type[R], id: str, *, why: str = "") -> R:
    """The same, decoded: ``read(subject, r4.Patient, id)``."""
    resource = get(subject, type.resourceType, id, why=why).resource
    assert isinstance(resource, type)
    return resource

"""Who read or wrote what, when, why and from where.

Every read and write of the record leaves a row here, in the same transaction: what was rolled back was
not disclosed and leaves none. Rows are added and never changed; the database refuses anything else.
Queries of the rooms that show a patient's relational data (claims, payments) call ``record`` themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chartdesk.kit import clock
from chartdesk.kit.arrays import Texts
from chartdesk.kit.transactions import reading
from chartdesk.record import database
from chartdesk.record.access.subject import Subject
from chartdesk.record.functions import AUDIT_COLUMNS

_INSERT = f"""
    INSERT INTO record_audit ({AUDIT_COLUMNS})
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_INSERT_MANY = f"""
    INSERT INTO record_audit ({AUDIT_COLUMNS})
    SELECT %s, %s, %s, %s, g.action, g.what, g.resource_id, g.version, g.patient, %s, %s, %s, %s
      FROM unnest(%b::text[], %b::text[], %b::text[], %b::int4[], %b::text[])
           AS g(action, what, resource_id, version, patient)
"""
_TRAIL = """
    SELECT id, at, actor, name, action, what, resource_id, version, patient, purpose, origin, request, detail
      FROM record_audit WHERE practice = %s AND patient = %s ORDER BY id DESC LIMIT %s
"""


@dataclass(frozen=True)
class AuditRow:
    """One row. ``action`` is C, R, U, D or E; ``what`` a resource type or a room's own word."""

    id: int
    at: datetime
    actor: str
    name: str
    action: str
    what: str
    resource_id: str
    version: int
    patient: str
    purpose: str
    origin: str
    request: str
    detail: str


@dataclass(frozen=True, slots=True)
class Touched:
    """One thing that was read or written, for a row of its own."""

    action: str
    what: str
    resource_id: str
    version: int
    patient: str


def record(
    subject: Subject, action: str, what: str, *, patient: str = "", resource_id: str = "", detail: str = ""
) -> None:
    """Leave one row about a read (R), write (C, U, D) or execution (E) of a patient's data.

    ``what`` says of what kind: a resource type, or the room's own word for it. ``detail`` holds no content.
    """
    if action not in "CRUDE" or len(action) != 1:
        raise ValueError(f"{action!r} is not one of C, R, U, D, E")
    with reading(subject):
        database.execute(_INSERT, [*_who(subject), action, what, resource_id, 0, patient, *_why(subject), detail])


def record_many(subject: Subject, touched: Iterable[Touched], *, detail: str = "") -> None:
    """Leave one row for each thing touched. Call it inside the transaction of the read or write."""
    given = list(touched)
    if not given:
        return
    database.execute(
        _INSERT_MANY,
        [
            *_who(subject),
            *_why(subject),
            detail,
            [t.action for t in given],
            [t.what for t in given],
            [t.resource_id for t in given],
            [t.version for t in given],
            [t.patient for t in given],
        ],
    )


def trail(subject: Subject, patient: str, limit: int = 100) -> list[AuditRow]:
    """What was done with the patient's data, newest first. Reading the trail is itself noted."""
    with reading(subject):
        found = [AuditRow(*row) for row in database.rows(_TRAIL, [subject.practice, patient, limit])]
        record(subject, "R", "audit trail", patient=patient)
    return found


def circumstances(subject: Subject, detail: str) -> dict[str, object]:
    """When, who, why and from where, by name: for statements that write their audit rows themselves."""
    return {
        "at": clock.now(),
        "actor": subject.actor,
        "name": subject.name,
        "purpose": subject.purpose,
        "origin": subject.origin,
        "request": subject.request,
        "detail": detail,
    }


def circumstances_of(subjects: Iterable[Subject]) -> dict[str, object]:
    """Who, why and from where of several, as arrays in their order."""
    given = list(subjects)
    return {
        "actors": Texts([one.actor for one in given]),
        "names": Texts([one.name for one in given]),
        "purposes": Texts([one.purpose for one in given]),
        "origins": Texts([one.origin for one in given]),
        "requests": Texts([one.request for one in given]),
    }


def _who(subject: Subject) -> tuple[int, datetime, str, str]:
    return subject.practice, clock.now(), subject.actor, subject.name


def _why(subject: Subject) -> tuple[str, str, str]:
    return subject.purpose, subject.origin, subject.request

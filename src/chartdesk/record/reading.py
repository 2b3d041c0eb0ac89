"""Reading single resources; each read leaves an audit row, in the same statement."""

from __future__ import annotations

from typing import TypeVar

from chartdesk.kit import clock
from chartdesk.kit.errors import Gone, NotFound
from chartdesk.kit.transactions import transaction
from chartdesk.record import audit, database
from chartdesk.record.access import scopes
from chartdesk.record.access.subject import Subject
from chartdesk.record.preparing import confinement, stamp
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import r4

R = TypeVar("R", bound=r4.Resource)

_READ = f"""
    WITH found AS (
        SELECT version, updated, deleted, patient, body
          FROM record_resource WHERE practice = %(practice)s AND type = %(type)s AND id = %(id)s
    ), noted AS (
        INSERT INTO record_audit ({audit.COLUMNS})
        SELECT %(practice)s, %(at)s, %(actor)s, %(name)s, 'R', %(type)s, %(id)s, version, patient,
               %(purpose)s, %(origin)s, %(request)s, %(why)s
          FROM found WHERE %(within)s::text IS NULL OR patient = %(within)s
    )
    SELECT version, updated, deleted, patient, body FROM found
"""


def get(subject: Subject, type: str, id: str, *, why: str = "") -> Stored:
    """The present version. ``why`` goes into the audit. Raises NotFound, Forbidden, Gone."""
    within = confinement(subject, type, scopes.READ)
    values = {
        "practice": subject.practice,
        "type": type,
        "id": id,
        "at": clock.now(),
        "actor": subject.actor,
        "name": subject.name,
        "purpose": subject.purpose,
        "origin": subject.origin,
        "request": subject.request,
        "why": why,
        "within": within,
    }
    with transaction(subject):
        found = database.row(_READ, values)
    if found is None or (within is not None and found[3] != within):
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

"""The versions of a resource: the present one and every one that it superseded."""

from __future__ import annotations

from datetime import datetime

from chartdesk.kit.errors import Gone, NotFound
from chartdesk.kit.transactions import reading
from chartdesk.record import audit, database, preparing, reach
from chartdesk.record.access import scopes
from chartdesk.record.access.subject import Subject
from chartdesk.record.stored import Stored

_VERSIONS = """
    SELECT id, version, updated, deleted, patient, body FROM record_resource
     WHERE practice = %(practice)s AND type = %(type)s AND id = %(id)s
       AND (%(version)s::int4 IS NULL OR version = %(version)s)
    UNION ALL
    SELECT id, version, updated, deleted, patient, body FROM record_history
     WHERE practice = %(practice)s AND type = %(type)s AND id = %(id)s
       AND (%(version)s::int4 IS NULL OR version = %(version)s)
     ORDER BY version DESC
"""
_CHANGES = """
    SELECT id, version, updated, deleted, patient, body FROM (
        SELECT * FROM (SELECT id, version, updated, deleted, patient, body FROM record_resource
                        WHERE practice = %(practice)s AND type = %(type)s) AS present
        UNION ALL
        SELECT * FROM (SELECT id, version, updated, deleted, patient, body FROM record_history
                        WHERE practice = %(practice)s AND type = %(type)s) AS superseded
    ) AS every
     WHERE (%(within)s::text IS NULL OR patient = %(within)s)
       AND (%(since)s::timestamptz IS NULL OR updated >= %(since)s)
       AND (%(before)s::timestamptz IS NULL
            OR (updated, id, version) < (%(before)s, %(id)s, %(version)s::int4))
     ORDER BY updated DESC, id DESC, version DESC LIMIT %(limit)s
"""


def versions(subject: Subject, type: str, id: str) -> list[Stored]:
    """Every version, newest first; a version that says it was deleted has no body. Raises NotFound."""
    found = _versions(subject, type, id, None)
    if not found:
        raise NotFound(f"There is no {type}/{id}.", where=f"{type}/{id}")
    return found


def vread(subject: Subject, type: str, id: str, version: int) -> Stored:
    """One version. Raises NotFound, and Gone where that version says it was deleted."""
    found = _versions(subject, type, id, version)
    if not found:
        raise NotFound(f"There is no version {version} of {type}/{id}.", where=f"{type}/{id}")
    if found[0].deleted:
        raise Gone(f"Version {version} of {type}/{id} says that it was deleted.")
    return found[0]


def changes(
    subject: Subject,
    type: str,
    *,
    since: datetime | None = None,
    before: Stored | None = None,
    count: int = 50,
) -> list[Stored]:
    """Versions of all resources of ``type``, newest first, from ``since`` on, until ``before``."""
    within = preparing.confinement(subject, type, scopes.READ)
    values = {
        "practice": subject.practice,
        "type": type,
        "within": within,
        "since": since,
        "before": before.updated if before else None,
        "id": before.id if before else "",
        "version": before.version if before else 0,
        "limit": count,
    }
    with reading(subject):
        found = [_stored(type, row) for row in database.rows(_CHANGES, values)]
        _note(subject, found)
    return found


def _versions(subject: Subject, type: str, id: str, version: int | None) -> list[Stored]:
    allowed = reach.of(subject, type, scopes.READ)
    values = {"practice": subject.practice, "type": type, "id": id, "version": version}
    with reading(subject):
        found = [_stored(type, row) for row in database.rows(_VERSIONS, values)]
        if allowed is not None:
            found = _within(allowed, found)
        _note(subject, found)
    return found


def _within(allowed: reach.Reach, found: list[Stored]) -> list[Stored]:
    """The versions within reach; none where one of them was another patient's."""
    if allowed.patient is not None and any(one.patient not in ("", allowed.patient) for one in found):
        return []
    kept = [one for one in found if one.deleted or allowed.admits_stored(one)]
    return kept if any(not one.deleted for one in kept) else []


def _note(subject: Subject, found: list[Stored]) -> None:
    touched = [audit.Touched("R", one.type, one.id, one.version, one.patient) for one in found]
    audit.record_many(subject, touched, detail="history")


def _stored(type: str, row: tuple[str, int, datetime, bool, str, str]) -> Stored:
    id, version, updated, deleted, patient, body = row
    return Stored(type, id, version, updated, deleted, body.encode(), patient)

"""Locking the rows that a bundle, a merge or a projection will change: all at once and in one order, so that two of
them never wait for each other.
"""

from __future__ import annotations

from collections.abc import Iterable

from chartdesk.record import database
from chartdesk.record.access.subject import Subject
from chartdesk.record.stored import Stored

_LOCK = """
    SELECT r.type, r.id, r.serial, r.version, r.updated, r.deleted, r.patient, r.body
      FROM unnest(%b::text[], %b::text[]) AS g(type, id)
      JOIN record_resource r ON r.practice = %s AND r.type = g.type AND r.id = g.id
     ORDER BY r.type, r.id FOR UPDATE OF r
"""
Found = dict[tuple[str, str], tuple[int, Stored] | None]


def lock(subject: Subject, named: Iterable[tuple[str, str]]) -> Found:
    """Serial number and present version of each resource named, locked until the transaction ends; None for one that
    is not there.
    """
    wanted = sorted(set(named))
    if not wanted:
        return {}
    rows = database.rows(_LOCK, [[type for type, _ in wanted], [id for _, id in wanted], subject.practice])
    found: Found = dict.fromkeys(wanted)
    found |= {
        (type, id): (serial, Stored(type, id, version, updated, deleted, body.encode(), patient))
        for type, id, serial, version, updated, deleted, patient, body in rows
    }
    return found

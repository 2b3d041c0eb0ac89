"""The versions of resources: the present ones and every one that they superseded.

Guide section: history (https://hl7.org/fhir/R4/http.html#history). Pages go by the moment of the write, newest
first, and end at a version, not at a number: what is written meanwhile stands before them and moves nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from chartdesk.kit.errors import Gone, NotFound
from chartdesk.kit.transactions import reading
from chartdesk.record import audit, database, reach
from chartdesk.record.access import scopes
from chartdesk.record.access.subject import Subject
from chartdesk.record.stored import Stored

#: Rows looked at for one page of a subject whose scopes name codes; beyond, the page ends early.
_MOST_LOOKED_AT = 5000

_OUTLINE = """
    SELECT version, updated, deleted, patient FROM record_resource
     WHERE practice = %(practice)s AND type = %(type)s AND id = %(id)s
    UNION ALL
    SELECT version, updated, deleted, patient FROM record_history
     WHERE practice = %(practice)s AND type = %(type)s AND id = %(id)s
     ORDER BY version DESC
"""
_VERSIONS = """
    SELECT type, id, version, updated, deleted, patient, body FROM record_resource
     WHERE practice = %(practice)s AND type = %(type)s AND id = %(id)s AND version = ANY(%(versions)s::int4[])
    UNION ALL
    SELECT type, id, version, updated, deleted, patient, body FROM record_history
     WHERE practice = %(practice)s AND type = %(type)s AND id = %(id)s AND version = ANY(%(versions)s::int4[])
     ORDER BY version DESC
"""
# What the last version before a deletion belonged to: the deletion itself names nobody.
_OWNER = """CASE WHEN r.deleted THEN (
        SELECT p.patient FROM record_history p
         WHERE p.practice = r.practice AND p.type = r.type AND p.id = r.id AND p.version = r.version - 1
    ) ELSE r.patient END"""
_PART = """(SELECT r.id, r.version, r.updated, r.deleted, {owner} AS patient, r.body FROM {table} r
              WHERE r.practice = %(practice)s AND r.type = t.type {conditions}
              ORDER BY r.updated DESC, r.id DESC, r.version DESC LIMIT %(limit)s)"""
# Type by type from the index, newest first, so that no more is read than the page needs.
_CHANGES = """
    SELECT t.type, e.* FROM unnest(%(types)s::text[], %(within)s::text[]) AS t(type, within) CROSS JOIN LATERAL (
        {present} UNION ALL {superseded} ORDER BY updated DESC, id DESC, version DESC LIMIT %(limit)s
    ) AS e ORDER BY e.updated DESC, t.type DESC, e.id DESC, e.version DESC LIMIT %(limit)s
"""
_SINCE = "AND r.updated >= %(since)s"
_UNTIL = "AND r.updated <= %(until)s"
_BEFORE = """AND r.updated <= %(at)s
             AND (r.updated, t.type, r.id, r.version) < (%(at)s, %(last_type)s, %(last_id)s, %(last_version)s::int4)"""
_WITHIN = f"AND (t.within IS NULL OR {_OWNER} = t.within)"
_CURRENT = """AND (r.updated >= %(current)s OR NOT EXISTS (
        SELECT 1 FROM record_history n WHERE n.practice = r.practice AND n.type = r.type AND n.id = r.id
           AND n.version = r.version + 1 AND n.updated <= %(current)s
    ) AND NOT EXISTS (
        SELECT 1 FROM record_resource n WHERE n.practice = r.practice AND n.type = r.type AND n.id = r.id
           AND n.version = r.version + 1 AND n.updated <= %(current)s
    ))"""


@dataclass(frozen=True, slots=True)
class Window:
    """Which versions: written from ``since`` on; present at some moment of ``at``, a first and a last instant."""

    since: datetime | None = None
    at: tuple[datetime, datetime] | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """The version that a page ended with."""

    updated: datetime
    type: str
    id: str
    version: int


@dataclass(slots=True)
class Page:
    """One page, newest first. ``end`` is where the next begins, None where there is none."""

    versions: list[Stored]
    end: Mark | None = None
    total: int | None = None


_ALL = Window()


def versions(subject: Subject, type: str, id: str) -> list[Stored]:
    """Every version, newest first; a version that says it was deleted has no body. Raises NotFound."""
    return page_of(subject, type, id, count=0).versions


def page_of(subject: Subject, type: str, id: str, *, window: Window = _ALL, before: int = 0, count: int = 50) -> Page:
    """Versions of one resource, newest first, below version ``before`` (0 for all); ``count`` 0 for no limit.

    Raises NotFound where it never was.
    """
    allowed = reach.of(subject, type, scopes.READ)
    with reading(subject):
        rows = database.rows(_OUTLINE, {"practice": subject.practice, "type": type, "id": id})
        # A deletion names nobody. What belonged to nobody, or once to somebody else, is not this patient's to see.
        patients = {patient for _, _, deleted, patient in rows if not deleted}
        hidden = allowed is not None and allowed.patient is not None and patients != {allowed.patient}
        wanted = [] if hidden else _in_window(rows, window)
        asked = [version for version in wanted if not before or version < before]
        shown = asked if not count or (allowed is not None and allowed.filtered) else asked[:count]
        found = _read(subject, type, id, shown)
        total = len(wanted)
        if allowed is not None and allowed.filtered:
            found = _admitted(subject, allowed, found)
            total, hidden = len(found), not any(not one.deleted for one in found)
            found = found[:count] if count else found
        if not rows or hidden:
            raise NotFound(f"There is no {type}/{id}.", where=f"{type}/{id}")
        _note(subject, found)
    more = bool(found) and bool(count) and len(found) == count and found[-1].version > min(asked)
    return Page(found, _mark(found[-1]) if more else None, total)


def vread(subject: Subject, type: str, id: str, version: int) -> Stored:
    """One version. Raises NotFound, and Gone where that version says it was deleted."""
    allowed = reach.of(subject, type, scopes.READ)
    with reading(subject):
        found = _read(subject, type, id, [version])
        if allowed is not None:
            found = _admitted(subject, allowed, found)
        if not found:
            raise NotFound(f"There is no version {version} of {type}/{id}.", where=f"{type}/{id}")
        _note(subject, found)
    if found[0].deleted:
        raise Gone(f"Version {version} of {type}/{id} says that it was deleted.")
    return found[0]


def changes(
    subject: Subject,
    types: Collection[str],
    *,
    window: Window = _ALL,
    before: Mark | None = None,
    count: int = 50,
) -> Page:
    """Versions of all resources of ``types`` that the subject may read, newest first, until ``before``.

    Raises Forbidden where it may read none of them. Each of its statements is bounded as one of a search is: what a
    narrow reach shows may be far apart.
    """
    reaches = _reaches(subject, types)
    with reading(subject, seconds=settings.SEARCH_SECONDS):
        page = _changes(subject, reaches, window, before, count)
        _note(subject, page.versions)
    return page


def _reaches(subject: Subject, types: Collection[str]) -> dict[str, reach.Reach | None]:
    readable = [type for type in sorted(types) if len(types) == 1 or reach.readable(subject, type, scopes.READ)]
    if not readable and types:
        raise scopes.refusal(subject, min(types), scopes.READ)
    return {type: reach.of(subject, type, scopes.READ) for type in readable}


def _changes(
    subject: Subject, reaches: dict[str, reach.Reach | None], window: Window, before: Mark | None, count: int
) -> Page:
    """A page. Where scopes name codes, rows are looked at until it is full or enough were looked at."""
    found: list[Stored] = []
    looked = 0
    while True:
        rows = _rows(subject, reaches, window, before, count + 1)
        for stored in rows[:count]:
            if len(found) == count:
                return Page(found, before)
            allowed = reaches[stored.type]
            if allowed is None or not allowed.filtered or _admitted(subject, allowed, [stored]):
                found.append(stored)
            before = _mark(stored)
        looked += len(rows)
        if len(rows) <= count:
            return Page(found)
        if len(found) == count or looked >= _MOST_LOOKED_AT:
            return Page(found, before)


def _rows(
    subject: Subject, reaches: dict[str, reach.Reach | None], window: Window, before: Mark | None, limit: int
) -> list[Stored]:
    within = [allowed.patient if allowed else None for allowed in reaches.values()]
    values: dict[str, Any] = {
        "practice": subject.practice,
        "types": list(reaches),
        "within": within,
        "limit": limit,
    }
    conditions = [_WITHIN] if any(within) else []
    if window.since is not None:
        conditions.append(_SINCE)
        values["since"] = window.since
    if window.at is not None:
        conditions.append(_UNTIL)
        values |= {"current": window.at[0], "until": window.at[1]}
    if before is not None:
        conditions.append(_BEFORE)
        values |= {"at": before.updated, "last_type": before.type}
        values |= {"last_id": before.id, "last_version": before.version}
    present = _PART.format(owner=_OWNER, table="record_resource", conditions=" ".join(conditions))
    if window.at is not None:
        conditions.append(_CURRENT)
    superseded = _PART.format(owner=_OWNER, table="record_history", conditions=" ".join(conditions))
    return [_stored(row) for row in database.rows(_CHANGES.format(present=present, superseded=superseded), values)]


def _in_window(rows: Sequence[tuple[int, datetime, bool, str]], window: Window) -> list[int]:
    """The versions, newest first, that are in the window. ``rows`` are newest first."""
    found = []
    until: datetime | None = None
    for version, updated, _, _ in rows:
        written = window.since is None or updated >= window.since
        first, last = window.at or (updated, None)
        if written and (last is None or updated <= last) and (until is None or until > first or updated >= first):
            found.append(version)
        until = updated
    return found


def _read(subject: Subject, type: str, id: str, wanted: list[int]) -> list[Stored]:
    if not wanted:
        return []
    values = {"practice": subject.practice, "type": type, "id": id, "versions": wanted}
    return [_stored(row) for row in database.rows(_VERSIONS, values)]


def _admitted(subject: Subject, allowed: reach.Reach, found: list[Stored]) -> list[Stored]:
    """The versions within reach of scopes that name codes; a deletion where the version before it was."""
    kept = []
    for one in found:
        last = _read(subject, one.type, one.id, [one.version - 1]) if one.deleted else [one]
        if last and not last[0].deleted and allowed.admits_stored(last[0]):
            kept.append(one)
    return kept


def _note(subject: Subject, found: list[Stored]) -> None:
    touched = [audit.Touched("R", one.type, one.id, one.version, one.patient) for one in found]
    audit.record_many(subject, touched, detail="history")


def _mark(stored: Stored) -> Mark:
    return Mark(stored.updated, stored.type, stored.id, stored.version)


def _stored(row: tuple[Any, ...]) -> Stored:
    type, id, version, updated, deleted, patient, body = row
    return Stored(type, id, version, updated, deleted, body.encode(), patient or "")

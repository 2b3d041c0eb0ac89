"""Reading many resources, as the texts they are, in batches of bounded size.

The database itself joins a batch to lines, so that a text passes through this process as a part of one long one. The
subject's reach is part of every statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from chartdesk.kit.transactions import reading
from chartdesk.record import database, reach, search
from chartdesk.record.access import scopes
from chartdesk.record.access.subject import Subject

#: Resources of one batch, and patients whose charts are read together.
BATCH = 2000
_CHARTS = 100
_PAGE = 1000
_SEVERAL = """
    SELECT count(*), max(f.id), string_agg(f.body, E'\\n'), array_agg(f.patient) FROM (
        SELECT r.id, r.body, r.patient FROM record_resource r
         WHERE r.practice = %s AND r.type = %s AND r.id > %s AND NOT r.deleted{conditions} ORDER BY r.id LIMIT %s
    ) AS f
"""
_ONE_BY_ONE = """
    SELECT r.body FROM record_resource r
     WHERE r.practice = %s AND r.type = %s AND r.id > %s AND r.id <= %s AND NOT r.deleted{conditions} ORDER BY r.id
"""
_DELETED = """
    SELECT r.id FROM record_resource r
     WHERE r.practice = %s AND r.type = %s AND r.deleted AND r.updated > %s{conditions} ORDER BY r.id
"""
_BEFORE = """ AND EXISTS (
    SELECT 1 FROM record_history h WHERE h.practice = r.practice AND h.type = r.type AND h.id = r.id
       AND h.version = r.version - 1 AND {test})"""
_COUNTS = "SELECT type, count(*) FROM record_resource WHERE practice = %s GROUP BY type"


@dataclass(frozen=True, slots=True)
class Batch:
    """Resources as lines, each with its end, and to whom each belongs."""

    count: int
    text: bytes
    patients: Sequence[str]


def stored(
    subject: Subject, type: str, *, patients: Sequence[str] | None, compartments: bool, since: str
) -> Iterator[Batch]:
    """Every resource of a type within the subject's reach, in the order of the ids.

    ``patients`` are the only ones it may belong to; ``compartments`` leaves out what belongs to nobody; ``since``
    leaves out what has not changed since that instant.
    """
    if patients is None:
        yield from _passed(subject, type, None, compartments, since)
        return
    for start in range(0, len(patients), _CHARTS):
        yield from _passed(subject, type, patients[start : start + _CHARTS], compartments, since)


def _passed(
    subject: Subject, type: str, patients: Sequence[str] | None, compartments: bool, since: str
) -> Iterator[Batch]:
    conditions, values = _conditions(subject, type, patients, compartments)
    if since:
        conditions += " AND r.updated > %s"
        values.append(_instant(since))
    after = ""
    while True:
        with reading(subject):
            given = [subject.practice, type, after]
            found = database.row(_SEVERAL.format(conditions=conditions), [*given, *values, BATCH])
            assert found is not None
            count, last, text, owners = found
            if not count:
                return
            lines = text.encode()
            # A text may have line ends between its members, as it came.
            if lines.count(b"\n") != count - 1 or b"\r" in lines:
                rows = database.rows(_ONE_BY_ONE.format(conditions=conditions), [*given, last, *values])
                lines = b"\n".join(_line(body.encode()) for (body,) in rows)
        yield Batch(count, lines + b"\n", owners)
        if count < BATCH:
            return
        after = last


def searched(
    subject: Subject,
    type: str,
    queries: Iterable[Sequence[tuple[str, str]]],
    patients: Sequence[str] | None,
) -> Iterator[Batch]:
    """What meets one of the queries, each resource once, of the patients named or of all."""
    seen: set[str] = set()
    for query in queries:
        for patient in ("",) if patients is None else patients:
            cursor: str | None = ""
            while cursor is not None:
                page = search.find(subject, type, query, count=_PAGE, cursor=cursor, strict=True, compartment=patient)
                fresh = [one for one in page.entries if one.id not in seen]
                seen.update(one.id for one in fresh)
                if fresh:
                    text = b"\n".join(_line(one.body) for one in fresh) + b"\n"
                    # The search has noted who was read.
                    yield Batch(len(fresh), text, ())
                cursor = page.next


def deleted(
    subject: Subject, type: str, since: str, *, patients: Sequence[str] | None, compartments: bool
) -> list[str]:
    """The ids of what was deleted since, as far as the subject reaches by patient. Without filters only."""
    allowed = reach.of(subject, type, scopes.READ)
    if allowed is not None and allowed.filtered:
        return []
    conditions, values = "", []
    # A version that says it was deleted names nobody; the one before it does.
    for patient_ids in (patients, None if allowed is None else [allowed.patient]):
        if patient_ids is not None:
            conditions += _BEFORE.format(test="h.patient = ANY(%s::text[])")
            values.append(list(patient_ids))
    if compartments:
        conditions += _BEFORE.format(test="h.patient <> ''")
    with reading(subject):
        given = [subject.practice, type, _instant(since), *values]
        return [id for (id,) in database.rows(_DELETED.format(conditions=conditions), given)]


def counts(subject: Subject) -> dict[str, int]:
    """How many resources of each type there are, deleted ones and those out of reach among them."""
    return dict(database.rows(_COUNTS, [subject.practice]))


def _conditions(
    subject: Subject, type: str, patients: Sequence[str] | None, compartments: bool
) -> tuple[str, list[Any]]:
    conditions, values = "", []
    allowed = reach.of(subject, type, scopes.READ)
    if allowed is not None:
        text, *given = allowed.condition()
        conditions += f" AND {text}"
        values += given
    if patients is not None:
        conditions += " AND r.patient = ANY(%s::text[])"
        values.append(list(patients))
    if compartments:
        conditions += " AND r.patient <> ''"
    return conditions, values


def _line(body: bytes) -> bytes:
    """The text in one line. Numbers keep their digits."""
    return msgspec.json.format(body, indent=-1) if b"\n" in body or b"\r" in body else body


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)

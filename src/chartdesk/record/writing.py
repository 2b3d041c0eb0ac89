"""Putting versions into the tables: one statement for any number of new resources.

The callers (``store`` and ``bundles``) have locked, checked and validated what they hand over.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from chartdesk.kit import clock
from chartdesk.kit.arrays import Texts
from chartdesk.kit.errors import Conflict
from chartdesk.kit.rounds import together
from chartdesk.record import audit, database
from chartdesk.record.access.subject import Subject
from chartdesk.record.functions import AUDIT_COLUMNS, SERIAL_BLOCK
from chartdesk.record.indexing import NO_DATE, Index
from chartdesk.record.stored import Stored


@dataclass(slots=True)
class Draft:
    """One version about to be written. ``index`` is None where it says that the resource is deleted."""

    serial: int
    old: Stored | None
    new: Stored
    index: Index | None


# One audit row for each resource of ``given``.
_NOTED = f"""noted AS (
        INSERT INTO record_audit ({AUDIT_COLUMNS})
        SELECT %(practice)s, %(at)s, %(actor)s, %(name)s, action, type, id, version, subject, %(purpose)s,
               %(origin)s, %(request)s, %(detail)s
          FROM given
    )"""

_FIRST = """
    WITH given AS MATERIALIZED (
        SELECT *, 'C' AS action, patient AS subject
          FROM unnest(%(types)b::text[], %(ids)b::text[], %(serials)s::int8[], %(versions)s::int4[],
                      %(patients)b::text[], %(dates)b::timestamptz[], %(tokens)b::text[], %(marks)b::text[],
                      %(bodies)b::text[])
               AS g(type, id, serial, version, patient, date, tokens, marks, body)
    ), made AS (
        INSERT INTO record_resource
               (practice, type, id, serial, version, updated, deleted, patient, date, tokens, marks, body)
        SELECT %(practice)s, type, id, serial, version, %(now)s, false, patient, date, tokens::int8[], marks::int8[],
               body
          FROM given
            ON CONFLICT (practice, type, id) DO NOTHING
        RETURNING 1
    ), texts AS (
        INSERT INTO record_string (practice, serial, key, value)
        SELECT %(practice)s, g.* FROM unnest(%(text_serials)s::int8[], %(text_keys)s::int8[],
                                             %(text_values)b::text[]) AS g
    ), spans AS (
        INSERT INTO record_date (practice, serial, key, low, high)
        SELECT %(practice)s, g.* FROM unnest(%(date_serials)s::int8[], %(date_keys)s::int8[],
                                             %(date_lows)b::timestamptz[], %(date_highs)b::timestamptz[]) AS g
    ), numbers AS (
        INSERT INTO record_number (practice, serial, key, value, system, unit)
        SELECT %(practice)s, g.* FROM unnest(%(number_serials)s::int8[], %(number_keys)s::int8[],
                                             %(number_values)s::float8[], %(number_systems)b::text[],
                                             %(number_units)b::text[]) AS g
    ), """
_LAST = " SELECT count(*) FROM made"
_INSERT = _FIRST + _NOTED + _LAST
# The same for resources that come from several requests: each audit row has its own circumstances.
_INSERT_EACH = (
    # Here it is a fault, which undoes the round.
    _FIRST.replace("ON CONFLICT (practice, type, id) DO NOTHING", "")
    + f"""noted AS (
        INSERT INTO record_audit ({AUDIT_COLUMNS})
        SELECT %(practice)s, %(at)s, w.actor, w.name, action, type, id, version, subject, w.purpose, w.origin,
               w.request, ''
          FROM given
          JOIN unnest(%(serials)s::int8[], %(actors)b::text[], %(names)b::text[], %(purposes)b::text[],
                      %(origins)b::text[], %(requests)b::text[])
               AS w(serial, actor, name, purpose, origin, request) USING (serial)
    )"""
    + _LAST
)


def _moved(name: str, table: str, columns: str, given: str) -> str:
    """The part of an update that brings a narrow table to what is given: only rows that differ are written.

    Both sides are counted against each other, which is one pass whatever the planner believes of their sizes.
    """
    return f"""{name}_moved AS MATERIALIZED (
        SELECT {columns}, sum(n) AS n
          FROM (SELECT {columns}, 1 AS n FROM {given} AS g({columns})
                 UNION ALL
                SELECT {columns}, -1 FROM {table} WHERE serial = ANY(%(serials)s::int8[])) AS u
         GROUP BY {columns} HAVING sum(n) <> 0
    ), {name}_gone AS (
        DELETE FROM {table}
         WHERE serial = ANY(%(serials)s::int8[]) AND ({columns}) IN (SELECT {columns} FROM {name}_moved WHERE n < 0)
    ), {name} AS (
        INSERT INTO {table} (practice, {columns})
        SELECT %(practice)s, {columns} FROM {name}_moved WHERE n > 0
    ), """


_UPDATE = (
    """
    WITH given AS MATERIALIZED (
        SELECT *
          FROM unnest(%(types)b::text[], %(ids)b::text[], %(versions)s::int4[], %(deleted)s::bool[],
                      %(patients)b::text[], %(dates)b::timestamptz[], %(tokens)b::text[], %(marks)b::text[],
                      %(bodies)b::text[],
                      %(actions)b::text[], %(subjects)b::text[])
               AS g(type, id, version, deleted, patient, date, tokens, marks, body, action, subject)
    ), made AS (
        UPDATE record_resource r
           SET version = g.version, updated = %(now)s, deleted = g.deleted, patient = g.patient,
               date = g.date, tokens = g.tokens::int8[], marks = g.marks::int8[], body = g.body
          FROM given g
         WHERE r.practice = %(practice)s AND r.type = g.type AND r.id = g.id AND r.version = g.version - 1
        RETURNING 1
    ), """
    + _moved(
        "texts", "record_string", "serial, key, value",
        """(SELECT serial, key, value COLLATE "C"
              FROM unnest(%(text_serials)s::int8[], %(text_keys)s::int8[], %(text_values)b::text[])
                   AS t(serial, key, value))""",
    )
    + _moved(
        "spans", "record_date", "serial, key, low, high",
        """unnest(%(date_serials)s::int8[], %(date_keys)s::int8[], %(date_lows)b::timestamptz[],
                       %(date_highs)b::timestamptz[])""",
    )
    + _moved(
        "numbers", "record_number", "serial, key, value, system, unit",
        """(SELECT serial, key, value, system COLLATE "C", unit COLLATE "C"
              FROM unnest(%(number_serials)s::int8[], %(number_keys)s::int8[], %(number_values)s::float8[],
                          %(number_systems)b::text[], %(number_units)b::text[])
                   AS t(serial, key, value, system, unit))""",
    )
    + _NOTED
    + " SELECT count(*) FROM made"
)  # fmt: skip

_serials_lock = threading.Lock()
_serials: list[int] = []
# A process that is forked takes numbers of its own.
os.register_at_fork(after_in_child=_serials.clear)


def new_serial() -> int:
    """The next serial number of this process. Numbers are taken in blocks and may have gaps."""
    with _serials_lock:
        if not _serials:
            found = database.row("SELECT nextval('record_serial')")
            assert found is not None
            _serials.extend(range(found[0] + SERIAL_BLOCK - 1, found[0] - 1, -1))
        return _serials.pop()


def write(subject: Subject, drafts: Sequence[Draft], *, now: datetime | None = None, detail: str = "") -> None:
    """Write all ``drafts`` and their audit rows. Raises Conflict where somebody created one meanwhile."""
    moment = now or clock.now()
    created = [draft for draft in drafts if draft.old is None]
    changed = [draft for draft in drafts if draft.old is not None]
    if created:
        values = {**_values(subject, created, moment, detail), **_narrow(created)}
        _must_be(len(created), _INSERT, values, created)
    if changed:
        _must_be(len(changed), _UPDATE, {**_values(subject, changed, moment, detail), **_narrow(changed)}, changed)


def write_new(drafts: Sequence[tuple[Subject, Draft]], *, now: datetime) -> None:
    """Write new resources of one practice that come from several requests, in a round of its own.

    Raises what the database does where one of them exists already; then none is written.
    """
    subject, made = drafts[0][0], [draft for _, draft in drafts]
    values = {
        **_values(subject, made, now, ""),
        **_narrow(made),
        **audit.circumstances_of(subject for subject, _ in drafts),
    }
    together(subject, [(_INSERT_EACH, values)])


def _must_be(expected: int, statement: str, values: dict[str, object], drafts: Sequence[Draft]) -> None:
    found = database.row(statement, values)
    if found is None or found[0] != expected:
        named = drafts[0].new.reference if len(drafts) == 1 else "One of the resources"
        raise Conflict(f"{named} was written by somebody else at the same moment.", cure="Read it and try again.")


def _action(draft: Draft) -> str:
    """What the audit calls it: C, U or D."""
    if draft.new.deleted:
        return "D"
    return "C" if draft.old is None or draft.old.deleted else "U"


def _values(subject: Subject, drafts: Sequence[Draft], now: datetime, detail: str) -> dict[str, object]:
    return {
        "practice": subject.practice,
        "now": now,
        **audit.circumstances(subject, detail),
        "actions": Texts([_action(d) for d in drafts]),
        "subjects": Texts([d.new.patient or (d.old.patient if d.old else "") for d in drafts]),
        "types": Texts([d.new.type for d in drafts]),
        "ids": Texts([d.new.id for d in drafts]),
        "serials": _array(d.serial for d in drafts),
        "versions": _array(d.new.version for d in drafts),
        "deleted": _array(d.new.deleted for d in drafts),
        "patients": Texts([d.new.patient for d in drafts]),
        "dates": [d.index.date if d.index else NO_DATE for d in drafts],
        "tokens": Texts([_array(d.index.tokens if d.index else ()) for d in drafts]),
        "marks": Texts([_array(d.index.marks if d.index else ()) for d in drafts]),
        "bodies": Texts([d.new.body for d in drafts]),
    }


def _narrow(drafts: Sequence[Draft]) -> dict[str, object]:
    texts = [(d.serial, *row) for d in drafts if d.index for row in d.index.texts]
    dates = [(d.serial, *row) for d in drafts if d.index for row in d.index.dates]
    numbers = [(d.serial, *row) for d in drafts if d.index for row in d.index.numbers]
    return {
        "text_serials": _array(row[0] for row in texts),
        "text_keys": _array(row[1] for row in texts),
        "text_values": Texts([row[2] for row in texts]),
        "date_serials": _array(row[0] for row in dates),
        "date_keys": _array(row[1] for row in dates),
        "date_lows": [row[2] for row in dates],
        "date_highs": [row[3] for row in dates],
        "number_serials": _array(row[0] for row in numbers),
        "number_keys": _array(row[1] for row in numbers),
        "number_values": _array(row[2] for row in numbers),
        "number_systems": Texts([row[3] for row in numbers]),
        "number_units": Texts([row[4] for row in numbers]),
    }


def _array(values: Iterable[object]) -> str:
    """Numbers as the text of a PostgreSQL array: one parameter whose type does not vary with the values."""
    return "{" + ",".join(map(str, values)) + "}"

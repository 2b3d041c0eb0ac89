"""Building an index anew, in batches, while the server runs.

Each batch is a transaction of its own that locks its resources, extracts their search values by the present
parameters, writes their index and says how far it came: a killed build goes on where it was. The resources
themselves, their versions and their history stay as they are.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
import psycopg

from chartdesk.kit import clock
from chartdesk.kit.transactions import alone, reading, transaction
from chartdesk.record import database, indexing
from chartdesk.record.definitions import state, versions
from chartdesk.standards import fhir

BATCH = 500
#: Seconds to wait before a batch that met a lock is tried again.
PAUSE = 0.05

# Shorter than the database looks for deadlocks, so that the build gives way and never a writer.
_PATIENCE = "SELECT set_config('lock_timeout', '200ms', true)"

_STATE = "SELECT version, target, types, position, last FROM definitions_indexstate WHERE practice = %s"
_BEGIN = """
    INSERT INTO definitions_indexstate (practice, version, target, types, position, last, changed)
    SELECT %(practice)s, %(version)s, %(target)s, %(types)s::jsonb, 0, coalesce(max(serial), 0), %(now)s
      FROM record_resource WHERE practice = %(practice)s
        ON CONFLICT (practice) DO UPDATE
       SET target = excluded.target, types = excluded.types, position = 0, last = excluded.last,
           changed = excluded.changed
"""
_DONE = """
    UPDATE definitions_indexstate SET version = %s, target = '', types = '[]', position = last, changed = %s
     WHERE practice = %s
"""
_MOVE = "UPDATE definitions_indexstate SET position = %s, changed = %s WHERE practice = %s"
_NEXT = """
    SELECT serial, type, body FROM record_resource
     WHERE practice = %s AND serial > %s AND serial <= %s AND type = ANY(%s::text[]) AND NOT deleted
     ORDER BY serial LIMIT %s FOR UPDATE
"""
_INDEX = """
    UPDATE record_resource r
       SET patient = g.patient, date = g.date, tokens = g.tokens::int8[], marks = g.marks::int8[]
      FROM unnest(%b::int8[], %b::text[], %b::timestamptz[], %b::text[], %b::text[])
           AS g(serial, patient, date, tokens, marks)
     WHERE r.serial = g.serial
"""
_CLEAR = tuple(
    f"DELETE FROM {table} WHERE serial = ANY(%s::int8[])" for table in ("record_string", "record_date", "record_number")
)
_TEXTS = """
    INSERT INTO record_string (practice, serial, key, value)
    SELECT %s, g.* FROM unnest(%b::int8[], %b::int8[], %b::text[]) AS g
"""
_DATES = """
    INSERT INTO record_date (practice, serial, key, low, high)
    SELECT %s, g.* FROM unnest(%b::int8[], %b::int8[], %b::timestamptz[], %b::timestamptz[]) AS g
"""
_NUMBERS = """
    INSERT INTO record_number (practice, serial, key, value, system, unit)
    SELECT %s, g.* FROM unnest(%b::int8[], %b::int8[], %b::float8[], %b::text[], %b::text[]) AS g
"""


@dataclass(frozen=True)
class Progress:
    """How far the index of a practice is: resources' serial numbers done and the last one, and what is affected."""

    done: int
    last: int
    types: tuple[str, ...]

    @property
    def finished(self) -> bool:
        """Whether every resource is found by the present parameters."""
        return not self.types

    @property
    def per_cent(self) -> int:
        """The part that is done."""
        return 100 if self.finished else min(99, 100 * self.done // max(self.last, 1))


def progress(practice: int) -> Progress:
    """How far the index is. One that has not begun is at nothing."""
    with reading(practice):
        row = database.row(_STATE, [practice])
        if row is None or row[0] == versions.version():
            return Progress(0, 0, ())
        _, target, types, position, last = row
        if target != versions.version():
            return Progress(0, last, tuple(_affected(row[0])))
        return Progress(position, last, tuple(types))


def build(practice: int, *, everything: bool = False, said: Callable[[Progress], None] | None = None) -> bool:
    """Bring the practice's index up to the present parameters; False where another process is at it.

    ``everything`` builds all of it anew, whatever has changed. ``said`` hears of each batch.
    """
    with alone("index", practice) as free:
        if not free:
            return False
        if not _begun(practice, everything):
            return True
        while True:
            now = progress(practice)
            if said is not None:
                said(now)
            if now.finished or not _batch(practice, now):
                break
        state.forget(practice)
    return True


def _begun(practice: int, everything: bool) -> bool:
    """Whether there is something to build; begins with it, or goes on where it was."""
    with transaction(practice):
        state.keep()
        row = database.row(_STATE, [practice])
        version = row[0] if row else ""
        if version == versions.version() and not everything:
            return False
        if row and row[1] == versions.version() and not everything:
            return True
        types = sorted(versions.present()) if everything else _affected(version)
        values = {"practice": practice, "version": "", "target": versions.version(), "now": clock.now()}
        database.execute(_BEGIN, {**values, "types": msgspec.json.encode(types).decode()})
        if everything:
            # Nothing is sure until it is done.
            database.execute("UPDATE definitions_indexstate SET version = '' WHERE practice = %s", [practice])
        return True


def _affected(version: str) -> list[str]:
    """The types with a parameter that was not so in the version."""
    return sorted(versions.changed(state.parameters_of(version), versions.present()))


def _batch(practice: int, now: Progress) -> bool:
    """Index the next resources; False where these were the last."""
    size = BATCH
    while True:
        try:
            with transaction(practice):
                database.execute(_PATIENCE)
                rows = database.rows(_NEXT, [practice, now.done, now.last, list(now.types), size])
                if rows:
                    _write(practice, rows)
                    database.execute(_MOVE, [rows[-1][0], clock.now(), practice])
                if len(rows) < size:
                    database.execute(_DONE, [versions.version(), clock.now(), practice])
                return len(rows) == size
        except psycopg.errors.LockNotAvailable:
            # Somebody writes one of them. Whoever writes goes first; fewer at a time find a gap.
            size = max(1, size // 2)
            time.sleep(PAUSE)


def _write(practice: int, rows: list[tuple[Any, ...]]) -> None:
    made = [(serial, indexing.index(practice, fhir.decode(body, type=type))) for serial, type, body in rows]
    serials = [serial for serial, _ in made]
    found = [index for _, index in made]
    database.execute(
        _INDEX,
        [
            serials,
            [one.patient for one in found],
            [one.date for one in found],
            [_array(one.tokens) for one in found],
            [_array(one.marks) for one in found],
        ],
    )
    for statement in _CLEAR:
        database.execute(statement, [serials])
    for statement, each in (
        (_TEXTS, [(serial, *row) for serial, one in made for row in one.texts]),
        (_DATES, [(serial, *row) for serial, one in made for row in one.dates]),
        (_NUMBERS, [(serial, *row) for serial, one in made for row in one.numbers]),
    ):
        if each:
            database.execute(statement, [practice, *(list(column) for column in zip(*each, strict=True))])


def _array(numbers: set[int]) -> str:
    return "{" + ",".join(map(str, numbers)) + "}"

"""How the server looks things up for the engine: by index, whatever it believes of the tables.

The log and the open work grow from nothing to millions of rows, or shrink to nothing, between two looks at their
statistics. A plan that reads a table from end to end was right when it was made, and is kept for longer than it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection

from chartdesk.kit import database

_SETTINGS = ("enable_seqscan", "enable_hashjoin", "enable_mergejoin")
#: What a statement selects besides, so that it begins what ``by_index`` does without a trip of its own.
OFF = ", ".join(f"set_config('{name}', 'off', true)" for name in _SETTINGS)
_SET = "SELECT " + ", ".join(f"set_config('{name}', %(to)s, true)" for name in _SETTINGS)
# One trip: the settings, and the lock that ``transactions.advisory_lock`` takes on the same parts.
_ALONE = _SET + ", pg_advisory_xact_lock(hashtextextended(%(name)s, 0))"


def by_index() -> None:
    """For the rest of the open transaction."""
    database.execute(_SET, {"to": "off"})


def by_index_alone(*parts: object) -> None:
    """The same, and others that name the same ``parts`` wait until the transaction ends."""
    database.execute(_ALONE, {"to": "off", "name": "/".join(map(str, parts))})


def as_usual() -> None:
    """For what comes now in the open transaction the server may believe what it does."""
    database.execute(_SET, {"to": "on"})


@contextmanager
def indexed() -> Iterator[None]:
    """For the block. What it raises ends the transaction, and the setting with it."""
    by_index()
    yield
    as_usual()


def anew(statement: str, values: database.Values) -> list[tuple[Any, ...]]:
    """The rows of a query whose plan is made each time: of its indexes only one is right, and while the tables are
    small all look alike."""
    cursor: psycopg.Cursor[Any] = psycopg.Cursor(connection.connection)
    cursor.execute(statement, values, binary=True, prepare=False)
    return cursor.fetchall()

"""Django's connection, with statements that the server prepares once.

Django's own cursors write the values into the statement's text. Rooms that run the same few statements all
day send them through here, with their values beside them: they are planned once per connection.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import msgspec
import psycopg
from django.db import connection
from psycopg.types.json import set_json_loads

#: Statements run more often than this are prepared.
PREPARE_AFTER = 2
Values = Sequence[Any] | Mapping[str, Any]
# A claim is made of a dozen small JSON columns; Python's own reader of them takes ten times as long.
set_json_loads(msgspec.json.decode)
_heard: ContextVar[list[tuple[str, Values]] | None] = ContextVar("chartdesk_heard", default=None)


@contextmanager
def heard() -> Iterator[list[tuple[str, Values]]]:
    """Every statement with its values that the block sends through here, for who wants to explain them."""
    statements: list[tuple[str, Values]] = []
    token = _heard.set(statements)
    try:
        yield statements
    finally:
        _heard.reset(token)


def execute(statement: str, values: Values = ()) -> psycopg.Cursor[Any]:
    """Run one statement in the open transaction; returns the cursor that holds its rows.

    The text of ``statement`` must not depend on the values, or the server's memory of statements fills up.
    """
    connection.ensure_connection()
    raw: psycopg.Connection[Any] = connection.connection
    if raw.prepare_threshold is None:
        raw.prepare_threshold = PREPARE_AFTER
    listening = _heard.get()
    if listening is not None:
        listening.append((statement, values))
    cursor: psycopg.Cursor[Any] = psycopg.Cursor(raw)
    cursor.execute(statement, values, binary=True)
    return cursor


def rows(statement: str, values: Values = ()) -> list[tuple[Any, ...]]:
    """All rows of a query."""
    return execute(statement, values).fetchall()


def row(statement: str, values: Values = ()) -> tuple[Any, ...] | None:
    """The first row of a query, or None."""
    found: tuple[Any, ...] | None = execute(statement, values).fetchone()
    return found

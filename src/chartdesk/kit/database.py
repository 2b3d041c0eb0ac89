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
from django.db import InterfaceError, OperationalError, connection
from psycopg.types.json import set_json_loads

_FAULTS = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
#: Codes of connections that were lost, and of a server that ends or begins; none where nobody was there to give one.
_AWAY = ("08", "57P")
#: Statements run more often than this are prepared.
PREPARE_AFTER = 2
Values = Sequence[Any] | Mapping[str, Any]
# A claim is made of a dozen small JSON columns; Python's own reader of them takes ten times as long.
set_json_loads(msgspec.json.decode)
_heard: ContextVar[list[tuple[str, Values]] | None] = ContextVar("chartdesk_heard", default=None)


def is_away(fault: BaseException | None) -> bool:
    """Whether a fault came about because the database was gone, or the connection to it: none of what was asked.

    Django's cursors and ours raise faults of different families, and a lost connection makes others on its way up.
    """
    while fault is not None:
        code = getattr(fault, "sqlstate", None)
        told = isinstance(fault, psycopg.Error) or not isinstance(fault.__cause__, psycopg.Error)
        if isinstance(fault, _FAULTS) and told and (code is None or code.startswith(_AWAY)):
            return True
        fault = fault.__cause__ or fault.__context__
    return False


def may_pass(fault: BaseException) -> bool:
    """Whether it is no fault of what was asked, and asking again may help: also a disk that is full, a deadlock."""
    return isinstance(fault, _FAULTS) or is_away(fault)


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

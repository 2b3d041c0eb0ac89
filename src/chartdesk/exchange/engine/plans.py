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
_SET = "SELECT " + ", ".join(f"set_config('{name}', %(to)s, true)" for name in _SETTINGS)


def by_index() -> None:
    """For the rest of the open transaction."""
    database.execute(_SET, {"to": "off"})


@contextmanager
def indexed() -> Iterator[None]:
    """For the block. What it raises ends the transaction, and the setting with it."""
    by_index()
    yield
    database.execute(_SET, {"to": "on"})


def anew(statement: str, values: database.Values) -> list[tuple[Any, ...]]:
    """The rows of a query whose plan is made each time: of its indexes only one is right, and while the tables are
    small all look alike."""
    cursor: psycopg.Cursor[Any] = psycopg.Cursor(connection.connection)
    cursor.execute(statement, values, binary=True, prepare=False)
    return cursor.fetchall()

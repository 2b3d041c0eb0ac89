"""Several statements in one transaction of their own, sent at once and answered at once.

A statement on its own costs four trips to the database: begin, the practice, itself, commit. What many callers want
at the same moment shares one trip. Nothing of it remains where one of the statements fails: whoever asks for a round
must be able to go on without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import connection

from chartdesk.kit.database import PREPARE_AFTER, Values
from chartdesk.kit.transactions import PRACTICE_SETTING, HasPractice

_NAME = "SELECT set_config(%s, %s, true)"
_NAME_BRIEFLY = f"{_NAME}, set_config('synchronous_commit', 'off', true), set_config('statement_timeout', %s, true)"


def together(
    scope: HasPractice | int, statements: Sequence[tuple[str, Values]], *, lasting: bool = True, seconds: int = 0
) -> list[list[tuple[Any, ...]]]:
    """The rows of each statement, run for the practice of ``scope`` in one transaction.

    With ``lasting`` false the commit does not wait for the disk, and a statement that takes longer than ``seconds`` is
    stopped, as ``transactions.transaction`` has it. Raises what the first failing statement raises, and RuntimeError
    inside an open transaction.
    """
    if connection.in_atomic_block:
        raise RuntimeError("a round is a transaction of its own")
    practice = scope if isinstance(scope, int) else scope.practice
    connection.ensure_connection()
    raw: psycopg.Connection[Any] = connection.connection
    if raw.prepare_threshold is None:
        raw.prepare_threshold = PREPARE_AFTER
    cursors = []
    with raw.pipeline(), raw.transaction():
        named = [PRACTICE_SETTING, str(practice)]
        if lasting:
            psycopg.Cursor(raw).execute(_NAME, named)
        else:
            psycopg.Cursor(raw).execute(_NAME_BRIEFLY, [*named, f"{seconds}s"])
        for text, values in statements:
            cursor: psycopg.Cursor[Any] = psycopg.Cursor(raw)
            cursor.execute(text, values, binary=True)
            cursors.append(cursor)
    return [cursor.fetchall() for cursor in cursors]

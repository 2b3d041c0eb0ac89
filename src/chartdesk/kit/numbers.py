"""Numbers that are given out once: medical record numbers, control numbers, receipt numbers.

The counter's row is locked until the transaction ends, so numbers have no gaps and no twins.
"""

from __future__ import annotations

from django.db import connection

from chartdesk.kit.transactions import HasPractice


def next_number(scope: HasPractice, name: str, *, first: int = 1) -> int:
    """The next number under ``name`` in the practice of ``scope``; ``first`` when none was given out yet."""
    return reserve(scope, name, 1, first=first)[0]


def reserve(scope: HasPractice, name: str, count: int, *, first: int = 1) -> range:
    """``count`` consecutive numbers under ``name``, taken in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO kit_counter (practice, name, value) VALUES (%s, %s, %s)
            ON CONFLICT (practice, name) DO UPDATE SET value = kit_counter.value + %s
            RETURNING value
            """,
            [scope.practice, name, first + count - 1, count],
        )
        last: int = cursor.fetchone()[0]
    return range(last - count + 1, last + 1)

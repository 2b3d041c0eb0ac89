"""Numbers that are given out once: medical record numbers, control numbers, receipt numbers.

The counter's row is locked until the transaction ends, so numbers have no gaps and no twins.
"""

from __future__ import annotations

from chartdesk.kit import database
from chartdesk.kit.transactions import HasPractice

_RESERVE = """
    INSERT INTO kit_counter (practice, name, value) VALUES (%s::int4, %s, %s::int8)
    ON CONFLICT (practice, name) DO UPDATE SET value = kit_counter.value + %s::int8
    RETURNING value
"""


def next_number(scope: HasPractice, name: str, *, first: int = 1) -> int:
    """The next number under ``name`` in the practice of ``scope``; ``first`` when none was given out yet."""
    return reserve(scope, name, 1, first=first)[0]


def reserve(scope: HasPractice, name: str, count: int, *, first: int = 1) -> range:
    """``count`` consecutive numbers under ``name``, taken in one statement."""
    found = database.row(_RESERVE, [scope.practice, name, first + count - 1, count])
    assert found is not None
    last = int(found[0])
    return range(last - count + 1, last + 1)

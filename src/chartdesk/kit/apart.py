"""Doing the same for many of which one may fail: channels, practices."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from chartdesk.kit import database

T = TypeVar("T")


def each(ones: Iterable[T], do: Callable[[T], int], tell: Callable[[Exception], None]) -> int:
    """Do it for each of ``ones``; the sum of what that gave.

    One that fails keeps no other waiting: what it failed with is told when all are through, or raised where nothing
    was done at all. Where the database is away none of them is at fault, and that is raised at once.
    """
    count = 0
    faults: list[Exception] = []
    for one in ones:
        try:
            count += do(one)
        except Exception as fault:
            if database.is_away(fault):
                raise
            faults.append(fault)
    if faults and not count:
        raise faults[0]
    for met in faults:
        tell(met)
    return count

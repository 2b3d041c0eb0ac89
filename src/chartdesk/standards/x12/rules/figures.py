"""Reading figures for rules: an element that is no number has been reported already and counts as unknown."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from chartdesk.standards.x12.segments import Loop, Segment
from chartdesk.standards.x12.values import plain_number

ZERO = Decimal(0)


def figure(source: Segment | None, place: int) -> Decimal | None:
    """Element ``place`` as a number: 0 where it was not sent, None where it is none."""
    if source is None:
        return ZERO
    elements = source.elements
    return _figure(elements[place]) if place < len(elements) else ZERO


@lru_cache(maxsize=8192)
def _figure(text: str) -> Decimal | None:
    if not text:
        return ZERO
    return plain_number(text)


def total(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum, or None where one of them is unknown."""
    added = ZERO
    for value in values:
        if value is None:
            return None
        added += value
    return added


def adjusted(loop: Loop) -> Decimal | None:
    """The sum of all CAS amounts of a loop's own segments."""
    added = ZERO
    for cas in loop.segments:
        elements = cas.elements
        if elements[0] == "CAS":
            for text in elements[3::3]:
                value = _figure(text)
                if value is None:
                    return None
                added += value
    return added

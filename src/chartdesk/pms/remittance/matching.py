"""Which line of ours a payer's line is: by line control number, then by code, date and charge.

Payers drop modifiers, change codes (SVC06 has ours then), split lines and bundle them. What fits nowhere is not
forced: it is held with its figures. Pure functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from chartdesk.kit.money import ZERO

#: Lines of ours among which a bundle is looked for: more have too many ways to add up.
_MOST_BUNDLED = 10


@dataclass(frozen=True)
class OurLine:
    """A line of our claim. ``charge_line`` is the charge behind it."""

    charge_line: int
    control: str
    code: str
    modifiers: tuple[str, ...]
    amount: Decimal
    service_date: date


@dataclass(frozen=True)
class TheirLine:
    """A line of a claim payment; ``codes`` are the code paid and, where it was changed, the code submitted."""

    control: str
    codes: tuple[str, ...]
    modifiers: tuple[str, ...]
    charged: Decimal
    service_date: date | None


def match(theirs: Sequence[TheirLine], ours: Sequence[OurLine]) -> list[int | None]:
    """For each of ``theirs`` the charge line it is about, or None."""
    found: list[int | None] = [None] * len(theirs)
    free = list(ours)
    by_control = {line.control.upper(): line for line in ours if line.control}
    for place, line in enumerate(theirs):
        known = by_control.get(line.control.strip().upper())
        if known is not None:
            # A line that the payer split comes back twice under one number.
            found[place] = known.charge_line
            if known in free:
                free.remove(known)
    for exact in (True, False):
        for place, line in enumerate(theirs):
            if found[place] is None:
                fits = [one for one in free if _alike(line, one, exact)]
                if fits:
                    found[place] = fits[0].charge_line
                    free.remove(fits[0])
    _join_parts(theirs, found, free)
    return found


def _alike(line: TheirLine, ours: OurLine, exact: bool) -> bool:
    return (
        ours.code in line.codes
        and ours.amount == line.charged
        and line.service_date in (None, ours.service_date)
        and (not exact or line.modifiers == ours.modifiers)
    )


def _join_parts(theirs: Sequence[TheirLine], found: list[int | None], free: list[OurLine]) -> None:
    """A line of ours that the payer split without giving its number: the parts add up to its charge."""
    for ours in list(free):
        parts = [
            place
            for place, line in enumerate(theirs)
            if found[place] is None and ours.code in line.codes and line.service_date in (None, ours.service_date)
        ]
        if parts and sum((theirs[place].charged for place in parts), ZERO) == ours.amount:
            for place in parts:
                found[place] = ours.charge_line
            free.remove(ours)


def bundles(
    theirs: Sequence[TheirLine], found: Sequence[int | None], ours: Sequence[OurLine]
) -> dict[int, tuple[OurLine, ...]]:
    """Lines of theirs that stand for several of ours: the place of theirs → the lines that it bundles.

    What is left of ours on that day must add up to the charge in one way only; where two ways would do, it is held.
    """
    made: dict[int, tuple[OurLine, ...]] = {}
    free = [one for one in ours if one.charge_line not in found]
    for place, line in enumerate(theirs):
        if found[place] is not None or line.charged <= ZERO or len(free) > _MOST_BUNDLED:
            continue
        day = [one for one in free if line.service_date in (None, one.service_date)]
        ways = [
            way
            for count in range(2, len(day) + 1)
            for way in combinations(day, count)
            if sum((one.amount for one in way), ZERO) == line.charged
        ]
        if len(ways) == 1:
            made[place] = ways[0]
            free = [one for one in free if one not in ways[0]]
    return made

"""Whose claim is asked about, both ways, as the 276 and the 277 say it alike (005010X212).

A question or an answer is one claim with everybody above it: payer, receiver, provider, subscriber and, where the
patient is not the subscriber, dependent. Neighbors that share somebody share that level of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from chartdesk.standards.x12.eligibility_people import extras_of
from chartdesk.standards.x12.parties import Party
from chartdesk.standards.x12.party_segments import party_segments, take_party
from chartdesk.standards.x12.segments import Loop, Segment, segment
from chartdesk.standards.x12.taking import Extra, Taking, node
from chartdesk.standards.x12.values import d8, day_at
from chartdesk.standards.x12.writer import hl

#: Level, HL03, and the NM101 of who stands there.
_LEVELS = (("A", "20", "PR"), ("B", "21", "41"), ("C", "19", "1P"), ("D", "22", "IL"), ("E", "23", "QC"))
#: The place of the subscriber in ``_LEVELS``.
_SUBSCRIBER = 3


@dataclass(slots=True, kw_only=True)
class Whose:
    """The people of one question or answer. ``payer`` has its id under PI or XV, ``receiver`` (who asks) under 46,
    ``provider`` its NPI under XX, ``subscriber`` the member number under MI.

    An answer may concern all that a provider or receiver asked; then what stands below is None. ``birth`` and
    ``gender`` are the patient's, and only asked. ``levels`` are the HL01s of a read file, so that two equal
    levels stay two.
    """

    payer: Party
    receiver: Party
    provider: Party | None = None
    subscriber: Party | None = None
    dependent: Party | None = None
    birth: date | None = None
    gender: str = ""
    levels: tuple[str, ...] = ()
    extras: list[Extra] = field(default_factory=list)

    def people(self) -> list[Party]:
        """Everybody from the payer down to the patient."""
        found = (self.payer, self.receiver, self.provider, self.subscriber, self.dependent)
        return [one for one in found if one is not None]


T = TypeVar("T", bound=Whose)


def stack(items: Iterable[T], inside: Callable[[T, str], list[Loop]]) -> list[Loop]:
    """The 2000A loops of those items; ``inside`` makes the loops of an item for its innermost level (B to E)."""
    tops: list[Loop] = []
    open_loops: list[Loop] = []
    before: Whose | None = None
    for one in items:
        shared = _shared(before, one)
        del open_loops[shared:]
        people = one.people()
        for depth in range(shared, len(people)):
            made = _level(depth, one, people[depth], last=depth == len(people) - 1)
            (open_loops[-1].loops if open_loops else tops).append(made)
            open_loops.append(made)
        open_loops[-1].loops.extend(inside(one, _LEVELS[len(people) - 1][0]))
        before = one
    return tops


def _shared(before: Whose | None, one: Whose) -> int:
    """How many levels two neighbors share. A patient's own level is shared only where all of it is the same."""
    if before is None:
        return 0
    earlier, later = before.people(), one.people()
    count = 0
    for depth, (first, second) in enumerate(zip(earlier, later, strict=False)):
        if first != second or before.levels[depth : depth + 1] != one.levels[depth : depth + 1]:
            break
        if depth == _SUBSCRIBER and len(earlier) != len(later) and not one.levels:
            # Who asks for a subscriber's own claim and for a dependent's says so in two levels: HL04 tells readers
            # whether the subscriber is the patient.
            break
        count += 1
    same_patient = (before.birth, before.gender) == (one.birth, one.gender)
    if len(later) > 3 and count == len(later) and not (len(earlier) == len(later) and same_patient):
        # The subscriber's own claims come before those of dependents: a level of its own again.
        count -= 1
    return count


def _level(depth: int, one: Whose, party: Party, *, last: bool) -> Loop:
    letter, code, role = _LEVELS[depth]
    birth = segment("DMG", "D8", d8(one.birth), one.gender) if last and depth > 2 and one.birth else None
    name = node(f"2100{letter}", party_segments(role, party))
    extras = extras_of(one.extras, f"2000{letter}")
    return node(f"2000{letter}", [hl(code, child=depth < 4), birth, name], extras)


def inner_extras(one: Whose) -> list[Extra]:
    """What an item holds beyond its fields inside its innermost level."""
    return [extra for extra in one.extras if not (isinstance(extra, Loop) and extra.id.startswith("2000"))]


@dataclass(slots=True)
class _Level:
    """One level of a file that is being read: who stands there, and what nobody asked for, until a leaf takes it."""

    number: str
    party: Party
    birth: Segment
    rest: list[Extra]


def leaves(root: Loop) -> Iterator[tuple[Whose, list[Loop]]]:
    """Each level of a set that nothing stands below, or that has loops of its own, with everybody above it.

    The second is the level's own loops (2200…), to be read by the caller.
    """
    for top in root.inner("2000A"):
        yield from _walk(top, [])


def _walk(loop: Loop, above: list[_Level]) -> Iterator[tuple[Whose, list[Loop]]]:
    depth = len(above)
    letter = _LEVELS[depth][0]
    taking = Taking(loop)
    number, birth = taking.one("HL")[1], taking.one("DMG")
    below = taking.each(f"2000{'BCDE-'[depth]}")
    name, own = taking.inner(f"2100{letter}"), taking.each(f"2200{letter}")
    party = take_party(name)
    rest = taking.rest(name)
    kept: list[Extra] = [node(loop.id, rest)] if rest else []
    held = [*above, _Level(number, party, birth, kept)]
    if own or (not below and depth):
        yield _whose(held), own
    for inner in below:
        yield from _walk(inner, held)


def _whose(levels: list[_Level]) -> Whose:
    """The people above one leaf. What the levels hold beyond them goes to the first leaf that is below."""
    people: list[Party | None] = [one.party for one in levels]
    payer, receiver, provider, subscriber, dependent = [*people, None, None, None, None][:5]
    extras = [part for one in levels for part in one.rest]
    for one in levels:
        one.rest = []
    birth = levels[-1].birth
    return Whose(
        payer=payer or Party(),
        receiver=receiver or Party(),
        provider=provider,
        subscriber=subscriber,
        dependent=dependent,
        birth=day_at(birth, 2),
        gender=birth[3],
        levels=tuple(one.number for one in levels),
        extras=extras,
    )

"""Where a segment stands in its message: the walk through what the tables say may come, tolerant of what really comes.

Groups matter because a result belongs to the order that it stands under. A segment out of place is put where the
message has one of its name; one that the message does not know at all is taken as messages in general have it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from chartdesk.exchange.mappings.tables import Place, tables
from chartdesk.standards.hl7v2 import Message

#: Events whose structure has another name than their own, where MSH-9.3 does not say it.
_A01 = ("A01", "A03", "A04", "A08", "A10", "A13", "A15", "A16", "A21", "A22", "A27", "A29", "A32", "A33", "A53", "A62")
EVENTS = {
    **{f"ADT^{event}": "ADT_A01" for event in _A01},
    **dict.fromkeys(("ADT^A05", "ADT^A14", "ADT^A28", "ADT^A31", "ADT^A47"), "ADT_A05"),
    "ADT^A60": "ADT_A60",
    **dict.fromkeys(("ADT^A02", "ADT^A12", "ADT^A25", "ADT^A26"), "ADT_A02"),
    **dict.fromkeys(("ADT^A06", "ADT^A07"), "ADT_A06"), **dict.fromkeys(("ADT^A09", "ADT^A11"), "ADT_A09"),
    **{f"ADT^{event}": "ADT_A39" for event in ("A18", "A34", "A35", "A36", "A39", "A40", "A41", "A45")},
}  # fmt: skip
_BY_TYPE = {
    "ADT": "ADT_A01", "SIU": "SIU_S12", "ORU": "ORU_R01", "VXU": "VXU_V04", "MDM": "MDM_T02", "OML": "OML_O21",
    "ORM": "ORM_O01", "OMG": "ORM_O01", "DFT": "DFT_P03", "BAR": "BAR_P01", "RDE": "RDE_O11", "RDS": "RDE_O11",
    "REF": "REF_I12", "OUL": "OUL_R22", "MFN": "MFN_M02",
}  # fmt: skip
OTHER = "ANY"


class Seat(NamedTuple):
    """Where a segment sits: its place, the groups it is in with their numbers, and whether it was looked for there."""

    place: Place
    groups: tuple[tuple[str, int], ...]
    strayed: bool = False


def structure(message: Message) -> str:
    """The name of the message's structure: what MSH-9 says, by event, by type, else the one of messages in general."""
    known = tables().messages
    said = message.header.get(9, 3)
    kind = message.type
    if kind in EVENTS and EVENTS[kind] in known:
        return EVENTS[kind]
    if said in known:
        return said
    found = _BY_TYPE.get(kind[:3], OTHER)
    return found if found in known else OTHER


class _Layout:
    """A structure's places, prepared for the walk."""

    def __init__(self, places: list[Place]) -> None:
        self.places = places
        self.named: dict[str, list[int]] = {}
        for at, place in enumerate(places):
            self.named.setdefault(place.segment, []).append(at)

    def within(self, at: int, groups: tuple[str, ...]) -> bool:
        return self.places[at].groups[: len(groups)] == groups

    def begins(self, at: int) -> bool:
        """Whether a group begins at this place."""
        groups = self.places[at].groups
        return bool(groups) and (at == 0 or not self.within(at - 1, groups))


@lru_cache(maxsize=64)
def layout(name: str) -> _Layout:
    """The layout of a structure."""
    return _Layout(tables().messages[name])


class Walk:
    """Seats the segments of one message, one after another."""

    def __init__(self, name: str) -> None:
        self.layout = layout(name)
        self.at = -1
        self.open: tuple[tuple[str, int], ...] = ()
        self.begun = 0

    def seat(self, segment: str) -> Seat | None:
        """Where ``segment`` sits; None for one that the structure does not know."""
        places = self.layout.named.get(segment)
        if places is None:
            return None
        found, again = self._next(places)
        strayed = found is None
        if found is None:
            found, again = places[0], True
        self._move(found, again)
        return Seat(self.layout.places[found], self.open, strayed)

    def _next(self, places: list[int]) -> tuple[int | None, bool]:
        """The next place for it, looked for in the innermost group first; and whether a group begins anew for it."""
        if self.at < 0:
            return places[0], False
        here = self.layout.places[self.at].groups
        for depth in range(len(here), -1, -1):
            groups = here[:depth]
            inside = [at for at in places if self.layout.within(at, groups)]
            for at in inside:
                if at > self.at:
                    return at, False
                if at == self.at and self.layout.places[at].groups == groups and not self.layout.begins(at):
                    return at, False
            if inside and depth:
                return inside[0], True
            if inside and inside[-1] == self.at:
                return self.at, False
        return None, False

    def _move(self, to: int, again: bool) -> None:
        groups = self.layout.places[to].groups
        kept = 0
        for (name, _), wanted in zip(self.open, groups, strict=False):
            if name != wanted:
                break
            kept += 1
        if again:
            # The innermost group that both are in begins anew.
            kept = min(kept, self._shared(to)) - 1
        made = list(self.open[: max(kept, 0)])
        for name in groups[len(made) :]:
            self.begun += 1
            made.append((name, self.begun))
        self.open = tuple(made)
        self.at = to

    def _shared(self, to: int) -> int:
        here, there = self.layout.places[self.at].groups, self.layout.places[to].groups
        return next(
            (at for at, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), min(len(here), len(there))
        )

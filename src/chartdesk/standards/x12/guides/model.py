"""How a guide is written down: loops, segments, elements, who is required and how often.

A guide is a tree of ``loop`` and ``seg``. Usage is ``R`` (required) or ``S`` (situational) and how often:
``R1``, ``S5``, ``S*`` (no limit). The elements of a segment are one line of words:

``01!=85``   element 1 is required and must be 85      ``04``      element 4 may be sent
``08=XX|MI`` element 8 may be sent, with those codes    ``05-1!``  component 1 of element 5 is required
``02..12``   elements 2 to 12 may be sent               ``*``      all other elements may be sent too

In a code ``_`` stands for a space. What is not named must not be sent. The first segment of a loop opens it.
Where several segments of one tag stand in a loop, an element with few codes tells them apart (``SELECTORS``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chartdesk.standards.x12.dictionary import segment_type
from chartdesk.standards.x12.segments import Loop, Segment

if TYPE_CHECKING:
    from chartdesk.standards.x12.judge import Judge

MANY = 1_000_000

#: The element (and component) whose codes tell segments of one tag apart.
SELECTORS: dict[str, tuple[int, int]] = {
    "AMT": (1, 0),
    "CRC": (1, 0),
    "CTX": (1, 1),
    "DTM": (1, 0),
    "DTP": (1, 0),
    "HI": (1, 1),
    "HL": (3, 0),
    "LS": (1, 0),
    "N1": (1, 0),
    "NM1": (1, 0),
    "NTE": (1, 0),
    "PER": (1, 0),
    "QTY": (1, 0),
    "REF": (1, 0),
}


@dataclass(slots=True, frozen=True)
class Use:
    """How one element (or component) is used: required or not, and the codes it may have (empty: any)."""

    required: bool = False
    codes: frozenset[str] = frozenset()
    parts: dict[int, Use] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class SegmentRule:
    """One segment of a guide. ``order`` is its place in its loop; neighbors of one tag share it. ``index`` counts the
    parts of the loop."""

    tag: str
    name: str
    required: bool
    most: int
    uses: dict[int, Use]
    open: bool
    note: str = ""
    order: int = 0
    index: int = 0
    codes: frozenset[str] = frozenset()

    def matches(self, segment: Segment) -> bool:
        """True where the qualifier in ``segment`` is one of ours; the tag is known to agree."""
        if not self.codes:
            return True
        place, component = SELECTORS[self.tag]
        if not component:
            return segment[place] in self.codes
        first = segment.repeats(place)[:1]
        return bool(first) and first[0].split(segment.separators.component)[component - 1] in self.codes


@dataclass(slots=True, eq=False)
class LoopRule:
    """One loop of a guide: its segments and inner loops, in order. ``needed`` are those that must be sent."""

    id: str
    name: str
    required: bool
    most: int
    parts: tuple[SegmentRule | LoopRule, ...]
    note: str = ""
    order: int = 0
    index: int = 0
    by_tag: dict[str, list[SegmentRule | LoopRule]] = field(default_factory=dict)
    needed: tuple[SegmentRule | LoopRule, ...] = ()

    @property
    def first(self) -> SegmentRule:
        """The segment that opens the loop."""
        opener = self.parts[0]
        assert isinstance(opener, SegmentRule)
        return opener

    @property
    def tag(self) -> str:
        """The tag of the segment that opens the loop."""
        return self.first.tag

    def matches(self, segment: Segment) -> bool:
        """True where ``segment`` opens this loop; the tag is known to agree."""
        return self.first.matches(segment)

    def walk(self) -> Iterator[LoopRule]:
        """This loop and every loop inside it."""
        yield self
        for part in self.parts:
            if isinstance(part, LoopRule):
                yield from part.walk()


Part = SegmentRule | LoopRule
#: A rule across segments: looks at a closed loop and tells the judge what it found.
CrossRule = Callable[[Loop, "Judge"], None]


@dataclass(slots=True, eq=False)
class Guide:
    """The implementation guide of one transaction set.

    ``versions`` are the GS08 values read as this guide, the first of them is what we write. ``st03`` tells
    whether ST03 is sent. ``rules`` are cross-segment rules by the loop at whose end they run; of the loops
    named in ``cut`` nothing is kept once they have been judged, so a long file needs little memory.
    ``purposes`` are the values of BHT02 that tell a guide from another of the same set and version, such as
    request and response of the 278.
    """

    set_code: str
    name: str
    functional: str
    versions: tuple[str, ...]
    root: LoopRule
    st03: bool = True
    rules: dict[str, tuple[CrossRule, ...]] = field(default_factory=dict)
    cut: frozenset[str] = frozenset()
    purposes: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        _number(self.root)

    @property
    def version(self) -> str:
        """The GS08 we write."""
        return self.versions[0]

    def begins(self, begin: Segment | None) -> bool:
        """True where a set that begins with that segment can be ours; None where it is not known yet."""
        return begin is None or not self.purposes or begin.tag != "BHT" or begin[2] in self.purposes


def loop(id: str, name: str, usage: str, *parts: Part, note: str = "") -> LoopRule:
    """A loop of a guide; its first part is the segment that opens it."""
    required, most = _usage(usage)
    return LoopRule(id, name, required, most, parts, note)


def seg(tag: str, name: str, usage: str, elements: str = "*", note: str = "") -> SegmentRule:
    """A segment of a guide; see the module for how ``elements`` is written."""
    required, most = _usage(usage)
    uses, is_open = _uses(tag, elements)
    codes: frozenset[str] = frozenset()
    if tag in SELECTORS:
        place, component = SELECTORS[tag]
        use = uses.get(place, Use())
        codes = use.parts.get(component, Use()).codes if component else use.codes
    return SegmentRule(tag, name, required, most, uses, is_open, note, codes=codes)


_WORD = re.compile(r"(\d+)(?:\.\.(\d+))?(?:-(\d+)(?:\.\.(\d+))?)?(!?)(?:=(\S+))?")


def _uses(tag: str, elements: str) -> tuple[dict[int, Use], bool]:
    if segment_type(tag) is None:
        raise ValueError(f"the dictionary has no segment {tag}")
    uses: dict[int, Use] = {}
    is_open = False
    for word in elements.split():
        if word == "*":
            is_open = True
            continue
        found = _WORD.fullmatch(word)
        if found is None:
            raise ValueError(f"{tag}: {word!r} is no element")
        use = Use(bool(found[5]), frozenset(found[6].replace("_", " ").split("|")) if found[6] else frozenset())
        for place in range(int(found[1]), int(found[2] or found[1]) + 1):
            if found[3] is None:
                uses[place] = Use(use.required, use.codes, uses[place].parts if place in uses else {})
                continue
            whole = uses.setdefault(place, Use())
            for component in range(int(found[3]), int(found[4] or found[3]) + 1):
                whole.parts[component] = use
    return uses, is_open


def _usage(usage: str) -> tuple[bool, int]:
    most = MANY if usage[1:] == "*" else int(usage[1:])
    return usage[0] == "R", most


def _number(rule: LoopRule) -> None:
    """Give each part its order and build the index by tag; neighbors of one tag and kind share an order."""
    order, before = 0, ("", False)
    rule.needed = tuple(part for part in rule.parts if part.required)
    for index, part in enumerate(rule.parts):
        kind = (part.tag, isinstance(part, LoopRule))
        if kind != before:
            order += 1
        before = kind
        part.order, part.index = order, index
        rule.by_tag.setdefault(part.tag, []).append(part)
        if isinstance(part, LoopRule):
            _number(part)

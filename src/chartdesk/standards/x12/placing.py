"""Placing: which loop of the guide each segment of a transaction set belongs to.

Segments come one at a time. From the innermost open loop outwards, the first place that the segment fits
without going back is its place; failing that the nearest place it fits at all, reported as out of order.
What fits nowhere stays with the loop at hand and is reported as unexpected. Closed loops are handed on, so
a reader can take claims one by one and let them go.

Where a segment goes depends on its tag, its qualifier and what came before, which is one of few states in any file.
Each state remembers its moves, so a place is searched for once and looked up from then on.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from chartdesk.standards.x12.guides.model import SELECTORS, Guide, LoopRule, Part, SegmentRule
from chartdesk.standards.x12.segments import Loop, Segment

#: Parts that may come more often than this are counted as they come, not in the state.
_FEW = 12
#: Moves and states of a guide that are remembered at most: a hostile file can make up any number of qualifiers.
_MOST_MOVES, _MOST_STATES = 15_000, 2_000
#: Segments that a check keeps at most of what it judges at once, such as a claim: no real one comes near.
MOST_KEPT = 20_000


class Frame(msgspec.Struct, eq=False):
    """An open loop: its rule, what it holds so far, and how often its parts were seen. ``many`` counts those that may
    come often; ``counts`` is complete once the loop is closed, and ``lacks`` then has the parts that must be sent and
    were not."""

    rule: LoopRule
    loop: Loop
    counts: tuple[int, ...] = ()
    lacks: tuple[Part, ...] = ()
    many: dict[int, int] = msgspec.field(default_factory=dict)

    def count(self, part: Part) -> int:
        """How often ``part`` has been seen in this loop, once it is closed: up to 12, or whether at all."""
        return self.counts[part.index]


class Move(msgspec.Struct, eq=False):
    """Where a segment goes from a state: so many loops end, ``part`` takes it, and the next state.

    ``rule`` is that of the segment itself, None where it fits nowhere; ``opens`` the loop that it begins; ``many``
    whether its part is to be counted. ``fault`` as in ``Placement``.
    """

    closes: int
    part: Part | None
    rule: SegmentRule | None
    opens: LoopRule | None
    fault: str
    many: bool
    next: _State


class _State:
    """What is open, how far each loop has come, and how often its parts were seen: all that a place depends on."""

    __slots__ = ("_lacks", "levels", "moves")

    def __init__(self, levels: _Levels) -> None:
        self.levels = levels
        self.moves: dict[str, Move] = {}
        self._lacks: tuple[tuple[Part, ...], ...] | None = None

    @property
    def lacks(self) -> tuple[tuple[Part, ...], ...]:
        """What each level lacks if it ends here."""
        if self._lacks is None:
            self._lacks = tuple(
                tuple(part for part in rule.needed if not counts[part.index]) for rule, _, counts in self.levels
            )
        return self._lacks


#: Each open loop, outermost first: its rule, its order, and the counts of its parts.
_Level = tuple[LoopRule, int, tuple[int, ...]]
_Levels = tuple[_Level, ...]


def _key_of(levels: _Levels) -> object:
    return tuple((id(rule), order, counts) for rule, order, counts in levels)


class Placement(msgspec.Struct):
    """Where a segment went. ``fault`` is empty, ``order``, ``repeat``, ``loop-repeat`` or ``unexpected``."""

    rule: SegmentRule | None
    frame: Frame
    closed: list[Frame]
    fault: str = ""


class _Course:
    """The states of one guide that files have come through so far."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.states: dict[object, _State] = {}
        self.moves = 0
        root = guide.root
        self.start = self.state(((root, 0, (0,) * len(root.parts)),))

    def state(self, levels: _Levels) -> _State:
        """The state of those levels."""
        key = _key_of(levels)
        found = self.states.get(key)
        if found is None:
            if len(self.states) >= _MOST_STATES:
                self.forget()
            found = self.states[key] = _State(levels)
        return found

    def remember(self, state: _State, key: str, move: Move) -> None:
        """Look the move up from now on."""
        if self.moves >= _MOST_MOVES:
            self.forget()
        self.moves += 1
        state.moves[key] = move

    def forget(self) -> None:
        """Begin anew. The states lead to each other, so each lets go of where it led."""
        for one in list(self.states.values()):
            one.moves.clear()
        self.states = {_key_of(self.start.levels): self.start}
        self.moves = 0

    def move(self, state: _State, segment: Segment) -> Move:
        """Where the segment goes from there."""
        levels = state.levels
        found = _forward(levels, segment)
        fault = ""
        if found is None or found[2]:
            back = found or _backward(levels, segment)
            if back is None:
                return Move(0, None, None, None, "unexpected", False, state)
            found, fault = back, back[2] or "order"
        depth, part, _ = found
        rule, order, counts = levels[depth]
        seen = counts[part.index] + 1
        many = part.most > _FEW
        limit = 1 if many else part.most + 1
        counted = (*counts[: part.index], min(seen, limit), *counts[part.index + 1 :])
        after = (*levels[:depth], (rule, max(order, part.order), counted))
        opens = part if isinstance(part, LoopRule) else None
        own = part
        if opens is not None:
            own = opens.first
            fresh = (1, *(0,) * (len(opens.parts) - 1))
            after = (*after, (opens, own.order, fresh))
        assert isinstance(own, SegmentRule)
        return Move(len(levels) - depth - 1, part, own, opens, fault, many, self.state(after))


@lru_cache(maxsize=64)
def _course(guide: Guide) -> _Course:
    return _Course(guide)


class Placer:
    """Places the segments of one transaction set, ST to SE (which it does not take itself).

    ``most`` is how many segments are kept at most, from number ``first`` of the file on; those beyond are placed and
    let go. With a limit, a loop that the guide names in ``cut`` counts no longer once it ends: whoever sets the limit
    lets go of it then.
    """

    def __init__(self, guide: Guide, most: int = sys.maxsize, first: int = 0) -> None:
        self.guide = guide
        #: The number of the segment from which on nothing is kept.
        self.limit = first + most
        self.cut = guide.cut if most < sys.maxsize else frozenset()
        self.course = _course(guide)
        self.state = self.course.start
        self.stack = [Frame(guide.root, Loop(guide.root.id))]
        #: The loops that ended with the last segment, innermost first, and what was wrong with its place.
        self.closed: list[Frame] = []
        self.fault = ""

    @property
    def root(self) -> Loop:
        """The whole set as far as it has been placed."""
        return self.stack[0].loop

    def add(self, segment: Segment) -> Placement:
        """Put ``segment`` into its loop; loops that ended with it are in ``closed``, innermost first."""
        move = self.step(segment)
        return Placement(move.rule, self.stack[-1], self.closed, self.fault)

    def step(self, segment: Segment) -> Move:
        """The same without making anything for it: what ended and what is wrong stand in ``closed`` and ``fault``."""
        state, stack = self.state, self.stack
        key = segment.elements[0]
        if key in SELECTORS:
            key = _key(segment)
        move = state.moves.get(key)
        if move is None:
            move = self.course.move(state, segment)
            if len(key) < 12:
                self.course.remember(state, key, move)
        if move.closes:
            self.closed = self._close(move.closes, segment.number)
        elif self.closed:
            self.closed = []
        self.state, self.fault = move.next, move.fault
        frame = stack[-1]
        if move.many:
            self._count(frame, move)
        if move.opens is not None:
            inner = Loop(move.opens.id, [segment], [], frame.loop)
            if segment.number < self.limit:
                frame.loop.loops.append(inner)
            stack.append(Frame(move.opens, inner))
        elif segment.number < self.limit:
            frame.loop.segments.append(segment)
        return move

    def _close(self, count: int, number: int = 0) -> list[Frame]:
        stack, levels, lacks = self.stack, self.state.levels, self.state.lacks
        closed = stack[-count:]
        del stack[-count:]
        for frame, level, lacking in zip(closed, levels[-count:], lacks[-count:], strict=True):
            frame.counts, frame.lacks = level[2], lacking
        if self.cut:
            # What is let go of makes room for as much again.
            for frame in closed:
                if frame.rule.id in self.cut:
                    self.limit += number - frame.loop.segments[0].number
                    break
        closed.reverse()
        return closed

    def _count(self, frame: Frame, move: Move) -> None:
        part = move.part
        assert part is not None
        seen = frame.many.get(part.index, 0) + 1
        frame.many[part.index] = seen
        if seen > part.most and not move.fault:
            self.fault = "loop-repeat" if move.opens is not None else "repeat"

    def end(self) -> list[Frame]:
        """Close every loop that is still open, the set itself last."""
        root = self.stack[0]
        closed = self._close(len(self.stack))
        self.stack = [root]
        self.state = self.course.start
        return closed


def _key(segment: Segment) -> str:
    """What the place of a segment of a kind with a qualifier depends on: its tag and that."""
    elements = segment.elements
    tag = elements[0]
    place, component = SELECTORS[tag]
    if place >= len(elements):
        return tag
    if not component:
        return f"{tag}*{elements[place]}"
    first = segment.repeats(place)[:1]
    return f"{tag}*{first[0].split(segment.separators.component)[component - 1]}" if first else tag


def _forward(levels: _Levels, segment: Segment) -> tuple[int, Part, str] | None:
    """The innermost place at or after the present one; a full one only where no other fits."""
    full: tuple[int, Part, str] | None = None
    tag = segment.elements[0]
    for depth in range(len(levels) - 1, -1, -1):
        rule, order, counts = levels[depth]
        for part in rule.by_tag.get(tag, ()):
            if part.order < order or (depth and part is rule.parts[0]):
                continue
            if not part.matches(segment):
                continue
            if part.most > _FEW or counts[part.index] < part.most:
                return depth, part, ""
            if full is None:
                full = depth, part, "loop-repeat" if isinstance(part, LoopRule) else "repeat"
    return full


def _backward(levels: _Levels, segment: Segment) -> tuple[int, Part, str] | None:
    """The innermost place that fits at all, whatever came before."""
    for depth in range(len(levels) - 1, -1, -1):
        rule = levels[depth][0]
        for part in rule.by_tag.get(segment.elements[0], ()):
            if part.matches(segment) and not (depth and part is rule.parts[0]):
                return depth, part, ""
    return None


def tree(guide: Guide, body: Iterable[Segment]) -> Loop:
    """All loops of one transaction set, from the segments between ST and SE."""
    placer = Placer(guide)
    for segment in body:
        placer.step(segment)
    placer.end()
    return placer.root


def loops(guide: Guide, body: Iterable[Segment], cut: frozenset[str]) -> Iterator[Loop]:
    """The loops named in ``cut``, each as soon as it is complete and then let go; last the root with the
    rest.

    ``parent`` of a loop leads to the headers above it, which are complete up to that point.
    """
    placer = Placer(guide)
    for segment in body:
        placer.step(segment)
        for frame in placer.closed:
            if frame.rule.id in cut:
                yield release(frame.loop)
    for frame in placer.end():
        if frame.rule.id in cut:
            yield release(frame.loop)
    yield placer.root


def release(loop: Loop) -> Loop:
    """Take a finished loop out of its parent's list; the loop keeps its way up."""
    if loop.parent is not None and loop.parent.loops:
        inside = loop.parent.loops
        if inside[-1] is loop:
            inside.pop()
        elif loop in inside:
            inside.remove(loop)
    return loop

"""Placing: which loop of the guide each segment of a transaction set belongs to.

Segments come one at a time. From the innermost open loop outwards, the first place that the segment fits
without going back is its place; failing that the nearest place it fits at all, reported as out of order.
What fits nowhere stays with the loop at hand and is reported as unexpected. Closed loops are handed on, so
a reader can take claims one by one and let them go.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from chartdesk.standards.x12.guides.model import Guide, LoopRule, Part, SegmentRule
from chartdesk.standards.x12.segments import Loop, Segment


class Frame(msgspec.Struct, eq=False):
    """An open loop: its rule, what it holds so far, how far down the guide it is, and what was seen how
    often."""

    rule: LoopRule
    loop: Loop
    order: int = 0
    seen: dict[int, int] = msgspec.field(default_factory=dict)

    def count(self, part: Part) -> int:
        """How often ``part`` has been seen in this loop."""
        return self.seen.get(id(part), 0)


class Placement(msgspec.Struct):
    """Where a segment went. ``fault`` is empty, ``order``, ``repeat``, ``loop-repeat`` or ``unexpected``."""

    rule: SegmentRule | None
    frame: Frame
    closed: list[Frame]
    fault: str = ""


class Placer:
    """Places the segments of one transaction set, ST to SE (which it does not take itself)."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.stack = [Frame(guide.root, Loop(guide.root.id))]

    @property
    def root(self) -> Loop:
        """The whole set as far as it has been placed."""
        return self.stack[0].loop

    def add(self, segment: Segment) -> Placement:
        """Put ``segment`` into its loop; loops that ended with it are in ``closed``, innermost first."""
        found = self._forward(segment)
        fault = ""
        if found is None or found[2]:
            back = found or self._backward(segment)
            if back is None:
                frame = self.stack[-1]
                frame.loop.segments.append(segment)
                return Placement(None, frame, [], "unexpected")
            fault = back[2] or "order"
            found = back
        depth, part, _ = found
        closed = [self.stack.pop() for _ in range(len(self.stack) - depth - 1)]
        frame = self.stack[depth]
        frame.order = max(frame.order, part.order)
        frame.seen[id(part)] = frame.seen.get(id(part), 0) + 1
        if isinstance(part, LoopRule):
            inner = Loop(part.id, parent=frame.loop)
            frame.loop.loops.append(inner)
            frame = Frame(part, inner)
            self.stack.append(frame)
            frame.seen[id(part.first)] = 1
            frame.order = part.first.order
            part = part.first
        frame.loop.segments.append(segment)
        return Placement(part, frame, closed, fault)

    def end(self) -> list[Frame]:
        """Close every loop that is still open, the set itself last."""
        closed = self.stack[::-1]
        self.stack = self.stack[:1]
        return closed

    def _forward(self, segment: Segment) -> tuple[int, Part, str] | None:
        """The innermost place at or after the present one; a full one only where no other fits."""
        full: tuple[int, Part, str] | None = None
        tag = segment.elements[0]
        for depth in range(len(self.stack) - 1, -1, -1):
            frame = self.stack[depth]
            for part in frame.rule.by_tag.get(tag, ()):
                if part.order < frame.order or (depth and part is frame.rule.parts[0]):
                    continue
                if not part.matches(segment):
                    continue
                if frame.seen.get(id(part), 0) < part.most:
                    return depth, part, ""
                if full is None:
                    full = depth, part, "loop-repeat" if isinstance(part, LoopRule) else "repeat"
        return full

    def _backward(self, segment: Segment) -> tuple[int, Part, str] | None:
        """The innermost place that fits at all, whatever came before."""
        for depth in range(len(self.stack) - 1, -1, -1):
            frame = self.stack[depth]
            for part in frame.rule.by_tag.get(segment.elements[0], ()):
                if part.matches(segment) and not (depth and part is frame.rule.parts[0]):
                    return depth, part, ""
        return None


def tree(guide: Guide, body: Iterable[Segment]) -> Loop:
    """All loops of one transaction set, from the segments between ST and SE."""
    placer = Placer(guide)
    for segment in body:
        placer.add(segment)
    placer.end()
    return placer.root


def loops(guide: Guide, body: Iterable[Segment], cut: frozenset[str]) -> Iterator[Loop]:
    """The loops named in ``cut``, each as soon as it is complete and then let go; last the root with the
    rest.

    ``parent`` of a loop leads to the headers above it, which are complete up to that point.
    """
    placer = Placer(guide)
    for segment in body:
        for frame in placer.add(segment).closed:
            if frame.rule.id in cut:
                yield release(frame.loop)
    for frame in placer.end():
        if frame.rule.id in cut:
            yield release(frame.loop)
    yield placer.root


def release(loop: Loop) -> Loop:
    """Take a finished loop out of its parent's list; the loop keeps its way up."""
    if loop.parent is not None and loop in loop.parent.loops:
        loop.parent.loops.remove(loop)
    return loop

"""Taking a loop apart and putting one together: the two movements of every typed view.

``Taking`` hands out segments and loops once and keeps count of what nobody asked for; that rest travels in a
view's ``extras``, so that writing what was read loses nothing. ``node`` puts such a rest back where it stood.
"""

from __future__ import annotations

from collections.abc import Iterable

from chartdesk.standards.x12.segments import Loop, Segment

Extra = Segment | Loop
NOTHING = Segment([""])


class Taking:
    """A loop that is being read. What was taken is gone; ``rest`` is what is left."""

    def __init__(self, loop: Loop | None) -> None:
        self.loop = loop
        self.segments = list(loop.segments) if loop else []
        self.loops = list(loop.loops) if loop else []

    def one(self, tag: str, *qualifiers: str, at: int = 1) -> Segment:
        """The first segment of that tag (with one of those qualifiers), or ``NOTHING``, whose elements are
        all empty."""
        for place, found in enumerate(self.segments):
            if found.elements[0] == tag and (not qualifiers or found[at] in qualifiers):
                return self.segments.pop(place)
        return NOTHING

    def every(self, tag: str, *qualifiers: str, at: int = 1) -> list[Segment]:
        """All segments of that tag (with one of those qualifiers)."""
        found = [s for s in self.segments if s.elements[0] == tag and (not qualifiers or s[at] in qualifiers)]
        if found:
            self.segments = [s for s in self.segments if not any(s is one for one in found)]
        return found

    def inner(self, id: str) -> Taking:
        """The first inner loop of that id, taken apart; an empty one where there is none."""
        for place, found in enumerate(self.loops):
            if found.id == id:
                return Taking(self.loops.pop(place))
        return Taking(None)

    def each(self, *ids: str) -> list[Loop]:
        """All inner loops with one of those ids."""
        found = [loop for loop in self.loops if loop.id in ids]
        self.loops = [loop for loop in self.loops if loop.id not in ids]
        return found

    def rest(self, *inner: Taking) -> list[Extra]:
        """What nobody took here, and what nobody took of those inner loops, each wrapped in a loop of its
        id."""
        return [*self.segments, *self.loops, *left_over(*inner)]


def left_over(*takings: Taking) -> list[Extra]:
    """What nobody took of those loops, each rest wrapped in a loop of its id."""
    return [
        Loop(one.loop.id, one.segments, one.loops)
        for one in takings
        if one.loop is not None and (one.segments or one.loops)
    ]


def node(id: str, parts: Iterable[Extra | None], extras: Iterable[Extra] = ()) -> Loop:
    """A loop of those segments and loops. An extra loop whose id we made ourselves gives its content to
    ours."""
    made = Loop(id)
    segments, loops = made.segments, made.loops
    for one in parts:
        if one is None:
            continue
        if isinstance(one, Loop):
            loops.append(one)
        else:
            segments.append(one)
    for extra in extras:
        ours = made.one(extra.id) if isinstance(extra, Loop) else None
        if ours is None or not isinstance(extra, Loop):
            _put(made, extra)
            continue
        for part in extra.content():
            _put(ours, part)
    return made


def _put(loop: Loop, part: Extra | None) -> None:
    if isinstance(part, Loop):
        loop.loops.append(part)
    elif part is not None:
        loop.segments.append(part)

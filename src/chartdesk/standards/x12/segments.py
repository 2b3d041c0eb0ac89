"""Segments and loops: what the reader gives and the writer takes.

A segment is its tag and its elements as text. An element that has components or repeats keeps the file's
own separators until it is asked for in parts, so plain elements cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

#: An element to write: text, its components, or its repeats (each text or components).
Value = str | tuple[str, ...] | list["str | tuple[str, ...]"]


@dataclass(slots=True, frozen=True)
class Separators:
    """The four separators of an interchange. ``repetition`` is empty before 00402."""

    element: str = "*"
    repetition: str = "^"
    component: str = ":"
    segment: str = "~"

    def all(self) -> str:
        """The separators in one string, for membership tests."""
        return self.element + self.repetition + self.component + self.segment


STANDARD = Separators()


class Segment(msgspec.Struct, eq=False):
    """One segment: ``elements[0]`` is the tag, ``elements[n]`` element n; ``number`` its place."""

    elements: list[str]
    number: int = 0
    separators: Separators = STANDARD

    @property
    def tag(self) -> str:
        """The segment's name, such as ``CLM``."""
        return self.elements[0]

    def __getitem__(self, place: int) -> str:
        """Element ``place`` as text, empty where it was not sent."""
        elements = self.elements
        return elements[place] if place < len(elements) else ""

    def part(self, place: int, component: int) -> str:
        """Component ``component`` (from 1) of element ``place``, empty where it was not sent."""
        parts = self[place].split(self.separators.component)
        return parts[component - 1] if component <= len(parts) else ""

    def parts(self, place: int) -> list[str]:
        """All components of element ``place``; an empty list where it was not sent."""
        text = self[place]
        return text.split(self.separators.component) if text else []

    def repeats(self, place: int) -> list[str]:
        """All repeats of element ``place``; an empty list where it was not sent."""
        text = self[place]
        if not text:
            return []
        mark = self.separators.repetition
        return text.split(mark) if mark else [text]

    def values(self) -> list[Value]:
        """The elements after the tag, taken apart, so that they can be written with other separators."""
        return [self._value(text) for text in self.elements[1:]]

    def _value(self, text: str) -> Value:
        marks = self.separators
        if marks.repetition and marks.repetition in text:
            return [_components(one, marks.component) for one in text.split(marks.repetition)]
        return _components(text, marks.component)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Segment) and self.tag == other.tag and self.values() == other.values()

    __hash__ = None  # type: ignore[assignment]  # segments are compared, never kept in sets

    def __repr__(self) -> str:
        return self.separators.element.join(self.elements)


def _components(text: str, mark: str) -> str | tuple[str, ...]:
    return tuple(text.split(mark)) if mark in text else text


class Built(Segment, eq=False):
    """A segment made by us. Its values are kept apart, so data can never turn into a separator.

    ``built`` is None where each element is text without components or repeats.
    """

    built: list[Value] | None = None

    def values(self) -> list[Value]:
        """The values it was built from."""
        return [*self.elements[1:]] if self.built is None else self.built


_TEXT = frozenset({str})


def segment(tag: str, *values: Value) -> Segment:
    """A segment to write. Empty values and components at the end are dropped.

    Data is taken as it is: what may not stand in it is mended or refused by the writer.
    """
    if _TEXT.issuperset(map(type, values)):
        elements: list[str] = [tag, *values]  # type: ignore[list-item]  # texts, as was just seen
        while not elements[-1]:
            elements.pop()
        return Built(elements)
    flat, kept = [tag], []
    sent = len(values)
    while sent and values[sent - 1] == "":
        sent -= 1
    for value in values[:sent]:
        if not isinstance(value, str):
            value = _trimmed(value)
        kept.append(value)
        flat.append(value if isinstance(value, str) else _flat(value))
    while not flat[-1]:
        flat.pop()
        kept.pop()
    return Built(flat, built=kept)


def _trimmed(value: Value) -> Value:
    if isinstance(value, tuple):
        sent = len(value)
        while sent and not value[sent - 1]:
            sent -= 1
        return value[0] if sent == 1 else value[:sent] if sent else ""
    if isinstance(value, list):
        return [_trimmed(one) for one in value] if len(value) > 1 else _trimmed(value[0]) if value else ""  # type: ignore[misc]
    return value


def _flat(value: Value) -> str:
    if isinstance(value, list):
        return STANDARD.repetition.join(_flat(one) for one in value)
    return STANDARD.component.join(value) if isinstance(value, tuple) else value


@dataclass(slots=True, eq=False)
class Loop:
    """A loop as it stands in a file: its own segments and the loops inside it, in file order."""

    id: str
    segments: list[Segment] = field(default_factory=list)
    loops: list[Loop] = field(default_factory=list)
    parent: Loop | None = field(default=None, repr=False)

    def first(self, tag: str, qualifier: str = "", at: int = 1) -> Segment | None:
        """The first own segment of that tag (and that qualifier in element ``at``), or None."""
        for found in self.segments:
            elements = found.elements
            if elements[0] == tag and (not qualifier or (at < len(elements) and elements[at] == qualifier)):
                return found
        return None

    def every(self, tag: str, qualifier: str = "", at: int = 1) -> list[Segment]:
        """All own segments of that tag (and that qualifier in element ``at``)."""
        return [s for s in self.segments if s.elements[0] == tag and (not qualifier or s[at] == qualifier)]

    def inner(self, *ids: str) -> list[Loop]:
        """The loops directly inside with one of those ids."""
        return [loop for loop in self.loops if loop.id in ids]

    def one(self, id: str) -> Loop | None:
        """The first loop directly inside with that id, or None."""
        return next((loop for loop in self.loops if loop.id == id), None)

    def above(self, id: str) -> Loop | None:
        """The nearest enclosing loop with that id, or None."""
        loop = self.parent
        while loop is not None and loop.id != id:
            loop = loop.parent
        return loop

    def content(self) -> list[Segment | Loop]:
        """Own segments and inner loops, in that order."""
        return [*self.segments, *self.loops]

    def flat(self) -> Iterator[Segment]:
        """Own segments, then those of the inner loops, depth first."""
        yield from self.segments
        for loop in self.loops:
            yield from loop.flat()

"""Code systems: what a code means and which codes lie below it.

Guide section: CodeSystem (https://hl7.org/fhir/R4/codesystem.html).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple, Protocol

#: What a concept may be used for: chosen, only to group others, or not any more.
USABLE, ABSTRACT, RETIRED = 0, 1, 2


class Concept(NamedTuple):
    """One concept. ``parents`` are the codes right above it; ``properties`` hold what a filter may ask for."""

    code: str
    display: str = ""
    parents: tuple[str, ...] = ()
    status: int = USABLE
    definition: str = ""
    properties: Mapping[str, tuple[str, ...]] = {}


class CodeSystem(Protocol):
    """A code system that is loaded, whole or in part (``complete`` false)."""

    url: str
    version: str
    name: str
    complete: bool

    def find(self, code: str) -> Concept | None:
        """The concept with that code."""

    def all(self) -> Iterable[Concept]:
        """Every concept, in the system's order."""

    def size(self) -> int:
        """How many concepts there are."""

    def part(self, offset: int, count: int) -> Iterable[Concept]:
        """Some concepts, in the system's order."""

    def below(self, code: str) -> set[str]:
        """The codes below ``code`` at any depth, without itself; empty where there are none."""

    def matching(self, text: str) -> Iterable[Concept]:
        """The concepts that ``text`` finds, the likeliest first."""


class Table:
    """A code system held as a list of its concepts."""

    def __init__(
        self,
        url: str,
        concepts: Iterable[Concept],
        *,
        version: str = "",
        name: str = "",
        complete: bool = True,
        case_sensitive: bool = True,
    ) -> None:
        self.url, self.version, self.name, self.complete = url, version, name, complete
        self._concepts = {one.code: one for one in concepts}
        self._folded = {} if case_sensitive else {one.casefold(): one for one in self._concepts}
        self._children: dict[str, list[str]] | None = None

    def find(self, code: str) -> Concept | None:
        """The concept with that code."""
        return self._concepts.get(code) or self._concepts.get(self._folded.get(code.casefold(), ""))

    def all(self) -> Iterable[Concept]:
        """Every concept, in the system's order."""
        return self._concepts.values()

    def size(self) -> int:
        """How many concepts there are."""
        return len(self._concepts)

    def part(self, offset: int, count: int) -> Iterable[Concept]:
        """Some concepts, in the system's order."""
        return islice(self._concepts.values(), offset, offset + count)

    def below(self, code: str) -> set[str]:
        """The codes below ``code`` at any depth; a circle in the hierarchy ends the walk."""
        if self._children is None:
            self._children = {}
            for one in self._concepts.values():
                for parent in one.parents:
                    self._children.setdefault(parent, []).append(one.code)
        found: set[str] = set()
        waiting = list(self._children.get(code, ()))
        while waiting:
            child = waiting.pop()
            if child not in found and child != code:
                found.add(child)
                waiting += self._children.get(child, ())
        return found

    def matching(self, text: str) -> Iterator[Concept]:
        """The concepts in whose code or display every word of ``text`` begins a word."""
        return (one for one in self._concepts.values() if matches(one.code, one.display, text))


def matches(code: str, display: str, text: str) -> bool:
    """Whether every word of ``text`` begins a word of the display, or the text begins the code."""
    wanted = text.casefold().split()
    if code.casefold().startswith(" ".join(wanted)):
        return True
    words = display.casefold().replace("-", " ").replace("(", " ").replace("/", " ").split()
    return all(any(word.startswith(one) for word in words) for one in wanted)

"""Rows of a map as a tree by their targets, so that an element is made once, with all that goes into it.

``generating`` makes a function of the tree. It takes what it writes into, the texts of the fields or components by
their numbers, the run, and where it stands (None unless the run is traced).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from chartdesk.exchange.mappings.conditions import Test
from chartdesk.exchange.mappings.leaves import Fill, number_of
from chartdesk.exchange.mappings.paths import EACH, Path, Step, UnknownPathError, path
from chartdesk.exchange.mappings.tables import Row
from chartdesk.standards.fhir.facts import codes as bound_codes
from chartdesk.standards.fhir.facts import members_of

if TYPE_CHECKING:
    from chartdesk.exchange.mappings.compiling import Compiler


class Piece(NamedTuple):
    """What a row does: as a function, and where it is a plain one by what it is made of."""

    row: Row
    fill: Fill
    kind: str = ""
    data: tuple[Any, ...] = ()
    when: str = ""
    test: Test | None = None

    @property
    def fixed(self) -> bool:
        """Whether it writes a fixed text."""
        return self.row.fixed.startswith('"')


class Node:
    """An element on the way to values: what fills it, and what stands below it."""

    def __init__(self, step: Step | None) -> None:
        self.step = step
        self.below: dict[tuple[str, int, str], Node] = {}
        self.fills: list[Piece] = []

    def child(self, step: Step, resource: str = "") -> Node:
        """The node below for a step; ``resource`` is the one that a reference makes."""
        key = (step.name, step.number if step.many else 1, resource)
        return self.below.setdefault(key, Node(step))

    def without_conditions(self) -> Node:
        """The same with rows that always hold: their condition was asked before."""
        made = Node(self.step)
        made.fills = [piece._replace(when="", test=None) for piece in self.fills]
        made.below = {key: node.without_conditions() for key, node in self.below.items()}
        return made

    def pieces(self) -> list[Piece]:
        """What this node and those below are filled by."""
        found = list(self.fills)
        for node in self.below.values():
            found += node.pieces()
        return found


def foreign(row: Row) -> bool:
    """Whether a row of a segment's map takes what stands in another segment."""
    return "-" in row.source and row.source.partition("-")[0] != row.origin.partition("[")[0]


def grow(rows: list[Row], root: str, compiler: Compiler, level: int) -> Node:
    """The tree of a map whose targets begin in a value of type ``root``. Rows without a place are left out."""
    top = Node(None)
    for row in rows:
        try:
            way = path(root, row.target)
        except UnknownPathError:
            continue
        piece = compiler.row(row, way, root, level)
        if piece is not None:
            _down(top, way).fills.append(piece)
    return top


def _down(node: Node, way: Path) -> Node:
    """The node that a row fills: the element itself, or the one that holds its primitive."""
    for at, step in enumerate(way.steps):
        last = at == len(way.steps) - 1
        if last and not step.resource and step.kind[0].islower():
            return node
        beside = not last and step.kind[0].islower() and not step.resource
        here = step._replace(name=f"_{step.name}", kind="Element") if beside else step
        node = node.child(here)
        if step.resource:
            node = node.child(step._replace(name="reference"), step.resource)
    return node


def repeats(node: Node) -> int:
    """The field whose repetitions make an element each; 0 where none does.

    It is the only one that rows come from, or the one that fills the element itself.
    """
    pieces = node.pieces()
    if all(piece.fixed for piece in pieces):
        return 0
    numbers = [number_of(piece.row.source) for piece in pieces]
    if len(set(numbers)) == 1:
        return numbers[0]
    assert node.step is not None
    if node.step.number == EACH:
        return max(set(numbers), key=numbers.count)
    whole = {number_of(piece.row.source) for piece in node.fills if piece.row.target.count(".") == 0}
    return whole.pop() if len(whole) == 1 else 0


def binding(way: Path, root: str) -> frozenset[str]:
    """The codes that the last step of a way may have; none where any may."""
    parent = root
    for step in way.steps[:-1]:
        parent = step.resource or step.kind
    if not way.steps or parent[0].islower():
        return frozenset()
    found = members_of(parent).get(way.steps[-1].name)
    return bound_codes(found[0].codes) if found and found[0].codes else frozenset()

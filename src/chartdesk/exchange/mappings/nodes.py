"""Rows of a map made into functions: a tree by the targets, so that an element is made once, with all that goes in.

A function takes what it writes into, the texts of the fields or components by their numbers, the run, and where it
stands (None unless the run is traced). Functions are made once a profile; a field that is empty costs one look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from chartdesk.exchange.mappings.leaves import At, Fill, Into, Texts, number_of
from chartdesk.exchange.mappings.paths import EACH, Path, Step, UnknownPathError, path
from chartdesk.exchange.mappings.tables import Row
from chartdesk.standards.fhir.facts import codes as bound_codes
from chartdesk.standards.fhir.facts import members_of

if TYPE_CHECKING:
    from chartdesk.exchange.mappings.compiling import Compiler


class Node:
    """An element on the way to values: what fills it, and what stands below it."""

    def __init__(self, step: Step | None) -> None:
        self.step = step
        self.below: dict[tuple[str, int, str], Node] = {}
        self.fills: list[tuple[Row, Fill]] = []

    def child(self, step: Step, resource: str = "") -> Node:
        """The node below for a step; ``resource`` is the one that a reference makes."""
        key = (step.name, step.index if step.many else 1, resource)
        return self.below.setdefault(key, Node(step))

    def rows(self) -> list[Row]:
        """Every row of this node and of those below."""
        found = [row for row, _ in self.fills]
        for node in self.below.values():
            found += node.rows()
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
        fill = compiler.row(row, way, root, level)
        if fill is not None:
            # What stands in another segment is looked up by the row itself, not by the number of its field.
            placed = msgspec.structs.replace(row, source="") if level == 0 and foreign(row) else row
            _down(top, way).fills.append((placed, fill))
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


def function(node: Node, segment: bool) -> Fill:
    """The function of a whole map. ``segment``: its numbers are fields, which may repeat."""
    parts = [part for _, part in node.fills]
    fields = {number_of(row.source) for row in node.rows()} if segment else set()
    parts += [_element(below, segment, root=True, repeats=segment) for below in node.below.values()]
    if len(parts) == 1:
        return parts[0]
    del fields

    def fill(into: Into, texts: Texts, run: Any, at: At) -> None:
        for part in parts:
            part(into, texts, run, at)

    return fill


def _element(node: Node, segment: bool, root: bool, repeats: bool) -> Fill:
    """The function that makes one element, or one for each repetition of the field that all of it comes from."""
    step = node.step
    assert step is not None
    if step.resource and step.name == "reference":
        return _reference(node, segment)
    repeated = _repeats(node) if repeats and step.many else 0
    values, fixed, needed = _parts(node, segment, repeats and not repeated)
    body = (
        _many(step, values, fixed, needed, root or bool(repeated))
        if step.many
        else _single(step.name, values, fixed, needed)
    )
    numbers = {number_of(row.source) for row in node.rows()}
    if repeated:
        return _repeated(repeated, body, others=len(numbers) > 1)
    if 0 in numbers:
        return body
    return _if_there(numbers.pop(), body) if len(numbers) == 1 else _if_any(tuple(sorted(numbers)), body)


def _repeats(node: Node) -> int:
    """The field whose repetitions make an element each; 0 where none does.

    It is the only one that rows come from, or the one that fills the element itself.
    """
    rows = node.rows()
    if all(row.fixed.startswith('"') for row in rows):
        return 0
    numbers = [number_of(row.source) for row in rows]
    if len(set(numbers)) == 1:
        return numbers[0]
    assert node.step is not None
    if node.step.index == EACH:
        return max(set(numbers), key=numbers.count)
    whole = {number_of(row.source) for row, _ in node.fills if row.target.count(".") == 0}
    return whole.pop() if len(whole) == 1 else 0


def _parts(node: Node, segment: bool, repeats: bool) -> tuple[list[Fill], list[Fill], bool]:
    """What gives values, what is fixed beside them, and whether the fixed needs the values."""
    values = [fill for row, fill in node.fills if not row.fixed.startswith('"')]
    fixed = [fill for row, fill in node.fills if row.fixed.startswith('"')]
    sources = {row.source for row, _ in node.fills if not row.fixed.startswith('"')}
    for below in node.below.values():
        rows = below.rows()
        made = _element(below, segment, root=False, repeats=repeats)
        if all(row.fixed.startswith('"') for row in rows):
            fixed.append(made)
        else:
            values.append(made)
            sources |= {row.source for row in rows if not row.fixed.startswith('"')}
    beside = {row.source for row in node.rows() if row.fixed.startswith('"')}
    return values, fixed, bool(values) and beside <= sources


def _many(step: Step, values: list[Fill], fixed: list[Fill], needed: bool, anew: bool) -> Fill:
    name, index = step.name, step.index
    extension = step.kind == "Extension"

    def fill(into: Into, texts: Texts, run: Any, at: At) -> None:
        there = into.get(name)
        element: Into = there[index - 1] if there and not anew and len(there) >= index else {}
        new = not element
        for part in values:
            part(element, texts, run, at)
        if element or not needed:
            for part in fixed:
                part(element, texts, run, at)
        if extension and len(element) == 1 and "url" in element:
            return  # an extension without a value says nothing
        if new and element:
            if there is None:
                into[name] = [element]
            else:
                there.append(element)

    return fill


def _single(name: str, values: list[Fill], fixed: list[Fill], needed: bool) -> Fill:
    def fill(into: Into, texts: Texts, run: Any, at: At) -> None:
        there = into.get(name)
        element: Into = {} if there is None else there
        for part in values:
            part(element, texts, run, at)
        if element or not needed:
            for part in fixed:
                part(element, texts, run, at)
        if there is None and element:
            into[name] = element

    return fill


def _reference(node: Node, segment: bool) -> Fill:
    assert node.step is not None
    resource = node.step.resource
    values, fixed, needed = _parts(node, segment, repeats=False)
    alone = len(values) == 1 and not fixed and len(node.fills) == 1
    field = number_of(node.fills[0][0].source) if alone else 0
    via = node.fills[0][0].via if alone else ""

    def fill(into: Into, texts: Texts, run: Any, at: At) -> None:
        key = (resource, via, texts[field]) if field else None
        if key is not None and (known := run.made.get(key)):
            into["reference"] = known
            return
        made: Into = {}
        for part in values:
            part(made, texts, run, at)
        if made or not needed:
            for part in fixed:
                part(made, texts, run, at)
        if made:
            into["reference"] = run.refer(resource, made)
            if key is not None:
                run.made[key] = into["reference"]

    return fill


def _repeated(field: int, body: Fill, others: bool) -> Fill:
    """``body`` for each repetition of a field; once without one, where ``others`` may fill the element too."""

    def fill(into: Into, texts: Texts, run: Any, at: At) -> None:
        if not texts[field]:
            if others:
                body(into, texts, run, at)
            return
        parts = run.repetitions.get(field)
        if parts is None:
            body(into, texts, run, at)
            return
        first = texts[field]
        for number, text in enumerate(parts, start=1):
            if text:
                texts[field], run.repetition = text, number
                body(into, texts, run, at)
        texts[field], run.repetition = first, 1

    return fill


def _if_there(field: int, body: Fill) -> Fill:
    def fill(into: Into, texts: Texts, run: Any, at: At) -> None:
        if texts[field]:
            body(into, texts, run, at)

    return fill


def _if_any(fields: tuple[int, ...], body: Fill) -> Fill:
    def fill(into: Into, texts: Texts, run: Any, at: At) -> None:
        for field in fields:
            if texts[field]:
                body(into, texts, run, at)
                return

    return fill


def binding(way: Path, root: str) -> frozenset[str]:
    """The codes that the last step of a way may have; none where any may."""
    parent = root
    for step in way.steps[:-1]:
        parent = step.resource or step.kind
    if not way.steps or parent[0].islower():
        return frozenset()
    found = members_of(parent).get(way.steps[-1].name)
    return bound_codes(found[0].codes) if found and found[0].codes else frozenset()

"""The tree of a map written as one Python function: straight lines, so that an empty field costs one look.

The rows are data of ours or of whoever may change a channel; into the source go only numbers, names that R4 knows and
the names of objects that are handed over. What cannot be said in a line is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from chartdesk.exchange.mappings.expressions import NAMES, discriminator, expression
from chartdesk.exchange.mappings.leaves import PADDING, Fill, number_of
from chartdesk.exchange.mappings.nodes import Node, Piece, repeats
from chartdesk.exchange.mappings.remembering import write
from chartdesk.exchange.mappings.tables import Row
from chartdesk.exchange.mappings.values import NotAValue, string
from chartdesk.standards.hl7v2 import NULL
from chartdesk.standards.hl7v2.escapes import unescape

#: Conditions in words that do not depend on the row's own source.
_GENERAL = frozenset(
    {"@us", "@not-us", "@dependent", "@criticality", "@severity", "@contacts", "@persons", "@minutes", "@parts"}
)


class Source:
    """A function in the making: its lines, and the objects that they name."""

    def __init__(self, level: int, traced: bool) -> None:
        self.level, self.traced = level, traced
        #: Fields that are known to be filled where the next line stands.
        self.filled: set[int] = set()
        #: Elements that were made here, with the members that may have been written since.
        self.fresh: dict[str, set[str]] = {}
        self.lines: list[str] = []
        self.names: dict[str, Any] = {
            **NAMES, "NULL": NULL, "PADDING": PADDING, "unescape": unescape, "NotAValue": NotAValue, "write": write,
        }  # fmt: skip
        self.count = 0

    def add(self, depth: int, line: str) -> None:
        """A line."""
        self.lines.append("    " * depth + line)

    def trace(self, depth: int, into: str, name: str, row: Row, number: int) -> None:
        """A line that notes what made a value."""
        if self.traced:
            self.add(depth, f"run.traced({into}, {name!r}, at, {self.name(row)}, {number}, {self.level})")

    @contextmanager
    def within(self, depth: int, *numbers: int) -> Iterator[int]:
        """Lines for where one of the fields is filled: they are given how deep they stand."""
        if 0 in numbers or not numbers or self.filled & {*numbers}:
            yield depth
            return
        self.add(depth, "if " + " or ".join(f"t[{number}]" for number in numbers) + ":")
        added = {*numbers} if len(numbers) == 1 else set()
        self.filled |= added
        yield depth + 1
        self.filled -= added

    def name(self, value: Any, begin: str = "k") -> str:
        """A name for an object, or a new name for a variable."""
        self.count += 1
        made = f"{begin}{self.count}"
        if begin == "k":
            self.names[made] = value
        return made

    def function(self, name: str) -> Fill:
        """The function; ``name`` shows in a traceback."""
        text = "\n".join(self.lines or ["    pass"])
        head = ["def fill(into, t, run, at):"]
        if re.search(r"\b[CS]\b", text):
            head.append("    C, S = run.marks")
        if re.search(r"\bE\b", text):
            head.append("    E = run.escape")
        source = "\n".join([*head, text])
        exec(compile(source, f"<{name}>", "exec"), self.names)  # noqa: S102 only numbers and names, see above
        made: Fill = self.names["fill"]
        return made


def function(node: Node, level: int, name: str, traced: bool) -> Fill:
    """The function of a whole map; ``traced``: it notes what made each value."""
    source = Source(level, traced)
    for piece in node.fills:
        _piece(source, piece, "into", 1)
    for below in node.below.values():
        _element(source, below, "into", 1, root=True, loops=level == 0)
    return source.function(name)


def _shared(source: Source, node: Node, depth: int) -> tuple[Node, int]:
    """The node without the condition that all of it has, which is asked once."""
    pieces = node.pieces()
    when = pieces[0].when
    general = when in _GENERAL or ("@" not in when and re.search(r"[A-Z]\d?[-.]\d", when) is not None)
    if len(pieces) < 2 or not when or not general or any(piece.when != when for piece in pieces):
        return node, depth
    _condition(source, pieces[0], depth)
    return node.without_conditions(), depth + 1


def _discriminated(source: Source, node: Node, depth: int) -> int:
    """Ask once about the field that all of an element's rows ask about first: the type of a result's value."""
    pieces = node.pieces()
    if source.level or len(pieces) < 2:
        return depth
    found = [discriminator(piece.when, piece.row.origin.partition("[")[0]) if piece.test else None for piece in pieces]
    known = [one for one in found if one is not None]
    if len(known) < len(pieces) or len({place for place, _ in known}) > 1:
        return depth
    texts = tuple(sorted({text for _, some in known for text in some}))
    source.add(depth, f"if {known[0][0]} in {texts!r}:")
    return depth + 1


def _element(source: Source, node: Node, into: str, depth: int, root: bool, loops: bool) -> None:
    step = node.step
    assert step is not None
    if step.resource and step.name == "reference":
        _reference(source, node, into, depth)
        return
    numbers = sorted({number_of(piece.row.source) for piece in node.pieces()})
    looped = repeats(node) if loops and step.many else 0
    if looped:
        _loop(source, node, into, depth, looped, others=len(numbers) > 1)
        return
    node, depth = _shared(source, node, depth)
    depth = _discriminated(source, node, depth)
    with source.within(depth, *numbers) as inside:
        _body(source, node, into, inside, anew=root, loops=loops)


def _loop(source: Source, node: Node, into: str, depth: int, field: int, others: bool) -> None:
    """The element once for each repetition of the field."""
    assert node.step is not None
    old, parts = source.name(None, "o"), source.name(None, "p")
    if into in source.fresh:
        source.fresh[into].add(node.step.name)
    with source.within(depth, *(() if others else (field,))) as inside:
        source.add(inside, f"{old} = t[{field}]")
        source.add(inside, f"{parts} = run.repetitions.get({field})")
        source.add(inside, f"for run.repetition, v in enumerate({parts}, 1) if {parts} else ((1, {old}),):")
        source.add(inside + 1, "if v or not " + parts + ":")
        source.add(inside + 2, f"t[{field}] = v")
        _body(source, node, into, inside + 2, anew=True, loops=False)
        source.add(inside, f"t[{field}] = {old}")
        source.add(inside, "run.repetition = 1")


def _body(source: Source, node: Node, into: str, depth: int, anew: bool, loops: bool) -> None:
    """Make or find the element, fill it, and put it in where it came to something."""
    step = node.step
    assert step is not None
    written = source.fresh.get(into)
    first = written is not None and step.name not in written
    if written is not None:
        written.add(step.name)
    element, there = source.name(None, "e"), source.name(None, "w")
    if first or (step.many and anew):
        if first and (literal := _literal(source, node)):
            source.add(depth, f"{into}[{step.name!r}] = {f'[{literal}]' if step.many else literal}")
            return
        source.add(depth, f"{element} = {{}}")
        source.fresh[element] = set()
        new = "True"
    elif step.many:
        at = max(step.number, 1)
        source.add(depth, f"{there} = {into}.get({step.name!r})")
        source.add(depth, f"{element} = {there}[{at - 1}] if {there} and len({there}) >= {at} else {{}}")
        new = source.name(None, "n")
        source.add(depth, f"{new} = not {element}")
    else:
        source.add(depth, f"{there} = {into}.get({step.name!r})")
        source.add(depth, f"{element} = {{}} if {there} is None else {there}")
        new = f"{there} is None"
    _content(source, node, element, depth, loops)
    wanted = [element] if new == "True" else [new, element]
    if step.kind == "Extension":
        wanted.append(f"(len({element}) > 1 or 'url' not in {element})")
    source.add(depth, f"if {' and '.join(wanted)}:")
    if not step.many or first:
        source.add(depth + 1, f"{into}[{step.name!r}] = {f'[{element}]' if step.many else element}")
    elif new == "True":
        source.add(depth + 1, f"if {step.name!r} in {into}: {into}[{step.name!r}].append({element})")
        source.add(depth + 1, f"else: {into}[{step.name!r}] = [{element}]")
    else:
        source.add(depth + 1, f"if {there} is None: {into}[{step.name!r}] = [{element}]")
        source.add(depth + 1, f"else: {there}.append({element})")


def _literal(source: Source, node: Node) -> str | None:
    """An element of nothing but fixed values that hold here, as it is written in Python; None for any other."""
    members: dict[str, str] = {}
    if source.traced:
        return None
    for piece in node.fills:
        number = number_of(piece.row.source)
        if piece.kind != "constant" or piece.test is not None or (number and number not in source.filled):
            return None
        name, many, value = piece.data
        if name in members:
            return None
        members[name] = f"[{source.name(value)}]" if many else source.name(value)
    for below in node.below.values():
        step = below.step
        literal = _literal(source, below)
        if step is None or literal is None or step.resource or step.name in members:
            return None
        members[step.name] = f"[{literal}]" if step.many else literal
    if not members or (node.step is not None and node.step.kind == "Extension" and list(members) == ["url"]):
        return None
    return "{" + ", ".join(f"{name!r}: {value}" for name, value in members.items()) + "}"


def _content(source: Source, node: Node, element: str, depth: int, loops: bool) -> None:
    """What gives values first; what is fixed beside them only where they came to something."""
    values = [piece for piece in node.fills if not piece.fixed]
    fixed = [piece for piece in node.fills if piece.fixed]
    sources = {piece.row.source for piece in values}
    below, fixed_below = [], []
    for child in node.below.values():
        pieces = child.pieces()
        if all(piece.fixed for piece in pieces):
            fixed_below.append(child)
        else:
            below.append(child)
            sources |= {piece.row.source for piece in pieces if not piece.fixed}
    for piece in values:
        _piece(source, piece, element, depth)
    for child in below:
        _element(source, child, element, depth, root=False, loops=loops)
    if not fixed and not fixed_below:
        return
    beside = {piece.row.source for piece in node.pieces() if piece.fixed}
    if (values or below) and beside <= sources:
        source.add(depth, f"if {element}:")
        depth += 1
    for piece in fixed:
        _piece(source, piece, element, depth)
    for child in fixed_below:
        _element(source, child, element, depth, root=False, loops=loops)


def _reference(source: Source, node: Node, into: str, depth: int) -> None:
    """A resource of its own; the same text makes the same one."""
    assert node.step is not None
    alone = len(node.fills) == 1 and not node.below and not node.fills[0].fixed
    field = number_of(node.fills[0].row.source) if alone else 0
    made = source.name(None, "e")
    if field:
        key, known = source.name(None, "q"), source.name(None, "w")
        source.add(depth, f"{key} = ({node.step.resource!r}, {node.fills[0].row.via!r}, t[{field}])")
        source.add(depth, f"{known} = run.made.get({key})")
        source.add(depth, f"if {known}: {into}['reference'] = {known}")
        source.add(depth, "else:")
        depth += 1
    source.add(depth, f"{made} = {{}}")
    source.fresh[made] = set()
    _content(source, node, made, depth, loops=False)
    source.add(depth, f"if {made}:")
    source.add(depth + 1, f"{into}['reference'] = run.refer({node.step.resource!r}, {made})")
    if field:
        source.add(depth + 1, f"run.made[{key}] = {into}['reference']")


def _piece(source: Source, piece: Piece, into: str, depth: int) -> None:
    """What one row writes."""
    number = number_of(piece.row.source)
    if piece.test is not None:
        with source.within(depth, number) as inside:
            _condition(source, piece, inside)
            _plainly(source, piece, into, inside + 1, number)
    else:
        _plainly(source, piece, into, depth, number)


def _plainly(source: Source, piece: Piece, into: str, depth: int, number: int) -> None:
    """What a row writes where its condition holds."""
    written = source.fresh.get(into)
    if written is not None:
        if piece.kind in ("constant", "known") or (piece.kind == "taken" and not piece.data[3]):
            written.add(piece.data[0])
        elif piece.kind == "mapped" and piece.data[3] is not None:
            written |= piece.data[3]
        else:
            del source.fresh[into]
    if piece.kind == "taken":
        _taken(source, piece, into, depth, number)
    elif piece.kind == "constant":
        _constant(source, piece, into, depth, number)
    elif piece.kind == "mapped":
        _mapped(source, piece, into, depth, number)
    elif piece.kind == "known":
        _known(source, piece, into, depth, number)
    else:
        with source.within(depth, number) as inside:
            source.add(inside, f"{source.name(piece.fill)}({into}, t, run, at)")


def _known(source: Source, piece: Piece, into: str, depth: int, number: int) -> None:
    """One value that is made of the same few texts: from memory, or by its function, which remembers."""
    name, many, known = piece.data
    with source.within(depth, number) as inside:
        source.add(inside, f"v = {source.name(known)}.get(t[{number}]) if run.remembers else None")
        source.add(inside, f"if v is None: {source.name(piece.fill)}({into}, t, run, at)")
        source.add(inside, "else:")
        _written(source, into, name, many, "v", inside + 1)


def _condition(source: Source, piece: Piece, depth: int) -> None:
    said = expression(piece.when, source.level, piece.row.origin.partition("[")[0])
    if said is None:
        source.add(depth, "run.texts = t")
        said = f"{source.name(piece.test)}(run)"
    source.add(depth, f"if {said}:")


def _taken(source: Source, piece: Piece, into: str, depth: int, number: int) -> None:
    name, many, read, knows = piece.data
    source.add(depth, f"v = t[{number}]")
    source.add(depth, "if v != NULL:" if number in source.filled else "if v and v != NULL:")
    depth += 1
    for mark in ("C", "S")[source.level :]:
        source.add(depth, f"if {mark} in v: v = v.split({mark}, 1)[0]")
    source.add(depth, "if E in v: v = unescape(v, run.separators)")
    if read is string:
        source.add(depth, "if v and not v.isspace():")
        _written(source, into, name, many, "v", depth + 1)
        source.trace(depth + 1, into, name, piece.row, number)
        return
    source.add(depth, "try:")
    given = f"v, {into}, run" if knows else "v"
    source.add(depth + 1, f"v = {source.name(read)}({given}) if v else None")
    source.add(depth, "except NotAValue as fault:")
    source.add(depth + 1, f"run.problem({source.name(piece.row)}, fault)")
    source.add(depth, "else:")
    source.add(depth + 1, "if v is not None:")
    _written(source, into, name, many, "v", depth + 2)
    source.trace(depth + 2, into, name, piece.row, number)


def _written(source: Source, into: str, name: str, many: bool, value: str, depth: int) -> None:
    if many:
        source.add(depth, f"if {name!r} in {into}: {into}[{name!r}].append({value})")
        source.add(depth, f"else: {into}[{name!r}] = [{value}]")
    else:
        source.add(depth, f"{into}[{name!r}] = {value}")


def _constant(source: Source, piece: Piece, into: str, depth: int, number: int) -> None:
    name, many, value = piece.data
    with source.within(depth, number) as inside:
        given = source.name(value)
        if name == "code" and not many:
            source.add(inside, f"if {into}.get('code') != {given}: {into}.pop('display', None)")
        _written(source, into, name, many, given, inside)
        source.trace(inside, into, name, piece.row, number)


def _mapped(source: Source, piece: Piece, into: str, depth: int, number: int) -> None:
    fill, after, memory, _ = piece.data
    flat = memory is not None and memory.flat
    parts = source.name(None, "p")
    source.add(depth, f"v = t[{number}]")
    source.add(depth, "if v != NULL:" if number in source.filled else "if v and v != NULL:")
    depth += 1
    if memory is not None and not source.traced:
        kept, known = source.name(memory), source.name(memory.known)
        alone = "" if flat else f" and not {into}"
        source.add(depth, f"if run.remembers{alone}: write({into}, {known}.get(v) or {kept}.learn(v, run))")
        source.add(depth, "else:")
        depth += 1
    if source.level < 2:
        source.add(depth, f"{parts} = ['', *v.split({'CS'[source.level]})]")
    else:
        source.add(depth, f"{parts} = ['', v]")
    source.add(depth, f"{parts} += PADDING[len({parts}):]")
    below = f"run.below(at, {source.name(piece.row)}, {number}, {source.level})" if source.traced else "None"
    late = source.name(fill)
    source.add(depth, f"({late}.found or {late}.look())({into}, {parts}, run, {below})")
    if after is not None:
        source.add(depth, f"if {into}: {source.name(after)}({into})")

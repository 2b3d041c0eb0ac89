"""The tree of a map written as one Python function: straight lines, so that an empty field costs one look.

The rows are data of ours or of whoever may change a channel; into the source go only numbers, names that R4 knows and
the names of objects that are handed over. What cannot be said in a line is called.
"""

from __future__ import annotations

import re
from typing import Any

from chartdesk.exchange.mappings.leaves import PADDING, Fill, first_of, number_of, part_of
from chartdesk.exchange.mappings.nodes import Node, Piece, repeats
from chartdesk.exchange.mappings.values import NotAValue, string
from chartdesk.standards.hl7v2 import NULL
from chartdesk.standards.hl7v2.escapes import unescape

_CLAUSE = re.compile(
    r"(?P<place>[A-Z][A-Z0-9]{1,2}[-.]\d+(?:\.\d+)?) (?:IS )?(?P<negated>NOT )?"
    r"(?:(?P<valued>VALUED)|(?P<equal>EQUALS|=) (?P<text>\"[^\"]*\")|IN (?P<list>\([^()]*\)))"
)


#: Conditions in words that do not depend on the row's own source.
_GENERAL = frozenset(
    {"@us", "@not-us", "@dependent", "@criticality", "@severity", "@contacts", "@persons", "@minutes", "@parts"}
)


class Source:
    """A function in the making: its lines, and the objects that they name."""

    def __init__(self, level: int) -> None:
        self.level = level
        self.lines: list[str] = []
        self.names: dict[str, Any] = {
            "NULL": NULL, "NO": ("", NULL), "PADDING": PADDING, "unescape": unescape, "NotAValue": NotAValue,
            "first_of": first_of, "part_of": part_of,
        }  # fmt: skip
        self.count = 0

    def add(self, depth: int, line: str) -> None:
        """A line."""
        self.lines.append("    " * depth + line)

    def name(self, value: Any, begin: str = "k") -> str:
        """A name for an object, or a new name for a variable."""
        self.count += 1
        made = f"{begin}{self.count}"
        if begin == "k":
            self.names[made] = value
        return made

    def function(self, name: str) -> Fill:
        """The function; ``name`` shows in a traceback."""
        head = [
            "def fill(into, t, run, at):",
            "    C, S = run.marks",
            "    E = run.escape",
        ]
        source = "\n".join([*head, *(self.lines or ["    pass"])])
        exec(compile(source, f"<{name}>", "exec"), self.names)  # noqa: S102 only numbers and names, see above
        made: Fill = self.names["fill"]
        return made


def function(node: Node, level: int, name: str) -> Fill:
    """The function of a whole map."""
    source = Source(level)
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


def _element(source: Source, node: Node, into: str, depth: int, root: bool, loops: bool) -> None:
    step = node.step
    assert step is not None
    if step.resource and step.name == "reference":
        _reference(source, node, into, depth)
        return
    numbers = sorted({number_of(piece.row.source) for piece in node.pieces()})
    looped = repeats(node) if loops and step.many else 0
    if not looped:
        node, depth = _shared(source, node, depth)
    if looped:
        _loop(source, node, into, depth, looped, others=len(numbers) > 1)
        return
    if 0 not in numbers:
        source.add(depth, "if " + " or ".join(f"t[{number}]" for number in numbers) + ":")
        depth += 1
    _body(source, node, into, depth, anew=root, loops=loops)


def _loop(source: Source, node: Node, into: str, depth: int, field: int, others: bool) -> None:
    """The element once for each repetition of the field."""
    old, parts = source.name(None, "o"), source.name(None, "p")
    if not others:
        source.add(depth, f"if t[{field}]:")
        depth += 1
    source.add(depth, f"{old} = t[{field}]")
    source.add(depth, f"{parts} = run.repetitions.get({field})")
    source.add(depth, f"for run.repetition, v in enumerate({parts}, 1) if {parts} else ((1, {old}),):")
    source.add(depth + 1, "if v or not " + parts + ":")
    source.add(depth + 2, f"t[{field}] = v")
    _body(source, node, into, depth + 2, anew=True, loops=False)
    source.add(depth, f"t[{field}] = {old}")
    source.add(depth, "run.repetition = 1")


def _body(source: Source, node: Node, into: str, depth: int, anew: bool, loops: bool) -> None:
    """Make or find the element, fill it, and put it in where it came to something."""
    step = node.step
    assert step is not None
    element, there = source.name(None, "e"), source.name(None, "w")
    source.add(depth, f"{there} = {into}.get({step.name!r})")
    if step.many and not anew:
        at = max(step.number, 1)
        source.add(depth, f"{element} = {there}[{at - 1}] if {there} and len({there}) >= {at} else {{}}")
        new = source.name(None, "n")
        source.add(depth, f"{new} = not {element}")
    elif step.many:
        source.add(depth, f"{element} = {{}}")
        new = "True"
    else:
        source.add(depth, f"{element} = {{}} if {there} is None else {there}")
        new = f"{there} is None"
    _content(source, node, element, depth, loops)
    wanted = [element] if new == "True" else [new, element]
    if step.kind == "Extension":
        wanted.append(f"(len({element}) > 1 or 'url' not in {element})")
    source.add(depth, f"if {' and '.join(wanted)}:")
    if not step.many:
        source.add(depth + 1, f"{into}[{step.name!r}] = {element}")
        return
    source.add(depth + 1, f"if {there} is None: {into}[{step.name!r}] = [{element}]")
    source.add(depth + 1, f"else: {there}.append({element})")


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
    _content(source, node, made, depth, loops=False)
    source.add(depth, f"if {made}:")
    source.add(depth + 1, f"{into}['reference'] = run.refer({node.step.resource!r}, {made})")
    if field:
        source.add(depth + 1, f"run.made[{key}] = {into}['reference']")


def _piece(source: Source, piece: Piece, into: str, depth: int) -> None:
    """What one row writes."""
    number = number_of(piece.row.source)
    if piece.test is not None:
        if number:
            source.add(depth, f"if t[{number}]:")
            depth += 1
        _condition(source, piece, depth)
        depth += 1
    if piece.kind == "taken":
        _taken(source, piece, into, depth, number)
    elif piece.kind == "constant":
        _constant(source, piece, into, depth, number)
    elif piece.kind == "mapped":
        _mapped(source, piece, into, depth, number)
    else:
        guard = f"if t[{number}]: " if number else ""
        source.add(depth, f"{guard}{source.name(piece.fill)}({into}, t, run, at)")


def _condition(source: Source, piece: Piece, depth: int) -> None:
    said = expression(piece.when, source.level, piece.row.origin.partition("[")[0])
    if said is None:
        source.add(depth, "run.texts = t")
        said = f"{source.name(piece.test)}(run)"
    source.add(depth, f"if {said}:")


def _taken(source: Source, piece: Piece, into: str, depth: int, number: int) -> None:
    name, many, read, knows = piece.data
    row = source.name(piece.row)
    source.add(depth, f"v = t[{number}]")
    source.add(depth, "if v and v != NULL:")
    depth += 1
    for mark in ("C", "S")[source.level :]:
        source.add(depth, f"if {mark} in v: v = v.split({mark}, 1)[0]")
    source.add(depth, "if E in v: v = unescape(v, run.separators)")
    if read is string:
        source.add(depth, "if v and not v.isspace():")
        _written(source, into, name, many, "v", depth + 1)
        source.add(depth + 1, f"if at is not None: run.traced({into}, {name!r}, at, {row}, {number}, {source.level})")
        return
    source.add(depth, "try:")
    given = f"v, {into}, run" if knows else "v"
    source.add(depth + 1, f"v = {source.name(read)}({given}) if v else None")
    source.add(depth, "except NotAValue as fault:")
    source.add(depth + 1, f"run.problem({row}, fault)")
    source.add(depth, "else:")
    source.add(depth + 1, "if v is not None:")
    _written(source, into, name, many, "v", depth + 2)
    source.add(depth + 2, f"if at is not None: run.traced({into}, {name!r}, at, {row}, {number}, {source.level})")


def _written(source: Source, into: str, name: str, many: bool, value: str, depth: int) -> None:
    if many:
        source.add(depth, f"if {name!r} in {into}: {into}[{name!r}].append({value})")
        source.add(depth, f"else: {into}[{name!r}] = [{value}]")
    else:
        source.add(depth, f"{into}[{name!r}] = {value}")


def _constant(source: Source, piece: Piece, into: str, depth: int, number: int) -> None:
    name, many, value = piece.data
    if number:
        source.add(depth, f"if t[{number}]:")
        depth += 1
    given = source.name(value)
    if name == "code" and not many:
        source.add(depth, f"if {into}.get('code') != {given}: {into}.pop('display', None)")
    _written(source, into, name, many, given, depth)
    row = source.name(piece.row)
    source.add(depth, f"if at is not None: run.traced({into}, {name!r}, at, {row}, {number}, {source.level})")


def _mapped(source: Source, piece: Piece, into: str, depth: int, number: int) -> None:
    fill, after = piece.data
    row, parts = source.name(piece.row), source.name(None, "p")
    source.add(depth, f"v = t[{number}]")
    source.add(depth, "if v and v != NULL:")
    depth += 1
    if source.level < 2:
        source.add(depth, f"{parts} = v.split({'CS'[source.level]})")
        source.add(depth, f"{parts}.insert(0, '')")
    else:
        source.add(depth, f"{parts} = ['', v]")
    source.add(depth, f"{parts} += PADDING[len({parts}):]")
    below = f"None if at is None else run.below(at, {row}, {number}, {source.level})"
    late = source.name(fill)
    source.add(depth, f"({late}.found or {late}.look())({into}, {parts}, run, {below})")
    if after is not None:
        source.add(depth, f"if {into}: {source.name(after)}({into})")


def expression(text: str, level: int, own: str) -> str | None:
    """A condition of plain clauses as an expression; None for one that has to be asked."""
    joined = " or " if " OR " in text and " AND " not in text else " and "
    made = []
    for clause in re.split(r" OR " if joined == " or " else r" AND ", text):
        found = _CLAUSE.fullmatch(clause.strip())
        if found is None:
            return None
        place = _place(found["place"], level, own, valued=bool(found["valued"]))
        if place is None:
            return None
        negated = bool(found["negated"])
        if found["valued"]:
            made.append(f"{place} {'in' if negated else 'not in'} NO")
        else:
            texts = re.findall(r"\"([^\"]*)\"", found["text"] or found["list"])
            made.append(f"{place} {'not in' if negated else 'in'} {tuple(texts)!r}")
    return joined.join(made)


def _place(text: str, level: int, own: str, valued: bool) -> str | None:
    name, _, rest = text.replace("-", ".").partition(".")
    field, _, component = rest.partition(".")
    if "-" not in text:
        # A component of the value at hand.
        if level == 0 or component:
            return None
        return f"t[{field}]" if valued else f"(t[{field}] if S not in t[{field}] else first_of(t[{field}], S))"
    if level or name != own:
        return None
    return f"part_of(t[{field}], {component}, C, S)" if component else f"t[{field}]"

"""Compile the search parameters of a resource type to one Python function.

The function walks a resource once and appends to the lists of an Extracted. Its source is built from the R4
definitions alone, never from anything a caller sends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from ..facts import is_primitive
from . import values
from .expression import parse
from .parameters import parameters
from .paths import Leaf, Node, places

Extractor = Callable[[Any, Any], None]
LISTS = {
    "token": "tokens",
    "string": "strings",
    "date": "dates",
    "reference": "references",
    "number": "numbers",
    "quantity": "quantities",
    "uri": "uris",
}


@cache
def extractor(type: str) -> Extractor:
    """The function (resource, extracted) → None for a resource type."""
    namespace: dict[str, Any] = {"values": values}
    exec(compile(source(type), f"<search parameters of {type}>", "exec"), namespace)  # noqa: S102
    function: Extractor = namespace["extract"]
    return function


def source(type: str) -> str:
    """The Python source of `extractor(type)`. Raises UnsupportedError for what is beyond the subset."""
    root = Node(type)
    for parameter in parameters(type).values():
        if parameter.kind == "composite":
            # Its parts are parameters themselves; whether they lie in one element is asked of the content.
            continue
        if parameter.code in values.SPECIAL.get(type, ()):
            root.leaves.append(Leaf(parameter.code, "special"))
        else:
            _plant(root, type, parameter.expression, parameter.code, parameter.kind, parameter.targets)
    body = list(_Writer(type).node(root, "o", "    "))
    heads = [f"    {name} = x.{name}.append" for name in LISTS.values()]
    return "\n".join(["def extract(o, x):", *heads, *body, ""])


def _plant(root: Node, type: str, expression: str, code: str, kind: str, targets: tuple[str, ...] = ()) -> None:
    for path in parse(expression):
        for members, resolves in places(type, path):
            leaf = Leaf(code, kind, targets, resolves)
            leaves = root.at(members).leaves
            if leaf not in leaves:
                leaves.append(leaf)


class _Writer:
    """Writes the statements for a tree of places."""

    def __init__(self, type: str) -> None:
        self.type = type
        self.variables = 0

    def variable(self) -> str:
        self.variables += 1
        return f"v{self.variables}"

    def node(self, node: Node, var: str, indent: str) -> Iterator[str]:
        """Statements that handle the value `var` of this place."""
        for kind in dict.fromkeys(leaf.kind for leaf in node.leaves):
            leaves = [leaf for leaf in node.leaves if leaf.kind == kind]
            yield from self.leaves(kind, leaves, node.kind, var, indent)
        for member, child in node.children.items():
            inner = self.variable()
            deeper = indent + "    "
            if member.many:
                yield f"{indent}for {inner} in {var}.{member.name}{'[:1]' if member.first else ''}:"
            else:
                yield f"{indent}{inner} = {var}.{member.name}"
            conditions = [f"{inner}.{name} == {text!r}" for name, text in member.equals]
            if not member.many or is_primitive(member.kind):
                conditions.insert(0, f"{inner} is not None")
            if conditions:
                if member.many:
                    yield f"{deeper}if {' and '.join(conditions)}:"
                    deeper += "    "
                else:
                    yield f"{indent}if {' and '.join(conditions)}:"
            body = list(self.node(child, inner, deeper))
            yield from body or [f"{deeper}pass"]

    def leaves(self, kind: str, leaves: list[Leaf], type: str, var: str, indent: str) -> Iterator[str]:
        if kind == "special":
            for leaf in leaves:
                yield f"{indent}values.SPECIAL[{type!r}][{leaf.code!r}](o, x)"
        elif kind == "reference":
            yield from self.reference(leaves, type, var, indent)
        else:
            yield from self.simple(kind, leaves, type, var, indent)

    def simple(self, kind: str, leaves: list[Leaf], type: str, var: str, indent: str) -> Iterator[str]:
        """All kinds but references: the values of one place for all its parameters."""
        lines, result = values.statements(kind, type, var)
        if result is None:
            return
        for line in lines:
            yield indent + line
        depth = sum(line.rstrip().endswith(":") for line in lines)
        inner = indent + "    " * depth
        for leaf in leaves:
            yield f"{inner}{LISTS[kind]}(({leaf.code!r}, {result}))"

    def reference(self, leaves: list[Leaf], type: str, var: str, indent: str) -> Iterator[str]:
        wanted = tuple((leaf.code, leaf.resolves) for leaf in leaves)
        if type in ("canonical", "uri", "url"):
            yield f"{indent}values.canonical({var}, {wanted!r}, x.urls)"
        elif type == "Resource":
            whole = tuple((leaf.code, leaf.targets) for leaf in leaves)
            yield f"{indent}values.embedded({var}, {whole!r}, x.references)"
        elif type == "Reference":
            yield f"{indent}values.reference({var}, {wanted!r}, x.references, x.urls, x.identifiers)"

"""Resolve search expressions against the R4 types: which members hold the values, and of what type.

The paths of all parameters of a type form one tree, so that a list is walked once however many parameters
look into it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..facts import SYSTEM_TYPES, attribute, elements_of, is_primitive, members_of, type_facts
from .expression import Path, Step, UnsupportedError


@dataclass(frozen=True)
class Member:
    """A step into a struct: the attribute, its type, and which of its values are wanted."""

    name: str
    kind: str
    many: bool
    first: bool = False
    equals: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Leaf:
    """A parameter that takes the value here. `resolves` keeps only references to that type."""

    code: str
    kind: str
    targets: tuple[str, ...] = ()
    resolves: str = ""


@dataclass
class Node:
    """A place in a resource."""

    kind: str
    leaves: list[Leaf] = field(default_factory=list)
    children: dict[Member, Node] = field(default_factory=dict)

    def at(self, members: tuple[Member, ...]) -> Node:
        """The node that `members` lead to, made where it is missing."""
        node = self
        for member in members:
            node = node.children.setdefault(member, Node(member.kind))
        return node


def places(base: str, path: Path) -> Iterator[tuple[tuple[Member, ...], str]]:
    """Every place (members from the base, type that references must resolve to) that `path` means."""
    steps = path
    if steps and steps[0].operation == "child" and steps[0].argument in (base, "Resource", "DomainResource"):
        steps = steps[1:]
    found = list(_walk(base, steps, (), ""))
    if not found:
        raise UnsupportedError(f"No element of {base} matches {'.'.join(s.argument for s in path)}.")
    yield from found


def _walk(
    kind: str, steps: Path, members: tuple[Member, ...], resolves: str
) -> Iterator[tuple[tuple[Member, ...], str]]:
    if not steps:
        yield members, resolves
        return
    step, rest = steps[0], steps[1:]
    if step.operation == "child":
        wanted = rest[0].argument if rest and rest[0].operation == "type" else ""
        for member in _members(kind, step.argument, wanted):
            yield from _walk(member.kind, rest[1:] if wanted else rest, (*members, member), resolves)
    elif step.operation == "resolves":
        yield from _walk(kind, rest, members, step.argument)
    elif members and step.operation in ("equals", "first"):
        yield from _walk(kind, rest, (*members[:-1], _narrowed(members[-1], step)), resolves)
    elif step.operation == "type" and step.argument == kind:
        yield from _walk(kind, rest, members, resolves)


def _narrowed(member: Member, step: Step) -> Member:
    if step.operation == "first":
        return replace(member, first=True)
    return replace(member, equals=(*member.equals, (attribute(step.argument), step.text)))


def _members(kind: str, name: str, wanted: str) -> Iterator[Member]:
    """The members of type `kind` that the element `name` may be, narrowed to the type `wanted`."""
    if is_primitive(kind) or type_facts(kind) is None:
        return
    element = elements_of(kind).get(name)
    if element is None:
        # US Core names the member itself: `valueDateTime`.
        if found := members_of(kind).get(name):
            yield Member(attribute(name), found[1], found[0].many)
        return
    for option in element.types:
        if not wanted or option.lower() == wanted.lower():
            yield Member(attribute(element.member(option)), SYSTEM_TYPES.get(option, option), element.many)

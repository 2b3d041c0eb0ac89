"""Places in the JSON tree of a resource, by the names of FHIR: choices, lists, and what stands beside primitives.

Guide section: JSON representation (https://hl7.org/fhir/R4/json.html).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from chartdesk.standards.fhir.facts import Element, elements_of, is_primitive, members_of

Tree = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """One element: ``owner[member]``, or ``owner[member][index]`` of a list. ``kind`` is its FHIR type.

    The resource itself has no owner. A primitive may have no value but an id or extensions beside it.
    """

    owner: Tree
    member: str
    index: int | None
    kind: str
    element: Element | None = None

    @property
    def value(self) -> Any:
        """The JSON value; None for a primitive that has only extensions."""
        if not self.member:
            return self.owner
        return self._in(self.member)

    @property
    def beside(self) -> Any:
        """The object beside a primitive that holds its id and extensions, or None."""
        return self._in(f"_{self.member}")

    @property
    def type(self) -> str:
        """The type; for a resource inside this one the type it says it has."""
        if self.kind != "Resource":
            return self.kind
        return str(self.value.get("resourceType", "")) if isinstance(self.value, dict) else ""

    @property
    def holder(self) -> Any:
        """The object that holds its elements; for a primitive the one beside it."""
        return self.beside if is_primitive(self.kind) else self.value

    def _in(self, member: str) -> Any:
        found = self.owner.get(member)
        if self.index is None or not isinstance(found, list):
            return found
        return found[self.index] if self.index < len(found) else None

    def remove(self) -> None:
        """Take the element out; a list that becomes empty goes too."""
        for member in (self.member, f"_{self.member}"):
            found = self.owner.get(member)
            if self.index is not None and isinstance(found, list):
                del found[self.index : self.index + 1]
                if any(item is not None for item in found):
                    continue
            self.owner.pop(member, None)


def root(tree: Tree) -> Place:
    """The resource itself."""
    return Place(tree, "", None, str(tree.get("resourceType", "")))


def element(kind: str, name: str) -> Element | None:
    """The element ``name`` of a type, None where it has none."""
    try:
        return elements_of("Element" if is_primitive(kind) else kind).get(name)
    except KeyError:
        return None


def children(place: Place, name: str) -> Iterator[Place]:
    """The elements ``name`` of what stands at ``place``, in order."""
    holder, kind = place.holder, place.type
    found = element(kind, name)
    if found is None or not isinstance(holder, dict):
        return
    members = members_of("Element" if is_primitive(kind) else kind)
    for type in found.types:
        member = found.member(type)
        yield from _at(holder, member, members[member][1], found)


def _at(holder: Tree, member: str, kind: str, found: Element) -> Iterator[Place]:
    present = [part for part in (holder.get(member), holder.get(f"_{member}")) if part is not None]
    if not present:
        return
    if isinstance(present[0], list):
        for index in range(max(len(part) for part in present)):
            yield Place(holder, member, index, kind, found)
    else:
        yield Place(holder, member, None, kind, found)


@dataclass(frozen=True)
class Given:
    """A value that a patch brings: its type (empty where it was built from parts), itself, what stands beside it."""

    kind: str
    value: Any
    beside: Any = None


def put(holder: Tree, found: Element, index: int | None, given: Given) -> None:
    """Set the element ``found`` of ``holder``, or insert it into its list at ``index`` (None for its end)."""
    member = member_for(found, given.kind)
    parts = {member: given.value, f"_{member}": given.beside}
    length = length_at(holder, member)
    for name, part in parts.items():
        if not found.many:
            if part is not None:
                holder[name] = part
        elif name in holder or part is not None:
            items = holder.setdefault(name, [])
            items += [None] * (length - len(items))
            items.insert(length if index is None else index, part)


def length_at(holder: Tree, member: str) -> int:
    """How many elements the list ``member`` has, those without a value included."""
    return max(len(holder.get(name) or ()) for name in (member, f"_{member}"))


def member_for(found: Element, kind: str) -> str:
    """The JSON member of an element for a value of type ``kind``. Raises KeyError where it takes no such type."""
    if not found.choice:
        return found.name
    if kind not in found.types:
        raise KeyError(kind)
    return found.member(kind)

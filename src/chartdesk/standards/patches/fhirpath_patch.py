"""FHIRPath Patch: the operations add, insert, delete, replace and move.

Guide section: FHIRPath Patch (https://hl7.org/fhir/R4/fhirpatch.html).
"""

from __future__ import annotations

import copy
from typing import Any

from chartdesk.kit.errors import Invalid
from chartdesk.standards.fhir.facts import Element

from . import paths
from .paths import Path
from .places import Given, Place, Tree, children, element, length_at, member_for, put, root

_MEMBERS = ("valueString", "valueCode", "valueUri", "valueInteger", "valueUnsignedInt", "valuePositiveInt", "valueId")


def apply(tree: Tree, operations: list[dict[str, Any]]) -> None:
    """Carry ``operations`` (parameters named operation) out on ``tree``. Raises Invalid naming the operation."""
    for position, operation in enumerate(operations):
        parts = {part.get("name"): part for part in operation.get("part", ())}
        kind, path = _simple(parts, "type"), _simple(parts, "path")
        try:
            if kind not in _KINDS:
                raise Invalid("type must be add, insert, delete, replace or move.")
            if not isinstance(path, str):
                raise Invalid("path is missing.")
            _KINDS[kind](root(tree), paths.read(path), parts)
        except Invalid as fault:
            raise Invalid(f"Operation {position} of the patch ({kind} {str(path)[:100]}): {fault.message}") from fault


def _add(start: Place, path: Path, parts: Tree) -> None:
    place = _one(path.places(start))
    name = _simple(parts, "name")
    found = element(place.type, name) if isinstance(name, str) else None
    if found is None:
        raise Invalid(f"{place.type} has no element {name!r}.")
    if not found.many and any(True for _ in children(place, found.name)):
        raise Invalid(f"{found.name} is there already and cannot repeat; use replace.")
    put(_holder(place), found, None, _given(parts, found))


def _insert(start: Place, path: Path, parts: Tree) -> None:
    holder, found = _list(start, path)
    index = _place_in(parts, "index", length_at(holder, found.name))
    put(holder, found, index, _given(parts, found))


def _delete(start: Place, path: Path, parts: Tree) -> None:
    places = path.places(start)
    if len(places) > 1:
        raise Invalid(f"the path names {len(places)} elements; one at a time can be deleted.")
    for place in places:
        if not place.member:
            raise Invalid("the whole resource cannot be deleted by a patch.")
        place.remove()


def _replace(start: Place, path: Path, parts: Tree) -> None:
    place = _one(path.places(start))
    found = place.element
    if found is None:
        raise Invalid("the whole resource cannot be replaced by a patch.")
    given = _given(parts, found)
    place_index = place.index
    if place_index is None or not found.many:
        place.remove()
        put(place.owner, found, None, given)
        return
    for name, part in ((place.member, given.value), (f"_{place.member}", given.beside)):
        if name in place.owner or part is not None:
            items = place.owner.setdefault(name, [])
            items += [None] * (place_index + 1 - len(items))
            items[place_index] = part
    _drop_empty(place.owner, place.member)


def _move(start: Place, path: Path, parts: Tree) -> None:
    holder, found = _list(start, path)
    length = length_at(holder, found.name)
    source, destination = (_place_in(parts, name, length - 1) for name in ("source", "destination"))
    for name in (found.name, f"_{found.name}"):
        if name in holder:
            items = holder[name]
            items += [None] * (length - len(items))
            items.insert(destination, items.pop(source))


_KINDS = {"add": _add, "insert": _insert, "delete": _delete, "replace": _replace, "move": _move}


def _one(places: list[Place]) -> Place:
    if len(places) != 1:
        raise Invalid(f"the path names {len(places) or 'no'} elements, not one.")
    return places[0]


def _list(start: Place, path: Path) -> tuple[Tree, Element]:
    """The object that holds the list which ``path`` names, and the list's element."""
    if not path.last:
        raise Invalid("the path must end with the name of a list.")
    parent = _one(path.parents(start))
    found = element(parent.type, path.last)
    if found is None or not found.many:
        raise Invalid(f"{path.last} is not a list of {parent.type}.")
    return _holder(parent), found


def _holder(place: Place) -> Tree:
    """The object that holds the elements of ``place``; beside a primitive it is made where it is missing."""
    if isinstance(place.holder, dict):
        return place.holder
    made: Tree = {}
    beside = f"_{place.member}"
    if place.index is None:
        place.owner[beside] = made
    else:
        items = place.owner.setdefault(beside, [])
        items += [None] * (place.index + 1 - len(items))
        items[place.index] = made
    return made


def _drop_empty(owner: Tree, member: str) -> None:
    for name in (member, f"_{member}"):
        if name in owner and all(item is None for item in owner[name]):
            del owner[name]


def _given(parts: Tree, found: Element) -> Given:
    """The value of an operation for the element ``found``."""
    part = parts.get("value")
    if part is None:
        raise Invalid("value is missing.")
    given = _value(part, found.types[0])
    if not found.choice:
        return given
    try:
        member_for(found, given.kind)
    except KeyError:
        raise Invalid(f"{found.name} takes no {given.kind or 'value of parts'}.") from None
    return given


def _value(part: Tree, kind: str) -> Given:
    """What a part carries: a value of a data type, a resource, or further parts that make up an element."""
    if "resource" in part:
        return Given("Resource", copy.deepcopy(part["resource"]))
    if "part" in part:
        return Given("", _composed(part["part"], kind))
    for name in part:
        bare = name.removeprefix("_")
        if bare.startswith("value"):
            type = bare.removeprefix("value")
            kind = type if element(type, "id") else type[:1].lower() + type[1:]
            return Given(kind, copy.deepcopy(part.get(bare)), copy.deepcopy(part.get(f"_{bare}")))
    raise Invalid("value has neither a value nor parts.")


def _composed(parts: list[Tree], kind: str) -> Tree:
    made: Tree = {}
    for part in parts:
        name = str(part.get("name", ""))
        found = element(kind, name)
        if found is None:
            raise Invalid(f"{kind} has no element {name!r}.")
        try:
            put(made, found, None, _value(part, found.types[0]))
        except KeyError as fault:
            raise Invalid(f"{name} takes no {fault.args[0] or 'value of parts'}.") from None
    return made


def _simple(parts: Tree, name: str) -> Any:
    """The simple value of a part, None where it is missing."""
    part = parts.get(name, {})
    return next((part[member] for member in _MEMBERS if member in part), None)


def _place_in(parts: Tree, name: str, most: int) -> int:
    index = _simple(parts, name)
    if isinstance(index, bool) or not isinstance(index, int):
        raise Invalid(f"{name} is missing or not a whole number.")
    if not 0 <= index <= most:
        raise Invalid(f"{name} {index} is outside of the list.")
    return index

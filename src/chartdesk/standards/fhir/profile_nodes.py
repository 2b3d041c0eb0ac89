"""The elements of a profile as a tree of checks, which walks the structs of a resource."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any

import msgspec

from .conditions import codes_one_of
from .facts import (
    SYSTEM_TYPES,
    Concepts,
    Element,
    attribute,
    codes,
    elements_of,
    is_extensible,
    is_primitive,
    type_facts,
)
from .fhirpath import condition
from .fhirpath.values import referred
from .issues import Issue
from .primitives import shown

ANY = "*"
Contained = dict[Any, str]


class Match(msgspec.Struct, frozen=True):
    """How a value is told to be of a slice."""

    path: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    fixed: Any = None
    pattern: Any = None
    codes: str = ""


class Row(msgspec.Struct):
    """An element, a slice or a profile as the generated table has it."""

    name: str = ""
    type: str = ""
    min: int = 0
    max: int | None = None
    types: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    fixed: Any = None
    pattern: Any = None
    codes: str = ""
    profile: str = ""
    rules: tuple[tuple[str, str, str, str], ...] = ()
    elements: tuple[Row, ...] = ()
    match: tuple[Match, ...] = ()
    slices: tuple[Row, ...] = ()
    closed: bool = False


class Value(msgspec.Struct):
    """One value of an element: None where it has only extensions."""

    kind: str
    value: Any
    place: str


Profiles = Callable[[str], "Node"]
ValueSets = Callable[[str], Concepts]


def made(row: Row, kind: str, profiles: Profiles, value_sets: ValueSets) -> Node:
    """The node of a profile for a type."""
    return Node(row, None, (kind,), profiles, value_sets)


class Node:
    """What is asked of one element, or of the values of one slice. Built once for each profile."""

    def __init__(
        self, row: Row, element: Element | None, kinds: tuple[str, ...], profiles: Profiles, value_sets: ValueSets
    ) -> None:
        self.row = row
        self.element = element
        self.profiles, self.value_sets = profiles, value_sets
        self.kinds = tuple(SYSTEM_TYPES.get(kind, kind) for kind in kinds)
        self.places = [_place(element, kind) for kind in element.types] if element else []
        self.matches = [_matcher(match, self._codes) for match in row.match]
        choice = len(self.kinds) > 1 or (element is not None and element.choice)
        self.rules = [
            (key, severity, sentence, {kind: _rule(expression, kind, choice) for kind in self.kinds})
            for key, severity, sentence, expression in row.rules
        ]
        self.elements = [self.below(part) for part in row.elements]
        self.slices = [Node(part, element, part.types or self.kinds, profiles, value_sets) for part in row.slices]

    def below(self, part: Row) -> Node:
        owner = next(kind for kind in self.kinds if not is_primitive(kind) and part.name in elements_of(kind))
        element = elements_of(owner)[part.name]
        return Node(part, element, part.types or element.types, self.profiles, self.value_sets)

    def _codes(self, name: str) -> Concepts:
        try:
            return self.value_sets(name)
        except KeyError:
            return frozenset((None, code) for code in codes(name))

    # Reading

    def values(self, owner: Any, place: str) -> list[Value]:
        """The values of this element in `owner`."""
        assert self.element is not None
        here = f"{place}.{self.element.name}"
        for name, extended, kind in self.places:
            found = getattr(owner, name)
            beside = getattr(owner, extended) if extended else None
            if self.element.many:
                if found or beside:
                    count = max(len(found), len(beside or ()))
                    return [Value(kind, _at(found, n), f"{here}[{n}]") for n in range(count)]
            elif found is not None or beside is not None:
                return [Value(kind, found, here)]
        return []

    # Checking

    def faults(self, owner: Any, place: str, title: str, contained: Contained) -> Iterator[Issue]:
        """What is wrong with this element of `owner`, which stands at `place`."""
        values = self.values(owner, place)
        assert self.element is not None
        yield from self.count(len(values), f"{place}.{self.element.name}", title)
        for value in values:
            yield from self.one(value, title, contained)
        if self.slices and all(value.kind in self.kinds for value in values):
            yield from self.sliced(values, f"{place}.{self.element.name}", title, contained)

    def count(self, count: int, place: str, title: str, what: str = "") -> Iterator[Issue]:
        row = self.row
        if count < row.min:
            asked = "is required" if row.min == 1 else f"must be there {row.min} times, not {count}"
            yield _fault("required", place, f"{asked}{what}", title)
        if row.max is not None and count > row.max:
            asked = "must not be there" if row.max == 0 else f"may be there {row.max} times, not {count}"
            yield _fault("structure", place, f"{asked}{what}", title)

    def sliced(self, values: list[Value], place: str, title: str, contained: Contained) -> Iterator[Issue]:
        """Each value belongs to the first slice that it matches."""
        mine: list[list[Value]] = [[] for _ in self.slices]
        for value in values:
            number = next((n for n, part in enumerate(self.slices) if part.takes(value)), None)
            if number is not None:
                mine[number].append(value)
            elif self.row.closed:
                names = ", ".join(part.row.name for part in self.slices)
                yield _fault("value", value.place, f"must be one of {names}", title)
        for part, taken in zip(self.slices, mine, strict=True):
            yield from part.count(len(taken), place, title, f" as {part.named()}")
            for value in taken:
                yield from part.one(value, title, contained)

    def takes(self, value: Value) -> bool:
        return all(test(value) for test in self.matches)

    def named(self) -> str:
        """The slice in words: its name, and the code that tells it."""
        for match in self.row.match:
            code = match.fixed if match.fixed is not None else _first_code(match.pattern)
            if isinstance(code, str):
                return f"{self.row.name} ({code})"
        return self.row.name

    def one(self, value: Value, title: str, contained: Contained) -> Iterator[Issue]:
        """What is wrong with one value."""
        row, here = self.row, value.place
        if self.kinds and value.kind not in self.kinds and row.types:
            yield _fault("value", here, f"must be of type {' or '.join(row.types)}, not {value.kind}", title)
            return
        if value.value is None:
            return
        wanted = row.fixed if row.fixed is not None else row.pattern
        if wanted is not None and not matches(value.value, wanted):
            yield _fault("value", here, f"must be {_shown(wanted)}", title)
        if row.codes and not in_value_set(value.value, self._codes(row.codes)):
            yield _fault("code-invalid", here, f"must be of the value set {row.codes.partition('|')[0]}", title)
        if row.targets and value.kind == "Reference":
            kind = _target(value.value, contained)
            if kind is not None and kind not in row.targets:
                yield _fault("value", here + ".reference", f"must be to {', '.join(row.targets)}, not to {kind}", title)
        if row.profile:
            yield from self.profiles(row.profile).within(value.value, here, title, contained)
        yield from self.within(value.value, here, title, contained, value.kind)

    def within(
        self, value: Any, place: str, title: str, contained: Contained, kind: str | None = None
    ) -> Iterator[Issue]:
        """What is wrong inside of a value."""
        for key, severity, sentence, tests in self.rules:
            test = tests.get(kind or self.kinds[0])
            if test is not None and not test(value):
                words = f"{place} breaks rule {key} of {title}: {sentence}"
                yield Issue(severity, "invariant", place, words)
        for part in self.elements:
            # A choice may be given as a type that has no such element.
            if kind is None or (part.element is not None and _has(kind, part.element.name)):
                yield from part.faults(value, place, title, contained)


def _place(element: Element, kind: str) -> tuple[str, str, str]:
    """(attribute, the attribute of what extends it, type) of an element as one of its types."""
    member = element.member(kind)
    return attribute(member), "_" + member if is_extensible(kind) else "", SYSTEM_TYPES.get(kind, kind)


def _rule(expression: str, kind: str, choice: bool) -> Callable[[Any], bool]:
    # A rule on a choice is about one of its types: it is broken only where it says so.
    return condition(f"(({expression}) = false).not()" if choice else expression, kind, lenient=True)


def _fault(code: str, place: str, sentence: str, title: str) -> Issue:
    return Issue("error", code, place, f"{place} {sentence} ({title}).")


def _at(values: Any, index: int) -> Any:
    return values[index] if index < len(values) else None


@cache
def _has(kind: str, name: str) -> bool:
    return type_facts(kind) is not None and name in elements_of(kind)


def _target(reference: Any, contained: Contained) -> str | None:
    text = reference.reference
    if text is not None and text[:1] == "#":
        return contained.get(text[1:])
    return referred(reference) or reference.type


def matches(value: Any, pattern: Any) -> bool:
    """Whether `value` has all that `pattern`, a JSON value, asks for."""
    if isinstance(pattern, dict):
        return all(matches(getattr(value, attribute(name), None), part) for name, part in pattern.items())
    if isinstance(pattern, list):
        return value is not None and all(any(matches(item, part) for item in value) for part in pattern)
    if isinstance(pattern, int | float) and not isinstance(pattern, bool):
        return value is not None and Decimal(value) == Decimal(str(pattern))
    return bool(value == pattern)


def in_value_set(value: Any, allowed: Concepts) -> bool:
    """Whether a code, Coding, CodeableConcept or unit is from a value set, of which a system may be open."""
    if isinstance(value, str):
        return any(code == value for _, code in allowed)
    codings = getattr(value, "coding", None)
    if codings is None:
        return (value.system, value.code) in allowed or (value.system, ANY) in allowed
    return any((c.system, ANY) in allowed for c in codings) or codes_one_of(value, allowed)


def _matcher(match: Match, value_sets: ValueSets) -> Callable[[Value], bool]:
    if match.types:
        kinds = frozenset(match.types)
        return lambda value: value.kind in kinds
    if match.codes:
        allowed = value_sets(match.codes)
        test: Callable[[Any], bool] = lambda found: in_value_set(found, allowed)  # noqa: E731
    else:
        wanted = match.fixed if match.fixed is not None else match.pattern
        test = lambda found: matches(found, wanted)  # noqa: E731
    path = tuple(map(attribute, match.path))
    return lambda value: any(test(found) for found in _along([value.value], path))


def _along(values: Iterable[Any], path: tuple[str, ...]) -> list[Any]:
    found = [value for value in values if value is not None]
    for name in path:
        inner = [getattr(value, name, None) for value in found]
        found = [
            item
            for value in inner
            if value is not None
            for item in (value if isinstance(value, list | tuple) else (value,))
        ]
    return found


def _first_code(pattern: Any) -> Any:
    if isinstance(pattern, dict):
        if "code" in pattern:
            return pattern["code"]
        return next((code for part in pattern.values() if (code := _first_code(part)) is not None), None)
    if isinstance(pattern, list):
        return next((code for part in pattern if (code := _first_code(part)) is not None), None)
    return None


def _shown(wanted: Any) -> str:
    if isinstance(wanted, dict):
        system = str(wanted.get("system") or "")
        for coding in wanted.get("coding", [wanted]):
            if "code" in coding:
                return f"{coding.get('system', system)}|{coding['code']}"
        return ", ".join(f"{name} {_shown(part)}" for name, part in wanted.items())
    return shown(wanted)

"""The fast check: compiles the facts of each type to a Python function that answers valid or "look closer".

It sees structs, so types and unknown elements are settled. A function may say no to something that is in
order after all, as where a primitive has extensions; it never says yes to a fault. `explanation` then
decides, and says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from operator import attrgetter
from threading import Lock
from typing import Any

from . import primitives
from .conditions import codes_one_of
from .facts import (
    SYSTEM_TYPES,
    Element,
    attribute,
    codes,
    concepts,
    elements_of,
    is_extensible,
    is_primitive,
    published_rules,
    resource_types,
    type_facts,
)
from .fhirpath import condition
from .invariants import RULES, Rule

Contained = dict[str, str]
Check = Callable[[Any, Contained], bool]
NONE_CONTAINED: Contained = {}

_TESTS = {kind: test.__name__ for kind, (test, _) in primitives.TEXT_TYPES.items()} | {"decimal": "is_decimal"}
# Primitives that can be wrong only by being empty.
_PLAIN = ("string", "markdown", "xhtml")
_namespace: dict[str, Any] = {name: getattr(primitives, name) for name in _TESTS.values()}
_ready: set[str] = set()
_one_at_a_time = Lock()


def check(type: str) -> Check:
    """The function (value, contained resources as id → type) → bool for a type."""
    if type not in _ready:
        # Another thread must not call a function whose parts are not compiled yet.
        with _one_at_a_time:
            _compile(type)
            _ready.add(type)
    function: Check = _namespace[type]
    return function


@cache
def rules_of(type: str) -> tuple[Rule, ...]:
    """The rules of a type and its parents: those written by hand, and those compiled from the definitions."""
    facts = type_facts(type)
    inherited = rules_of(facts.parent) if facts is not None and facts.parent else ()
    published = published_rules().get(type, ())
    return inherited + RULES.get(type, ()) + tuple(Rule(k, text, condition(path, type)) for k, text, path in published)


def refers(reference: Any, targets: frozenset[str] | None, contained: Contained) -> bool:
    """Whether a Reference names a type that is allowed here, and its contained resource is there."""
    text = reference.reference
    kind: str | None
    if text is None:
        kind = reference.type
        return targets is None or kind is None or kind in targets
    if text[:1] == "#":
        kind = contained.get(text[1:])
        return kind is not None and (targets is None or kind in targets)
    if targets is None or text[:9] == "urn:uuid:":
        return True
    return text.partition("/")[0] in targets


def within(resource: Any, contained: Contained) -> bool:
    """Checks any resource that is part of another; the entries of a Bundle there need the closer look."""
    return resource.resourceType != "Bundle" and check(resource.resourceType)(resource, contained)


def contained_in(resource: Any) -> Contained | None:
    """Contained resources as id → type; None where one lacks an id, repeats it, nests, or has a version."""
    found: Contained = {}
    for inner in resource.contained:
        meta = inner.meta
        if inner.id is None or inner.id in found or getattr(inner, "contained", None):
            return None
        if meta is not None and (meta.versionId is not None or meta.lastUpdated is not None or meta.security):
            return None
        found[inner.id] = inner.resourceType
    return found


_namespace.update(refers=refers, codes_one_of=codes_one_of, within=within, contained_in=contained_in, NONE=())


def _compile(type: str) -> None:
    """Compile `type` and every type that it leads to."""
    waiting = [type]
    while waiting:
        name = waiting.pop()
        if name in _namespace:
            continue
        builder = _Builder(name)
        text = "\n".join([f"def {name}(o, c):", *("    " + line for line in builder.lines()), ""])
        exec(compile(text, f"<check of {name}>", "exec"), _namespace)  # noqa: S102
        waiting += builder.uses


class _Builder:
    """The body of the check of one type."""

    def __init__(self, type: str) -> None:
        self.type = type
        self.uses: set[str] = set()

    def lines(self) -> Iterator[str]:
        elements = elements_of(self.type)
        if not any(element.required for element in elements.values()):
            yield from self.something(elements.values())
        for element in elements.values():
            if element.name == "contained":
                yield from self.contained()
            elif not (self.type == "BundleEntry" and element.name == "resource"):
                # The resources of a Bundle are validated one by one.
                yield from self.choice(element) if element.choice else self.single(element)
        if extended := [f"o._{e.member(k)}" for e in elements.values() for k in e.types if is_extensible(k)]:
            # Extensions on primitives are rare; the closer look reads them.
            yield f"if {' or '.join(extended)}: return False"
        for number, rule in enumerate(rules_of(self.type)):
            if rule.key not in ("ext-1", "qty-3"):
                yield f"if not {self.constant(f'rule_{self.type}_{number}', rule.kept)}(o): return False"
        if any(rule.key == "qty-3" for rule in rules_of(self.type)):
            yield "if o.code is not None and o.system is None: return False"
        yield "return True"

    def something(self, elements: Iterable[Element]) -> Iterator[str]:
        """A value must hold more than an id; a resource at least does."""
        facts = type_facts(self.type)
        if facts is not None and facts.kind == "resource" and facts.path == self.type:
            return
        places = [
            f"not o.{attribute(e.member(kind))}" if e.many else f"o.{attribute(e.member(kind))} is None"
            for e in sorted(elements, key=lambda e: e.name in ("id", "extension", "modifierExtension"))
            for kind in e.types
            if e.name != "id"
        ]
        yield f"if {' and '.join(places)}: return False"

    def constant(self, name: str, value: object) -> str:
        _namespace[name] = value
        return name

    def contained(self) -> Iterator[str]:
        yield "if o.contained:"
        yield "    c = contained_in(o)"
        yield "    if c is None: return False"
        yield "    for v in o.contained:"
        yield "        if not within(v, c): return False"

    def single(self, element: Element) -> Iterator[str]:
        kind = SYSTEM_TYPES.get(element.types[0], element.types[0])
        place = f"o.{attribute(element.name)}"
        test = self.test(kind, element, "v")
        if element.many:
            yield from self.many(element, kind, place, test)
        elif element.codes:
            yield f"if {place} not in {self.code_set(element)}: return False"
        elif kind in _PLAIN:
            yield f"if not {place}{'' if element.required else f' and {place} is not None'}: return False"
        elif test:
            yield f"v = {place}"
            absent = "v is None or" if element.required else "v is not None and"
            yield f"if {absent} not ({test}): return False"
        elif element.required:
            yield f"if {place} is None: return False"

    def many(self, element: Element, kind: str, place: str, test: str) -> Iterator[str]:
        """A list: absent is the empty tuple; an empty list is a fault."""
        yield f"v = {place}"
        yield "if v:"
        if is_primitive(kind):
            yield "    if v.__class__ is str or None in v: return False"
        if test:
            yield f"    for v in v:\n            if not ({test}): return False"
        yield "elif v is not NONE: return False" if not element.required else "else: return False"

    def choice(self, element: Element) -> Iterator[str]:
        places = [(f"o.{attribute(element.member(kind))}", kind) for kind in element.types]
        if self.type == "Extension":
            yield f"n = {len(places)} - {self.values(element, places)}(o).count(None)"
            yield "if n + (not not o.extension) != 1: return False"
            yield "if n == 0: return True if o.url is not None and is_uri(o.url) else False"
        elif len(places) > 6:
            yield f"n = {len(places)} - {self.values(element, places)}(o).count(None)"
        else:
            yield "n = " + " + ".join(f"({place} is not None)" for place, _ in places)
        yield f"if n != 1{'' if element.required else ' and n'}: return False"
        body = []
        for place, kind in places:
            if test := self.test(kind, element, "v"):
                body.append(f"    v = {place}\n        if v is not None and not ({test}): return False")
        if body:
            yield "if n:"
            yield from body

    def values(self, element: Element, places: list[tuple[str, str]]) -> str:
        return self.constant(f"values_{self.type}_{element.name}", attrgetter(*(place[2:] for place, _ in places)))

    def code_set(self, element: Element) -> str:
        allowed: frozenset[str | None] = codes(element.codes)
        name = _identifier("codes_", element.codes)
        if element.required:
            return self.constant(name, allowed)
        return self.constant(name + "_or_none", allowed | {None})

    def test(self, kind: str, element: Element, value: str) -> str:
        """An expression that is true when `value` is in order; empty where nothing can be wrong."""
        if kind in _TESTS:
            if element.codes:
                return f"{value} in {self.code_set(element)}"
            name = _TESTS[kind]
            if not hasattr(getattr(primitives, name), "__wrapped__"):
                return f"{name}({value})"
            # See primitives.SHORT: long texts go past the cache.
            return f"({name}({value}) if len({value}) < {primitives.SHORT} else {name}.__wrapped__({value}))"
        if kind in primitives.INTEGER_RANGES:
            low, high = primitives.INTEGER_RANGES[kind]
            return f"{low} <= {value} <= {high}"
        if kind in _PLAIN:
            return f"{value} != ''"
        if is_primitive(kind):
            return ""
        if kind == "Resource":
            return f"within({value}, c)"
        self.uses.add(kind)
        if kind == "Reference":
            targets = frozenset(element.targets) or None
            name = "targets_any" if targets is None else f"targets_{self.type}_{element.name}"
            return f"Reference({value}, c) and refers({value}, {self.constant(name, targets)}, c)"
        if element.concepts and kind in ("CodeableConcept", "Coding"):
            name = self.constant(_identifier("concepts_", element.concepts), concepts(element.concepts))
            return f"{kind}({value}, c) and codes_one_of({value}, {name})"
        return f"{kind}({value}, c)"


def _identifier(prefix: str, value_set: str) -> str:
    return prefix + "".join(c if c.isalnum() else "_" for c in value_set)


@cache
def all_checks() -> int:
    """Compile the checks of every resource type, as a server does at its start; the number of types."""
    for type in resource_types():
        check(type)
    return len(resource_types())

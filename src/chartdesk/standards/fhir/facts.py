"""The facts of R4 that the structs do not carry: cardinality, choices, targets, required codes.

Loaded from `_generated/facts.json` at the first use.
"""

from __future__ import annotations

import keyword
from functools import cache
from importlib.resources import files

import msgspec

from chartdesk.kit import typed

Concepts = frozenset[tuple[str | None, str | None]]
SYSTEM_TYPES = {"system.id": "id", "system.uri": "uri", "system.string": "string"}


class Element(msgspec.Struct, frozen=True):
    """One element. `types` holds more than one type only where `choice` is set; empty `targets` means any.

    `codes` and `concepts` name the value set that a code, or a coding, must be from.
    """

    name: str
    types: tuple[str, ...]
    required: bool = False
    many: bool = False
    choice: bool = False
    targets: tuple[str, ...] = ()
    codes: str = ""
    concepts: str = ""

    def member(self, kind: str) -> str:
        """The JSON member that holds this element as a value of type `kind`."""
        return self.name + kind[0].upper() + kind[1:] if self.choice else self.name


class TypeFacts(msgspec.Struct):
    """One type. `elements` are its own; `elements_of` adds those of its parents."""

    path: str
    kind: str
    parent: str
    elements: tuple[Element, ...]


class _Facts(msgspec.Struct):
    types: dict[str, TypeFacts]
    codes: dict[str, frozenset[str]]
    concepts: dict[str, dict[str, frozenset[str]]]


@cache
def _facts() -> _Facts:
    text = files(__package__).joinpath("_generated/facts.json").read_bytes()
    return typed.decode(text, _Facts)


def type_facts(name: str) -> TypeFacts | None:
    """The facts of a type by its FHIR or class name; None where R4 has no such type."""
    return _facts().types.get(name)


@cache
def elements_of(name: str) -> dict[str, Element]:
    """Element name → element, parents first."""
    facts = _facts().types[name]
    inherited = elements_of(facts.parent) if facts.parent else {}
    return {**inherited, **{e.name: e for e in facts.elements}}


@cache
def members_of(name: str) -> dict[str, tuple[Element, str]]:
    """JSON member → (element, type) without the underscore members of primitives."""
    return {e.member(kind): (e, SYSTEM_TYPES.get(kind, kind)) for e in elements_of(name).values() for kind in e.types}


@cache
def resource_types() -> frozenset[str]:
    """Names of all concrete resource types."""
    return frozenset(n for n, t in _facts().types.items() if t.kind == "resource" and n not in ABSTRACT)


ABSTRACT = frozenset({"Resource", "DomainResource"})


def codes(value_set: str) -> frozenset[str]:
    """The codes of a required value set."""
    return _facts().codes[value_set]


@cache
def concepts(value_set: str) -> Concepts:
    """The (system, code) of a required value set."""
    return frozenset((s, code) for s, codes in _facts().concepts[value_set].items() for code in codes)


@cache
def published_rules() -> dict[str, list[tuple[str, str, str]]]:
    """Type → (key, sentence, FHIRPath) of the rules that are checked as the definitions word them."""
    text = files(__package__).joinpath("_generated/invariants.json").read_bytes()
    rules: dict[str, list[tuple[str, str, str]]] = msgspec.json.decode(text)["rules"]
    return rules


def is_primitive(kind: str) -> bool:
    """Whether `kind` is a primitive type (they are written in lower case)."""
    return kind[0].islower()


def is_extensible(kind: str) -> bool:
    """Whether a primitive has an underscore member beside it for its id and extensions."""
    return is_primitive(kind) and kind != "xhtml" and not kind.startswith("system.")


def attribute(member: str) -> str:
    """The Python attribute of a JSON member."""
    return member + "_" if keyword.iskeyword(member) else member

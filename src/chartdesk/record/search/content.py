"""Conditions on the content of a resource itself, for what the index does not hold.

The text beside a code (``:text``), the kind of an identifier (``:of-type``), which element a value belongs to
(composite parameters of repeating elements), a unit that is not the coded one, addresses below another. They are
SQL/JSON paths, evaluated on the rows that the other conditions leave; a search that has no others is bounded by its
time.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal

from chartdesk.record.search.where import Test
from chartdesk.standards.fhir import search
from chartdesk.standards.fhir.search import (
    Inner,
    NumberValue,
    Place,
    QuantityValue,
    ReferenceValue,
    TokenValue,
)

_SAYS = "record_says(r.body, %s::text[]::jsonpath[])"
_NEGATIVE = {"ne"}


def says(paths: Sequence[str]) -> Test:
    """One of ``paths`` finds something in the resource."""
    return (_SAYS, [list(paths)]) if paths else ("false", [])


def text(type: str, parameter: str, values: Sequence[str]) -> Test:
    """The words of a code, a coding or an identifier's type hold one of ``values``, in any case."""
    tests = " || ".join(f'@ like_regex {_text(value)} flag "iq"' for value in values)
    paths = []
    for place in search.locations(type, parameter):
        for step in _WORDS.get(place.kind, ()):
            paths.append(f"{place.path}{step} ? ({tests})")
    return says(paths)


_WORDS = {
    "CodeableConcept": ('."text"', '."coding"."display"'),
    "Coding": ('."display"',),
    "Identifier": ('."type"."text"', '."type"."coding"."display"'),
    "Reference": ('."display"',),
    "string": ("",),
}


def of_type(type: str, parameter: str, values: Sequence[tuple[str, str, str]]) -> Test:
    """An identifier has one of the (system of its type, code of its type, value)."""
    tests = " || ".join(
        f'(@."value" == {_text(value)} && exists(@."type"."coding" ? (@."system" == {_text(system)}'
        f' && @."code" == {_text(code)})))'
        for system, code, value in values
    )
    places = [place for place in search.locations(type, parameter) if place.kind == "Identifier"]
    return says([f"{place.path} ? ({tests})" for place in places])


def below(type: str, parameter: str, values: Sequence[str]) -> Test:
    """An address begins with one of ``values``, a whole step of its path or a version behind it."""
    tests = " || ".join(
        f"@ == {_text(bare)} || @ starts with {_text(bare + '/')} || @ starts with {_text(bare + '|')}"
        for bare in (value.rstrip("/") for value in values)
    )
    return says([f"{place.path} ? ({tests})" for place in search.locations(type, parameter)])


def in_unit(type: str, parameter: str, value: QuantityValue) -> Test:
    """A quantity has this number and this unit or code."""
    paths = []
    for place in search.locations(type, parameter):
        found = _quantity(place.kind, value)
        if found:
            paths.append(f"{place.path} ? ({found})")
    return says(paths)


def together(places: Sequence[Inner], values: Sequence[tuple[object, ...]]) -> Test:
    """One element has all parts of one of ``values``."""
    paths = []
    for inner in places:
        for parts in values:
            tests = [_part(there, part) for there, part in zip(inner.parts, parts, strict=True)]
            paths.append(f"{inner.path} ? ({' && '.join(tests)})")
    return says(paths)


def _part(places: Sequence[Place], value: object) -> str:
    tests = []
    for place in places:
        found = _value(place.kind, value)
        if found:
            tests.append(f"exists({place.path} ? ({found}))")
    return f"({' || '.join(tests)})" if tests else "(1 == 2)"


def _value(kind: str, value: object) -> str:
    if isinstance(value, TokenValue):
        return _token(kind, value)
    if isinstance(value, QuantityValue):
        return _quantity(kind, value)
    if isinstance(value, NumberValue):
        return _number("@", value)
    if isinstance(value, ReferenceValue):
        return _reference(value)
    return ""


def _token(kind: str, value: TokenValue) -> str:
    if kind == "CodeableConcept":
        return f'exists(@."coding" ? ({_token("Coding", value)}))'
    if kind in ("Coding", "Identifier"):
        name = "code" if kind == "Coding" else "value"
        tests = [] if value.code is None else [f'@."{name}" == {_text(value.code)}']
        if value.system:
            tests.append(f'@."system" == {_text(value.system)}')
        elif value.system == "":
            tests.append('!(exists(@."system"))')
        return " && ".join(tests)
    if value.code is None or value.system or not (kind[0].islower() or kind == "ContactPoint"):
        return ""
    if kind == "ContactPoint":
        return f'@."value" == {_text(value.code)}'
    return (
        f"@ == {value.code}" if kind == "boolean" and value.code in ("true", "false") else f"@ == {_text(value.code)}"
    )


def _quantity(kind: str, value: QuantityValue) -> str:
    if kind == "Range":
        inner = _quantity("Quantity", value)
        return f'exists(@."low" ? ({inner})) || exists(@."high" ? ({inner}))'
    if kind == "Money":
        tests = [_number('@."value"', value.number)]
        if value.code is not None:
            tests.append(f'@."currency" == {_text(value.code)}')
        return " && ".join(tests)
    if kind not in _QUANTITIES:
        return ""
    tests = [_number('@."value"', value.number)]
    if value.system is not None:
        tests.append(f'@."system" == {_text(value.system)}')
    if value.code is not None:
        unit = f'@."code" == {_text(value.code)}'
        tests.append(unit if value.system is not None else f'({unit} || @."unit" == {_text(value.code)})')
    return " && ".join(tests)


_QUANTITIES = frozenset({"Quantity", "Age", "Count", "Distance", "Duration", "SimpleQuantity", "MoneyQuantity"})


def _number(place: str, value: NumberValue) -> str:
    tests = " && ".join(f"{place} {operator} {_decimal(bound)}" for operator, bound in value.comparisons())
    return f"!({tests})" if value.prefix in _NEGATIVE else f"({tests})"


def _reference(value: ReferenceValue) -> str:
    wanted = [value.url] if value.url else []
    if value.type is not None and value.url is None:
        wanted.append(f"{value.type}/{value.id}")
    if wanted:
        tests = [
            f'@."reference" == {_text(one)} || @."reference" starts with {_text(one + "/_history/")}' for one in wanted
        ]
        return " || ".join(tests)
    # An id alone may be of any type.
    return f'@."reference" like_regex {_text("(^|/)" + _quoted(value.id or "") + "(/_history/|$)")}'


def _quoted(text: str) -> str:
    """``text`` so that a regular expression takes it as it stands."""
    return "".join(letter if letter.isalnum() else f"\\{letter}" for letter in text)


def _decimal(number: Decimal) -> str:
    return f"{number:f}"


def _text(text: str) -> str:
    """A text as a path writes it, which is as JSON does."""
    return json.dumps(text)

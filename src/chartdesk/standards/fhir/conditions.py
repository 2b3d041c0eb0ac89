"""The vocabulary that the rules of `invariants` are written in.

Every function here takes or returns a test of a value: a struct of `r4`, or a view of JSON with the same
attributes. An element that has only extensions counts as present, as it does in FHIRPath's `exists()`. A
choice element is named with its type in front: `Observation.value`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from .dates import date_range
from .facts import Concepts, attribute, elements_of, is_primitive

Test = Callable[[Any], bool]
UCUM = "http://unitsofmeasure.org"
CONDITION_STATUS = "http://terminology.hl7.org/CodeSystem/condition-clinical"


@cache
def _attributes(name: str) -> tuple[str, ...]:
    """The attributes whose presence means that the element is there."""
    owner, _, element = name.rpartition(".")
    if not owner:
        return (attribute(name), "_" + name)
    found = elements_of(owner)[element]
    members = [(found.member(kind), kind) for kind in found.types]
    extended = ["_" + member for member, kind in members if is_primitive(kind)]
    return (*(attribute(member) for member, _ in members), *extended)


def has(value: Any, name: str) -> bool:
    """Whether the element `name` is present."""
    return any(getattr(value, a, None) not in (None, (), []) for a in _attributes(name))


def has_code(concept: Any, system: str, code: str) -> bool:
    """Whether a CodeableConcept holds the coding."""
    return concept is not None and any(c.system == system and c.code == code for c in concept.coding)


def codes_one_of(value: Any, allowed: Concepts) -> bool:
    """Whether a Coding, or a coding of a CodeableConcept, is from a value set; extensions may stand for it."""
    codings = getattr(value, "coding", None)
    if codings is None:
        codings = (value,)
    for coding in codings:
        if (coding.system, coding.code) in allowed:
            return True
    return not codings and not value.text and bool(value.extension)


def needs(name: str, other: str) -> Test:
    """`name` may be present only together with `other`."""
    return lambda o: not has(o, name) or has(o, other)


def any_of(*names: str) -> Test:
    """At least one of `names` is present."""
    return lambda o: any(has(o, name) for name in names)


def at_most_one(name: str, other: str) -> Test:
    """Not both are present."""
    return lambda o: not (has(o, name) and has(o, other))


def exactly_one(name: str, other: str) -> Test:
    """One is present and the other is not."""
    return lambda o: has(o, name) != has(o, other)


def compare_dates(first: str, second: str) -> Test:
    """`first` does not begin after `second` ends. What is no date is reported at the element itself."""

    def kept(value: Any) -> bool:
        low, high = getattr(value, first), getattr(value, second)
        if low is None or high is None:
            return True
        try:
            return date_range(low)[0] <= date_range(high)[1]
        except (ValueError, TypeError):
            return True

    return kept


def compare_quantities(value: Any) -> bool:
    """The low end of a Range is not above its high end, where both are in the same unit."""
    low, high = value.low, value.high
    if low is None or high is None or low.value is None or high.value is None:
        return True
    return (low.system, low.code, low.unit) != (high.system, high.code, high.unit) or low.value <= high.value

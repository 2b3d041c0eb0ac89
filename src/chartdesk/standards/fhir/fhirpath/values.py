"""What compiled FHIRPath calls when it runs. Values are structs, views of JSON, and plain Python values.

A collection is a list or tuple; of a place that holds one value at most, the value itself or None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

import msgspec

from ..dates import date_range
from ..facts import attribute, elements_of, is_primitive, resource_types, type_facts
from ..views import View, json_of, kind_of_view

_encoder = msgspec.json.Encoder(decimal_format="number", enc_hook=lambda v: json_of(v) if isinstance(v, View) else None)
Many = Sequence[Any]


class Resolved:
    """A resource that a reference leads to: only its type is known."""

    def __init__(self, kind: str) -> None:
        self.kind = kind


def one(value: Any) -> Many:
    """A place of one value as a collection."""
    return () if value is None else (value,)


def get(value: Any, name: str) -> Any:
    """An attribute of what may be absent."""
    return None if value is None else getattr(value, name)


def listed(value: Any, name: str) -> Many:
    """A repeated attribute of what may be absent."""
    found: Many = () if value is None else getattr(value, name)
    return found


def present(values: Many) -> Many:
    """The values of a repeated primitive; None stands where there is only an extension."""
    return [value for value in values if value is not None] if None in values else values


def kind_of(value: Any) -> str:
    """The FHIR type of a value, as far as it can be told."""
    if isinstance(value, Resolved):
        return value.kind
    if isinstance(value, View):
        return kind_of_view(value)
    if isinstance(value, msgspec.Struct):
        return type(value).__name__
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    return "decimal" if isinstance(value, Decimal) else "string"


@cache
def _places(kind: str, name: str = "") -> tuple[str, ...]:
    """The attributes of the children of a type, or of those by the name of their element."""
    if is_primitive(kind):
        return ()
    elements = [e for e in elements_of(kind).values() if name in ("", e.name)]
    return tuple(attribute(e.member(k)) for e in elements for k in e.types)


def children(values: Many, name: str = "") -> list[Any]:
    """All children of `values`, or those by the name of their element."""
    found: list[Any] = []
    for value in values:
        places: Iterable[str] = _places(kind_of(value), name)
        if isinstance(value, View):
            json = json_of(value)
            places = [place for place in places if place.removesuffix("_") in json]
        for place in places:
            inner = getattr(value, place)
            if isinstance(inner, list | tuple):
                found += [item for item in inner if item is not None]
            elif inner is not None:
                found.append(inner)
    return found


def descendants(values: Many) -> list[Any]:
    """Children, theirs, and so on."""
    found, level = [], children(values)
    while level:
        found += level
        level = children(level)
    return found


def repeated(values: Many, step: Callable[[Any], Many]) -> list[Any]:
    """What `step` finds, again and again, each value once."""
    found: list[Any] = []
    seen: set[Any] = set()
    waiting = list(values)
    while waiting:
        new = []
        for value in waiting:
            for item in step(value):
                if (mark := key(item)) not in seen:
                    seen.add(mark)
                    new.append(item)
        found += new
        waiting = new
    return found


def is_kind(value: Any, kind: str) -> bool:
    """Whether a value whose type the compiler did not know is of a type."""
    return is_a(kind_of(value), kind)


def is_of(value: Any, kind: str) -> bool | None:
    return None if value is None else is_kind(value, kind)


_PARENTS = {
    **dict.fromkeys(("code", "id", "markdown"), "string"),
    **dict.fromkeys(("url", "canonical", "uuid", "oid"), "uri"),
    **dict.fromkeys(("positiveInt", "unsignedInt"), "integer"),
}


def is_a(kind: str, wanted: str) -> bool:
    """Whether type `kind` is `wanted` or descends from it."""
    current: str | None = kind
    while current:
        if current == wanted:
            return True
        facts = type_facts(current)
        current = facts.parent if facts is not None else _PARENTS.get(current)
    return False


def key(value: Any) -> Any:
    """Equal for equal values, and can be put into a set."""
    if isinstance(value, str | bool):
        return (value.__class__, value)
    if isinstance(value, int | Decimal):
        return Decimal(value)
    return _encoder.encode(value)


def equal(left: Many, right: Many) -> bool | None:
    """Equality of collections: None where one is empty."""
    if not left or not right:
        return None
    return len(left) == len(right) and all(map(same, left, right))


def equals(left: Any, right: Any) -> bool | None:
    """Equality of two places."""
    return None if left is None or right is None else same(left, right)


def reverse(value: bool | None) -> bool | None:
    return None if value is None else not value


def same(left: Any, right: Any) -> bool:
    """Equality of two values."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, msgspec.Struct | View) or isinstance(right, msgspec.Struct | View):
        return bool(key(left) == key(right))
    return bool(left == right)


def alike(left: Many, right: Many) -> bool:
    """Equivalence: texts without regard to case and spaces, numbers to the fewer places, in any order."""
    return len(left) == len(right) and sorted(map(_blurred, left), key=repr) == sorted(map(_blurred, right), key=repr)


def _blurred(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(value.lower().split())
    return key(value)


def dates_equal(left: str | None, right: str | None) -> bool | None:
    """Equality of dates: None where their precision differs and they overlap."""
    if left is None or right is None:
        return None
    (low, high), (other_low, other_high) = date_range(left), date_range(right)
    if (low, high) == (other_low, other_high):
        return True
    return False if high < other_low or other_high < low else None


def dates_before(left: str | None, right: str | None, or_equal: bool) -> bool | None:
    """`left` < `right` for dates, or <=; None where they overlap without being the same."""
    if left is None or right is None:
        return None
    (low, high), (other_low, other_high) = date_range(left), date_range(right)
    if (low, high) == (other_low, other_high):
        return or_equal
    if high < other_low:
        return True
    return False if low > other_high else None


def before(left: Any, right: Any, or_equal: bool) -> bool | None:
    """`left` < `right` for numbers, texts, and quantities of one unit; None where they cannot be compared."""
    if left is None or right is None:
        return None
    if hasattr(left, "comparator") and hasattr(right, "comparator"):
        if (left.system, left.code, left.unit) != (right.system, right.code, right.unit):
            return None
        return before(left.value, right.value, or_equal)
    if isinstance(left, str) != isinstance(right, str):
        return None
    return bool(left <= right if or_equal else left < right)


def distinct(values: Many) -> list[Any]:
    found: dict[Any, Any] = {}
    for value in values:
        found.setdefault(key(value), value)
    return list(found.values())


def is_distinct(values: Many) -> bool:
    return len({key(value) for value in values}) == len(values)


def members(values: Many) -> frozenset[Any]:
    """A collection to look into."""
    return frozenset(map(key, values))


def has_member(inside: frozenset[Any], value: Any) -> bool | None:
    return None if value is None else key(value) in inside


def has_all(inside: frozenset[Any], values: Many) -> bool:
    return all(key(value) in inside for value in values)


def intersection(values: Many, inside: frozenset[Any]) -> list[Any]:
    return [value for value in distinct(values) if key(value) in inside]


def difference(values: Many, inside: frozenset[Any]) -> list[Any]:
    return [value for value in values if key(value) not in inside]


def single(values: Many) -> Any:
    """The value of a collection of one; None for any other."""
    return values[0] if len(values) == 1 else None


def at(values: Many, index: int | None) -> Any:
    return values[index] if index is not None and 0 <= index < len(values) else None


def last(values: Many) -> Any:
    return values[-1] if values else None


def skipped(values: Many, count: int | None) -> Many:
    return values[max(count or 0, 0) :]


def taken(values: Many, count: int | None) -> Many:
    return values[: max(count or 0, 0)]


def filled(value: Any) -> bool | None:
    """A value where a condition is expected: a boolean counts as it is, anything else as true."""
    return value if value is None or isinstance(value, bool) else True


def is_true(values: Many) -> bool:
    return len(values) > 0 and not (len(values) == 1 and values[0] is False)


def is_false(values: Many) -> bool:
    return len(values) == 1 and values[0] is False


def resolved(reference: Any) -> list[Resolved]:
    kind = referred(reference)
    return [Resolved(kind)] if kind else []


def referred(reference: Any) -> str | None:
    """The type that a Reference or canonical names in its text; None where it cannot be told.

    Nothing is looked up: `resolve()` of a rule asks only what kind of resource it is.
    """
    text = reference if isinstance(reference, str) else getattr(reference, "reference", None)
    if text is None or text[:1] == "#":
        return None
    parts = text.partition("/_history/")[0].partition("?")[0].split("/")
    return parts[-2] if len(parts) > 1 and parts[-2] in resource_types() else None


def with_url(extensions: Iterable[Any], url: str) -> list[Any]:
    return [extension for extension in extensions if extension.url == url]

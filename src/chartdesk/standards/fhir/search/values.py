"""How each data type yields search values. Guide section: https://hl7.org/fhir/R4/search.html#table.

`statements` gives the lines that the compiler writes in line; compiled code calls the functions.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

from ..dates import EARLIEST, LATEST, date_range, period_range
from ..facts import resource_types

dates = lru_cache(maxsize=16384)(date_range)

QUANTITIES = ("Quantity", "Age", "Count", "Distance", "Duration", "SimpleQuantity", "MoneyQuantity")
TEXTS = ("string", "markdown", "code", "id", "uri", "url", "canonical", "oid", "uuid")
CURRENCY = "urn:iso:std:iso:4217"

_TOKENS: dict[str, tuple[list[str], str]] = {
    "Coding": ([], "{v}.system, {v}.code"),
    "CodeableConcept": (["for c in {v}.coding:"], "c.system, c.code"),
    "Identifier": (["if {v}.value is not None:"], "{v}.system, {v}.value"),
    "ContactPoint": (["if {v}.value is not None:"], "None, {v}.value"),
    "boolean": ([], "None, 'true' if {v} else 'false'"),
    "Reference": (["if {v}.identifier is not None:"], "{v}.identifier.system, {v}.identifier.value"),
}
_STRINGS: dict[str, tuple[list[str], str]] = {
    "HumanName": (["for s in values.name_parts({v}):"], "s"),
    "Address": (["for s in values.address_parts({v}):"], "s"),
    "CodeableConcept": (["if {v}.text is not None:"], "{v}.text"),
    "Annotation": (["if {v}.text is not None:"], "{v}.text"),
}
_DATES: dict[str, tuple[list[str], str]] = {
    "date": ([], "*values.dates({v})"),
    "dateTime": ([], "*values.dates({v})"),
    "instant": ([], "*values.dates({v})"),
    "Period": ([], "*values.period_range({v}.start, {v}.end)"),
    "Timing": (["d = values.timing({v})", "if d is not None:"], "*d"),
}
_NUMBERS: dict[str, tuple[list[str], str]] = {
    "decimal": ([], "{v}"),
    "integer": ([], "{v}"),
    "positiveInt": ([], "{v}"),
    "unsignedInt": ([], "{v}"),
    "Range": (["for q in ({v}.low, {v}.high):", "    if q is not None and q.value is not None:"], "q.value"),
}
_QUANTITIES: dict[str, tuple[list[str], str]] = {
    **{kind: (["if {v}.value is not None:"], "{v}.value, {v}.system, {v}.code or {v}.unit") for kind in QUANTITIES},
    "Money": (["if {v}.value is not None:"], f"{{v}}.value, {CURRENCY!r}, {{v}}.currency"),
    "Range": (
        ["for q in ({v}.low, {v}.high):", "    if q is not None and q.value is not None:"],
        "q.value, q.system, q.code or q.unit",
    ),
}


def statements(kind: str, type: str, var: str) -> tuple[list[str], str | None]:
    """Lines to write for a value of `type`, and the tuple items then at hand; None where it has none."""
    found: tuple[list[str], str] | None = None
    if kind == "token":
        found = _TOKENS.get(type) or (([], "None, {v}") if type in TEXTS else None)
    elif kind == "string":
        found = _STRINGS.get(type) or (([], "{v}") if type in TEXTS else None)
    elif kind == "uri":
        found = ([], "{v}") if type in TEXTS else None
    else:
        found = {"date": _DATES, "number": _NUMBERS, "quantity": _QUANTITIES}[kind].get(type)
    if found is None:
        return [], None
    lines, result = found
    return [line.format(v=var) for line in lines], result.format(v=var)


def name_parts(name: Any) -> list[str]:
    """The parts of a HumanName that a name search looks at."""
    parts = [name.family, *name.given, *name.prefix, *name.suffix, name.text]
    return [part for part in parts if part]


def address_parts(address: Any) -> list[str]:
    """The parts of an Address that an address search looks at."""
    parts = [
        *address.line,
        address.city,
        address.district,
        address.state,
        address.postalCode,
        address.country,
    ]
    return [part for part in [*parts, address.text] if part]


def timing(value: Any) -> tuple[datetime, datetime] | None:
    """First to last instant of the events of a Timing, or its bounds; None where it has neither."""
    ranges = [dates(event) for event in value.event if event]
    if value.repeat is not None and value.repeat.boundsPeriod is not None:
        bounds = value.repeat.boundsPeriod
        ranges.append(period_range(bounds.start, bounds.end))
    if not ranges:
        return None
    return min(low for low, _ in ranges), max(high for _, high in ranges)


Wanted = tuple[tuple[str, str], ...]


def reference(value: Any, wanted: Wanted, references: list[Any], urls: list[Any], identifiers: list[Any]) -> None:
    """Add a Reference for each (parameter, type it must have or ''): by id, by URL, and by identifier."""
    text = value.reference
    kind = value.type
    if text is not None:
        first, _, key = text.partition("/")
        if key and first in resource_types():
            kind = first
            key = key.partition("/")[0]
            for code, only in wanted:
                if not only or only == first:
                    references.append((code, first, key))
        elif text[:1] != "#":
            kind = kind or type_of_url(text)
            for code, only in wanted:
                if not only or only == kind:
                    urls.append((code, text))
    if value.identifier is not None and value.identifier.value is not None:
        for code, only in wanted:
            if not only or only == kind:
                identifiers.append((code, value.identifier.system, value.identifier.value))


def type_of_url(url: str) -> str | None:
    """The resource type in an absolute reference such as `https://host/fhir/Patient/1`, if it has one."""
    parts = url.split("/_history/", 1)[0].rsplit("/", 2)
    return parts[-2] if len(parts) == 3 and parts[-2] in resource_types() else None


def canonical(text: str, wanted: Wanted, urls: list[Any]) -> None:
    """Add a canonical URL, with its version and without."""
    bare = text.partition("|")[0]
    for code, _ in wanted:
        urls.append((code, text))
        if bare != text:
            urls.append((code, bare))


def embedded(resource: Any, wanted: tuple[tuple[str, tuple[str, ...]], ...], references: list[Any]) -> None:
    """Add a resource inside a Bundle as what the parameter points at."""
    if resource.id is not None:
        for code, targets in wanted:
            if not targets or resource.resourceType in targets:
                references.append((code, resource.resourceType, resource.id))


def _deceased(patient: Any, extracted: Any) -> None:
    dead = bool(patient.deceasedBoolean) or patient.deceasedDateTime is not None
    extracted.tokens.append(("deceased", None, "true" if dead else "false"))


# Parameters whose expression is not a path.
SPECIAL: dict[str, dict[str, Callable[[Any, Any], None]]] = {"Patient": {"deceased": _deceased}}

__all__ = ["EARLIEST", "LATEST", "SPECIAL", "statements"]

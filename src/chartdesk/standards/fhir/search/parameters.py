"""The search parameters of R4 and US Core, by resource type.

Guide section: search parameter registry (https://hl7.org/fhir/R4/searchparameter-registry.html).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

from chartdesk.kit import typed

from ..facts import ABSTRACT, resource_types


class SearchParameter(msgspec.Struct, frozen=True):
    """One parameter. `kind` is token, string, date, reference, number, quantity, uri or composite.

    `targets` are the resource types a reference may name. `components` are (URL of a parameter, expression)
    of a composite.
    """

    code: str
    kind: str = msgspec.field(name="type")
    url: str
    expression: str
    targets: tuple[str, ...] = msgspec.field(name="target", default=())
    components: tuple[tuple[str, str], ...] = msgspec.field(name="component", default=())


class _Tables(msgspec.Struct):
    parameters: dict[str, tuple[SearchParameter, ...]]
    compartment: dict[str, tuple[str, ...]]
    summary: dict[str, tuple[str, ...]]


@cache
def _tables() -> _Tables:
    text = files(__package__).joinpath("../_generated/search.json").read_bytes()
    return typed.decode(text, _Tables)


@cache
def parameters(type: str) -> dict[str, SearchParameter]:
    """Code → parameter for a resource type, with those all types have. Raises KeyError for no such type."""
    if type not in resource_types() and type not in ABSTRACT:
        raise KeyError(type)
    bases = ("Resource", "DomainResource", type)
    return {p.code: p for base in bases for p in _tables().parameters.get(base, ())}


@cache
def by_url(type: str) -> dict[str, SearchParameter]:
    """URL → parameter for a resource type."""
    return {p.url: p for p in parameters(type).values()}


def compartment(type: str) -> tuple[str, ...]:
    """The parameters that place a resource of this type in a patient's compartment."""
    return _tables().compartment.get(type, ())


@cache
def summary(type: str) -> frozenset[str]:
    """The elements of a resource type that its summary holds, besides those that are required."""
    found = _tables().summary
    return frozenset(name for base in ("Resource", "DomainResource", type) for name in found.get(base, ()))

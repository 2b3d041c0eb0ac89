"""What the types cannot say about a resource.

Required elements, exclusive choices, real dates, ranges, codes of required value sets, targets of references,
containment, and the rules in `invariants`. Guide section: https://hl7.org/fhir/R4/validation.html.
"""

from __future__ import annotations

from typing import Any

from . import r4
from .checking import NONE_CONTAINED, check
from .codec import as_it_is, encode
from .explanation import explain, local_references, tree
from .issues import Issue


def validate(resource: r4.Resource) -> list[Issue]:
    """Every fault of `resource` with its place; none when it is valid. Entries of a Bundle count too."""
    try:
        return _validate(resource, "")
    except RecursionError:
        return [Issue("error", "too-long", resource.resourceType, "The resource is nested too deeply.")]


def _validate(resource: r4.Resource, place: str) -> list[Issue]:
    issues = [] if _in_order(resource) else _closer(resource, place)
    if isinstance(resource, r4.Bundle):
        here = place or "Bundle"
        for index, entry in enumerate(resource.entry):
            if entry.resource is not None:
                issues += _validate(entry.resource, f"{here}.entry[{index}].resource")
    return issues


def _in_order(resource: r4.Resource) -> bool:
    """Whether nothing looks wrong."""
    if contained := getattr(resource, "contained", ()):
        named = local_references(as_it_is(resource).decode())
        if not all(inner.id in named for inner in contained):
            return False
    return check(resource.resourceType)(resource, NONE_CONTAINED)


def _closer(resource: r4.Resource, place: str) -> list[Issue]:
    value: Any = tree(encode(resource).decode())
    return explain(value, place, bundled=not isinstance(resource, r4.Bundle))

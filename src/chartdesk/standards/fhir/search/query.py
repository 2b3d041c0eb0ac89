"""What a search asks: typed clauses, and how the answer shall look.

Guide section: search (https://hl7.org/fhir/R4/search.html).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec

from .criteria import DateValue, NumberValue, QuantityValue, ReferenceValue, TokenValue
from .parameters import SearchParameter, parameters

Value = TokenValue | ReferenceValue | DateValue | NumberValue | QuantityValue | str | bool | tuple[Any, ...]

#: The modifiers of each kind of parameter, besides ``missing`` and, for references, the name of a type.
MODIFIERS = {
    "string": ("exact", "contains"),
    "token": ("not", "text", "in", "not-in", "above", "below", "of-type"),
    "reference": ("identifier", "above", "below"),
    "uri": ("above", "below"),
}


class Clause(msgspec.Struct, frozen=True):
    """One condition; any of `values` may match, all clauses of a query must.

    `kind` is the kind of `param`, or `list` for `_list`. `modifier` is empty or one of MODIFIERS, `missing` (the
    value is a bool) or a resource type. With `chain`, the clause is about what the reference names: (type,
    clause) for each type that it may name. With `has`, resources of type `has` must name this one by `param` and
    meet the clause in `chain`.
    """

    param: str
    kind: str
    modifier: str = ""
    values: tuple[Value, ...] = ()
    chain: tuple[tuple[str, Clause], ...] = ()
    has: str = ""


class Include(msgspec.Struct, frozen=True):
    """`_include` or `_revinclude`: references `param` of `source` (`*`: all), to `target` if not empty."""

    source: str
    param: str
    target: str = ""
    iterate: bool = False


class Query(msgspec.Struct):
    """A search, typed.

    `type` is empty for a search of several types; `types` names all that are searched. `sort` holds (param,
    descending). `ignored` names what was not understood, and `reasons` says more about some of it; `warnings` are
    sentences about the answer. `compartment` is the patient in whose compartment is searched.
    """

    type: str
    types: tuple[str, ...] = ()
    clauses: list[Clause] = []
    sort: list[tuple[str, bool]] = []
    count: int | None = None
    include: list[Include] = []
    revinclude: list[Include] = []
    total: str = ""
    summary: str = ""
    elements: list[str] = []
    ignored: list[str] = []
    reasons: dict[str, str] = {}
    warnings: list[str] = []
    compartment: str = ""


@lru_cache(maxsize=256)
def shared(types: tuple[str, ...]) -> dict[str, SearchParameter]:
    """Code → parameter for those that all `types` have, of one kind; of several types no composites.

    A reference may name what it may in any of them. Raises KeyError where a type is none.
    """
    if len(types) == 1:
        return parameters(types[0])
    found: dict[str, SearchParameter] = {}
    for code, first in parameters(types[0]).items():
        each = [parameters(type).get(code) for type in types]
        known = [one for one in each if one is not None and one.kind == first.kind != "composite"]
        if len(known) == len(types):
            targets = {target for one in known for target in one.targets}
            anything = any(not one.targets for one in known)
            found[code] = msgspec.structs.replace(first, targets=() if anything else tuple(sorted(targets)))
    return found

"""From a resource to its index: the tokens and the rows it is found by.

Guide section: search (https://hl7.org/fhir/R4/search.html).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from chartdesk.record import tokens
from chartdesk.standards.fhir import r4, search

#: Longer texts are indexed, and asked for, by their beginning.
TEXT_LENGTH = 200
#: The date of a resource that has none.
NO_DATE = search.EARLIEST


@dataclass(slots=True)
class Index:
    """The search values of one resource, hashed. ``texts``, ``dates`` and ``numbers`` begin with the key."""

    patient: str
    date: datetime
    tokens: set[int]
    texts: set[tuple[int, str]]
    dates: set[tuple[int, datetime, datetime]]
    numbers: set[tuple[int, float, str, str]]


@lru_cache(maxsize=32_768)
def folded(text: str) -> str:
    """``text`` as texts are compared: lower case, no accents, single spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())[:TEXT_LENGTH]


#: Parameters that are columns of the resource's own row.
_COLUMNS = frozenset({"_id", "_lastUpdated"})


def index(practice: int, resource: r4.Resource) -> Index:
    """The index of ``resource``, which must be valid and have its id."""
    type = resource.resourceType
    found = search.extract(resource)
    made = Index(found.patient or "", found.date or NO_DATE, set(), set(), set(), set())
    _add_tokens(practice, type, found, made.tokens)
    key, token = tokens.key, tokens.token
    for parameter, text in found.strings:
        made.texts.add((key(practice, type, parameter), folded(text)))
        made.tokens.add(token(practice, type, parameter, tokens.exact(text)))
    for parameter, low, high in found.dates:
        if parameter not in _COLUMNS:
            made.dates.add((key(practice, type, parameter), low, high))
    for parameter, number in found.numbers:
        made.numbers.add((key(practice, type, parameter), float(number), "", ""))
    for parameter, value, system, unit in found.quantities:
        made.numbers.add((key(practice, type, parameter), float(value), system or "", unit or ""))
    return made


def _add_tokens(practice: int, type: str, found: search.Extracted, into: set[int]) -> None:
    add, token = into.add, tokens.token
    present = set()
    for parameter, system, code in found.tokens:
        if parameter in _COLUMNS:
            continue
        present.add(parameter)
        for form in tokens.coded(system, code):
            add(token(practice, type, parameter, form))
    for parameter, target, id in found.references:
        present.add(parameter)
        add(token(practice, type, parameter, f"{target}/{id}"))
        add(token(practice, type, parameter, id))
    for parameter, url in (*found.urls, *found.uris):
        present.add(parameter)
        add(token(practice, type, parameter, url))
    for parameter, system, value in found.identifiers:
        present.add(parameter)
        for form in tokens.coded(system, value):
            add(token(practice, type, parameter, tokens.identified(form)))
    for parameter in present:
        add(token(practice, type, parameter, tokens.PRESENT))

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
    marks: set[int]
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
_PATIENT = ("patient", "subject", "beneficiary")
# Types with a patient parameter that may name several: their ``patient`` column holds only the first.
_SEVERAL_PATIENTS = frozenset({"Account", "Appointment", "AuditEvent", "Contract", "Provenance", "Patient"})


def index(practice: int, resource: r4.Resource) -> Index:
    """The index of ``resource``, which must be valid and have its id."""
    type = resource.resourceType
    found = search.extract(resource)
    made = Index(found.patient or "", found.date or NO_DATE, set(), set(), set(), set(), set())
    _add_tokens(practice, type, found, made)
    _add_references(practice, type, found, made)
    hashes = tokens.memory
    for parameter, text in found.strings:
        made.texts.add((hashes[practice, type, parameter, tokens.KEY], folded(text)))
        made.tokens.add(hashes[practice, type, parameter, tokens.exact(text)])
    for parameter, low, high in found.dates:
        if parameter not in _COLUMNS:
            made.dates.add((hashes[practice, type, parameter, tokens.KEY], low, high))
    for parameter, number in found.numbers:
        made.numbers.add((hashes[practice, type, parameter, tokens.KEY], float(number), "", ""))
    for parameter, value, system, unit in found.quantities:
        key = hashes[practice, type, parameter, tokens.KEY]
        made.numbers.add((key, float(value), system or "", unit or ""))
    return made


def is_patient(type: str, parameter: str) -> bool:
    """Whether the parameter, where it names a patient, says what the ``patient`` column says."""
    return parameter in _PATIENT and type not in _SEVERAL_PATIENTS


def _add_tokens(practice: int, type: str, found: search.Extracted, into: Index) -> None:
    hashes, add, mark = tokens.memory, into.tokens.add, into.marks.add
    for parameter, system, code in found.tokens:
        if parameter in _COLUMNS:
            continue
        mark(hashes[practice, type, parameter, tokens.PRESENT])
        for form in tokens.forms(system, code):
            add(hashes[practice, type, parameter, form])
        if system:
            mark(hashes[practice, type, parameter, tokens.of_system(system)])


def _add_references(practice: int, type: str, found: search.Extracted, into: Index) -> None:
    hashes, add, mark = tokens.memory, into.tokens.add, into.marks.add
    for parameter, target, id in found.references:
        mark(hashes[practice, type, parameter, tokens.PRESENT])
        # Of the patient there is a column and an index already.
        if target != "Patient" or id != found.patient or not is_patient(type, parameter):
            add(hashes[practice, type, parameter, f"{target}/{id}"])
    for parameter, url in (*found.urls, *found.uris):
        mark(hashes[practice, type, parameter, tokens.PRESENT])
        add(hashes[practice, type, parameter, url])
    for parameter, system, value in found.identifiers:
        mark(hashes[practice, type, parameter, tokens.PRESENT])
        for form in tokens.forms(system, value):
            add(hashes[practice, type, parameter, tokens.identified(form)])

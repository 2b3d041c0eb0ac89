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

# Parameters whose values are those of others together: they are searched by these and are not in the index.
COMBINED = {
    ("Observation", "combo-code"): ("code", "component-code"),
    ("Observation", "combo-value-quantity"): ("value-quantity", "component-value-quantity"),
    ("Observation", "combo-value-concept"): ("value-concept", "component-value-concept"),
    ("Observation", "combo-data-absent-reason"): ("data-absent-reason", "component-data-absent-reason"),
}
_LEFT_OUT = {
    type: _COLUMNS | {code for other, code in COMBINED if other == type} for type in {type for type, _ in COMBINED}
}
#: Type → the code that its resources are searched for across patients, and the date that goes with it. For each such
#: code there is a row among the dates, so that ``code=…&date=…`` reads one stretch of one index.
DATED = {
    "AllergyIntolerance": ("code", "onset"),
    "Condition": ("code", "onset-date"),
    "DiagnosticReport": ("code", "date"),
    "DocumentReference": ("type", "date"),
    "Encounter": ("type", "date"),
    "Immunization": ("vaccine-code", "date"),
    "MedicationRequest": ("code", "authoredon"),
    "Observation": ("code", "date"),
    "Procedure": ("code", "date"),
    "ServiceRequest": ("code", "authored"),
}


def parts(type: str, parameter: str) -> tuple[str, ...]:
    """The parameters in the index that stand for this one: itself, or those that it combines."""
    return COMBINED.get((type, parameter), (parameter,))


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
    if type in DATED:
        _add_dated_codes(practice, type, found, made)
    for parameter, number in found.numbers:
        made.numbers.add((hashes[practice, type, parameter, tokens.KEY], float(number), "", ""))
    left_out = _LEFT_OUT.get(type, _COLUMNS)
    for parameter, value, system, unit in found.quantities:
        if parameter in left_out:
            continue
        key = hashes[practice, type, parameter, tokens.KEY]
        made.numbers.add((key, float(value), system or "", unit or ""))
    return made


def is_patient(type: str, parameter: str) -> bool:
    """Whether the parameter, where it names a patient, says what the ``patient`` column says."""
    return parameter in _PATIENT and type not in _SEVERAL_PATIENTS


def _add_dated_codes(practice: int, type: str, found: search.Extracted, into: Index) -> None:
    """A row for each code with the date of the resource; the first instant of all where it has none."""
    code, date = DATED[type]
    span: tuple[datetime, datetime] | None = None
    for parameter, _, value in found.tokens:
        if parameter == code and value is not None:
            if span is None:
                spans = ((low, high) for name, low, high in found.dates if name == date)
                span = next(spans, (NO_DATE, NO_DATE))
            into.dates.add((tokens.memory[practice, type, code, tokens.dated(value)], *span))


def _add_tokens(practice: int, type: str, found: search.Extracted, into: Index) -> None:
    coded, add, mark = tokens.coded, into.tokens.update, into.marks.update
    left_out = _LEFT_OUT.get(type, _COLUMNS)
    for parameter, system, code in found.tokens:
        if parameter not in left_out:
            marks, found_by = coded[practice, type, parameter, system, code]
            mark(marks)
            add(found_by)


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

"""The search values of a resource: what `record` indexes."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import cache

import msgspec

from .. import r4
from ..dates import EARLIEST, LATEST
from .compiler import extractor
from .parameters import compartment, parameters


class Extracted(msgspec.Struct):
    """Search values of one resource. `param` is the code of the search parameter.

    tokens: (param, system or None, code or None); strings: (param, text as it stands); dates: (param, first
    instant, last microsecond); references: (param, type, id); urls: (param, absolute URL, urn or canonical),
    of reference parameters; identifiers: (param, system or None, value), of references; numbers: (param,
    value); quantities: (param, value, system or None, code, unit or None); uris: (param, uri). A composite
    parameter has no values of its own.

    `patient` is the id of the Patient the resource belongs to, `date` the instant it is sorted by in a chart.
    """

    tokens: list[tuple[str, str | None, str | None]]
    strings: list[tuple[str, str]]
    dates: list[tuple[str, datetime, datetime]]
    references: list[tuple[str, str, str]]
    urls: list[tuple[str, str]]
    identifiers: list[tuple[str, str | None, str]]
    numbers: list[tuple[str, Decimal | int]]
    quantities: list[tuple[str, Decimal, str | None, str | None]]
    uris: list[tuple[str, str]]
    patient: str | None = None
    date: datetime | None = None


# A Group or Schedule names patients without being about one of them.
_NOT_ABOUT_A_PATIENT = frozenset({"Group", "Schedule", "Person"})
_FIRST = ("patient", "subject", "beneficiary")
# The parameter that dates a resource in a chart, most telling first; the types below differ from the rest.
_DATES = [
    *("date", "authored", "authoredon", "authored-on", "created", "period", "recorded", "sent", "occurrence"),
    *("effective", "effective-time", "started", "datetime", "issued", "onset-date", "recorded-date"),
    *("start-date", "when", "whenhandedover", "entered-date"),
]
_DATES_OF = {
    "AllergyIntolerance": ["onset", "date", "last-date"],
    "Condition": ["onset-date", "recorded-date", "abatement-date"],
    "Goal": ["start-date", "target-date"],
    "MedicationRequest": ["authoredon"],
    "MedicationDispense": ["whenhandedover", "whenprepared"],
    "Patient": [],
    "Person": [],
    "Practitioner": [],
    "RelatedPerson": [],
    "PractitionerRole": [],
}


def extract(resource: r4.Resource) -> Extracted:
    """The search values of `resource`. It must be valid: a date that is none raises ValueError."""
    extracted = Extracted([], [], [], [], [], [], [], [], [])
    kind = resource.resourceType
    extractor(kind)(resource, extracted)
    if kind == "Patient":
        extracted.patient = resource.id
    elif extracted.references and kind not in _NOT_ABOUT_A_PATIENT:
        extracted.patient = _patient(kind, extracted.references)
    extracted.date = _date(resource, extracted.dates)
    return extracted


@cache
def dating(type: str) -> str | None:
    """The one date parameter of `type` whose start is always the date in a chart; None where several may be."""
    found = [code for code in _DATES_OF.get(type, _DATES) if code in parameters(type)]
    return found[0] if len(found) == 1 else None


def _patient(kind: str, references: list[tuple[str, str, str]]) -> str | None:
    named = {code: key for code, target, key in reversed(references) if target == "Patient"}
    if not named:
        return None
    for code in (*_FIRST, *compartment(kind)):
        if code in named:
            return named[code]
    return None


def _date(resource: r4.Resource, dates: list[tuple[str, datetime, datetime]]) -> datetime | None:
    if isinstance(resource, r4.Coverage):
        # The one clinical or financial resource whose period has no search parameter.
        return _start(resource.period)
    spans = {code: (low, high) for code, low, high in reversed(dates)}
    for code in _DATES_OF.get(resource.resourceType, _DATES):
        if code in spans:
            low, high = spans[code]
            if low != EARLIEST:
                return low
            if high != LATEST:
                return high
    return None


def _start(period: r4.Period | None) -> datetime | None:
    from .values import dates

    return dates(period.start)[0] if period is not None and period.start else None

"""``Patient/[id]/$everything``: the whole chart of one patient, in pages.

Guide section: Patient $everything (https://hl7.org/fhir/R4/patient-operation-everything.html).
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings

from chartdesk.api.fhir.messages import Request, Response, answer
from chartdesk.api.fhir.operations.arguments import Arguments, arguments
from chartdesk.api.fhir.refusals import Refused
from chartdesk.kit.errors import Forbidden, Invalid
from chartdesk.kit.transactions import reading
from chartdesk.record import bundles, everything, store
from chartdesk.record.access.people import practice_of
from chartdesk.record.access.subject import Subject
from chartdesk.record.merging import aliases
from chartdesk.record.search import Page
from chartdesk.standards.fhir import Issue
from chartdesk.standards.fhir.facts import resource_types
from chartdesk.standards.fhir.search import Query

#: Resources of the chart on one page; what they refer to comes besides.
COUNT = 1000
_KNOWN = ("start", "end", "_since", "_type", "_count", "_cursor")


def chart(request: Request, subject: Subject, names: list[str]) -> Response:
    """One page of everything about a patient. Without an id it is the patient to whom the token belongs."""
    given = arguments(request)
    given.only(_KNOWN)
    if len(names) == 2 and not subject.patient:
        raise Forbidden("Everything about every patient is not given in one answer.", cure="Use $export.")
    patient = names[1] if len(names) == 3 else subject.patient
    with reading(subject, seconds=settings.SEARCH_SECONDS):
        patient = aliases.current(subject.practice, patient)
        store.get(subject, "Patient", patient, why="everything")
        wanted = _wanted(subject, given, patient)
        try:
            found = everything.page(subject, wanted, given.text("_cursor"))
        except Invalid as fault:
            raise Refused(400, fault) from fault
    asked = [(name, value) for name in _KNOWN if name != "_cursor" for value in [",".join(given.texts(name))] if value]
    links = [("self", _address(request, patient, asked))]
    if found.next is not None:
        links.append(("next", _address(request, patient, [*asked, ("_cursor", found.next)])))
    page = Page(Query(""), found.entries, included=found.included)
    page.total = None if found.next or given.text("_cursor") else len(found.entries)
    return answer(200, bundles.searchset(page, base=request.base, links=links, notes=_notes(found)))


def _wanted(subject: Subject, given: Arguments, patient: str) -> everything.Wanted:
    types = given.texts("_type")
    for type in types:
        if type not in resource_types():
            raise Refused(400, Invalid(f"{type} is not a resource type of FHIR R4.", where="_type"))
    count = given.number("_count", COUNT, COUNT)
    if not count:
        raise Refused(400, Invalid("_count must be at least 1.", where="_count"))
    start, end = given.day("start"), given.day("end")
    zone = practice_of(subject).zone
    return everything.Wanted(
        patient,
        start=min(_midnights(start, zone)) if start else None,
        end=max(_midnights(end + timedelta(days=1), zone)) if end and end < date.max else None,
        since=given.instant("_since"),
        types=frozenset(types),
        count=count,
    )


def _midnights(day: date, zone: str) -> list[datetime]:
    """When the day begins at the practice, and in UTC, in which a date without a time is kept: both days count."""
    found = [datetime.combine(day, time(), UTC)]
    with suppress(OverflowError):  # the first day of the calendar has no other beginning
        found.append(datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC))
    return found


def _notes(found: everything.Chart) -> list[Issue]:
    if not found.withheld:
        return []
    names = ", ".join(found.withheld)
    return [Issue("information", "suppressed", "", f"The token's scopes do not show these types: {names}.")]


def _address(request: Request, patient: str, asked: list[tuple[str, str]]) -> str:
    return f"{request.base}/Patient/{patient}/$everything{'?' if asked else ''}{urlencode(asked)}"

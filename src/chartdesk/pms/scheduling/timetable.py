"""Reading hours, absences, holidays and bookings for the days in question: one statement each."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from chartdesk.kit.errors import Invalid
from chartdesk.pms.scheduling.availability import DayException, Hours, Span, Taken, Week, day_span
from chartdesk.pms.scheduling.models import LONGEST
from chartdesk.record import database
from chartdesk.record.access.models import Practice
from chartdesk.record.access.subject import Subject

#: Minutes between the starts that are offered, unless the practice's setting ``slot_minutes`` says otherwise.
SLOT_MINUTES = 15

_HOURS = """
    SELECT resource_id, site_id, weekday, starts, ends,
           ARRAY(SELECT jsonb_array_elements_text(visit_types)), valid_from, valid_to
      FROM scheduling_weeklyhours
     WHERE practice = %(practice)s AND resource_id = ANY(%(resources)s::int4[])
     ORDER BY id
"""
_EXCEPTIONS = """
    SELECT resource_id, date, starts, ends, open, site_id, reason
      FROM scheduling_hoursexception
     WHERE practice = %(practice)s AND date BETWEEN %(first)s AND %(last)s
       AND resource_id = ANY(%(resources)s::int4[])
     ORDER BY id
"""
_HOLIDAYS = """
    SELECT date, name FROM scheduling_holiday
     WHERE practice = %(practice)s AND date BETWEEN %(first)s AND %(last)s
"""
_TAKEN = """
    SELECT resource_id, lane, starts, ends
      FROM scheduling_booking
     WHERE practice = %(practice)s AND resource_id = ANY(%(resources)s::int4[])
       AND starts > %(earliest)s AND starts < %(ends)s AND ends > %(starts)s AND appointment <> %(but)b
"""
_PATIENT_TAKEN = """
    SELECT 0, starts, ends
      FROM scheduling_patientbooking
     WHERE practice = %(practice)s AND patient = %(patient)b
       AND starts > %(earliest)s AND starts < %(ends)s AND ends > %(starts)s AND appointment <> %(but)b
"""


@dataclass
class Timetable:
    """When each resource works, and the practice's holidays by date."""

    zone: str
    weeks: dict[int, Week] = field(default_factory=dict)
    holidays: dict[date, str] = field(default_factory=dict)

    def week(self, resource: int) -> Week:
        return self.weeks.get(resource, Week())


def slot_minutes(practice: Practice) -> int:
    """Minutes between offered starts: the practice's setting ``slot_minutes``, 5 to 120."""
    minutes = practice.settings.get("slot_minutes", SLOT_MINUTES)
    if not isinstance(minutes, int) or not 5 <= minutes <= 120:
        raise Invalid(f"slot_minutes is {minutes!r}.", cure="Set it to a whole number from 5 to 120.")
    return minutes


def timetable(subject: Subject, resources: Collection[int], first: date, last: date, zone: str) -> Timetable:
    """The hours of ``resources`` from ``first`` to ``last`` (local dates, both included)."""
    values = {
        "practice": subject.practice,
        "resources": array(resources),
        "first": first,
        "last": last,
    }
    hours: dict[int, list[Hours]] = {}
    for resource, site, weekday, starts, ends, types, valid_from, valid_to in database.rows(_HOURS, values):
        weekly = Hours(site, weekday, starts, ends, frozenset(types), valid_from, valid_to)
        hours.setdefault(resource, []).append(weekly)
    exceptions: dict[int, list[DayException]] = {}
    for resource, *row in database.rows(_EXCEPTIONS, values):
        exceptions.setdefault(resource, []).append(DayException(*row))
    known = hours.keys() | exceptions.keys()
    weeks = {resource: Week(hours.get(resource, ()), exceptions.get(resource, ())) for resource in known}
    return Timetable(zone, weeks, dict(database.rows(_HOLIDAYS, values)))


def taken(subject: Subject, resources: Collection[int], span: Span, *, but: str = "") -> dict[int, list[Taken]]:
    """What is booked of ``resources`` in ``span``; the bookings of appointment ``but`` are left out."""
    found: dict[int, list[Taken]] = {resource: [] for resource in resources}
    for resource, lane, starts, ends in database.rows(
        _TAKEN, {**_bounds(subject, span, but), "resources": array(resources)}
    ):
        found[resource].append(Taken(lane, Span(starts, ends)))
    return found


def patient_taken(subject: Subject, patient: str, span: Span, *, but: str = "") -> list[Taken]:
    """The patient's own visits in ``span``, all in lane 0."""
    rows = database.rows(_PATIENT_TAKEN, {**_bounds(subject, span, but), "patient": patient})
    return [Taken(lane, Span(starts, ends)) for lane, starts, ends in rows]


def days(first: date, last: date) -> list[date]:
    """Every date from ``first`` to ``last``, both included."""
    return [first + timedelta(days=count) for count in range((last - first).days + 1)]


def days_span(first: date, last: date, zone: str) -> Span:
    """From the beginning of the first local day to the end of the last."""
    return Span(day_span(first, zone).starts, day_span(last, zone).ends)


def array(numbers: Iterable[int]) -> str:
    """Numbers as the text of a PostgreSQL array."""
    return "{" + ",".join(map(str, sorted(numbers))) + "}"


def _bounds(subject: Subject, span: Span, but: str) -> dict[str, object]:
    return {
        "practice": subject.practice,
        "starts": span.starts,
        "ends": span.ends,
        "earliest": span.starts - LONGEST,
        "but": but,
    }

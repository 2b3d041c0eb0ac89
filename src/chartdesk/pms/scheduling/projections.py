"""What follows a write of an Appointment: its index row, a notice to open pages, and the events."""

from __future__ import annotations

from chartdesk.kit import live, outbox
from chartdesk.pms.scheduling import content, directory, events, seating
from chartdesk.pms.scheduling.content import Visit
from chartdesk.pms.scheduling.rules import HOLDING
from chartdesk.record import database
from chartdesk.record.access import Subject
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import r4

#: Column of the index for the time of each step.
_TIMES = {
    "booked": "booked",
    "confirmed": "confirmed",
    "arrived": "arrived",
    "roomed": "roomed",
    "departed": "departed",
    "cancelled": "cancelled",
    "noshow": "no_show",
}
_COLUMNS = (
    "patient",
    "provider_id",
    "room_id",
    "site_id",
    "visit_type",
    "starts",
    "ends",
    "status",
    "reason",
    *_TIMES.values(),
    "cancel_reason",
    "overbooked",
    "version",
)
_UPSERT = f"""
    INSERT INTO scheduling_appointmentindex (practice, appointment, {", ".join(_COLUMNS)})
    VALUES (
        %(practice)s, %(appointment)b, %(patient)b,
        (SELECT id FROM scheduling_resource
          WHERE practice = %(practice)s AND practitioner = %(practitioner)b AND kind = 'provider' LIMIT 1),
        (SELECT id FROM scheduling_resource
          WHERE practice = %(practice)s AND location = ANY(%(locations)b::text[]) AND kind = 'room' LIMIT 1),
        (SELECT id FROM scheduling_site
          WHERE practice = %(practice)s AND location = ANY(%(locations)b::text[]) LIMIT 1),
        %(visit_type)b, %(starts)s, %(ends)s, %(status)b, %(reason)b,
        {", ".join(f"%({column})s::timestamptz" for column in _TIMES.values())},
        %(cancel_reason)b,
        EXISTS (SELECT FROM scheduling_booking b JOIN scheduling_resource r ON r.id = b.resource_id
                 WHERE b.practice = %(practice)s AND b.appointment = %(appointment)b AND b.lane >= r.lanes),
        %(version)s)
    ON CONFLICT (practice, appointment) DO UPDATE
       SET {", ".join(f"{column} = excluded.{column}" for column in _COLUMNS)}
"""
_REMOVE = "DELETE FROM scheduling_appointmentindex WHERE practice = %s AND appointment = %s"


def follow(subject: Subject, old: Stored | None, new: Stored | None) -> None:
    """Bring index, pages and subscribers to what was written; ``new`` is None for a delete."""
    before, after = _visit(old), _visit(new)
    written = new or old
    assert written is not None
    if new is None:
        seating.release(subject, written.id)
    if new is not None and after is not None and after.step:
        index(subject, new, after)
    else:
        database.execute(_REMOVE, [subject.practice, written.id])
    _announce(subject, before, after)
    concerned = after or before
    patient = concerned.patient if concerned else ""
    for kind in happenings(before, after):
        payload = {"appointment_id": written.id, "patient_id": patient}
        outbox.emit(subject, kind, events.stream(patient), payload, actor=subject.actor)


def _visit(stored: Stored | None) -> Visit | None:
    if stored is None or stored.deleted:
        return None
    assert isinstance(stored.resource, r4.Appointment)
    return content.visit(stored.resource)


def index(subject: Subject, stored: Stored, visit: Visit) -> None:
    """Write the index row of a visit as the record has it."""
    times = {step.name: step.at for step in visit.steps}
    database.execute(
        _UPSERT,
        {
            "practice": subject.practice,
            "appointment": stored.id,
            "patient": visit.patient,
            "practitioner": visit.practitioner or "-",
            "locations": list(visit.locations),
            "visit_type": visit.visit_type,
            "starts": visit.starts,
            "ends": visit.ends,
            "status": visit.step,
            "reason": visit.reason,
            "cancel_reason": visit.cancel_reason,
            "version": stored.version,
            **{column: times.get(step) for step, column in _TIMES.items()},
        },
    )


def happenings(before: Visit | None, after: Visit | None) -> list[str]:
    """The kinds of events that lie between two states of a visit, in order."""
    was, now = before.step if before else "", after.step if after else ""
    if not now or after is None:
        return [events.CANCELLED] if was in HOLDING else []
    if not was or before is None:
        return [events.OF_STEP[step.name] for step in after.steps]
    found = []
    if was in HOLDING and now in HOLDING and _content(before) != _content(after):
        found.append(events.MOVED)
    if len(after.steps) > len(before.steps):
        found.append(events.OF_STEP[now])
    elif len(after.steps) < len(before.steps) and was not in HOLDING:
        found.append(events.BOOKED)
    elif len(after.steps) < len(before.steps) and not found:
        found.append(events.STEP_UNDONE)
    return found


def _content(visit: Visit) -> tuple[object, ...]:
    return (
        visit.starts,
        visit.ends,
        visit.practitioner,
        visit.locations,
        visit.visit_type,
        visit.reason,
    )


def _announce(subject: Subject, before: Visit | None, after: Visit | None) -> None:
    zone = directory.zone(subject)
    days = {content.local_date(visit.starts, zone) for visit in (before, after) if visit and visit.starts}
    for day in sorted(days):
        live.announce(subject, "day", day.isoformat())

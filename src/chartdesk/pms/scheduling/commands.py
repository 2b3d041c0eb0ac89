"""Booking a visit and taking it through the clinic.

Each command writes the Appointment; the rules in ``appointments`` decide, take the time, record the step,
announce it. A command that was given no version takes the present one, and tries again where somebody else
was faster.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, Invalid, NotFound, Stale
from chartdesk.kit.ids import new_id
from chartdesk.kit.transactions import transaction
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.scheduling import content, directory, rules
from chartdesk.pms.scheduling.conflicts import BookingConflict, Opening, OutsideHours, Overlap
from chartdesk.pms.scheduling.content import OUTSIDE_HOURS, OVERBOOK, SAME_TIME, Actor
from chartdesk.record import store
from chartdesk.record.access import Role, Subject
from chartdesk.standards.fhir import r4

__all__ = [
    "Booked",
    "BookingConflict",
    "BookingRequest",
    "Opening",
    "OutsideHours",
    "Overlap",
    "book",
    "cancel",
    "check_in",
    "check_out",
    "confirm",
    "move",
    "no_show",
    "room",
    "undo",
]

#: Who books visits and takes them through the clinic.
STAFF = (Role.FRONT_DESK, Role.NURSE, Role.CLINICIAN, Role.BILLER, Role.MANAGER)
_TRIES = 3


@dataclass(frozen=True)
class BookingRequest:
    """What is wanted. ``starts`` is aware; ``minutes`` None means the visit type's own length.

    ``overbook`` permits a lane beyond the provider's own, as far as the visit type allows;
    ``outside_hours`` a time outside of working hours; ``same_time`` confirms that the patient has another
    visit then.
    """

    patient_id: str
    provider_id: int
    site_id: int
    visit_type: str
    starts: datetime
    minutes: int | None = None
    room_id: int | None = None
    reason: str = ""
    overbook: bool = False
    outside_hours: bool = False
    same_time: bool = False


@dataclass(frozen=True)
class Booked:
    """The appointment that was written, and its version."""

    appointment_id: str
    version: int


def book(subject: Subject, request: BookingRequest) -> Booked:
    """Book a visit.

    Raises BookingConflict where provider, room or patient is taken, OutsideHours, Forbidden, Invalid, and
    NotFound for an unknown patient, provider, site or room.
    """
    subject.require(*STAFF)
    minutes = _whole_minutes(request)
    with transaction(subject):
        cast = directory.chosen(
            subject,
            provider=request.provider_id,
            site=request.site_id,
            room=request.room_id,
            visit_type=request.visit_type,
        )
        provider, kind = cast.provider, cast.visit_type
        assert provider and kind
        resource = content.appointment(
            new_id(),
            patient=Actor(request.patient_id, _patient_name(subject, request.patient_id)),
            practitioner=Actor(provider.practitioner, provider.name),
            locations=cast.places,
            visit_type=(kind.code, kind.name),
            starts=request.starts,
            ends=request.starts + timedelta(minutes=minutes or kind.minutes),
            reason=request.reason.strip(),
            created=clock.now(),
            allowances=_allowances(request.overbook, request.outside_hours, request.same_time),
        )
        stored = store.put(subject, resource, create=True)
    return Booked(stored.id, stored.version)


def move(
    subject: Subject,
    appointment_id: str,
    starts: datetime | None = None,
    *,
    provider_id: int | None = None,
    room_id: int | None = None,
    site_id: int | None = None,
    visit_type: str | None = None,
    minutes: int | None = None,
    reason: str | None = None,
    version: int | None = None,
    overbook: bool = False,
    outside_hours: bool = False,
    same_time: bool = False,
) -> Booked:
    """Change time, provider, room, site, visit type, length or reason; None leaves a thing as it is.

    Without ``site_id`` a visit that goes to another room goes to that room's site. Raises as ``book`` does,
    Stale where ``version`` is not the present one, Conflict where the visit is past moving.
    """

    def change(resource: r4.Appointment) -> r4.Appointment:
        if provider_id is not None:
            provider = directory.resource(subject, provider_id, "provider")
            resource = content.with_practitioner(resource, Actor(provider.practitioner, provider.name))
        if room_id is not None or site_id is not None:
            resource = _placed(subject, resource, room_id, site_id)
        length = minutes
        if visit_type is not None:
            kind = directory.visit_type(subject, visit_type)
            resource = content.with_visit_type(resource, kind.code, kind.name)
            length = minutes or kind.minutes
        if reason is not None:
            resource = content.with_reason(resource, reason.strip())
        # What was permitted for one time is not permitted for another; a new room or reason keeps it.
        new = starts or provider_id or site_id or visit_type or minutes
        kept = set() if new else content.visit(resource).allowances
        allowances = kept | _allowances(overbook, outside_hours, same_time)
        return content.with_allowances(_timed(resource, starts, length), allowances)

    if starts is not None:
        _must_be_aware(starts)
    return _amend(subject, appointment_id, change, version)


def confirm(subject: Subject, appointment_id: str, *, version: int | None = None) -> Booked:
    """The patient says that they will come. Raises Conflict where the visit is past that."""
    return _step(subject, appointment_id, "confirm", version)


def check_in(subject: Subject, appointment_id: str, *, version: int | None = None) -> Booked:
    """The patient has arrived. Raises Conflict: before the visit's day, cancelled, already checked in."""
    return _step(subject, appointment_id, "check_in", version)


def room(subject: Subject, appointment_id: str, room_id: int | None = None, *, version: int | None = None) -> Booked:
    """Bring the patient to a room, or to another one.

    Raises Conflict before check-in, BookingConflict where the room is taken.
    """

    def change(resource: r4.Appointment) -> r4.Appointment:
        if room_id is not None:
            resource = _placed(subject, resource, room_id, None)
        visit = content.visit(resource)
        return resource if visit.step == "roomed" and room_id is not None else _stepped(resource, "room")

    return _amend(subject, appointment_id, change, version)


def check_out(subject: Subject, appointment_id: str, *, version: int | None = None) -> Booked:
    """The patient leaves. Raises Conflict before check-in."""
    return _step(subject, appointment_id, "check_out", version)


def no_show(subject: Subject, appointment_id: str, *, version: int | None = None) -> Booked:
    """The patient did not come; the time is free again. Raises Conflict before the visit's time."""
    return _step(subject, appointment_id, "no_show", version)


def cancel(subject: Subject, appointment_id: str, reason: str, *, version: int | None = None) -> Booked:
    """Cancel the visit; its time is free again. Raises Invalid without a reason, Conflict once in a room."""
    if not reason.strip():
        raise Invalid("A cancellation needs a reason.", where="reason", cure="Say who cancelled and why.")

    def change(resource: r4.Appointment) -> r4.Appointment:
        return content.with_cancel_reason(_stepped(resource, "cancel"), reason.strip())

    return _amend(subject, appointment_id, change, version)


def undo(subject: Subject, appointment_id: str, *, version: int | None = None) -> Booked:
    """Take the last step back.

    Raises Conflict where there is none, BookingConflict where the time of a cancelled visit is taken by now.
    """

    def change(resource: r4.Appointment) -> r4.Appointment:
        steps = content.visit(resource).steps
        refusal = rules.undo_refusal(tuple(step.name for step in steps))
        if refusal:
            raise Conflict(refusal.message, cure=refusal.cure)
        return content.with_cancel_reason(content.with_steps(resource, steps[:-1]), "")

    return _amend(subject, appointment_id, change, version)


def _step(subject: Subject, appointment_id: str, action: str, version: int | None) -> Booked:
    return _amend(subject, appointment_id, lambda resource: _stepped(resource, action), version)


def _stepped(resource: r4.Appointment, action: str) -> r4.Appointment:
    """The resource one step on. Raises Conflict where the action is not possible."""
    steps = content.visit(resource).steps
    refusal = rules.refusal(action, steps[-1].name if steps else resource.status or "")
    if refusal:
        raise Conflict(refusal.message, cure=refusal.cure, where="Appointment.status")
    leads_to = rules.ACTIONS[action].leads_to
    assert leads_to is not None
    return content.with_steps(resource, [*steps, content.Step(leads_to, clock.now())])


def _amend(
    subject: Subject,
    appointment_id: str,
    change: Callable[[r4.Appointment], r4.Appointment],
    version: int | None,
    tries: int = _TRIES,
) -> Booked:
    subject.require(*STAFF)
    try:
        with transaction(subject):
            stored = store.get(subject, "Appointment", appointment_id)
            assert isinstance(stored.resource, r4.Appointment)
            expected = stored.version if version is None else version
            changed = store.put(subject, change(stored.resource), expect=expected)
        return Booked(changed.id, changed.version)
    except Stale:
        if version is not None or tries == 1:
            raise
    return _amend(subject, appointment_id, change, version, tries - 1)


def _timed(resource: r4.Appointment, starts: datetime | None, minutes: int | None) -> r4.Appointment:
    visit = content.visit(resource)
    assert visit.starts and visit.ends
    length = timedelta(minutes=minutes) if minutes else visit.ends - visit.starts
    begin = starts or visit.starts
    return content.with_times(resource, begin, begin + length)


def _placed(subject: Subject, resource: r4.Appointment, room_id: int | None, site_id: int | None) -> r4.Appointment:
    """The resource at another room or site. A room that is not at the new site is left behind."""
    present = directory.cast(subject, content.visit(resource))
    chosen = directory.resource(subject, room_id, "room") if room_id is not None else present.room
    site = directory.site(subject, site_id) if site_id is not None else None
    site = site or (chosen.site if chosen else None) or present.site
    if room_id is None and chosen and site and chosen.site_id != site.pk:
        chosen = None
    return content.with_locations(resource, directory.Cast(None, chosen, site, None).places)


def _allowances(overbook: bool, outside_hours: bool, same_time: bool) -> set[str]:
    given = ((OVERBOOK, overbook), (OUTSIDE_HOURS, outside_hours), (SAME_TIME, same_time))
    return {code for code, permitted in given if permitted}


def _whole_minutes(request: BookingRequest) -> int | None:
    _must_be_aware(request.starts)
    if request.minutes is not None and not 1 <= request.minutes <= 24 * 60:
        raise Invalid(f"{request.minutes} minutes is no length of a visit.", where="minutes", cure="Use 1 to 1440.")
    return request.minutes


def _must_be_aware(starts: datetime) -> None:
    if starts.tzinfo is None:
        raise Invalid("The start has no time zone.", where="starts", cure="Give an aware datetime.")


def _patient_name(subject: Subject, patient_id: str) -> str:
    found = registration.names(subject, [patient_id]).get(patient_id)
    if found is None:
        raise NotFound(f"There is no patient {patient_id}.", where="patient_id", cure="Register the patient first.")
    return found.name

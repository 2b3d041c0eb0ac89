"""Visits as another system tells of them.

Where the schedule is kept elsewhere (mode ``ehr``), a visit is written down as it was told. Where it is kept here, what
another system asks for goes through the same commands as the front desk's: it is booked, moved or refused like theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, Invalid
from chartdesk.kit.ids import new_id
from chartdesk.kit.transactions import transaction
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.scheduling import commands, content, directory, queries
from chartdesk.pms.scheduling.commands import Booked, BookingRequest
from chartdesk.pms.scheduling.content import Actor, Step
from chartdesk.pms.scheduling.models import Resource, Site, VisitType
from chartdesk.record import store
from chartdesk.record.access import Subject, modes
from chartdesk.record.identities import queries as identities
from chartdesk.record.identities.identifiers import APPOINTMENT, LOCATION, NPI, PRACTITIONER, Identifier, own_authority
from chartdesk.record.reading import several
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import r4

#: The steps on the way of a visit that takes place, in order, with what takes each.
_ON = {
    "confirmed": commands.confirm,
    "arrived": commands.check_in,
    "roomed": commands.room,
    "departed": commands.check_out,
}
_ORDER = ("booked", *_ON)


@dataclass(frozen=True)
class VisitTold:
    """A visit as it stands elsewhere. ``appointment_id`` is empty for a new one. ``status`` is booked, confirmed,
    arrived, roomed or departed; ``steps`` says when, where that was told. A site or room that is not known is empty.
    """

    appointment_id: str
    patient_id: str
    practitioner: str
    starts: datetime
    ends: datetime
    status: str = "booked"
    visit_type: str = ""
    visit_type_name: str = ""
    reason: str = ""
    site_id: int | None = None
    room: str = ""
    steps: dict[str, datetime] = field(default_factory=dict)


def register() -> None:
    """Know our own visits, providers and places by the numbers that we gave them. Called once, at the start."""
    identities.found_by(APPOINTMENT, _own_visits)
    identities.found_by(PRACTITIONER, _own_providers)
    identities.found_by(LOCATION, _own_places)


def take_in(subject: Subject, told: VisitTold) -> Booked:
    """Bring the visit to what was told. Raises as ``commands.book`` and ``commands.move`` do where it is kept here."""
    if told.status not in _ORDER:
        raise Invalid(f"{told.status!r} is no step of a visit.", where="SCH-25", cure=f"One of {', '.join(_ORDER)}.")
    with transaction(subject):
        return _as_told(subject, told) if modes.mode_of(subject) == modes.EHR else _requested(subject, told)


def withdraw(subject: Subject, appointment_id: str, status: str, reason: str) -> Booked:
    """The visit does not take place: ``status`` is cancelled or noshow. Again changes nothing. Raises Conflict."""
    with transaction(subject):
        view = queries.appointment(subject, appointment_id)
        if view.status == status:
            return Booked(appointment_id, view.version)
        if modes.mode_of(subject) == modes.EHR:
            old = store.read(subject, r4.Appointment, appointment_id)
            steps = [*content.visit(old).steps, Step(status, clock.now())]
            made = content.with_cancel_reason(content.with_steps(old, steps), reason)
            return _booked(store.put(subject, made))
        if status == "noshow":
            return commands.no_show(subject, appointment_id)
        return commands.cancel(subject, appointment_id, reason or "Cancelled by the other system.")


def site_named(subject: Subject, name: str) -> Site | None:
    """The site that is called so; the only one there is, where no name was told."""
    rows = Site.objects.filter(practice=subject.practice, active=True)
    found = list(rows.filter(name=name)[:1] if name else rows[:2])
    return found[0] if len(found) == 1 else None


# Kept elsewhere --------------------------------------------------------------------------------------


def _as_told(subject: Subject, told: VisitTold) -> Booked:
    old = store.read(subject, r4.Appointment, told.appointment_id) if told.appointment_id else None
    kind = VisitType.objects.filter(practice=subject.practice, code=told.visit_type).first()
    places = _places(subject, told)
    made = content.appointment(
        told.appointment_id or new_id(),
        patient=Actor(told.patient_id, _name(subject, told.patient_id)),
        practitioner=Actor(told.practitioner, _provider_name(subject, told.practitioner)),
        locations=places,
        visit_type=(kind.code, kind.name) if kind else ("", ""),
        starts=told.starts,
        ends=told.ends,
        reason=told.reason,
        created=clock.now(),
        allowances=(),
    )
    if kind is None:
        # A kind of visit that the practice does not have is shown by its name, and means nothing more here.
        named = told.visit_type_name or told.visit_type
        made.serviceType = [r4.CodeableConcept(text=named)] if named else []
    if old is not None:
        made.created = old.created
        made.identifier, made.comment, made.patientInstruction = old.identifier, old.comment, old.patientInstruction
    before = content.visit(old).steps if old is not None else ()
    made = content.with_steps(made, _steps(told, before))
    if old is not None and _says_the_same(made, old):
        return Booked(told.appointment_id, store.get(subject, "Appointment", told.appointment_id).version)
    return _booked(store.put(subject, made))


def _says_the_same(made: r4.Appointment, old: r4.Appointment) -> bool:
    return content.visit(made) == content.visit(old)


def _steps(told: VisitTold, before: tuple[Step, ...]) -> list[Step]:
    """The way to where the visit stands: steps that were taken keep their times, new ones have those that were told."""
    known = {step.name: step.at for step in before}
    found = []
    for name in _ORDER[: _ORDER.index(told.status) + 1]:
        at = told.steps.get(name) or known.get(name)
        if at is not None or name in ("booked", told.status):
            found.append(Step(name, at or clock.now()))
    return found


def _places(subject: Subject, told: VisitTold) -> list[Actor]:
    site = directory.site(subject, told.site_id) if told.site_id is not None else None
    if site is None:
        return []
    rooms = Resource.objects.filter(practice=subject.practice, kind="room", name=told.room, site=site, active=True)
    room = rooms.first() if told.room else None
    found = [Actor(site.location, site.name)]
    return [*found, Actor(room.location, room.name)] if room is not None else found


def _name(subject: Subject, patient_id: str) -> str:
    found = registration.names(subject, [patient_id]).get(patient_id)
    return found.name if found else ""


def _provider_name(subject: Subject, practitioner: str) -> str:
    row = Resource.objects.filter(practice=subject.practice, kind="provider", practitioner=practitioner).first()
    return str(row.name) if row else ""


def _booked(stored: Stored) -> Booked:
    return Booked(stored.id, stored.version)


# Kept here --------------------------------------------------------------------------------------------


def _requested(subject: Subject, told: VisitTold) -> Booked:
    provider = Resource.objects.filter(
        practice=subject.practice, kind="provider", practitioner=told.practitioner
    ).first()
    if provider is None:
        raise Invalid("The provider has no schedule here.", where="AIP-3", cure="Set the provider up, then try again.")
    site_id = told.site_id or provider.site_id
    if site_id is None:
        raise Invalid("The message names no place that is known.", where="AIL-3", cure="Name a site of the practice.")
    minutes = max(int((told.ends - told.starts).total_seconds() // 60), 1)
    if not told.appointment_id:
        wanted = BookingRequest(
            told.patient_id, provider.pk, site_id, told.visit_type, told.starts, minutes, reason=told.reason
        )
        made = commands.book(subject, wanted)
    else:
        made = _changed(subject, told, provider.pk, site_id, minutes)
    return _taken_on(subject, made, told.status)


def _changed(subject: Subject, told: VisitTold, provider_id: int, site_id: int, minutes: int) -> Booked:
    view = queries.appointment(subject, told.appointment_id)
    if view.patient_id != told.patient_id:
        raise Conflict("The visit is another patient's.", where="PID-3", cure="Cancel it and book a new one.")
    if view.status in ("cancelled", "noshow"):
        commands.undo(subject, told.appointment_id)
    changes: dict[str, object] = {}
    if (view.starts, view.minutes) != (told.starts, minutes):
        changes |= {"starts": told.starts, "minutes": minutes}
    if view.provider_id != provider_id:
        changes["provider_id"] = provider_id
    if view.site_id != site_id:
        changes["site_id"] = site_id
    if told.visit_type and view.visit_type != told.visit_type:
        changes |= {"visit_type": told.visit_type, "minutes": minutes}
    if told.reason and view.reason != told.reason:
        changes["reason"] = told.reason
    if not changes:
        return Booked(told.appointment_id, view.version)
    return commands.move(subject, told.appointment_id, **changes)  # type: ignore[arg-type]


def _taken_on(subject: Subject, made: Booked, status: str) -> Booked:
    """The visit taken to where it stands elsewhere; a step that is behind it already is none."""
    stands = queries.appointment(subject, made.appointment_id).status
    if stands not in _ORDER or _ORDER.index(status) <= _ORDER.index(stands):
        return made
    for name in _ORDER[_ORDER.index(stands) + 1 : _ORDER.index(status) + 1]:
        if name == status or name not in ("confirmed", "roomed"):
            made = _ON[name](subject, made.appointment_id)
    return made


# Numbers of our own -----------------------------------------------------------------------------------


def _own_visits(subject: Subject, numbers: Sequence[Identifier]) -> dict[Identifier, str]:
    own = own_authority(subject)
    mine = {one.value: one for one in numbers if one.authority == own}
    found = several(subject, "Appointment", mine, why="number") if mine else {}
    return {mine[id]: id for id in found}


def _own_providers(subject: Subject, numbers: Sequence[Identifier]) -> dict[Identifier, str]:
    """By NPI, and by the id that we gave."""
    own = own_authority(subject)
    rows = Resource.objects.filter(practice=subject.practice, kind="provider").exclude(practitioner="")
    known: dict[tuple[str, str], str] = {}
    for npi, practitioner in rows.values_list("npi", "practitioner"):
        known[own, practitioner] = practitioner
        if npi:
            known[NPI, npi] = practitioner
    return {one: known[one.key] for one in numbers if one.key in known}


def _own_places(subject: Subject, numbers: Sequence[Identifier]) -> dict[Identifier, str]:
    own = own_authority(subject)
    rows = Site.objects.filter(practice=subject.practice).values_list("pk", "location")
    known = {(own, str(pk)): location for pk, location in rows}
    return {one: known[one.key] for one in numbers if one.key in known}

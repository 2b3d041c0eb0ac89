"""Reading the schedule: openings, the day, the calendar, a patient's visits.

Each query is a handful of statements, however many visits it shows, and notes in the audit whose they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from chartdesk.kit.errors import Invalid, NotFound
from chartdesk.kit.transactions import reading
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.scheduling import directory
from chartdesk.pms.scheduling import openings as search
from chartdesk.pms.scheduling.conflicts import Opening
from chartdesk.pms.scheduling.models import LONGEST, AppointmentIndex, Resource, Site, VisitType
from chartdesk.pms.scheduling.timetable import days_span
from chartdesk.record import audit
from chartdesk.record.access import Subject, people

__all__ = [
    "AppointmentView",
    "Opening",
    "appointment",
    "calendar",
    "day",
    "of_patient",
    "openings",
    "providers",
    "rooms",
    "sites",
    "visit_types",
]

#: The longest stretch of days that one search or one calendar covers.
MOST_DAYS = 400


@dataclass(frozen=True)
class AppointmentView:
    """A visit as lists, calendars and other rooms see it. Times are aware UTC; see ``AppointmentIndex``."""

    appointment_id: str
    patient_id: str
    patient_name: str
    patient_mrn: str
    patient_birth_date: date | None
    patient_phone: str
    provider_id: int | None
    provider_name: str
    practitioner: str
    room_id: int | None
    room_name: str
    site_id: int | None
    site_name: str
    place_of_service: str
    visit_type: str
    visit_type_name: str
    note_template: str
    color: str
    starts: datetime
    ends: datetime
    status: str
    reason: str
    booked: datetime | None
    confirmed: datetime | None
    arrived: datetime | None
    roomed: datetime | None
    departed: datetime | None
    cancelled: datetime | None
    no_show: datetime | None
    cancel_reason: str
    overbooked: bool
    version: int

    @property
    def minutes(self) -> int:
        """The length that was booked."""
        return int((self.ends - self.starts).total_seconds() // 60)


def openings(
    subject: Subject,
    visit_type: str,
    *,
    first: date,
    last: date,
    provider_ids: Sequence[int] | None = None,
    site_id: int | None = None,
    part: str = "any",
    minutes: int | None = None,
    patient_id: str = "",
    limit: int = 20,
) -> list[Opening]:
    """Free times for a visit type, by time, then by provider.

    ``first`` and ``last`` are local dates, both included; ``part`` is morning, afternoon or any;
    ``minutes`` None means the type's own length. With ``patient_id`` the patient's own visits count as
    taken. Raises Invalid.
    """
    if part not in ("morning", "afternoon", "any"):
        raise Invalid(f"{part!r} is no part of a day.", where="part", cure="Use morning, afternoon or any.")
    if not first <= last <= first + timedelta(days=MOST_DAYS):
        raise Invalid("The search ends before it begins, or is too long.", where="last", cure="Search up to a year.")
    with reading(subject):
        kind = directory.visit_type(subject, visit_type)
        wanted = search.Search(
            visit_type=kind.code,
            minutes=minutes or kind.minutes,
            providers=search.providers(subject, provider_ids),
            site=site_id,
            part=part,
            patient=patient_id,
        )
        return search.openings(subject, wanted, first, last, limit)


def day(
    subject: Subject,
    on: date,
    *,
    site_id: int | None = None,
    provider_id: int | None = None,
    statuses: Iterable[str] | None = None,
) -> list[AppointmentView]:
    """All visits of a local date, by time, then by provider; cancelled ones and no-shows too."""
    with reading(subject):
        span = days_span(on, on, people.practice_of(subject).zone)
        return calendar(
            subject,
            span.starts,
            span.ends,
            site_id=site_id,
            provider_ids=None if provider_id is None else [provider_id],
            statuses=statuses,
        )


def calendar(
    subject: Subject,
    starts: datetime,
    ends: datetime,
    *,
    site_id: int | None = None,
    provider_ids: Sequence[int] | None = None,
    statuses: Iterable[str] | None = None,
) -> list[AppointmentView]:
    """All visits that overlap the time from ``starts`` to ``ends`` (aware), by time, then by provider."""
    if ends - starts > timedelta(days=MOST_DAYS):
        raise Invalid("That is too long for a calendar.", where="ends", cure="Show up to a year.")
    with reading(subject):
        rows = AppointmentIndex.objects.filter(
            practice=subject.practice, starts__lt=ends, starts__gt=starts - LONGEST, ends__gt=starts
        )
        if site_id is not None:
            rows = rows.filter(site=site_id)
        if provider_ids is not None:
            rows = rows.filter(provider__in=provider_ids)
        if statuses is not None:
            rows = rows.filter(status__in=list(statuses))
        found = _views(subject, rows.order_by("starts", "provider", "appointment"))
        return _noted(subject, found, "calendar")


def appointment(subject: Subject, appointment_id: str) -> AppointmentView:
    """One visit. Raises NotFound."""
    with reading(subject):
        rows = AppointmentIndex.objects.filter(practice=subject.practice, appointment=appointment_id)
        found = _views(subject, rows)
        if not found:
            raise NotFound(f"There is no visit {appointment_id}.", cure="Reload the list.")
        return _noted(subject, found, "")[0]


def of_patient(subject: Subject, patient_id: str) -> list[AppointmentView]:
    """All visits of a patient, the latest first."""
    with reading(subject):
        rows = AppointmentIndex.objects.filter(practice=subject.practice, patient=patient_id)
        return _noted(subject, _views(subject, rows.order_by("-starts", "appointment")), "of patient")


def providers(subject: Subject, *, active: bool = True) -> list[Resource]:
    """The practice's providers by name."""
    return _resources(subject, "provider", active)


def rooms(subject: Subject, *, site_id: int | None = None, active: bool = True) -> list[Resource]:
    """The rooms by name, of one site or of all."""
    found = _resources(subject, "room", active)
    return [room for room in found if site_id is None or room.site_id == site_id]


def sites(subject: Subject, *, active: bool = True) -> list[Site]:
    """The practice's sites by name."""
    with reading(subject):
        rows = Site.objects.filter(practice=subject.practice).order_by("name")
        return list(rows.filter(active=True) if active else rows)


def visit_types(subject: Subject, *, active: bool = True) -> list[VisitType]:
    """The practice's visit types by name."""
    with reading(subject):
        rows = VisitType.objects.filter(practice=subject.practice).order_by("name")
        return list(rows.filter(active=True) if active else rows)


def _resources(subject: Subject, kind: str, active: bool) -> list[Resource]:
    with reading(subject):
        rows = Resource.objects.select_related("site").filter(practice=subject.practice, kind=kind)
        return list((rows.filter(active=True) if active else rows).order_by("name"))


def _views(subject: Subject, rows: QuerySet[AppointmentIndex]) -> list[AppointmentView]:
    """The rows with the names of everybody in them: one more statement for patients, one for visit types."""
    found = list(rows.select_related("provider", "room", "site"))
    if not found:
        return []
    patients = registration.names(subject, sorted({row.patient for row in found}))
    kinds = {kind.code: kind for kind in VisitType.objects.filter(practice=subject.practice)}
    return [_view(row, patients.get(row.patient), kinds.get(row.visit_type)) for row in found]


def _view(row: AppointmentIndex, patient: registration.PatientHit | None, kind: VisitType | None) -> AppointmentView:
    return AppointmentView(
        appointment_id=row.appointment,
        patient_id=row.patient,
        patient_name=patient.name if patient else "",
        patient_mrn=patient.mrn if patient else "",
        patient_birth_date=patient.birth_date if patient else None,
        patient_phone=patient.phone if patient else "",
        provider_id=row.provider_id,
        provider_name=row.provider.name if row.provider else "",
        practitioner=row.provider.practitioner if row.provider else "",
        room_id=row.room_id,
        room_name=row.room.name if row.room else "",
        site_id=row.site_id,
        site_name=row.site.name if row.site else "",
        place_of_service=row.site.place_of_service if row.site else "",
        visit_type=row.visit_type,
        visit_type_name=kind.name if kind else "",
        note_template=kind.note_template if kind else "",
        color=kind.color if kind else "",
        starts=row.starts,
        ends=row.ends,
        status=row.status,
        reason=row.reason,
        booked=row.booked,
        confirmed=row.confirmed,
        arrived=row.arrived,
        roomed=row.roomed,
        departed=row.departed,
        cancelled=row.cancelled,
        no_show=row.no_show,
        cancel_reason=row.cancel_reason,
        overbooked=row.overbooked,
        version=row.version,
    )


def _noted(subject: Subject, views: list[AppointmentView], detail: str) -> list[AppointmentView]:
    audit.record_many(
        subject,
        [audit.Touched("R", "Appointment", one.appointment_id, one.version, one.patient_id) for one in views],
        detail=detail,
    )
    return views

"""Setting the schedule up: sites, providers, rooms, visit types, hours, absences, holidays.

Every command is idempotent by name or code: called again it brings what is there to what is asked, writes
nothing where nothing differs, and gives the same row. Sites and rooms are Locations, providers
Practitioners with a PractitionerRole in the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time

from django.db.models import Model

from chartdesk.kit import outbox
from chartdesk.kit.errors import Invalid
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.pms.scheduling import directory, events, places
from chartdesk.pms.scheduling.models import Holiday, HoursException, Resource, Site, VisitType, WeeklyHours
from chartdesk.pms.scheduling.places import ProviderDetails, SiteDetails
from chartdesk.record.access import Role, Subject

__all__ = [
    "Provider",
    "add_exception",
    "add_holiday",
    "add_provider",
    "add_room",
    "add_site",
    "add_visit_type",
    "amend_provider",
    "clear_hours",
    "remove_exception",
    "remove_holiday",
    "set_active",
    "set_hours",
]


@dataclass(frozen=True)
class Provider:
    """A provider that was set up: number of the resource, name on the schedule, id of the Practitioner."""

    resource_id: int
    name: str
    practitioner: str


def add_site(
    subject: Subject,
    *,
    name: str,
    line1: str = "",
    line2: str = "",
    city: str = "",
    state: str = "",
    postal_code: str = "",
    phone: str = "",
    place_of_service: str = "11",
) -> int:
    """Add a site, or change the one of that name. Returns its number. Raises Forbidden, Invalid.

    ``place_of_service`` is the CMS code that claims carry, 11 for an office.
    """
    _must_have("name", name)
    details = SiteDetails(name, line1, line2, city, state, postal_code, phone, place_of_service)
    with _setting_up(subject):
        row = Site.objects.filter(practice=subject.practice, name=name).first()
        row = row or Site(practice=subject.practice, name=name)
        if _set(row, **details.columns()):
            row.location = places.put_site(subject, details, row.location)
            row.save()
        return row.pk


def add_provider(
    subject: Subject,
    *,
    family: str,
    given: str,
    credential: str = "",
    name: str = "",
    npi: str = "",
    taxonomy: str = "",
    color: str = "#4a6fa5",
    lanes: int = 1,
    site_id: int | None = None,
    new: bool = False,
) -> Provider:
    """Add a provider, or change the one of that name. Raises Forbidden, Invalid, NotFound.

    ``name`` is how the schedule shows them, else ``Ana Reed, MD``; ``lanes`` how many visits at one time;
    ``site_id`` the home site. ``new``: somebody who is not there yet, else Invalid is raised.
    """
    details = ProviderDetails(family, given, credential, name, npi, taxonomy)
    with _setting_up(subject):
        if new:
            _must_be_another(subject, details)
        row = _resource(subject, "provider", details.shown)
        return _put_provider(subject, row, details, color=color, lanes=lanes, site_id=site_id)


def amend_provider(
    subject: Subject, resource_id: int, details: ProviderDetails, *, color: str, lanes: int, site_id: int | None
) -> Provider:
    """Change a provider, also their name. Visits, hours and what was signed stay; claims not sent are built anew.

    Raises Forbidden, NotFound, and Invalid, also where another provider has the name or the NPI.
    """
    with _setting_up(subject):
        row = directory.resource(subject, resource_id, "provider")
        _must_be_another(subject, details, row.pk)
        before = places.provider_details(subject, row)
        row.name = details.shown
        made = _put_provider(subject, row, details, color=color, lanes=lanes, site_id=site_id, renamed=before)
        if before != details:
            payload = {"practitioner": row.practitioner}
            stream = events.provider_stream(row.practitioner)
            outbox.emit(subject, events.PROVIDER_AMENDED, stream, payload, actor=subject.actor)
        return made


def _put_provider(
    subject: Subject,
    row: Resource,
    details: ProviderDetails,
    *,
    color: str,
    lanes: int,
    site_id: int | None,
    renamed: ProviderDetails | None = None,
) -> Provider:
    """Check and write a provider; ``renamed`` is how they were called before, where that may be another name."""
    _must_have("family", details.family)
    _must_be_right(details)
    site = directory.site(subject, site_id).pk if site_id is not None else None
    values = {"npi": details.npi, "taxonomy": details.taxonomy, "color": color, "lanes": _lanes(lanes), "site_id": site}
    if _set(row, **values) or (renamed is not None and renamed != details):
        row.practitioner = places.put_provider(subject, details, row.practitioner, active=row.active)
        row.save()
    return Provider(row.pk, row.name, row.practitioner)


def _must_be_another(subject: Subject, details: ProviderDetails, own: int = 0) -> None:
    """Raise Invalid where a provider other than ``own`` has the NPI or the name."""
    for one in Resource.objects.filter(practice=subject.practice, kind="provider").exclude(pk=own).order_by("pk"):
        if details.npi and one.npi == details.npi:
            cure = "Each person has one of their own."
            raise Invalid(f"{details.npi} is the NPI of {one.name}.", where="npi", cure=cure)
        if one.name == details.shown:
            cure = "Change that one, or write how the schedule is to show this one."
            raise Invalid(f"{details.shown} is there already.", where="family", cure=cure)


def _must_be_right(details: ProviderDetails) -> None:
    """Raise Invalid for an NPI or a taxonomy that cannot be."""
    npi, taxonomy = details.npi, details.taxonomy
    if npi and not places.is_npi(npi):
        raise Invalid(f"{npi} is not an NPI.", where="npi", cure="It has ten digits; check them.")
    if taxonomy and not re.fullmatch("[0-9A-Z]{9}X", taxonomy):
        cure = "It has nine letters and digits and an X, such as 207Q00000X."
        raise Invalid(f"{taxonomy} is not a taxonomy code.", where="taxonomy", cure=cure)


def add_room(subject: Subject, name: str, site_id: int, *, lanes: int = 1, color: str = "#8a8f98") -> int:
    """Add a room to a site; returns its number. ``lanes`` is how many visits it holds at one time.

    Raises Forbidden, NotFound.
    """
    _must_have("name", name)
    with _setting_up(subject):
        site = directory.site(subject, site_id)
        row = _resource(subject, "room", name)
        if _set(row, site_id=site.pk, lanes=_lanes(lanes), color=color):
            row.location = places.put_room(subject, name, site.location, row.location)
            row.save()
        return int(row.pk)


def add_visit_type(
    subject: Subject,
    code: str,
    name: str,
    minutes: int,
    *,
    color: str = "#4a6fa5",
    note_template: str = "",
    new_patient: bool = False,
    overbook_limit: int = 0,
) -> VisitType:
    """Add a visit type. ``minutes`` is its usual length, ``overbook_limit`` how many lanes beyond the
    provider's own it may take where overbooking is permitted. Raises Forbidden, Invalid.
    """
    _must_have("code", code)
    _must_have("name", name)
    if not 1 <= minutes <= 24 * 60:
        raise Invalid(f"{minutes} minutes is no length of a visit.", where="minutes", cure="Use 1 to 1440.")
    with _setting_up(subject):
        row = VisitType.objects.filter(practice=subject.practice, code=code).first()
        row = row or VisitType(practice=subject.practice, code=code)
        changed = _set(
            row,
            name=name,
            minutes=minutes,
            color=color,
            note_template=note_template or code,
            new_patient=new_patient,
            overbook_limit=overbook_limit,
        )
        if changed:
            row.save()
        return row


def set_hours(
    subject: Subject,
    resource_id: int,
    *,
    site_id: int,
    weekday: int,
    starts: time,
    ends: time,
    visit_types: Sequence[str] = (),
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> int:
    """Let a provider work at a site on a weekday (0 is Monday), in local time; returns the number of the row.

    Hours that begin at the same time of the same weekday there, and on the same date, are replaced.
    ``visit_types`` are the codes of what is offered, empty for every type. Raises Invalid, NotFound.
    """
    if weekday not in range(7):
        raise Invalid(f"{weekday} is no weekday.", where="weekday", cure="Use 0 for Monday to 6 for Sunday.")
    if ends <= starts:
        raise Invalid(f"Hours from {starts} to {ends} end before they begin.", where="ends")
    with _setting_up(subject):
        for code in visit_types:
            directory.visit_type(subject, code)
        row, _ = WeeklyHours.objects.update_or_create(
            practice=subject.practice,
            resource=directory.resource(subject, resource_id),
            site=directory.site(subject, site_id),
            weekday=weekday,
            starts=starts,
            valid_from=valid_from,
            defaults={"ends": ends, "visit_types": sorted(visit_types), "valid_to": valid_to},
        )
        return row.pk


def clear_hours(subject: Subject, resource_id: int, *, site_id: int | None = None) -> None:
    """Take away the weekly hours of a provider, at one site or at all. Visits that are booked stay."""
    with _setting_up(subject):
        rows = WeeklyHours.objects.filter(practice=subject.practice, resource=resource_id)
        (rows if site_id is None else rows.filter(site=site_id)).delete()


def add_exception(
    subject: Subject,
    resource_id: int,
    on: date,
    *,
    starts: time | None = None,
    ends: time | None = None,
    open: bool = False,
    site_id: int | None = None,
    reason: str = "",
) -> HoursException:
    """An absence on one date, all day where no times are given; with ``open`` extra hours at ``site_id``.

    Visits that are booked in an absence stay; the day list shows them. Raises Invalid, NotFound.
    """
    if (starts is None) != (ends is None) or (starts and ends and ends <= starts) or (open and starts is None):
        raise Invalid("The times do not fit together.", where="ends", cure="Give a start and a later end.")
    with _setting_up(subject):
        resource = directory.resource(subject, resource_id)
        site = directory.site(subject, site_id) if site_id is not None else None
        row, _ = HoursException.objects.update_or_create(
            practice=subject.practice,
            resource=resource,
            date=on,
            starts=starts,
            ends=ends,
            open=open,
            defaults={"site": site, "reason": reason},
        )
        return row


def remove_exception(subject: Subject, exception_id: int) -> None:
    """Take an absence or extra hours back; nothing where there are none with that number."""
    with _setting_up(subject):
        HoursException.objects.filter(practice=subject.practice, pk=exception_id).delete()


def add_holiday(subject: Subject, on: date, name: str) -> Holiday:
    """Close the practice on a date."""
    _must_have("name", name)
    with _setting_up(subject):
        row, _ = Holiday.objects.update_or_create(practice=subject.practice, date=on, defaults={"name": name})
        return row


def remove_holiday(subject: Subject, holiday_id: int) -> None:
    """Open the practice on that date after all; nothing where there is no holiday with that number."""
    with _setting_up(subject):
        Holiday.objects.filter(practice=subject.practice, pk=holiday_id).delete()


def set_active(subject: Subject, resource_id: int, active: bool) -> None:
    """Let a provider or a room take visits, or no more. Visits that are booked stay. Raises NotFound."""
    with _setting_up(subject):
        resource = directory.resource(subject, resource_id)
        if resource.active != active:
            resource.active = active
            resource.save()
            places.put_active(subject, resource)


@contextmanager
def _setting_up(subject: Subject) -> Iterator[None]:
    """A transaction of the manager's, one at a time in a practice, so that a name is given once."""
    subject.require(Role.MANAGER)
    with transaction(subject):
        advisory_lock("scheduling-setup", subject.practice)
        yield


def _resource(subject: Subject, kind: str, name: str) -> Resource:
    row = Resource.objects.filter(practice=subject.practice, kind=kind, name=name).first()
    return row or Resource(practice=subject.practice, kind=kind, name=name)


def _set(row: Model, **values: object) -> bool:
    """Set the row's fields; whether the row is new or one of them differed."""
    differs = row.pk is None or any(getattr(row, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(row, name, value)
    return differs


def _must_have(field: str, text: str) -> None:
    if not text.strip():
        raise Invalid(f"The {field} is empty.", where=field, cure=f"Give a {field}.")


def _lanes(lanes: int) -> int:
    if not 1 <= lanes <= 20:
        raise Invalid(f"{lanes} visits at one time are not possible.", where="lanes", cure="Use 1 to 20.")
    return lanes

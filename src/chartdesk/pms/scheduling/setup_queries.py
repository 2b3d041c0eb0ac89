"""Reading what was set up: weekly hours, absences and extra hours, holidays."""

from __future__ import annotations

from datetime import date

from chartdesk.kit import clock
from chartdesk.kit.transactions import reading
from chartdesk.pms.scheduling import directory, places
from chartdesk.pms.scheduling.models import AppointmentIndex, Holiday, HoursException, Resource, WeeklyHours
from chartdesk.pms.scheduling.places import ProviderDetails
from chartdesk.record.access import Subject


def hours(subject: Subject) -> list[WeeklyHours]:
    """The weekly hours of everybody, with provider and site, in the order of the week."""
    with reading(subject):
        rows = WeeklyHours.objects.filter(practice=subject.practice).select_related("resource", "site")
        return list(rows.order_by("resource__name", "weekday", "starts", "site__name"))


def provider(subject: Subject, resource_id: int) -> tuple[Resource, ProviderDetails]:
    """One provider, and what they are called. Raises NotFound."""
    with reading(subject):
        row = directory.resource(subject, resource_id, "provider")
        return row, places.provider_details(subject, row)


def to_come(subject: Subject, resource_id: int) -> int:
    """How many visits of a provider or a room are booked and still to come."""
    with reading(subject):
        rows = AppointmentIndex.objects.filter(practice=subject.practice, starts__gte=clock.now())
        mine = rows.filter(provider=resource_id) | rows.filter(room=resource_id)
        return mine.exclude(status__in=("cancelled", "noshow")).count()


def exceptions(subject: Subject, since: date) -> list[HoursException]:
    """Absences and extra hours from a day on."""
    with reading(subject):
        rows = HoursException.objects.filter(practice=subject.practice, date__gte=since)
        return list(rows.select_related("resource", "site").order_by("date", "starts", "resource__name"))


def holidays(subject: Subject, since: date) -> list[Holiday]:
    """The days from a day on when the practice is closed."""
    with reading(subject):
        return list(Holiday.objects.filter(practice=subject.practice, date__gte=since).order_by("date"))

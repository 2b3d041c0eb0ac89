"""Reading what was set up: weekly hours, absences and extra hours, holidays."""

from __future__ import annotations

from datetime import date

from chartdesk.kit.transactions import reading
from chartdesk.pms.scheduling.models import Holiday, HoursException, WeeklyHours
from chartdesk.record.access import Subject


def hours(subject: Subject) -> list[WeeklyHours]:
    """The weekly hours of everybody, with provider and site, in the order of the week."""
    with reading(subject):
        rows = WeeklyHours.objects.filter(practice=subject.practice).select_related("resource", "site")
        return list(rows.order_by("resource__name", "weekday", "starts", "site__name"))


def exceptions(subject: Subject, since: date) -> list[HoursException]:
    """Absences and extra hours from a day on."""
    with reading(subject):
        rows = HoursException.objects.filter(practice=subject.practice, date__gte=since)
        return list(rows.select_related("resource", "site").order_by("date", "starts", "resource__name"))


def holidays(subject: Subject, since: date) -> list[Holiday]:
    """The days from a day on when the practice is closed."""
    with reading(subject):
        return list(Holiday.objects.filter(practice=subject.practice, date__gte=since).order_by("date"))

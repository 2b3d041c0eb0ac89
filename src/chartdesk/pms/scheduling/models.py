"""The tables of scheduling.

``Booking`` and ``PatientBooking`` are the rows that decide: their exclusion constraints refuse an overlap
whoever asks. ``AppointmentIndex`` is what lists and figures read; the Appointment resource is the truth
behind it. Reads compare ``starts`` and ``ends`` rather than ranges: behind row-level security PostgreSQL
uses an index only for operators that leak nothing, and ``&&`` is not one of them. No booking is longer than
a day, which bounds the search.
"""

from __future__ import annotations

from datetime import timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from chartdesk.kit.rows import PracticeRow

#: No visit is longer; a search for overlaps looks back no further.
LONGEST = timedelta(hours=24)


class Site(PracticeRow):
    """A place where the practice sees patients."""

    id = models.AutoField(primary_key=True)
    name = models.TextField()
    line1 = models.TextField(default="")
    line2 = models.TextField(default="")
    city = models.TextField(default="")
    state = models.CharField(max_length=2, default="")
    postal_code = models.CharField(max_length=10, default="")
    phone = models.TextField(default="")
    location = models.CharField(max_length=64, help_text="id of its Location resource")
    place_of_service = models.CharField(max_length=2, default="11", help_text="CMS place of service code")
    active = models.BooleanField(default=True)

    class Meta:
        app_label = "scheduling"
        constraints = [models.UniqueConstraint(fields=["practice", "name"], name="site_name")]


class Resource(PracticeRow):
    """What is booked: a provider or a room."""

    id = models.AutoField(primary_key=True)
    kind = models.TextField(help_text="provider or room")
    name = models.TextField()
    practitioner = models.CharField(max_length=64, default="", help_text="id of a provider's Practitioner")
    location = models.CharField(max_length=64, default="", help_text="id of a room's Location")
    npi = models.CharField(max_length=10, default="")
    taxonomy = models.CharField(max_length=10, default="")
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, null=True, help_text="a room's site, a provider's home site"
    )
    color = models.TextField(default="#4a6fa5")
    lanes = models.PositiveSmallIntegerField(default=1, help_text="how many visits at one time")
    active = models.BooleanField(default=True)

    class Meta:
        app_label = "scheduling"
        constraints = [
            models.UniqueConstraint(fields=["practice", "kind", "name"], name="resource_name"),
            models.CheckConstraint(condition=Q(kind__in=["provider", "room"]), name="resource_kind"),
            models.CheckConstraint(condition=Q(lanes__gte=1), name="resource_lanes"),
        ]
        indexes = [
            models.Index("practice", "practitioner", name="resource_practitioner"),
            models.Index("practice", "location", name="resource_location"),
        ]


class VisitType(PracticeRow):
    """A kind of visit: how long it takes, its color, the note it begins with."""

    id = models.AutoField(primary_key=True)
    code = models.TextField()
    name = models.TextField()
    minutes = models.PositiveSmallIntegerField()
    color = models.TextField(default="#4a6fa5")
    note_template = models.TextField(default="")
    new_patient = models.BooleanField(default=False)
    overbook_limit = models.PositiveSmallIntegerField(
        default=0,
        help_text="lanes beyond the provider's own that this type may take when overbooking is permitted",
    )
    active = models.BooleanField(default=True)

    class Meta:
        app_label = "scheduling"
        constraints = [models.UniqueConstraint(fields=["practice", "code"], name="visit_type_code")]


class WeeklyHours(PracticeRow):
    """When a resource works at a site, in the practice's local time, week after week."""

    id = models.AutoField(primary_key=True)
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    weekday = models.PositiveSmallIntegerField(help_text="0 is Monday")
    starts = models.TimeField()
    ends = models.TimeField()
    visit_types = models.JSONField(default=list, help_text="codes of what is offered; empty for every type")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True, help_text="the last day")

    class Meta:
        app_label = "scheduling"
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="hours_weekday"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="hours_order"),
        ]
        indexes = [models.Index("practice", "resource", name="hours_resource")]


class HoursException(PracticeRow):
    """A day, or a part of it, that differs from the week: away, or extra hours."""

    id = models.AutoField(primary_key=True)
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, help_text="where extra hours are held")
    date = models.DateField()
    starts = models.TimeField(null=True, help_text="empty for the whole day")
    ends = models.TimeField(null=True)
    open = models.BooleanField(default=False, help_text="extra hours, not an absence")
    reason = models.TextField(default="")

    class Meta:
        app_label = "scheduling"
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__isnull=True, ends__isnull=True, open=False) | Q(ends__gt=F("starts")),
                name="exception_order",
            )
        ]
        indexes = [models.Index("practice", "date", name="exception_date")]


class Holiday(PracticeRow):
    """A day on which the practice is closed."""

    id = models.AutoField(primary_key=True)
    date = models.DateField()
    name = models.TextField()

    class Meta:
        app_label = "scheduling"
        constraints = [models.UniqueConstraint(fields=["practice", "date"], name="holiday_once")]


def _during() -> models.GeneratedField:
    """The half-open range from ``starts`` to ``ends``: visits may touch, not overlap."""
    return models.GeneratedField(
        expression=Func(F("starts"), F("ends"), Value("[)"), function="tstzrange"),
        output_field=DateTimeRangeField(),
        db_persist=True,
    )


def _length(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(ends__gt=F("starts")) & Q(ends__lte=F("starts") + LONGEST),
        name=name,
    )


class Booking(PracticeRow):
    """A provider's or a room's time, taken by an appointment. ``lane`` 0 comes first."""

    id = models.BigAutoField(primary_key=True)
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, db_index=False)
    lane = models.PositiveSmallIntegerField()
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    during = _during()
    appointment = models.CharField(max_length=64)

    class Meta:
        app_label = "scheduling"
        constraints = [
            ExclusionConstraint(
                name="booking_no_overlap",
                expressions=[
                    ("practice", RangeOperators.EQUAL),
                    ("resource", RangeOperators.EQUAL),
                    ("lane", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.UniqueConstraint(fields=["practice", "appointment", "resource"], name="booking_once"),
        ]
        indexes = [models.Index("practice", "resource", "starts", name="booking_resource")]


class PatientBooking(PracticeRow):
    """A patient's time, taken by an appointment. Lanes beyond 0 are overlaps that somebody confirmed."""

    id = models.BigAutoField(primary_key=True)
    patient = models.CharField(max_length=64)
    lane = models.PositiveSmallIntegerField()
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    during = _during()
    appointment = models.CharField(max_length=64)

    class Meta:
        app_label = "scheduling"
        constraints = [
            ExclusionConstraint(
                name="patient_no_overlap",
                expressions=[
                    ("practice", RangeOperators.EQUAL),
                    ("patient", RangeOperators.EQUAL),
                    ("lane", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.UniqueConstraint(fields=["practice", "appointment"], name="patient_booking_once"),
        ]
        indexes = [models.Index("practice", "patient", "starts", name="patient_booking_time")]


class AppointmentIndex(PracticeRow):
    """One row per appointment, for lists, calendars and figures; follows the Appointment resource."""

    id = models.BigAutoField(primary_key=True)
    appointment = models.CharField(max_length=64)
    patient = models.CharField(max_length=64)
    provider = models.ForeignKey(Resource, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    room = models.ForeignKey(Resource, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    visit_type = models.TextField(default="", help_text="code of the visit type")
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    status = models.TextField()
    reason = models.TextField(default="")
    booked = models.DateTimeField(null=True)
    confirmed = models.DateTimeField(null=True)
    arrived = models.DateTimeField(null=True)
    roomed = models.DateTimeField(null=True)
    departed = models.DateTimeField(null=True)
    cancelled = models.DateTimeField(null=True)
    no_show = models.DateTimeField(null=True)
    cancel_reason = models.TextField(default="")
    overbooked = models.BooleanField(default=False)
    version = models.IntegerField()

    class Meta:
        app_label = "scheduling"
        constraints = [models.UniqueConstraint(fields=["practice", "appointment"], name="appointment_once")]
        indexes = [
            # The figures of a period read these visits, and of them nothing else.
            models.Index(
                fields=["practice", "starts"], include=["status", "arrived", "roomed"], name="appointment_day"
            ),
            models.Index("practice", "patient", "starts", name="appointment_patient"),
        ]

"""Estimates as they were given: part of the record, never changed; a new one takes an old one's place."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chartdesk.kit.rows import PracticeRow

REASONS = ("scheduled", "requested")


class GoodFaithEstimate(PracticeRow):
    """One estimate. ``content`` is what it says, ``pdf`` what it looks like; ``total`` is dollars."""

    id = models.BigAutoField(primary_key=True)
    patient = models.CharField(max_length=64)
    number = models.TextField()
    reason = models.TextField(help_text="a visit was scheduled, or the patient asked")
    asked = models.DateField(help_text="when it was scheduled or asked for")
    due = models.DateField(null=True, help_text="by when it must be given")
    appointment = models.CharField(max_length=64, default="")
    service_date = models.DateField(null=True)
    practitioner = models.CharField(max_length=64, default="")
    total = models.DecimalField(max_digits=12, decimal_places=2)
    content = models.JSONField()
    pdf = models.BinaryField()
    made = models.DateTimeField()
    by = models.TextField()
    given = models.DateTimeField(null=True)
    given_how = models.TextField(default="")
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaces")

    class Meta:
        app_label = "good_faith"
        constraints = [
            models.UniqueConstraint(fields=["practice", "number"], name="estimate_number_once"),
            models.CheckConstraint(condition=Q(reason__in=REASONS), name="estimate_reason"),
        ]
        indexes = [
            models.Index(fields=["practice", "patient", "made"], name="estimate_patient"),
            models.Index(fields=["practice", "appointment"], name="estimate_appointment"),
        ]

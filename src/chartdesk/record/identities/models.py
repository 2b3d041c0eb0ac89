"""The numbers of other systems, when each thing was last told of, and what nothing led to."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from chartdesk.kit.rows import PracticeRow


class PatientNumber(PracticeRow):
    """A number under which somebody knows a patient. It goes with the patient in a merge, and comes back."""

    id = models.BigAutoField(primary_key=True)
    authority = models.TextField(db_collation="C")
    value = models.TextField(db_collation="C")
    type = models.TextField(default="", help_text="HL7 table 0203: MR, PI, SS ...")
    patient = models.CharField(max_length=64, help_text="id of the Patient resource")
    since = models.DateTimeField()

    class Meta:
        app_label = "identities"
        verbose_name = "number of another system"
        constraints = [
            models.UniqueConstraint(fields=["practice", "authority", "value"], name="patient_number_once"),
        ]
        indexes = [models.Index("practice", "patient", name="patient_number_patient")]


class Number(PracticeRow):
    """A number under which somebody knows a practitioner, a visit, an encounter, a place or a payer."""

    id = models.BigAutoField(primary_key=True)
    kind = models.TextField(help_text="Practitioner, Appointment, Encounter, Location, Organization or Coverage")
    authority = models.TextField(db_collation="C")
    value = models.TextField(db_collation="C")
    type = models.TextField(default="")
    target = models.CharField(max_length=64, help_text="id of the resource of that kind")
    since = models.DateTimeField()

    class Meta:
        app_label = "identities"
        constraints = [
            models.UniqueConstraint(fields=["practice", "kind", "authority", "value"], name="number_once"),
        ]
        indexes = [models.Index("practice", "kind", "target", name="number_target")]


class Told(PracticeRow):
    """When something happened that we were last told, or told, about a thing: older news does not count any more."""

    id = models.BigAutoField(primary_key=True)
    about = models.TextField(db_collation="C", help_text="such as Patient/<id>")
    aspect = models.TextField(db_collation="C", help_text="demographics, coverage, visit, merge, sent, or a room's own")
    at = models.DateTimeField()

    class Meta:
        app_label = "identities"
        constraints = [models.UniqueConstraint(fields=["practice", "about", "aspect"], name="told_once")]


class Unmatched(PracticeRow):
    """A number that led to nothing of ours. ``messages`` wait for somebody to say what it stands for."""

    id = models.BigAutoField(primary_key=True)
    kind = models.TextField()
    authority = models.TextField(db_collation="C")
    value = models.TextField(db_collation="C")
    words = models.TextField(default="", help_text="what the sender says of it: a name, a birth date")
    messages = ArrayField(models.BigIntegerField(), default=list, help_text="numbers of messages that wait")
    state = models.TextField(default="open", help_text="open, matched or dismissed")
    raised = models.DateTimeField()
    last = models.DateTimeField()
    settled = models.DateTimeField(null=True)
    settled_by = models.TextField(default="")

    class Meta:
        app_label = "identities"
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "kind", "authority", "value"], name="unmatched_once", condition=Q(state="open")
            ),
        ]
        indexes = [
            models.Index("practice", "id", name="unmatched_open", condition=Q(state="open")),
            models.Index("practice", "kind", "value", name="unmatched_value"),
        ]

"""The tables of charting. The migration adds what Django cannot say: what was signed never changes."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from chartdesk.kit.rows import PracticeRow


class Template(PracticeRow):
    """A practice's own note template. Without one of that code the built-in template is used."""

    id = models.AutoField(primary_key=True)
    code = models.TextField()
    name = models.TextField()
    sections = models.JSONField(help_text="list of {key, title, questions}")

    class Meta:
        app_label = "charting"
        constraints = [models.UniqueConstraint(fields=["practice", "code"], name="template_code")]


class OfferedProcedure(PracticeRow):
    """A procedure that the practice performs and charges for."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=5)
    description = models.TextField()
    active = models.BooleanField(default=True)

    class Meta:
        app_label = "charting"
        constraints = [models.UniqueConstraint(fields=["practice", "code"], name="offered_procedure_code")]
        indexes = [GinIndex(fields=["description"], name="offered_procedure_words", opclasses=["gin_trgm_ops"])]


class DayVisit(PracticeRow):
    """A visit that is expected, under way or over: the clinician's day list. Follows what scheduling says."""

    id = models.BigAutoField(primary_key=True)
    appointment = models.TextField(help_text="the scheduler's own key of the visit")
    encounter = models.CharField(max_length=64, help_text="id of the Encounter resource")
    patient = models.CharField(max_length=64)
    patient_name = models.TextField(default="")
    birth_date = models.DateField(null=True)
    sex = models.TextField(default="")
    mrn = models.TextField(default="")
    alerts = models.TextField(default="")
    practitioner = models.CharField(max_length=64, help_text="id of the Practitioner resource")
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    visit_type = models.TextField(default="")
    visit_type_name = models.TextField(default="")
    template = models.TextField(default="")
    status = models.TextField(help_text="booked, confirmed, arrived, roomed, departed, cancelled or noshow")
    room = models.TextField(default="")
    reason = models.TextField(default="")
    coverage_summary = models.TextField(default="")
    site = models.TextField(default="", help_text="the scheduler's own key of the place")
    site_name = models.TextField(default="")
    location = models.CharField(max_length=64, default="", help_text="id of the Location resource")
    place_of_service = models.CharField(max_length=2, default="11", help_text="CMS place of service code")
    arrived = models.DateTimeField(null=True)
    roomed = models.DateTimeField(null=True)
    departed = models.DateTimeField(null=True)

    class Meta:
        app_label = "charting"
        constraints = [
            models.UniqueConstraint(fields=["practice", "appointment"], name="day_visit_once"),
            models.UniqueConstraint(fields=["practice", "encounter"], name="day_visit_encounter"),
        ]
        indexes = [
            models.Index("practice", "practitioner", "starts", name="day_visit_day"),
            models.Index("practice", "starts", name="day_visit_all"),
            models.Index("practice", "patient", "starts", name="day_visit_patient"),
        ]


class Note(PracticeRow):
    """The note of an encounter. ``version`` 0 is the prepared note that nobody has touched."""

    id = models.BigAutoField(primary_key=True)
    encounter = models.CharField(max_length=64)
    patient = models.CharField(max_length=64)
    template = models.TextField(default="")
    sections = models.JSONField(default=dict, help_text="key of the section to its text")
    prepared = models.JSONField(default=dict, help_text="the text that was prepared, to tell it from what was written")
    minutes = models.PositiveIntegerField(null=True, help_text="time spent, for codes that go by time")
    decision = models.JSONField(default=dict, help_text="element of decision making to the level the clinician names")
    status = models.TextField(default="draft", help_text="draft or signed")
    version = models.IntegerField(default=0)
    author = models.TextField(default="", help_text="who saved it last")
    author_name = models.TextField(default="")
    saved = models.DateTimeField(null=True)
    signed = models.DateTimeField(null=True)
    signed_by = models.TextField(default="")
    signed_name = models.TextField(default="")
    practitioner = models.CharField(max_length=64, default="", help_text="who rendered the service, once signed")
    digest = models.CharField(max_length=64, default="", help_text="SHA-256 of the signed text, in hexadecimal")
    document = models.CharField(max_length=64, default="", help_text="id of the DocumentReference resource")

    class Meta:
        app_label = "charting"
        constraints = [
            models.UniqueConstraint(fields=["practice", "encounter"], name="note_once"),
            models.CheckConstraint(condition=Q(status__in=["draft", "signed"]), name="note_status"),
            models.CheckConstraint(
                condition=Q(status="draft") | (Q(signed__isnull=False) & ~Q(digest="") & ~Q(practitioner="")),
                name="note_signed_whole",
            ),
        ]
        indexes = [
            models.Index("practice", "patient", name="note_patient"),
            models.Index("practice", "signed", name="note_signed"),
        ]


class NoteDiagnosis(PracticeRow):
    """A diagnosis of the visit, in the order of importance."""

    id = models.BigAutoField(primary_key=True)
    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="diagnoses")
    position = models.PositiveSmallIntegerField(help_text="1 is the first")
    code = models.CharField(max_length=10, help_text="ICD-10-CM with its dot")
    description = models.TextField()

    class Meta:
        app_label = "charting"
        constraints = [models.UniqueConstraint(fields=["note", "position"], name="note_diagnosis_position")]


class NoteProcedure(PracticeRow):
    """A procedure of the visit. ``pointers`` name the diagnoses that it was done for, 1-based."""

    id = models.BigAutoField(primary_key=True)
    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="procedures")
    position = models.PositiveSmallIntegerField(help_text="1 is the first")
    code = models.CharField(max_length=5)
    modifiers = models.JSONField(default=list)
    units = models.DecimalField(max_digits=7, decimal_places=2, default=1)
    pointers = models.JSONField(default=list)
    description = models.TextField(default="")

    class Meta:
        app_label = "charting"
        constraints = [models.UniqueConstraint(fields=["note", "position"], name="note_procedure_position")]


class Addendum(PracticeRow):
    """What was added to a signed note, by whom and when. Never changed."""

    id = models.BigAutoField(primary_key=True)
    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="addenda")
    text = models.TextField()
    author = models.TextField()
    author_name = models.TextField()
    at = models.DateTimeField()
    document = models.CharField(max_length=64, default="", help_text="id of the DocumentReference resource")

    class Meta:
        app_label = "charting"

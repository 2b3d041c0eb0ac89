"""The record's tables. Declared here for the migrations; read and written by plain SQL, never row by object.

``record_resource`` holds the present version of every resource. ``tokens`` are 64-bit hashes of its token,
reference, URI and exact-text search values, under an index; ``marks`` are hashes of what is asked for rarely.
The narrow tables hold what is compared by order: texts, dates and numbers; their ``key`` is a hash of practice,
type and search parameter, and ``serial`` names the resource. ``record_history`` holds superseded versions; a
trigger writes it, so no statement can lose one. ``record_audit`` says who read or wrote what, when, why and
from where.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F

from chartdesk.kit.rows import PracticeRow


class Resource(PracticeRow):
    """The present version of one resource. One without patient or date has an empty text or the year 1."""

    pk = models.CompositePrimaryKey("practice", "type", "id")
    type = models.TextField(db_collation="C")
    id = models.TextField(db_collation="C")
    serial = models.BigIntegerField(unique=True)
    version = models.IntegerField()
    updated = models.DateTimeField()
    deleted = models.BooleanField()
    patient = models.TextField(db_collation="C")
    date = models.DateTimeField()
    tokens = ArrayField(models.BigIntegerField())
    marks = ArrayField(models.BigIntegerField())
    body = models.TextField()

    class Meta:
        app_label = "record"
        indexes = [
            GinIndex("tokens", name="record_tokens", fastupdate=True, gin_pending_list_limit=128),
            models.Index("practice", "type", "patient", F("date").desc(), F("id").desc(), name="record_chart"),
            models.Index("practice", "type", F("updated").desc(), name="record_changes"),
        ]


class History(PracticeRow):
    """A superseded version."""

    pk = models.CompositePrimaryKey("practice", "type", "id", "version")
    type = models.TextField(db_collation="C")
    id = models.TextField(db_collation="C")
    version = models.IntegerField()
    updated = models.DateTimeField()
    deleted = models.BooleanField()
    patient = models.TextField(db_collation="C")
    body = models.TextField()

    class Meta:
        app_label = "record"
        indexes = [models.Index("practice", "type", F("updated").desc(), name="record_superseded")]


class Text(PracticeRow):
    """A text search value, in lower case and without accents."""

    pk = models.CompositePrimaryKey("serial", "key", "value")
    serial = models.BigIntegerField()
    key = models.BigIntegerField()
    value = models.TextField(db_collation="C")

    class Meta:
        app_label = "record"
        db_table = "record_string"
        indexes = [models.Index("key", "value", name="record_string_value")]


class Span(PracticeRow):
    """A date search value: its first and its last instant."""

    pk = models.CompositePrimaryKey("serial", "key", "low", "high")
    serial = models.BigIntegerField()
    key = models.BigIntegerField()
    low = models.DateTimeField()
    high = models.DateTimeField()

    class Meta:
        app_label = "record"
        db_table = "record_date"
        indexes = [models.Index("key", "high", "low", name="record_date_value")]


class Number(PracticeRow):
    """A number or quantity search value. ``system`` and ``unit`` are empty for numbers."""

    pk = models.CompositePrimaryKey("serial", "key", "value", "system", "unit")
    serial = models.BigIntegerField()
    key = models.BigIntegerField()
    value = models.FloatField()
    system = models.TextField(db_collation="C")
    unit = models.TextField(db_collation="C")

    class Meta:
        app_label = "record"
        db_table = "record_number"
        indexes = [models.Index("key", "value", name="record_number_value")]


class Audit(PracticeRow):
    """Who did what to whose data. ``action`` is C, R, U, D or E (executed, such as a search)."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.TextField()
    name = models.TextField()
    action = models.CharField(max_length=1)
    what = models.TextField()
    resource_id = models.TextField()
    version = models.IntegerField()
    patient = models.TextField(db_collation="C")
    purpose = models.TextField()
    origin = models.TextField()
    request = models.TextField()
    detail = models.TextField()

    class Meta:
        app_label = "record"
        indexes = [models.Index("practice", "patient", F("id").desc(), name="record_audit_patient")]

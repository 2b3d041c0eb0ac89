"""The index of patients: one row each, and the words they are found by.

Row-level security lets PostgreSQL use an index only for operators that cannot leak a row, and LIKE over
trigrams is not one of them. So a patient is found through ordinary comparisons: each word of a name, each
form of a phone and each sound is a row of ``PatientWord``, and the beginning of a word is a range in its key.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from chartdesk.kit.rows import PracticeRow


class PatientIndex(PracticeRow):
    """What a list shows of a patient and a search needs; projected from the Patient resource."""

    id = models.BigAutoField(primary_key=True)
    patient = models.CharField(max_length=64, help_text="id of the Patient resource")
    mrn = models.TextField(db_collation="C")
    family = models.TextField(default="")
    given = models.TextField(default="")
    middle = models.TextField(default="")
    suffix = models.TextField(default="")
    preferred = models.TextField(default="")
    family_key = models.TextField(default="", db_collation="C", help_text="family name in plain form")
    given_key = models.TextField(default="", db_collation="C", help_text="given name in plain form")
    birth_date = models.DateField(null=True)
    sex = models.TextField(default="unknown")
    phones = ArrayField(models.TextField(), default=list)
    email = models.TextField(default="")
    line1 = models.TextField(default="")
    city = models.TextField(default="")
    state = models.TextField(default="")
    postal_code = models.TextField(default="")
    search_text = models.TextField(default="", help_text="the typed words, each after a space")
    active = models.BooleanField(default=True)

    class Meta:
        app_label = "registration"
        constraints = [
            models.UniqueConstraint(fields=["practice", "patient"], name="patientindex_patient"),
            models.UniqueConstraint(fields=["practice", "mrn"], include=["id"], name="patientindex_mrn"),
        ]
        indexes = [
            models.Index("practice", "family_key", "given_key", name="patientindex_family"),
            models.Index("practice", "given_key", "family_key", name="patientindex_given"),
            models.Index(fields=["practice", "birth_date"], include=["id"], name="patientindex_birth"),
        ]


class PatientWord(models.Model):
    """A word under which a patient is found: part of a name, a phone's digits, or ``~`` and a sound key."""

    pk = models.CompositePrimaryKey("practice", "word", "entry")
    practice = models.IntegerField()
    word = models.TextField(db_collation="C")
    entry = models.BigIntegerField(help_text="id of the PatientIndex row")

    class Meta:
        app_label = "registration"
        indexes = [models.Index("entry", name="patientword_entry")]


class NameWord(models.Model):
    """Every word that stands in a patient's name in the practice, once: where a middle part is looked up."""

    pk = models.CompositePrimaryKey("practice", "word")
    practice = models.IntegerField()
    word = models.TextField(db_collation="C")

    class Meta:
        app_label = "registration"

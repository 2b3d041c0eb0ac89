"""Tables: what the parameters of a version were, and how far each practice's index is."""

from __future__ import annotations

from django.db import models

from chartdesk.kit.rows import PracticeRow


class DefinitionsVersion(models.Model):
    """The search parameters of one version: resource type → code → a hash of what the parameter is."""

    version = models.TextField(primary_key=True)
    parameters = models.JSONField()

    class Meta:
        app_label = "definitions"


class IndexState(PracticeRow):
    """With which version a practice's index was built. ``target`` is the one that it is being built for, or empty;
    then resources with serial numbers up to ``position`` of ``last`` are done, of the ``types`` that have changed."""

    practice = models.IntegerField(primary_key=True)
    version = models.TextField()
    target = models.TextField(default="")
    types = models.JSONField(default=list)
    position = models.BigIntegerField(default=0)
    last = models.BigIntegerField(default=0)
    changed = models.DateTimeField()

    class Meta:
        app_label = "definitions"

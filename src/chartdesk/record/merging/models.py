"""Which patients were merged, and every single thing that was moved for it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from chartdesk.kit.rows import PracticeRow


class Merge(PracticeRow):
    """One merge. ``added`` holds what the target's Patient got from the source's: (element, value) pairs."""

    id = models.BigAutoField(primary_key=True)
    source = models.CharField(max_length=64, help_text="id of the Patient who is no longer used")
    target = models.CharField(max_length=64, help_text="id of the Patient who remains")
    state = models.TextField(default="merged", help_text="merged or undone")
    added = models.JSONField(default=list)
    reason = models.TextField(default="")
    at = models.DateTimeField()
    by = models.TextField()
    by_name = models.TextField()
    settled = models.DateTimeField(null=True, help_text="when nothing can come in under the old id any more")
    undone = models.DateTimeField(null=True)
    undone_by = models.TextField(default="")
    undone_name = models.TextField(default="")

    class Meta:
        app_label = "merging"
        constraints = [
            models.UniqueConstraint(fields=["practice", "source"], name="merge_once", condition=Q(state="merged")),
            models.CheckConstraint(condition=~Q(source=F("target")), name="merge_of_two"),
        ]
        indexes = [
            models.Index("practice", "target", name="merge_target"),
            models.Index("practice", F("at").desc(), name="merge_newest"),
        ]


class MovedResource(PracticeRow):
    """One resource that a merge changed: its version before and after. ``how``: moved, closed, deleted or patient."""

    id = models.BigAutoField(primary_key=True)
    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="resources")
    type = models.TextField()
    resource = models.TextField()
    before = models.IntegerField()
    after = models.IntegerField()
    how = models.TextField(default="moved")

    class Meta:
        app_label = "merging"


class MovedRows(PracticeRow):
    """The rows of one table that a merge gave to the target."""

    id = models.BigAutoField(primary_key=True)
    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="tables")
    table = models.TextField()
    rows = ArrayField(models.BigIntegerField())

    class Meta:
        app_label = "merging"

"""What was handed over to a collection agency."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chartdesk.kit.rows import PracticeRow


class HandOver(PracticeRow):
    """A file for an agency: accounts to collect (``placements``), or accounts that come back (``recalls``)."""

    id = models.BigAutoField(primary_key=True)
    kind = models.TextField()
    agency = models.TextField()
    number = models.TextField()
    at = models.DateTimeField()
    by = models.TextField()
    accounts = models.IntegerField()
    total = models.DecimalField(max_digits=12, decimal_places=2)
    file = models.BinaryField()

    class Meta:
        app_label = "statements"
        constraints = [
            models.UniqueConstraint(fields=["practice", "number"], name="hand_over_once"),
            models.CheckConstraint(condition=Q(kind__in=["placements", "recalls"]), name="hand_over_kind"),
        ]


class Placement(PracticeRow):
    """An account that an agency collects. The patient still owes it: the books do not change by handing over."""

    id = models.BigAutoField(primary_key=True)
    patient = models.CharField(max_length=64)
    agency = models.TextField()
    balance = models.DecimalField(max_digits=12, decimal_places=2, help_text="owed when it was handed over")
    placed = models.DateTimeField()
    by = models.TextField()
    handed = models.ForeignKey(HandOver, on_delete=models.PROTECT, related_name="placements")
    recalled = models.DateTimeField(null=True)
    recalled_by = models.TextField(default="")
    reason = models.TextField(default="", help_text="of the recall")
    returned = models.ForeignKey(HandOver, on_delete=models.PROTECT, null=True, related_name="recalls")

    class Meta:
        app_label = "statements"
        indexes = [
            models.Index(fields=["practice", "patient"], condition=Q(recalled=None), name="placement_now"),
            models.Index(fields=["practice", "placed"], name="placement_list"),
        ]

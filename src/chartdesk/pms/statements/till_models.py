"""Drawers and closed days."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chartdesk.kit.rows import PracticeRow


class Till(PracticeRow):
    """What one person took on one day, in one drawer. Made with the first payment.

    ``opening`` is the change that lay in it, dollars. The counted amounts are what was found at the end.
    """

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    actor = models.TextField()
    name = models.TextField(help_text="the person's name then")
    drawer = models.TextField(default="", help_text="which drawer; empty for one's own")
    opening = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    state = models.TextField(default="open", help_text="open, counted or closed")
    cash = models.DecimalField(max_digits=12, decimal_places=2, null=True, help_text="counted, the opening included")
    checks = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    cards = models.DecimalField(max_digits=12, decimal_places=2, null=True, help_text="as the terminal's report says")
    note = models.TextField(default="", help_text="why something differs")
    counted_at = models.DateTimeField(null=True)
    counted_by = models.TextField(default="")

    class Meta:
        app_label = "statements"
        constraints = [
            models.UniqueConstraint(fields=["practice", "day", "actor"], name="till_once"),
            models.CheckConstraint(condition=Q(state__in=["open", "counted", "closed"]), name="till_state"),
        ]


class DayClose(PracticeRow):
    """A day whose money was counted and deposited. ``content`` is what the deposit slip says."""

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    number = models.TextField()
    closed_at = models.DateTimeField()
    closed_by = models.TextField()
    deposit = models.DecimalField(max_digits=12, decimal_places=2, help_text="cash and checks that go to the bank")
    cards = models.DecimalField(max_digits=12, decimal_places=2)
    difference = models.DecimalField(max_digits=12, decimal_places=2, help_text="counted cash less expected cash")
    posting = models.BigIntegerField(null=True, help_text="of the difference, in the ledger")
    payer_checks = models.BigIntegerField(default=0, help_text="the last remittance whose check it has")
    content = models.JSONField()
    pdf = models.BinaryField()
    reopened = models.DateTimeField(null=True)
    reopened_by = models.TextField(default="")
    reopen_reason = models.TextField(default="")

    class Meta:
        app_label = "statements"
        constraints = [
            models.UniqueConstraint(fields=["practice", "day"], condition=Q(reopened=None), name="day_closed_once"),
            models.UniqueConstraint(fields=["practice", "number"], name="deposit_number_once"),
        ]
        indexes = [models.Index(fields=["practice", "closed_at"], name="day_close_list")]

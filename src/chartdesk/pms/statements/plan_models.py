"""Payment plans: what a patient agreed to pay, of what, and when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chartdesk.kit.rows import PracticeRow


class Plan(PracticeRow):
    """An agreement to pay ``total`` dollars of what was owed then, in instalments.

    What is paid is not kept here: it is what the ledger no longer shows as owed of the plan's charges.
    """

    id = models.BigAutoField(primary_key=True)
    patient = models.CharField(max_length=64)
    total = models.DecimalField(max_digits=12, decimal_places=2)
    every = models.TextField(help_text="week, fortnight or month")
    agreed = models.DateTimeField()
    by = models.TextField()
    state = models.TextField(default="active", help_text="active, done or ended")
    ended = models.DateTimeField(null=True)
    end_reason = models.TextField(default="")
    autopay = models.BooleanField(default=False)
    card = models.BigIntegerField(null=True, help_text="the stored card that pays by itself")

    class Meta:
        app_label = "statements"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["active", "done", "ended"]), name="plan_state"),
            models.CheckConstraint(condition=Q(every__in=["week", "fortnight", "month"]), name="plan_every"),
            models.CheckConstraint(condition=Q(autopay=False) | Q(card__isnull=False), name="plan_autopay_card"),
        ]
        indexes = [
            models.Index(fields=["practice", "patient", "state"], name="plan_patient"),
            models.Index(fields=["practice", "state"], name="plan_list"),
        ]


class PlanCharge(PracticeRow):
    """A receivable of the plan with the dollars that were owed of it when the plan was agreed."""

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="charges")
    reference = models.TextField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        app_label = "statements"
        constraints = [models.UniqueConstraint(fields=["practice", "plan", "reference"], name="plan_charge_once")]
        indexes = [models.Index(fields=["practice", "reference"], name="plan_charge_reference")]


class Instalment(PracticeRow):
    """One payment that was agreed."""

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="instalments")
    number = models.IntegerField()
    due = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        app_label = "statements"
        constraints = [
            models.UniqueConstraint(fields=["practice", "plan", "number"], name="instalment_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="instalment_positive"),
        ]
        indexes = [models.Index(fields=["practice", "due"], name="instalment_due")]

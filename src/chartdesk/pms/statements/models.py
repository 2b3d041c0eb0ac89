"""Payments of patients, the drawers they went into, and the statements they were sent. The ledger holds the money."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chartdesk.kit.rows import PracticeRow
from chartdesk.pms.statements.collection_models import HandOver, Placement
from chartdesk.pms.statements.plan_models import Instalment, Plan, PlanCharge
from chartdesk.pms.statements.till_models import DayClose, Till

__all__ = [
    "METHODS",
    "DayClose",
    "HandOver",
    "Instalment",
    "Payment",
    "Placement",
    "Plan",
    "PlanCharge",
    "Statement",
    "StatementRun",
    "Till",
]

#: How a patient can pay; each is an account of the ledger.
METHODS = ("cash", "check", "card")


class Payment(PracticeRow):
    """Money a patient gave, or got back (``kind`` refund). ``amount`` is positive dollars in both cases."""

    id = models.BigAutoField(primary_key=True)
    patient = models.CharField(max_length=64)
    kind = models.TextField(default="payment", help_text="payment or refund")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    method = models.TextField()
    reference = models.TextField(default="", help_text="check number, or the card terminal's number")
    idempotency_key = models.TextField()
    appointment = models.CharField(max_length=64, default="", help_text="where it was taken at check-in")
    received = models.DateTimeField()
    day = models.DateField(help_text="the accounting day; a closed day takes no more")
    till = models.ForeignKey(Till, on_delete=models.PROTECT, related_name="payments")
    receipt_number = models.TextField()
    by = models.TextField(help_text="who took it")
    applied = models.DecimalField(max_digits=12, decimal_places=2, default=0, help_text="to what was owed")
    posting = models.BigIntegerField(null=True, help_text="in the ledger")
    voided = models.DateTimeField(null=True)
    void_reason = models.TextField(default="")
    void_day = models.DateField(null=True)
    void_till = models.ForeignKey(Till, on_delete=models.PROTECT, null=True, related_name="voids")

    class Meta:
        app_label = "statements"
        constraints = [
            models.UniqueConstraint(fields=["practice", "idempotency_key"], name="payment_once"),
            models.UniqueConstraint(fields=["practice", "receipt_number"], name="payment_receipt_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_positive"),
            models.CheckConstraint(condition=Q(method__in=METHODS), name="payment_method"),
            models.CheckConstraint(condition=Q(kind__in=["payment", "refund"]), name="payment_kind"),
            models.CheckConstraint(
                condition=Q(voided=None, void_day=None, void_till=None)
                | Q(voided__isnull=False, void_day__isnull=False, void_till__isnull=False),
                name="payment_void_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "patient", "received"], name="payment_patient"),
            models.Index(fields=["practice", "received"], name="payment_day"),
            models.Index(fields=["practice", "appointment"], condition=~Q(appointment=""), name="payment_appointment"),
        ]


class StatementRun(PracticeRow):
    """One batch of statements: what was asked for, and what came of it. A run that was cut off goes on."""

    id = models.BigAutoField(primary_key=True)
    day = models.DateField(help_text="the date on the statements")
    started = models.DateTimeField()
    by = models.TextField()
    minimum = models.DecimalField(max_digits=12, decimal_places=2, help_text="least balance, dollars")
    cycle_days = models.IntegerField(help_text="days since a patient's last statement")
    chosen = models.JSONField(default=list, help_text="patients still to be billed")
    passed_over = models.JSONField(default=dict, help_text="why patients got none: reason to how many")
    made = models.IntegerField(default=0)
    total = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    finished = models.DateTimeField(null=True)

    class Meta:
        app_label = "statements"
        indexes = [models.Index(fields=["practice", "started"], name="statement_run_list")]


class Statement(PracticeRow):
    """A statement as it was sent to a patient. ``content`` is what it says, ``pdf`` what it looked like."""

    id = models.BigAutoField(primary_key=True)
    patient = models.CharField(max_length=64)
    number = models.TextField()
    at = models.DateTimeField()
    balance = models.DecimalField(max_digits=12, decimal_places=2)
    pay_by = models.DateField()
    content = models.JSONField(default=dict)
    pdf = models.BinaryField()
    run = models.ForeignKey(StatementRun, on_delete=models.PROTECT, null=True, related_name="statements")
    returned = models.DateTimeField(null=True, help_text="when the mail brought it back")

    class Meta:
        app_label = "statements"
        constraints = [
            models.UniqueConstraint(fields=["practice", "number"], name="statement_number_once"),
        ]
        indexes = [
            models.Index(fields=["practice", "patient", "at"], name="statement_patient"),
            models.Index(fields=["practice", "run"], name="statement_of_run"),
        ]

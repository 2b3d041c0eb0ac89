"""Payments of patients, and the statements they were sent. The ledger holds the money itself."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chartdesk.kit.rows import PracticeRow

#: How a patient can pay; each is an account of the ledger.
METHODS = ("cash", "check", "card")


class Payment(PracticeRow):
    """Money a patient gave, or got back (``kind`` refund). ``amount`` is positive dollars in both cases."""

    id = models.BigAutoField(primary_key=True)
    patient = models.CharField(max_length=64)
    kind = models.TextField(default="payment", help_text="payment or refund")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    method = models.TextField()
    reference = models.TextField(default="", help_text="cheque number, or the card terminal's number")
    idempotency_key = models.TextField()
    appointment = models.CharField(max_length=64, default="", help_text="where it was taken at check-in")
    received = models.DateTimeField()
    receipt_number = models.TextField()
    by = models.TextField(help_text="who took it")
    applied = models.DecimalField(max_digits=12, decimal_places=2, default=0, help_text="to what was owed")
    posting = models.BigIntegerField(null=True, help_text="in the ledger")
    voided = models.DateTimeField(null=True)
    void_reason = models.TextField(default="")

    class Meta:
        app_label = "statements"
        constraints = [
            models.UniqueConstraint(fields=["practice", "idempotency_key"], name="payment_once"),
            models.UniqueConstraint(fields=["practice", "receipt_number"], name="payment_receipt_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_positive"),
            models.CheckConstraint(condition=Q(method__in=METHODS), name="payment_method"),
            models.CheckConstraint(condition=Q(kind__in=["payment", "refund"]), name="payment_kind"),
        ]
        indexes = [
            models.Index(fields=["practice", "patient", "received"], name="payment_patient"),
            models.Index(fields=["practice", "received"], name="payment_day"),
        ]


class Statement(PracticeRow):
    """A statement as it was sent to a patient."""

    id = models.BigAutoField(primary_key=True)
    patient = models.CharField(max_length=64)
    number = models.TextField()
    at = models.DateTimeField()
    balance = models.DecimalField(max_digits=12, decimal_places=2)
    pay_by = models.DateField()
    pdf = models.BinaryField()

    class Meta:
        app_label = "statements"
        constraints = [models.UniqueConstraint(fields=["practice", "number"], name="statement_number_once")]
        indexes = [models.Index(fields=["practice", "patient", "at"], name="statement_patient")]

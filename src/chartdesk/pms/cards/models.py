"""Cards on file (never their numbers), what was asked of the gateway, and what it told by itself."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chartdesk.kit.rows import PracticeRow
from chartdesk.pms.cards.rules import STATES


class StoredCard(PracticeRow):
    """A card as the gateway knows it. ``kept`` is false for one that was used once and is not on file."""

    id = models.BigAutoField(primary_key=True)
    patient = models.CharField(max_length=64)
    token = models.TextField()
    brand = models.TextField()
    last4 = models.CharField(max_length=4)
    month = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()
    kept = models.BooleanField(default=False, help_text="the patient agreed that it stays on file")
    agreed_by = models.TextField(default="", help_text="who noted that the patient agreed")
    created = models.DateTimeField()
    removed = models.DateTimeField(null=True)

    class Meta:
        app_label = "cards"
        constraints = [models.UniqueConstraint(fields=["practice", "token"], name="card_token_once")]
        indexes = [models.Index(fields=["practice", "patient"], name="card_patient")]

    @property
    def words(self) -> str:
        """``visa ending in 4242, 04/2030``."""
        return f"{self.brand} ending in {self.last4}, {self.month:02d}/{self.year}"


class CardOperation(PracticeRow):
    """One charge or refund. ``key`` is the form's, ``gateway_key`` what the gateway knows it by; both are unique.

    ``payment`` is the payment or refund that it became in the patient's account.
    """

    id = models.BigAutoField(primary_key=True)
    patient = models.CharField(max_length=64)
    kind = models.TextField(help_text="charge or refund")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    key = models.TextField()
    gateway_key = models.TextField()
    state = models.TextField()
    card = models.ForeignKey(StoredCard, on_delete=models.PROTECT, null=True, related_name="operations")
    session = models.TextField(default="", help_text="the gateway's page where the card is typed")
    page = models.TextField(default="", help_text="its address")
    gateway_id = models.TextField(default="")
    authorization = models.TextField(default="")
    code = models.TextField(default="", help_text="the gateway's reason for a refusal")
    message = models.TextField(default="")
    appointment = models.CharField(max_length=64, default="")
    plan = models.BigIntegerField(null=True)
    instalment = models.IntegerField(null=True)
    of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="refunds")
    whole = models.BooleanField(default=False, help_text="a refund that takes its payment back altogether")
    reason = models.TextField(default="")
    payment = models.BigIntegerField(null=True)
    actor = models.TextField()
    name = models.TextField()
    created = models.DateTimeField()
    sent = models.DateTimeField(null=True)
    settled = models.DateTimeField(null=True)

    class Meta:
        app_label = "cards"
        constraints = [
            models.UniqueConstraint(fields=["practice", "key"], name="card_operation_once"),
            models.UniqueConstraint(fields=["gateway_key"], name="card_gateway_key_once"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="card_operation_state"),
            models.CheckConstraint(condition=Q(kind__in=["charge", "refund"]), name="card_operation_kind"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="card_operation_positive"),
        ]
        indexes = [
            models.Index(fields=["practice", "patient", "created"], name="card_operation_patient"),
            models.Index(
                fields=["practice", "sent"], condition=Q(state__in=["sending", "unknown"]), name="card_operation_open"
            ),
            models.Index(fields=["practice", "plan"], condition=Q(plan__isnull=False), name="card_operation_plan"),
            models.Index(fields=["practice", "payment"], condition=Q(payment__isnull=False), name="card_of_payment"),
        ]


class CardEvent(PracticeRow):
    """An event of the gateway that was taken in; it may come several times."""

    id = models.BigAutoField(primary_key=True)
    event = models.TextField()
    kind = models.TextField()
    operation = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        app_label = "cards"
        constraints = [models.UniqueConstraint(fields=["practice", "event"], name="card_event_once")]

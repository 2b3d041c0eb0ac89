"""The log of what the halves told each other."""

from __future__ import annotations

from django.db import models

from chartdesk.kit.rows import PracticeRow


class HandoffMessage(PracticeRow):
    """One message. ``event`` is the outbox event that caused it: each causes its message once."""

    id = models.BigAutoField(primary_key=True)
    event = models.BigIntegerField(null=True, help_text="number of the outbox event; empty for one sent by hand")
    kind = models.TextField(help_text="name of the message in the contract")
    key = models.TextField(help_text="what it is about, such as Appointment/123")
    stream = models.TextField(help_text="messages of one stream keep their order, such as Patient/123")
    direction = models.TextField(help_text="to_ehr or to_pms")
    carrier = models.TextField()
    state = models.TextField(help_text="delivered, waiting for a carrier that delivers later, or dropped")
    body = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        app_label = "handoff"
        constraints = [models.UniqueConstraint(fields=["practice", "event"], name="handoff_event_once")]
        indexes = [
            models.Index("practice", "stream", "id", name="handoff_stream"),
            models.Index("practice", "at", name="handoff_time"),
            models.Index("practice", "key", name="handoff_key"),
        ]

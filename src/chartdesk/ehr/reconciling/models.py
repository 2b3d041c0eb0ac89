"""The tables of reconciling: documents from outside, decisions about their items, the summaries that we wrote."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chartdesk.kit.rows import PracticeRow


class IncomingDocument(PracticeRow):
    """A clinical document from outside in a patient's chart. Its bytes lie where the DocumentReference says."""

    id = models.BigAutoField(primary_key=True)
    patient = models.CharField(max_length=64)
    document = models.CharField(max_length=64, help_text="id of the DocumentReference resource")
    attachment = models.CharField(max_length=64, help_text="key of the bytes")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the bytes, in hexadecimal")
    title = models.TextField(default="")
    author = models.TextField(default="", help_text="who wrote it, in words")
    custodian = models.TextField(default="", help_text="the organization that keeps it")
    made = models.CharField(max_length=32, default="", help_text="when it was made, as the document says")
    source = models.TextField(default="", help_text="how it came: uploaded, or the channel")
    received = models.DateTimeField()
    state = models.TextField(default="open", help_text="open, done or dismissed")
    closed = models.DateTimeField(null=True)
    closed_by = models.TextField(default="")
    closed_name = models.TextField(default="")
    note = models.TextField(default="")

    class Meta:
        app_label = "reconciling"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open") | Q(closed__isnull=False), name="incoming_document_closed_whole"
            ),
        ]
        indexes = [
            models.Index("practice", "patient", "id", name="incoming_document_patient"),
            # Not unique: two records of one patient may both have it, and must still be merged.
            models.Index("practice", "patient", "digest", name="incoming_document_digest"),
            models.Index("practice", "id", condition=Q(state="open"), name="incoming_document_open"),
            models.Index("practice", "document", name="incoming_document_named"),
        ]


class Decision(PracticeRow):
    """What somebody decided about one item of a document. Never changed."""

    id = models.BigAutoField(primary_key=True)
    document = models.ForeignKey(IncomingDocument, on_delete=models.PROTECT, related_name="decisions")
    kind = models.TextField(help_text="problems, allergies or medications")
    key = models.CharField(max_length=80, help_text="the item: theirs by its content, ours by its id")
    state = models.TextField(help_text="how the item stood: same, new, differs or ours")
    choice = models.TextField()
    theirs = models.TextField(default="", help_text="the item as the document says it")
    ours = models.TextField(default="", help_text="the item as our chart said it")
    changed = models.JSONField(default=list, help_text="references of what was written for it")
    note = models.TextField(default="")
    actor = models.TextField()
    name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        app_label = "reconciling"
        constraints = [models.UniqueConstraint(fields=["document", "kind", "key"], name="decision_once")]


class Summary(PracticeRow):
    """A summary or referral that we wrote. Its bytes lie where the DocumentReference says."""

    id = models.BigAutoField(primary_key=True)
    patient = models.CharField(max_length=64)
    document = models.CharField(max_length=64, help_text="id of the DocumentReference resource")
    attachment = models.CharField(max_length=64, help_text="key of the bytes")
    kind = models.TextField(help_text="summary or referral")
    recipient = models.TextField(default="")
    channel = models.TextField(default="", help_text="the channel by which it was sent last")
    sent = models.DateTimeField(null=True)
    actor = models.TextField()
    name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        app_label = "reconciling"
        indexes = [models.Index("practice", "patient", "id", name="summary_patient")]

"""Who pursues a claim and how far: cases, notes, status inquiries, appeals and their letters.

Claims and denials are referred to by number.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chartdesk.kit.rows import PracticeRow

#: An inquiry's states: in a file, answered, refused with its file, or never answered.
INQUIRY_STATES = ("asked", "answered", "refused", "unanswered")
#: An appeal's states; the last five are outcomes.
APPEAL_STATES = ("draft", "sent", "won", "partly_won", "lost", "withdrawn", "expired")
#: Those in which somebody still works on it or waits for the payer.
PENDING_APPEALS = ("draft", "sent")


class Case(PracticeRow):
    """What the office has decided about pursuing a claim; there is one once somebody has decided something."""

    id = models.BigAutoField(primary_key=True)
    claim = models.BigIntegerField()
    patient = models.CharField(max_length=64)
    owner = models.TextField(default="", help_text="who works on it; empty for nobody")
    due = models.DateField(null=True, help_text="when to look at it again")
    next_action = models.TextField(default="", help_text="one of rules.ACTIONS")
    kept = models.BooleanField(default=False, help_text="a day was set though the payer had decided")
    changed = models.DateTimeField()
    changed_by = models.TextField(default="")

    class Meta:
        app_label = "follow_up"
        constraints = [models.UniqueConstraint(fields=["practice", "claim"], name="case_once")]
        indexes = [models.Index(fields=["practice", "claim"], name="case_kept", condition=Q(kept=True))]


class Note(PracticeRow):
    """What somebody did or learned about a claim. Notes are added and never changed."""

    id = models.BigAutoField(primary_key=True)
    claim = models.BigIntegerField()
    patient = models.CharField(max_length=64)
    at = models.DateTimeField()
    name = models.TextField(help_text="who wrote it")
    actor = models.TextField()
    text = models.TextField()

    class Meta:
        app_label = "follow_up"
        indexes = [models.Index(fields=["practice", "claim", "at"], name="follow_up_note_claim")]


class Inquiry(PracticeRow):
    """One question to a payer where a claim stands (276), and what it answered (277)."""

    id = models.BigAutoField(primary_key=True)
    claim = models.BigIntegerField()
    patient = models.CharField(max_length=64)
    payer_id = models.TextField()
    trace = models.TextField(help_text="TRN02: it comes back with the answer")
    interchange = models.BigIntegerField(help_text="the file that asked, in claims")
    state = models.TextField(default="asked")
    asked = models.DateTimeField()
    asked_by = models.TextField(default="")
    answered = models.DateTimeField(null=True)
    answer = models.BigIntegerField(null=True, help_text="the file that answered, in claims")
    category = models.TextField(default="", help_text="STC01-1, such as P1 or F2")
    code = models.TextField(default="", help_text="STC01-2")
    entity = models.TextField(default="", help_text="STC01-3")
    words = models.TextField(default="")
    paid = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    paid_on = models.DateField(null=True)
    check_number = models.TextField(default="")
    payer_claim_number = models.TextField(default="")

    class Meta:
        app_label = "follow_up"
        constraints = [
            models.UniqueConstraint(fields=["practice", "trace"], name="inquiry_trace_once"),
            models.CheckConstraint(condition=Q(state__in=INQUIRY_STATES), name="inquiry_state"),
        ]
        indexes = [
            models.Index(fields=["practice", "claim", "asked"], name="inquiry_claim"),
            models.Index(fields=["practice", "interchange"], name="inquiry_interchange"),
            models.Index(fields=["practice", "asked"], name="inquiry_open", condition=Q(state="asked")),
        ]


class LetterTemplate(PracticeRow):
    """A letter of the practice's own; it stands before the built-in one with the same key."""

    id = models.BigAutoField(primary_key=True)
    key = models.TextField(help_text="short name, such as authorization")
    name = models.TextField()
    title = models.TextField(help_text="the subject line, with places such as {claim_number}")
    body = models.TextField(help_text="the letter, with places such as {patient_name}")
    changed = models.DateTimeField()
    changed_by = models.TextField(default="")

    class Meta:
        app_label = "follow_up"
        constraints = [models.UniqueConstraint(fields=["practice", "key"], name="letter_template_once")]


class Appeal(PracticeRow):
    """One level of an appeal against what a payer refused of a claim. What was sent is kept word for word."""

    id = models.BigAutoField(primary_key=True)
    claim = models.BigIntegerField()
    patient = models.CharField(max_length=64)
    payer_id = models.TextField()
    level = models.PositiveSmallIntegerField(default=1)
    denials = models.JSONField(default=list, help_text="the denials it is about, in remittance")
    amount = models.DecimalField(max_digits=12, decimal_places=2, help_text="what is appealed")
    deadline = models.DateField(help_text="last day for sending it")
    state = models.TextField(default="draft")
    template = models.TextField(default="")
    title = models.TextField()
    body = models.TextField()
    owner = models.TextField(default="")
    drafted = models.DateTimeField()
    sent = models.DateTimeField(null=True)
    sent_how = models.TextField(default="", help_text="mail, fax or portal, with its number")
    answer_by = models.DateField(null=True, help_text="when the payer should have answered")
    letter = models.JSONField(default=dict, help_text="everything on the letter as it was sent")
    settled = models.DateTimeField(null=True)
    settled_by = models.TextField(default="")
    outcome = models.TextField(default="", help_text="what the payer said")
    won = models.DecimalField(max_digits=12, decimal_places=2, null=True, help_text="what the payer now grants")

    class Meta:
        app_label = "follow_up"
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "claim"], name="appeal_one_pending", condition=Q(state__in=PENDING_APPEALS)
            ),
            models.CheckConstraint(condition=Q(state__in=APPEAL_STATES), name="appeal_state"),
        ]
        indexes = [
            models.Index(fields=["practice", "state", "deadline"], name="appeal_list"),
            models.Index(fields=["practice", "claim"], name="appeal_claim"),
        ]

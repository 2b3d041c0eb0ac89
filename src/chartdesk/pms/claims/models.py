"""Claims with their lines and time line, and every file that went out or came in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chartdesk.kit.rows import PracticeRow

#: A claim's states, in the order in which it usually passes them.
STATUSES = (
    "built", "held", "ready", "submitted", "accepted", "acknowledged", "rejected",
    "paid", "partly_paid", "denied", "closed",
)  # fmt: skip
#: Not sent yet: may be built anew from the rows.
UNSENT = ("built", "held", "ready")
#: Sent, and the payer has not decided.
OPEN = ("submitted", "accepted", "acknowledged")
#: Those that follow-up looks through: they wait for us or the payer, or may have been denied in part.
PURSUED = ("held", "rejected", "submitted", "accepted", "acknowledged", "denied", "partly_paid")
#: Those that another claim for the same part of the visit may have followed.
FOLLOWED = ("closed", "rejected")
#: The payer has decided.
ADJUDICATED = ("paid", "partly_paid", "denied")


class Interchange(PracticeRow):
    """One file, byte for byte: sent to the clearinghouse, or received from it."""

    id = models.BigAutoField(primary_key=True)
    direction = models.TextField(help_text="out or in")
    kind = models.TextField(default="", help_text="837P, TA1, 999, 277CA, 835; empty while unread")
    name = models.TextField(help_text="the file's name")
    control_number = models.BigIntegerField(null=True, help_text="ISA13")
    group_number = models.BigIntegerField(null=True, help_text="GS06")
    content = models.BinaryField()
    digest = models.TextField(help_text="SHA-256 of the content")
    status = models.TextField(
        help_text="out: built, sent, accepted, partly_accepted, rejected; in: received, read, error"
    )
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    detail = models.TextField(default="")

    class Meta:
        app_label = "claims"
        constraints = [
            models.UniqueConstraint(fields=["practice", "direction", "digest"], name="interchange_once"),
            models.UniqueConstraint(
                fields=["practice", "control_number"],
                condition=Q(direction="out"),
                name="interchange_number_once",
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "direction", "status"], name="interchange_pending"),
            models.Index(fields=["practice", "group_number"], name="interchange_group"),
        ]


class Claim(PracticeRow):
    """One claim to one payer. ``content`` is the snapshot that the 837P is made of."""

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=20, help_text="the patient control number, CLM01")
    superbill = models.BigIntegerField()
    part = models.PositiveSmallIntegerField(default=1, help_text="of a superbill that needs several claims")
    patient = models.CharField(max_length=64)
    coverage = models.CharField(max_length=64)
    payer_id = models.TextField()
    rank = models.PositiveSmallIntegerField(default=1, help_text="1 primary, 2 secondary, 3 tertiary")
    frequency = models.CharField(max_length=1, default="1", help_text="1 original, 7 replacement, 8 void")
    payer_claim_number = models.TextField(default="", help_text="what the payer calls it")
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    status = models.TextField()
    total = models.DecimalField(max_digits=12, decimal_places=2)
    service_date = models.DateField()
    signed_at = models.DateTimeField(null=True)
    built_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, help_text="when it was first put into a file")
    content = models.JSONField()
    findings = models.JSONField(default=list, help_text="what the last scrubbing found")
    interchange = models.ForeignKey(Interchange, on_delete=models.PROTECT, null=True, related_name="claims")
    set_control = models.TextField(default="", help_text="ST02 of the set that carries it")
    version = models.IntegerField(default=1)

    class Meta:
        app_label = "claims"
        constraints = [
            models.UniqueConstraint(fields=["practice", "number"], name="claim_number_once"),
            models.CheckConstraint(condition=Q(status__in=STATUSES), name="claim_status"),
            models.CheckConstraint(condition=Q(frequency__in=["1", "7", "8"]), name="claim_frequency"),
        ]
        indexes = [
            # The list of claims is counted, added up and put in order from this alone.
            models.Index(
                fields=["practice", "status", "service_date"],
                include=["id", "total", "payer_id", "number", "built_at"],
                name="claim_list",
            ),
            models.Index(fields=["practice", "service_date", "id"], name="claim_service"),
            models.Index(fields=["practice", "patient", "service_date"], name="claim_patient"),
            models.Index(fields=["practice", "superbill"], name="claim_superbill"),
            # Claims that another may have followed are few: the figures read them all, to know which came first.
            models.Index(
                fields=["practice", "superbill", "rank", "part", "submitted_at", "id"],
                name="claim_followed",
                condition=Q(status__in=FOLLOWED),
            ),
            models.Index(fields=["practice", "payer_id", "status"], name="claim_payer"),
            models.Index(fields=["practice", "interchange"], name="claim_interchange"),
            # The figures of a period read these claims, and of them nothing else.
            models.Index(
                fields=["practice", "submitted_at"],
                include=["id", "superbill", "rank", "part", "frequency", "status", "signed_at"],
                name="claim_submitted",
            ),
            # What no payer has numbered yet costs nothing here.
            models.Index(
                fields=["practice", "payer_claim_number"],
                name="claim_payer_number",
                condition=~Q(payer_claim_number=""),
            ),
            # The list of follow-up reads these claims, and of them nothing else.
            models.Index(
                fields=["practice", "status", "id"],
                include=["number", "patient", "payer_id", "rank", "service_date", "submitted_at", "built_at", "total"],
                name="claim_pursued",
                condition=Q(status__in=PURSUED),
            ),
        ]


class Tally(PracticeRow):
    """What one statement changed in how many claims have a status, and in their dollars; the counts are the sums of
    all rows. The database keeps it (``tally``), nobody else writes it, and a job folds the rows together."""

    id = models.BigAutoField(primary_key=True)
    status = models.TextField()
    claims = models.BigIntegerField()
    total = models.DecimalField(max_digits=20, decimal_places=2)

    class Meta:
        app_label = "claims"
        indexes = [models.Index(fields=["practice", "status"], include=["claims", "total"], name="claim_tally")]


class ClaimLine(PracticeRow):
    """One line of a claim; ``control_number`` (REF*6R) comes back in the remittance."""

    id = models.BigAutoField(primary_key=True)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="lines")
    charge_line = models.BigIntegerField()
    position = models.PositiveSmallIntegerField()
    control_number = models.CharField(max_length=30)
    code = models.CharField(max_length=5)
    modifiers = models.JSONField(default=list)
    units = models.DecimalField(max_digits=8, decimal_places=2)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    pointers = models.JSONField(default=list)
    expected = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, help_text="what the contract allows; empty where none says"
    )

    class Meta:
        app_label = "claims"
        constraints = [models.UniqueConstraint(fields=["practice", "control_number"], name="claim_line_number_once")]
        indexes = [models.Index(fields=["practice", "charge_line"], name="claim_line_charge")]


class ClaimEvent(PracticeRow):
    """One entry of a claim's time line, in words."""

    id = models.BigAutoField(primary_key=True)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    kind = models.TextField()
    text = models.TextField()
    actor = models.TextField(default="")
    interchange = models.ForeignKey(Interchange, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "claims"
        indexes = [
            models.Index(fields=["practice", "claim", "at"], name="claim_event_time"),
            models.Index(
                fields=["practice", "at"], include=["claim"], name="claim_event_rejected", condition=Q(kind="rejected")
            ),
        ]


class Rejection(PracticeRow):
    """One reason for which a claim was not taken in, with the field to mend; ``current`` until it is sent anew."""

    id = models.BigAutoField(primary_key=True)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="rejections")
    at = models.DateTimeField()
    source = models.TextField(help_text="TA1, 999, 277CA, or 277")
    code = models.TextField(help_text="such as A7:562:85, or CLM05-1 of a 999")
    words = models.TextField(help_text="the code in words")
    field = models.TextField(default="", help_text="what to mend, in words")
    place = models.TextField(default="", help_text="the kind of thing where it is mended")
    line = models.PositiveSmallIntegerField(default=0, help_text="service line; 0 for the whole claim")
    message = models.TextField(default="", help_text="what the payer wrote besides")
    current = models.BooleanField(default=True)
    interchange = models.ForeignKey(Interchange, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "claims"
        indexes = [
            models.Index(fields=["practice", "claim"], name="rejection_claim"),
            models.Index(fields=["practice", "code"], name="rejection_code", condition=Q(current=True)),
        ]


class DocumentRequest(PracticeRow):
    """What a payer asks to see about a claim (277, request for additional information)."""

    id = models.BigAutoField(primary_key=True)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="document_requests")
    patient = models.CharField(max_length=64)
    trace = models.TextField(help_text="TRN02, which comes back in the answer")
    line = models.TextField(default="", help_text="line control number, where it is about one line")
    asked = models.JSONField(help_text="what is asked for: category, code, entity, source")
    words = models.TextField()
    due = models.DateField(null=True)
    at = models.DateTimeField()
    interchange = models.ForeignKey(Interchange, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.TextField(default="")

    class Meta:
        app_label = "claims"
        constraints = [models.UniqueConstraint(fields=["practice", "claim", "trace", "line"], name="request_once")]
        indexes = [models.Index(fields=["practice", "patient"], name="document_request_patient")]


class Attachment(PracticeRow):
    """A document about charges, byte for byte: it goes with their claims (PWK), or answers what a payer asked."""

    id = models.BigAutoField(primary_key=True)
    superbill = models.BigIntegerField()
    patient = models.CharField(max_length=64)
    control = models.CharField(max_length=50, help_text="PWK06, and TRN02 of the 275 that brings it")
    report = models.CharField(max_length=2, help_text="PWK01: what kind of document it is")
    transmission = models.CharField(max_length=2, help_text="PWK02: how it travels")
    name = models.TextField()
    content_type = models.TextField()
    content = models.BinaryField()
    size = models.IntegerField()
    at = models.DateTimeField()
    by = models.TextField()
    line = models.TextField(default="", db_default="", help_text="code and modifiers of the charge it is about; or all")
    source = models.TextField(default="", db_default="", help_text="what of the record it was made of; empty: a file")
    request = models.ForeignKey(DocumentRequest, on_delete=models.PROTECT, null=True, related_name="documents")
    interchange = models.ForeignKey(Interchange, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "claims"
        constraints = [models.UniqueConstraint(fields=["practice", "control"], name="attachment_control_once")]
        indexes = [
            models.Index(fields=["practice", "superbill"], name="attachment_superbill"),
            models.Index(fields=["practice", "patient"], name="attachment_patient"),
        ]

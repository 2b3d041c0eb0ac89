"""Remittances, what they pay, and denials. Claims, charge lines and postings are referred to by number."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chartdesk.kit.rows import PracticeRow

#: A remittance's states. ``duplicate``: everything in it had come before.
STATUSES = ("received", "refused", "posted", "partly_posted", "duplicate")
#: What became of a denial; the first is where it starts.
DENIAL_STATES = ("open", "appealed", "resubmitted", "written_off", "billed_patient", "resolved")


class Remittance(PracticeRow):
    """One payment of a payer: one ST of an 835 file. Amounts are dollars."""

    id = models.BigAutoField(primary_key=True)
    interchange = models.BigIntegerField(help_text="the file, in claims")
    digest = models.TextField(help_text="SHA-256 of the file")
    position = models.PositiveSmallIntegerField(help_text="which ST of the file, from 1")
    payer_key = models.TextField(default="", help_text="who paid, in one form: TRN03 or the name")
    payer_id = models.TextField(default="", help_text="the payer's number as the file gives it")
    payer_name = models.TextField(default="")
    trace = models.TextField(default="", help_text="TRN02: number of the transfer or cheque, as sent")
    trace_key = models.TextField(default="", help_text="the same in one form")
    method = models.TextField(default="", help_text="BPR04: ACH, CHK, NON, FWT, BOP")
    amount = models.DecimalField(max_digits=12, decimal_places=2, default=0, help_text="BPR02; taken back: negative")
    paid_on = models.DateField(null=True)
    received = models.DateTimeField()
    posted = models.DateTimeField(null=True)
    status = models.TextField()
    claims = models.IntegerField(default=0, help_text="claim payments in the file")
    duplicates = models.IntegerField(default=0, help_text="of those, how many had come before")
    findings = models.JSONField(default=list, help_text="why it was refused, in sentences")

    class Meta:
        app_label = "remittance"
        constraints = [
            models.UniqueConstraint(fields=["practice", "digest", "position"], name="remittance_once"),
            models.CheckConstraint(condition=Q(status__in=STATUSES), name="remittance_status"),
        ]
        indexes = [
            models.Index(fields=["practice", "received"], name="remittance_list"),
            models.Index(fields=["practice", "payer_key", "trace_key"], name="remittance_trace"),
        ]


class ClaimPayment(PracticeRow):
    """What a payer decided about one claim (loop 2100). It exists once, however often it is sent."""

    id = models.BigAutoField(primary_key=True)
    remittance = models.ForeignKey(Remittance, on_delete=models.PROTECT, related_name="claim_payments")
    position = models.PositiveIntegerField(help_text="in the file, from 1")
    payer_key = models.TextField()
    trace_key = models.TextField()
    claim_number = models.TextField(help_text="CLP01, as sent")
    occurrence = models.PositiveSmallIntegerField(default=1, help_text="which of this claim number in the payment")
    claim = models.BigIntegerField(null=True, help_text="our claim, once matched")
    patient = models.CharField(max_length=64, default="")
    patient_name = models.TextField(default="", help_text="as the payer wrote it")
    payer_claim_number = models.TextField(default="")
    status_code = models.TextField(help_text="CLP02")
    service_date = models.DateField(null=True)
    charged = models.DecimalField(max_digits=12, decimal_places=2)
    paid = models.DecimalField(max_digits=12, decimal_places=2)
    patient_responsibility = models.DecimalField(max_digits=12, decimal_places=2, null=True, help_text="CLP05")
    adjustments = models.JSONField(default=list, help_text="of the claim as a whole: group, reason, amount")
    remarks = models.JSONField(default=list)
    state = models.TextField(default="waiting", help_text="waiting, posted, or held")
    reason = models.TextField(default="", help_text="why it is held")
    posting = models.BigIntegerField(null=True, help_text="in the ledger; none where no money moved")
    tries = models.PositiveSmallIntegerField(default=0, help_text="how often it was posted")
    posted_at = models.DateTimeField(null=True)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")

    class Meta:
        app_label = "remittance"
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "payer_key", "trace_key", "claim_number", "occurrence"],
                name="claim_payment_once",
            ),
            models.CheckConstraint(condition=Q(state__in=["waiting", "posted", "held"]), name="claim_payment_state"),
        ]
        indexes = [
            models.Index(fields=["practice", "claim"], name="claim_payment_claim"),
            models.Index(fields=["practice", "claim_number"], name="claim_payment_number"),
            models.Index(fields=["practice", "payer_claim_number"], name="claim_payment_payer_number"),
            models.Index(fields=["practice", "remittance", "position"], name="claim_payment_order"),
            models.Index(fields=["practice", "state"], name="claim_payment_state_list"),
            models.Index(fields=["practice", "posted_at"], name="claim_payment_posted"),
        ]


class PaymentLine(PracticeRow):
    """One service line as the payer decided it (loop 2110)."""

    id = models.BigAutoField(primary_key=True)
    claim_payment = models.ForeignKey(ClaimPayment, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    code = models.TextField()
    modifiers = models.JSONField(default=list)
    submitted_code = models.TextField(default="", help_text="what we had sent, where the payer changed it")
    units = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    service_date = models.DateField(null=True)
    line_control = models.TextField(default="", help_text="REF*6R")
    charged = models.DecimalField(max_digits=12, decimal_places=2)
    paid = models.DecimalField(max_digits=12, decimal_places=2)
    allowed = models.DecimalField(max_digits=12, decimal_places=2, null=True, help_text="AMT*B6")
    adjustments = models.JSONField(default=list, help_text="group, reason, amount")
    remarks = models.JSONField(default=list)
    charge_line = models.BigIntegerField(null=True, help_text="our charge line, once matched")
    held = models.BooleanField(default=False, help_text="no line of ours matches; its money is unapplied")

    class Meta:
        app_label = "remittance"
        constraints = [
            models.UniqueConstraint(fields=["practice", "claim_payment", "position"], name="payment_line_once")
        ]
        indexes = [models.Index(fields=["practice", "charge_line"], name="payment_line_charge")]


class ProviderAdjustment(PracticeRow):
    """An adjustment of the payment as a whole (PLB). A positive ``amount`` lowers what was sent."""

    id = models.BigAutoField(primary_key=True)
    remittance = models.ForeignKey(Remittance, on_delete=models.PROTECT, related_name="provider_adjustments")
    position = models.PositiveSmallIntegerField()
    payer_key = models.TextField()
    trace_key = models.TextField()
    code = models.TextField(help_text="WO, FB, L6, 72, CS, J1 and others")
    reference = models.TextField(default="", help_text="often a claim number")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    occurrence = models.PositiveSmallIntegerField(default=1)
    claim_payment = models.ForeignKey(ClaimPayment, on_delete=models.PROTECT, null=True, related_name="+")
    posted = models.BooleanField(default=False)
    posting = models.BigIntegerField(null=True)
    state = models.TextField(default="", help_text="of a recovery: open, matched, reopened or accepted")

    class Meta:
        app_label = "remittance"
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "payer_key", "trace_key", "code", "reference", "amount", "occurrence"],
                name="provider_adjustment_once",
            )
        ]


class Denial(PracticeRow):
    """An amount that a payer refused; it stays the payer's debt until somebody decides."""

    id = models.BigAutoField(primary_key=True)
    claim = models.BigIntegerField()
    claim_payment = models.ForeignKey(ClaimPayment, on_delete=models.PROTECT, related_name="denials")
    charge_line = models.BigIntegerField(null=True)
    patient = models.CharField(max_length=64)
    payer_id = models.TextField()
    group = models.TextField(help_text="CO, PR, OA, PI")
    carc = models.TextField(help_text="adjustment reason code")
    rarc = models.JSONField(default=list, help_text="remark codes")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    state = models.TextField(default="open")
    raised = models.DateTimeField()
    deadline = models.DateField(help_text="last day for an appeal")
    note = models.TextField(default="")
    owner = models.TextField(default="", help_text="who works on it")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.TextField(default="")
    posting = models.BigIntegerField(null=True, help_text="where settling it moved money")

    class Meta:
        app_label = "remittance"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DENIAL_STATES), name="denial_state"),
        ]
        indexes = [
            models.Index(fields=["practice", "state", "deadline"], name="denial_list"),
            models.Index(fields=["practice", "claim"], name="denial_claim"),
            models.Index(fields=["practice", "charge_line"], name="denial_charge_line"),
        ]

"""Remittances, what they pay, and denials. Claims, charge lines and postings are referred to by number."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chartdesk.kit.rows import PracticeRow

#: A remittance's states. ``review``: a rule of the practice wants a person to look first. ``unposted``: it was posted
#: and taken back. ``duplicate``: everything in it had come before.
STATUSES = ("received", "review", "refused", "posted", "partly_posted", "unposted", "duplicate")
#: A claim payment's states.
PAYMENT_STATES = ("waiting", "posted", "held", "unposted")
#: A deposit's states. ``explained``: it belongs to no remittance, and a note says to what.
DEPOSIT_STATES = ("open", "matched", "explained")
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
    trace = models.TextField(default="", help_text="TRN02: number of the transfer or check, as sent")
    trace_key = models.TextField(default="", help_text="the same in one form")
    method = models.TextField(default="", help_text="BPR04: ACH, CHK, NON, FWT, BOP")
    amount = models.DecimalField(max_digits=12, decimal_places=2, default=0, help_text="BPR02; taken back: negative")
    paid_on = models.DateField(null=True)
    received = models.DateTimeField()
    posted = models.DateTimeField(null=True)
    status = models.TextField()
    claims = models.IntegerField(default=0, help_text="claim payments in the file")
    duplicates = models.IntegerField(default=0, help_text="of those, how many had come before")
    findings = models.JSONField(default=list, help_text="why it was refused, or waits for a person, in sentences")

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
    state = models.TextField(default="waiting", help_text="waiting, posted, held, or unposted")
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
            models.CheckConstraint(condition=Q(state__in=PAYMENT_STATES), name="claim_payment_state"),
        ]
        indexes = [
            models.Index(fields=["practice", "claim"], name="claim_payment_claim"),
            models.Index(fields=["practice", "claim_number"], name="claim_payment_number"),
            models.Index(fields=["practice", "payer_claim_number"], name="claim_payment_payer_number"),
            models.Index(fields=["practice", "remittance", "position"], name="claim_payment_order"),
            models.Index(fields=["practice", "state"], name="claim_payment_state_list"),
            # The figures of a period read these decisions, and of them nothing else.
            models.Index(
                fields=["practice", "posted_at"],
                include=["id", "claim", "remittance", "status_code", "state", "reverses"],
                name="claim_payment_posted",
            ),
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
    tries = models.PositiveSmallIntegerField(default=0, help_text="how often it was posted")
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
            models.Index(fields=["practice", "raised"], include=["claim_payment"], name="denial_raised"),
            # The list of follow-up adds up what is pending from this alone, by claim and by reason.
            models.Index(
                fields=["practice", "claim"],
                include=["amount", "deadline", "carc"],
                name="denial_pending",
                condition=Q(state__in=["open", "appealed", "resubmitted"]),
            ),
            models.Index(fields=["practice", "charge_line"], name="denial_charge_line"),
        ]


class Deposit(PracticeRow):
    """Money that the bank says came from a payer: a line of the bank's file, or keyed in. Amounts are dollars."""

    id = models.BigAutoField(primary_key=True)
    deposited_on = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    method = models.TextField(help_text="eft or check")
    trace = models.TextField(default="", help_text="the number that came with the money, as the bank gives it")
    trace_key = models.TextField(default="", help_text="the same in one form")
    payer = models.TextField(default="", help_text="who sent it, as the bank gives it")
    origin = models.TextField(help_text="which line of which file, or a form: it comes once")
    remittance = models.OneToOneField(Remittance, on_delete=models.PROTECT, null=True, related_name="deposit")
    state = models.TextField(default="open")
    note = models.TextField(default="")
    entered = models.DateTimeField()
    actor = models.TextField(default="")

    class Meta:
        app_label = "remittance"
        constraints = [
            models.UniqueConstraint(fields=["practice", "origin"], name="deposit_once"),
            models.CheckConstraint(condition=Q(state__in=DEPOSIT_STATES), name="deposit_state"),
            models.CheckConstraint(
                condition=Q(state="matched", remittance__isnull=False)
                | (~Q(state="matched") & Q(remittance__isnull=True)),
                name="deposit_matched_to",
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "state", "deposited_on"], name="deposit_list"),
            models.Index(fields=["practice", "trace_key"], name="deposit_trace"),
        ]


class PaperRemittance(PracticeRow):
    """A remittance on paper while it is keyed in: claim by claim, until it adds up and is taken in like an 835."""

    id = models.BigAutoField(primary_key=True)
    payer_id = models.TextField(help_text="the payer of ours")
    trace = models.TextField(help_text="number of the check or transfer")
    paid_on = models.DateField()
    method = models.TextField(default="CHK", help_text="BPR04")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    claims = models.JSONField(default=list, help_text="what it says about each claim")
    adjustments = models.JSONField(default=list, help_text="adjustments of the whole: code, reference, amount")
    remittance = models.BigIntegerField(null=True, help_text="what it became")
    started = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        app_label = "remittance"
        indexes = [models.Index(fields=["practice", "remittance", "started"], name="paper_open")]


class PostingRule(PracticeRow):
    """What must not post by itself: remittances that fit wait for a person. Empty fields do not narrow."""

    id = models.BigAutoField(primary_key=True)
    name = models.TextField()
    payer_id = models.TextField(default="", help_text="of the payer of ours; empty for every payer")
    over = models.DecimalField(max_digits=12, decimal_places=2, null=True, help_text="payments of more dollars")
    statuses = models.JSONField(default=list, help_text="claim statuses (CLP02) that a person looks at")
    unmatched = models.BooleanField(default=False, help_text="where a claim is not ours")
    adjusted = models.BooleanField(default=False, help_text="where the payment as a whole was lowered (PLB)")
    undeposited = models.BooleanField(default=False, help_text="until the bank shows the money")
    active = models.BooleanField(default=True)

    class Meta:
        app_label = "remittance"
        constraints = [models.UniqueConstraint(fields=["practice", "name"], name="posting_rule_name")]


class Refund(PracticeRow):
    """Money given back to a payer that had paid too much for a charge."""

    id = models.BigAutoField(primary_key=True)
    payer_id = models.TextField()
    patient = models.CharField(max_length=64)
    reference = models.TextField(help_text="what was overpaid, as the ledger files it")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    number = models.TextField(help_text="of our check or transfer")
    method = models.TextField(help_text="the account it leaves: check or eft")
    reason = models.TextField()
    idempotency_key = models.TextField()
    posting = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        app_label = "remittance"
        constraints = [
            models.UniqueConstraint(fields=["practice", "idempotency_key"], name="payer_refund_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payer_refund_positive"),
        ]

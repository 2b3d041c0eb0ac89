"""Fee schedules, contract rates, superbills and their lines."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chartdesk.kit.rows import PracticeRow
from chartdesk.pms.charges.contract_models import Contract, ContractTerm

__all__ = [
    "ChargeLine", "Contract", "ContractRate", "ContractTerm", "Fee", "FeeSchedule", "Superbill", "VisitCircumstances",
]  # fmt: skip


class FeeSchedule(PracticeRow):
    """A price list that holds from a day on. Of several that hold, the later one has the price; one for a payer goes
    before one for everybody.
    """

    id = models.AutoField(primary_key=True)
    name = models.TextField()
    effective = models.DateField()
    payer_id = models.TextField(default="", help_text="whose patients it is for; empty: everybody's")
    basis = models.TextField(default="", help_text="how it was made, such as 120 % of Medicare")
    created = models.DateTimeField()

    class Meta:
        app_label = "charges"
        constraints = [models.UniqueConstraint(fields=["practice", "name", "effective"], name="schedule_once")]


class Fee(PracticeRow):
    """What one unit of a procedure costs, in dollars."""

    id = models.BigAutoField(primary_key=True)
    schedule = models.ForeignKey(FeeSchedule, on_delete=models.CASCADE, related_name="fees")
    code = models.CharField(max_length=5)
    modifier = models.CharField(max_length=2, default="", help_text="a fee of its own for this modifier")
    description = models.TextField()
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    kind = models.TextField(default="", help_text="a word to group by, such as visit or immunization")

    class Meta:
        app_label = "charges"
        constraints = [
            models.UniqueConstraint(fields=["practice", "schedule", "code", "modifier"], name="fee_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="fee_not_negative"),
        ]


class ContractRate(PracticeRow):
    """What a payer has agreed to allow for one unit of a procedure, from a day on, in dollars."""

    id = models.BigAutoField(primary_key=True)
    payer_id = models.TextField()
    code = models.CharField(max_length=5)
    modifier = models.CharField(max_length=2, default="")
    allowed = models.DecimalField(max_digits=10, decimal_places=2)
    effective = models.DateField()

    class Meta:
        app_label = "charges"
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "payer_id", "code", "modifier", "effective"], name="contract_rate_once"
            ),
            models.CheckConstraint(condition=Q(allowed__gte=0), name="contract_rate_not_negative"),
        ]


class Superbill(PracticeRow):
    """The charges of one visit. ``source_id`` is where they came from; each source comes once."""

    id = models.BigAutoField(primary_key=True)
    source_id = models.TextField()
    patient = models.CharField(max_length=64)
    encounter = models.CharField(max_length=64, default="")
    appointment = models.CharField(max_length=64, default="")
    service_date = models.DateField()
    practitioner = models.CharField(max_length=64, default="", help_text="the rendering Practitioner's id")
    site = models.TextField(default="", help_text="id of the site, where the source names one")
    place_of_service = models.CharField(max_length=2, default="11")
    diagnoses = models.JSONField(default=list, help_text="ICD-10-CM codes with their dot, in order")
    minutes = models.IntegerField(null=True)
    status = models.TextField(default="review", help_text="review, approved, billed or void")
    findings = models.JSONField(default=list, help_text="what review found")
    coverage = models.CharField(max_length=64, default="", help_text="the coverage that is billed first")
    payer_id = models.TextField(default="", help_text="who owes the charges; empty: the patient")
    self_pay = models.BooleanField(default=False, help_text="somebody decided that the patient pays")
    signed_at = models.DateTimeField(null=True)
    captured_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    approved_by = models.TextField(default="")
    approvals = models.IntegerField(default=0, help_text="how often it was approved; each posts anew")
    void_reason = models.TextField(default="")
    total = models.DecimalField(max_digits=12, decimal_places=2)
    digest = models.TextField(default="", help_text="of the content that was captured")
    documented = models.JSONField(null=True, help_text="what the note shows for the level; see levels.Documented")
    split_reason = models.TextField(default="", db_default="", help_text="why lines were put on claims by hand")
    origin = models.TextField(
        default="", db_default="", help_text="whose system handed it in, where it is a stranger's"
    )
    split_by = models.TextField(default="", db_default="", help_text="who did")
    circumstances = models.JSONField(default=dict, db_default={}, help_text="why the patient came")
    stated = models.IntegerField(default=0, db_default=0, help_text="how often that was said")
    stated_by = models.TextField(default="", db_default="", help_text="who said it last")
    stated_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        app_label = "charges"
        constraints = [
            models.UniqueConstraint(fields=["practice", "source_id"], name="superbill_source_once"),
            models.CheckConstraint(
                condition=Q(status__in=["review", "approved", "billed", "void"]), name="superbill_status"
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "status", "service_date"], name="superbill_list"),
            models.Index(fields=["practice", "patient", "service_date"], name="superbill_patient"),
            models.Index(fields=["practice", "appointment"], name="superbill_appointment"),
            models.Index(fields=["practice", "encounter"], name="superbill_encounter"),
            models.Index(
                fields=["practice", "approved_at"], include=["status", "service_date"], name="superbill_approved"
            ),
        ]


class VisitCircumstances(PracticeRow):
    """Why the patient came, as it was said before there were charges; they take it over."""

    id = models.BigAutoField(primary_key=True)
    appointment = models.CharField(max_length=64)
    patient = models.CharField(max_length=64)
    said = models.JSONField(default=dict)
    by = models.TextField(default="")
    at = models.DateTimeField()
    version = models.IntegerField(default=1)

    class Meta:
        app_label = "charges"
        constraints = [models.UniqueConstraint(fields=["practice", "appointment"], name="visit_circumstances_once")]
        indexes = [models.Index(fields=["practice", "patient"], name="visit_circumstances_patient")]


class ChargeLine(PracticeRow):
    """One procedure of a superbill. ``amount`` is for all its units; empty where it has no price yet.

    A line that was approved once and amended later stays as ``superseded``: claims and ledger refer to it.
    """

    id = models.BigAutoField(primary_key=True)
    superbill = models.ForeignKey(Superbill, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=5)
    modifiers = models.JSONField(default=list)
    units = models.DecimalField(max_digits=8, decimal_places=2)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    pointers = models.JSONField(default=list, help_text="1-based places in the superbill's diagnoses")
    description = models.TextField(default="")
    practitioner = models.CharField(max_length=64, default="")
    service_date = models.DateField(null=True, help_text="where it is another than the superbill's")
    payer_id = models.TextField(null=True, help_text="who owes the line where a splitting rule says so; empty: patient")
    coverage = models.CharField(max_length=64, default="", db_default="", help_text="that payer's coverage")
    claim = models.PositiveSmallIntegerField(null=True, help_text="the claim it is put on by hand; empty: by the rules")
    revenue = models.CharField(max_length=4, default="", db_default="", help_text="its revenue code; empty: as usual")
    superseded = models.BooleanField(default=False)
    posting = models.BigIntegerField(null=True, help_text="its posting in the ledger, while it stands")

    class Meta:
        app_label = "charges"
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "superbill", "position"],
                condition=Q(superseded=False),
                name="charge_line_position",
            )
        ]
        indexes = [models.Index(fields=["practice", "code"], name="charge_line_code")]

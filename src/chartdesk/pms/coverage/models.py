"""Payers of the practice, and the eligibility checks it made."""

from __future__ import annotations

from django.db import models

from chartdesk.kit.rows import PracticeRow

#: The work item about another insurer that a payer named.
FOUND_WORK = "coverage_found"
#: Statuses of a check that mean the payer answered.
ANSWERS = ("active", "inactive", "refused", "unknown")


class Payer(PracticeRow):
    """An insurer that the practice bills. Its Organization resource carries the same name and address."""

    id = models.BigAutoField(primary_key=True)
    payer_id = models.TextField(help_text="the payer's electronic number")
    name = models.TextField()
    filing_indicator = models.TextField(default="CI", help_text="SBR09: CI, MB, MC, BL, HM ...")
    phone = models.TextField(default="")
    line1 = models.TextField(default="")
    line2 = models.TextField(default="")
    city = models.TextField(default="")
    state = models.TextField(default="")
    postal_code = models.TextField(default="")
    organization = models.CharField(max_length=64, help_text="id of the Organization resource")
    timely_filing_days = models.IntegerField(default=365)
    settings = models.JSONField(default=dict)
    active = models.BooleanField(default=True)

    class Meta:
        app_label = "coverage"
        constraints = [models.UniqueConstraint(fields=["practice", "payer_id"], name="payer_once")]
        indexes = [models.Index("practice", "organization", name="payer_organization")]

    def __str__(self) -> str:
        return str(self.name)


class EligibilityCheck(PracticeRow):
    """One question to a payer and what came of it. A figure the payer did not state is NULL, never 0."""

    id = models.BigAutoField(primary_key=True)
    patient = models.CharField(max_length=64)
    coverage = models.CharField(max_length=64)
    appointment = models.CharField(max_length=64, default="")
    payer_id = models.TextField()
    service_date = models.DateField()
    service_types = models.JSONField(default=list)
    trace = models.TextField(default="", help_text="TRN02 of the question")
    asked = models.DateTimeField()
    answered = models.DateTimeField(null=True)
    actor = models.TextField(default="")
    batch = models.BigIntegerField(null=True, help_text="the file that it was asked in; empty in real time")
    status = models.TextField(default="asked", help_text="asked, then active, inactive, refused, failed or unknown")
    reason = models.TextField(default="", help_text="why it failed, was refused or is not active")
    cure = models.TextField(default="")
    request = models.TextField(default="", help_text="the 270 as it was sent")
    response = models.TextField(default="", help_text="the answer as it came")
    plan_name = models.TextField(default="")
    other_payer = models.TextField(default="")
    benefits = models.JSONField(default=list)
    elsewhere = models.JSONField(default=list, help_text="other insurers that it names, and what became of each")
    copay = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    deductible = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    deductible_remaining = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    coinsurance = models.DecimalField(max_digits=5, decimal_places=4, null=True, help_text="0.2 is 20 %")
    out_of_pocket = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    out_of_pocket_remaining = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    messages = models.JSONField(default=list, help_text="what the answer says, as sentences")

    class Meta:
        app_label = "coverage"
        indexes = [
            models.Index("practice", "patient", "id", name="eligibility_patient"),
            models.Index("practice", "appointment", "id", name="eligibility_appointment"),
            models.Index("practice", "coverage", "id", name="eligibility_coverage"),
            models.Index("practice", "asked", name="eligibility_waiting", condition=models.Q(status="asked")),
        ]

    @property
    def is_answer(self) -> bool:
        """Whether the payer said how the patient stands: covered, not covered, or refused."""
        return self.status in ANSWERS

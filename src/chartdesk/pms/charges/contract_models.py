"""Contracts with payers: what each allows from a day on, and by which rule."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chartdesk.kit.rows import PracticeRow

#: How a term counts: dollars for a unit, percent of Medicare or of the charge, or not part of the contract.
BASES = ("fixed", "medicare", "charge", "outside")


class Contract(PracticeRow):
    """The terms with a payer from a day on, until the next contract with it. Rates by code stand in ``ContractRate``:
    those of a contract have its first day or a later one.
    """

    id = models.AutoField(primary_key=True)
    payer_id = models.TextField()
    effective = models.DateField()
    name = models.TextField(default="")
    locality = models.TextField(default="", help_text="Medicare's locality, such as 10112-00")
    medicare_on = models.DateField(null=True, help_text="whose Medicare values hold; empty: those of the service's day")
    lesser = models.BooleanField(default=True, help_text="never more than was charged")
    note = models.TextField(default="")
    changed_at = models.DateTimeField()
    changed_by = models.TextField()

    class Meta:
        app_label = "charges"
        constraints = [models.UniqueConstraint(fields=["practice", "payer_id", "effective"], name="contract_once")]


class ContractTerm(PracticeRow):
    """One rule of a contract, for codes from ``first_code`` to ``last_code``. The narrowest that fits holds."""

    id = models.BigAutoField(primary_key=True)
    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="terms")
    first_code = models.CharField(max_length=5)
    last_code = models.CharField(max_length=5)
    modifier = models.CharField(max_length=2, default="")
    place = models.CharField(max_length=1, default="", help_text="F facility, N elsewhere, empty: anywhere")
    basis = models.TextField()
    figure = models.DecimalField(max_digits=10, decimal_places=2, help_text="percent, or dollars for a unit")

    class Meta:
        app_label = "charges"
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "contract", "first_code", "last_code", "modifier", "place"],
                name="contract_term_once",
            ),
            models.CheckConstraint(condition=Q(basis__in=BASES) & Q(figure__gte=0), name="contract_term_basis"),
        ]

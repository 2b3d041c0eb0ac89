"""Postings, their entries, and the sums that the database keeps of them.

The migration adds what Django cannot say: balance, no change ever (``guards``), and the sums (``sums``).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chartdesk.kit.rows import PracticeRow


class Posting(PracticeRow):
    """One balanced set of entries with the cause of it."""

    id = models.BigAutoField(primary_key=True)
    kind = models.TextField(help_text="what caused it, such as charge, payment or remittance")
    source = models.TextField(help_text="which one; a cause posts once")
    posted_on = models.DateField(help_text="the accounting date")
    memo = models.TextField(default="")
    actor = models.TextField()
    at = models.DateTimeField()
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversal")

    class Meta:
        app_label = "ledger"
        constraints = [
            models.UniqueConstraint(fields=["practice", "kind", "source"], name="posting_once"),
        ]
        indexes = [models.Index(fields=["practice", "posted_on"], name="posting_day")]


class Entry(PracticeRow):
    """One side of a posting: debit positive, credit negative, dollars."""

    id = models.BigAutoField(primary_key=True)
    # That it is there, and of the same practice, the guards see to: a check of its own for each entry costs a tenth.
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="entries", db_constraint=False)
    account = models.TextField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    patient = models.TextField(default="")
    reference = models.TextField(default="", help_text="what it is about, such as charge:123")
    holder = models.TextField(default="", help_text="who owes a receivable: patient, or payer:<id>")
    posted_on = models.DateField(help_text="the posting's, kept here so that balances need one table")
    memo = models.TextField(default="")

    class Meta:
        app_label = "ledger"
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="entry_not_zero"),
            models.CheckConstraint(
                condition=~Q(account="ar") | Q(holder="patient") | Q(holder__startswith="payer:"),
                name="entry_receivable_has_holder",
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "account", "posted_on"], include=["amount"], name="entry_account"),
            models.Index(
                fields=["practice", "patient", "account", "reference", "holder"],
                include=["amount", "posted_on"],
                name="entry_patient",
            ),
            models.Index(
                fields=["practice", "reference", "account", "holder"],
                include=["amount", "posted_on"],
                name="entry_reference",
            ),
            models.Index(
                fields=["practice", "reference", "holder"],
                include=["amount", "posted_on", "patient"],
                condition=Q(account="ar"),
                name="entry_receivable",
            ),
        ]


class Balance(PracticeRow):
    """What one holder owes for one reference, dollars. The database keeps it; nobody else writes it."""

    pk = models.CompositePrimaryKey("practice", "reference", "holder")
    reference = models.TextField()
    holder = models.TextField()
    patient = models.TextField(help_text="whose it is; goes with the entries when patients are merged")
    due = models.DecimalField(max_digits=20, decimal_places=2)
    since = models.DateField(help_text="the first day on which an entry stands there")

    class Meta:
        app_label = "ledger"
        indexes = [
            # Aging, and the patients who owe, read nothing else.
            models.Index(
                fields=["practice", "reference", "holder"],
                include=["due", "since", "patient"],
                condition=~Q(due=0),
                name="balance_open",
            ),
        ]


class DaySum(PracticeRow):
    """What one statement posted to an account on a day. The sums of a day are those of all its rows.

    Each statement adds rows of its own, so that none waits for another; a job folds them together.
    """

    id = models.BigAutoField(primary_key=True)
    account = models.TextField()
    day = models.DateField()
    debits = models.DecimalField(max_digits=20, decimal_places=2)
    credits = models.DecimalField(max_digits=20, decimal_places=2)
    entries = models.BigIntegerField()

    class Meta:
        app_label = "ledger"
        indexes = [
            models.Index(
                fields=["practice", "account", "day"],
                include=["debits", "credits", "entries"],
                name="daysum_account",
            ),
        ]

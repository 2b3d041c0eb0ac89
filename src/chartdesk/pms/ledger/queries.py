"""Balances, open receivables, aging, the trial balance and the journal."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import F, Q, Sum

from chartdesk.kit.money import ZERO, money, summed
from chartdesk.kit.transactions import reading
from chartdesk.pms.ledger import receivables, rules
from chartdesk.pms.ledger.models import DaySum, Entry, Posting
from chartdesk.record.access import Subject


@dataclass
class AgingRow:
    """What one holder owes, by age in days; ``buckets`` has every name of ``rules.BUCKETS``."""

    holder: str
    total: Decimal
    buckets: dict[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class JournalRow:
    """One entry with its posting, as an account page or an export shows it."""

    posting_id: int
    kind: str
    source: str
    posted_on: date
    at: datetime
    account: str
    amount: Decimal
    patient: str
    reference: str
    holder: str
    memo: str
    reverses: int | None


def balance(
    subject: Subject,
    account: str,
    *,
    patient: str | None = None,
    reference: str | None = None,
    holder: str | None = None,
    until: date | None = None,
) -> Decimal:
    """The balance of ``account``, debit positive; narrowed to a patient, reference or holder, and to postings
    dated ``until`` or before."""
    if patient is None and reference is None and holder is None:
        return _account_balance(subject, account, until)
    wanted = Q(practice=subject.practice, account=account)
    if patient is not None:
        wanted &= Q(patient=patient)
    if reference is not None:
        wanted &= Q(reference=reference)
    if holder is not None:
        wanted &= Q(holder=holder)
    if until is not None:
        wanted &= Q(posted_on__lte=until)
    with reading(subject):
        return summed(Entry.objects.filter(wanted).aggregate(sum=Sum("amount"))["sum"])


def _account_balance(subject: Subject, account: str, until: date | None) -> Decimal:
    """The balance of a whole account, from the sums of its days."""
    days = Q(practice=subject.practice, account=account)
    if until is not None:
        days &= Q(day__lte=until)
    with reading(subject):
        return summed(DaySum.objects.filter(days).aggregate(sum=Sum(F("debits") - F("credits")))["sum"])


def trial_balance(subject: Subject) -> list[tuple[str, Decimal, Decimal, Decimal]]:
    """Every account in use: (account, debits, credits, balance), all but the last positive."""
    return [
        (account, summed(debits), summed(credits), summed(debits - credits))
        for account, debits, credits in _rows(
            subject,
            """
            SELECT account, SUM(debits), SUM(credits) FROM ledger_daysum WHERE practice = %s
             GROUP BY account ORDER BY account
            """,
            [subject.practice],
        )
    ]


def by_account(subject: Subject, reference: str) -> dict[str, Decimal]:
    """What stands under a reference: account → balance, without zeros."""
    statement = """
        SELECT account, SUM(amount) FROM ledger_entry WHERE practice = %s AND reference = %s
         GROUP BY account HAVING SUM(amount) <> 0 ORDER BY account
    """
    return {account: summed(amount) for account, amount in _rows(subject, statement, [subject.practice, reference])}


def posting_of(subject: Subject, kind: str, source: str) -> int | None:
    """The number of the posting with that cause; None where there is none."""
    with reading(subject):
        rows = Posting.objects.filter(practice=subject.practice, kind=kind, source=source)
        return rows.values_list("pk", flat=True).first()


def in_balance(subject: Subject) -> bool:
    """Whether all debits equal all credits, summed from the entries."""
    with reading(subject):
        entries = Entry.objects.filter(practice=subject.practice)
        return not entries.aggregate(sum=Sum("amount"))["sum"]


def open_references(
    subject: Subject, patient: str | None = None, *, references: list[str] | None = None
) -> dict[str, dict[str, Decimal]]:
    """Receivables that are not zero: reference → holder → dollars owed, oldest reference first.

    Narrow to a patient, or to the references named.
    """
    clauses, values = _receivables(subject, patient)
    if references is not None:
        clauses, values = f"{clauses} AND reference = ANY(%s)", [*values, references]
    found: dict[str, dict[str, Decimal]] = {}
    for reference, holder, amount in _rows(
        subject,
        f"""
        SELECT reference, holder, amount
          FROM (SELECT reference, holder, SUM(amount) AS amount,
                       MIN(MIN(posted_on)) OVER (PARTITION BY reference) AS since
                  FROM ledger_entry WHERE {clauses} GROUP BY reference, holder) AS item
         WHERE amount <> 0 ORDER BY since, reference, holder
        """,
        values,
    ):
        found.setdefault(reference, {})[holder] = summed(amount)
    return found


_AGING_OF_PATIENT = """
    SELECT holder, since, SUM(amount)
      FROM (SELECT holder, MIN(posted_on) AS since, SUM(amount) AS amount FROM ledger_entry
             WHERE practice = %s AND account = 'ar' AND patient = %s AND posted_on <= %s
             GROUP BY reference, holder) AS item
     WHERE amount <> 0 GROUP BY holder, since ORDER BY holder
"""


def aging(subject: Subject, on: date, *, patient: str | None = None) -> list[AgingRow]:
    """What each holder owes as of ``on``, by the days since that holder first owed it."""
    if patient is None:
        found = _rows(subject, receivables.AGING, {"practice": subject.practice, "last": on})
    else:
        found = _rows(subject, _AGING_OF_PATIENT, [subject.practice, patient, on])
    rows: dict[str, AgingRow] = {}
    for holder, since, amount in found:
        row = rows.setdefault(holder, AgingRow(holder, ZERO, {name: ZERO for name, _ in rules.BUCKETS}))
        row.buckets[rules.bucket(since, on)] += summed(amount)
        row.total += summed(amount)
    return list(rows.values())


def journal(
    subject: Subject,
    *,
    patient: str | None = None,
    reference: str | None = None,
    kind: str | None = None,
    source: str | None = None,
    posting_id: int | None = None,
    first: date | None = None,
    last: date | None = None,
    limit: int = 1000,
) -> list[JournalRow]:
    """Entries in the order in which they were posted, narrowed as asked; at most ``limit``."""
    asked = {
        "patient": patient,
        "reference": reference,
        "posting__kind": kind,
        "posting__source": source,
        "posting_id": posting_id,
        "posted_on__gte": first,
        "posted_on__lte": last,
    }
    wanted = {name: value for name, value in asked.items() if value is not None}
    with reading(subject):
        entries = Entry.objects.filter(practice=subject.practice, **wanted).select_related("posting")
        return [_journal_row(entry) for entry in entries.order_by("pk")[:limit]]


def entries_of(subject: Subject, postings: list[int]) -> list[JournalRow]:
    """The entries of these postings, in the order in which they were posted."""
    with reading(subject):
        rows = Entry.objects.filter(practice=subject.practice, posting__in=postings).select_related("posting")
        return [_journal_row(entry) for entry in rows.order_by("pk")]


def _journal_row(entry: Entry) -> JournalRow:
    posting = entry.posting
    return JournalRow(
        posting_id=posting.pk,
        kind=posting.kind,
        source=posting.source,
        posted_on=posting.posted_on,
        at=posting.at,
        account=entry.account,
        amount=money(entry.amount),
        patient=entry.patient,
        reference=entry.reference,
        holder=entry.holder,
        memo=entry.memo or posting.memo,
        reverses=posting.reverses_id,
    )


def _receivables(subject: Subject, patient: str | None) -> tuple[str, list[Any]]:
    clauses, values = "practice = %s AND account = 'ar'", [subject.practice]
    if patient is None:
        return clauses, values
    return f"{clauses} AND patient = %s", [*values, patient]


def _rows(subject: Subject, statement: str, values: list[Any] | dict[str, Any]) -> list[tuple[Any, ...]]:
    with reading(subject), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())

"""A patient's entries in the ledger, told as visits: what was charged, paid, adjusted, and who owes the rest.

Pure functions over journal rows. Both sides of an adjustment carry the same reference and memo; that is how
an entry on the receivable is told from a payment.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from chartdesk.kit.money import ZERO
from chartdesk.pms.ledger.queries import JournalRow
from chartdesk.pms.statements.rules import PATIENT

CHARGE, PAYMENT, ADJUSTMENT, TRANSFER = "charge", "payment", "adjustment", "transfer"


@dataclass(frozen=True)
class AccountEntry:
    """One thing that happened to a visit's balance, in dollars: ``amount`` is its effect on what is owed in all;
    a ``transfer`` moves ``moved`` from insurance to the patient (negative: back)."""

    on: date
    kind: str
    text: str
    amount: Decimal
    moved: Decimal = ZERO
    reversal: bool = False


@dataclass
class VisitAccount:
    """The account of one visit, or with ``superbill_id`` 0 of money that was given back.

    ``owed`` is holder → dollars, without zeros.
    """

    superbill_id: int
    service_date: date
    title: str
    provider: str
    patient: str = ""
    entries: list[AccountEntry] = field(default_factory=list)
    owed: dict[str, Decimal] = field(default_factory=dict)
    owes: list[tuple[str, Decimal]] = field(default_factory=list)

    def _sum(self, *kinds: str) -> Decimal:
        return sum((one.amount for one in self.entries if one.kind in kinds), ZERO)

    @property
    def charges(self) -> Decimal:
        """What was charged."""
        return self._sum(CHARGE)

    @property
    def payments(self) -> Decimal:
        """What was paid, as a positive amount."""
        return -self._sum(PAYMENT)

    @property
    def adjustments(self) -> Decimal:
        """What was written off, as a positive amount."""
        return -self._sum(ADJUSTMENT)

    @property
    def balance_patient(self) -> Decimal:
        """What the patient owes for the visit."""
        return self.owed.get(PATIENT, ZERO)

    @property
    def balance_insurance(self) -> Decimal:
        """What payers owe for the visit."""
        return sum((due for holder, due in self.owed.items() if holder != PATIENT), ZERO)

    @property
    def balance(self) -> Decimal:
        """What is owed for the visit in all."""
        return sum(self.owed.values(), ZERO)


def entries_of(rows: Iterable[JournalRow]) -> dict[str, list[AccountEntry]]:
    """Reference → what happened to it, in the order of posting."""
    given = list(rows)
    by_posting: dict[int, list[JournalRow]] = {}
    for row in given:
        by_posting.setdefault(row.posting_id, []).append(row)
    found: dict[str, list[AccountEntry]] = {}
    for posting in by_posting.values():
        for row in posting:
            if row.account == "ar":
                entry = _entry(row, posting)
                if entry is not None:
                    found.setdefault(row.reference, []).append(entry)
    return found


def owed_of(rows: Iterable[JournalRow]) -> dict[str, dict[str, Decimal]]:
    """Reference → holder → dollars, without zeros."""
    sums: dict[str, dict[str, Decimal]] = {}
    for row in rows:
        if row.account == "ar":
            holders = sums.setdefault(row.reference, {})
            holders[row.holder] = holders.get(row.holder, ZERO) + row.amount
    return {reference: {holder: due for holder, due in holders.items() if due} for reference, holders in sums.items()}


def _entry(row: JournalRow, posting: list[JournalRow]) -> AccountEntry | None:
    """The row as an entry; None for the side of a transfer that is told by the other."""
    back = row.reverses is not None
    text = f"Reversed: {row.memo}" if back else row.memo
    twins = [one for one in posting if one is not row and (one.reference, one.memo) == (row.reference, row.memo)]
    if any(one.account == "ar" and one.amount == -row.amount and one.holder != row.holder for one in twins):
        if row.holder != PATIENT:
            return None
        return AccountEntry(row.posted_on, TRANSFER, text, ZERO, row.amount, back)
    if any(one.account == "revenue" for one in twins):
        kind = CHARGE
    elif any(one.account.startswith(("adjustment", "writeoff", "interest")) for one in twins):
        kind = ADJUSTMENT
    else:
        kind = PAYMENT
    return AccountEntry(row.posted_on, kind, text, row.amount, ZERO, back)

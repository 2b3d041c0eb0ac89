"""When a set of lines may be posted, and how old a receivable is. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from chartdesk.kit.errors import Invalid
from chartdesk.kit.money import ZERO, dollars, money, total
from chartdesk.pms.ledger import chart

#: Upper limits in days of the buckets of an aging report; what is older stands in the last.
BUCKETS: tuple[tuple[str, int | None], ...] = (
    ("0-30", 30),
    ("31-60", 60),
    ("61-90", 90),
    ("91-120", 120),
    ("120+", None),
)


class Line(msgspec.Struct, frozen=True):
    """One entry to post: debit positive, credit negative. ``holder`` says who owes a receivable."""

    account: str
    amount: Decimal
    patient: str = ""
    reference: str = ""
    holder: str = ""
    memo: str = ""


def checked(lines: Sequence[Line]) -> list[Line]:
    """``lines`` with amounts of two places and without zeros.

    Raises Invalid for an unknown account, a receivable without holder, fewer than two entries, or a set
    that does not sum to zero; the message gives the figures.
    """
    kept = []
    for line in lines:
        chart.account(line.account)
        chart.check_holder(line.account, line.holder)
        amount = money(line.amount)
        if amount is line.amount:
            kept.append(line)
        elif amount != ZERO:
            kept.append(Line(line.account, amount, line.patient, line.reference, line.holder, line.memo))
    if len(kept) < 2:
        raise Invalid("A posting needs at least two entries that are not zero.", where="lines")
    debits = total(line.amount for line in kept if line.amount > 0)
    credits = total(-line.amount for line in kept if line.amount < 0)
    if debits != credits:
        raise Invalid(
            f"The posting does not balance: debits {dollars(debits)}, credits {dollars(credits)}.",
            where="lines",
            cure="Every dollar needs both its sides.",
        )
    return kept


def contra(lines: Sequence[Line]) -> list[Line]:
    """The lines that undo ``lines``."""
    return [Line(line.account, -line.amount, line.patient, line.reference, line.holder, line.memo) for line in lines]


def bucket(since: date, on: date) -> str:
    """The bucket of an aging report for what has been owed ``since``, seen ``on`` a day."""
    days = (on - since).days
    return next(name for name, limit in BUCKETS if limit is None or days <= limit)

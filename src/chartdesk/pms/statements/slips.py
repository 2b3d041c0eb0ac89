"""The deposit slip of a closed day: what goes to the bank, drawer by drawer, check by check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from chartdesk.kit.money import ZERO, dollars, total
from chartdesk.pms.statements import documents, till_queries
from chartdesk.pms.statements.till_queries import PayerCheck, TillView
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of


@dataclass(frozen=True)
class Slip:
    """What the slip says (``data``), the dollars that go to the bank, and those that cards bring."""

    deposit: Decimal
    cards: Decimal
    data: dict[str, Any]


def content(
    subject: Subject, day: date, number: str, views: Sequence[TillView], payer_checks: Sequence[PayerCheck]
) -> Slip:
    """The slip of a day whose drawers were counted."""
    cash = total(one.deposited[0] for one in views)
    checks = total(one.deposited[1] for one in views)
    payers = total(one.amount for one in payer_checks)
    cards = total(one.till.cards if one.till.cards is not None else one.expected[2] for one in views)
    listed = [
        [payment.reference or "no number", name, payment.receipt_number, dollars(payment.amount)]
        for view in views
        for payment, name in till_queries.checks_of(subject, view.till)
    ]
    data = {
        "practice": documents.letterhead(practice_of(subject)),
        "number": number,
        "date": documents.day(day),
        "drawers": [_drawer(one) for one in views],
        "checks": listed + [[one.number, one.payer, "payer", dollars(one.amount)] for one in payer_checks],
        "sums": [
            ["Cash", dollars(cash)],
            ["Checks of patients", dollars(checks)],
            ["Checks of payers", dollars(payers)],
        ],
        "remittances": [one.remittance for one in payer_checks],
        "deposit": dollars(cash + checks + payers),
        "cards": dollars(cards),
    }
    return Slip(cash + checks + payers, cards, data)


def pdf(data: dict[str, Any]) -> bytes:
    """The slip as a PDF."""
    return documents.compiled("deposit.typ", data)


def _drawer(view: TillView) -> dict[str, Any]:
    till = view.till
    rows = zip(("Cash", "Checks", "Cards"), view.expected, view.counted, view.difference, strict=True)
    return {
        "name": " · ".join(part for part in (till.name, till.drawer) if part),
        "opening": dollars(till.opening) if till.opening else "",
        "rows": [
            [name, dollars(want), dollars(want if have is None else have), dollars(off) if off != ZERO else ""]
            for name, want, have, off in rows
        ],
        "note": till.note,
        "counted": f"Counted by {till.counted_by}" if till.counted_by else "",
    }

"""What a patient will owe for a visit before it happens: the contract's amounts, then the payer's statements.

Each line shows how its allowed amount came about; a line of which the contract says nothing leaves the total unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chartdesk.kit.money import money
from chartdesk.kit.transactions import reading
from chartdesk.pms.charges import contracts
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.coverage.estimates import Before, Estimate
from chartdesk.pms.coverage.models import EligibilityCheck
from chartdesk.record.access import Subject


@dataclass(frozen=True)
class Priced:
    """One service: what the contract allows for it, None where it does not say, and how that came about."""

    code: str
    allowed: Decimal | None
    words: str


@dataclass(frozen=True)
class VisitEstimate:
    """The services with their allowed amounts, and what the patient owes of them."""

    lines: list[Priced]
    estimate: Estimate


def estimate(
    subject: Subject, check: EligibilityCheck, codes: Sequence[str], on: date, *, before: Sequence[Before] = ()
) -> VisitEstimate:
    """What the patient will owe for one unit of each code on a day, by the payer's answer ``check``.

    ``before`` are the claims that the payer has and has not decided.
    """
    asked = [contracts.Asked(check.payer_id, code, on, claim=1) for code in codes]
    with reading(subject):
        found = contracts.expected(subject, asked)
        lines = [
            Priced(code, None if one.amount is None else money(one.amount), one.words)
            for code, one in zip(codes, found, strict=True)
        ]
        known = [(one.code, one.allowed) for one in lines if one.allowed is not None]
        made = coverage.estimate(subject, check, known, before=before)
    lacking = [f"what the contract allows for {one.code}" for one in lines if one.allowed is None]
    if lacking:
        made.patient_owes, made.unknown = None, [*made.unknown, *lacking]
    return VisitEstimate(lines, made)

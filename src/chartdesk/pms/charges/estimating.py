"""What a patient will owe for a visit before it happens: the contract's amounts, then the payer's statements.

Each line shows how its allowed amount came about; a line of which the contract says nothing leaves the total unknown.
What the practice charges is the fee of that day, because contracts take a share of it, or never allow more than it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chartdesk.kit.money import ZERO, money, total
from chartdesk.kit.transactions import reading
from chartdesk.pms.charges import assessment, contracts
from chartdesk.pms.charges.models import Fee
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.coverage.estimates import Before, Estimate, Part
from chartdesk.pms.coverage.models import EligibilityCheck
from chartdesk.pms.scheduling.models import Resource
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
    subject: Subject, check: EligibilityCheck, codes: Sequence[str], on: date, *,
    before: Sequence[Before] = (), place_of_service: str = "11",
    practitioner: str = "",
) -> VisitEstimate:  # fmt: skip
    """What the patient will owe for one unit of each code on a day, by the payer's answer ``check``.

    ``before`` are the claims that the payer has and has not decided, ``practitioner`` is who will see the patient.
    """
    with reading(subject):
        taxonomy = _taxonomy(subject, practitioner)
        fees = assessment.prices(subject, codes, on, lambda: check.payer_id)
        charges = [assessment.price(fees, code, []) for code in codes]
        if check.status == "inactive":
            return VisitEstimate([], _uninsured(check.reason, codes, charges))
        asked = [
            contracts.Asked(
                check.payer_id, code, on, charge=fee.amount if fee else None, place_of_service=place_of_service,
                claim=1, taxonomy=taxonomy,
            )
            for code, fee in zip(codes, charges, strict=True)
        ]  # fmt: skip
        found = contracts.expected(subject, asked)
        lines = [
            Priced(code, None if one.amount is None else money(one.amount), one.words)
            for code, one in zip(codes, found, strict=True)
        ]
        known = [(one.code, one.allowed) for one in lines if one.allowed is not None]
        made = coverage.estimate(subject, check, known, before=before)
    lacking = [f"what the contract allows for {one.code}" for one in lines if one.allowed is None]
    if check.service_date.year < on.year:
        # Deductible and limit begin anew; what remains of them is not what the answer says.
        lacking.append(f"what the payer says for {on.year}: its last answer is about {check.service_date.year}")
    if lacking:
        made.patient_owes, made.unknown = None, [*made.unknown, *lacking]
    return VisitEstimate(lines, made)


def _uninsured(reason: str, codes: Sequence[str], charges: Sequence[Fee | None]) -> Estimate:
    """What somebody owes whose policy is not active: the practice's fees."""
    parts = [Part(reason or "The policy is not active.", ZERO)]
    parts += [Part(f"{code}: our fee", fee.amount) for code, fee in zip(codes, charges, strict=True) if fee]
    unknown = [f"our fee for {code}" for code, fee in zip(codes, charges, strict=True) if fee is None]
    known = total(part.amount for part in parts)
    return Estimate(None if unknown else known, parts, unknown, known, known)


def _taxonomy(subject: Subject, practitioner: str) -> str:
    rows = Resource.objects.filter(practice=subject.practice, kind="provider", practitioner=practitioner)
    return (rows.values_list("taxonomy", flat=True).first() or "") if practitioner else ""

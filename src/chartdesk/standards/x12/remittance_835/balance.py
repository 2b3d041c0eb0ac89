"""Does a remittance add up? At the line, the claim and the transaction (005010X221A1, 1.10.2 balancing).

line: SVC02 - Σ CAS = SVC03; claim: CLP03 - Σ CAS of claim and lines = CLP04; transaction:
Σ CLP04 - Σ PLB = BPR02.
A positive adjustment lowers the payment; reversals carry negated figures and add up the same way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from chartdesk.kit.money import total
from chartdesk.standards.x12.parties import Adjustment
from chartdesk.standards.x12.remittance_835.model import ClaimPayment, Remittance


@dataclass(slots=True, frozen=True, kw_only=True)
class Imbalance:
    """Figures that do not agree. ``level`` line, claim or transaction; ``charged`` less ``adjusted`` should
    be ``paid``. ``pcn`` and ``line`` (1-based) name the place; ``code`` is the line's procedure."""

    level: str
    charged: Decimal
    adjusted: Decimal
    paid: Decimal
    pcn: str = ""
    line: int = 0
    code: str = ""

    @property
    def difference(self) -> Decimal:
        """What is missing: charged - adjusted - paid."""
        return self.charged - self.adjusted - self.paid

    def __str__(self) -> str:
        figures = f"{self.charged} - {self.adjusted} is not {self.paid}: {self.difference} apart."
        if self.level == "line":
            return f"Claim {self.pcn} line {self.line} ({self.code}): charge less adjustments, {figures}"
        if self.level == "claim":
            return f"Claim {self.pcn}: charge less adjustments, {figures}"
        return f"Payment: claims less provider adjustments, {figures}"


def balance(remittance: Remittance) -> list[Imbalance]:
    """Every place where a remittance does not add up, lines first; empty where it does."""
    found = [one for claim in remittance.claims for one in claim_balance(claim)]
    paid = total(claim.paid for claim in remittance.claims)
    adjusted = total(one.amount for one in remittance.provider_adjustments)
    sent = -remittance.total if remittance.credit == "D" else remittance.total
    if paid - adjusted != sent:
        found.append(Imbalance(level="transaction", charged=paid, adjusted=adjusted, paid=sent))
    return found


def claim_balance(claim: ClaimPayment) -> list[Imbalance]:
    """Where one claim does not add up, at its lines and as a whole."""
    found = []
    for place, line in enumerate(claim.lines, 1):
        adjusted = _sum(line.adjustments)
        if line.charge - adjusted != line.paid:
            found.append(
                Imbalance(
                    level="line",
                    charged=line.charge,
                    adjusted=adjusted,
                    paid=line.paid,
                    pcn=claim.pcn,
                    line=place,
                    code=line.code,
                )
            )
    adjusted = _sum(claim.adjustments) + total(_sum(line.adjustments) for line in claim.lines)
    if claim.charge - adjusted != claim.paid:
        found.append(Imbalance(level="claim", charged=claim.charge, adjusted=adjusted, paid=claim.paid, pcn=claim.pcn))
    return found


def _sum(adjustments: Iterable[Adjustment]) -> Decimal:
    return total(one.amount for one in adjustments)

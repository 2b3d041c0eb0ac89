"""Claim acknowledgement, 277CA (005010X214), as typed data: what a payer took in, and what it sent back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from chartdesk.standards.x12.envelope import Envelope
from chartdesk.standards.x12.parties import Dated, Party, Reference
from chartdesk.standards.x12.segments import Loop, Segment
from chartdesk.standards.x12.status_segments import REJECTING, Status, StatusCode

__all__ = [
    "REJECTING",
    "ClaimStatus",
    "LineStatus",
    "ProviderStatus",
    "Status",
    "StatusCode",
    "StatusReport",
    "Tally",
]

Extra = Segment | Loop


@dataclass(slots=True, kw_only=True)
class LineStatus:
    """Loop 2220D: a line that has a status of its own. ``control`` is REF*FJ, the line control number."""

    code: str
    charge: Decimal
    statuses: list[Status]
    code_qualifier: str = "HC"
    modifiers: list[str] = field(default_factory=list)
    revenue_code: str = ""
    units: Decimal | None = None
    control: str = ""
    dates: list[Dated] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class ClaimStatus:
    """Loops 2000D and 2200D: one claim. ``pcn`` is TRN02, ``payer_claim_number`` REF*1K."""

    pcn: str
    patient: Party
    statuses: list[Status]
    payer_claim_number: str = ""
    clearinghouse_number: str = ""
    bill_type: str = ""
    service_from: date | None = None
    service_to: date | None = None
    lines: list[LineStatus] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)

    @property
    def accepted(self) -> bool:
        """True where no status rejects it. Accepted means taken in, not paid."""
        return not any(status.rejects for status in self.statuses)

    @property
    def category(self) -> str:
        """The first STC category, such as A2; empty where there is none."""
        return self.statuses[0].codes[0].category if self.statuses and self.statuses[0].codes else ""


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts and amounts of what was accepted and rejected (QTY 90/AA or QA/QC, AMT YU/YY)."""

    accepted_count: Decimal | None = None
    rejected_count: Decimal | None = None
    accepted_amount: Decimal | None = None
    rejected_amount: Decimal | None = None


@dataclass(slots=True, kw_only=True)
class ProviderStatus:
    """Loops 2000C: a billing provider of the file, its status if any, and its claims."""

    provider: Party
    claims: list[ClaimStatus]
    trace: str = ""
    statuses: list[Status] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    extras: list[Extra] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class StatusReport:
    """One ST. ``receiver_trace`` is the BHT03 of the 837 answered, ``receiver_statuses`` speak of it."""

    source: Party
    receiver: Party
    receiver_trace: str
    receiver_statuses: list[Status]
    providers: list[ProviderStatus]
    source_trace: str = ""
    source_role: str = "PR"
    received_on: date | None = None
    processed_on: date | None = None
    tally: Tally = field(default_factory=Tally)
    reference: str = ""
    control: str = "0001"
    created: datetime | None = None
    envelope: Envelope | None = None
    extras: list[Extra] = field(default_factory=list)

    @property
    def claims(self) -> list[ClaimStatus]:
        """Every claim of every provider."""
        return [claim for provider in self.providers for claim in provider.claims]

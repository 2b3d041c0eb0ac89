"""Eligibility inquiry, 270 (005010X279A1): what a practice asks a payer about a patient's cover."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from chartdesk.standards.x12.envelope import Envelope
from chartdesk.standards.x12.parties import Party, Reference


@dataclass(slots=True, kw_only=True)
class Trace:
    """TRN: ``kind`` 1 (ours) or 2 (the other side's own, echoed), the number, who assigned it (10 characters:
    1 + EIN, 3 + D-U-N-S or 9 + own id), and a division of theirs."""

    number: str
    originator: str
    kind: str = "1"
    division: str = ""


@dataclass(slots=True, kw_only=True)
class Insured:
    """A subscriber or dependent, loops 2100C and 2100D. ``party.id`` under MI is the member number.

    ``relationship`` is INS02 for a dependent (01 spouse, 19 child, 34 other adult).
    """

    party: Party
    birth: date | None = None
    gender: str = ""
    relationship: str = ""


@dataclass(slots=True, kw_only=True)
class Question:
    """EQ: service type codes (sent as repeats, ``30^98``), or one procedure code with its modifiers."""

    service_types: list[str] = field(default_factory=list)
    code_qualifier: str = ""
    code: str = ""
    modifiers: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Inquiry:
    """One patient, one payer, one asking provider. ``receiver`` is the provider (NM1*1P, XX its NPI),
    ``source`` the payer (NM1*PR). ``service_end`` only where a range of days is asked about."""

    source: Party
    receiver: Party
    subscriber: Insured
    questions: list[Question]
    dependent: Insured | None = None
    trace: Trace | None = None
    service_day: date | None = None
    service_end: date | None = None
    reference: str = ""
    control: str = "0001"
    created: datetime | None = None
    receiver_role: str = "1P"
    references: list[Reference] = field(default_factory=list)
    envelope: Envelope | None = None

"""An institutional claim as typed data (005010X223A2): what it shares with the professional one is that one's.

Diagnosis and procedure codes carry no dot. What a file says beyond these fields stays in ``extras``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from chartdesk.standards.x12.claim_837p.model import (
    Attachment,
    BillingProvider,
    Drug,
    LineAdjudication,
    Note,
    OtherPayer,
    Patient,
    Payer,
    SetHeader,
    Subscriber,
)
from chartdesk.standards.x12.envelope import Envelope
from chartdesk.standards.x12.parties import Party, Reference
from chartdesk.standards.x12.taking import Extra


@dataclass(slots=True, kw_only=True)
class Coded:
    """A diagnosis, and whether it was there at admission: Y, N, U unknown, W cannot be told; empty where not said."""

    code: str
    present: str = ""


@dataclass(slots=True, kw_only=True)
class Procedure:
    """A procedure of a stay (ICD-10-PCS) and its day."""

    code: str
    day: date | None


@dataclass(slots=True, kw_only=True)
class Occurrence:
    """An occurrence code and its day (HI*BH)."""

    code: str
    day: date | None


@dataclass(slots=True, kw_only=True)
class Span:
    """An occurrence span code and its days (HI*BI)."""

    code: str
    start: date | None
    end: date | None


@dataclass(slots=True, kw_only=True)
class Value:
    """A value code and its amount, dollars or a count as the code says (HI*BE)."""

    code: str
    amount: Decimal


@dataclass(slots=True, kw_only=True)
class InstitutionalLine:
    """Loop 2400. ``revenue_code`` four digits; ``unit`` UN units or DA days; ``noncovered`` the part of the charge
    that is not covered (SV207). ``providers`` pairs NM101 roles (72, ZZ, 82, DN) with who did this line."""

    revenue_code: str
    charge: Decimal
    units: Decimal
    unit: str = "UN"
    code: str = ""
    code_qualifier: str = "HC"
    modifiers: list[str] = field(default_factory=list)
    description: str = ""
    noncovered: Decimal | None = None
    day: date | None = None
    end: date | None = None
    control: str = ""
    references: list[Reference] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    drug: Drug | None = None
    providers: list[tuple[str, Party]] = field(default_factory=list)
    adjudications: list[LineAdjudication] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class InstitutionalClaim:
    """One claim, loop 2300. ``bill_type`` is the facility's two digits (CLM05-1: 11 inpatient, 13 outpatient …) and
    ``frequency`` the third (1 whole stay, 7 replacement, 8 void, both of which need ``payer_claim_number``).

    ``statement_from`` and ``statement_to`` are the days that the bill covers (DTP*434). ``admitted`` is the day, or
    day and hour, of admission; ``discharge_hour`` HHMM. ``admission_type``, ``admission_source`` and
    ``patient_status`` are CL101 to CL103. ``providers`` pairs NM101 roles (71 attending, 72 operating, ZZ other
    operating, 82 rendering, 77 facility, DN referring) with who filled them.
    """

    pcn: str
    total: Decimal
    billing: BillingProvider
    subscriber: Subscriber
    payer: Payer
    bill_type: str
    statement_from: date | None
    statement_to: date | None
    principal: Coded
    lines: list[InstitutionalLine]
    patient: Patient | None = None
    frequency: str = "1"
    assignment: str = "A"
    benefits_assigned: str = "Y"
    release: str = "Y"
    delay_reason: str = ""
    admitted: date | datetime | None = None
    discharge_hour: str = ""
    admission_type: str = ""
    admission_source: str = ""
    patient_status: str = "01"
    icd_version: str = "10"
    admitting: str = ""
    visit_reasons: list[str] = field(default_factory=list)
    external_causes: list[Coded] = field(default_factory=list)
    drg: str = ""
    diagnoses: list[Coded] = field(default_factory=list)
    principal_procedure: Procedure | None = None
    procedures: list[Procedure] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    occurrences: list[Occurrence] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    condition_codes: list[str] = field(default_factory=list)
    treatments: list[str] = field(default_factory=list)
    patient_estimate: Decimal | None = None
    payer_claim_number: str = ""
    prior_authorization: str = ""
    referral_number: str = ""
    references: list[Reference] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    providers: list[tuple[str, Party]] = field(default_factory=list)
    other_payers: list[OtherPayer] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class InstitutionalSet(SetHeader):
    """One ST of institutional claims."""

    claims: list[InstitutionalClaim]
    version: str = "005010X223A2"


@dataclass(slots=True, kw_only=True)
class Interchange837I:
    """One interchange with one group of sets."""

    envelope: Envelope
    sets: list[InstitutionalSet]

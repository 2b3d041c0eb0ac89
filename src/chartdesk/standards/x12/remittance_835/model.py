"""A remittance as typed data: payment, claims, lines, provider adjustments.

005010X221A1. Amounts carry the file's own sign; a reversal's amounts are negated. A positive adjustment
lowers the payment. What a file says beyond these fields stays in ``extras``, so that nothing is lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from chartdesk.standards.x12.envelope import Envelope
from chartdesk.standards.x12.parties import (
    Adjustment,
    Amount,
    Contact,
    Dated,
    Party,
    Quantity,
    Reference,
)
from chartdesk.standards.x12.segments import Loop, Segment

Extra = Segment | Loop


@dataclass(slots=True, kw_only=True)
class BankAccount:
    """A bank (qualifier 01 routing number) and an account in it (DA demand, SG savings)."""

    bank: str
    account: str
    bank_qualifier: str = "01"
    account_qualifier: str = "DA"


@dataclass(slots=True, kw_only=True)
class ServicePayment:
    """Loop 2110: one line as the payer decided it.

    ``submitted_code`` (SVC06) only where the payer changed the code. ``line_control`` is our REF*6R.
    """

    code: str
    charge: Decimal
    paid: Decimal
    code_qualifier: str = "HC"
    modifiers: list[str] = field(default_factory=list)
    description: str = ""
    revenue_code: str = ""
    units: Decimal | None = None
    submitted_code: str = ""
    submitted_qualifier: str = ""
    submitted_modifiers: list[str] = field(default_factory=list)
    submitted_description: str = ""
    submitted_units: Decimal | None = None
    day: date | None = None
    end: date | None = None
    is_period: bool = False  # the day was sent as the start of a period (DTM*150), not as the day (DTM*472)
    line_control: str = ""
    adjustments: list[Adjustment] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)

    @property
    def allowed(self) -> Decimal | None:
        """AMT*B6, the allowed amount, where the payer sent it."""
        return next((one.amount for one in self.amounts if one.qualifier == "B6"), None)


@dataclass(slots=True, kw_only=True)
class ClaimPayment:
    """Loop 2100: one claim as the payer decided it. ``status`` is CLP02, ``payer_claim_number`` CLP07.

    ``people`` maps NM101 (QC patient, IL insured, 74 corrected, 82 rendering, TT crossover to, PR corrected
    payer, GB other subscriber). ``inpatient`` and ``outpatient`` are the MIA and MOA elements; their remark
    codes are in ``remarks``.
    """

    pcn: str
    status: str
    charge: Decimal
    paid: Decimal
    patient_responsibility: Decimal | None = None
    filing_indicator: str = ""
    payer_claim_number: str = ""
    place_of_service: str = ""
    frequency: str = ""
    drg: str = ""
    drg_weight: str = ""
    discharge_fraction: str = ""
    adjustments: list[Adjustment] = field(default_factory=list)
    people: list[tuple[str, Party]] = field(default_factory=list)
    inpatient: list[str] = field(default_factory=list)
    outpatient: list[str] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    dates: list[Dated] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    lines: list[ServicePayment] = field(default_factory=list)
    group: int = 0  # read: the LX number of the 2000 loop; claims of one number are written under one LX
    extras: list[Extra] = field(default_factory=list)

    @property
    def is_reversal(self) -> bool:
        """True for CLP02 22, a reversal of an earlier payment."""
        return self.status == "22"

    @property
    def is_denial(self) -> bool:
        """True for CLP02 4, denied."""
        return self.status == "4"

    @property
    def patient(self) -> Party | None:
        """NM1*QC, the patient."""
        return self.person("QC")

    def person(self, role: str) -> Party | None:
        """The first NM1 of that role, or None."""
        return next((party for name, party in self.people if name == role), None)

    @property
    def remarks(self) -> list[str]:
        """The remark codes of MIA (05, 20-23) and MOA (03-07)."""
        found = [self.inpatient[n - 1] for n in (5, 20, 21, 22, 23) if n <= len(self.inpatient)]
        found += [self.outpatient[n - 1] for n in (3, 4, 5, 6, 7) if n <= len(self.outpatient)]
        return [code for code in found if code]


@dataclass(slots=True, kw_only=True)
class ProviderAdjustment:
    """One adjustment of a PLB: positive ``amount`` lowers the payment. ``reference`` often names a claim."""

    provider: str
    fiscal_year_end: date | None
    reason: str
    amount: Decimal
    reference: str = ""


@dataclass(slots=True, kw_only=True)
class GroupHeader:
    """LX with its provider summary (TS3, TS2), kept as segments."""

    number: int
    summaries: list[Segment] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Remittance:
    """One ST: a payment and what it pays. ``total`` is BPR02, ``trace`` TRN02 (check or EFT number).

    ``method`` is BPR04 (ACH, CHK, NON, FWT, BOP), ``credit`` BPR03 (C or D), ``payer_trace_id`` TRN03.
    ``paid_on`` (BPR16) is None only in a faulty file. ``payer.id`` and ``payee.id`` are N104 under
    ``id_qualifier`` (payee: XX is the NPI, FI the tax id).
    """

    payer: Party
    payee: Party
    total: Decimal
    trace: str
    payer_trace_id: str
    paid_on: date | None
    method: str = "CHK"
    credit: str = "C"
    handling: str = "I"
    payment_format: str = ""
    payer_account: BankAccount | None = None
    originator: str = ""
    originator_supplement: str = ""
    payee_account: BankAccount | None = None
    trace_supplement: str = ""
    receiver_id: str = ""
    version_id: str = ""
    produced_on: date | None = None
    claims: list[ClaimPayment] = field(default_factory=list)
    provider_adjustments: list[ProviderAdjustment] = field(default_factory=list)
    groups: list[GroupHeader] = field(default_factory=list)
    control: str = "0001"
    version: str = "005010X221A1"
    envelope: Envelope | None = None
    extras: list[Extra] = field(default_factory=list)

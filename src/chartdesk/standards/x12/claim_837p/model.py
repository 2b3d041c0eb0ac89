"""A professional claim as typed data: everything an 837P says that Chartdesk builds or reads by name.

005010X222A1. What a file says beyond these fields (ambulance, spinal, repricing …) stays in ``extras`` as
segments or loops, so that writing what was read loses nothing. Fields marked "read" are filled by the reader
and may be left alone when building. Diagnosis codes carry no dot.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from chartdesk.standards.x12.envelope import Envelope
from chartdesk.standards.x12.parties import Address, Adjustment, Contact, Dated, Party, Reference
from chartdesk.standards.x12.segments import Loop, Segment

Extra = Segment | Loop


@dataclass(slots=True, kw_only=True)
class Submitter:
    """Loop 1000A: who sends the file; ``id`` is NM109 under qualifier 46."""

    name: str
    id: str
    contacts: list[Contact]
    first: str = ""
    middle: str = ""
    person: bool = False


@dataclass(slots=True, kw_only=True)
class Receiver:
    """Loop 1000B: who receives the file; ``id`` is NM109 under qualifier 46."""

    name: str
    id: str


@dataclass(slots=True, kw_only=True)
class BillingProvider:
    """Loops 2000A and 2010AA. ``tax_id`` nine digits; ``tax_id_kind`` EI (employer) or SY (social security).

    ``address`` must be a street, with nine digits of postal code. ``pay_to`` only where it differs.
    """

    name: str
    npi: str
    tax_id: str
    address: Address
    tax_id_kind: str = "EI"
    first: str = ""
    middle: str = ""
    suffix: str = ""
    person: bool = False
    taxonomy: str = ""
    contacts: list[Contact] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    pay_to: Address | None = None
    pay_to_person: bool = False
    hl: int = 0  # read: the HL01 it stood under, so that two equal providers stay two
    extras: list[Extra] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Payer:
    """Loop 2010BB or 2330B. ``id_qualifier`` PI (payer id) or XV (national plan id)."""

    name: str
    id: str
    id_qualifier: str = "PI"
    address: Address | None = None
    references: list[Reference] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Subscriber:
    """Loops 2000B and 2010BA. ``sequence`` is the payer's place: P, S, T … (SBR01).

    ``relationship`` 18 where the patient is the subscriber, else empty (then the claim has a ``patient``).
    ``gender`` F, M or U. A patient who is the subscriber needs address, birth and gender.
    """

    last: str
    member_id: str
    sequence: str = "P"
    relationship: str = "18"
    first: str = ""
    middle: str = ""
    suffix: str = ""
    person: bool = True
    member_id_qualifier: str = "MI"
    group_number: str = ""
    group_name: str = ""
    insurance_type: str = ""
    filing_indicator: str = ""
    address: Address | None = None
    birth: date | None = None
    gender: str = ""
    references: list[Reference] = field(default_factory=list)
    hl: int = 0
    extras: list[Extra] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Patient:
    """Loops 2000C and 2010CA: the patient where that is not the subscriber. ``relationship`` is PAT01."""

    last: str
    first: str
    relationship: str
    address: Address | None
    birth: date | None
    gender: str
    middle: str = ""
    suffix: str = ""
    references: list[Reference] = field(default_factory=list)
    hl: int = 0
    extras: list[Extra] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Accident:
    """CLM11 and DTP*439. ``causes`` AA (auto), EM (employment), OA (other); ``state`` with AA."""

    causes: list[str]
    day: date | None = None
    state: str = ""
    country: str = ""


@dataclass(slots=True, kw_only=True)
class Note:
    """NTE: ``kind`` ADD, CER, DCP, DGN or TPO, and up to 80 characters."""

    text: str
    kind: str = "ADD"


@dataclass(slots=True, kw_only=True)
class Attachment:
    """PWK: the type of document, how it travels (AA, BM, EL, EM, FX), and its control number."""

    report: str
    transmission: str
    control: str = ""


@dataclass(slots=True, kw_only=True)
class LineAdjudication:
    """Loop 2430: what a prior payer decided about a line. ``paid`` is SVD02, never below zero.

    charge = paid + Σ adjustments must hold. ``remaining`` is what the patient still owes (AMT*EAF).
    ``revenue_code`` (SVD04) only on institutional claims.
    """

    payer_id: str
    paid: Decimal
    code: str
    units: Decimal
    code_qualifier: str = "HC"
    modifiers: list[str] = field(default_factory=list)
    description: str = ""
    revenue_code: str = ""
    bundled_line: int | None = None
    adjustments: list[Adjustment] = field(default_factory=list)
    adjudicated: date | None = None
    remaining: Decimal | None = None


@dataclass(slots=True, kw_only=True)
class Drug:
    """Loop 2410: an NDC (eleven digits), how much of it in which unit (F2, GR, ME, ML, UN)."""

    ndc: str
    quantity: Decimal
    unit: str = "UN"
    ndc_qualifier: str = "N4"
    references: list[Reference] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class ServiceLine:
    """Loop 2400. ``control`` is REF*6R; ``pointers`` are 1-based places in the claim's diagnoses;
    ``day`` is None only in a faulty file.

    ``providers`` pairs NM101 roles (82, DN, DK ordering, DQ, 77, QB) with who filled them on this line only.
    """

    code: str
    charge: Decimal
    units: Decimal
    pointers: list[int]
    day: date | None
    end: date | None = None
    control: str = ""
    code_qualifier: str = "HC"
    modifiers: list[str] = field(default_factory=list)
    description: str = ""
    unit: str = "UN"
    place_of_service: str = ""
    emergency: bool = False
    epsdt: bool = False
    family_planning: bool = False
    attachments: list[Attachment] = field(default_factory=list)
    dates: list[Dated] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    drug: Drug | None = None
    providers: list[tuple[str, Party]] = field(default_factory=list)
    adjudications: list[LineAdjudication] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class OtherPayer:
    """Loops 2320, 2330A, 2330B: another payer of the same patient, and what it decided where it came first.

    ``adjustments`` are claim-level only: amounts given at line level are never repeated here.
    ``adjudicated`` only where no line carries its own date.
    """

    payer: Payer
    subscriber: Party
    sequence: str
    relationship: str
    group_number: str = ""
    group_name: str = ""
    insurance_type: str = ""
    filing_indicator: str = ""
    adjustments: list[Adjustment] = field(default_factory=list)
    paid: Decimal | None = None
    remaining: Decimal | None = None
    noncovered: Decimal | None = None
    benefits_assigned: str = "Y"
    signature_source: str = ""
    release: str = "Y"
    adjudicated: date | None = None
    payer_claim_number: str = ""
    extras: list[Extra] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Claim:
    """One claim, loop 2300 with everything around it.

    ``pcn`` at most 20 characters comes back in the 835; ``total`` is the sum of the lines; ``frequency`` 1, 7
    or 8, of which 7 and 8 need ``payer_claim_number``. ``providers`` pairs NM101 roles
    (82 rendering, DN referring, P3 primary care, 77 service facility, DQ supervising) with who filled them.
    """

    pcn: str
    total: Decimal
    billing: BillingProvider
    subscriber: Subscriber
    payer: Payer
    place_of_service: str
    diagnoses: list[str]
    lines: list[ServiceLine]
    patient: Patient | None = None
    frequency: str = "1"
    signature: bool = True
    assignment: str = "A"
    benefits_assigned: str = "Y"
    release: str = "Y"
    signature_source: str = ""
    special_program: str = ""
    delay_reason: str = ""
    accident: Accident | None = None
    dates: list[Dated] = field(default_factory=list)
    icd_version: str = "10"
    condition_codes: list[str] = field(default_factory=list)
    payer_claim_number: str = ""
    prior_authorization: str = ""
    referral_number: str = ""
    references: list[Reference] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    patient_paid: Decimal | None = None
    notes: list[Note] = field(default_factory=list)
    providers: list[tuple[str, Party]] = field(default_factory=list)
    other_payers: list[OtherPayer] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)

    def provider(self, role: str) -> Party | None:
        """Who fills that NM101 role on the whole claim: 82 rendering, DN referring, 77 service facility …"""
        return next((party for name, party in self.providers if name == role), None)


@dataclass(slots=True, kw_only=True)
class SetHeader:
    """What one ST says before its claims: from one submitter to one receiver. ``reference`` is BHT03, ``kind`` CH
    or RP."""

    submitter: Submitter
    receiver: Receiver
    reference: str
    control: str = "0001"
    created: datetime | None = None
    purpose: str = "00"
    kind: str = "CH"
    version: str = "005010X222A1"


@dataclass(slots=True, kw_only=True)
class ClaimSet(SetHeader):
    """One ST of professional claims."""

    claims: list[Claim]


@dataclass(slots=True, kw_only=True)
class Interchange837P:
    """One interchange with one group of claim sets."""

    envelope: Envelope
    sets: list[ClaimSet]

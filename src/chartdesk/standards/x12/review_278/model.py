"""A services review as typed data: what is asked for, for whom, and what the payer decided (005010X217).

Request and answer share their shape. Decisions and refusals stand only in answers. Diagnosis codes carry no dot.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from chartdesk.standards.x12.eligibility_271.model import Refusal
from chartdesk.standards.x12.eligibility_people import Insured, Trace
from chartdesk.standards.x12.envelope import Envelope
from chartdesk.standards.x12.parties import Dated, Party
from chartdesk.standards.x12.taking import Extra

__all__ = ["CERTIFICATIONS", "DECISIONS", "Decision", "Quantity", "Refusal", "Request", "Response", "Review", "Service"]

#: HCR01, what the payer decided, in our words.
DECISIONS = {
    "A1": "Authorized as asked",
    "A2": "Authorized in part",
    "A3": "Not authorized",
    "A4": "Pended: the payer is still looking at it",
    "A6": "Authorized with changes",
    "C": "Cancelled",
    "CT": "Call the payer",
    "NA": "No authorization is needed",
}

#: UM02, what kind of request it is, in our words.
CERTIFICATIONS = {
    "1": "Appeal, urgent",
    "2": "Appeal",
    "3": "Cancel",
    "4": "Extend",
    "5": "Notice",
    "6": "Verify",
    "I": "First request",
    "N": "Look at it again",
    "R": "Renew",
    "S": "Revise",
}


@dataclass(slots=True, kw_only=True)
class Decision:
    """HCR: ``action`` of ``DECISIONS``, the authorization ``number``, reason codes of the payer, and whether it wants
    a second surgical opinion."""

    action: str
    number: str = ""
    reasons: list[str] = field(default_factory=list)
    second_opinion: str = ""

    @property
    def authorizes(self) -> bool:
        """True where the service may go ahead: as asked, in part, with changes, or because none is needed."""
        return self.action in ("A1", "A2", "A6", "NA")

    @property
    def words(self) -> str:
        """What the action says."""
        return DECISIONS.get(self.action, f"Answer {self.action}")


@dataclass(slots=True, kw_only=True)
class Quantity:
    """HSD: how many of what: ``kind`` VS visits, DY days, HS hours, MN months, FL units. ``pattern`` holds HSD03 to
    HSD08 (how often, for how long) as they are written."""

    kind: str = ""
    count: Decimal | None = None
    pattern: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Service:
    """Loop 2000F: a service of the review. A professional one (SV1) has a ``code``, an institutional one (SV2) a
    ``revenue_code`` and may have a code. ``day`` and ``end`` are when it is to be given (DTP*472).

    ``issued``, ``expires``, ``effective_from`` and ``effective_to`` are the payer's (102, 036, 007).
    """

    code: str = ""
    code_qualifier: str = "HC"
    modifiers: list[str] = field(default_factory=list)
    description: str = ""
    code_end: str = ""
    revenue_code: str = ""
    charge: Decimal | None = None
    unit: str = ""
    units: Decimal | None = None
    day: date | None = None
    end: date | None = None
    quantity: Quantity | None = None
    traces: list[Trace] = field(default_factory=list)
    decision: Decision | None = None
    refusals: list[Refusal] = field(default_factory=list)
    earlier_authorization: str = ""
    administrative_number: str = ""
    issued: date | None = None
    expires: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    message: str = ""
    providers: list[tuple[str, Party]] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Review:
    """Loop 2000E, the event. ``category`` UM01: HS health services, SC referral to a specialist, AR admission, IN
    individual. ``certification`` UM02: see ``CERTIFICATIONS``; all but the first request name the earlier one
    (``earlier_authorization`` REF*BB, or ``administrative_number`` REF*NT). ``service_type`` UM03 is a service type
    code. ``place`` UM04 with its kind: B place of service, A type of bill. ``urgency`` UM06: E elective, U urgent.

    ``providers`` pairs NM101 roles with who is to treat (SJ service provider, 72 operating, FA facility …).
    """

    category: str = "HS"
    certification: str = "I"
    service_type: str = ""
    place: str = ""
    place_kind: str = "B"
    causes: list[str] = field(default_factory=list)
    urgency: str = ""
    condition: str = ""
    prognosis: str = ""
    release: str = ""
    delay_reason: str = ""
    traces: list[Trace] = field(default_factory=list)
    earlier_authorization: str = ""
    administrative_number: str = ""
    dates: list[Dated] = field(default_factory=list)
    diagnoses: list[str] = field(default_factory=list)
    quantity: Quantity | None = None
    message: str = ""
    providers: list[tuple[str, Party]] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)
    decision: Decision | None = None
    refusals: list[Refusal] = field(default_factory=list)
    issued: date | None = None
    expires: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    reviewed: bool = True  # whether UM is sent; an answer may leave it out
    extras: list[Extra] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Request:
    """One ST: a provider asks a payer for one patient. ``payer`` has its id under PI, ``requester`` the NPI under XX.

    ``purpose`` BHT02: 13 request, 01 cancel, 36 reply to a question. ``reference`` BHT03, at most 50, comes back.
    The patient is the ``dependent`` where there is one, else the ``subscriber``.
    """

    payer: Party
    requester: Party
    subscriber: Insured
    review: Review
    dependent: Insured | None = None
    reference: str = ""
    purpose: str = "13"
    kind: str = ""
    requester_role: str = "1P"
    requester_kind: str = "PE"  # PRV01 of the requester's specialty
    control: str = "0001"
    created: datetime | None = None
    envelope: Envelope | None = None
    extras: list[Extra] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Response:
    """One ST: the payer's answer. What it could not read of the request is in ``refusals``, with its level; then
    whatever stands below that level may be missing. ``kind`` BHT06: 18 final, 19 more will follow."""

    payer: Party
    requester: Party | None = None
    subscriber: Insured | None = None
    dependent: Insured | None = None
    review: Review | None = None
    refusals: list[Refusal] = field(default_factory=list)
    traces: list[Trace] = field(default_factory=list)
    reference: str = ""
    kind: str = "18"
    requester_role: str = "1P"
    requester_kind: str = "PE"
    control: str = "0001"
    created: datetime | None = None
    envelope: Envelope | None = None
    extras: list[Extra] = field(default_factory=list)

    @property
    def decision(self) -> Decision | None:
        """The decision on the event, or on its first service that has one; None where it was refused."""
        if self.review is None:
            return None
        found = (self.review.decision, *(one.decision for one in self.review.services))
        return next((one for one in found if one is not None), None)

    @property
    def number(self) -> str:
        """The authorization number that claims carry (REF*G1); empty where there is none."""
        review = self.review
        found = (review.decision, *(one.decision for one in review.services)) if review is not None else ()
        return next((one.number for one in found if one is not None and one.number), "")

    @property
    def all_refusals(self) -> list[Refusal]:
        """Every refusal, from whatever level."""
        review = self.review
        inner = [*review.refusals, *(one for part in review.services for one in part.refusals)] if review else []
        return [*self.refusals, *inner]

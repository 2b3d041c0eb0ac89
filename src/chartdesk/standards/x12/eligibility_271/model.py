"""Eligibility answer, 271 (005010X279A1), as typed data: people, benefits, refusals."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from chartdesk.standards.x12.eligibility_people import Insured, Trace
from chartdesk.standards.x12.envelope import Envelope
from chartdesk.standards.x12.parties import Dated, Party, Reference
from chartdesk.standards.x12.segments import Loop, Segment

Extra = Segment | Loop


@dataclass(slots=True, kw_only=True)
class Refusal:
    """AAA: why an inquiry was not answered. ``level`` is the loop it stood in (2000A payer, 2100A payer,
    2100B provider, 2100C subscriber, 2100D dependent, 2110C/D the service asked for); ``reason`` is AAA03,
    ``follow_up`` AAA04. ``valid`` is AAA01: the request was valid but could not be answered."""

    reason: str
    follow_up: str = ""
    valid: bool = False
    level: str = "2100C"


@dataclass(slots=True, kw_only=True)
class Delivery:
    """HSD: how a benefit is delivered (quantity, period, pattern). Elements verbatim."""

    elements: list[str]


@dataclass(slots=True, kw_only=True)
class Limit:
    """III: a place of service (ZZ) or nature of injury the benefit is limited to, with its text."""

    qualifier: str
    code: str
    category: str = ""
    text: str = ""


@dataclass(slots=True, kw_only=True)
class Benefit:
    """EB with what follows it, loop 2110C or 2110D. Dollars; ``percent`` as a fraction (0.2 is 20 %).

    ``info`` EB01, ``coverage_level`` EB02, ``service_types`` EB03, ``insurance_type`` EB04, ``plan`` EB05,
    ``period`` EB06, ``amount`` EB07, ``percent`` EB08, ``quantity_qualifier`` EB09, ``quantity`` EB10,
    ``authorization`` EB11, ``in_network`` EB12 (Y, N, U unknown, W not applicable), the procedure EB13.
    ``level`` is the loop: 2110C for the subscriber, 2110D for the dependent.
    """

    info: str
    coverage_level: str = ""
    service_types: list[str] = field(default_factory=list)
    insurance_type: str = ""
    plan: str = ""
    period: str = ""
    amount: Decimal | None = None
    percent: Decimal | None = None
    quantity_qualifier: str = ""
    quantity: Decimal | None = None
    authorization: str = ""
    in_network: str = ""
    code_qualifier: str = ""
    code: str = ""
    modifiers: list[str] = field(default_factory=list)
    pointers: list[str] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    dates: list[Dated] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    entities: list[tuple[str, Party]] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    level: str = "2110C"
    extras: list[Extra] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Response:
    """The answer for one patient. ``refusals`` holds every AAA outside a benefit, at whatever level.

    ``dates`` are the plan's (291 plan, 346 plan begin, 347 plan end, 356 eligibility begin …).
    """

    source: Party
    receiver: Party
    subscriber: Insured | None = None
    dependent: Insured | None = None
    traces: list[Trace] = field(default_factory=list)
    benefits: list[Benefit] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    dates: list[Dated] = field(default_factory=list)
    source_role: str = "PR"
    receiver_role: str = "1P"
    reference: str = ""
    purpose: str = "11"
    control: str = "0001"
    created: datetime | None = None
    envelope: Envelope | None = None
    extras: list[Extra] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        """True where the payer refused to answer: refusals and no benefit."""
        return bool(self.refusals) and not any(not benefit.refusals for benefit in self.benefits)

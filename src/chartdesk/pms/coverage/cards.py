"""Insurance cards and payers as plain data: what a form fills, and what a page shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from chartdesk.pms.registration.people import Person

RANKS = {1: "primary", 2: "secondary", 3: "tertiary"}
#: What the patient is to the subscriber.
RELATIONSHIPS = ("self", "spouse", "child", "other")
#: Why Medicare pays behind another payer, as a claim says it (SBR05).
MEDICARE_SECOND = {
    "12": "working, or the spouse is, with an employer's plan",
    "13": "kidney failure, with an employer's plan",
    "14": "an accident, with no-fault or car insurance",
    "15": "an injury at work",
    "16": "another federal program pays first",
    "41": "black lung",
    "42": "veterans' benefits",
    "43": "disabled and under 65, with a large employer's plan",
    "47": "somebody's liability insurance",
}


@dataclass(frozen=True)
class Card:
    """An insurance card. ``relationship`` says what the patient is to the subscriber; ``subscriber`` is None
    where the patient is the subscriber. ``effective`` and ``ends`` are the first and the last day."""

    payer_id: str
    rank: int
    member_id: str
    group_number: str = ""
    plan_name: str = ""
    relationship: str = "self"
    subscriber: Person | None = None
    effective: date | None = None
    ends: date | None = None
    printed_copay: Decimal | None = None
    #: Whose group it is: the employer of who holds the policy. None: whoever told the card did not say.
    employer: str | None = ""
    #: Why Medicare pays behind another payer: of ``MEDICARE_SECOND``, or empty. None: the same as above.
    medicare_second: str | None = None


@dataclass(frozen=True)
class PayerDetails:
    """A payer to add. ``payer_id`` is its electronic number, ``filing_indicator`` SBR09 (CI, MB, MC...).

    ``timely_filing_days`` is how long after the service a claim is taken; ``settings`` says what the payer
    wants beside the usual: ``needs_taxonomy``, ``needs_referral``, ``needs_referring``, ``needs_ordering``,
    ``eligibility_receiver`` (ISA08).
    """

    payer_id: str
    name: str
    filing_indicator: str = "CI"
    phone: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    timely_filing_days: int = 365
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CoverageView:
    """One policy of a patient as pages and other rooms see it. ``version`` is what a change wants back."""

    coverage_id: str
    patient_id: str
    rank: int
    payer_id: str
    payer_name: str
    filing_indicator: str
    member_id: str
    group_number: str
    plan_name: str
    relationship: str
    subscriber: Person
    effective: date | None
    ends: date | None
    printed_copay: Decimal | None
    expired: bool
    version: int
    #: What is wrong with it, in words; empty where nothing is.
    notice: str = ""
    employer: str = ""
    medicare_second: str = ""

    @property
    def rank_name(self) -> str:
        """primary, secondary or tertiary."""
        return RANKS.get(self.rank, "further")

    @property
    def card(self) -> Card:
        """The card behind it: change a copy of it and give it to ``amend_coverage``."""
        return Card(
            payer_id=self.payer_id,
            rank=self.rank,
            member_id=self.member_id,
            group_number=self.group_number,
            plan_name=self.plan_name,
            relationship=self.relationship,
            subscriber=None if self.relationship == "self" else self.subscriber,
            effective=self.effective,
            ends=self.ends,
            printed_copay=self.printed_copay,
            employer=self.employer,
            medicare_second=self.medicare_second,
        )

    def covers(self, day: date) -> bool:
        """Whether the policy runs on ``day``, by what the card says."""
        return (self.effective is None or self.effective <= day) and (self.ends is None or day <= self.ends)

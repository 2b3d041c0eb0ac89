"""What a claim says, as plain data: the snapshot that is kept, scrubbed, and written as an 837P.

Money is Decimal dollars and lies in JSON as text. Empty text means "not known".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

from chartdesk.kit import typed
from chartdesk.kit.money import ZERO, total
from chartdesk.pms.charges.circumstances import NOTHING, Circumstances

if TYPE_CHECKING:
    from chartdesk.pms.claims.models import Claim


class Place(msgspec.Struct, frozen=True):
    """A postal address."""

    line1: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""


class Human(msgspec.Struct, frozen=True):
    """A person on a claim. ``sex`` is female, male, other or unknown."""

    family: str = ""
    given: str = ""
    middle: str = ""
    suffix: str = ""
    birth_date: date | None = None
    sex: str = ""
    address: Place = Place()


class Billing(msgspec.Struct, frozen=True):
    """The practice as the billing provider."""

    name: str = ""
    npi: str = ""
    tax_id: str = ""
    taxonomy: str = ""
    phone: str = ""
    address: Place = Place()


class Provider(msgspec.Struct, frozen=True):
    """The person who rendered the service."""

    practitioner: str = ""
    family: str = ""
    given: str = ""
    npi: str = ""
    taxonomy: str = ""


class Facility(msgspec.Struct, frozen=True):
    """Where the service was rendered, if not at the billing address."""

    name: str = ""
    address: Place = Place()


class PayerFacts(msgspec.Struct, frozen=True):
    """The payer and what it wants. ``known`` is false where the practice has no such payer."""

    payer_id: str = ""
    name: str = ""
    filing_indicator: str = "CI"
    address: Place = Place()
    timely_filing_days: int = 365
    needs_taxonomy: bool = False
    needs_referral: bool = False
    needs_referring: bool = False
    needs_ordering: bool = False
    known: bool = True
    active: bool = True


class Insured(msgspec.Struct, frozen=True):
    """The coverage and its subscriber. ``relationship`` is the patient's to the subscriber."""

    coverage_id: str = ""
    member_id: str = ""
    group_number: str = ""
    plan_name: str = ""
    relationship: str = "self"
    person: Human = Human()
    effective: date | None = None
    ends: date | None = None
    #: Why Medicare pays behind another payer (SBR05); empty where nobody said.
    medicare_second: str = ""


class Adjusted(msgspec.Struct, frozen=True):
    """One adjustment of a prior payer: group, CARC, dollars (positive lowers payment)."""

    group: str
    reason: str
    amount: Decimal


class PriorLine(msgspec.Struct, frozen=True):
    """What a prior payer decided about one line: dollars paid and every adjustment."""

    charge_line: int
    paid: Decimal
    adjustments: tuple[Adjusted, ...] = ()
    code: str = ""
    modifiers: tuple[str, ...] = ()
    units: Decimal | None = None


class Prior(msgspec.Struct, frozen=True):
    """What a prior payer decided about the claim; the amounts are those of its posted remittance.

    Adjustments stand at the lines where ``lines`` has them, else in ``adjustments``: never at both levels.
    """

    rank: int
    payer: PayerFacts
    insured: Insured
    paid: Decimal
    adjudicated: date | None = None
    payer_claim_number: str = ""
    adjustments: tuple[Adjusted, ...] = ()
    lines: tuple[PriorLine, ...] = ()


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """One service line; ``control`` is REF*6R, ``amount`` dollars for all units, ``day`` where not the claim's."""

    charge_line: int
    control: str
    code: str
    units: Decimal
    amount: Decimal
    modifiers: tuple[str, ...] = ()
    pointers: tuple[int, ...] = ()
    description: str = ""
    day: date | None = None
    #: On an institutional claim: its revenue code, and who rendered it where that is not who attended.
    revenue: str = ""
    rendering: Provider | None = None


class Institutional(msgspec.Struct, frozen=True):
    """What makes a claim an institutional one: type of bill without its frequency, who attended, and its days."""

    bill_type: str
    first: date
    last: date
    attending: Provider | None = None


class Attached(msgspec.Struct, frozen=True, omit_defaults=True):
    """A document that goes with the claim: PWK's report type, how it travels, and the number that finds it.

    ``line`` is the charge line that it is about, 0 where it is about the whole claim.
    """

    report: str
    transmission: str
    control: str = ""
    line: int = 0


class Facts(msgspec.Struct, frozen=True):
    """What scrubbing knows beside the claim itself; not kept with it.

    ``beside`` are the lines of other claims of the patient for the day and payer: claim, code, modifiers, units.
    ``published`` is what ``published.about`` gives; ``other_payer`` who else pays, as the payer answered.
    """

    today: date
    duplicates: tuple[str, ...] = ()
    eligibility: str = ""
    check_npi: bool = True
    beside: tuple[tuple[str, str, tuple[str, ...], Decimal], ...] = ()
    published: Any = None
    other_payer: str = ""


class ClaimContent(msgspec.Struct, frozen=True, omit_defaults=True):
    """A claim, whole."""

    number: str
    service_date: date
    superbill: int
    patient_id: str
    patient: Human
    billing: Billing
    payer: PayerFacts
    insured: Insured
    diagnoses: tuple[str, ...]
    lines: tuple[Line, ...]
    total: Decimal = ZERO
    rank: int = 1
    frequency: str = "1"
    payer_claim_number: str = ""
    place_of_service: str = "11"
    rendering: Provider | None = None
    facility: Facility | None = None
    referral_number: str = ""
    prior_authorization: str = ""
    #: What the practice's rules say such a visit needs and does not have: authorization, referral or nothing.
    wants: str = ""
    prior: tuple[Prior, ...] = ()
    circumstances: Circumstances = NOTHING
    #: Whether the clinician saw the patient or signed for it, by this claim or another of the same charges.
    visited: bool = False
    attachments: tuple[Attached, ...] = ()
    institutional: Institutional | None = None
    facts: Facts | None = None

    @property
    def charged(self) -> Decimal:
        """The sum of the lines."""
        return total(line.amount for line in self.lines)


def kept(content: ClaimContent) -> dict[str, Any]:
    """The snapshot as JSON data, without the facts of the moment."""
    plain: dict[str, Any] = msgspec.to_builtins(msgspec.structs.replace(content, facts=None))
    return plain


def written(content: ClaimContent) -> str:
    """The same as JSON text."""
    return msgspec.json.encode(msgspec.structs.replace(content, facts=None)).decode()


def renumbered(before: ClaimContent, number: str, controls: Sequence[str]) -> ClaimContent:
    """The same claim under new numbers."""
    lines = tuple(
        msgspec.structs.replace(line, control=control) for line, control in zip(before.lines, controls, strict=True)
    )
    return msgspec.structs.replace(before, number=number, lines=lines)


def tell(claim: Claim, content: ClaimContent) -> None:
    """Let a claim's row say this."""
    claim.content = kept(content)
    claim.__dict__["_told"] = claim.content, content


def told(claim: Claim) -> ClaimContent:
    """What a claim's row says, read once."""
    said: tuple[dict[str, Any], ClaimContent] | None = claim.__dict__.get("_told")
    if said is None or said[0] is not claim.content:
        said = claim.__dict__["_told"] = claim.content, restored(claim.content)
    return said[1]


def restored(plain: dict[str, Any]) -> ClaimContent:
    """The snapshot from its JSON data."""
    return typed.convert(plain, ClaimContent, strict=False)

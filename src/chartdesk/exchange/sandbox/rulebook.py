"""The payers' written rules: ``rules.toml`` as typed values.

Amounts are dollars as Decimal, percentages are out of 100. A payer's allowed amount for a code is its own
figure, or the common fee times the payer's percentage; a code in neither is paid at a percentage of charge.
"""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path

import msgspec

from chartdesk.exchange.sandbox.scenarios import FILE_SCENARIOS, PLB_SCENARIOS, SCENARIOS
from chartdesk.kit.money import money

HUNDRED = Decimal(100)
WORDS = frozenset({*SCENARIOS, *FILE_SCENARIOS, *PLB_SCENARIOS})
RULES_FILE = Path(__file__).with_name("rules.toml")


class Clearinghouse(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who sends the acknowledgements."""

    name: str
    id: str


class Timing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When corrections follow, and what late payment costs."""

    correction_days: int
    interest_percent: Decimal


class Codes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Groups of procedure codes that the rules speak of."""

    office_visit: frozenset[str]
    preventive: frozenset[str]
    laboratory: frozenset[str]
    once_a_year: frozenset[str]
    always_bundled: frozenset[str]


class Bundle(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"present": "with"}):
    """Where a ``present`` code is on the claim, a ``denied`` code is part of it unless so modified."""

    present: frozenset[str]
    denied: frozenset[str]
    unless: frozenset[str]


class Denial(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Adjustment group, CARC and RARC of a line that is not paid."""

    group: str
    code: str
    remark: str = ""


class Plan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a member of a plan owes and what the plan leaves out."""

    id: str
    name: str
    copay: Decimal
    deductible: Decimal
    coinsurance: Decimal
    out_of_pocket: Decimal | None = None
    member_prefix: str = ""
    member_pattern: str = ""
    visits_meet_deductible: bool = False
    laboratory_free: bool = False
    not_covered: frozenset[str] = frozenset()
    message: str = ""

    @property
    def pattern(self) -> str:
        """The regular expression of a member id of this plan, without a scenario word."""
        return self.member_pattern or self.member_prefix + r"\d{8}"


class Payer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An insurer: identity, contract and plans."""

    id: str
    name: str
    filing: str
    remittance_filing: str
    insurance_type: str
    tax_id: str
    address: tuple[str, str, str, str]
    phone: str
    bank: tuple[str, str]
    percent_of_fee: Decimal
    percent_of_charge: Decimal
    timely_filing_days: int
    usual_days_to_pay: int
    plans: tuple[Plan, ...]
    allowed: dict[str, Decimal] = {}
    authorization_required: frozenset[str] = frozenset()
    not_covered: frozenset[str] = frozenset()
    not_covered_patient: frozenset[str] = frozenset()


class Rulebook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything in ``rules.toml``."""

    clearinghouse: Clearinghouse
    timing: Timing
    fees: dict[str, Decimal]
    codes: Codes
    modifiers: dict[str, Decimal]
    bundles: tuple[Bundle, ...]
    denials: dict[str, Denial]
    payers: tuple[Payer, ...]

    def payer(self, payer_id: str) -> Payer | None:
        """The payer of that id, or None."""
        return next((payer for payer in self.payers if payer.id == payer_id), None)

    def contract(self, payer: Payer, code: str) -> Decimal | None:
        """The contract's allowed amount for one unit of ``code``; None where the code is not in it."""
        if code in payer.allowed:
            return money(payer.allowed[code])
        if code in self.fees:
            return money(self.fees[code] * payer.percent_of_fee / HUNDRED)
        return None


class Member(msgspec.Struct, frozen=True):
    """A member id understood: its plan, and the scenario word at its end, empty for ordinary care."""

    plan: Plan
    scenario: str


def member(payer: Payer, member_id: str) -> Member | None:
    """The plan and scenario of ``member_id``; None where it fits no plan of the payer, or its word is none."""
    for plan in payer.plans:
        found = re.fullmatch(rf"(?:{plan.pattern})([A-Z][A-Z0-9]*)?", member_id)
        if found and (not found[1] or found[1] in WORDS):
            return Member(plan, found[1] or "")
    return None


_RULEBOOK = msgspec.json.Decoder(Rulebook, strict=False)


@cache
def rulebook() -> Rulebook:
    """The rules as shipped, read once."""
    written = tomllib.loads(RULES_FILE.read_text(encoding="utf-8"), parse_float=Decimal)
    return _RULEBOOK.decode(msgspec.json.encode(written))

"""Pure rules over the published tables: the payment formula of the Medicare physician fee schedule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chartdesk.kit.money import money

#: Statuses of the fee schedule that are paid by relative values: active, restricted, injections when alone.
PAYABLE = frozenset("ART")
#: Places of service where the facility is paid for its part, so that the practitioner's expense is smaller.
FACILITIES = frozenset(
    ("02", "06", "08", "19", "21", "22", "23", "24", "26", "31", "34", "41", "42", "51", "52", "53", "56", "61")
)
#: From this day on Medicare does not hold claims for the sex of a diagnosis any more.
SEX_EDIT_ENDED = date(2024, 10, 1)


@dataclass(frozen=True, slots=True)
class Weights:
    """The relative value of one procedure and its policies; ``factor`` in dollars for one unit."""

    code: str
    modifier: str
    effective: date
    description: str
    status: str
    work: Decimal
    practice_expense: Decimal
    facility_expense: Decimal
    malpractice: Decimal
    factor: Decimal
    global_days: str
    components: str
    multiple: str
    bilateral: str
    assistant: str
    co_surgeons: str
    team: str
    endoscopy: str


@dataclass(frozen=True, slots=True)
class Place:
    """A locality of the fee schedule with its three indices."""

    effective: date
    mac: str
    number: str
    state: str
    name: str
    work: Decimal
    expense: Decimal
    malpractice: Decimal

    @property
    def key(self) -> str:
        """Contractor and number, such as ``10112-00``: how settings name the locality."""
        return f"{self.mac}-{self.number}"


def in_facility(place_of_service: str) -> bool:
    """Whether a place of service is paid at the facility rate."""
    return place_of_service in FACILITIES


def payment(weights: Weights, place: Place, *, facility: bool = False) -> Decimal:
    """Dollars for one unit: (work·gW + expense·gPE + malpractice·gMP) × conversion factor."""
    expense = weights.facility_expense if facility else weights.practice_expense
    units = weights.work * place.work + expense * place.expense + weights.malpractice * place.malpractice
    return money(units * weights.factor)


def expense(weights: Weights, place: Place, *, facility: bool = False) -> Decimal:
    """Dollars of the practice expense in one unit, not rounded."""
    return (weights.facility_expense if facility else weights.practice_expense) * place.expense * weights.factor


def working(weights: Weights, place: Place, *, facility: bool = False) -> str:
    """The formula with its figures, for people who check it."""
    expense = weights.facility_expense if facility else weights.practice_expense
    return (
        f"({weights.work} × {place.work} + {expense} × {place.expense} + {weights.malpractice} × {place.malpractice})"
        f" × {weights.factor} = {payment(weights, place, facility=facility)}"
    )

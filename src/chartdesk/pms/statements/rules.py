"""How money is spread over what is owed. Pure functions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from chartdesk.kit.money import ZERO

PATIENT = "patient"
#: How the ledger files what was given back to a patient, though the payment that it came from did not stand.
GIVEN_BACK = "refund:"


@dataclass(frozen=True)
class Share:
    """Dollars of a payment that go to one receivable."""

    reference: str
    amount: Decimal


def allocate(amount: Decimal, owed: Mapping[str, Decimal]) -> tuple[list[Share], Decimal]:
    """``amount`` spread over ``owed`` (reference → dollars, oldest first), and what is left over.

    What is not owed (zero, or a credit) takes nothing.
    """
    left, shares = amount, []
    for reference, due in owed.items():
        part = min(left, due)
        if part > ZERO:
            shares.append(Share(reference, part))
            left -= part
    return shares, left


def in_turn(owed: Mapping[str, Decimal], apart: Collection[str], *, first: bool) -> dict[str, Decimal]:
    """``owed`` in its order, but what stands in ``apart`` behind the rest, or with ``first`` before it."""
    ours = {one: due for one, due in owed.items() if one in apart}
    rest = {one: due for one, due in owed.items() if one not in apart}
    return {**ours, **rest} if first else {**rest, **ours}


def overpaid(owed: Mapping[str, Decimal]) -> list[Share]:
    """Receivables that stand below zero, with how much too much was paid, as a positive amount."""
    return [Share(reference, -due) for reference, due in owed.items() if due < ZERO]


def patients_part(open_references: Mapping[str, Mapping[str, Decimal]]) -> dict[str, Decimal]:
    """What the patient owes of each receivable, in the order given."""
    return {reference: holders[PATIENT] for reference, holders in open_references.items() if PATIENT in holders}

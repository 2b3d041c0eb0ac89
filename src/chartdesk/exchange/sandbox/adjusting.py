"""What a payer adds to or takes from a payment as a whole (PLB), and files that go wrong on their way.

A claim whose member id asks for either is paid in a file of its own, so that it changes no other's.
"""

from __future__ import annotations

import re
from decimal import Decimal

from chartdesk.exchange.sandbox.bank import LESS_MONEY, NO_MONEY
from chartdesk.exchange.sandbox.remittance import ProviderAdjustment
from chartdesk.exchange.sandbox.rulebook import HUNDRED
from chartdesk.exchange.sandbox.scenarios import LOWERING, RAISING
from chartdesk.kit.money import money

#: Word → reason of the PLB, and percent of what is paid for the claim: what is positive lowers the payment.
OF_PAID = {
    "LATEFEE": ("50", 10), "LEVY": ("LE", 10), "RETURNED": ("72", 10), "NOTREIMB": ("J1", 10), "WITHHELD": ("E3", 10),
    "TAXED": ("IR", 10), "ADJUSTED": ("CS", 10), "BONUS": ("BN", -10), "LUMPSUM": ("LS", -10),
    **{f"PLB{reason}": (reason, 10) for reason in LOWERING}, **{f"PLB{reason}": (reason, -10) for reason in RAISING},
}  # fmt: skip
#: The month's capitation, paid beside a claim that it covers.
CAPITATION_PAID, _CAPITATION = "CAPPAID", Decimal("50.00")
#: Words that are about the whole file, and all that have an 835 of their own.
TWICE, CUT_OFF, UNBALANCED, CHECK = "TWICE", "CUTOFF", "UNBALANCED", "CHECK"
APART = frozenset({TWICE, CUT_OFF, UNBALANCED, CHECK, CAPITATION_PAID, NO_MONEY, LESS_MONEY, *OF_PAID})
#: Claims that the payer decides late, and how much later than the others, in days.
LATER, LATE_DAYS = "LATER", 30
_PAYMENT = re.compile(r"(BPR\*.\*)([0-9.]+)\*")


def beside(scenario: str, number: str, paid: Decimal) -> list[ProviderAdjustment]:
    """What goes with the payment of a claim."""
    if scenario == CAPITATION_PAID:
        return [ProviderAdjustment("CT", number, -_CAPITATION)]
    reason, percent = OF_PAID.get(scenario, ("", 0))
    amount = money(paid * percent / HUNDRED)
    return [ProviderAdjustment(reason, number, amount)] if amount else []


def faulty(word: str, text: str) -> str:
    """The 835 as it arrives first: cut off, a dollar over what it explains, or as it is."""
    if word == CUT_OFF:
        return text[: len(text) * 2 // 3]
    if word == UNBALANCED:
        return _PAYMENT.sub(lambda found: f"{found[1]}{Decimal(found[2]) + 1}*", text, count=1)
    return text

"""Money: decimal, two places, never floating point.

Amounts are US dollars. Rounding is half away from zero, as payers and the CMS fee schedule files round. What comes in
has a limit (``money``); what is summed up of many such amounts has none (``summed``, ``total``).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from chartdesk.kit.errors import Invalid

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
#: The largest amount that somebody may give; above it an input is a mistake. A sum of many may be larger.
LIMIT = Decimal("99999999.99")


def money(value: Decimal | int | str) -> Decimal:
    """Return ``value`` as dollars with exactly two places.

    Accepts a Decimal, a whole number, or text such as ``"72.5"``, ``"$1,024.00"`` or ``"-3"``.
    Raises Invalid for anything else, for a float, and for an amount beyond ``LIMIT``.
    """
    # Most are so already: this is asked dozens of times for each claim paid.
    if type(value) is Decimal and value.same_quantum(CENT) and value and -LIMIT <= value <= LIMIT:
        return value
    if isinstance(value, float):
        raise Invalid("Money was given as a floating-point number.", cure="Give a Decimal or text.")
    if isinstance(value, str):
        value = value.strip().replace("$", "").replace(",", "")
    try:
        amount = Decimal(value).quantize(CENT, rounding=ROUND_HALF_UP)
    except (InvalidOperation, TypeError, ValueError) as fault:
        raise Invalid(f"{value!r} is not an amount of money.", cure="Write it like 125.00.") from fault
    if not amount.is_finite() or abs(amount) > LIMIT:
        raise Invalid(f"{amount} is not a possible amount.", cure=f"Amounts go up to {LIMIT}.")
    return amount + ZERO  # turns -0.00 into 0.00


def summed(value: Decimal | int | None) -> Decimal:
    """A sum as dollars with exactly two places, however large; 0.00 for the sum of nothing, which SQL gives as null.

    Raises Invalid for a float.
    """
    if type(value) is Decimal and value.same_quantum(CENT) and value:
        return value
    if isinstance(value, float):
        raise Invalid("A sum of money was given as a floating-point number.", cure="Sum up Decimals.")
    return Decimal(value or 0).quantize(CENT, rounding=ROUND_HALF_UP) + ZERO  # turns -0.00 into 0.00


def total(amounts: Iterable[Decimal]) -> Decimal:
    """The sum of the amounts, two places, however large; 0.00 where there are none."""
    return summed(sum(amounts, ZERO))


def dollars(amount: Decimal) -> str:
    """An amount or a sum as people write it: ``$1,024.00``, ``-$3.00``."""
    amount = summed(amount)
    sign = "-" if amount < 0 else ""
    return f"{sign}${abs(amount):,.2f}"

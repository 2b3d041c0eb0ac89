"""Numbers with a check digit, and numbers with a form."""

from __future__ import annotations

import re
from functools import lru_cache

#: A Medicare Beneficiary Identifier: position by position, without the letters S, L, O, I, B and Z (CMS).
_MBI = re.compile(
    r"[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y][0-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y][0-9]"
    r"[AC-HJKMNP-RT-Y]{2}[0-9]{2}"
)


@lru_cache(maxsize=4096)
def valid_npi(npi: str) -> bool:
    """Whether ``npi`` is ten digits, begins with 1 or 2, and its check digit is right.

    The check is Luhn's over ``80840`` and the number (45 CFR 162.406).
    """
    if not re.fullmatch(r"[12]\d{9}", npi):
        return False
    total = 0
    for place, digit in enumerate(reversed("80840" + npi)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def valid_mbi(number: str) -> bool:
    """Whether ``number`` has the form of a Medicare Beneficiary Identifier; dashes do not matter."""
    return _MBI.fullmatch(number.replace("-", "").upper()) is not None

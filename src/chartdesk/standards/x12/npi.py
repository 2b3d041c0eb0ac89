"""The check digit of a National Provider Identifier (45 CFR 162.406; ISO Luhn with the prefix 80840)."""

from __future__ import annotations

from functools import lru_cache

#: What the prefix 80840 adds to the Luhn sum of the ten digits.
_PREFIX = 24


@lru_cache(maxsize=4096)
def is_npi(text: str) -> bool:
    """True for ten digits, the first 1 or 2, whose last is the right check digit."""
    if len(text) != 10 or not (text.isascii() and text.isdecimal()) or text[0] not in "12":
        return False
    return check_digit(text[:9]) == text[9]


def check_digit(nine: str) -> str:
    """The check digit that belongs to nine digits of an NPI."""
    total = _PREFIX
    for place, digit in enumerate(nine):
        value = int(digit)
        if place % 2 == 0:
            value = value * 2 - 9 if value > 4 else value * 2
        total += value
    return str(-total % 10)

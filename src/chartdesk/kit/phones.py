"""Telephone numbers as people read them."""

from __future__ import annotations


def readable(number: str) -> str:
    """``(614) 555-0100`` for a US number, however it is written; anything else as it is."""
    digits = "".join(character for character in number if character.isdigit())
    digits = digits[1:] if len(digits) == 11 and digits.startswith("1") else digits
    return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}" if len(digits) == 10 else number

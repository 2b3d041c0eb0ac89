"""Words beside numbers, as sentences need them."""

from __future__ import annotations


def counted(number: int, thing: str) -> str:
    """A number and its thing: ``1 claim``, ``2 claims``. For things whose plural takes an s."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


#: A spreadsheet program takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(text: str) -> str:
    """Text for a cell of a CSV file, which no spreadsheet program carries out."""
    return f"'{text}" if text.startswith(_FORMULA) else text

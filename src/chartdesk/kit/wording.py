"""Words beside numbers, as sentences need them."""

from __future__ import annotations


def counted(number: int, thing: str) -> str:
    """A number and its thing: ``1 claim``, ``2 claims``. For things whose plural takes an s."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"

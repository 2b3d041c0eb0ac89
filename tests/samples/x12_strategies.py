"""What generated X12 tests draw from, and the same examples in every run."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

_ALPHABET = "ABCdefÉñøŁ '*~:^-"
names = st.text(_ALPHABET, min_size=1, max_size=20).map(lambda text: f"M{text}".rstrip())
identifiers = st.text("ABCDEFGHJK0123456789", min_size=2, max_size=18)
#: Days of service: none after the day of the files, 4 March 2026.
days = st.dates(date(2024, 1, 1), date(2026, 3, 4))
cents = st.integers(1, 500_000).map(lambda amount: Decimal(amount) / 100)


def generated(strategy: st.SearchStrategy[Any], count: int) -> list[Any]:
    """So many, the same in every run."""
    made: list[Any] = []

    @settings(max_examples=count, derandomize=True, database=None, deadline=None)
    @given(strategy)
    def collect(one: Any) -> None:
        made.append(one)

    collect()
    return made


def without(tag: str, content: bytes) -> bytes:
    """The one set of a file without the segments of that tag, for a validator that is wrong about them."""
    text, count = re.subn(rf"~{tag}\*[^~]*(?=~)", "", content.decode())
    return re.sub(r"SE\*(\d+)\*", lambda found: f"SE*{int(found[1]) - count}*", text).encode()

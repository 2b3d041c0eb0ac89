"""The hour at which the practice of these tests works: shortly before noon, whenever they run.

A story that begins a few minutes before midnight has two todays. So the practice stands in a zone where it is between
eleven and twelve when the tests begin; its day is then that of UTC, too.
"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def _zone() -> str:
    ahead = 11 - datetime.now(UTC).hour  # of UTC, in hours: from -12 to 11
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/UTC"  # these names count westwards


NAME = _zone()
ZONE = ZoneInfo(NAME)

"""Days as people read them, on pages and in sentences: ``Nov 21, 2026``.

A sentence formats a date it holds with ``:%b %-d, %Y``. Files, addresses and what programs read stay at ``2026-11-21``,
and printed forms and letters at ``11/21/2026``.
"""

from __future__ import annotations

from datetime import date


def written(on: date) -> str:
    """``Nov 21, 2026``."""
    return f"{on:%b %-d, %Y}"


def told(text: str) -> str:
    """The same for ``2026-11-21`` and what follows it, ``Nov 2026`` for ``2026-11``; anything else as it is."""
    try:
        if len(text) == 7:
            return f"{date.fromisoformat(f'{text}-01'):%b %Y}"
        return written(date.fromisoformat(text[:10]))
    except ValueError:
        return text

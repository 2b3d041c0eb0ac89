"""PostgreSQL's channels by which the engine's processes wake each other. Payloads are empty."""

from __future__ import annotations

from chartdesk.kit import database

#: There is something to route; something to deliver; a channel was added, changed, paused or resumed.
ROUTING, DELIVERIES, CHANNELS = "chartdesk_engine", "chartdesk_deliveries", "chartdesk_channels"


def tell(notice: str) -> None:
    """Wake whoever listens, when the open transaction commits."""
    database.execute("SELECT pg_notify(%s, '')", [notice])

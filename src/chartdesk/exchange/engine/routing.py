"""Routing: those whose turn it is are filtered, mapped, applied to the record and queued for their destinations."""

from __future__ import annotations

from collections.abc import Iterable

from chartdesk.record.access.subject import Subject

#: PostgreSQL's channel that says: there is something to route. Its payload is empty.
CHANNEL = "chartdesk_engine"
#: A destination has something to deliver, or a channel was changed, paused or resumed.
DELIVERIES, CHANNELS = "chartdesk_deliveries", "chartdesk_channels"


def work(practice: int | None = None) -> int:
    """Take the messages whose turn it is, of ``practice`` or of any, once round all channels; how many were taken."""
    raise NotImplementedError


def release(subject: Subject, messages: Iterable[int]) -> int:
    """Let held messages take their turn again, in their old places: what they waited for is there. Gives how many."""
    raise NotImplementedError

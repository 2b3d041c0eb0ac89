"""The time, asked for in one place.

Every timestamp that Chartdesk stores comes from ``now()``: aware, UTC. ``at()`` sets the clock for the
current context, so that a practice's past can be replayed by the commands that would have written it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_set_to: ContextVar[datetime | None] = ContextVar("chartdesk_clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _set_to.get() or datetime.now(UTC)


def today(zone: str) -> date:
    """The calendar date it is now in ``zone`` (an IANA name such as ``America/New_York``)."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be ``moment`` (aware) inside the block."""
    if moment.tzinfo is None:
        raise ValueError("clock.at() needs an aware datetime")
    token = _set_to.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _set_to.reset(token)

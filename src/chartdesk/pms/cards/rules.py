"""Where an operation may go from where it is. Pure functions."""

from __future__ import annotations

from datetime import datetime, timedelta

#: ``card``: the card is still to be typed. ``sending``: the gateway may have heard of it. ``unknown``: it may have done
#: it. ``not_done``: it certainly has not.
STATES = ("card", "sending", "unknown", "succeeded", "declined", "not_done")
#: While an operation is in one of these, nobody knows whether money moved.
OPEN = ("sending", "unknown")
#: Nothing that was sent arrives later than this: what the gateway does not know by then never happens.
ARRIVES_WITHIN = timedelta(minutes=15)
#: The sender itself says how it ended within this time, unless it was killed.
SENDER_SPEAKS_WITHIN = timedelta(seconds=60)
#: A declined instalment is tried again after so many days, so many times in all.
RETRY_DAYS, ATTEMPTS = 3, 3


def after(state: str, outcome: str) -> str | None:
    """The state after an ``outcome`` (succeeded, declined, refused, unknown); None where nothing changes.

    Success always counts, even where the operation had been given up: the money has moved.
    """
    if state in ("succeeded", "card"):
        return None
    if outcome == "succeeded":
        return "succeeded"
    if state not in OPEN:
        return None
    if outcome == "unknown":
        return "unknown" if state == "sending" else None
    return "declined" if outcome == "declined" else "not_done"


def to_ask(state: str, sent: datetime, now: datetime) -> bool:
    """Whether somebody else than its sender should ask how an operation ended."""
    return state == "unknown" or (state == "sending" and now - sent > SENDER_SPEAKS_WITHIN)


def given_up(sent: datetime, now: datetime) -> bool:
    """Whether what the gateway does not know has certainly not happened."""
    return now - sent > ARRIVES_WITHIN

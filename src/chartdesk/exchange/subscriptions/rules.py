"""What follows from how far a subscriber is: what to send next, when, and when to give up. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from chartdesk.exchange.subscriptions.models import Subscriber

#: Failures in a row after which a subscriber is in error: about half an hour of trying.
ATTEMPTS = 12
LONGEST_PAUSE = 600


class Step(StrEnum):
    """What the worker does for a subscriber when its turn comes."""

    NOTHING = "nothing"
    HANDSHAKE = "handshake"
    EVENTS = "event-notification"
    HEARTBEAT = "heartbeat"
    END = "end"


def pause(attempts: int, asked: int = 0) -> timedelta:
    """How long to wait after ``attempts`` failures: 1 s, doubling, ten minutes at most; longer where ``asked``."""
    return timedelta(seconds=max(min(2 ** (attempts - 1), LONGEST_PAUSE), asked))


def step(one: Subscriber, now: datetime) -> Step:
    """What is to be done for the subscriber now that its turn has come."""
    if one.status == "off":
        return Step.NOTHING
    if one.ends is not None and one.ends <= now:
        return Step.END
    if one.status == "requested":
        return Step.HANDSHAKE
    if one.status == "error":
        return Step.NOTHING
    if one.delivered < one.number:
        return Step.EVENTS
    beat = next_heartbeat(one)
    return Step.HEARTBEAT if beat is not None and beat <= now else Step.NOTHING


def next_heartbeat(one: Subscriber) -> datetime | None:
    """When a heartbeat is due if nothing is sent before; None without one."""
    if one.heartbeat is None or one.status != "active":
        return None
    return (one.reached or one.created) + timedelta(seconds=one.heartbeat)


def next_turn(one: Subscriber, now: datetime, wait: timedelta = timedelta()) -> datetime | None:
    """When the worker should look again, ``wait`` after ``now`` at the earliest; None where nothing can come."""
    if one.status == "off":
        return None
    moments = [] if one.ends is None else [one.ends]
    if one.status == "requested" or (one.status == "active" and one.delivered < one.number):
        moments.append(now + wait)
    beat = next_heartbeat(one)
    if beat is not None:
        moments.append(max(beat, now + wait))
    return min(moments, default=None)


def status_after(wanted: str, present: str | None, *, same_door: bool) -> str:
    """The status of a Subscription that a client wrote with ``wanted``.

    Only a handshake makes it active. Whoever writes back what was read, with the same endpoint and headers,
    disturbs nothing; anything else asks for a new handshake.
    """
    if wanted == "off":
        return "off"
    if present is not None and wanted == present and wanted != "requested" and same_door:
        return present
    return "requested"

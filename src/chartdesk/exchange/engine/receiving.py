"""Storing and answering: many messages at once in one transaction, then the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from chartdesk.exchange.engine.models import Channel
from chartdesk.standards.hl7v2.frames import Fragment


@dataclass(frozen=True)
class Accepted:
    """What became of one message.

    ``answer`` is to be sent back; empty where the sender asked for none. ``message_id`` is its number in the log; of a
    duplicate, the first one's. ``state`` is ``taken``, ``again`` (a duplicate: the stored answer) or ``refused``.
    """

    message_id: int
    answer: bytes
    state: Literal["taken", "again", "refused"] = "taken"


def accept(channel: Channel, raws: Sequence[bytes], *, peer: str) -> list[Accepted]:
    """Store messages in the order given and say how each is answered; when it returns, they are committed.

    Several are one transaction. A message that cannot be read or is not taken is kept too, and answered with AE or AR.
    A paused channel stores as well; nothing is done with it until it is resumed.
    """
    raise NotImplementedError


def keep_fragment(channel: Channel, fragment: Fragment, *, peer: str) -> int:
    """Keep bytes that are no message where people can see them, with the reason; gives their number in the log."""
    raise NotImplementedError


def refuse(channel: Channel, fragment: Fragment, *, peer: str) -> Accepted:
    """Keep a fragment, and say how it is answered (AR, never AA): for one that is too large, whose sender waits."""
    raise NotImplementedError

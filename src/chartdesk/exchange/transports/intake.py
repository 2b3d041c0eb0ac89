"""A channel's way into the engine's log: what came on a socket, in a file or by a post is stored and answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg
from django.db import DatabaseError, connection

from chartdesk.exchange.engine import receiving
from chartdesk.exchange.engine.models import Channel
from chartdesk.exchange.engine.receiving import Accepted
from chartdesk.exchange.transports.gathering import Received
from chartdesk.kit import clock
from chartdesk.standards.hl7v2 import Unreadable, batches
from chartdesk.standards.hl7v2.frames import Fragment

_BATCH = (b"FHS", b"BHS")


class Intake:
    """The present state of one channel, and what is handed to it. Its methods run in threads."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel

    def accept(self, items: Sequence[Received]) -> list[Accepted]:
        """Store messages in their order; they are committed when it returns."""
        with _connected():
            return receiving.accept(self.channel, [one.content for one in items], peer=[one.peer for one in items])

    def store(self, items: Sequence[Received]) -> list[bytes]:
        """The same, for who only wants what to answer. A batch in one frame is answered by a batch."""
        parted = [_parted(one) for one in items]
        answers = iter(self.accept([one for messages in parted for one in messages]))
        return [_joined(item, [next(answers) for _ in messages]) for item, messages in zip(items, parted, strict=True)]

    def keep(self, fragment: Fragment, peer: str, answers: bool) -> bytes:
        """Keep what is no message; gives the refusal that its sender is to get, empty for none."""
        with _connected():
            if answers:
                return receiving.refuse(self.channel, fragment, peer=peer).answer
            receiving.keep_fragment(self.channel, fragment, peer=peer)
            return b""


@contextmanager
def _connected() -> Iterator[None]:
    """A thread keeps its connection, and begins with a new one after the database failed."""
    try:
        yield
    except (DatabaseError, psycopg.Error):
        connection.close()
        raise


def _parted(item: Received) -> list[Received]:
    """The messages of what came in one frame: mostly itself."""
    if item.content.lstrip()[:3] not in _BATCH:
        return [item]
    try:
        found = batches.split(item.content).messages
    except Unreadable:
        return [item]
    return [Received(one, item.peer) for one in found] or [item]


def _joined(item: Received, accepted: list[Accepted]) -> bytes:
    answers = [one.answer for one in accepted if one.answer]
    if item.content.lstrip()[:3] not in _BATCH or len(answers) < 2:
        return answers[0] if answers else b""
    number = str(accepted[0].message_id)
    return batches.join(answers, sender="", receiver="", control_id=number, at=clock.now())

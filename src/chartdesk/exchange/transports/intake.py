"""A channel's way into the engine's log: what came on a socket, in a file or by a post is stored and answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import DatabaseError, connection

from chartdesk.exchange.engine import receiving
from chartdesk.exchange.engine.models import Channel
from chartdesk.exchange.engine.receiving import Accepted
from chartdesk.exchange.transports.gathering import Received
from chartdesk.standards.hl7v2.frames import Fragment


class Intake:
    """The present state of one channel, and what is handed to it. Its methods run in threads."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel

    def accept(self, items: Sequence[Received]) -> list[Accepted]:
        """Store messages in their order; they are committed when it returns."""
        with _connected():
            return receiving.accept(self.channel, [one.content for one in items], peer=[one.peer for one in items])

    def store(self, items: Sequence[Received]) -> list[bytes]:
        """The same, for who only wants what to answer."""
        return [one.answer for one in self.accept(items)]

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
    except DatabaseError:
        connection.close()
        raise

"""Messages of one channel on their way into the log: what comes meanwhile is stored together.

While one round is being stored, what arrives on any connection gathers and makes the next one, so that many messages
share a commit. A single message waits for nobody. Rounds follow one another, so what came first is stored first.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from typing import NamedTuple, TypeVar

from chartdesk.kit import database
from chartdesk.kit.errors import Invalid, Unavailable

#: The most messages, and about the most bytes, of one round.
MOST, MOST_BYTES = 200, 8_000_000
#: Seconds to wait for more, where the round before held several: then several partners are at work at once.
PAUSE = 0.002
#: Seconds for which a database that is away is asked again before whoever waits is sent away without an answer.
PATIENCE = 10.0
_AGAIN = 0.25
_AWAY = "The database is away."
_log = logging.getLogger(__name__)
Answer = TypeVar("Answer")


class Received(NamedTuple):
    """A message as it came: its bytes, and from where."""

    content: bytes
    peer: str


_Asked = tuple[Received, asyncio.Future[bytes]]


class Gatherer:
    """The way of one channel to ``store``, which answers many in their order and runs in a thread of ``pool``.

    What ``store`` gives for a message is its answer; empty where none is wanted.
    """

    def __init__(self, store: Callable[[Sequence[Received]], Sequence[bytes]], pool: Executor) -> None:
        self._store, self._pool = store, pool
        self._waiting: deque[_Asked] = deque()
        self._work: asyncio.Task[None] | None = None

    def put(self, one: Received) -> asyncio.Future[bytes]:
        """Its answer to come. It raises Unavailable where nothing can be stored now, Invalid where this one cannot."""
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting.append((one, answer))
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._rounds())
        return answer

    async def idle(self) -> None:
        """Wait until all that was put is answered."""
        if self._work is not None:
            await asyncio.wait([self._work])

    async def _rounds(self) -> None:
        several = False
        while self._waiting:
            if several:
                await asyncio.sleep(PAUSE)
            share = self._share()
            several = len(share) > 1
            if not await self._round(share):
                # What waits behind would be stored before what is sent again.
                _fail(self._waiting, Unavailable(_AWAY))
                self._waiting.clear()

    def _share(self) -> list[_Asked]:
        share: list[_Asked] = []
        size = 0
        while self._waiting and len(share) < MOST and (size < MOST_BYTES or not share):
            share.append(self._waiting.popleft())
            size += len(share[-1][0].content)
        return share

    async def _round(self, share: list[_Asked]) -> bool:
        """Store and answer; whether that could be done."""
        loop = asyncio.get_running_loop()
        until = loop.time() + PATIENCE
        while True:
            try:
                answers = await loop.run_in_executor(self._pool, self._store, [one for one, _ in share])
            except Exception as fault:
                if not database.may_pass(fault):
                    return await self._parted(share, fault)
                # Asking again is safe: what was stored and not answered is known by its control id.
                _log.warning("the database is away (%s); messages wait", type(fault).__name__)
                if loop.time() < until:
                    await asyncio.sleep(_AGAIN)
                    continue
                _fail(share, Unavailable(_AWAY))
                return False
            for (_, answer), given in zip(share, answers, strict=True):
                if not answer.done():
                    answer.set_result(given)
            return True

    async def _parted(self, share: list[_Asked], fault: Exception) -> bool:
        """One message of a round must not take the others with it: each is stored alone."""
        if len(share) == 1:
            _log.error("a message could not be stored: %s", type(fault).__name__, exc_info=fault)
            _fail(share, Invalid("The message could not be stored.", cure="Tell who runs Chartdesk."))
            return True
        for place, one in enumerate(share, start=1):
            if not await self._round([one]):
                _fail(share[place:], Unavailable(_AWAY))
                return False
        return True


def _fail(share: Iterable[_Asked], fault: Exception) -> None:
    for _, answer in share:
        if not answer.done():
            answer.set_exception(fault)
            # Whoever hung up asks no more; nobody else needs to hear of it.
            answer.exception()

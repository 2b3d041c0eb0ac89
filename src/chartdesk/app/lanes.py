"""FHIR requests on their way to threads: those that may share a round with the database go by a lane of their kind.

While a lane's thread is busy with a round, what comes in meanwhile gathers and makes the next one. A single request
waits for nobody. One thread at a time works on a lane: two would share one interpreter and finish later, both. Only
where a round takes long does another thread go on with those behind it: a slow search holds up one round, not all.

Bundles, which are all work and little waiting, have a few threads; everything else has a thread of the pool for itself.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Lock, get_ident
from time import monotonic
from typing import TypeVar

from chartdesk.api import fhir
from chartdesk.api.fhir import Request, Response, rounds

#: The most requests of one round: its answers wait for the slowest.
MOST = 32
#: Seconds after which a round is a slow one, and the most threads of a lane while rounds are slow.
SLOW = 0.25
RELIEF = 4
#: Threads for bundles: while one waits for the database, the others work.
BUNDLES = 3

T = TypeVar("T")
Waiting = tuple[Request, "asyncio.Future[Response]"]


class Lanes:
    """The ways of one server process."""

    def __init__(self, threads: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="fhir")
        self._bundles = ThreadPoolExecutor(BUNDLES, thread_name_prefix="fhir-bundle")
        self._lanes = {
            kind: Lane(partial(rounds.handle_together, kind)) for kind in (rounds.READ, rounds.SEARCH, rounds.CREATE)
        }

    async def answer(self, request: Request) -> Response:
        """The answer to one request."""
        loop = asyncio.get_running_loop()
        lane = self._lanes.get(rounds.kind_of(request))
        if lane is None:
            pool = self._bundles if rounds.is_bundle(request) else self._pool
            return await loop.run_in_executor(pool, fhir.handle, request)
        return await lane.join(request, loop)

    async def run(self, work: Callable[[], T]) -> T:
        """What ``work`` gives, in a thread of the pool."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)


class Lane:
    """The way of one kind of request to ``handle``, which answers many in their order."""

    def __init__(self, handle: Callable[[Sequence[Request]], Sequence[Response]]) -> None:
        self._handle = handle
        self._pool = ThreadPoolExecutor(RELIEF, thread_name_prefix="fhir-lane")
        self._waiting: deque[Waiting] = deque()
        self._begun: dict[int, float] = {}  # by thread: when it began its round
        self._threads = 0
        self._watched = False
        self._lock = Lock()

    def join(self, request: Request, loop: asyncio.AbstractEventLoop) -> asyncio.Future[Response]:
        """What will be the answer. Called in the event loop."""
        answer: asyncio.Future[Response] = loop.create_future()
        with self._lock:
            self._waiting.append((request, answer))
            starts = not self._threads
            self._threads += starts
        if starts:
            self._pool.submit(self._work, loop)
        elif not self._watched:
            self._watched = True
            loop.call_later(SLOW, self._relieve, loop)
        return answer

    def _relieve(self, loop: asyncio.AbstractEventLoop) -> None:
        """Called in the event loop some time after somebody had to wait: another thread, where all rounds are slow."""
        with self._lock:
            waits = bool(self._waiting)
            starts = waits and self._threads < RELIEF and not self._quick()
            self._threads += starts
        if starts:
            self._pool.submit(self._work, loop)
        self._watched = waits
        if waits:
            loop.call_later(SLOW, self._relieve, loop)

    def _quick(self) -> bool:
        """Whether a thread is in a round that has not taken long yet, or about to begin one."""
        late = monotonic() - SLOW
        return len(self._begun) < self._threads or any(begun > late for begun in self._begun.values())

    def _work(self, loop: asyncio.AbstractEventLoop) -> None:
        """Round after round until nobody waits, or another thread does it as quickly alone."""
        me = get_ident()
        while True:
            with self._lock:
                self._begun.pop(me, None)
                self._threads -= 1
                if not self._waiting or (self._threads and self._quick()):
                    return
                self._threads += 1
                self._begun[me] = monotonic()
                share = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
            try:
                responses = self._handle([request for request, _ in share])
            except Exception as fault:
                loop.call_soon_threadsafe(_fail, share, fault)
            else:
                loop.call_soon_threadsafe(_deliver, share, responses)


def _fail(share: list[Waiting], fault: Exception) -> None:
    for _, answer in share:
        if not answer.done():
            answer.set_exception(fault)


def _deliver(share: list[Waiting], responses: Sequence[Response]) -> None:
    for (_, answer), response in zip(share, responses, strict=True):
        if not answer.done():  # whoever hung up waits no more
            answer.set_result(response)

"""FHIR requests on their way to threads: those that may share a round with the database go by a lane of their kind.

While a lane's thread is busy with a round, what comes in meanwhile gathers and makes the next one. A single request
waits for nobody. Everything that is of no such kind has a thread of the pool for itself.
"""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from chartdesk.api import fhir
from chartdesk.api.fhir import Request, Response, rounds

#: The most requests of one round: its answers wait for the slowest.
MOST = 32
#: Threads of each lane. A slow search holds up one round, not all.
_THREADS = {rounds.READ: 1, rounds.SEARCH: 2, rounds.CREATE: 2}

Waiting = tuple[Request, "asyncio.Future[Response]"]


class Lanes:
    """The ways of one server process."""

    def __init__(self, threads: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="fhir")
        self._lanes = {kind: _Lane(kind, count) for kind, count in _THREADS.items()}

    async def answer(self, request: Request) -> Response:
        """The answer to one request."""
        loop = asyncio.get_running_loop()
        lane = self._lanes.get(rounds.kind_of(request))
        if lane is None:
            return await loop.run_in_executor(self._pool, fhir.handle, request)
        return await lane.join(request, loop)


class _Lane:
    def __init__(self, kind: str, threads: int) -> None:
        self._kind, self._threads = kind, threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=f"fhir-{kind}")
        self._waiting: deque[Waiting] = deque()
        self._busy = 0
        self._lock = Lock()

    def join(self, request: Request, loop: asyncio.AbstractEventLoop) -> asyncio.Future[Response]:
        answer: asyncio.Future[Response] = loop.create_future()
        with self._lock:
            self._waiting.append((request, answer))
            starts = self._busy < self._threads
            self._busy += starts
        if starts:
            self._pool.submit(self._work, loop)
        return answer

    def _work(self, loop: asyncio.AbstractEventLoop) -> None:
        """Round after round until nobody waits."""
        while True:
            with self._lock:
                share = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
                if not share:
                    self._busy -= 1
                    return
            try:
                responses = rounds.handle_together(self._kind, [request for request, _ in share])
            except Exception as fault:
                loop.call_soon_threadsafe(_fail, share, fault)
            else:
                loop.call_soon_threadsafe(_deliver, share, responses)


def _fail(share: list[Waiting], fault: Exception) -> None:
    for _, answer in share:
        if not answer.done():
            answer.set_exception(fault)


def _deliver(share: list[Waiting], responses: list[Response]) -> None:
    for (_, answer), response in zip(share, responses, strict=True):
        if not answer.done():  # whoever hung up waits no more
            answer.set_result(response)

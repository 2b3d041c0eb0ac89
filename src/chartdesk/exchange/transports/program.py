"""``chartdesk interfaces``: the listeners of all channels and the engine's rounds, in one process.

The event loop has the connections; threads store, route and deliver. Killed at any moment, nothing that was
acknowledged is lost: it is stored, and whoever comes next goes on with it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
from django.db import connection

from chartdesk.exchange.engine import notices
from chartdesk.exchange.transports.listeners import Listeners
from chartdesk.exchange.transports.rounds import Rounds
from chartdesk.exchange.transports.standing import Report, Reporter
from chartdesk.kit.errors import ChartdeskError

#: Threads that store what came, read files and channels.
THREADS = 8
#: Seconds between two looks at the channels where nobody says that one was changed, and after a failure.
LOOK, FAILURE = 5.0, 1.0
_log = logging.getLogger(__name__)


class Interfaces:
    """The program. ``dsn`` gives the database's address; it may only listen, or only route and deliver."""

    def __init__(self, dsn: Callable[[], str], *, listen: bool = True, rounds: bool = True) -> None:
        self._dsn, self._listen = dsn, listen
        self._rounds = Rounds(dsn) if rounds else None
        self._stopping: asyncio.Event | None = None
        self._ended = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._begun: list[int] = []  # the threads that there are
        self._pool = ThreadPoolExecutor(
            THREADS, thread_name_prefix="interfaces", initializer=lambda: self._begun.append(threading.get_ident())
        )
        self.listeners = Listeners(self._pool)
        self._reporter = Reporter(f"{socket.gethostname()}/{os.getpid()}")
        self._said: list[Report] = []
        #: Set once the channels were first looked at.
        self.ready = threading.Event()

    def run(self) -> None:
        """Work until ``stop``."""
        asyncio.run(self._run())

    def stop(self) -> None:
        """End: what has come is stored and answered, what is under way is finished. From any thread."""
        self._ended = True
        if self._loop is not None and self._stopping is not None:
            with contextlib.suppress(RuntimeError):  # it has ended already
                self._loop.call_soon_threadsafe(self._stopping.set)

    async def _run(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        if self._ended:
            self._stopping.set()
        changed = asyncio.Event()
        hearing = asyncio.create_task(self._hear(changed))
        if self._rounds is not None:
            self._rounds.start()
        ending = asyncio.create_task(self._stopping.wait())
        try:
            while not self._stopping.is_set():
                pause = await self._compare()
                woken = asyncio.create_task(changed.wait())
                await asyncio.wait({woken, ending}, timeout=pause, return_when="FIRST_COMPLETED")
                woken.cancel()
                changed.clear()
        finally:
            ending.cancel()
            hearing.cancel()
            await self.listeners.close()
            if self._rounds is not None:
                await self._loop.run_in_executor(None, self._rounds.stop)
            self._let_go()

    def _let_go(self) -> None:
        """End the threads, each with its connection given back: all at once, so that none does it for another."""
        together = threading.Barrier(len(self._begun)) if self._begun else None

        def end() -> None:
            if together is not None:
                together.wait(10)
            connection.close()

        for _ in list(self._begun):
            self._pool.submit(end)
        self._pool.shutdown(wait=True)

    async def _compare(self) -> float:
        """Look at the channels; gives the seconds until the next look."""
        try:
            if self._listen:
                await self.listeners.compare()
                await self._report()
        except Exception as fault:  # the listeners that are open go on with what they are
            known = isinstance(fault, ChartdeskError)
            words = str(fault) if known else type(fault).__name__
            _log.error("the channels cannot be read: %s", words, exc_info=not known)
            return FAILURE
        self.ready.set()
        return FAILURE if self.listeners.faults else LOOK

    async def _report(self) -> None:
        """Say how the channels fare."""
        reports = self.listeners.reports()
        for one in reports:
            if not one.good and one not in self._said:
                _log.error("channel %s cannot be served: %s", one.name, one.words)
        self._said = [one for one in reports if not one.good]
        await asyncio.get_running_loop().run_in_executor(self._pool, _noted, self._reporter, reports)

    async def _hear(self, changed: asyncio.Event) -> None:
        """Note when somebody says that a channel was changed."""
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self._dsn(), autocommit=True) as listener:
                    await listener.execute(f"LISTEN {notices.CHANNELS}")
                    changed.set()
                    async for _ in listener.notifies():
                        changed.set()
            except (psycopg.OperationalError, ChartdeskError) as fault:
                _log.warning("nobody tells of changed channels (%s); trying again", type(fault).__name__)
                self._reporter.forget()
                await asyncio.sleep(FAILURE)


def _noted(reporter: Reporter, reports: list[Report]) -> None:
    """``Reporter.note``, in a thread that begins with a new connection after a failure."""
    try:
        reporter.note(reports)
    except Exception:
        connection.close()
        raise

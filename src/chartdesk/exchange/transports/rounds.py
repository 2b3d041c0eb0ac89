"""The engine's rounds: routing what came, delivering what waits; each in a thread that sleeps until there is more."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

import psycopg
from django.db import connection

from chartdesk.exchange.engine import notices, routing
from chartdesk.kit.errors import ChartdeskError

#: Seconds to sleep where nobody says that there is more, and after a failure.
PAUSE, FAILURE = 1.0, 1.0
_log = logging.getLogger(__name__)


class Rounds:
    """The threads. ``dsn`` gives the database's address."""

    def __init__(self, dsn: Callable[[], str]) -> None:
        self._dsn = dsn
        self._stopping = threading.Event()
        works = (("routing", notices.ROUTING, routing.work),)
        self._threads = [
            threading.Thread(target=self._guard, args=(name, notice, work), name=name, daemon=True)
            for name, notice, work in works
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End after what is under way."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(timeout=30)

    def _guard(self, name: str, notice: str, work: Callable[[], int]) -> None:
        while not self._stopping.is_set():
            try:
                self._rounds(notice, work)
            except Exception as fault:  # a round must outlive whatever it meets
                known = isinstance(fault, ChartdeskError)
                _log.error("%s: %s", name, str(fault) if known else type(fault).__name__, exc_info=not known)
                connection.close()
                self._stopping.wait(FAILURE)
        connection.close()

    def _rounds(self, notice: str, work: Callable[[], int]) -> None:
        with psycopg.connect(self._dsn(), autocommit=True) as listener:
            listener.execute(f"LISTEN {notice}")
            while not self._stopping.is_set():
                while not self._stopping.is_set() and work():
                    pass
                for _ in listener.notifies(timeout=PAUSE, stop_after=1):
                    pass

"""The engine's rounds: routing what came, delivering what waits; each in a thread that sleeps until there is more."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

import psycopg
from django.db import connection

from chartdesk.exchange.engine import notices, routing
from chartdesk.exchange.engine.delivery import Deliverer
from chartdesk.kit.errors import ChartdeskError

#: Seconds to sleep where nobody says that there is more: for routing, and for delivery, which hears of no end of a
#: visit; and after a failure.
ROUTING, DELIVERY, FAILURE = 1.0, 0.2, 1.0
#: After a round of fewer messages than this the next one waits for so many seconds: what comes meanwhile shares it, and
#: a round costs as much as a dozen messages. The first message after a rest waits for nobody.
FEW, GATHER = 50, 0.02
_log = logging.getLogger(__name__)


class Rounds:
    """The threads. ``dsn`` gives the database's address."""

    def __init__(self, dsn: Callable[[], str]) -> None:
        self._dsn = dsn
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._guard, args=(work,), name=name, daemon=True)
            for name, work in (("routing", self._route), ("delivery", self._deliver))
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End after what is under way."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(timeout=60)

    def _guard(self, work: Callable[[], None]) -> None:
        while not self._stopping.is_set():
            try:
                work()
            except Exception as fault:  # a round must outlive whatever it meets
                known = isinstance(fault, ChartdeskError)
                words = str(fault) if known else type(fault).__name__
                _log.error("%s: %s", threading.current_thread().name, words, exc_info=not known)
                connection.close()
                self._stopping.wait(FAILURE)
        connection.close()

    def _route(self) -> None:
        self._again(notices.ROUTING, self._routed, ROUTING)

    def _routed(self) -> int:
        taken = routing.work()
        if 0 < taken < FEW:
            self._stopping.wait(GATHER)
        return taken

    def _deliver(self) -> None:
        with Deliverer() as deliverer:
            self._again(notices.DELIVERIES, deliverer.round, DELIVERY)

    def _again(self, notice: str, work: Callable[[], int], pause: float) -> None:
        """Work while there is more, then sleep until somebody says that there is."""
        with psycopg.connect(self._dsn(), autocommit=True) as listener:
            listener.execute(f"LISTEN {notice}")
            while not self._stopping.is_set():
                while not self._stopping.is_set() and work():
                    pass
                for _ in listener.notifies(timeout=pause, stop_after=1):
                    pass

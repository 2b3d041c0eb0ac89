"""Keeping the embedded server running beside the programs that use it.

A server that was killed takes its connections with it and nothing else: the programs connect again by themselves, once
somebody has started it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from chartdesk.app import postgres
from chartdesk.kit.errors import Unavailable

#: Seconds that a server has to run before it counts as well again.
WELL_AFTER = 60.0
#: Seconds between two starts of one that does not stay, at first and at most.
SHORTEST, LONGEST = 1.0, 30.0


class Keeper:
    """Starts the server of ``home`` again whenever it is gone. ``say`` is told of it, a sentence each time."""

    def __init__(self, home: Path, say: Callable[[str], None]) -> None:
        self._home, self._say = home, say
        self._cluster = postgres.locate(home)
        self._pause, self._started, self._next = SHORTEST, time.monotonic(), 0.0

    def look(self) -> None:
        """Start the server where it is gone, after a pause where it was started only just now. Cheap where it runs."""
        if postgres.seems_alive(self._cluster):
            return
        now = time.monotonic()
        if now < self._next or postgres.running(self._cluster):
            return
        self._pause = SHORTEST if now - self._started > WELL_AFTER else min(self._pause * 2, LONGEST)
        self._say("PostgreSQL has ended without being asked to; it is started again")
        try:
            postgres.start(self._home)
            self._say("PostgreSQL runs again")
        except Unavailable as fault:
            self._say(f"PostgreSQL did not start, it is tried again in {self._pause:.0f} s: {fault}")
        self._started = time.monotonic()
        self._next = self._started + self._pause

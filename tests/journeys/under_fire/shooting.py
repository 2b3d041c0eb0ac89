"""Who kills, when, and who starts again what was killed: by a seed, until the time is over."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.journeys.under_fire.installation import PROGRAMS, Installation

DATABASE = {"postgres": signal.SIGKILL, "postgres, immediately": signal.SIGQUIT}
TARGETS = (*PROGRAMS, *DATABASE)
#: Seconds that a database may stay away: longer than a listener waits for one.
AWAY = 14.0


@dataclass
class Shots:
    """What was killed, and the seconds (of the monotonic clock) in which something was down."""

    kills: Counter[str] = field(default_factory=Counter)
    spans: list[tuple[float, float]] = field(default_factory=list)
    #: Programs that ended by themselves, with the seconds that they had run.
    ended: list[tuple[str, float]] = field(default_factory=list)


class Shooter:
    """Kills and starts again. ``pauses`` are the seconds between two kills, the least and the most."""

    def __init__(self, house: Installation, seed: int, pauses: tuple[float, float], *, long_away: bool) -> None:
        self._house, self._chance, self._pauses, self._long = house, random.Random(seed), pauses, long_away
        self._due: dict[str, float] = {}
        self._since: dict[str, float] = {}  # when it was killed, or ended
        self.shots = Shots()

    def run(self, until: float, watch: Callable[[], None]) -> None:
        """Until ``until``, and until each target was met once in an order by chance; then whichever."""
        first = self._chance.sample(TARGETS, len(TARGETS))
        next_kill = time.monotonic() + self._pauses[0]
        while time.monotonic() < until or first:
            self.supervise()
            watch()
            if time.monotonic() >= next_kill and self._kill(first[-1] if first else self._chance.choice(TARGETS)):
                if first:
                    first.pop()
                elif self._chance.random() < 0.2:
                    self._kill(self._chance.choice(TARGETS))  # two at once
                next_kill = time.monotonic() + self._chance.uniform(*self._pauses)
            time.sleep(0.02)

    def _kill(self, target: str) -> bool:
        """Kill it, and say when it is started again; False where it is down."""
        what = "database" if target in DATABASE else target
        if what in self._due:
            return False
        away = self._chance.uniform(0.1, 2.0)
        self._since[what] = time.monotonic()
        if target in DATABASE:
            self._house.kill_database(DATABASE[target])
            if self._long and self._chance.random() < 0.15:
                away = AWAY
        else:
            self._house.kill(target)
        self.shots.kills[target] += 1
        self._due[what] = time.monotonic() + away
        return True

    def supervise(self) -> None:
        """Start again what is down and due."""
        for what in [what for what, at in self._due.items() if at <= time.monotonic()]:
            del self._due[what]
            if what == "database":
                self._house.start_database()
            else:
                self._house.start(what)
            self.shots.spans.append((self._since.pop(what), time.monotonic()))
        for name in self._house.ended():
            self.shots.ended.append((name, time.monotonic() - self._house.since[name]))
            self._house.running.pop(name)
            self._since[name], self._due[name] = time.monotonic(), time.monotonic() + 0.5

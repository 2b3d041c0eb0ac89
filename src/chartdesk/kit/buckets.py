"""How often somebody may do something: token buckets, kept in each process."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

#: How many names are remembered at once.
_REMEMBERED = 20_000


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Buckets:
    """Token buckets by name: each fills at ``rate`` a second up to ``burst``."""

    def __init__(self, rate: float, burst: float) -> None:
        self.rate, self.burst = rate, burst
        self._buckets: dict[str, _Bucket] = {}
        self._lock = threading.Lock()

    def take(self, name: str) -> float:
        """Take a token; 0 where there was one, else the seconds until there will be."""
        with self._lock:
            bucket = self._filled(name)
            if bucket.tokens < 1:
                return (1 - bucket.tokens) / self.rate
            bucket.tokens -= 1
            return 0.0

    def wait(self, name: str) -> float:
        """Seconds until there is a token; 0 where there is one. None is taken."""
        if name not in self._buckets:
            return 0.0
        with self._lock:
            return max(0.0, (1 - self._filled(name).tokens) / self.rate)

    def _filled(self, name: str) -> _Bucket:
        now = time.monotonic()
        bucket = self._buckets.get(name)
        if bucket is None:
            if len(self._buckets) >= _REMEMBERED:
                self._forget(now)
            bucket = self._buckets[name] = _Bucket(self.burst, now)
        bucket.tokens = min(self.burst, bucket.tokens + (now - bucket.at) * self.rate)
        bucket.at = now
        return bucket

    def _forget(self, now: float) -> None:
        """Forget the full ones; where that is not enough, all."""
        full = [name for name, one in self._buckets.items() if one.tokens + (now - one.at) * self.rate >= self.burst]
        for name in full:
            del self._buckets[name]
        if len(self._buckets) >= _REMEMBERED:
            self._buckets.clear()

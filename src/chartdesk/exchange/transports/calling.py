"""The one event loop of this process in which connections to others are made and kept.

The engine sends from threads, several at a time; connections, time limits and encryption live in one loop of their
own, started when it is first needed.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")
_starting = threading.Lock()
_running: asyncio.AbstractEventLoop | None = None


def wait_for(work: Coroutine[Any, Any, T]) -> T:
    """Run ``work`` in the loop and wait for what it gives or raises. Not to be called in the loop itself."""
    return asyncio.run_coroutine_threadsafe(work, _loop()).result()


def _loop() -> asyncio.AbstractEventLoop:
    global _running
    with _starting:
        if _running is None or _running.is_closed():
            _running = asyncio.new_event_loop()
            threading.Thread(target=_running.run_forever, name="destinations", daemon=True).start()
    return _running

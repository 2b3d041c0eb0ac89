"""Memory for messages that are large and not whole yet, shared by all connections of the process.

Small ones need none of it. A connection whose message grows large takes room for the largest it may become, or waits,
unread, until others are done: so two hundred scanned documents at once cost no more than a few.
"""

from __future__ import annotations

import asyncio
from collections import deque

#: Bytes up to which a message is small, and bytes for all that are not.
SMALL, ALL = 1_000_000, 256_000_000


class Space:
    """The room there is, in bytes; whoever came first gets room first."""

    def __init__(self, room: int = ALL) -> None:
        self._all = self._free = room
        self._waiting: deque[tuple[int, asyncio.Future[None]]] = deque()

    async def take(self, size: int) -> int:
        """Wait for room and take it; gives how much was taken, to be given back."""
        size = min(size, self._all)
        if self._waiting or self._free < size:
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append((size, turn))
            try:
                await turn
            except asyncio.CancelledError:
                if turn.done() and not turn.cancelled():
                    self.give(size)
                raise
        else:
            self._free -= size
        return size

    def give(self, size: int) -> None:
        """Give room back."""
        self._free += size
        while self._waiting and (self._waiting[0][1].done() or self._waiting[0][0] <= self._free):
            wanted, turn = self._waiting.popleft()
            if not turn.done():
                self._free -= wanted
                turn.set_result(None)


class Place:
    """What one connection has of the room; ``largest`` is what its messages may grow to."""

    def __init__(self, space: Space, largest: int) -> None:
        self._space, self._largest = space, largest
        self._taken = 0

    async def hold(self, size: int) -> None:
        """Have room for a message of which ``size`` bytes have come; give it back where they are few again."""
        if size <= SMALL:
            self.leave()
        elif not self._taken:
            self._taken = await self._space.take(self._largest)

    def leave(self) -> None:
        """Give back what was taken."""
        if self._taken:
            self._taken, taken = 0, self._taken
            self._space.give(taken)

"""Looking for files again and again: the folder of a channel, here or on somebody's server."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import Executor

from django.db import connection

from chartdesk.exchange.engine.documents import FolderSource, SftpSource
from chartdesk.exchange.transports import files
from chartdesk.exchange.transports.intake import Intake
from chartdesk.kit.errors import ChartdeskError
from chartdesk.kit.transactions import alone

_log = logging.getLogger(__name__)


class Poller:
    """Looks into the folder of one channel every so many seconds. One process at a time looks."""

    def __init__(
        self, channel: int, source: FolderSource | SftpSource, intake: Intake, largest: int, pool: Executor
    ) -> None:
        self._channel, self._source, self._intake, self._largest, self._pool = channel, source, intake, largest, pool
        self._read: files.Read = {}
        self._task: asyncio.Task[None] | None = None
        self.connections = self.turned_away = 0
        #: Why the last look failed, in words; empty where it did not.
        self.fault = ""
        self.warning = ""

    @property
    def words(self) -> str:
        """Where it looks."""
        place = f"{self._source.host}:" if isinstance(self._source, SftpSource) else ""
        return f"Looks into {place}{self._source.path} every {self._source.every_seconds} seconds."

    async def open(self) -> None:
        """Begin to look."""
        self._task = asyncio.create_task(self._rounds())

    async def close(self) -> None:
        """End after the look that is under way."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _rounds(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            look = loop.run_in_executor(self._pool, self._look)
            try:
                await asyncio.shield(look)
            except asyncio.CancelledError:
                await asyncio.wait([look])
                raise
            await asyncio.sleep(self._source.every_seconds)

    def _look(self) -> None:
        fault = ""
        try:
            with alone("interface folder", self._channel) as mine:
                if mine:
                    files.look(self._source, self._intake, self._largest, self._read)
        except Exception as caught:  # the next look may find things better
            connection.close()
            known = isinstance(caught, ChartdeskError)
            fault = str(caught) if known else type(caught).__name__
            if not known and fault != self.fault:
                _log.error("channel %s: %s", self._intake.channel.name, fault, exc_info=True)
        self.fault = fault

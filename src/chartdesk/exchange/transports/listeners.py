"""The listeners of all channels: opened, closed and changed as the channels are, without a restart.

Every few seconds, and at once when somebody changed a channel, the channels are read and compared with what listens.
A port that cannot be had is tried again: two such processes on one machine are a process and its replacement.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any, Protocol

import psycopg
from django.db import DatabaseError

from chartdesk.exchange.engine.documents import FolderSource, MllpSource, SftpSource
from chartdesk.exchange.engine.models import Channel
from chartdesk.exchange.subscriptions import endpoints
from chartdesk.exchange.transports import installation, secrets, tls
from chartdesk.exchange.transports.gathering import Gatherer
from chartdesk.exchange.transports.intake import Intake
from chartdesk.exchange.transports.looking import Look, Wanted
from chartdesk.exchange.transports.mllp_server import Listener, Listening
from chartdesk.exchange.transports.polling import Poller
from chartdesk.exchange.transports.space import Space
from chartdesk.exchange.transports.standing import Report
from chartdesk.kit.errors import ChartdeskError, Unavailable


class Serving(Protocol):
    """What serves a channel's source. ``words`` say where, ``fault`` why it does not, ``warning`` what ends soon."""

    @property
    def connections(self) -> int: ...

    @property
    def turned_away(self) -> int: ...

    @property
    def words(self) -> str: ...

    @property
    def fault(self) -> str: ...

    @property
    def warning(self) -> str: ...

    async def open(self) -> None:
        """Begin. Raises OSError or a ChartdeskError where it cannot."""

    async def close(self) -> None:
        """End, with what has come stored and answered."""


@dataclass
class _Post:
    terms: tuple[Any, ...]
    intake: Intake
    serving: Serving
    gatherer: Gatherer | None = None


class Listeners:
    """What listens in this process. Runs in the event loop."""

    def __init__(self, pool: Executor) -> None:
        self._pool = pool
        self._look = Look()
        self._space = Space()
        self._posts: dict[int, _Post] = {}
        #: Channels that cannot be served, by their numbers: why, in words.
        self.faults: dict[int, tuple[Channel, str]] = {}
        self._left: list[Channel] = []  # paused or removed since the look before

    def serving(self, channel: int) -> Any:
        """What serves a channel; None for nothing."""
        post = self._posts.get(channel)
        return post.serving if post else None

    async def compare(self) -> None:
        """Bring what listens to what the channels say now."""
        wanted, unread = await asyncio.get_running_loop().run_in_executor(self._pool, self._look.look)
        before = [post.intake.channel for post in self._posts.values()] + [
            channel for channel, _ in self.faults.values()
        ]
        self._left = [one for one in before if one.pk not in wanted and one.pk not in unread]
        for number in [number for number, post in self._posts.items() if not _same(post, wanted.get(number))]:
            await self._posts.pop(number).serving.close()
        self.faults = {number: fault for number, fault in self.faults.items() if number in wanted} | unread
        for number, one in wanted.items():
            post = self._posts.get(number)
            if post is not None:
                post.intake.channel = one.channel
            else:
                await self._open(number, one)

    def reports(self) -> list[Report]:
        """What is to be said of the channels: those that are served, and those that are not."""
        found = []
        for post in self._posts.values():
            channel, serving = post.intake.channel, post.serving
            found.append(
                Report(
                    channel.practice, channel.pk, channel.name, not serving.fault, serving.fault or serving.words,
                    serving.connections, serving.turned_away, serving.warning,
                )
            )  # fmt: skip
        found += [Report(one.practice, one.pk, one.name, True, "") for one in self._left]
        for channel, words in self.faults.values():
            found.append(Report(channel.practice, channel.pk, channel.name, False, words))
        return found

    async def _open(self, number: int, one: Wanted) -> None:
        loop = asyncio.get_running_loop()
        try:
            post = await loop.run_in_executor(self._pool, self._made, one)
            await post.serving.open()
        except (OSError, UnicodeError, ChartdeskError) as fault:
            words = getattr(fault, "strerror", None) or type(fault).__name__
            words = str(fault) if isinstance(fault, ChartdeskError) else words
            self.faults[number] = (one.channel, words)
            return
        self.faults.pop(number, None)
        self._posts[number] = post

    def _made(self, one: Wanted) -> _Post:
        intake = Intake(one.channel)
        source = one.document.source
        if isinstance(source, FolderSource | SftpSource):
            return _Post(one.terms, intake, Poller(one.channel.pk, source, intake, one.document.largest, self._pool))
        assert isinstance(source, MllpSource)  # the others are not served
        gatherer = Gatherer(intake.store, self._pool)
        listening = _listening(one, source)
        listener = Listener(listening, gatherer, self._threaded(intake.keep), self._space)
        return _Post(one.terms, intake, listener, gatherer)

    def _threaded(self, keep: Callable[..., bytes]) -> Callable[..., Any]:
        async def kept(*arguments: Any) -> bytes:
            try:
                return await asyncio.get_running_loop().run_in_executor(self._pool, keep, *arguments)
            except (DatabaseError, psycopg.Error) as fault:
                raise Unavailable("Nothing can be stored now.") from fault

        return kept

    async def close(self) -> None:
        """Close all, each with what it has stored and answered."""
        posts, self._posts = list(self._posts.values()), {}
        await asyncio.gather(*(post.serving.close() for post in posts))


def _same(post: _Post, one: Wanted | None) -> bool:
    return one is not None and one.terms == post.terms


def _listening(one: Wanted, source: MllpSource) -> Listening:
    encryption, ends = None, None
    if source.tls:
        practice, channel = one.channel.practice, one.channel.pk
        own = secrets.read(practice, channel, source.certificate)
        encryption = tls.serving(own, secrets.read(practice, channel, source.client_authority))
        ends = tls.ends(own)
    return Listening(
        name=one.document.name,
        host=source.host or installation.present().host,
        port=source.port,
        largest=one.document.largest,
        connections=source.connections,
        silence=source.fragment_seconds,
        bare=one.document.bare_ends,
        networks=endpoints.networks(",".join(source.allowed)),
        tls=encryption,
        ends=ends,
    )

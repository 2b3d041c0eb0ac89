"""An MLLP listener: many connections, several messages in flight on each, answered in their order.

An answer is sent when the message is stored and not before; what could not be stored is not answered, so that its
sender sends it again. Whatever is no message is kept as a fragment for people to see (HL7 v2 transport, MLLP release
1; what becomes of each case: docs/interfaces.md).
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from chartdesk.exchange.subscriptions.endpoints import Network
from chartdesk.exchange.transports import egress
from chartdesk.exchange.transports import tls as encryption
from chartdesk.exchange.transports.gathering import Gatherer, Received
from chartdesk.exchange.transports.space import Place, Space
from chartdesk.kit import clock, ids
from chartdesk.kit.errors import Invalid, Unavailable
from chartdesk.standards.hl7v2 import Unreadable
from chartdesk.standards.hl7v2.acknowledgements import refuse
from chartdesk.standards.hl7v2.faults import INTERNAL
from chartdesk.standards.hl7v2.frames import Fragment, Frame, FrameReader, Why, framed

#: Bytes read at once, seconds of a TLS handshake, seconds to wait for the carriage return behind an end block.
_CHUNK, _HANDSHAKE, _RETURN = 65_536, 10.0, 0.25
#: Seconds that what is under way may take when the listener is closed.
_ENDING = 10.0
#: How long before its end our certificate is spoken of.
WARNING = timedelta(days=30)
#: A message may come slowly, yet not more slowly than in so many times the silence that is allowed.
_DRIPS = 10
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Listening:
    """How a channel listens."""

    name: str
    host: str
    port: int
    #: The most bytes of a message; the most connections, and messages in flight on one of them.
    largest: int = 20_000_000
    connections: int = 100
    in_flight: int = 64
    #: Seconds after which a message that was begun is given up, and a connection on which nothing happens is closed.
    silence: float = 30.0
    idle: float = 3600.0
    #: Whether a message is taken whose end block has no carriage return behind it.
    bare: bool = True
    #: From where partners may connect; empty: from anywhere.
    networks: tuple[Network, ...] = ()
    tls: ssl.SSLContext | None = field(default=None, compare=False)
    #: When our certificate ends; None without TLS.
    ends: datetime | None = None


#: ``keep(fragment, peer, answers)``: keep what is no message; gives the refusal to send back where one is wanted.
Keep = Callable[[Fragment, str, bool], Awaitable[bytes]]


class Listener:
    """The listener of one channel. ``keep`` is told of every fragment and from where it came."""

    def __init__(self, listening: Listening, gatherer: Gatherer, keep: Keep, space: Space) -> None:
        self.listening = listening
        self._gatherer, self._keep, self._space = gatherer, keep, space
        self._server: asyncio.Server | None = None
        self._lines: set[asyncio.Task[None]] = set()
        self.turned_away = 0
        self._why = ""
        self.fault = ""

    async def open(self) -> None:
        """Listen. Raises OSError where the address cannot be used."""
        tls: dict[str, Any] = {"ssl": self.listening.tls, "ssl_handshake_timeout": _HANDSHAKE}
        host, port = self.listening.host, self.listening.port
        more = tls if self.listening.tls else {}
        if self.listening.tls:
            encryption.tell_of_failures(self.listening.tls, self._not_agreed)
        self._server = await asyncio.start_server(self._enter, host, port, backlog=256, **more)

    @property
    def port(self) -> int:
        """The port it listens on."""
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    @property
    def words(self) -> str:
        """Where it listens, and why it turned the last partner away."""
        at = f"Listens on {self.listening.host}:{self.port}{' with TLS' if self.listening.tls else ''}."
        why = f"The last one it turned away: {self._why}." if self._why else ""
        return " ".join(filter(None, (at, self.warning, why)))

    @property
    def warning(self) -> str:
        """That our certificate ends soon, or has ended; empty while it lasts."""
        ends, now = self.listening.ends, clock.now()
        if ends is None or ends - now > WARNING:
            return ""
        return f"Its certificate {'ends' if ends > now else 'ended'} on {ends:%b %-d, %Y}."

    @property
    def connections(self) -> int:
        """How many there are."""
        return len(self._lines)

    async def close(self) -> None:
        """Take no more; what has come is stored and answered first, as far as that takes no longer than a while."""
        if self._server is not None:
            self._server.close()
        for line in self._lines:
            line.cancel()
        if self._lines:
            await asyncio.wait(self._lines, timeout=_ENDING)

    async def _enter(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer = str((writer.get_extra_info("peername") or ("",))[0])
        welcome = egress.welcome(peer, self.listening.networks)
        if not welcome or len(self._lines) >= self.listening.connections:
            why = "too many connections" if welcome else "the address is not allowed"
            self._turn_away(f"{peer}: {why}")
            writer.close()
            return
        task = asyncio.current_task()
        assert task is not None
        self._lines.add(task)
        try:
            await _Line(self, reader, writer, peer).run()
        except asyncio.CancelledError:
            writer.transport.abort()  # the listener is closed, and this line was ending already
        finally:
            self._lines.discard(task)

    def _not_agreed(self, why: str) -> None:
        self._turn_away(f"a partner with whom TLS failed: {why}")

    def _turn_away(self, who: str) -> None:
        self.turned_away += 1
        self._why = who
        _log.warning("channel %s turned away %s", self.listening.name, who)

    def put(self, content: bytes, peer: str) -> asyncio.Future[bytes]:
        """Hand on a message; its answer to come."""
        return self._gatherer.put(Received(content, peer))

    async def keep(self, fragment: Fragment, peer: str, answers: bool) -> bytes:
        """Hand on what is no message; gives what to answer."""
        return await self._keep(fragment, peer, answers)

    @property
    def space(self) -> Space:
        """Room for what is not whole yet."""
        return self._space


class _Line:
    """One connection: what is read becomes messages, their answers are written in the same order."""

    def __init__(self, house: Listener, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, peer: str) -> None:
        self._house, self._listening = house, house.listening
        self._reader, self._writer, self._peer = reader, writer, peer
        self._frames = FrameReader(house.listening.largest)
        self._place = Place(house.space, house.listening.largest)
        self._answers: asyncio.Queue[_Coming | None] = asyncio.Queue(house.listening.in_flight)
        self._last: asyncio.Future[bytes] | None = None

    async def run(self) -> None:
        """Until the partner hangs up, is silent for too long, or the listener is closed."""
        answering = asyncio.create_task(self._answer())
        answering.add_done_callback(lambda _: self._writer.close())
        try:
            await self._read()
        except (OSError, ssl.SSLError, asyncio.CancelledError):
            pass  # the line is gone, or the listener is closed: what came is stored, and answered where it can be
        finally:
            self._place.leave()
        try:
            async with asyncio.timeout(_ENDING):
                await self._end(answering)
                await self._writer.wait_closed()
        except (TimeoutError, OSError, ssl.SSLError):
            answering.cancel()
        self._writer.transport.abort()

    async def _end(self, answering: asyncio.Task[None]) -> None:
        for one in self._frames.close():
            await self._take(one)
        if not answering.done():
            await self._answers.put(None)
        await asyncio.wait([answering])

    async def _read(self) -> None:
        begun = 0.0
        clockwork = asyncio.get_running_loop()
        while not self._writer.is_closing():
            await self._place.hold(self._frames.size)
            try:
                async with asyncio.timeout(self._patience()):
                    data = await self._reader.read(_CHUNK)
            except TimeoutError:
                if not self._frames.ended:
                    return
                found = self._frames.flush()
            else:
                if not data:
                    return
                found = self._frames.feed(data)
            for one in found:
                await self._take(one)
                if isinstance(one, Fragment) and one.why is Why.JUNK and not self._listening.bare:
                    return  # who writes outside of frames is out of step
            begun = clockwork.time() if found or not begun or not self._frames.waiting else begun
            if clockwork.time() - begun > self._listening.silence * _DRIPS:
                return

    def _patience(self) -> float:
        if self._frames.ended:
            return _RETURN
        return self._listening.silence if self._frames.waiting else self._listening.idle

    async def _take(self, one: Frame | Fragment) -> None:
        """Hand on what came. Waits while as many messages are in flight as may be."""
        if isinstance(one, Frame):
            if self._listening.bare or not one.bare:
                if self._last is not None and _unstored(self._last):
                    return  # it would be stored before the one that is sent again; so is this one
                self._last = self._house.put(one.content, self._peer)
                await self._answers.put(_Coming(one.content, self._last))
                return
            one = Fragment(one.content, Why.BARE, len(one.content))
        answers = one.why is not Why.JUNK and not self._reader.at_eof()
        kept = asyncio.ensure_future(self._house.keep(one, self._peer, answers))
        await asyncio.wait([kept])  # it stands in the log before what comes behind it
        await self._answers.put(_Coming(one.content, kept))

    async def _answer(self) -> None:
        """Write the answers, each when its message is stored. Where one cannot be, the line is cut."""
        try:
            while (coming := await self._answers.get()) is not None:
                answer = await coming.answer()
                if answer:
                    self._writer.write(framed(answer))
                    async with asyncio.timeout(self._listening.silence):
                        await self._writer.drain()
            return
        except Unavailable:
            # Not stored, so not answered: the partner sends it again over a new connection.
            why = "nothing can be stored"
        except ValueError:
            why = "its characters cannot be framed"
        except (TimeoutError, OSError, ssl.SSLError):
            why = "it reads no answers"
        _log.warning("channel %s: %s is cut off: %s", self._listening.name, self._peer, why)
        self._writer.close()
        while (coming := await self._answers.get()) is not None:
            coming.forget()


def _unstored(last: asyncio.Future[bytes]) -> bool:
    """Whether it is known that nothing could be stored: the line is cut, or about to be."""
    return last.done() and not last.cancelled() and isinstance(last.exception(), Unavailable)


class _Coming(NamedTuple):
    """An answer to come, from the one who stores the message."""

    content: bytes
    stored: asyncio.Future[bytes]

    def forget(self) -> None:
        """Nobody waits for it any more; what became of it is nobody's concern."""
        self.stored.add_done_callback(lambda stored: stored.cancelled() or stored.exception())

    async def answer(self) -> bytes:
        """The answer; empty where none is wanted. Raises Unavailable where nothing can be stored now."""
        try:
            return await self.stored
        except Invalid as refused:
            fault = Unreadable(refused.message, refused.cure, condition=INTERNAL)
            return refuse(self.content, fault, control_id=ids.new_id(), at=clock.now())

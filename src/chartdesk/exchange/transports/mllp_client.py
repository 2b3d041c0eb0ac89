"""The sender over MLLP: one connection for each destination, kept open; a message, then its answer.

An answer counts for the message that it names in MSA-2 and for no other. After a time-out the connection is given up,
so that a late answer cannot be taken for the next message's.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import ssl
import time
from dataclasses import dataclass

from chartdesk.exchange.engine.documents import MllpTarget
from chartdesk.exchange.engine.transports import Content, Door, Response
from chartdesk.exchange.transports import answers, calling, egress, secrets, tls
from chartdesk.kit.errors import ChartdeskError, Unavailable
from chartdesk.standards.hl7v2.frames import Frame, FrameReader, framed

_CHUNK, _LARGEST_ANSWER = 65_536, 1_000_000
#: Seconds to wait for the carriage return behind an answer's end block, and after which an unused line is closed.
_RETURN, _UNUSED = 0.25, 900.0
_HUNG_UP = "The partner hung up before it answered."


class MllpTransport:
    """Carries messages to MLLP destinations."""

    def __init__(self) -> None:
        self._lines: dict[tuple[int, str], _Line] = {}

    def deliver(self, door: Door, content: Content) -> Response:
        """Hand one over and wait for its answer."""
        settings: MllpTarget = door.settings
        try:
            wire = framed(content.raw)
        except ValueError:
            return Response("refused", "The message holds a byte that ends a frame of MLLP (0B or 1C).")
        try:
            line = self._line(door, settings)
            found = calling.wait_for(line.exchange(wire, content, settings.answer_seconds))
            if found is None:
                # It had hung up after its last answer, as some do after each.
                line = self._line(door, settings)
                found = calling.wait_for(line.exchange(wire, content, settings.answer_seconds))
            return found or Response("unreachable", _HUNG_UP)
        except ChartdeskError as fault:
            return Response("unreachable", str(fault))
        finally:
            self._sweep()

    def _line(self, door: Door, settings: MllpTarget) -> _Line:
        """The line of a destination, open and with its present settings."""
        key = (door.channel, door.name)
        found = self._lines.pop(key, None)
        if found is not None and (found.settings != settings or not found.usable):
            calling.wait_for(found.close())
            found = None
        if found is None:
            found = _Line(settings)
            calling.wait_for(found.open(_encryption(door, settings)))
        self._lines[key] = found
        return found

    def _sweep(self) -> None:
        """Close the lines that nothing went over for long."""
        late = time.monotonic() - _UNUSED
        for key, line in list(self._lines.items()):
            if line.used < late and self._lines.pop(key, None) is not None:
                calling.wait_for(line.close())

    def close(self) -> None:
        """Close all lines."""
        while self._lines:
            calling.wait_for(self._lines.popitem()[1].close())


def _encryption(door: Door, settings: MllpTarget) -> ssl.SSLContext | None:
    if not settings.tls:
        return None
    authority = secrets.read(door.practice, door.channel, settings.authority)
    return tls.calling(authority, secrets.read(door.practice, door.channel, settings.certificate))


@dataclass
class _Pair:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


class _Line:
    """A connection to a partner. Everything but ``usable`` runs in the loop of ``calling``."""

    def __init__(self, settings: MllpTarget) -> None:
        self.settings = settings
        self.used = time.monotonic()
        self._pair: _Pair | None = None
        self._fresh = True
        self._frames = FrameReader(_LARGEST_ANSWER)

    @property
    def usable(self) -> bool:
        """Whether the partner has not hung up, as far as is known."""
        return self._pair is not None and not self._pair.reader.at_eof() and not self._pair.writer.is_closing()

    async def open(self, encryption: ssl.SSLContext | None) -> None:
        """Connect. Raises Unavailable, in words."""
        at = f"{self.settings.host}:{self.settings.port}"
        try:
            async with asyncio.timeout(self.settings.connect_seconds):
                self._pair = await self._connect(encryption)
        except TimeoutError:
            raise Unavailable(f"{at} did not answer within {self.settings.connect_seconds} seconds.") from None
        except ssl.SSLCertVerificationError as fault:
            raise Unavailable(f"The certificate of {at} is not believed: {fault.verify_message}.") from None
        except ssl.SSLError as fault:
            raise Unavailable(f"{at} and we found no common encryption ({fault.reason or 'no TLS'}).") from None
        except OSError as fault:
            words = os.strerror(fault.errno) if fault.errno else type(fault).__name__
            raise Unavailable(f"{at} cannot be reached: {words}.") from None

    async def _connect(self, encryption: ssl.SSLContext | None) -> _Pair:
        host = self.settings.host
        found = await egress.addresses(host, self.settings.port)
        name = host if encryption else None
        for place, address in enumerate(found, start=1):
            try:
                pair = await asyncio.open_connection(address, self.settings.port, ssl=encryption, server_hostname=name)
            except ssl.SSLError:
                raise
            except OSError:
                if place == len(found):
                    raise
                continue
            raw = pair[1].get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            return _Pair(*pair)
        raise Unavailable(f"{host} has no address.")

    async def exchange(self, wire: bytes, content: Content, seconds: float) -> Response | None:
        """Send a message in its frame and wait for its answer; None where a line that was used before is no more."""
        assert self._pair is not None
        fresh, self._fresh = self._fresh, False
        self.used = time.monotonic()
        waits = answers.expected(content.raw)
        try:
            async with asyncio.timeout(seconds):
                self._pair.writer.write(wire)
                await self._pair.writer.drain()
                if not waits.any:
                    return Response("taken", "No answer was asked for.")
                return await self._answer(content.control_id, waits)
        except TimeoutError:
            words = f"No answer came within {seconds:g} seconds."
        except (OSError, EOFError, ssl.SSLError):
            words = _HUNG_UP if fresh else ""
        await self.close()
        return Response("unreachable", words) if words else None

    async def _answer(self, control_id: str, waits: answers.Expected) -> Response:
        while True:
            for one in await self._frame():
                found = answers.read(one.content, control_id, waits)
                if found is None:
                    continue
                if found.status != "taken":
                    # Whether it is in step with us is not known any more.
                    await self.close()
                return found

    async def _frame(self) -> list[Frame]:
        assert self._pair is not None
        try:
            async with asyncio.timeout(_RETURN if self._frames.ended else None):
                data = await self._pair.reader.read(_CHUNK)
        except TimeoutError:
            return [one for one in self._frames.flush() if isinstance(one, Frame)]
        if not data:
            raise EOFError
        return [one for one in self._frames.feed(data) if isinstance(one, Frame)]

    async def close(self) -> None:
        """Hang up."""
        if self._pair is not None:
            pair, self._pair = self._pair, None
            pair.writer.close()
            with contextlib.suppress(OSError, ssl.SSLError, TimeoutError):
                async with asyncio.timeout(1):
                    await pair.writer.wait_closed()

"""The frames of MLLP: bytes of a connection in, messages and what went wrong between them out.

A frame is a start block (0B), a message, an end block (1C) and a carriage return (HL7 v2 transport, MLLP release 1).
A reader holds what has come of one connection; it does no input or output itself. Nothing that came is dropped without
being told: what is no message comes out as a ``Fragment`` for people to see.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

START, END, RETURN = b"\x0b", b"\x1c", b"\r"
#: Bytes that may stand between frames without being worth a word.
_BLANK = b"\r\n\t \x00"


class Why(StrEnum):
    """Why bytes are no message."""

    #: A start block inside a frame: the sender began anew without ending. Never acknowledged as accepted.
    UNENDED = "a new message began before this one ended"
    #: Something before the start block.
    JUNK = "bytes outside of any frame"
    #: More than the channel takes. What was read of it is the fragment; the rest is passed over.
    TOO_LARGE = "the message is larger than the channel takes"
    #: The connection ended, or was silent for too long, inside a frame.
    CUT_OFF = "the connection ended inside a message"
    #: Whole, and without its carriage return, where the channel does not put up with that.
    BARE = "no carriage return follows the end block"


class Frame(NamedTuple):
    """A whole message. ``bare``: its end block was not followed by a carriage return."""

    content: bytes
    bare: bool = False


class Fragment(NamedTuple):
    """Bytes that are no message. ``size`` counts them all, of which ``content`` may hold the beginning only."""

    content: bytes
    why: Why
    size: int


class FrameReader:
    """The frames of one connection. ``largest`` is the most bytes of a message."""

    def __init__(self, largest: int = 20_000_000, kept: int = 100_000) -> None:
        self._largest, self._kept = largest, kept
        self._buffer = bytearray()
        self._inside = False
        self._passed = 0  # bytes of a message that is too large, beyond those in the buffer
        self._ended: bytes | None = None  # a message whose end block has come, and not yet what follows it

    @property
    def waiting(self) -> bool:
        """Whether a frame has begun and not ended."""
        return self._inside

    @property
    def ended(self) -> bool:
        """Whether an end block has come, and not yet what follows it."""
        return self._ended is not None

    @property
    def size(self) -> int:
        """How many bytes are held of what is not whole."""
        return len(self._buffer)

    def feed(self, data: bytes) -> list[Frame | Fragment]:
        """What is whole with ``data``."""
        found: list[Frame | Fragment] = []
        rest = memoryview(data)
        while rest:
            if self._ended is not None:
                bare = rest[:1] != RETURN
                found.append(Frame(self._ended, bare))
                self._ended = None
                rest = rest if bare else rest[1:]
            elif self._inside:
                rest = self._in_frame(rest, found)
            else:
                rest = self._between(rest, found)
        return found

    def flush(self) -> list[Frame | Fragment]:
        """What there is when a sender waits for an answer: a message whose end block has come is whole without more."""
        if self._ended is None:
            return []
        content, self._ended = self._ended, None
        return [Frame(content, bare=True)]

    def close(self) -> list[Frame | Fragment]:
        """What is left when the connection ends or has been silent for too long."""
        found = self.flush()
        if self._inside or self._buffer.strip(_BLANK):
            found.append(self._fragment(Why.CUT_OFF if self._inside else Why.JUNK))
        self._reset(inside=False)
        return found

    def _between(self, rest: memoryview, found: list[Frame | Fragment]) -> memoryview:
        data = bytes(rest)
        at = data.find(START)
        self._take(data if at < 0 else data[:at])
        if at < 0:
            return rest[len(rest) :]
        if self._buffer.strip(_BLANK):
            found.append(self._fragment(Why.JUNK))
        self._reset(inside=True)
        return rest[at + 1 :]

    def _in_frame(self, rest: memoryview, found: list[Frame | Fragment]) -> memoryview:
        data = bytes(rest)
        end, again = data.find(END), data.find(START)
        if again >= 0 and (end < 0 or again < end):
            self._take(data[:again])
            found.append(self._fragment(Why.TOO_LARGE if self._passed else Why.UNENDED))
            self._reset(inside=True)
            return rest[again + 1 :]
        if end < 0:
            self._take(data)
            return rest[len(rest) :]
        self._take(data[:end])
        if self._passed:
            found.append(self._fragment(Why.TOO_LARGE))
        else:
            self._ended = bytes(self._buffer)
        self._reset(inside=False)
        return rest[end + 1 :]

    def _take(self, data: bytes) -> None:
        room = max(self._largest - len(self._buffer), 0)
        self._buffer += data[:room]
        self._passed += max(len(data) - room, 0)

    def _fragment(self, why: Why) -> Fragment:
        return Fragment(bytes(self._buffer[: self._kept]), why, len(self._buffer) + self._passed)

    def _reset(self, *, inside: bool) -> None:
        self._buffer, self._passed, self._inside = bytearray(), 0, inside


def framed(message: bytes) -> bytes:
    """A message in its frame. Raises ValueError for one that holds a block character, which would break it apart."""
    if START in message or END in message:
        raise ValueError("a message in a frame holds neither 0B nor 1C")
    return START + message + END + RETURN

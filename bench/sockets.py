"""A load of HTTP requests over many connections, cheap enough to share the machine with what it measures.

One thread, one event loop, plain sockets: each connection sends its next request as soon as its answer is whole.
Requests are bytes that were made before; an answer is read by its Content-Length.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

_HEADER_END = b"\r\n\r\n"


@dataclass
class Answers:
    """What came back: how many of each status, the seconds of each answer, and the seconds of the whole."""

    statuses: Counter[int] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    seconds: float = 0.0
    refused: bytes = b""

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.times) / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds within which that share of the answers came."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


class _Connection:
    __slots__ = ("began", "buffer", "socket", "wanted")

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""
        self.wanted = -1
        self.began = 0.0

    def send(self, request: bytes) -> None:
        self.began = time.perf_counter()
        self.socket.sendall(request)

    def read(self) -> bytes | None:
        """The answer once it is whole, else None. Raises ConnectionError where the other side hangs up."""
        part = self.socket.recv(262_144)
        if not part:
            raise ConnectionError("the server hung up")
        self.buffer = self.buffer + part if self.buffer else part
        if self.wanted < 0:
            end = self.buffer.find(_HEADER_END)
            if end < 0:
                return None
            self.wanted = end + 4 + _length(self.buffer[:end].lower())
        if len(self.buffer) < self.wanted:
            return None
        answer, self.buffer, self.wanted = self.buffer[: self.wanted], b"", -1
        return answer


def _length(head: bytes) -> int:
    place = head.find(b"content-length:")
    if place < 0:
        return 0
    return int(head[place + 15 :].partition(b"\r\n")[0])


def request(method: str, path: str, token: str, body: bytes = b"", **headers: str) -> bytes:
    """One request as bytes; underscores in the names of ``headers`` become hyphens."""
    lines = [f"{method} {path} HTTP/1.1", "host: 127.0.0.1", f"authorization: Bearer {token}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body:
        lines += ["content-type: application/fhir+json", f"content-length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def load(port: int, connections: int, following: Callable[[], bytes], *, seconds: float) -> Answers:
    """Ask over ``connections`` connections for ``seconds``; ``following`` gives each next request."""
    found = Answers()
    chosen = selectors.DefaultSelector()
    for _ in range(connections):
        one = _Connection(port)
        chosen.register(one.socket, selectors.EVENT_READ, one)
        one.send(following())
    begun = time.perf_counter()
    end, open_ones = begun + seconds, connections
    while open_ones:
        for key, _ in chosen.select(timeout=30):
            one = key.data
            answer = one.read()
            if answer is None:
                continue
            now = time.perf_counter()
            found.times.append(now - one.began)
            status = int(answer[9:12])
            found.statuses[status] += 1
            if status >= 400 and not found.refused:
                found.refused = answer[:600]
            if now < end:
                one.send(following())
            else:
                chosen.unregister(one.socket)
                one.socket.close()
                open_ones -= 1
    found.seconds = time.perf_counter() - begun
    return found

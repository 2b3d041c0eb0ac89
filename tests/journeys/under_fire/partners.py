"""Both partners: one who sends over many lines until each message is answered, and one who gets what is forwarded."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import httpx
from tests.journeys.under_fire.messages import Sent, Story

from chartdesk.standards.hl7v2 import Message
from chartdesk.standards.hl7v2.frames import Frame, FrameReader, framed

#: A partner that waits for an answer gives up after so many seconds, at random between the two.
PATIENCE = (3.0, 15.0)


class Pace:
    """So many messages a second for all lines together, as far as they are taken."""

    def __init__(self, rate: float) -> None:
        self._rate, self._next, self._lock = rate, time.monotonic(), threading.Lock()

    def wait(self) -> None:
        """Until the next may go."""
        with self._lock:
            now = time.monotonic()
            self._next = max(self._next, now - 0.5) + 1 / self._rate
            pause = self._next - now
        if pause > 0:
            time.sleep(pause)


class Line(threading.Thread):
    """A line: up to ``window`` messages without an answer. After a break all of them are sent again, in order."""

    def __init__(self, story: Story, window: int, pace: Pace, over: threading.Event) -> None:
        super().__init__(name=f"line {story.line}", daemon=True)
        self.sent: list[Sent] = []
        self.breaks = 0
        self.fault = ""
        self._story, self._window, self._pace, self._over = story, window, pace, over
        self._open: deque[Sent] = deque()
        self._chance = random.Random(story.line)

    def run(self) -> None:
        """Send until it is over and everything is answered."""
        try:
            while self._open or not self._over.is_set():
                try:
                    self._connected()
                except (OSError, EOFError, httpx.TransportError):
                    # Nobody listens, or they were killed, or could not store it: what is open goes again.
                    self.breaks += 1
                    time.sleep(self._chance.uniform(0.05, 0.3))
        except Exception as fault:
            self.fault = f"{self.name}: {type(fault).__name__}: {fault}"

    def _connected(self) -> None:
        raise NotImplementedError

    def _fresh(self) -> Sent:
        self._pace.wait()
        one = self._story.next()
        self.sent.append(one)
        self._open.append(one)
        return one

    def _begin(self, one: Sent) -> bytes:
        one.begun = one.begun or time.monotonic()
        one.times += 1
        return one.raw

    def _answered(self, raw: bytes) -> None:
        answer = Message(raw)
        said = (answer.get("MSA-1"), answer.get("MSA-2"))
        if said != ("AA", self._open[0].control):
            raise AssertionError(f"{self._open[0].control} was answered {raw!r}")
        self._open.popleft().answered = time.monotonic()


class MllpLine(Line):
    """Over MLLP."""

    def __init__(self, port: int, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self._port = port

    def _connected(self) -> None:
        with socket.create_connection(("127.0.0.1", self._port), timeout=self._chance.uniform(*PATIENCE)) as line:
            frames = FrameReader()
            line.sendall(b"".join(framed(self._begin(one)) for one in self._open))
            while self._open or not self._over.is_set():
                while len(self._open) < self._window and not self._over.is_set():
                    line.sendall(framed(self._begin(self._fresh())))
                data = line.recv(65_536)
                if not data:
                    raise EOFError
                for one in frames.feed(data):
                    assert isinstance(one, Frame), one
                    self._answered(one.content)


class PostingLine(Line):
    """By posts to the web server, one at a time."""

    def __init__(self, address: str, token: str, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self._address, self._token = address, token

    def _connected(self) -> None:
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/hl7-v2"}
        with httpx.Client(headers=headers, timeout=self._chance.uniform(*PATIENCE)) as client:
            while self._open or not self._over.is_set():
                if not self._open:
                    self._fresh()
                answer = client.post(self._address, content=self._begin(self._open[0]))
                if answer.status_code in (500, 502, 503, 504):
                    raise EOFError
                if answer.status_code != 200:
                    raise AssertionError(f"{answer.status_code}: {answer.text[:500]}")
                self._answered(answer.content)


@dataclass(frozen=True)
class Taken:
    """A message that the partner took, and when."""

    control: str
    raw: bytes
    at: float


class Partner:
    """A server that answers every message with AA, and remembers it first."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self._lock = threading.Lock()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self._threaded(self._accept)

    def _threaded(self, call: Callable[..., None], *given: object) -> None:
        threading.Thread(target=call, args=given, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                line, _ = self._server.accept()
            except OSError:
                return
            self._threaded(self._serve, line)

    def _serve(self, line: socket.socket) -> None:
        frames = FrameReader()
        with line:
            while True:
                try:
                    data = line.recv(65_536)
                    for one in frames.feed(data):
                        if isinstance(one, Frame):
                            line.sendall(framed(self._took(one.content)))
                except OSError:
                    return
                if not data:
                    return

    def _took(self, raw: bytes) -> bytes:
        control = Message(raw).control_id
        with self._lock:
            self.taken.append(Taken(control, raw, time.monotonic()))
        return f"MSH|^~\\&|FAR|FAR|CHARTDESK|SIEGE|20260302080000||ACK|{control}|P|2.5.1\rMSA|AA|{control}\r".encode()

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

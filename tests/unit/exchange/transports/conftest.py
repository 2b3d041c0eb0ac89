"""A practice with channels, the interfaces program that listens for them, and a partner on a socket."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from chartdesk.standards.hl7v2 import Message
from chartdesk.standards.hl7v2.frames import Frame, FrameReader, framed


@pytest.fixture(autouse=True)
def allowed(tmp_path: Path) -> Iterator[Path]:
    """Partners of these tests stand on this machine, which the operator must allow; gives the folder of channels."""
    from chartdesk.exchange.subscriptions import endpoints
    from chartdesk.exchange.transports import installation

    policy = endpoints.Policy(http=True, networks=endpoints.networks("127.0.0.0/8"))
    installation.use(installation.Installation(policy, "127.0.0.1", tmp_path / "interfaces"))
    yield tmp_path / "interfaces"
    installation.use(installation.Installation())


def adt(control_id: str, *, mrn: str = "100", kind: str = "ADT^A04", more: str = "", version: str = "2.5.1") -> bytes:
    """A small message; ``more`` are segments behind its PID, ended by carriage returns."""
    header = (
        f"MSH|^~\\&|SENDER|SITE|CHARTDESK|HERE|20260301120000||{kind}|{control_id}|P|{version}||||||UNICODE UTF-8\r"
    )
    return f"{header}EVN||20260301120000\rPID|1||{mrn}^^^SITE^MR||Doe^Jane||19800101|F\r{more}".encode()


@pytest.fixture
def desk(practice: Any) -> Any:
    """The channels of the practice, and its log."""
    from tests.unit.exchange.transports.desk import Desk

    return Desk(practice.pk)


@pytest.fixture
def program(database: str) -> Iterator[Callable[[], Any]]:
    """Starts the interfaces program in a thread: it listens, and leaves routing to nobody."""
    from chartdesk.exchange.transports.program import Interfaces

    made: list[tuple[Interfaces, threading.Thread]] = []

    def start() -> Interfaces:
        interfaces = Interfaces(lambda: database, rounds=False)
        thread = threading.Thread(target=interfaces.run, daemon=True)
        thread.start()
        assert interfaces.ready.wait(120)
        made.append((interfaces, thread))
        return interfaces

    yield start
    for interfaces, thread in made:
        interfaces.stop()
        thread.join(120)
        assert not thread.is_alive()


class Partner:
    """A sender on a socket, that writes whatever bytes a test wants."""

    def __init__(self, port: int, tls: ssl.SSLContext | None = None, name: str = "localhost") -> None:
        raw = socket.create_connection(("127.0.0.1", port), timeout=120)
        self.socket = tls.wrap_socket(raw, server_hostname=name) if tls else raw
        self._frames = FrameReader()
        self._waiting: list[bytes] = []

    def __enter__(self) -> Partner:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def write(self, data: bytes) -> None:
        self.socket.sendall(data)

    def send(self, *messages: bytes) -> None:
        """Messages, each in its frame, without waiting."""
        self.write(b"".join(framed(one) for one in messages))

    def answer(self) -> Message | None:
        """The next answer; None where the other side hangs up first."""
        while not self._waiting:
            data = self.socket.recv(65_536)
            if not data:
                return None
            self._waiting += [one.content for one in self._frames.feed(data) if isinstance(one, Frame)]
        return Message(self._waiting.pop(0))

    def frames(self, number: int) -> list[bytes]:
        """The next answers as they came."""
        while len(self._waiting) < number:
            data = self.socket.recv(65_536)
            assert data, "the other side hung up"
            self._waiting += [one.content for one in self._frames.feed(data) if isinstance(one, Frame)]
        return [self._waiting.pop(0) for _ in range(number)]

    def said(self) -> tuple[str, str]:
        """MSA-1 and MSA-2 of the next answer."""
        answer = self.answer()
        assert answer is not None, "the other side hung up"
        return answer.get("MSA-1"), answer.get("MSA-2")

    def ask(self, message: bytes) -> tuple[str, str]:
        """Send one and wait for its answer."""
        self.send(message)
        return self.said()

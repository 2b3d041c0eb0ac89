"""Eligibility over HTTP against servers that misbehave below HTTP: refuse, hang up, trickle."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from chartdesk.exchange.eligibility.http import HttpEligibility
from chartdesk.kit.errors import Unavailable


@contextmanager
def answering(behave: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server of one connection that does ``behave`` with it."""
    listener = socket.create_server(("127.0.0.1", 0))

    def run() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            behave(connection)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/eligibility"
    thread.join(timeout=60)
    listener.close()


def trickle(connection: socket.socket) -> None:
    """An answer that never pauses for long and does not end before the other side has had enough."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nISA")
    for _ in range(2000):
        try:
            connection.sendall(b"*")
        except OSError:
            return
        time.sleep(0.05)


def hang_up(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nISA")


def say_nothing(connection: socket.socket) -> None:
    """No answer until the other side has gone."""
    connection.settimeout(100)
    while connection.recv(65536):
        pass


def flood(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n")
    try:
        for _ in range(90):
            connection.sendall(b"ISA*" * 25_000)
    except OSError:
        return


@pytest.mark.parametrize(
    ("behave", "seconds", "reason"),
    [
        (trickle, 0.4, "did not answer within 0.4 seconds"),
        (hang_up, 60, "broke off the connection"),
        (say_nothing, 0.4, "did not answer within 0.4 seconds"),
        (flood, 60, "answered with more than an answer can hold"),
    ],
)
def test_reasons(behave: Callable[[socket.socket], None], seconds: float, reason: str) -> None:
    with answering(behave) as url:
        connection = HttpEligibility(url, timeout_seconds=seconds)
        with pytest.raises(Unavailable) as caught:
            connection.ask(b"ISA*SECRETMEMBER", payer_id="P1")
        connection.close()
    assert caught.value.message == f"The eligibility service for payer P1 {reason}."
    assert caught.value.cure
    assert "SECRETMEMBER" not in str(caught.value)


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    connection = HttpEligibility(f"http://127.0.0.1:{port}/", timeout_seconds=60)
    with pytest.raises(Unavailable, match="refused the connection"):
        connection.ask(b"", payer_id="P1")
    connection.close()

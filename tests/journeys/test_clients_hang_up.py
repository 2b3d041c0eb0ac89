"""Clients that break off in the middle, talk nonsense, or never finish: the server goes on answering the others.

Against a real ``chartdesk serve``, over sockets of our own, so that nothing corrects what is sent.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import httpx
import pytest
from tests.ports import free_port

START = 60
PATIENT = {"resourceType": "Patient", "name": [{"family": "Moss", "text": "x" * 2000}]}


@pytest.fixture(scope="module")
def port(database: str) -> Iterator[int]:
    """A server of one process, and its port."""
    number = free_port()
    environment = {**os.environ, "PORT": str(number), "CHARTDESK_LOG_LEVEL": "WARNING"}
    command = [sys.executable, "-m", "chartdesk.app", "serve"]
    process = subprocess.Popen(command, env=environment, start_new_session=True, stderr=subprocess.PIPE)
    limit = time.monotonic() + START
    while not _answers(number):
        assert process.poll() is None and time.monotonic() < limit, "the server did not start"
        time.sleep(0.1)
    yield number
    os.killpg(process.pid, signal.SIGTERM)
    _, errors = process.communicate(timeout=60)
    assert b"Traceback" not in errors, errors.decode()[-3000:]


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health", timeout=10).status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture
def token(practice: Any) -> str:
    from chartdesk.record.access import people

    identifier, secret = people.register_client(practice, "Partner", ["system/*.cruds"])
    return people.issue_token(identifier, secret)[0]


def request(token: str, method: str = "POST", path: str = "/fhir/Patient", length: int = 0, extra: str = "") -> bytes:
    """The head of a request, as bytes."""
    return (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/fhir+json\r\nContent-Length: {length}\r\n{extra}\r\n"
    ).encode("latin-1")


def connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=60)


def slam(connection: socket.socket) -> None:
    """Close with a reset: what was not read or sent is thrown away."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def answers_others(port: int, token: str) -> None:
    """Somebody else is served."""
    headers = {"Authorization": f"Bearer {token}"}
    found = httpx.get(f"http://127.0.0.1:{port}/fhir/Patient?_summary=count", headers=headers, timeout=60)
    assert found.status_code == 200, found.text


def test_clients_that_hang_up_while_they_send(port: int, token: str) -> None:
    body = json.dumps(PATIENT).encode()
    head = request(token, length=len(body))
    for cut in (10, len(head) - 3, len(head)):
        slam_after(port, head[:cut])
    for cut in (1, len(body) // 2, len(body) - 1):
        slam_after(port, head + body[:cut])
    waiting = [connected(port) for _ in range(40)]
    for one in waiting:
        one.sendall(head + body[: len(body) // 2])
    answers_others(port, token)
    for one in waiting:
        slam(one)
    answers_others(port, token)
    found = httpx.get(f"http://127.0.0.1:{port}/fhir/Patient", headers={"Authorization": f"Bearer {token}"}, timeout=60)
    assert found.json().get("entry", []) == [], "half a request was carried out"


def slam_after(port: int, text: bytes) -> None:
    connection = connected(port)
    connection.sendall(text)
    slam(connection)


def test_clients_that_hang_up_while_they_are_answered(port: int, token: str) -> None:
    entries = [{"resource": PATIENT, "request": {"method": "POST", "url": "Patient"}} for _ in range(300)]
    bundle = json.dumps({"resourceType": "Bundle", "type": "transaction", "entry": entries}).encode()
    with closing(connected(port)) as connection:
        connection.sendall(request(token, path="/fhir", length=len(bundle)) + bundle)
        assert connection.recv(12) == b"HTTP/1.1 200"
    for _ in range(15):
        connection = connected(port)
        connection.sendall(request(token, "GET", "/fhir/Patient?_count=300"))
        assert connection.recv(20)
        slam(connection)
    for _ in range(15):
        slam_after(port, request(token, "GET", "/fhir/Patient?_count=300"))
    answers_others(port, token)


@pytest.mark.parametrize(
    "text",
    [
        b"GET /fhir/metadata\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 50,
        b"GET /fhir/Patient/%ff%fe HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /fhir/Patient/%00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /fhir/Patient?name=%ff&%zz=1&=%%% HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /fhir/metadata HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Request-Id: \xff\xfe\r\n\r\n",
        b"FLY /fhir/metadata HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /fhir/" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"POST /fhir/Patient HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"POST /fhir/Patient HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n",
        b"GET /fhir/metadata HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    ],
)
def test_what_is_hardly_http(port: int, token: str, text: bytes) -> None:
    with closing(connected(port)) as connection:
        connection.settimeout(5)
        connection.sendall(text)
        try:
            answer = connection.recv(4096)
        except (TimeoutError, ConnectionResetError):
            answer = b""
    assert b" 500 " not in answer[:20], answer
    assert b"Traceback" not in answer
    answers_others(port, token)


def test_a_body_larger_than_is_taken(port: int, token: str) -> None:
    """More than the server takes, in chunks: it says so and does not keep it."""
    size = 80 * 1024 * 1024
    piece = b" " * (1024 * 1024)
    with closing(connected(port)) as connection:
        connection.settimeout(60)
        answer = b""
        try:
            connection.sendall(request(token, length=size))
            for _ in range(size // len(piece)):
                connection.sendall(piece)
            answer = connection.recv(4096)
        except (BrokenPipeError, ConnectionResetError):
            answer = answer or b"HTTP/1.1 413"
    assert answer.startswith(b"HTTP/1.1 413"), answer[:200]
    answers_others(port, token)

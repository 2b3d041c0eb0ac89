"""Clients and servers of MLLP that others wrote, against ours over sockets, with published messages."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hl7
import pytest
from hl7.client import MLLPClient
from hl7.mllp import start_hl7_server
from hl7apy.mllp import AbstractErrorHandler, AbstractHandler, MLLPServer
from hl7apy.parser import parse_message
from tests.unit.exchange.transports.conftest import adt, allowed, desk, program
from tests.unit.exchange.transports.desk import Desk

from chartdesk.exchange.engine.documents import MllpTarget
from chartdesk.exchange.engine.transports import HL7, Content, Door
from chartdesk.exchange.transports.mllp_client import MllpTransport
from chartdesk.standards.hl7v2 import Message
from chartdesk.standards.hl7v2.batches import split
from chartdesk.standards.hl7v2.frames import framed

__all__ = ["allowed", "desk", "program"]
#: What frames cannot carry, and what is no single message of its own.
SOME = 40


@pytest.fixture(scope="module")
def published(shared: Path) -> list[bytes]:
    """Published messages, each with a control id of its own."""
    found = sorted((shared / "samples" / "hl7v2" / "microsoft_FHIR-Converter").rglob("*.hl7"))
    made = {}
    for path in found:
        for raw in split(path.read_bytes()).messages:
            message = Message(raw, "utf-8")
            message.set("MSH-10", f"{len(made) + 1}")
            for wish in ("MSH-15", "MSH-16"):
                message.set(wish, "")  # these clients wait for an answer of the original mode
            made[message.control_id] = bytes(message)
    return list(made.values())[:SOME]


@pytest.fixture
def ours(desk: Desk, program: Callable[[], Any]) -> int:
    """The port of a channel that takes everything."""
    _, port = desk.listening(kinds=["*"], character_set="UNICODE UTF-8")
    program()
    return port


def taken(desk: Desk) -> list[bytes]:
    return [desk.raw(one.pk) for one in desk.log() if one.status == "received"]


def test_python_hl7_sends_to_us(ours: int, desk: Desk, published: list[bytes]) -> None:
    with MLLPClient("127.0.0.1", ours) as client:
        for raw in published:
            answer = hl7.parse(client.send_message(raw).strip(b"\x0b\x1c\r").decode())
            assert str(answer.segment("MSA")[1]) == "AA"
            assert str(answer.segment("MSA")[2]) == Message(raw, "utf-8").control_id
    assert taken(desk) == published


def test_hl7apy_reads_our_answers(ours: int, desk: Desk) -> None:
    with socket.create_connection(("127.0.0.1", ours), timeout=120) as line:
        first = adt("1", kind="ADT^A04^ADT_A01")
        for message, code in ((first, "AA"), (first.replace(b"Jane", b"John"), "AE")):
            line.sendall(framed(message))
            data = b""
            while not data.endswith(b"\x1c\r"):
                data += line.recv(4096)
            answer = parse_message(data.strip(b"\x0b\x1c\r").decode())
            assert answer.validate() is True
            assert answer.msa.msa_1.value == code and answer.msa.msa_2.value == Message(message).control_id


# We send to them ---------------------------------------------------------------------------------------


@pytest.fixture
def send() -> Iterator[Callable[[int, bytes], Any]]:
    transport = MllpTransport()

    def sent(port: int, raw: bytes) -> Any:
        door = Door(1, 1, "out", "partner", MllpTarget(host="127.0.0.1", port=port, answer_seconds=10))
        message = Message(raw, "utf-8")
        return transport.deliver(door, Content(raw, HL7, message.control_id, message.type, 1))

    yield sent
    transport.close()


def test_python_hl7_receives_from_us(send: Callable[[int, bytes], Any], published: list[bytes]) -> None:
    got: list[str] = []

    async def serve(reader: Any, writer: Any) -> None:
        try:
            while not writer.is_closing():
                message = await reader.readmessage()
                got.append(str(message.segment("MSH")[10]))
                writer.writemessage(message.create_ack())
                await writer.drain()
        except asyncio.IncompleteReadError:
            writer.close()

    with running(lambda: start_hl7_server(serve, "127.0.0.1", 0, encoding="utf-8")) as port:
        found = [send(port, raw) for raw in published]
    assert [one.words for one in found if one.status != "taken"] == []
    assert got == [Message(raw, "utf-8").control_id for raw in published]


class running:  # noqa: N801  (reads as what it is, a block)
    """A server of asyncio in a thread; gives its port."""

    def __init__(self, start: Callable[[], Any]) -> None:
        self._start, self._loop = start, asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._server = self._loop.run_until_complete(self._start())
        self._ready.set()
        self._loop.run_forever()

    def __enter__(self) -> int:
        self._thread.start()
        assert self._ready.wait(120)
        return int(self._server.sockets[0].getsockname()[1])

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(120)


def test_hl7apy_receives_from_us(send: Callable[[int, bytes], Any]) -> None:
    """It closes the connection behind each answer: the next message gets a new one."""
    got: list[str] = []

    class Arrived(AbstractHandler):
        def reply(self) -> str:
            message = parse_message(self.incoming_message, find_groups=False)
            got.append(message.msh.msh_10.value)
            code = "AA" if message.pid.pid_5.pid_5_1.value == "Doe" else "AE"
            return f"\x0bMSH|^~\\&|APY||||20260301||ACK|{len(got)}|P|2.5\rMSA|{code}|{got[-1]}\r\x1c\r"

    class Unknown(AbstractErrorHandler):
        def reply(self) -> str:
            return "\x0bMSH|^~\\&|APY||||20260301||ACK|0|P|2.5\rMSA|AR|9\rERR|||200^Unsupported^HL70357|E\r\x1c\r"

    server = MLLPServer("127.0.0.1", 0, {"ADT^A04": (Arrived,), "ERR": (Unknown,)})
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        port = server.server_address[1]
        assert [send(port, adt(number)).status for number in "123"] == ["taken"] * 3
        assert send(port, adt("4").replace(b"Doe", b"Roe")).status == "failed"
        refused = send(port, adt("9", kind="SIU^S12"))
        assert refused.status == "refused" and "Unsupported" in refused.words
    finally:
        server.shutdown()
        server.server_close()
    assert got == ["1", "2", "3", "4"]

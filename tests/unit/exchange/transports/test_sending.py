"""What becomes of a message sent over MLLP, by what a partner on a real socket does with it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from tests.ports import free_port
from tests.unit.exchange.transports.conftest import adt

from chartdesk.exchange.engine.documents import MllpTarget
from chartdesk.exchange.engine.transports import HL7, Content, Door
from chartdesk.exchange.transports import answers, installation
from chartdesk.exchange.transports.answers import Expected
from chartdesk.exchange.transports.mllp_client import MllpTransport
from chartdesk.standards.hl7v2.frames import framed


def ack(code: str, control_id: str, more: str = "") -> bytes:
    return framed(f"MSH|^~\\&|LAB||||20260301||ACK|9|P|2.5.1\rMSA|{code}|{control_id}\r{more}".encode())


Act = Callable[[socket.socket], object]


def answer(*parts: bytes) -> Act:
    """Take one message, then write these."""

    def act(line: socket.socket) -> None:
        take(line)
        for part in parts:
            line.sendall(part)

    return act


def take(line: socket.socket) -> bytes:
    data = b""
    while not data.endswith(b"\x1c\r"):
        chunk = line.recv(65_536)
        if not chunk:
            raise ConnectionError
        data += chunk
    return data


class Lab:
    """A partner that does one act after the other, over as many connections as are made."""

    def __init__(self, acts: list[Act]) -> None:
        self._acts = iter(acts)
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self.connections = 0
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while True:
            try:
                line, _ = self._server.accept()
            except OSError:
                return
            self.connections += 1
            with line:
                try:
                    while line.recv(1, socket.MSG_PEEK):
                        if next(self._acts)(line) == "hang up":
                            break
                except (ConnectionError, StopIteration):
                    continue

    def close(self) -> None:
        self._server.close()


@contextmanager
def lab(*acts: Act) -> Iterator[Lab]:
    made = Lab(list(acts))
    yield made
    made.close()


@pytest.fixture
def send() -> Iterator[Callable]:
    """``send(port, "7")``: deliver a message to a destination; the same connection is kept from one to the next."""
    transport = MllpTransport()

    def sent(port: int, control_id: str = "7", raw: bytes = b"", **settings):
        door = Door(1, 1, "out", "lab", MllpTarget(host="127.0.0.1", port=port, **{"answer_seconds": 2} | settings))
        return transport.deliver(door, Content(raw or adt(control_id), HL7, control_id, "ADT^A04", 1))

    yield sent
    transport.close()


def test_one_connection_carries_many(send):
    with lab(answer(ack("AA", "1")), answer(ack("CA", "2")), answer(ack("AA", "3"))) as there:
        assert [send(there.port, number).status for number in "123"] == ["taken"] * 3
        assert there.connections == 1


@pytest.mark.parametrize(
    ("reply", "status", "words"),
    [
        (ack("AE", "7", "ERR||PID^1^7|102^Data type error^HL70357|E||||PID-7 is no date\r"), "failed", "PID.7: PID-7"),
        (ack("AR", "7", "ERR|||201^Unsupported event code^HL70357|E\r"), "refused", "Unsupported event code"),
        (ack("AR", "7", "ERR|||207^Application internal error^HL70357|E\r"), "failed", "internal error"),
        (ack("CR", "7"), "refused", "it gave no reason"),
        (ack("CE", "7").replace(b"MSA|CE|7", b"MSA|CE|7|disk full"), "failed", "disk full"),
        (ack("AA", "8"), "failed", "answered for message 8, not this one"),
        (ack("", "7"), "failed", "which is no answer"),
        (framed(b"MSH|^~\\&|LAB||||20260301||ADT^A01|9|P|2.5.1\r"), "failed", "ADT^A01 that has no MSA"),
        (framed(b"HTTP/1.1 400 Bad Request"), "failed", "cannot be read"),
    ],
)
def test_what_a_partner_answers(send, reply, status, words):
    with lab(answer(reply), answer(ack("AA", "7"))) as there:
        found = send(there.port)
        assert found.status == status and words in found.words
        assert send(there.port).status == "taken", "the next try begins with a new connection"
        assert there.connections == 2


def test_an_answer_in_pieces_behind_junk_and_without_its_return(send):
    reply = ack("AA", "7")
    with lab(answer(b"\r\n", reply[:9], reply[9:30], reply[30:]), answer(reply[:-1])) as there:
        assert [send(there.port).status, send(there.port).status] == ["taken", "taken"]
        assert there.connections == 1


def test_a_late_answer_is_nobody_else_s(send):
    late = threading.Event()

    def wait(line: socket.socket) -> str:
        take(line)
        late.wait(10)
        with suppress(OSError):
            line.sendall(ack("AA", "1"))
        return "hang up"

    with lab(wait, answer(ack("AA", "2"))) as there:
        first = send(there.port, "1", answer_seconds=1)
        assert first.status == "unreachable" and "No answer came within 1 seconds" in first.words
        late.set()
        assert send(there.port, "2").status == "taken"
        assert there.connections == 2


def test_a_partner_that_hangs_up_before_its_answer(send):
    with lab(lambda line: take(line) and "hang up", answer(ack("AA", "7"))) as there:
        assert "hung up before it answered" in send(there.port).words
        assert send(there.port).status == "taken"


def test_a_partner_that_hangs_up_after_its_answer(send):
    closed = threading.Event()

    def act(line: socket.socket) -> str:
        answer(ack("AA", "7"))(line)
        closed.set()
        return "hang up"

    with lab(act, answer(ack("AA", "7"))) as there:
        assert send(there.port).status == "taken"
        assert closed.wait(120)
        # That is seen before the next message goes; where it is not, the message counts as not sent, and goes again.
        assert "taken" in (send(there.port).status, send(there.port).status)


def test_nobody_there_or_nobody_allowed(send):
    found = send(free_port())
    assert found.status == "unreachable" and "refused" in found.words
    installation.use(installation.Installation())
    found = send(free_port())
    assert found.status == "unreachable" and "CHARTDESK_INTERFACE_NETWORKS" in found.words


def test_the_enhanced_mode(send):
    def asking(wishes: str, number: str = "7") -> bytes:
        return adt(number).replace(b"|2.5.1||||||UNICODE", f"|2.5.1|||{wishes}||UNICODE".encode())

    with lab(answer(ack("AA", "6") + ack("CA", "7")), answer(), answer(ack("AA", "7"))) as there:
        assert send(there.port, raw=asking("AL|AL")).status == "taken", "another message's answer is passed over"
        assert "No answer was asked for" in send(there.port, raw=asking("NE|NE")).words
        assert send(there.port, raw=asking("NE|AL")).status == "taken"


def test_a_message_that_cannot_be_framed(send):
    assert send(free_port(), raw=adt("1") + b"NTE|1||\x1c\r").status == "refused"


def test_what_a_message_waits_for():
    assert answers.expected(b"no message") == Expected(any=True, commit=False)
    assert answers.expected(adt("1")) == Expected(any=True, commit=False)

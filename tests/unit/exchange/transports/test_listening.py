"""Each row of the table in docs/interfaces.md, against a real socket: what comes, and how it is answered."""

from __future__ import annotations

import base64
import threading
import time

import psycopg
import pytest
from django.db import OperationalError
from tests.unit.exchange.transports.conftest import Partner, adt

from chartdesk.exchange.engine import receiving
from chartdesk.exchange.transports import gathering
from chartdesk.kit import clock
from chartdesk.standards.hl7v2 import Message, batches
from chartdesk.standards.hl7v2.frames import framed


def kinds(desk):
    return [(one.kind, one.status) for one in desk.log()]


def test_a_message_is_stored_and_then_acknowledged(desk, program):
    _, port = desk.listening()
    program()
    with Partner(port) as partner:
        assert partner.ask(adt("1")) == ("AA", "1")
        found = desk.log()
        assert [(one.control_id, one.kind, one.peer) for one in found] == [("1", "ADT^A04", "127.0.0.1")]
        assert desk.raw(found[0].pk) == adt("1")
        assert partner.ask(adt("2")) == ("AA", "2"), "many messages over one connection"


def test_several_in_flight_are_answered_in_their_order(desk, program, monkeypatch):
    _, port = desk.listening()
    rounds = []
    accept = receiving.accept
    monkeypatch.setattr(
        receiving, "accept", lambda channel, raws, *, peer: rounds.append(len(raws)) or accept(channel, raws, peer=peer)
    )
    program()
    wanted = [str(number) for number in range(120)]
    with Partner(port) as one, Partner(port) as two:
        one.send(*(adt(number) for number in wanted))
        two.send(adt("other"))
        assert [one.said() for _ in wanted] == [("AA", number) for number in wanted]
        assert two.said() == ("AA", "other")
    stored = [row.control_id for row in desk.log()]
    assert [number for number in stored if number != "other"] == wanted
    assert sum(rounds) == 121 and len(rounds) < 60, "many share a commit"


def test_half_a_frame_and_then_silence(desk, program):
    _, port = desk.listening(fragment_seconds=1)
    program()
    with Partner(port) as partner:
        partner.write(framed(adt("1"))[:120])
        answer = partner.answer()
        assert answer is not None and answer.get("MSA-1") == "AR" and answer.get("MSA-2") == "1"
        assert partner.answer() is None, "and the connection is closed: nobody knows where the next message begins"
    (found,) = desk.log()
    assert found.kind == "FRAGMENT" and "ended inside a message" in found.reason
    assert desk.raw(found.pk) == adt("1")[:119]


def test_a_connection_that_ends_inside_a_message(desk, program):
    _, port = desk.listening()
    interfaces = program()
    with Partner(port) as partner:
        partner.write(framed(adt("1"))[:-20])
    wait_for(lambda: desk.log())
    assert kinds(desk) == [("FRAGMENT", "refused")]
    assert interfaces.listeners.serving(desk.log()[0].channel).connections == 0


def test_a_start_block_inside_a_frame_is_never_accepted(desk, program):
    _, port = desk.listening()
    program()
    with Partner(port) as partner:
        partner.write(b"\x0b" + adt("1") + framed(adt("2")))
        assert [partner.said(), partner.said()] == [("AR", "1"), ("AA", "2")]
    assert kinds(desk) == [("FRAGMENT", "refused"), ("ADT^A04", "received")]
    assert desk.raw(desk.log()[0].pk) == adt("1")


def test_an_end_block_without_its_return_is_put_up_with(desk, program):
    _, port = desk.listening()
    program()
    with Partner(port) as partner:
        partner.write(b"\x0b" + adt("1") + b"\x1c")
        assert partner.said() == ("AA", "1"), "though nothing more comes"
        partner.write(b"\x0b" + adt("2") + b"\x1c" + b"\x0b" + adt("3") + b"\x1c")
        assert [partner.said(), partner.said()] == [("AA", "2"), ("AA", "3")]


def test_or_not_where_the_channel_is_strict(desk, program):
    _, port = desk.listening(bare_ends=False)
    program()
    with Partner(port) as partner:
        partner.write(b"\x0b" + adt("1") + b"\x1c")
        assert partner.said() == ("AR", "1")
        assert partner.ask(adt("2")) == ("AA", "2")
        partner.write(b"junk" + framed(adt("3")))
        assert partner.answer() is None, "who writes outside of frames is out of step"
    found = desk.log()
    assert [one.kind for one in found] == ["FRAGMENT", "ADT^A04", "FRAGMENT"]
    assert "no carriage return" in found[0].reason and "outside of any frame" in found[2].reason


def test_junk_before_a_start_block_is_kept_and_the_message_taken(desk, program):
    _, port = desk.listening()
    program()
    with Partner(port) as partner:
        partner.write(b"HELO lab\r\n" + framed(adt("1")))
        assert partner.said() == ("AA", "1")
    junk, message = desk.log()
    assert (junk.kind, desk.raw(junk.pk)) == ("FRAGMENT", b"HELO lab\r\n") and message.status == "received"


@pytest.mark.parametrize(
    ("raw", "code", "words"),
    [
        (b"PID|1||100\r", "AR", "MSH"),
        (adt("1", kind="ZZZ^Z99"), "AR", "is not taken here"),
        (adt("1", version="9.9"), "AR", "Version 9.9"),
        (adt(""), "AE", "no control id"),
        (adt("1").replace(b"UNICODE UTF-8", b"KLINGON"), "AR", "character set"),
    ],
)
def test_what_cannot_be_read_or_is_not_taken(desk, program, raw, code, words):
    _, port = desk.listening()
    program()
    with Partner(port) as partner:
        partner.send(raw)
        answer = partner.answer()
        assert answer is not None and answer.get("MSA-1") == code
        assert words in answer.get("ERR-8") or words in answer.get("MSA-3")
    (found,) = desk.log()
    assert found.status == "refused" and words in found.reason and desk.raw(found.pk) == raw


def test_a_large_document_comes_through_and_a_larger_one_is_refused(desk, program):
    pdf = base64.b64encode(bytes(range(256)) * 12_000).decode()
    large = adt("1", kind="ORU^R01", more=f"OBX|1|ED|PDF^Report||^application^pdf^Base64^{pdf}||||||F\r")
    _, port = desk.listening(largest=len(large))
    program()
    with Partner(port) as partner:
        assert partner.ask(large) == ("AA", "1")
        assert partner.ask(large.replace(b"|1|P|", b"|22|P|")) == ("AR", "22")
        assert partner.ask(adt("3")) == ("AA", "3"), "and the connection is in step"
    first, second, third = desk.log()
    assert desk.raw(first.pk) == large and third.control_id == "3"
    assert second.kind == "FRAGMENT" and f"{len(large) + 1:,} bytes" in second.reason


def test_a_control_id_that_came_before(desk, program):
    _, port = desk.listening()
    program()
    with Partner(port) as partner:
        partner.send(adt("1"))
        first = partner.answer()
        partner.send(adt("1"))
        assert bytes(partner.answer().raw) == bytes(first.raw), "the stored answer again"
        assert partner.ask(adt("1", mrn="200")) == ("AE", "1"), "another content is somebody's mistake"
    assert [one.status for one in desk.log()] == ["received", "error"]


def test_a_batch_in_one_frame_is_answered_by_a_batch(desk, program):
    _, port = desk.listening()
    program()
    batch = batches.join([adt("1"), adt("2")], sender="A", receiver="B", control_id="1", at=clock.now())
    with Partner(port) as partner:
        partner.send(batch, adt("3"))
        data = partner.frames(2)
        assert [Message(one).get("MSA-2") for one in batches.split(data[0]).messages] == ["1", "2"]
        assert Message(data[1]).get("MSA-2") == "3"
    assert [one.control_id for one in desk.log()] == ["1", "2", "3"]


def test_two_messages_in_one_frame_are_refused_whole(desk, program):
    """The second one's segments are not the first one's, and one answer cannot stand for both."""
    _, port = desk.listening()
    program()
    with Partner(port) as partner:
        partner.send(adt("1") + adt("2", mrn="200"))
        answer = partner.answer()
        assert (answer.get("MSA-1"), answer.get("MSA-2")) == ("AR", "1")
        assert "More than one message" in answer.get("ERR-8")
        assert partner.ask(adt("3", more="NTE|1||the word MSH says nothing\r")) == ("AA", "3")
    refused, taken = desk.log()
    assert refused.status == "refused" and "frame of its own" in refused.reason and taken.status == "received"


def test_a_partner_that_sends_a_thousand_and_reads_no_answer_meanwhile(desk, program):
    """Each is stored once, and answered in its order as soon as the partner reads."""
    _, port = desk.listening()
    program()
    numbers = [str(number) for number in range(1000)]
    with Partner(port) as partner:
        sending = threading.Thread(target=partner.send, args=[adt(one) for one in numbers])
        sending.start()
        sending.join(120)
        assert not sending.is_alive(), "what is stored makes room for the next, read or not"
        wait_for(lambda: len(desk.log()) == len(numbers))
        answers = [Message(one) for one in partner.frames(len(numbers))]
    assert [(one.get("MSA-1"), one.get("MSA-2")) for one in answers] == [("AA", one) for one in numbers]
    assert [one.control_id for one in desk.log()] == numbers


def test_the_enhanced_mode_and_who_wants_no_answer(desk, program):
    _, port = desk.listening()
    program()

    def asking(number, wishes):
        return adt(number).replace(b"|2.5.1||||||UNICODE", f"|2.5.1|||{wishes}||UNICODE".encode())

    with Partner(port) as partner:
        assert partner.ask(asking("1", "AL|NE")) == ("CA", "1")
        partner.send(asking("2", "NE|NE"), asking("3", "AL|NE"))
        assert partner.said() == ("CA", "3"), "the second is not answered, and taken"
    assert [one.control_id for one in desk.log()] == ["1", "2", "3"]


def test_a_database_that_is_away_leaves_the_sender_unanswered(desk, program, monkeypatch):
    _, port = desk.listening()
    program()
    monkeypatch.setattr(gathering, "PATIENCE", 0.1)
    accept = receiving.accept

    def away(*_, **__):
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(receiving, "accept", away)
    with Partner(port) as partner:
        partner.send(adt("1"))
        assert partner.answer() is None, "an answer would be a lie"
    monkeypatch.setattr(receiving, "accept", accept)
    with Partner(port) as partner:
        assert partner.ask(adt("1")) == ("AA", "1")
    assert len(desk.log()) == 1


def test_a_database_that_ends_in_the_middle_is_asked_again(desk, program, monkeypatch):
    """Faults of psycopg itself come from statements that go past Django's cursors."""
    _, port = desk.listening()
    program()
    accept, left = receiving.accept, [psycopg.errors.AdminShutdown("it ends"), psycopg.OperationalError("it is gone")]

    def ending(*given, **named):
        if left:
            raise left.pop()
        return accept(*given, **named)

    monkeypatch.setattr(receiving, "accept", ending)
    with Partner(port) as partner:
        assert partner.ask(adt("1")) == ("AA", "1"), "the message is not at fault"


def test_nothing_is_stored_before_what_has_to_be_sent_again(desk, program, monkeypatch):
    """The first could not be stored: those behind it on the line must not be, or they would overtake it."""
    _, port = desk.listening()
    program()
    monkeypatch.setattr(gathering, "PATIENCE", 0.3)
    accept, asked = receiving.accept, threading.Event()

    def away(channel, raws, *, peer):
        if any(b"|1|P|" in raw for raw in raws):
            asked.set()
            raise OperationalError("the server closed the connection")
        return accept(channel, raws, peer=peer)

    monkeypatch.setattr(receiving, "accept", away)
    with Partner(port) as partner:
        partner.send(adt("1"))
        assert asked.wait(120)
        partner.send(adt("2"), adt("3"))
        assert partner.answer() is None
    monkeypatch.setattr(receiving, "accept", accept)
    with Partner(port) as partner:
        partner.send(*map(adt, "123"))
        assert [partner.said() for _ in range(3)] == [("AA", "1"), ("AA", "2"), ("AA", "3")]
    assert [one.control_id for one in desk.log()] == ["1", "2", "3"]


def test_a_message_that_spoils_its_round_spoils_no_other(desk, program, monkeypatch):
    _, port = desk.listening()
    program()
    accept = receiving.accept

    def spoiled(channel, raws, *, peer):
        if any(b"|bad|" in raw for raw in raws):
            raise RuntimeError("a defect")
        return accept(channel, raws, peer=peer)

    monkeypatch.setattr(receiving, "accept", spoiled)
    with Partner(port) as partner:
        partner.send(adt("1"), adt("bad"), adt("2"))
        assert [partner.said() for _ in range(3)] == [("AA", "1"), ("AR", "bad"), ("AA", "2")]
    assert [one.control_id for one in desk.log()] == ["1", "2"]


def wait_for(there, seconds: float = 120):
    """Until something is there."""
    until = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.02)

"""What is stored and how it is answered, before anything is done with it."""

from __future__ import annotations

import threading

import pytest
from tests.unit.exchange.engine.conftest import RECORD, adt, out_to


def accept(channel, *raws):
    from chartdesk.exchange.engine import receiving

    return receiving.accept(channel, list(raws), peer="10.0.0.1:5000")


def code(answer: bytes) -> str:
    from chartdesk.standards.hl7v2 import Message

    return Message(answer).get("MSA-1") if answer else ""


def test_a_message_is_stored_as_it_came_and_accepted(opened, taker, read):
    raw = adt("A1")
    (one,) = accept(opened(), raw)
    view = read(one.message_id)
    assert (view.raw, view.answer, view.row.status) == (raw, one.answer, "received")
    assert (view.row.kind, view.row.control_id, view.row.patient_key) == ("ADT^A08", "A1", "100^MRB")
    assert view.row.peer == "10.0.0.1:5000"
    assert one.state == "taken" and code(one.answer) == "AA" and b"MSA|AA|A1" in one.answer


def test_several_keep_their_order(opened, taker):
    found = accept(opened(), *[adt(f"S{place}", f"{place % 3}^MRB") for place in range(40)])
    numbers = [one.message_id for one in found]
    assert numbers == sorted(numbers) and len(set(numbers)) == 40


def test_the_same_again_gets_the_same_answer_and_is_not_stored(opened, taker, read):
    channel = opened()
    (first,) = accept(channel, adt("D1"))
    (second,) = accept(channel, adt("D1"))
    again = accept(channel, adt("D2"), adt("D2"), adt("D1"))
    assert (second.message_id, second.answer, second.state) == (first.message_id, first.answer, "again")
    assert [one.state for one in again] == ["taken", "again", "again"]
    assert again[0].message_id == again[1].message_id and again[0].answer == again[1].answer
    assert read(first.message_id).row.repeats == 2


def test_a_control_id_with_another_content_is_an_error_for_people(opened, taker, read):
    channel = opened()
    accept(channel, adt("C1"))
    (other,) = accept(channel, adt("C1", "200^MRB"))
    (once_more,) = accept(channel, adt("C1", "200^MRB"))
    view = read(other.message_id)
    assert other.state == "refused" and code(other.answer) == "AE" and view.row.status == "error"
    assert "came before with another content" in view.why
    assert (once_more.message_id, once_more.answer) == (other.message_id, other.answer)


def test_the_same_control_id_of_another_sender_is_another_message(opened, taker):
    channel = opened()
    theirs = adt("X1").replace(b"|PMS|RIVER|", b"|LAB|ELSEWHERE|", 1)
    found = accept(channel, adt("X1"), theirs)
    assert [one.state for one in found] == ["taken", "taken"]


def test_a_channel_may_take_duplicates(opened, taker):
    found = accept(opened(duplicates="accept"), adt("X1"), adt("X1"))
    assert [one.state for one in found] == ["taken", "taken"]


@pytest.mark.parametrize(
    ("raw", "answered", "words"),
    [
        (b"hello", "AR", "MSH"),
        (b"", "AR", "empty"),
        (adt("R1", kind="ZZZ^Z01"), "AR", "ZZZ^Z01 is not taken here"),
        (adt("R2").replace(b"|2.5.1", b"|9.9"), "AR", "Version 9.9"),
        (adt(""), "AE", "no control id"),
        (adt("R3").replace(b"MOSS", b"M\xc3\x96SS"), "AR", "character set"),
        (b"MSH|^~\\&|A|B|C|D|||ADT^A08|\x00nul\x00|P|2.5.1\r" + b"PID|1||\x001^^^X\r", "AA", ""),
    ],
)
def test_what_is_not_taken_is_kept_and_answered_with_a_reason(opened, taker, read, raw, answered, words):
    (one,) = accept(opened(), raw)
    view = read(one.message_id)
    assert code(one.answer) == answered
    assert view.raw == raw and words in view.row.reason
    assert view.row.status == ("received" if answered == "AA" else "refused")


def test_what_was_refused_is_taken_once_it_is_set_up(opened, taker):
    from chartdesk.exchange.engine import channels, receivers

    channel = opened()
    (one,) = accept(channel, adt("U1", kind="ORU^R01"))
    receivers.register(["ORU^R01"], taker.several)
    channels.forget()
    (two,) = accept(channel, adt("U1", kind="ORU^R01"))
    assert (one.state, two.state) == ("refused", "taken")


def test_a_channel_with_another_destination_takes_every_kind(opened, taker, partner):
    (one,) = accept(opened(destinations=[RECORD, out_to("archive")]), adt("K1", kind="ZZZ^Z01"))
    assert one.state == "taken"


def test_a_channel_may_say_which_kinds_it_takes(opened, taker):
    channel = opened(kinds=["ADT^A04"])
    states = [accept(channel, adt(f"K{kind}", kind=f"ADT^{kind}"))[0].state for kind in ("A04", "A08")]
    assert states == ["taken", "refused"]


@pytest.mark.parametrize(
    ("mode", "header", "answered"),
    [
        ("asked", "", "AA"),
        ("asked", "|||AL|NE", "CA"),
        ("asked", "|||NE|AL", ""),
        ("asked", "|||ER|", ""),
        ("original", "|||AL|NE", "AA"),
        ("enhanced", "", "CA"),
    ],
)
def test_answers_of_both_modes(opened, taker, mode, header, answered):
    (one,) = accept(opened(acknowledgement=mode), adt("M1", header=header))
    assert code(one.answer) == answered


def test_a_fragment_is_kept_where_people_see_it(opened, taker, read):
    from chartdesk.exchange.engine import receiving
    from chartdesk.standards.hl7v2.frames import Fragment, Why

    channel = opened()
    kept = receiving.keep_fragment(channel, Fragment(b"MSH|^~", Why.CUT_OFF, 6), peer="10.0.0.1:5000")
    refused = receiving.refuse(channel, Fragment(adt("BIG"), Why.TOO_LARGE, 90_000_000), peer="10.0.0.1:5000")
    view = read(kept)
    assert (view.row.kind, view.row.status, view.raw) == ("FRAGMENT", "refused", b"MSH|^~")
    assert "ended inside a message" in view.why
    assert code(refused.answer) == "AR" and b"|BIG" in refused.answer


def test_two_connections_with_the_same_message_at_once_store_it_once(opened, taker, subject):
    from django.db import connection

    from chartdesk.exchange.engine.models import InterfaceMessage
    from chartdesk.kit.transactions import transaction

    channel = opened()
    found, gate = [], threading.Barrier(4)

    def send() -> None:
        gate.wait()
        try:
            found.extend(accept(channel, adt("RACE"), adt("RACE2")))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    with transaction(subject):
        stored = InterfaceMessage.objects.filter(practice=subject.practice).count()
    assert stored == 2 and len({one.answer for one in found}) == 2
    assert sorted(one.state for one in found) == ["again"] * 6 + ["taken"] * 2

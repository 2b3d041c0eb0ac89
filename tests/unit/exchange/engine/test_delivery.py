"""Handed over in order; one destination's trouble is nobody else's."""

from __future__ import annotations

import pytest
from tests.unit.exchange.engine.conftest import RECORD, adt, out_to, tasks
from tests.unit.exchange.engine.test_accepting import accept
from tests.unit.exchange.engine.test_routing import later


def work(subject) -> None:
    from chartdesk.exchange.engine import delivery, routing

    while routing.work(subject.practice) or delivery.deliver_all(subject.practice):
        pass


def response(status: str, words: str = ""):
    from chartdesk.exchange.engine.transports import Response

    return Response(status, words)


def test_every_destination_gets_every_message_in_order(subject, opened, partner, read):
    found = accept(opened(destinations=[out_to("lab"), out_to("archive")]), *[adt(f"M{place}") for place in range(70)])
    work(subject)
    assert partner.taken == {name: [f"M{place}" for place in range(70)] for name in ("lab", "archive")}
    view = read(found[3].message_id)
    assert view.row.status == "sent" and view.row.finished
    assert [(one.state, one.attempts, bytes(one.response)) for one in view.deliveries] == [("sent", 1, b"MSA|AA")] * 2


def test_a_dead_destination_blocks_no_other(subject, opened, partner, read):
    from chartdesk.kit import worklist
    from chartdesk.kit.transactions import transaction

    partner.mood["lab"] = lambda content: response("unreachable", "Connection refused.")
    (one, _) = accept(opened(destinations=[out_to("lab"), out_to("archive")]), adt("M1"), adt("M2", "200^MRB"))
    work(subject)
    assert partner.taken == {"archive": ["M1", "M2"]}
    view = read(one.message_id)
    assert view.row.status == "queued" and "lab is not reached: Connection refused. It is tried again at" in view.why
    assert [delivery.attempts for delivery in view.deliveries] == [0, 1]
    for hours in range(1, 6):
        with later(hours * 3600):
            work(subject)
    with transaction(subject):
        item = worklist.items(subject, kinds=["interface_unreachable"]).get()
    assert item.detail == "Connection refused."
    partner.mood.clear()
    with later(8 * 3600):
        work(subject)
    assert partner.taken["lab"] == ["M1", "M2"] and read(one.message_id).row.status == "sent"
    with transaction(subject):
        assert not worklist.items(subject, kinds=["interface_unreachable"]).exists()


def test_a_message_that_cannot_be_taken_now_keeps_its_patient_waiting_and_nobody_else(subject, opened, partner, read):
    answers = iter([response("failed", "AE: locked"), response("failed", "AE: locked")])
    partner.mood["lab"] = lambda content: next(answers, None) if content.control_id == "M1" else None
    found = accept(opened(destinations=[out_to("lab")]), adt("M1"), adt("M2"), adt("N1", "200^MRB"))
    work(subject)
    assert partner.taken["lab"] == ["N1"]
    assert (
        read(found[1].message_id).why == f"It waits for lab behind message {found[0].message_id} of the same patient."
    )
    assert "lab did not take it: AE: locked" in read(found[0].message_id).why
    for seconds in (2, 8):
        with later(seconds):
            work(subject)
    assert partner.taken["lab"] == ["N1", "M1", "M2"]


def test_what_a_partner_never_takes_is_dead_and_may_be_delivered_again(subject, opened, partner, read):
    from chartdesk.exchange.engine import commands

    partner.mood["lab"] = lambda content: (
        response("refused", "AR: no such patient") if content.control_id == "M1" else None
    )
    found = accept(opened(destinations=[out_to("lab"), out_to("archive")]), adt("M1"), adt("M2"))
    work(subject)
    view = read(found[0].message_id)
    assert (view.row.status, view.why) == ("dead", "lab: AR: no such patient")
    assert partner.taken == {"lab": ["M2"], "archive": ["M1", "M2"]}
    partner.mood.clear()
    assert commands.deliver_again(subject, [one.message_id for one in found]) == 1
    work(subject)
    assert partner.taken == {"lab": ["M2", "M1"], "archive": ["M1", "M2"]}
    assert read(found[0].message_id).row.status == "sent"


def test_tried_as_often_as_the_destination_says(subject, opened, partner, read):
    partner.mood["lab"] = lambda content: response("failed", "AE: no")
    (one,) = accept(opened(destinations=[out_to("lab", retries={"attempts": 3})]), adt("M1"))
    for hour in range(5):
        with later(hour * 3600):
            work(subject)
    view = read(one.message_id)
    assert view.row.status == "dead" and view.deliveries[0].attempts == 3


def test_a_destination_is_paused_while_it_is_tried_again(subject, opened, partner, read):
    from chartdesk.exchange.engine import commands

    partner.mood["lab"] = lambda content: response("unreachable", "Connection refused.")
    (one,) = accept(opened(destinations=[out_to("lab"), out_to("archive")]), adt("M1"))
    work(subject)
    commands.pause_destination(subject, "adt", "lab")
    partner.mood.clear()
    with later(3600):
        work(subject)
    assert partner.taken == {"archive": ["M1"]} and read(one.message_id).why == "The destination lab is paused."
    commands.resume_destination(subject, "adt", "lab")
    work(subject)
    assert partner.taken["lab"] == ["M1"]


def test_what_waits_for_a_destination_that_is_no_more_is_dead_with_the_reason(subject, opened, partner, read):
    from chartdesk.exchange.engine import commands

    channel = opened(destinations=[out_to("lab"), out_to("archive")])
    commands.pause_destination(subject, "adt", "lab")
    (one,) = accept(channel, adt("M1"))
    work(subject)
    opened(destinations=[out_to("archive")])
    work(subject)
    assert read(one.message_id).why == "lab: The destination was taken out of the channel."
    assert tasks(subject) == [("adt/dead", "lab: The destination was taken out of the channel.", "adt")]


def test_what_the_record_could_not_take_stays_an_error_when_it_is_delivered_again(
    subject, opened, partner, taker, read
):
    from chartdesk.exchange.engine import commands

    partner.mood["lab"] = lambda content: response("refused", "AR: no such patient")
    (one,) = accept(opened(destinations=[RECORD, out_to("lab")]), adt("bad1"))
    work(subject)
    before = read(one.message_id)
    assert before.row.status == "error" and "day of birth" in before.why
    partner.mood.clear()
    assert commands.deliver_again(subject, [one.message_id]) == 1
    work(subject)
    after = read(one.message_id)
    assert partner.taken == {"lab": ["bad1"]}
    assert (after.row.status, after.why) == ("error", before.why)


def test_a_transport_that_fails_inside_ends_nothing(subject, opened, partner, read):
    def broken(content):
        raise ZeroDivisionError

    partner.mood["lab"] = broken
    (one,) = accept(opened(destinations=[out_to("lab"), out_to("archive")]), adt("M1"))
    work(subject)
    assert partner.taken == {"archive": ["M1"]}
    assert "The transport failed inside (ZeroDivisionError)" in read(one.message_id).why


def test_ours_is_sent_exactly_when_its_cause_commits(subject, opened, partner, read):
    from chartdesk.exchange.engine import sending
    from chartdesk.kit.errors import NotFound
    from chartdesk.kit.transactions import transaction

    opened("to-pms", direction="out", destinations=[out_to("pms")])
    with pytest.raises(ZeroDivisionError), transaction(subject):
        sending.send(subject, "to-pms", adt("LOST"), kind="ADT^A08", streams=["Patient/1"])
        raise ZeroDivisionError
    with transaction(subject):
        number = sending.send(
            subject, "to-pms", adt("M1"), kind="ADT^A08", streams=["1"], patient="1", cause="Patient/1"
        )
        sending.send(subject, "to-pms", adt("M2"), kind="ADT^A08", streams=["1"], patient="1")
    work(subject)
    view = read(number)
    assert partner.taken == {"pms": ["M1", "M2"]}
    assert (view.row.direction, view.row.status, view.row.peer, view.patients) == ("out", "sent", "Patient/1", ["1"])
    with pytest.raises(NotFound):
        sending.send(subject, "nowhere", adt("M3"), kind="ADT^A08")


def test_the_deliverer_visits_every_destination(subject, opened, partner):
    import threading

    from chartdesk.exchange.engine import routing
    from chartdesk.exchange.engine.delivery import Deliverer

    partner.mood["slow"] = lambda content: threading.Event().wait(0.05) or None
    accept(opened(destinations=[out_to("slow"), out_to("quick")]), *[adt(f"M{place}") for place in range(5)])
    routing.work_all(subject.practice)
    with Deliverer(4) as deliverer:
        for _ in range(200):
            deliverer.round(subject.practice)
            if [len(found) for found in partner.taken.values()] == [5, 5]:
                break
            threading.Event().wait(0.05)
    assert partner.taken["quick"] == partner.taken["slow"] == [f"M{place}" for place in range(5)]


def test_a_deliverer_that_ends_leaves_no_destination_locked(subject, opened, partner):
    from chartdesk.exchange.engine import routing
    from chartdesk.exchange.engine.delivery import Deliverer

    accept(opened(destinations=[out_to("pms")]), adt("M1"))
    routing.work_all(subject.practice)
    with Deliverer(1) as first:
        first.round(subject.practice)
        (lane,) = first._busy
    with Deliverer(1) as second:
        assert second._lock("pg_try_advisory_lock", lane)
        assert second._lock("pg_advisory_unlock", lane)
        with second._locks.cursor() as cursor:
            # Nor once more: a lock is held as often as it was taken.
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
            assert cursor.fetchone()[0] == 0

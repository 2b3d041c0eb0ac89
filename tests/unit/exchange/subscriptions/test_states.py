"""Receivers that fail, hang, die and return; heartbeats, ends, pauses; what the manager sees and does."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from tests.unit.exchange.subscriptions.conftest import wanted
from tests.unit.exchange.subscriptions.receiver import status, value

from chartdesk.exchange.subscriptions import commands, distribution, queries, rules
from chartdesk.exchange.subscriptions.delivery import Deliverer, deliver_all
from chartdesk.exchange.subscriptions.models import Change, Event, Turn
from chartdesk.kit import clock, worklist
from chartdesk.kit.errors import Conflict, Forbidden, Invalid
from chartdesk.kit.transactions import transaction
from chartdesk.record.access.subject import Role, Subject

MOSS = {"resourceType": "Patient", "name": [{"family": "Moss"}]}


def _line(subject: Any) -> queries.Line:
    [line] = queries.lines(subject)
    return line


def _later(practice: Any, **time: float) -> int:
    with clock.at(clock.now() + timedelta(**time)):
        return deliver_all(practice.pk)


def _patients(api: Any, count: int = 1) -> None:
    for _ in range(count):
        api.json("POST", "Patient", MOSS, status=201)


def test_a_receiver_that_fails_gets_everything_when_it_is_back(api, practice, subject, receiver, subscribe):
    subscribe(count=2)
    receiver.behave = 500
    _patients(api, 3)
    assert deliver_all(practice.pk) == 1
    line = _line(subject)
    assert (line.status, line.attempts, line.waiting) == ("active", 1, 3)
    assert line.error == "The endpoint answered with HTTP status 500."
    assert line.again is not None
    assert deliver_all(practice.pk) == 0
    assert _later(practice, seconds=2) == 1
    receiver.behave = 200
    _patients(api)
    assert _later(practice, seconds=10) == 2
    assert receiver.numbers() == [[1, 2], [3, 4]]
    line = _line(subject)
    assert (line.attempts, line.error, line.waiting) == (0, "", 0)


def test_pauses_grow_and_a_receiver_may_ask_for_longer(api, practice, subject, receiver, subscribe):
    assert [rules.pause(n).total_seconds() for n in (1, 2, 3, 10, 11, 40)] == [1, 2, 4, 512, 600, 600]
    subscribe()
    receiver.behave, receiver.more = 503, {"Retry-After": "120"}
    _patients(api)
    deliver_all(practice.pk)
    assert _later(practice, seconds=60) == 0
    assert _later(practice, seconds=121) == 1


def test_after_many_failures_it_is_in_error_and_nothing_is_lost(api, practice, subject, receiver, subscribe):
    id = subscribe()
    receiver.stop()
    _patients(api)
    moment = clock.now()
    for _ in range(rules.ATTEMPTS):
        with clock.at(moment):
            assert deliver_all(practice.pk) == 1
        moment += timedelta(seconds=601)
    shown = api.json("GET", f"Subscription/{id}")
    assert shown["status"] == "error" and shown["error"] == "The endpoint refused the connection."
    with transaction(subject):
        [item] = worklist.items(subject, kinds=[commands.TASK])
    assert (item.role, item.link_kind, item.link_id) == ("manager", "subscriptions", id)
    _patients(api, 2)
    assert _later(practice, hours=1) == 0

    # What was missed can be asked for,
    found = api.json("GET", f"Subscription/{id}/$events?eventsSinceNumber=1")
    said = status(found)
    assert value(said, "status") == "error"
    assert value(said, "error")["coding"][0]["code"] == "unreachable"
    assert [part["part"][0]["valueString"] for part in said["parameter"] if part["name"] == "notification-event"] == [
        "1", "2", "3",
    ]  # fmt: skip

    # and is sent when the program asks for the Subscription again.
    receiver.start()
    assert api.json("PUT", f"Subscription/{id}", {**shown, "status": "requested"})["status"] == "requested"
    assert deliver_all(practice.pk) == 2
    assert receiver.kinds()[1:] == ["handshake", "event-notification"]
    assert receiver.numbers() == [[1, 2, 3]]
    shown = api.json("GET", f"Subscription/{id}")
    assert shown["status"] == "active" and "error" not in shown
    with transaction(subject):
        assert not worklist.items(subject, kinds=[commands.TASK]).exists()


@pytest.mark.parametrize(
    ("behave", "words"),
    [(500, "HTTP status 500"), (302, "redirects are not followed"), (401, "does not let us in"), ("break", "broke off"),
     ("hang", "within 1 seconds"), ("drip", "within 1 seconds")],
)  # fmt: skip
def test_a_handshake_that_fails_is_an_error_at_once(api, practice, receiver, behave, words):
    receiver.behave, receiver.more = behave, {"Location": receiver.url}
    seconds = 1 if behave in ("hang", "drip") else 60
    id = api.json("POST", "Subscription", wanted(receiver.url, timeout=seconds), status=201)["id"]
    assert deliver_all(practice.pk) == 1
    shown = api.json("GET", f"Subscription/{id}")
    assert shown["status"] == "error" and words in shown["error"]
    # Nobody listens before a handshake.
    _patients(api)
    assert not Change.objects.filter(practice=practice.pk).exists()
    assert receiver.asked == 1


def test_a_receiver_that_hangs_holds_up_no_other(api, practice, receiver, subscribe):
    import threading

    subscribe(content="empty", timeout=60)
    subscribe(content="id-only", timeout=60)
    usual, over = receiver.answer, threading.Event()
    receiver.took.clear()

    def answer(handler: Any) -> None:
        if "empty" in handler.path:
            over.wait(300)
        usual(handler)

    receiver.answer = answer
    with transaction(practice.pk):
        from chartdesk.exchange.subscriptions.models import Subscriber

        Subscriber.objects.filter(content="empty").update(endpoint=receiver.url + "/empty")
    with Deliverer() as deliverer:
        try:
            for number in range(1, 6):
                _patients(api)
                deliverer.round()
                limit = time.monotonic() + 120
                while len(receiver.took) < number and time.monotonic() < limit:
                    time.sleep(0.02)
                    deliverer.round()
            assert receiver.numbers() == [[1], [2], [3], [4], [5]]
        finally:
            over.set()


def test_a_heartbeat_comes_after_a_silence(api, practice, receiver, subscribe):
    subscribe(heartbeat=60)
    assert _later(practice, seconds=50) == 0
    assert _later(practice, seconds=61) == 1
    assert receiver.kinds() == ["handshake", "heartbeat"]
    assert value(status(receiver.took[-1]), "events-since-subscription-start") == "0"
    _patients(api)
    assert _later(practice, seconds=100) == 1
    # The silence is counted from the last notification, of whatever kind.
    assert _later(practice, seconds=150) == 0
    assert _later(practice, seconds=161) == 1
    assert receiver.kinds()[1:] == ["heartbeat", "event-notification", "heartbeat"]


def test_it_ends_when_it_was_asked_to_end(api, practice, receiver, subscribe):
    end = clock.now() + timedelta(hours=1)
    id = subscribe(end=end.isoformat(timespec="seconds"))
    _patients(api)
    assert deliver_all(practice.pk) == 1
    _later(practice, hours=2)
    assert api.json("GET", f"Subscription/{id}")["status"] == "off"
    _patients(api)
    assert _later(practice, hours=2) == 0
    assert receiver.kinds() == ["handshake", "event-notification"]
    assert not Turn.objects.filter(practice=practice.pk, due__isnull=False).exists()


def test_a_program_turns_it_off_and_on(api, practice, receiver, subscribe):
    id = subscribe()
    shown = api.json("GET", f"Subscription/{id}")
    assert api.json("PUT", f"Subscription/{id}", {**shown, "status": "off"})["status"] == "off"
    _patients(api)
    assert deliver_all(practice.pk) == 0
    assert api.json("PUT", f"Subscription/{id}", {**shown, "status": "active"})["status"] == "requested"
    deliver_all(practice.pk)
    _patients(api)
    deliver_all(practice.pk)
    assert receiver.kinds() == ["handshake", "handshake", "event-notification"]
    # Nobody listened meanwhile, and numbers go on without a gap.
    assert receiver.numbers() == [[1]]


def test_a_manager_pauses_resumes_and_sends_again(api, practice, subject, receiver, subscribe):
    id = subscribe(count=1)
    commands.pause(subject, id)
    shown = api.json("GET", f"Subscription/{id}")
    assert (shown["status"], shown["error"]) == ("off", "Paused by the practice.")
    _patients(api, 2)
    assert deliver_all(practice.pk) == 0
    line = _line(subject)
    assert line.resumable and line.waiting == 2
    with pytest.raises(Conflict):
        commands.send_again(subject, id, 1)
    commands.resume(subject, id)
    deliver_all(practice.pk)
    assert receiver.numbers() == [[1], [2]]
    assert api.json("GET", f"Subscription/{id}")["status"] == "active"
    assert commands.send_again(subject, id, 2) == 1
    deliver_all(practice.pk)
    assert receiver.numbers() == [[1], [2], [2]]
    with pytest.raises(Invalid):
        commands.send_again(subject, id, 3)
    with pytest.raises(Conflict):
        commands.resume(subject, id)
    clerk = Subject(practice.pk, "user:1", "Pat", frozenset({Role.FRONT_DESK}))
    for act in (lambda: commands.pause(clerk, id), lambda: queries.lines(clerk)):
        with pytest.raises(Forbidden):
            act()


def test_a_result_that_comes_after_a_change_is_void(api, practice, subject, receiver, subscribe):
    """The endpoint was changed while a notification was on its way to the old one: the new one gets it."""
    from tests.unit.exchange.subscriptions.receiver import receiving

    id = subscribe()
    _patients(api)
    with receiving() as second:
        shown = api.json("GET", f"Subscription/{id}")
        shown["channel"]["endpoint"] = second.url
        plain = receiver.answer

        def answer(handler: Any) -> None:
            api.json("PUT", f"Subscription/{id}", shown)
            plain(handler)

        receiver.answer = answer
        deliver_all(practice.pk)
        assert second.kinds() == ["handshake", "event-notification"]
        assert second.numbers() == [[1]]


def test_old_events_are_dropped_and_numbers_go_on(api, practice, subject, receiver, subscribe):
    id = subscribe()
    _patients(api, 2)
    deliver_all(practice.pk)
    assert distribution.forget_old(clock.now() + timedelta(days=1)) >= 2
    with transaction(subject):
        assert not Event.objects.exists()
    _patients(api)
    deliver_all(practice.pk)
    assert receiver.numbers() == [[1, 2], [3]]
    assert _line(subject).first == 3
    assert value(status(api.json("GET", f"Subscription/{id}/$events")), "events-since-subscription-start") == "3"


def test_what_became_too_old_while_it_was_paused_is_passed_over(api, practice, subject, receiver, subscribe):
    id = subscribe()
    commands.pause(subject, id)
    _patients(api, 2)
    assert deliver_all(practice.pk) == 0
    distribution.forget_old(clock.now() + timedelta(days=1))
    commands.resume(subject, id)
    assert deliver_all(practice.pk) == 1
    assert _line(subject).waiting == 0
    _patients(api)
    assert deliver_all(practice.pk) == 1
    assert receiver.kinds() == ["handshake", "handshake", "event-notification"]
    assert receiver.numbers() == [[3]]


@pytest.mark.parametrize("state", ["error", "paused"])
def test_one_that_may_hear_nothing_any_more_gets_no_turn_again_and_again(
    api, practice, subject, receiver, subscribe, state
):
    from chartdesk.record.access import practices
    from chartdesk.record.access.models import ApiClient

    id = subscribe()
    if state == "paused":
        commands.pause(subject, id)
    else:
        receiver.behave = 500
        _patients(api)
        moment = clock.now()
        for _ in range(rules.ATTEMPTS):
            with clock.at(moment):
                deliver_all(practice.pk)
            moment += timedelta(seconds=601)
        assert _line(subject).status == "error"
    _patients(api)
    practices.withdraw_client(subject, ApiClient.objects.get(practice=practice.pk).client_id)
    assert deliver_all(practice.pk) == 0
    assert not Turn.objects.filter(practice=practice.pk, due__isnull=False).exists()


def test_the_worker_hears_of_changes_at_once(api, practice, receiver, subscribe, monkeypatch):
    """Its loop is woken by the write itself: the next look at the clock would be an hour away."""
    import threading

    from chartdesk.app import worker as program

    subscribe()
    monkeypatch.setattr(program, "OUTBOX_PAUSE", 3600.0)
    worker = program.Worker()
    loop = threading.Thread(target=worker._guard, args=(worker._subscriptions,))
    loop.start()
    try:
        limit = time.monotonic() + 60
        for number in range(1, 6):
            _patients(api)
            while len(receiver.numbers()) < number and time.monotonic() < limit:
                time.sleep(0.005)
        assert receiver.numbers() == [[1], [2], [3], [4], [5]]
    finally:
        worker.stop()
        _patients(api)  # one more, to wake it
        loop.join(timeout=60)
        assert not loop.is_alive()

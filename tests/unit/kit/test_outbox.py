"""The outbox: delivered once, in order, after the commit."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from chartdesk.kit import outbox
from chartdesk.kit.models import OutboxDelivery, OutboxEvent, WorkItem
from chartdesk.kit.outbox import Event
from chartdesk.kit.transactions import transaction


def _emit(subject, kind, stream, number):
    with transaction(subject):
        outbox.emit(subject, kind, stream, {"number": number}, actor="system:test")


def test_delivers_in_order_per_stream(subject):
    seen = []
    outbox.subscribe("ThingHappened", "recorder", lambda event: seen.append((event.stream, event.payload["number"])))
    for number in range(3):
        _emit(subject, "ThingHappened", "a", number)
        _emit(subject, "ThingHappened", "b", number)
    assert outbox.deliver_all(subject.practice) == 6
    assert [n for s, n in seen if s == "a"] == [0, 1, 2]
    assert [n for s, n in seen if s == "b"] == [0, 1, 2]


def test_an_event_rolled_back_never_happened(subject):
    with pytest.raises(RuntimeError), transaction(subject):
        outbox.emit(subject, "ThingHappened", "a", {}, actor="system:test")
        raise RuntimeError("no")
    assert not OutboxEvent.objects.filter(practice=subject.practice).exists()


def test_a_failing_delivery_holds_its_stream_and_no_other(subject):
    seen = []

    def handle(event: Event) -> None:
        if event.payload["number"] == 1:
            raise ValueError("a broken handler")
        seen.append((event.stream, event.payload["number"]))

    outbox.subscribe("FragileThing", "fragile", handle)
    for stream, number in (("a", 1), ("a", 2), ("b", 3)):
        _emit(subject, "FragileThing", stream, number)
    outbox.deliver_all(subject.practice)
    assert seen == [("b", 3)]
    waiting = OutboxDelivery.objects.filter(practice=subject.practice, state="waiting").order_by("pk")
    assert [(d.attempts, d.error) for d in waiting] == [(1, "ValueError"), (0, "")]


def test_a_handler_that_writes_and_fails_writes_nothing(subject):
    def handle(event: Event) -> None:
        with transaction(event.practice):
            WorkItem.objects.create(
                practice=event.practice, kind="k", key="1", role="r", title="t", raised=event.happened
            )
        raise ValueError("after the write")

    outbox.subscribe("WritingThing", "writer", handle)
    _emit(subject, "WritingThing", "a", 1)
    outbox.deliver_all(subject.practice)
    with transaction(subject):
        assert not WorkItem.objects.exists()


def test_several_are_taken_together_each_of_another_stream(subject):
    rounds = []

    def several(events: list[Event]) -> None:
        rounds.append([one.stream for one in events])

    for kind in ("PairOne", "PairTwo"):
        outbox.subscribe(kind, "pairs", lambda event: rounds.append([event.stream]), several=several)
    for stream, kind in (("a", "PairOne"), ("a", "PairTwo"), ("b", "PairTwo"), ("c", "PairOne")):
        _emit(subject, kind, stream, 0)
    assert outbox.deliver_all(subject.practice) == 4
    assert rounds == [["a", "b", "c"], ["a"]]


def test_one_that_fails_among_several_is_set_back_alone(subject):
    """The others are delivered, in halves; it waits with the usual pause, and its stream behind it."""
    done, sizes = [], []

    def one(event: Event) -> None:
        if event.payload["number"] == 13:
            raise ValueError("a broken event")
        raised(event)

    def several(events: list[Event]) -> None:
        sizes.append(len(events))
        for event in events:
            one(event)

    def raised(event: Event) -> None:
        with transaction(event.practice):
            WorkItem.objects.create(
                practice=event.practice, kind="k", key=event.stream, role="r", title="t", raised=event.happened
            )
        done.append(event.payload["number"])

    outbox.subscribe("OneOfMany", "many", one, several=several)
    for number in range(20):
        _emit(subject, "OneOfMany", f"s{number}", number)
    _emit(subject, "OneOfMany", "s13", 99)
    assert outbox.deliver_all(subject.practice) == 20
    waiting = OutboxDelivery.objects.filter(practice=subject.practice, state="waiting").order_by("pk")
    assert [(d.stream, d.attempts, d.error) for d in waiting] == [("s13", 1, "ValueError"), ("s13", 0, "")]
    assert waiting[0].due > waiting[1].due
    with transaction(subject):  # what was written for each of the others is there once
        assert sorted(WorkItem.objects.values_list("key", flat=True)) == sorted(f"s{n}" for n in range(20) if n != 13)
    assert sizes[0] == 20 and max(sizes[1:]) == 10
    assert not OutboxDelivery.objects.filter(practice=subject.practice, state="done", attempts__gt=0).exists()


def test_one_that_failed_before_is_tried_alone(subject):
    sizes = []
    outbox.subscribe(
        "TriedAlone", "alone", lambda event: sizes.append(1), several=lambda events: sizes.append(len(events))
    )
    for number in range(3):
        _emit(subject, "TriedAlone", f"s{number}", number)
    OutboxDelivery.objects.filter(practice=subject.practice, stream="s0").update(attempts=1)
    assert outbox.deliver_all(subject.practice) == 3
    assert sizes == [1, 2]


def test_two_workers_never_turn_a_stream_around(subject):
    """What one has taken and not finished, the other leaves, and all that waits behind it."""
    seen, inside, release = [], threading.Event(), threading.Event()

    def several(events: list[Event]) -> None:
        inside.set()
        assert release.wait(60)
        seen.extend((one.stream, one.payload["number"]) for one in events)

    outbox.subscribe(
        "Shared", "shared", lambda event: seen.append((event.stream, event.payload["number"])), several=several
    )
    for stream, number in (("a", 1), ("b", 1), ("a", 2), ("b", 2)):
        _emit(subject, "Shared", stream, number)
    first = threading.Thread(target=_in_a_thread, args=(subject.practice,))
    first.start()
    assert inside.wait(60)
    assert outbox.deliver(subject.practice) == 0
    release.set()
    first.join()
    outbox.deliver_all(subject.practice)
    assert [n for s, n in seen if s == "a"] == [1, 2] and [n for s, n in seen if s == "b"] == [1, 2]


def _in_a_thread(practice: int) -> None:
    try:
        outbox.deliver(practice)
    finally:
        connection.close()

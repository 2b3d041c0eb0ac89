"""The outbox: delivered once, in order, after the commit."""

from __future__ import annotations

import pytest

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

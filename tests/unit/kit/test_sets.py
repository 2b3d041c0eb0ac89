"""Several of a kind at once: events, work items and notices by one statement say what one by one would."""

from __future__ import annotations

from decimal import Decimal

from chartdesk.kit import outbox, worklist
from chartdesk.kit.models import WorkItem
from chartdesk.kit.transactions import advisory_locks, transaction


def test_events_are_delivered_in_order_per_stream_and_once_to_each_subscriber(subject):
    seen = []
    for name in ("one", "other"):
        outbox.subscribe(
            "ManyHappened", name, lambda event, name=name: seen.append((name, event.stream, event.payload["n"]))
        )
    with transaction(subject):
        outbox.emit_many(subject, "ManyHappened", [("a", {"n": 1}), ("b", {"n": 2}), ("a", {"n": 3})], actor="test")
        outbox.emit_many(subject, "ManyHappened", [], actor="test")
    assert outbox.deliver_all(subject.practice) == 6
    for name in ("one", "other"):
        assert [(s, n) for who, s, n in seen if who == name] == [("a", 1), ("b", 2), ("a", 3)]


def test_items_are_raised_once_and_then_updated(subject):
    def task(key, title, **more):
        return worklist.Task(kind="many", key=key, role="biller", title=title, link=("claim", key), **more)

    worklist.raise_items(subject, [task("1", "One"), task("2", "Two", amount=Decimal("12.50")), task("1", "One again")])
    worklist.raise_items(subject, [task("2", "Two again")])
    worklist.raise_items(subject, [])
    with transaction(subject):
        rows = WorkItem.objects.filter(practice=subject.practice, kind="many").order_by("key")
        assert [(row.key, row.title, row.amount, row.link_id) for row in rows] == [
            ("1", "One again", None, "1"), ("2", "Two again", None, "2"),
        ]  # fmt: skip
        assert worklist.close_items(subject, "many", ["1"], by="test") == 1
    worklist.raise_items(subject, [task("1", "Anew")])
    with transaction(subject):
        assert WorkItem.objects.filter(practice=subject.practice, kind="many", key="1").count() == 2


def test_locks_taken_together_are_those_taken_alone(subject):
    from django.db import connection

    held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
    with transaction(subject), connection.cursor() as cursor:
        advisory_locks("things", subject.practice, of=[3, 1, 2, 3])
        cursor.execute(held)
        assert cursor.fetchone()[0] == 3

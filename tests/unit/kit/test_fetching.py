"""Rows by prepared statements are the objects that Django's own queries give."""

from __future__ import annotations

from decimal import Decimal

from chartdesk.kit import fetching, worklist
from chartdesk.kit.models import WorkItem
from chartdesk.kit.transactions import before_commit, joined, once, remembered, transaction


def test_the_same_objects_as_a_query_of_django_s(subject):
    with transaction(subject):
        for number in range(5):
            task = worklist.Task("kind", str(number), "biller", f"Title {number}", amount=Decimal("12.50"))
            worklist.raise_item(subject, task)
        plain = list(WorkItem.objects.filter(practice=subject.practice, key__in=["1", "3"]).order_by("-id"))
        found = fetching.fetch(
            WorkItem, "practice = %s AND key = ANY(%s::text[]) ORDER BY id DESC", [subject.practice, ["1", "3"]]
        )
        assert [one.__dict__ | {"_state": None} for one in found] == [one.__dict__ | {"_state": None} for one in plain]
        found[0].title = "Changed"
        found[0].save(update_fields=["title"])
        assert WorkItem.objects.get(pk=found[0].pk).title == "Changed"
        assert fetching.first(WorkItem, "practice = %s AND key = %s", [subject.practice, "none"]) is None


def test_what_ends_a_transaction_runs_once_and_inside_it(subject):
    told: list[str] = []

    class Closing:
        def __call__(self) -> None:
            told.append("closed" if remembered("inside") else "outside")

    with transaction(subject):
        once("inside", lambda: True)
        made = before_commit("key", Closing)
        with joined(subject):
            assert before_commit("key", Closing) is made
        assert told == []
    assert told == ["closed"]


def test_a_rolled_back_savepoint_forgets_what_was_read(subject):
    with transaction(subject):
        once("read", lambda: 1)
        try:
            with transaction(subject):
                raise LookupError
        except LookupError:
            pass
        assert once("read", lambda: 2) == 2

"""What a transaction remembers is its own: gone when it ends, and not another thread's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

from chartdesk.kit.transactions import once, remembered, transaction
from chartdesk.record.access import Subject


def test_a_transaction_asks_once_and_forgets_at_its_end(subject: Subject) -> None:
    answers = iter(range(10))
    with transaction(subject):
        assert [once("one", lambda: next(answers)) for _ in range(3)] == [0, 0, 0]
        assert remembered("one") == 0
        within = copy_context()
    assert remembered("one") is None
    assert within.run(remembered, "one") is None
    with transaction(subject):
        assert once("one", lambda: next(answers)) == 1


def test_another_thread_has_another_connection_and_asks_itself(subject: Subject) -> None:
    with transaction(subject), ThreadPoolExecutor(1) as pool:
        once("one", lambda: "here")
        there = copy_context()
        assert pool.submit(there.run, once, "one", lambda: "there").result() == "there"
        assert remembered("one") == "here"

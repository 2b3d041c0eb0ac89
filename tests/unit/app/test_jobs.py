"""Jobs that run by the calendar."""

from __future__ import annotations

from typing import Any

import pytest


def test_a_fault_in_one_practice_does_not_keep_the_others_waiting(practice: Any) -> None:
    from chartdesk.app import jobs
    from chartdesk.record.access import people

    later = people.open_practice(f"later-{practice.pk}", "Later")
    done: list[int] = []

    def do(number: int) -> None:
        if number == practice.pk:
            raise RuntimeError("here")
        done.append(number)

    with pytest.raises(RuntimeError, match="here"):
        jobs._in_each(do)
    assert later.pk in done


def test_the_jobs_go_on_when_the_database_has_come_back(database: str, monkeypatch: Any) -> None:
    """Their connections are cut, as by a server that was killed: another set takes over."""
    import threading
    import time

    import psycopg

    from chartdesk.app import worker

    monkeypatch.setattr(worker, "FAILURE_PAUSE", 0.1)
    running = worker.Worker()
    thread = threading.Thread(target=running._guard, args=(running._jobs,))
    thread.start()

    def listeners() -> set[int]:
        with psycopg.connect(database) as connection:
            text = "SELECT pid FROM pg_stat_activity WHERE query LIKE 'LISTEN%%' AND datname = current_database()"
            rows = connection.execute(text).fetchall()
            return {number for (number,) in rows}

    def wait_for_others(than: set[int]) -> set[int]:
        until = time.monotonic() + 120
        while not (found := listeners() - than):
            assert time.monotonic() < until, "nobody listens for jobs"
            time.sleep(0.05)
        return found

    try:
        first = wait_for_others(set())
        with psycopg.connect(database) as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s::int[]) AS pid", [list(first)])
        wait_for_others(first)
    finally:
        running.stop()
        thread.join(120)
    assert not thread.is_alive()

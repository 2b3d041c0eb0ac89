"""The processes that take in the parts of an import at the same time.

Each has a pipe of its own to the process that reads the files. When that one is killed its end of the pipe
closes, and they end after the part they have in hand.
"""

from __future__ import annotations

import multiprocessing
import sys
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from django.db import connections

from chartdesk.kit.errors import Unavailable
from chartdesk.record.access.subject import Subject
from chartdesk.record.bulk import intake
from chartdesk.record.bulk.intake import Task
from chartdesk.record.bulk.member import work
from chartdesk.record.bulk.runs import Tally
from chartdesk.standards import fhir

Told = Callable[[Task, Tally], None]
#: Parts that a process has before it, so that it need not wait for the next.
_AHEAD = 2


def alone(subject: Subject, tasks: Iterator[Task], told: Told) -> None:
    """Take the parts in this process."""
    for task in tasks:
        told(task, intake.take(subject, task))


class Crew:
    """``count`` processes; ``prepare`` makes each a Chartdesk process. Use it as a context manager."""

    def __init__(self, subject: Subject, count: int, prepare: Callable[[], None]) -> None:
        self._members: dict[Connection, BaseProcess] = {}
        # A fork has everything loaded already; a process with threads must not be forked.
        forks = threading.active_count() == 1 and sys.platform == "linux"
        context: Any = multiprocessing.get_context("fork" if forks else "spawn")
        if forks:
            connections.close_all()
            fhir.validate(fhir.decode(b'{"resourceType":"Patient"}'))
        for _ in range(count):
            here, there = context.Pipe()
            foreign = [*self._members, here] if forks else []
            process = context.Process(target=work, args=(there, subject, prepare, foreign), daemon=True)
            process.start()
            there.close()
            self._members[here] = process

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *about: object) -> None:
        for pipe in self._members:
            pipe.close()
        for process in self._members.values():
            process.join()

    def run(self, tasks: Iterator[Task], told: Told) -> None:
        """Take all parts. Raises what a member raised; ``told`` hears of every part."""
        given: dict[Connection, list[Task]] = {pipe: [] for pipe in self._members}
        idle = list(given) * _AHEAD
        more = True
        while more or any(given.values()):
            while idle and more:
                task = next(tasks, None)
                if task is None:
                    more = False
                else:
                    pipe = idle.pop(0)
                    given[pipe].append(task)
                    _send(pipe, task)
            busy = [pipe for pipe, held in given.items() if held]
            # Without anybody to wait for, the wait would never end.
            for ready in wait(busy) if busy else ():
                assert isinstance(ready, Connection)
                told(given[ready].pop(0), _answer(ready))
                idle.append(ready)


def _send(pipe: Connection, task: Task) -> None:
    try:
        pipe.send(task)
    except (BrokenPipeError, ConnectionResetError) as fault:
        raise _ended() from fault


def _answer(pipe: Connection) -> Tally:
    try:
        found = pipe.recv()
    except (EOFError, ConnectionResetError) as fault:
        raise _ended() from fault
    if isinstance(found, Exception):
        raise found
    assert isinstance(found, Tally)
    return found


def _ended() -> Unavailable:
    return Unavailable(
        "A process of the import has ended by itself.",
        cure="Was there enough memory? Start the same import again: it goes on where it was.",
    )

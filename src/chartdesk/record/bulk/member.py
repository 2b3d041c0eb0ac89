"""One process of a crew. This module is loaded before Django is set up, so it imports nothing that has tables."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection

from chartdesk.kit.errors import ChartdeskError, Unavailable
from chartdesk.record.access.subject import Subject

# A part makes some hundred thousand objects, none of them in a circle: looking for circles is a fifth of the work.
_OBJECTS = 500_000


def work(pipe: Connection, subject: Subject, prepare: Callable[[], None], foreign: Iterable[Connection]) -> None:
    """What a member does until its pipe closes. ``foreign`` are ends of pipes that it was forked with."""
    for one in foreign:
        # The pipe of another closes only when nobody holds its end any more.
        one.close()
    # Ctrl-C is for the process that reads the files; it closes the pipes.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    prepare()
    from chartdesk.record.bulk import intake
    from chartdesk.record.bulk.runs import Tally

    gc.freeze()
    gc.set_threshold(_OBJECTS, 20, 100)
    while True:
        try:
            task = pipe.recv()
        except (EOFError, ConnectionResetError):
            return
        try:
            answer: Tally | Exception = intake.take(subject, task)
        except ChartdeskError as fault:
            answer = Unavailable(str(fault))
        except Exception as fault:
            # The message of a foreign error may quote a row.
            answer = Unavailable(f"{task.path}: {type(fault).__name__}.", cure="Start the same import again.")
        try:
            pipe.send(answer)
        except (BrokenPipeError, ConnectionResetError):
            return

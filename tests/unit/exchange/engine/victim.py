"""A program that stores, routes and delivers, and is killed after so many steps; started again and again.

    python -m tests.unit.exchange.engine.victim PRACTICE FOLDER KILLS

A step is a statement, or what lies before or after a commit. It is forked for each life, before it has a connection.
What was acknowledged is written into ``acknowledged``, what a partner took into ``delivered``.
"""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path
from typing import Any

from tests.unit.exchange.engine.conftest import Taker, adt

LOT, MESSAGES, PATIENTS = 6, 48, 5


def controls() -> list[tuple[str, str]]:
    """Control id and patient of every message, in the order they are sent."""
    return [(f"M{place:03}", f"{place * 3 % PATIENTS}^MRB") for place in range(MESSAGES)]


def lines(file: Path) -> list[str]:
    """What was written into a file; a last line that was cut off is none."""
    return file.read_text().split("\n")[:-1] if file.exists() else []


def note(file: Path, text: str) -> None:
    """Write lines as a program does that is killed after it."""
    number = os.open(file, os.O_APPEND | os.O_CREAT | os.O_WRONLY)
    os.write(number, text.encode())
    os.close(number)


class Steps:
    """Counts, and ends the process without a word when they are used up."""

    def __init__(self, left: int) -> None:
        self.left = left

    def step(self) -> None:
        self.left -= 1
        if self.left == 0:
            os._exit(9)

    def around(self, call: Any) -> Any:
        def counted(*given: Any, **named: Any) -> Any:
            self.step()
            found = call(*given, **named)
            self.step()
            return found

        return counted


class Partner:
    """Writes down what it takes; what comes twice it knows by the control id, as partners do."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def deliver(self, door: Any, content: Any) -> Any:
        from chartdesk.exchange.engine.transports import Response

        if content.control_id not in lines(self._file):
            note(self._file, f"{content.control_id}\n")
        return Response("taken")


def live(practice: int, folder: Path, steps: int) -> None:
    """One life: until everything is done, or the steps are used up."""
    from django.db import connection

    from chartdesk.exchange.engine import delivery, receivers, receiving, routing, transports
    from chartdesk.exchange.engine.models import Channel
    from chartdesk.kit import database
    from chartdesk.kit.transactions import transaction

    counter = Steps(steps)
    database.execute = counter.around(database.execute)
    connection.ensure_connection()
    connection.commit = counter.around(connection.commit)
    receivers.register(["ADT^*"], Taker().several)
    transports.register("mllp", Partner(folder / "delivered"))
    with transaction(practice):
        channel = Channel.objects.get(name="adt")
    known = set(lines(folder / "acknowledged"))
    waiting = [one for one in controls() if one[0] not in known]
    for at in range(0, len(waiting), LOT):
        lot = waiting[at : at + LOT]
        found = receiving.accept(channel, [adt(control, patient) for control, patient in lot], peer="test")
        assert all(b"MSA|AA" in one.answer for one in found)
        note(folder / "acknowledged", "".join(f"{control}\n" for control, _ in lot))
        routing.work(practice)
        delivery.deliver_all(practice)
    while routing.work(practice) or delivery.deliver_all(practice):
        pass


def main(practice: int, folder: Path, kills: int) -> int:
    """All lives, the last one to the end; how many were cut short is written into ``kills``."""
    import django

    django.setup()
    # What every life needs is loaded once, before the first.
    from chartdesk.exchange.engine import commands, delivery, receiving, routing  # noqa: F401
    from chartdesk.record import preparing, store  # noqa: F401
    from chartdesk.standards import fhir

    fhir.decode(b'{"resourceType": "Patient", "active": true, "name": [{"text": "warm"}]}')
    chance, killed = random.Random(5), 0
    for life in range(kills + 1):
        steps = chance.randrange(2, 90) if life < kills else 0
        child = os.fork()
        if child == 0:
            try:
                live(practice, folder, steps)
            except BaseException:
                import traceback

                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status not in (0, 9):
            return 1
        killed += status == 9
    (folder / "kills").write_text(str(killed))
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))

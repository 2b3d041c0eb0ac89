"""The process that the installations are forked from: it has loaded everything once, and opened no connection.

A line says which installation is wanted: the socket by which it is spoken to, its settings. The answer is its number.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import traceback
from typing import Any


def main() -> None:
    """Fork an installation for each line."""
    from chartdesk.app import wiring

    wiring.set_up()
    _load()
    # Whoever is killed is nobody's to wait for.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _live(asked)
        print(child, flush=True)


def _load() -> None:
    """Load what an installation needs."""
    import granian.server.embed
    from tests.journeys.three_modes import ehr_half, line, outcome, pms_half, side

    from chartdesk.app import server
    from chartdesk.exchange.transports import program
    from chartdesk.record.indexing import index
    from chartdesk.standards import fhir
    from chartdesk.standards.terminology import icd10

    assert all((granian.server.embed, ehr_half, line, outcome, pms_half, side, server, program))
    for type in ("Patient", "Encounter", "Appointment", "Coverage", "Condition", "Procedure", "DocumentReference"):
        fhir.validate(fhir.decode(b'{"resourceType":"%s"}' % type.encode()))
        index(0, fhir.decode(b'{"resourceType":"%s"}' % type.encode()))
    icd10.is_billable("I10")


def _live(asked: dict[str, Any]) -> None:
    """Be the installation."""
    from django.conf import settings
    from django.db import connections
    from tests.journeys.three_modes import side

    from chartdesk.app import database, wiring

    os.environ.update(asked["environment"])
    settings.DATABASES = database.databases()
    connections.settings = connections.configure_settings(settings.DATABASES)
    for one in connections.all(initialized_only=True):
        del connections[one.alias]
    wiring.connect()
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    # What a server says of itself is no answer of ours.
    os.dup2(2, 1)
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(asked["socket"])
        with line.makefile("r") as told, line.makefile("w") as answers:
            try:
                side.answer(told, answers)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(0)


if __name__ == "__main__":
    main()

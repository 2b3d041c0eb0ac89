"""``chartdesk interfaces``: the listeners of the practices' channels, and the engine's rounds."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
from typing import Any


def add(commands: Any) -> None:
    """Declare the command."""
    part = commands.add_parser("interfaces", help="the interface engine: listeners of all channels, routing, delivery")
    part.add_argument("--only", choices=("listen", "work"), help="a process for the listeners, another for the rest")
    part.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    from chartdesk.app import wiring
    from chartdesk.app.cli.opening import database

    os.environ.setdefault("CHARTDESK_DB_POOL", "20")
    with database():
        wiring.set_up()
        from chartdesk.app import database as places
        from chartdesk.exchange.transports.program import Interfaces

        program = Interfaces(places.dsn, listen=chosen.only != "work", rounds=chosen.only != "listen")
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: program.stop())
        # What is loaded stays, and a round of messages makes many objects that are soon gone.
        gc.freeze()
        gc.set_threshold(50_000, 20, 100)
        # Who listens changes threads some six times for an answer, and must not wait for routing each time.
        sys.setswitchinterval(0.0005)
        program.run()
    return 0

"""Commands that run the program: demo, serve, worker, sandbox, gateway, migrate."""

from __future__ import annotations

import argparse
import os
from typing import Any

from chartdesk.app import configuration


def add(commands: Any) -> None:
    """Declare the commands."""
    demo = commands.add_parser("demo", help="a demo practice, served with its worker and the sandbox payer")
    demo.add_argument("--reset", action="store_true", help="throw the demo's data away and load it anew")
    demo.add_argument("--load-only", action="store_true", help="load the data and stop")
    demo.set_defaults(run=_demo)
    serve = commands.add_parser("serve", help="the web server: pages, FHIR, live updates")
    serve.add_argument("--workers", type=int, default=1, metavar="N", help="server processes (default 1)")
    serve.set_defaults(run=_serve)
    worker = commands.add_parser("worker", help="the worker: outbox, mailboxes, jobs")
    worker.add_argument("--interfaces", action="store_true", help="run the interface engine in it as well")
    worker.set_defaults(run=_worker)
    commands.add_parser("migrate", help="bring the database to this version").set_defaults(run=_migrate)
    sandbox = commands.add_parser("sandbox", help="the sandbox payer and clearinghouse")
    sandbox.add_argument("--days-to-pay", type=int, default=0, metavar="N", help="days from claim to payment")
    sandbox.set_defaults(run=_sandbox)
    commands.add_parser("gateway", help="the sandbox card gateway").set_defaults(run=_gateway)


def _demo(chosen: argparse.Namespace) -> int:
    from chartdesk.app import supervisor

    return supervisor.demo(reset=chosen.reset, load_only=chosen.load_only)


def _serve(chosen: argparse.Namespace) -> int:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from chartdesk.app.cli.opening import database
    from chartdesk.app.static_files import collect

    with database():
        collect()
        Granian(
            "chartdesk.app.server:application",
            address=configuration.value("HOST"),
            port=configuration.number("PORT"),
            interface=Interfaces.ASGI,
            workers=chosen.workers,
            log_access=False,
            log_level=LogLevels.warning,
            websockets=False,
            workers_kill_timeout=5,
        ).serve()
    return 0


def _worker(chosen: argparse.Namespace) -> int:
    from chartdesk.app import wiring
    from chartdesk.app.cli.opening import database

    os.environ.setdefault("CHARTDESK_DB_POOL", "24" if chosen.interfaces else "6")
    with database():
        wiring.set_up()
        from chartdesk.app.worker import Worker

        Worker(interfaces=chosen.interfaces).run()
    return 0


def _migrate(chosen: argparse.Namespace) -> int:
    from chartdesk.app.cli.opening import program

    with program():
        from chartdesk.app import schema

        fenced = schema.migrate(verbosity=1)
    print(f"The database is at version {_version()}; {len(fenced)} tables are fenced by practice.")
    return 0


def _version() -> str:
    from chartdesk import __version__

    return __version__


def _sandbox(chosen: argparse.Namespace) -> int:
    from chartdesk.exchange.sandbox.command_line import main

    folder = configuration.clearinghouse_folder()
    port = str(configuration.sandbox_port())
    return main(["serve", "--port", port, "--folder", str(folder), "--days-to-pay", str(chosen.days_to_pay)])


def _gateway(chosen: argparse.Namespace) -> int:
    from chartdesk.exchange.card_sandbox.command_line import main

    return main(
        [
            *("--port", str(configuration.gateway_port()), "--folder", str(configuration.home() / "gateway")),
            *("--key", configuration.value("CHARTDESK_CARDS_KEY")),
            *("--secret", configuration.value("CHARTDESK_CARDS_SECRET")),
            *("--events-to", f"{configuration.public_url()}/cards/events"),
        ]
    )

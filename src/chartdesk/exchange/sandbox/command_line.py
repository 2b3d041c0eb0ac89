"""The sandbox from the command line: serve, or run one cycle."""

from __future__ import annotations

import argparse
import signal
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from chartdesk.exchange.sandbox.program import Sandbox
from chartdesk.exchange.sandbox.server import SandboxServer


def _days(text: str) -> int | None:
    if text == "usual":
        return None
    if not text.isdigit():
        raise argparse.ArgumentTypeError("a number of days, or: usual")
    return int(text)


def _moment(text: str) -> datetime:
    try:
        when = datetime.fromisoformat(text)
    except ValueError as fault:
        raise argparse.ArgumentTypeError("a time such as 2026-03-02T18:00:00+00:00") from fault
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sandbox", description="A clearinghouse and six payers to test against.")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="answer eligibility over HTTP and watch the folders")
    serve.add_argument("--port", type=int, default=8100)
    serve.add_argument("--every", type=float, default=2.0, help="seconds between two cycles")
    once = commands.add_parser("run-once", help="run one cycle as of a time, and end")
    once.add_argument("--as-of", type=_moment, required=True, help="an ISO time; UTC where it names no zone")
    for command in (serve, once):
        command.add_argument("--folder", type=Path, required=True, help="where the mailboxes are")
        command.add_argument("--days-to-pay", type=_days, default=0, help="days to the 835, or: usual")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line, or ``arguments``; 0 on success."""
    wanted = _arguments().parse_args(arguments)
    sandbox = Sandbox(wanted.folder, wanted.days_to_pay)
    try:
        if wanted.command == "run-once":
            done = sandbox.cycle(wanted.as_of)
            print(f"files {done.files}, payments {done.payments}, delivered {done.delivered}")
            return 0
        server = SandboxServer(sandbox, wanted.port, wanted.every)
        for stop in (signal.SIGINT, signal.SIGTERM):
            signal.signal(stop, lambda *_: threading.Thread(target=server.shutdown).start())
        print(
            f"sandbox payer on http://127.0.0.1:{server.server_address[1]}, folder {wanted.folder}",
            flush=True,
        )
        server.run()
        return 0
    finally:
        sandbox.close()

"""The gateway from the command line."""

from __future__ import annotations

import argparse
import signal
import threading
from collections.abc import Sequence
from pathlib import Path

from chartdesk.exchange.card_sandbox.gateway import Gateway
from chartdesk.exchange.card_sandbox.server import GatewayServer


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gateway", description="A card payment gateway to test against.")
    parser.add_argument("--folder", type=Path, required=True, help="where it remembers")
    parser.add_argument("--port", type=int, default=8102)
    parser.add_argument("--key", default="sandbox", help="what callers must show")
    parser.add_argument("--secret", default="sandbox", help="what events are signed with")
    parser.add_argument("--events-to", default="", help="address that events are sent to")
    parser.add_argument("--hang", type=float, default=30.0, help="seconds that a late answer is late")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGINT or SIGTERM."""
    wanted = _arguments().parse_args(arguments)
    gateway = Gateway(wanted.folder, wanted.secret, wanted.events_to)
    server = GatewayServer(gateway, wanted.port, wanted.key, hang=wanted.hang)
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, lambda *_: threading.Thread(target=server.shutdown).start())
    print(f"card gateway on http://127.0.0.1:{server.server_address[1]}", flush=True)
    try:
        server.run()
    finally:
        gateway.close()
    return 0

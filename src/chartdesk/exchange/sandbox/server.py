"""The sandbox over HTTP, on this machine only: eligibility in real time, health, and control for tests.

POST /eligibility   a 270 (application/edi-x12); answers a 271, or a TA1 or 999
POST /reviews       a 278 (application/edi-x12); answers a 278, or a TA1 or 999; up and down like eligibility
GET  /health        {"status": "up"}
POST /control       JSON; changes behavior, see docs/sandbox-payer.md
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import msgspec

from chartdesk.exchange.sandbox.program import Sandbox

LOG = logging.getLogger(__name__)
LARGEST_BODY = 1_000_000
X12 = "application/edi-x12"


class Behavior(msgspec.Struct, forbid_unknown_fields=True):
    """What ``/control`` may set. ``eligibility`` is up, down (503) or garbage (an answer that is not X12)."""

    eligibility: str = "up"
    timeout_seconds: float = 0

    def __post_init__(self) -> None:
        if self.eligibility not in ("up", "down", "garbage"):
            raise ValueError("eligibility is up, down or garbage")


_BEHAVIOR, _CONTROL = msgspec.json.Decoder(Behavior), msgspec.json.Decoder(dict[str, Any])


class SandboxServer(ThreadingHTTPServer):
    """The HTTP server and the clock that runs a cycle every ``every`` seconds."""

    daemon_threads = True

    def __init__(self, sandbox: Sandbox, port: int, every: float = 2.0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.sandbox, self.every = sandbox, every
        self.behavior = Behavior()
        self._ending = threading.Event()
        self._clock = threading.Thread(target=self._tick, name="sandbox-cycle", daemon=True)

    def run(self) -> None:
        """Serve until ``shutdown`` is called from another thread."""
        self._clock.start()
        try:
            self.serve_forever(poll_interval=0.2)
        finally:
            self._ending.set()
            self._clock.join(timeout=30)
            self.server_close()

    def _tick(self) -> None:
        while not self._ending.wait(self.every):
            try:
                self.sandbox.cycle(datetime.now(UTC))
            except Exception:  # the clock goes on; the next cycle takes up what this one left
                LOG.exception("a cycle failed")

    def control(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """Apply a control request. Raises msgspec.ValidationError for an unknown key or value."""
        orders = {key: wanted.pop(key) for key in ("pay", "cycle", "reset") if key in wanted}
        kept = {} if orders.get("reset") else msgspec.to_builtins(self.behavior)
        self.behavior = _BEHAVIOR.decode(msgspec.json.encode(kept | wanted))
        answer: dict[str, Any] = {"behavior": msgspec.to_builtins(self.behavior)}
        if orders.get("pay") or orders.get("cycle"):
            done = self.sandbox.cycle(datetime.now(UTC), pay_everything=bool(orders.get("pay")))
            answer["cycle"] = msgspec.to_builtins(done)
        return answer

    def pause(self, seconds: float) -> bool:
        """Wait; False where the server ended meanwhile."""
        return not self._ending.wait(seconds)


class _Handler(BaseHTTPRequestHandler):
    """One request. Bodies are never logged: they hold member ids."""

    server: SandboxServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/health":
            self._json(200, {"status": "up"})
        else:
            self._json(404, {"error": "There is /health, /eligibility, /reviews and /control."})

    def do_POST(self) -> None:
        body = self._body()
        if body is None:
            return
        if self.path == "/eligibility":
            self._question(body, self.server.sandbox.answer_eligibility)
        elif self.path == "/reviews":
            self._question(body, self.server.sandbox.answer_review)
        elif self.path == "/control":
            self._control(body)
        else:
            self._json(404, {"error": "There is /health, /eligibility, /reviews and /control."})

    def _body(self) -> bytes | None:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > LARGEST_BODY:
            self.close_connection = True
            self._json(413 if length.isdigit() else 411, {"error": "Send a Content-Length of at most 1 MB."})
            return None
        return self.rfile.read(int(length))

    def _question(self, body: bytes, answer: Callable[[bytes, datetime], bytes]) -> None:
        now = self.server.behavior
        alive = self.server.pause(max(now.timeout_seconds, self.server.sandbox.delay_seconds(body)))
        if now.eligibility == "down" or not alive:
            self._json(503, {"error": "The service is down."})
        elif now.eligibility == "garbage":
            self._send(200, "text/html", b"<html><body>Maintenance</body></html>")
        else:
            self._send(200, X12, answer(body, datetime.now(UTC)))

    def _control(self, body: bytes) -> None:
        try:
            answer = self.server.control(_CONTROL.decode(body or b"{}"))
        except (ValueError, msgspec.MsgspecError) as fault:
            self._json(400, {"error": str(fault)})
            return
        self._json(200, answer)

    def _json(self, status: int, value: object) -> None:
        self._send(status, "application/json", json.dumps(value).encode())

    def _send(self, status: int, kind: str, content: bytes) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the caller gave up waiting, which is what the slow cases are for

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the console belongs to whoever started the program."""

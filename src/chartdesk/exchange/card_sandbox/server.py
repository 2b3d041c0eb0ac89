"""The gateway over HTTP, on this machine only.

POST   /v1/sessions                 a page to type a card on; GET /v1/sessions/<id> says which card it became
POST   /v1/charges, /v1/refunds     with the header Idempotency-Key; GET …?idempotency_key= finds one again
DELETE /v1/cards/<token>            forget a card
GET    /pay/<id>                    the page itself
GET    /health                      {"status": "up"}
"""

from __future__ import annotations

import hmac
import json
import logging
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from chartdesk.exchange.card_sandbox.gateway import Answer, Gateway, Refused
from chartdesk.exchange.card_sandbox.page import page

LOG = logging.getLogger(__name__)
LARGEST_BODY = 100_000


class GatewayServer(ThreadingHTTPServer):
    """The HTTP server, and the thread that delivers events every ``every`` seconds.

    ``hang`` is how many seconds an answer is late where a card summons that.
    """

    daemon_threads = True

    def __init__(self, gateway: Gateway, port: int, key: str, *, hang: float = 30.0, every: float = 0.5) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.gateway, self.key, self.hang, self.every = gateway, key, hang, every
        self.ending = threading.Event()
        self._clock = threading.Thread(target=self._tick, name="gateway-events", daemon=True)

    def run(self) -> None:
        """Serve until ``shutdown`` is called from another thread."""
        self._clock.start()
        try:
            self.serve_forever(poll_interval=0.1)
        finally:
            self.ending.set()
            self._clock.join(timeout=10)
            self.server_close()

    def _tick(self) -> None:
        while not self.ending.wait(self.every):
            try:
                self.gateway.deliver()
            except Exception:  # the next round takes up what this one left
                LOG.exception("events could not be delivered")


class _Handler(BaseHTTPRequestHandler):
    """One request. Bodies are never logged: they hold cards."""

    server: GatewayServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        place = parts.path.strip("/").split("/")
        if place == ["health"]:
            self._json(200, {"status": "up"})
        elif place[0] == "pay" and len(place) == 2:
            self._guarded(lambda: self._page(place[1]))
        elif place[:2] == ["v1", "sessions"] and len(place) == 3:
            self._guarded(lambda: self._json(200, self.server.gateway.session(place[2])), secret=True)
        elif place in (["v1", "charges"], ["v1", "refunds"]):
            key = parse_qs(parts.query).get("idempotency_key", [""])[0]
            found = self.server.gateway.by_key
            self._guarded(lambda: self._json(200, found(place[1].removesuffix("s"), key)), secret=True)
        else:
            self._json(404, {"error": {"code": "not_found", "message": "there is nothing here"}})

    def do_POST(self) -> None:
        body = self._body()
        if body is None:
            return
        gateway, place = self.server.gateway, self.path.strip("/").split("/")
        key = self.headers.get("Idempotency-Key", "")
        if place == ["v1", "sessions"]:
            self._guarded(lambda: self._json(201, gateway.open_session(_json(body), self._base())), secret=True)
        elif place == ["v1", "charges"]:
            self._guarded(lambda: self._answer(gateway.charge(key, _json(body))), secret=True)
        elif place == ["v1", "refunds"]:
            self._guarded(lambda: self._answer(gateway.refund(key, _json(body))), secret=True)
        elif place[0] == "pay" and len(place) == 2:
            self._guarded(lambda: self._typed(place[1], body))
        else:
            self._json(404, {"error": {"code": "not_found", "message": "there is nothing here"}})

    def do_DELETE(self) -> None:
        place = self.path.strip("/").split("/")
        if place[:2] == ["v1", "cards"] and len(place) == 3:
            self._guarded(lambda: self._json(200, self.server.gateway.remove(place[2])), secret=True)
        else:
            self._json(404, {"error": {"code": "not_found", "message": "there is nothing here"}})

    def _guarded(self, do: Any, *, secret: bool = False) -> None:
        given = self.headers.get("Authorization", "")
        if secret and not hmac.compare_digest(given.encode(), f"Bearer {self.server.key}".encode()):
            self._json(401, {"error": {"code": "unauthorized", "message": "the key is wrong"}})
            return
        try:
            do()
        except Refused as fault:
            self._json(fault.status, {"error": {"code": fault.code, "message": str(fault)}})

    def _body(self) -> bytes | None:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > LARGEST_BODY:
            self.close_connection = True
            self._json(413 if length.isdigit() else 411, {"error": {"code": "size", "message": "send a body"}})
            return None
        return self.rfile.read(int(length))

    def _answer(self, answer: Answer) -> None:
        """Answer as the card's fate has it."""
        if answer.fate in ("late", "dropped"):
            if answer.fate == "late":
                self.server.ending.wait(self.server.hang)
            if answer.fate == "dropped" or not answer.body:
                self.close_connection = True
                return
        if answer.fate == "error":
            self._json(500, {"error": {"code": "internal", "message": "something broke"}})
            return
        self._json(200, answer.body)

    def _page(self, number: str, fault: str = "", status: int = 200) -> None:
        self._send(status, "text/html; charset=utf-8", page(self.server.gateway.session(number), fault))

    def _typed(self, number: str, body: bytes) -> None:
        fields = {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
        try:
            target = self.server.gateway.typed(number, fields)
        except ValueError as fault:
            self._page(number, str(fault), 422)
            return
        joined = "&" if "?" in target else "?"
        self._send(303, "text/plain", b"", {"Location": f"{target}{joined}{urlencode({'session': number})}"})

    def _base(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def _json(self, status: int, value: object) -> None:
        self._send(status, "application/json", json.dumps(value).encode())

    def _send(self, status: int, kind: str, content: bytes, headers: dict[str, str] | None = None) -> None:
        try:
            self.send_response(status)
            for name, text in {"Content-Type": kind, "Cache-Control": "no-store", **(headers or {})}.items():
                self.send_header(name, text)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the caller gave up waiting, which is what the late cases are for

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the console belongs to whoever started the program."""


def _json(body: bytes) -> dict[str, Any]:
    try:
        read = json.loads(body or b"{}")
    except ValueError:
        read = None
    if not isinstance(read, dict):
        raise Refused(400, "invalid", "the body must be a JSON object")
    return read

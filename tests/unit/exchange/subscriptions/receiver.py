"""A program that receives notifications: a real HTTP server that can be told to fail, hang, die and come back."""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.ports import free_port


class Receiver:
    """Keeps what it took. ``behave`` is a status to answer with, ``hang``, ``drip`` or ``break``."""

    def __init__(self) -> None:
        self.took: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.asked = 0
        self.behave: int | str = 200
        self.more: dict[str, str] = {}
        self.port = free_port()
        self._server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def start(self) -> None:
        """Listen, on the same port each time."""
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                receiver.answer(self)

            def log_message(self, *_: Any) -> None:
                return

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            allow_reuse_address = True
            request_queue_size = 128

            def handle_error(self, *_: Any) -> None:
                """A client that was killed hangs up; that is the point of some tests."""

        self._server = Server(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def secure(self, context: ssl.SSLContext) -> None:
        """Speak TLS from now on."""
        assert self._server is not None
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    def stop(self) -> None:
        """Die: the port is closed."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked += 1
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        if self.behave == "break":
            handler.connection.close()
            return
        if self.behave == "hang":
            handler.connection.recv(1)  # until the other side has gone
            return
        if self.behave == "drip":
            for letter in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 1000:
                handler.wfile.write(bytes([letter]))
                handler.wfile.flush()
                time.sleep(0.2)
            return
        assert isinstance(self.behave, int)
        if self.behave == 200:
            self.took.append(json.loads(body))
            self.headers.append(dict(handler.headers))
        handler.send_response(self.behave)
        for name, value in self.more.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    def kinds(self) -> list[str]:
        """The kind of every notification taken, in order."""
        return [value(status(one), "type") for one in self.took]

    def numbers(self) -> list[list[int]]:
        """The event numbers of every notification with events, in order."""
        found = [events(one) for one in self.took]
        return [[int(event["event-number"]) for event in some] for some in found if some]


def status(bundle: dict[str, Any]) -> dict[str, Any]:
    """The first entry of a notification."""
    resource: dict[str, Any] = bundle["entry"][0]["resource"]
    assert bundle["type"] == "history" and resource["resourceType"] == "Parameters"
    return resource


def value(parameters: dict[str, Any], name: str) -> Any:
    """The value of the parameter ``name``; None without it."""
    for one in parameters["parameter"]:
        if one["name"] == name:
            return next(held for key, held in one.items() if key.startswith("value"))
    return None


def events(bundle: dict[str, Any]) -> list[dict[str, Any]]:
    """The events of a notification: name of the part → its value."""
    return [
        {part["name"]: next(held for key, held in part.items() if key.startswith("value")) for part in one["part"]}
        for one in status(bundle)["parameter"]
        if one["name"] == "notification-event"
    ]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver that listens inside the block."""
    receiver = Receiver()
    receiver.start()
    try:
        yield receiver
    finally:
        receiver.stop()

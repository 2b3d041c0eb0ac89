"""A line that is bad on purpose: it breaks, says things twice, and delivers late what was given up long ago. By a seed.

What stands between two installations is one of these for each direction. ``trouble`` is how often something happens;
``cut`` lets nothing through at all.
"""

from __future__ import annotations

import http.client
import random
import socket
import threading
from collections import Counter
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_END = b"\x1c\r"
SECONDS = 20


class _Line:
    """What both kinds have in common."""

    def __init__(self, target: int, seed: int) -> None:
        self.target, self.trouble, self.cut = target, 0.0, False
        self.did: Counter[str] = Counter()
        self._chance, self._lock = random.Random(seed), threading.Lock()
        self._late: list[Any] = []

    def fate(self) -> str:
        """What happens to the next thing that is said: well, lost, unanswered, twice or late."""
        with self._lock:
            happens = self._chance.random() < self.trouble
            found = self._chance.choice(["lost", "unanswered", "twice", "late"]) if happens else "well"
            self.did[found] += 1
            return found

    def keep(self, thing: Any) -> None:
        """Hold something back."""
        with self._lock:
            self._late.append(thing)

    def kept(self) -> list[Any]:
        """What was held back, in some other order; it is not held any longer."""
        with self._lock:
            found, self._late = self._late, []
            self._chance.shuffle(found)
            return found


class MllpLine(_Line):
    """Between an MLLP client and its server, frame by frame."""

    def __init__(self, target: int, seed: int) -> None:
        super().__init__(target, seed)
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        self._server.close()

    def settle(self) -> None:
        """Deliver what was held back."""
        for frame in self.kept():
            self._alone(frame)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._server.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, suppress(OSError):
            if self.cut:
                return
            with socket.create_connection(("127.0.0.1", self.target), timeout=SECONDS) as server:
                frames, answers = _Frames(client), _Frames(server)
                while frame := frames.next():
                    if self.cut or not self._pass(client, server, frame, answers):
                        return

    def _pass(self, client: socket.socket, server: socket.socket, frame: bytes, answers: _Frames) -> bool:
        """Let one frame and its answer through, or what comes of that; whether the connection goes on."""
        fate = self.fate()
        if fate == "lost":
            return False
        if fate == "late":
            self.keep(frame)
            return False
        server.sendall(frame)
        answer = answers.next()
        if fate == "unanswered" or not answer:
            return False
        client.sendall(answer)
        if fate == "twice":
            self._alone(frame)
        return True

    def _alone(self, frame: bytes) -> None:
        """Say it once more, to nobody's knowledge."""
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.target), timeout=SECONDS) as server:
            server.sendall(frame)
            _Frames(server).next()


class _Frames:
    """The frames that come over a connection."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection, self._read = connection, bytearray()

    def next(self) -> bytes:
        """The next one with its blocks; empty where the other side has closed."""
        while _END not in self._read:
            piece = self._connection.recv(65536)
            if not piece:
                return b""
            self._read += piece
        frame, _, rest = bytes(self._read).partition(_END)
        self._read = bytearray(rest)
        return frame + _END


class HttpLine(_Line):
    """Between an HTTP client and its server, request by request."""

    def __init__(self, target: int, seed: int) -> None:
        super().__init__(target, seed)
        line = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                line.serve(self, body)

            do_GET = do_POST = do_PUT = do_DELETE = _any  # noqa: N815  (the names that the library asks for)

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        self._server.shutdown()
        self._server.server_close()

    def settle(self) -> None:
        """Deliver what was held back."""
        for asked in self.kept():
            with suppress(OSError, http.client.HTTPException):
                self._ask(*asked)

    def serve(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        """Let one request and its answer through, or what comes of that."""
        fate = "lost" if self.cut else self.fate()
        asked = (handler.command, handler.path, dict(handler.headers.items()), body)
        handler.close_connection = True
        # To write the same thing again is for a server to know: what is said twice here are notifications and reads.
        writes = handler.command != "GET" and not handler.path.endswith("/notifications")
        if fate == "late" and not writes:
            self.keep(asked)
        if fate == "lost" or (fate == "late" and not writes):
            return
        try:
            status, headers, answer = self._ask(*asked)
            if fate == "twice" and not writes:
                self._ask(*asked)
        except (OSError, http.client.HTTPException):
            return
        if fate == "unanswered" and not writes:
            return
        handler.send_response_only(status)
        for name, text in headers:
            if name.lower() not in ("content-length", "connection", "transfer-encoding", "keep-alive"):
                handler.send_header(name, text)
        handler.send_header("Content-Length", str(len(answer)))
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.wfile.write(answer)

    def _ask(
        self, method: str, path: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.target, timeout=SECONDS)
        try:
            sent = {name: text for name, text in headers.items() if name.lower() != "connection"}
            connection.request(method, path, body or None, sent)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            connection.close()

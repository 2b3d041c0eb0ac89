"""Messages over MLLP: received on a socket, stored, acknowledged, routed and applied to the record.

    python -m bench.mllp

A real ``chartdesk interfaces``, or two that share its work, and a partner with sixteen connections, each with one
ADT of 1.2 KB about a known patient in flight. First as many as go, then at a pace, to see how long an
acknowledgement takes.
"""

from __future__ import annotations

import selectors
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from typing import Any

from bench import halves, measuring
from bench.measuring import RUNS, Context, Measurement

CONNECTIONS, PATIENTS = 16, 1_000
#: Messages a second, and milliseconds until an answer at that pace.
LIMIT, ANSWER_MS = 500, 50
#: How many messages may wait before those who send hold back.
BEHIND = 1_000


def _messages() -> Iterator[bytes]:
    """About one patient after another, each with another telephone than before."""
    minute = 0
    while True:
        for number in range(PATIENTS):
            yield halves.adt(number, minute, f"{1000 + minute}")
        minute += 1


class _Partner:
    """Sixteen connections; the next message of each goes when its answer is there, and the pace allows."""

    def __init__(self, port: int, messages: Iterator[bytes]) -> None:
        self._ready = selectors.DefaultSelector()
        self._free: list[socket.socket] = []
        self._sent: dict[Any, float] = {}
        self._messages = messages
        until = time.monotonic() + 60
        while len(self._free) < CONNECTIONS:
            try:
                line = socket.create_connection(("127.0.0.1", port), timeout=30)
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)
                continue
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._ready.register(line, selectors.EVENT_READ)
            self._free.append(line)

    def send(self) -> None:
        """The next message, over a connection that is free."""
        raw, line = next(self._messages), self._free.pop()
        self._sent[line] = time.perf_counter()
        line.sendall(b"\x0b" + raw + b"\x1c\r")

    def hear(self, seconds: float) -> list[float]:
        """The milliseconds of the answers that came."""
        found = []
        for key, _ in self._ready.select(seconds):
            line: Any = key.fileobj
            answer = line.recv(65_536)
            while not answer.endswith(b"\x1c\r"):
                answer += line.recv(65_536)
            if b"MSA|AA|" not in answer:
                raise RuntimeError(answer.decode())
            found.append((time.perf_counter() - self._sent.pop(line)) * 1000)
            self._free.append(line)
        return found

    def burst(self) -> int:
        """As many as go, unless too many wait to be applied."""
        if behind() >= BEHIND:
            time.sleep(0.01)
            return 0
        done = 0
        while done < 100:
            while self._free:
                self.send()
            done += len(self.hear(1))
        return done

    def paced(self, seconds: float) -> list[float]:
        """The milliseconds of every answer at LIMIT messages a second."""
        start, sent = time.perf_counter(), 0
        found: list[float] = []
        while (passed := time.perf_counter() - start) < seconds:
            while self._free and sent < passed * LIMIT:
                self.send()
                sent += 1
            found += self.hear(0.001)
        return found + self.rest()

    def close(self) -> None:
        """Hang up."""
        for line in list(self._ready.get_map().values()):
            line.fileobj.close()  # type: ignore[union-attr]
        self._ready.close()

    def rest(self) -> list[float]:
        """Wait until all is answered and applied."""
        found: list[float] = []
        while self._sent:
            found += self.hear(1)
        while behind():
            time.sleep(0.02)
        return found


def behind() -> int:
    """How many messages are stored and not applied yet, at most BEHIND."""
    from chartdesk.kit import database

    text = "SELECT count(*) FROM (SELECT 1 FROM engine_messageturn LIMIT %s) AS t"
    return int((database.row(text, [BEHIND]) or (0,))[0])


def _open() -> tuple[Any, int]:
    from chartdesk.exchange.engine import channels, commands
    from chartdesk.pms.coverage import commands as coverage
    from chartdesk.record.access import people
    from chartdesk.record.access.subject import system

    subject = system(people.open_practice("half", "Half", settings={"mode": "ehr"}).pk, "bench")
    coverage.add_payer(subject, coverage.PayerDetails("ACME1", "Acme PPO"))
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    document = {
        "name": "adt",
        "unknown_patient": "create",
        "source": {"type": "mllp", "port": port},
        "destinations": [{"name": "record", "transport": {"type": "record"}}],
    }
    commands.save(subject, channels.document(document))
    return subject, port


def measurements(context: Context) -> list[Measurement]:
    """As many as go, then at a pace: by one program, then by one that listens and one that works."""
    _, port = _open()
    messages = _messages()
    shared = [("--only", "listen"), ("--only", "work")]
    return [*_measured(context, port, messages, [()]), *_measured(context, port, messages, shared)]


def _measured(
    context: Context, port: int, messages: Iterator[bytes], parts: Sequence[Sequence[str]]
) -> list[Measurement]:
    """The same by as many programs as there are ``parts``, each with its arguments."""
    seconds = max(context.size.seconds, 2.0)
    command = [sys.executable, "-m", "chartdesk.app", "interfaces"]
    programs = [subprocess.Popen([*command, *part]) for part in parts]
    try:
        partner = _Partner(port, messages)
        for _ in range(PATIENTS):
            while not partner._free:
                partner.hear(1)
            partner.send()
        context.note(f"{PATIENTS:,} patients are sent")
        partner.rest()
        context.note("they are all applied")
        measuring.settle()
        rates = []
        for _ in range(RUNS + 1):
            start, done = time.perf_counter(), 0
            while time.perf_counter() - start < seconds:
                done += partner.burst()
            partner.rest()
            rates.append(done / (time.perf_counter() - start))
        late = [statistics.quantiles(partner.paced(seconds), n=100)[98] for _ in range(RUNS)]
        partner.close()
    finally:
        for program in programs:
            program.send_signal(signal.SIGTERM)
        for program in programs:
            program.wait(30)
    rows = measuring.rows_of(messages="engine_interfacemessage")

    def row(what: str, taken: list[float], unit: str, limit: float) -> Measurement:
        return Measurement("MLLP", what, rows, len(parts), CONNECTIONS, taken, unit, "limit", limit)

    return [
        row("received, stored, acknowledged, routed and applied", rates[1:], "messages/s", LIMIT),
        row(f"99th percentile of an acknowledgement at {LIMIT} messages/s", late, "ms", ANSWER_MS),
    ]


if __name__ == "__main__":
    sys.exit(measuring.command(["mllp"]))

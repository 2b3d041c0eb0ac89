"""Where the story is played: one installation for both halves, or two with a line between them.

Each installation is a process with a database and a home folder of its own. All databases are copies of one that was
migrated once, on the PostgreSQL of the run.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from tests.journeys.three_modes import story
from tests.journeys.three_modes.proxy import HttpLine, MllpLine
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[3]
TEMPLATE = "story_template"
#: More rounds than it ever takes until nothing waits on either side.
ROUNDS = 200
#: So many waits are short ones: the story's next step comes two minutes later at least.
SHORT = 20


class Fault(Exception):
    """What a side could not do, in its words."""


class Nursery:
    """The process that installations are forked from, and the PostgreSQL that has their databases."""

    def __init__(self, dsn: str, folder: Path) -> None:
        self.dsn, self._folder, self._count = dsn, folder, 0
        # A signature of this process holds in all that are forked from it.
        environment = {**os.environ, "DATABASE_URL": dsn, "CHARTDESK_HOME": str(folder), "CHARTDESK_DB_POOL": "0"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.three_modes.nursery"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT,
        )  # fmt: skip
        assert self.process.stdout is not None and self.process.stdout.readline() == "ready\n"

    def fork(self, environment: dict[str, str]) -> tuple[int, socket.socket]:
        """A new installation with these settings: the number of its process, and what it is spoken to by."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self._count += 1
        path = self._folder / f"{self._count}.sock"
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(path))
            server.listen()
            self.process.stdin.write(json.dumps({"socket": str(path), "environment": environment}) + "\n")
            self.process.stdin.flush()
            number = int(self.process.stdout.readline())
            server.settimeout(60)
            line, _ = server.accept()
        line.settimeout(None)
        return number, line

    def end(self) -> None:
        """End it; whoever was forked has ended."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(120)
        self.process.stdout.close()


class Side:
    """An installation, as the one who tells it what to do. ``restart`` it as often as you like."""

    def __init__(
        self, nursery: Nursery, name: str, mode: str, carrier: str, dsn: str, home: Path, **settings: str
    ) -> None:
        self.name, self._nursery = name, nursery
        self._opening = {"at": story.steps()[0].at.isoformat(), "slug": "story", "mode": mode, "carrier": carrier}
        self._environment = {
            "DATABASE_URL": dsn, "CHARTDESK_HOME": str(home), "CHARTDESK_CARDS_URL": "none", **settings,
        }  # fmt: skip
        #: What is told to it again after each start, such as to serve.
        self.at_start: list[tuple[str, dict[str, Any]]] = []
        self._start(None)

    def _start(self, known: dict[str, Any] | None) -> None:
        """Start the process; ``known`` is what it knew before, None for the first time."""
        self.number, self._line = self._nursery.fork(self._environment)
        self._said, self._answers = self._line.makefile("w"), self._line.makefile("r")
        self._say({**self._opening, "known": known})

    def restart(self, at: datetime) -> None:
        """Kill it in the middle of what it does, and start it again."""
        known = self.tell(at, "known")
        self._say({"at": at.isoformat(), "do": "pump", "args": {}})
        time.sleep(0.02)
        os.kill(self.number, signal.SIGKILL)
        self._hang_up()
        self._start(known)
        self.ready()
        for do, args in self.at_start:
            self.tell(at, do, **args)

    def ready(self) -> None:
        """Wait until it is open."""
        self._hear()

    def tell(self, at: datetime, do: str, **args: Any) -> Any:
        """Let it do something; gives what it gave. Raises Fault."""
        self._say({"at": at.isoformat(), "do": do, "args": args})
        return self._hear()

    def end(self) -> None:
        """End the process."""
        with suppress(ProcessLookupError):
            os.kill(self.number, signal.SIGKILL)
        self._hang_up()

    def _hang_up(self) -> None:
        # The other end closes when the process is gone.
        with suppress(OSError):
            while self._line.recv(65536):
                pass
        for one in (self._answers, self._line):
            one.close()

    def _say(self, line: dict[str, Any]) -> None:
        self._said.write(json.dumps(line) + "\n")
        self._said.flush()

    def _hear(self) -> Any:
        text = self._answers.readline()
        if not text:
            raise Fault(f"{self.name} ended")
        answer = json.loads(text)
        if "fault" in answer:
            raise Fault(f"{self.name}: {answer['fault']}")
        return answer["gave"]


@dataclass
class Stage:
    """The installations of one run. In one installation both halves are the same side."""

    pms: Side
    ehr: Side
    now: datetime = field(default_factory=lambda: story.steps()[0].at)
    #: After how many evenings to look at what stands then, and what that was.
    wanted: tuple[int, ...] = (story.DAYS,)
    seen: dict[int, dict[str, Any]] = field(default_factory=dict)
    #: The lines to the first side and to the second one.
    lines: list[MllpLine] | list[HttpLine] = field(default_factory=list)

    @property
    def sides(self) -> list[Side]:
        """Each installation once."""
        return [self.pms] if self.pms is self.ehr else [self.pms, self.ehr]

    def play(self, mischief: Callable[[Stage, story.Step], None] | None = None, days: int = story.DAYS) -> None:
        """Play the story, or its first days. ``mischief`` may do harm to the line or the sides before each step.

        What waits is done each morning before the first note, whenever a clinician misses something, and each evening.
        """
        noted, evenings = None, 0
        for step in story.steps():
            self.now = max(step.at, self.now)
            if mischief is not None:
                mischief(self, step)
            if (step.half == "ehr" and step.at.date() != noted) or step.do == "evening":
                self.settle()
                noted = step.at.date()
            self._take(step)
            if step.do == "evening":
                self.settle()
                self.pms.tell(self.now, "send")
                self.settle()
                evenings += 1
                if evenings in self.wanted:
                    self.seen[evenings] = self.outcome()
                if evenings == days:
                    return

    def _take(self, step: story.Step) -> None:
        """One step. Who does not find what they need waits until it has come, and the line is whole again."""
        side = self.pms if step.half == "pms" else self.ehr
        try:
            side.tell(self.now, step.do, **step.args)
        except Fault:
            if step.half == "pms":
                raise
            self.mend()
            self.settle()
            side.tell(self.now, step.do, **step.args)

    def mend(self) -> None:
        """Let the lines be whole again; what they held back comes out."""
        for line in self.lines:
            line.cut = False
            line.settle()

    def settle(self) -> None:
        """Let everything that waits be done on both sides; over a line that is cut, as much as can be."""
        waits = 0
        for _ in range(ROUNDS):
            for line in self.lines:
                line.settle()
            if sum(side.tell(self.now, "pump") for side in self.sides):
                continue
            if any(line.cut for line in self.lines) or not sum(side.tell(self.now, "waiting") for side in self.sides):
                return
            # What failed is tried again after a while: let it pass, seconds first, then as long as it takes.
            waits += 1
            self.now += timedelta(seconds=5 if waits <= SHORT else 300)
        raise AssertionError("it never comes to rest: " + "; ".join(self.stuck()))

    def stuck(self) -> list[str]:
        """What did not come to its end, on either side."""
        return [f"{side.name}: {words}" for side in self.sides for words in side.tell(self.now, "stuck")]

    def outcome(self) -> dict[str, Any]:
        """What stands in the end."""
        found = {name: self.pms.tell(self.now, name) for name in ("superbills", "claims", "files", "balances")}
        return {**found, "day_list": self.ehr.tell(self.now, "day_list")}


def template(dsn: str) -> str:
    """The name of a migrated database, made once per server: a copy of the run's own where nobody else is in it."""
    made, half = sql.Identifier(TEMPLATE), f"{TEMPLATE}_{os.getpid()}"
    own = str(conninfo_to_dict(dsn).get("dbname") or "postgres")
    with psycopg.connect(make_conninfo(dsn, dbname="postgres"), autocommit=True) as owner:
        if owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone():
            return TEMPLATE
        try:
            owner.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(made, sql.Identifier(own)))
            return TEMPLATE
        except psycopg.errors.ObjectInUse:
            owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(half)))
        script = "import django; django.setup(); from chartdesk.app import schema; schema.migrate()"
        environment = {**os.environ, "DATABASE_URL": make_conninfo(dsn, dbname=half), "CHARTDESK_DB_POOL": "0"}
        subprocess.run([sys.executable, "-c", script], check=True, env=environment, cwd=ROOT)
        owner.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(half), made))
    return TEMPLATE


@contextmanager
def database(dsn: str, name: str) -> Iterator[str]:
    """A database of that name for one side, dropped in the end; gives its connection string."""
    model, made = sql.Identifier(template(dsn)), sql.Identifier(name)
    with psycopg.connect(dsn, autocommit=True) as owner:
        owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(made))
        owner.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(made, model))
        yield make_conninfo(dsn, dbname=name)
        owner.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(made))


@contextmanager
def unified(nursery: Nursery, home: Path) -> Iterator[Stage]:
    """Both halves in one installation."""
    with ExitStack() as open_ones:
        own = open_ones.enter_context(database(nursery.dsn, f"story_{os.getpid()}_one"))
        side = Side(nursery, "both", "unified", "in_process", own, _home(home, "one"))
        open_ones.callback(side.end)
        side.ready()
        yield Stage(side, side)


@contextmanager
def over_mllp(nursery: Nursery, home: Path, seed: int = 0) -> Iterator[Stage]:
    """Two installations that send each other HL7 v2, over a line for each direction."""
    ports = [free_port(), free_port()]
    with ExitStack() as open_ones:
        lines = [MllpLine(port, seed + n) for n, port in enumerate(ports)]
        for line in lines:
            open_ones.callback(line.close)
        stage = open_ones.enter_context(two(nursery, home, "hl7v2", ports))
        for side, own, there in zip(stage.sides, ports, lines[::-1], strict=True):
            side.tell(stage.now, "channel", document=_outgoing(there.port))
            side.tell(stage.now, "channel", document=_incoming(own))
            side.at_start = [("listen", {})]
            side.tell(stage.now, "listen")
            wait_for(own)
        stage.lines = lines
        yield stage


def _outgoing(port: int) -> dict[str, Any]:
    target = {"type": "mllp", "host": "127.0.0.1", "port": port, "answer_seconds": 5}
    return {"name": "handoff", "direction": "out", "destinations": [{"name": "other-half", "transport": target}]}


def _incoming(port: int) -> dict[str, Any]:
    return {
        "name": "other-half",
        "source": {"type": "mllp", "port": port},
        "unknown_patient": "create",
        "options": {"halves": {"own_half": True}},
        "destinations": [{"name": "record", "transport": {"type": "record"}}],
    }


@contextmanager
def over_fhir(nursery: Nursery, home: Path, seed: int = 0) -> Iterator[Stage]:
    """Two installations, each of which subscribes to what the other keeps, over a line for each direction."""
    ports = [free_port(), free_port()]
    with ExitStack() as open_ones:
        lines = [HttpLine(port, seed + n) for n, port in enumerate(ports)]
        for line in lines:
            open_ones.callback(line.close)
        stage = open_ones.enter_context(two(nursery, home, "fhir", [line.port for line in lines]))
        at, sides = stage.now, stage.sides
        bases = [f"http://127.0.0.1:{line.port}/fhir" for line in lines]
        names = [side.tell(at, "authority") for side in sides]
        for side, port in zip(sides, ports, strict=True):
            side.at_start = [("serve", {"port": port})]
            side.tell(at, "serve", port=port)
        for own, other, base, name in zip(sides, sides[::-1], bases[::-1], names[::-1], strict=True):
            own.tell(at, "write_down", base=base, authority=name, client=other.tell(at, "program"))
        for side in sides:
            side.tell(at, "subscribe")
        stage.lines = lines
        yield stage


@contextmanager
def two(nursery: Nursery, home: Path, carrier: str, ports: Sequence[int]) -> Iterator[Stage]:
    """A PMS and an EHR, each with a database of its own."""
    with ExitStack() as open_ones:
        sides = []
        for mode, port in zip(("pms", "ehr"), ports, strict=True):
            own = open_ones.enter_context(database(nursery.dsn, f"story_{os.getpid()}_{carrier}_{mode}"))
            side = Side(
                nursery, mode, mode, carrier, own, _home(home, mode), CHARTDESK_PUBLIC_URL=f"http://127.0.0.1:{port}",
                CHARTDESK_SUBSCRIPTION_HTTP="1", CHARTDESK_SUBSCRIPTION_NETWORKS="127.0.0.0/8",
                CHARTDESK_INTERFACE_NETWORKS="127.0.0.0/8", CHARTDESK_INTERFACE_HTTP="1",
            )  # fmt: skip
            open_ones.callback(side.end)
            sides.append(side)
        for side in sides:
            side.ready()
        yield Stage(*sides)


def wait_for(port: int) -> None:
    """Wait until somebody listens."""
    limit = time.monotonic() + 120
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except OSError:
            assert time.monotonic() < limit, f"nobody listens on {port}"
            time.sleep(0.02)


def _home(home: Path, name: str) -> Path:
    made = home / name
    made.mkdir(parents=True, exist_ok=True)
    return made

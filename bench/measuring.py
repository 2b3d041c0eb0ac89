"""What the benchmarks share: sizes, a database for each, clocks, processes that begin together, and the table.

Everything runs against one PostgreSQL server that the command starts in a temporary home folder and removes. It
is configured as an installation's is: it waits for the disk. It is migrated once; each module gets a copy of that
empty database and a process of its own, so that none sees what another left.
"""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import os
import shutil
import signal
import statistics
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import BrokenBarrierError
from typing import Any

#: Cores that this machine gives, for targets that others published for a larger one.
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
#: How often a rate is measured.
RUNS = 3
#: Seconds that those who begin together wait for each other.
PATIENCE = 120


@dataclass(frozen=True)
class Size:
    """How much lies in the database, and how long a rate is measured."""

    name: str
    patients: int
    charts: int
    bookings: int
    claims: int
    payments: int
    x12_claims: int
    resources: int
    seconds: float


SIZES = {
    one.name: one
    for one in (
        Size(
            "small",
            patients=10_000,
            charts=300,
            bookings=20_000,
            claims=20_000,
            payments=800,
            x12_claims=1_000,
            resources=30_000,
            seconds=1.0,
        ),
        Size(
            "full",
            patients=200_000,
            charts=3_000,
            bookings=100_000,
            claims=500_000,
            payments=2_000,
            x12_claims=4_000,
            resources=300_000,
            seconds=4.0,
        ),
        Size(
            "overnight",
            patients=200_000,
            charts=30_000,
            bookings=100_000,
            claims=500_000,
            payments=2_000,
            x12_claims=4_000,
            resources=3_000_000,
            seconds=4.0,
        ),
    )
}


@dataclass(frozen=True)
class Context:
    """What a module is told: the size it shall measure at."""

    size: Size

    def note(self, text: str) -> None:
        """Say on the error stream what goes on."""
        print(f"  · {text}", file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Measurement:
    """One row of the table. ``taken`` has a figure per run, in ``unit``; what ends in ``/s`` is better when higher.

    ``target`` is a stated limit, or the figure of the peer that ``against`` names.
    """

    name: str
    what: str
    rows: str
    processes: int
    concurrency: int
    taken: Sequence[float]
    unit: str
    against: str = ""
    target: float | None = None

    @property
    def median(self) -> float:
        """The middle of the runs."""
        return statistics.median(self.taken)

    @property
    def verdict(self) -> str:
        """The peer or limit, and whether the median keeps it."""
        if self.target is None:
            return self.against
        rate = self.unit.endswith("/s")
        kept = self.median >= self.target if rate else self.median <= self.target
        return f"{self.against} {'≥' if rate else '≤'} {self.target:,.0f}: {'kept' if kept else 'MISSED'}"

    def cells(self) -> list[str]:
        """The row as text."""
        figures = [figure(one) for one in (min(self.taken), self.median, max(self.taken))]
        counts = [str(self.processes), str(self.concurrency), str(len(self.taken))]
        return [self.name, self.what, self.rows, *counts, *figures, self.unit, self.verdict]


HEADER = ["name", "what", "rows in the database", "processes", "concurrency", "runs", "minimum", "median", "maximum",
          "unit", "peer or limit"]  # fmt: skip
_RIGHT = range(3, 9)


def figure(value: float) -> str:
    """A number with as many places as say something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def table(found: Sequence[Measurement]) -> str:
    """The measurements as a Markdown table with columns that line up."""
    lines = [HEADER, *(one.cells() for one in found)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEADER))]

    def joined(cells: Sequence[str]) -> str:
        padded = [
            cell.rjust(width) if place in _RIGHT else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        return f"| {' | '.join(padded)} |"

    rule = "|".join("-" * (width + 1) + (":" if place in _RIGHT else "-") for place, width in enumerate(widths))
    return "\n".join([joined(HEADER), f"|{rule}|", *map(joined, lines[1:])])


def timed(call: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def times(call: Callable[[], object], count: int = 10) -> list[float]:
    """Milliseconds of ``count`` calls, after one that warms up."""
    call()
    return [timed(call) for _ in range(count)]


def rates(call: Callable[[], int], seconds: float, runs: int = RUNS) -> list[tuple[int, float, float]]:
    """``runs`` times ``seconds`` of calls, after one that warms up: how many were done, from when to when.

    ``call`` says how many it did. Those in other processes of ``together`` begin every run at the same moment.
    """
    call()
    found = []
    for _ in range(runs):
        gate()
        done, start = 0, time.time()
        while time.time() - start < seconds:
            done += call()
        found.append((done, start, time.time()))
    return found


def summed(shares: Sequence[Sequence[tuple[int, float, float]]]) -> list[float]:
    """The rate of each run a second, over all that took part."""
    return [
        sum(done for done, _, _ in run) / (max(end for _, _, end in run) - min(start for _, start, _ in run))
        for run in zip(*shares, strict=True)
    ]


_gate: Any = None


def gate() -> None:
    """Wait until every process of ``together`` is here; alone, go on."""
    if _gate is not None:
        _gate.wait(PATIENCE)


def together(work: Callable[..., Any], shares: Sequence[Any]) -> list[Any]:
    """``work(share)`` for each share, in a wired process of its own each; what they return. Raises what one raised."""
    spawn = multiprocessing.get_context("spawn")
    barrier = spawn.Barrier(len(shares))
    with ProcessPoolExecutor(len(shares), mp_context=spawn, initializer=_join, initargs=(barrier,)) as pool:
        started = [pool.submit(_taking_part, work, share) for share in shares]
        faults = [one.exception() for one in started]
    # Those that waited for the one that failed say nothing about it.
    for fault in sorted(filter(None, faults), key=lambda one: isinstance(one, BrokenBarrierError)):
        raise fault
    return [one.result() for one in started]


def _taking_part(work: Callable[..., Any], share: Any) -> Any:
    try:
        return work(share)
    except BaseException:
        _gate.abort()
        raise


def _join(barrier: Any) -> None:
    global _gate
    from chartdesk.app import wiring

    wiring.set_up()
    _gate = barrier


_INDEXES = """
    SELECT c.relname, pg_get_indexdef(c.oid)
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE i.indrelid = ANY(%s::regclass[]) AND NOT i.indisunique AND NOT i.indisexclusion
"""


def rows_of(**tables: str) -> str:
    """How many rows lie in the tables, each under the word it is given."""
    import psycopg

    from chartdesk.app import database

    with psycopg.connect(database.dsn()) as owner:
        owner.execute("SET row_security = off")
        counts = {word: owner.execute(f"SELECT count(*) FROM {name}").fetchone() for word, name in tables.items()}
    return ", ".join(f"{count[0]:,} {word.replace('_', ' ')}" for word, count in counts.items() if count)


@contextmanager
def without_indexes(owner: Any, *tables: str) -> Iterator[None]:
    """Fill tables while they have only the indexes that say what is unique; the others are built anew after it."""
    found = owner.execute(_INDEXES, [list(tables)]).fetchall()
    for name, _ in found:
        owner.execute(f'DROP INDEX "{name}"')
    yield
    owner.execute("SET maintenance_work_mem = '256MB'")
    for _, definition in found:
        owner.execute(definition)


def settle() -> None:
    """Do at once what autovacuum does in a running practice, and write out what waits."""
    import psycopg

    from chartdesk.app import database

    with psycopg.connect(database.dsn(), autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")
        owner.execute("CHECKPOINT")


@contextmanager
def server() -> Iterator[None]:
    """A durable PostgreSQL with an empty, migrated database, in a temporary home; removed at the end."""
    home = Path(tempfile.mkdtemp(prefix="cd-bench-"))
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {
        "CHARTDESK_HOME": str(home),
        "CHARTDESK_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "chartdesk.app.settings",
    }
    from chartdesk.app import postgres

    cluster = postgres.locate(home)
    try:
        cluster = postgres.start(home)
        with _process() as pool:
            pool.submit(_migrate).result()
        yield
    finally:
        postgres.stop(cluster)
        if cluster.user:
            shutil.rmtree(cluster.data.parent, ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)


def run(module: str, size: Size) -> list[Measurement]:
    """The measurements of one module, in a process and a database of its own. Needs a ``server``."""
    import psycopg

    from chartdesk.app import configuration, postgres

    cluster, name = postgres.locate(configuration.home()), f"bench_{module}"
    with psycopg.connect(cluster.maintenance_dsn(), autocommit=True) as owner:
        owner.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        owner.execute(f"CREATE DATABASE {name} TEMPLATE {postgres.DATABASE} STRATEGY FILE_COPY")
    os.environ["DATABASE_URL"] = cluster.dsn.replace(f"/{postgres.DATABASE}?", f"/{name}?")
    try:
        with _process() as pool:
            return pool.submit(_measure, module, size).result()
    finally:
        os.environ.pop("DATABASE_URL")
        with psycopg.connect(cluster.maintenance_dsn(), autocommit=True) as owner:
            owner.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _process() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))


def _migrate() -> None:
    from chartdesk.app import wiring

    wiring.set_up()
    from chartdesk.app import schema

    schema.migrate()


def _measure(module: str, size: Size) -> list[Measurement]:
    from chartdesk.app import wiring

    wiring.set_up()
    found = importlib.import_module(f"bench.{module}").measurements(Context(size))
    return [replace(one, taken=list(one.taken)) for one in found]


def processor_seconds() -> float:
    """What this process and those it has ended took of the processors."""
    return sum(os.times()[:4])


def command(modules: Sequence[str], arguments: Sequence[str] | None = None) -> int:
    """Run the modules and print the table. 0 unless one of them fails."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Chartdesk and print one table.")
    parser.add_argument("--size", choices=SIZES, default="small", help="how much lies in the database")
    if len(modules) > 1:
        parser.add_argument("--only", choices=modules, action="append", help="only this part; may be repeated")
    chosen = parser.parse_args(arguments)
    # Whoever ends the command finds no server left behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    found: list[Measurement] = []
    failed: list[str] = []
    begun, load = time.time(), os.getloadavg()[0]
    with server():
        for module in getattr(chosen, "only", None) or modules:
            start, spent = time.time(), processor_seconds()
            print(f"{module} …", file=sys.stderr, flush=True)
            try:
                found += run(module, SIZES[chosen.size])
            except Exception:
                # The others' figures are not lost with it; the exit says that the table is not whole.
                traceback.print_exc()
                failed.append(module)
            took, worked = time.time() - start, processor_seconds() - spent
            print(
                f"{module}: {took:.0f} s, {worked:.0f} s of them at work outside the database",
                file=sys.stderr,
                flush=True,
            )
    print(table(found))
    print(
        f"\nsize {chosen.size}; {CORES} cores; {time.time() - begun:.0f} s; "
        f"load average {load:.1f} when it began, {os.getloadavg()[0]:.1f} when it ended"
    )
    if failed:
        print(f"Not measured, see above: {', '.join(failed)}.")
    return 1 if failed else 0

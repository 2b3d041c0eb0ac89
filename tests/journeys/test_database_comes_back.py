"""The embedded server is killed under the programs of the demo: it is started again, and they carry on."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import httpx
import psycopg
import pytest
from tests.ports import free_port

from chartdesk.app import keeping, postgres, supervisor
from chartdesk.kit.errors import Unavailable

#: Seconds after which something does not come any more.
LIMIT = 240
_LISTENING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home folder with a running, migrated server of its own."""
    folder = Path(tempfile.mkdtemp(prefix="cd-keep-"))
    monkeypatch.setenv("CHARTDESK_HOME", str(folder))
    monkeypatch.setenv("PORT", str(free_port()))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    cluster = postgres.start(folder, durable=False)
    try:
        subprocess.run([sys.executable, "-m", "chartdesk.app", "migrate"], check=True, timeout=LIMIT)
        yield folder
    finally:
        postgres.stop(cluster)
        if cluster.user:
            shutil.rmtree(cluster.data.parent, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def _until(what: str, parts: Sequence[tuple[str, subprocess.Popen[bytes]]], test: Callable[[], bool]) -> None:
    limit = time.monotonic() + LIMIT
    while not test():
        assert [name for name, process in parts if process.poll() is not None] == [], what
        assert time.monotonic() < limit, what
        time.sleep(0.05)


def _is_served() -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{os.environ['PORT']}/health", timeout=20).status_code == 200
    except httpx.TransportError:
        return False


def _is_listening(cluster: postgres.Cluster) -> bool:
    """Whether the worker is back at the database: it listens for what is to be done."""
    try:
        with psycopg.connect(cluster.dsn, connect_timeout=10) as connection:
            found = connection.execute(_LISTENING).fetchone()
    except psycopg.OperationalError:
        return False
    return found is not None and found[0] > 0


def test_a_killed_database_is_started_again_and_the_programs_carry_on(home):
    cluster, said, ended = postgres.locate(home), [], []
    parts = [(name, supervisor._spawn([name])) for name in ("worker", "serve")]
    numbers = [process.pid for _, process in parts]

    def watch() -> None:
        try:
            supervisor._watch(parts, keeping.Keeper(home, said.append))
        except Unavailable as fault:  # the test ends the parts, or one of them died before
            ended.append(str(fault))

    watching = threading.Thread(target=watch, daemon=True)
    try:
        _until("the server answers", parts, _is_served)
        _until("the worker listens", parts, lambda: _is_listening(cluster))
        watching.start()
        for times in (1, 2):
            os.kill(int((cluster.data / "postmaster.pid").read_text().partition("\n")[0]), signal.SIGKILL)
            _until("it is said", parts, lambda times=times: said.count("PostgreSQL runs again") == times)
            _until("the server answers again", parts, _is_served)
            _until("the worker listens again", parts, lambda: _is_listening(cluster))
        assert ended == [] and [process.pid for _, process in parts] == numbers
        assert [process.poll() for _, process in parts] == [None, None]
        assert said[0] == "PostgreSQL has ended without being asked to; it is started again"
    finally:
        supervisor._end(parts)
        if watching.is_alive():
            watching.join(LIMIT)
    assert len(ended) == 1

"""The embedded server: made once, found again, noticed when it died, never in anybody's way."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import stat
import tempfile
import threading
import time
from pathlib import Path

import psycopg
import pytest

from chartdesk.app import postgres
from chartdesk.kit.errors import Unavailable


@pytest.fixture
def own_home():
    folder = Path(tempfile.mkdtemp(prefix="cd-pg-"))
    yield folder
    cluster = postgres.locate(folder)
    postgres.stop(cluster)
    if cluster.user:
        shutil.rmtree(cluster.data.parent, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def test_it_starts_under_a_folder_that_only_its_owner_can_enter(own_home):
    own_home.chmod(0o700)
    cluster = postgres.start(own_home, durable=False)
    assert postgres.running(cluster)
    with psycopg.connect(cluster.dsn) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        connection.execute("CREATE TABLE kept (n integer)")
    assert stat.S_IMODE(cluster.socket.stat().st_mode) == 0o700


def test_a_second_start_finds_the_data_of_the_first(own_home):
    cluster = postgres.start(own_home, durable=False)
    with psycopg.connect(cluster.dsn) as connection:
        connection.execute("CREATE TABLE kept (n integer)")
    postgres.stop(cluster)
    assert not postgres.running(cluster)
    again = postgres.start(own_home, durable=False)
    with psycopg.connect(again.dsn) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_a_server_that_was_killed_is_noticed_and_started_again(own_home):
    cluster = postgres.start(own_home, durable=False)
    number = int((cluster.data / "postmaster.pid").read_text().splitlines()[0])
    os.kill(number, signal.SIGKILL)
    for _ in range(200):
        if not postgres.running(cluster):
            break
        signal.sigtimedwait([], 0.05)
    assert not postgres.running(cluster)
    assert postgres.running(postgres.start(own_home, durable=False))


def test_what_is_left_of_one_that_was_killed_is_waited_for(own_home):
    """Its processes end when they have a moment to look; until then no other server may use the data."""
    cluster = postgres.start(own_home, durable=False)
    number = int((cluster.data / "postmaster.pid").read_text().splitlines()[0])
    with psycopg.connect(cluster.dsn, autocommit=True) as busy:
        asked = threading.Thread(target=_ignored, args=(busy, "SELECT count(*) FROM generate_series(1, 8000000)"))
        asked.start()
        while busy.info.transaction_status is not psycopg.pq.TransactionStatus.ACTIVE:
            time.sleep(0.01)
        os.kill(number, signal.SIGKILL)
        assert postgres.running(postgres.start(own_home, durable=False))
        asked.join(120)
    with psycopg.connect(cluster.dsn) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def _ignored(connection: psycopg.Connection, text: str) -> None:
    with contextlib.suppress(psycopg.Error):
        connection.execute(text)


def test_starting_what_runs_changes_nothing(own_home):
    first = postgres.start(own_home, durable=False)
    number = (first.data / "postmaster.pid").read_text()
    assert postgres.start(own_home, durable=False) == first
    assert (first.data / "postmaster.pid").read_text() == number


def test_a_failure_to_start_is_told_with_the_servers_words(own_home):
    cluster = postgres.start(own_home, durable=False)
    postgres.stop(cluster)
    with (cluster.data / "postgresql.conf").open("a") as file:
        file.write("shared_buffers = 'a lot'\n")
    with pytest.raises(Unavailable, match="pg_ctl failed"):
        postgres.start(own_home, durable=False)

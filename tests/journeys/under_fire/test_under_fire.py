"""Server, worker, interfaces and PostgreSQL are killed at random under load; then both ends are compared.

What was acknowledged is in the log once and in the record once, in its patient's order, and with the partner that it
is forwarded to. ``SIEGE=600`` gives the seconds (12 without), ``SIEGE_SEED`` the dice, ``SIEGE_RATE`` the messages a
second.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.journeys.under_fire import comparing, opening
from tests.journeys.under_fire.installation import PROGRAMS, Installation
from tests.journeys.under_fire.messages import Story
from tests.journeys.under_fire.partners import Line, MllpLine, Pace, Partner, PostingLine
from tests.journeys.under_fire.shooting import TARGETS, Shooter
from tests.ports import free_port

SECONDS, SEED = float(os.environ.get("SIEGE", "12")), int(os.environ.get("SIEGE_SEED", "20260302"))
RATE = float(os.environ.get("SIEGE_RATE", "25"))
#: Lines over MLLP and by posts, patients of each, and lines that speak of one patient.
LINES, POSTING, EACH = 12, 2, 10
#: Seconds after which something does not come to rest.
LIMIT = 300 + SECONDS


@pytest.fixture
def home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="cd-siege-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def far() -> Iterator[Partner]:
    partner = Partner()
    yield partner
    partner.close()


def _lines(port: int, web: int, over: threading.Event) -> list[Line]:
    """Every patient is spoken of by two lines; lines wait for each answer, or have several messages under way."""
    pace, made = Pace(RATE), []
    for line in range(LINES + POSTING):
        posted = line >= LINES
        first, count = (LINES, POSTING) if posted else (0, LINES)
        beside = first + (line - first + 1) % count
        own = [f"{line:02}{number}" for number in range(EACH)]
        others = [f"{beside:02}{number}" for number in range(EACH)]
        channel = opening.POSTED if posted else opening.ADMISSIONS
        story = Story(line, channel, own + others, SEED, set(own))
        if posted:
            address = f"http://127.0.0.1:{web}/interfaces/{opening.SLUG}/{opening.POSTED}"
            made.append(PostingLine(address, opening.TOKEN, story, 1, pace, over))
        else:
            made.append(MllpLine(port, story, (1, 4, 16)[line % 3], pace, over))
    return made


def _at_rest(dsn: str, shooter: Shooter) -> None:
    """Wait until nothing waits any more, on any way."""
    ask = """SELECT (SELECT count(*) FROM engine_messageturn), (SELECT count(*) FROM kit_outboxdelivery
             WHERE state = 'waiting'), (SELECT count(*) FROM engine_messagedelivery WHERE state = 'waiting'),
             (SELECT count(*) FROM kit_workitem WHERE kind = 'interface-source' AND state = 'open')"""
    limit, open_ones = time.monotonic() + LIMIT, None
    while time.monotonic() < limit:
        shooter.supervise()
        with psycopg.connect(dsn) as connection:
            open_ones = connection.execute(ask).fetchone()
        if not any(open_ones):
            return
        time.sleep(0.25)
    raise AssertionError(f"not at rest: turns, events, deliveries, sources {open_ones}; ended {shooter.shots.ended}")


@pytest.mark.timeout(SECONDS + 2 * LIMIT + 300)
def test_what_was_acknowledged_is_there_once_and_in_order(home, far):
    port, web = free_port(), free_port()
    house = Installation(home, web)
    over = threading.Event()
    try:
        house.open(str(port), str(far.port))
        for name in PROGRAMS:
            house.start(name)
        lines = _lines(port, web, over)
        _reach(lines)
        shooter = Shooter(house, SEED, (1.0, 3.0) if SECONDS < 60 else (1.0, 9.0), long_away=SECONDS >= 60)

        def watch() -> None:
            assert not [line.fault for line in lines if line.fault], [line.fault for line in lines]

        shooter.run(time.monotonic() + SECONDS, watch)
        over.set()
        limit = time.monotonic() + LIMIT
        while alive := [line.name for line in lines if line.is_alive()]:
            shooter.supervise()
            assert time.monotonic() < limit, f"no answer to {alive}; ended {shooter.shots.ended}"
            time.sleep(0.1)
        watch()
        _at_rest(house.cluster.dsn, shooter)
        sent = [one for line in lines for one in line.sent]
        with psycopg.connect(house.cluster.dsn) as connection:
            figures = comparing.compare(connection, sent, far.taken, shooter.shots)
        figures |= {"seconds": SECONDS, "connections refused or broken": sum(line.breaks for line in lines)}
        print(json.dumps(figures, indent=1))
        assert set(shooter.shots.kills) == set(TARGETS)
    finally:
        over.set()
        house.end()
        if os.environ.get("SIEGE_LOGS"):
            shutil.copytree(home, os.environ["SIEGE_LOGS"], dirs_exist_ok=True)


def _reach(lines: list[Line]) -> None:
    """Let all lines begin, and wait until each has had an answer: then the programs run."""
    for line in lines:
        line.start()
    limit = time.monotonic() + 120
    while not all(any(one.answered for one in line.sent) for line in lines):
        assert not [line.fault for line in lines if line.fault], [line.fault for line in lines]
        assert time.monotonic() < limit, "the programs do not answer"
        time.sleep(0.1)

"""What every test may ask for: a real PostgreSQL with the present schema, and a practice of its own.

The server is made once per run, in a folder of its own, and thrown away. A test isolates itself as a practice
does: it gets a new one, and row-level security keeps the others out of sight. Nothing is rolled back, so tests
may commit, race and reconnect.
"""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
_HOME = Path(tempfile.mkdtemp(prefix="cd-test-"))
os.environ["CHARTDESK_HOME"] = str(_HOME)
os.environ["DJANGO_SETTINGS_MODULE"] = "chartdesk.app.settings"
os.environ.setdefault("CHARTDESK_LOG_LEVEL", "WARNING")

_numbers = itertools.count(1)

#: Folders whose tests share a running program: one process runs them all.
TOGETHER = ("tests/browser/", "tests/conformance/node/")
#: What takes longest begins first, so that no process is left alone with it at the end; listeners look at the channels
#: of every practice, and are quick while there are few.
FIRST = (*TOGETHER, "tests/unit/exchange/transports/", "tests/conformance/fhir/", "tests/journeys/")

#: What kills programs many times over, asks at random or reads for half a minute: `make endurance` runs it.
ENDURANCE = (
    "tests/journeys/three_modes/",
    "tests/journeys/under_fire/",
    "tests/journeys/test_bulk_survives.py",
    "tests/journeys/test_cards_survive.py",
    "tests/journeys/test_claims_survive.py",
    "tests/journeys/test_database_comes_back.py",
    "tests/journeys/test_handoff_survives.py",
    "tests/journeys/test_no_cent_lost.py",
    "tests/journeys/test_no_cent_lost_elsewhere.py",
    "tests/journeys/test_server_survives.py",
    "tests/journeys/test_subscriptions_survive.py",
    "tests/unit/api/test_fuzz.py",
    "tests/unit/exchange/engine/test_killed.py",
    "tests/unit/exchange/sandbox/test_kill.py",
    "tests/unit/exchange/transports/test_following.py",
    "tests/conformance/fhir/test_examples.py",
    "tests/conformance/fhir/test_large_examples.py",
    "tests/conformance/fhir/test_rules_agree.py",
    "tests/conformance/x12/test_agreement.py",
    "tests/conformance/x12/test_generated_claims.py",
)


def pytest_configure(config: pytest.Config) -> None:
    import django

    django.setup()
    from chartdesk.record import preparing

    # What rows show is validated here, so that a running program need not.
    preparing.strict = True


def pytest_unconfigure(config: pytest.Config) -> None:
    from chartdesk.app import postgres

    cluster = postgres.locate(_HOME)
    postgres.stop(cluster)
    if cluster.user:
        shutil.rmtree(cluster.data.parent, ignore_errors=True)
    shutil.rmtree(_HOME, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes longest first, and mark what endures."""
    for item in items:
        if item.nodeid.startswith(ENDURANCE):
            item.add_marker("endurance")
    items.sort(key=lambda item: next((n for n, one in enumerate(FIRST) if item.nodeid.startswith(one)), len(FIRST)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Share the tests out over processes: a file goes to one, and so does all that shares a running program."""
    from xdist.scheduler import LoadScopeScheduling

    class ByProgram(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return next((folder for folder in TOGETHER if file.startswith(folder)), file)

    return ByProgram(config, log)


@pytest.fixture(scope="session")
def home() -> Path:
    """The home folder of this run."""
    return _HOME


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    """A migrated database; gives its owner's connection string."""
    from django.db import connections

    from chartdesk.app import database as settings
    from chartdesk.app import postgres, schema

    if not os.environ.get("DATABASE_URL"):
        postgres.start(_HOME, durable=False)
    schema.migrate()
    yield settings.dsn()
    connections.close_all()
    for alias in connections:
        pool = getattr(connections[alias], "pool", None)
        if pool is not None:
            pool.close()


@pytest.fixture
def practice(database: str) -> object:
    """A new, empty practice (a Practice row)."""
    from chartdesk.record.access import people

    number = f"{os.getpid()}-{next(_numbers)}"
    return people.open_practice(
        f"test-{number}",
        f"Test Practice {number}",
        npi="1993999998",
        tax_id="123456789",
        taxonomy="207Q00000X",
        phone="6145550100",
        line1="100 Main Street",
        city="Columbus",
        state="OH",
        postal_code="432151234",
    )


@pytest.fixture
def subject(practice: object) -> object:
    """Chartdesk itself at work in the new practice: may do everything."""
    from chartdesk.record.access.subject import system

    return system(practice.pk, "test")  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def own_subscribers() -> Iterator[None]:
    """What a test subscribes to the outbox is forgotten after it: deliveries are written for whoever listens."""
    from chartdesk.kit import outbox

    before = {kind: dict(handlers) for kind, handlers in outbox._subscribers.items()}
    yield
    outbox._subscribers.clear()
    outbox._subscribers.update(before)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published samples beside the checkout; skips the test where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared with published samples is not here")
    return SHARED

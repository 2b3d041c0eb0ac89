"""A practice with payers and a patient, and the sandbox payer on a real port."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest


@pytest.fixture
def payers(subject: object) -> None:
    """The sandbox's payers on the practice's list, and one that the sandbox does not know."""
    from chartdesk.exchange.sandbox import directory
    from chartdesk.pms.coverage import commands
    from chartdesk.pms.coverage.commands import PayerDetails

    for payer in directory.payers():
        commands.add_payer(subject, PayerDetails(payer.id, payer.name.title(), payer.filing, payer.phone))
    commands.add_payer(subject, PayerDetails("NOBODY9", "Unheard Of Insurance"))


@pytest.fixture
def patient(subject: object, payers: None) -> str:
    """John Smith, born 3 February 1980; his id."""
    from chartdesk.pms.registration import commands
    from chartdesk.pms.registration.people import Person, Registration

    person = Person(family="Smith", given="John", birth_date=date(1980, 2, 3), sex="male")
    return commands.register(subject, Registration(person)).patient_id


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[str]:
    """The running sandbox payer, and our connection to it in use; gives its address."""
    from chartdesk.exchange.eligibility.http import HttpEligibility
    from chartdesk.exchange.sandbox import Sandbox
    from chartdesk.exchange.sandbox.server import SandboxServer
    from chartdesk.pms.coverage import connections

    payer = Sandbox(tmp_path)
    server = SandboxServer(payer, port=0, every=1)
    thread = threading.Thread(target=server.run)
    thread.start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    asking = HttpEligibility(f"{address}/eligibility", timeout_seconds=60)
    connections.use(asking)
    yield address
    connections._current.clear()
    asking.close()
    server.shutdown()
    thread.join()
    payer.close()

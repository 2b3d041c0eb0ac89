"""The web server is killed at random moments, again and again, under load: what it has acknowledged is there, once.

Three kinds of clients work against a real ``chartdesk serve``. Each goes on where it was when its connection breaks,
as people and programs do: a form sent again with its key, a visit booked again, a transaction under a new name.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from tests.ports import free_port

from chartdesk.handoff.models import HandoffMessage
from chartdesk.kit import clock, outbox
from chartdesk.kit.transactions import transaction
from chartdesk.pms.ledger import queries as ledger
from chartdesk.pms.scheduling.models import PatientBooking
from chartdesk.pms.statements.models import Payment
from chartdesk.record import search
from chartdesk.record.access import people
from chartdesk.record.access.subject import Role

SEED = 20260817
KILLS = 4
SLOTS, PAYMENTS = 24, 36
PASSWORD = "kill-nine-test"
#: Seconds after which something does not move on.
LIMIT = 120


@dataclass
class Server:
    """``chartdesk serve`` that somebody kills. ``address`` stays, the process changes."""

    port: int
    process: subprocess.Popen[bytes] | None = None
    killed: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        environment = {**os.environ, "PORT": str(self.port)}
        command = [sys.executable, "-m", "chartdesk.app", "serve"]
        self.process = subprocess.Popen(command, env=environment, start_new_session=True)
        limit = time.monotonic() + 120
        while not self._answers():
            assert self.process.poll() is None and time.monotonic() < limit, "the server did not start"
            time.sleep(0.05)

    def kill(self) -> None:
        """SIGKILL for all its processes at once: nothing is said, nothing is closed."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(60)
        self.killed += 1

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.address}/health", timeout=10).status_code == 200
        except httpx.TransportError:
            return False


@dataclass
class Work:
    """What the clients did: acknowledged and not, by the name of what they sent."""

    acknowledged: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def run(self, client: Callable[[], None]) -> threading.Thread:
        """The client in a thread; what it raises is a fault."""

        def guarded() -> None:
            try:
                client()
            except Exception as fault:
                self.faults.append(f"{client.__name__}: {type(fault).__name__}: {fault}")

        thread = threading.Thread(target=guarded, daemon=True)
        thread.start()
        return thread


@pytest.fixture
def server(database: str) -> Iterator[Server]:
    """A server on a port of its own, with the database of the tests."""
    made = Server(free_port())
    made.start()
    yield made
    if made.process is not None and made.process.poll() is None:
        os.killpg(made.process.pid, signal.SIGKILL)
        made.process.wait(60)


def _log_in(address: str, login: str) -> httpx.Client:
    """Somebody at a browser. The session is a row of the database, so it survives the server."""
    client = httpx.Client(base_url=address, follow_redirects=False, timeout=60)
    form = client.get("/accounts/login/").text
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    assert found is not None
    fields = {"login": login, "password": PASSWORD, "csrfmiddlewaretoken": found.group(1)}
    client.post("/accounts/login/", data=fields, headers={"Referer": f"{address}/accounts/login/"})
    assert client.get("/health/signed-in").status_code == 204
    return client


def _insist(work: Work, name: str, client: httpx.Client, path: str, fields: dict[str, Any]) -> httpx.Response:
    """Send the form until there is an answer."""
    headers = {"Referer": f"{client.base_url}/", "X-CSRFToken": client.cookies["csrftoken"]}
    limit = time.monotonic() + LIMIT
    while time.monotonic() < limit:
        try:
            return client.post(path, data=fields, headers=headers)
        except httpx.TransportError:
            work.broken.add(name)
            time.sleep(0.1)
    raise AssertionError(f"{name} was never answered")


def _bundle(name: str) -> dict[str, Any]:
    """A patient with two observations, who carry the name of the attempt."""
    patient = {"resourceType": "Patient", "name": [{"family": name}], "identifier": [_identifier(name)]}
    seen = {
        "resourceType": "Observation",
        "status": "final",
        "identifier": [_identifier(name)],
        "code": {"text": "pulse"},
        "subject": {"reference": "urn:uuid:00000000-0000-4000-8000-000000000001"},
    }
    entries = [("urn:uuid:00000000-0000-4000-8000-000000000001", patient), (None, seen), (None, seen)]
    return {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [
            {
                **({"fullUrl": url} if url else {}),
                "resource": resource,
                "request": {"method": "POST", "url": resource["resourceType"]},
            }
            for url, resource in entries
        ],
    }


def _identifier(name: str) -> dict[str, str]:
    return {"system": "urn:kill-nine", "value": name}


def test_a_killed_server_loses_and_doubles_nothing(at_work, practice, subject, server) -> None:
    people.add_member(practice, f"desk-{practice.pk}", Role.MANAGER, password=PASSWORD, name="Dee Front")
    patients = [at_work.someone() for _ in range(SLOTS)]
    # The server goes by the real clock.
    with clock.at(datetime.now(UTC)):
        token = people.issue_token(*people.register_client(practice, "Partner", ["system/*.cruds"]))[0]
        monday = clock.today("America/New_York")
    monday += timedelta(days=7 - monday.weekday())
    first = datetime.combine(monday, clock_time(8), tzinfo=ZoneInfo("America/New_York"))
    starts = [first + timedelta(minutes=10 * n) for n in range(SLOTS)]
    booked, paid, sent = Work(), Work(), Work()
    browsers = [_log_in(server.address, f"desk-{practice.pk}") for _ in range(2)]

    def desk() -> None:
        with closing(browsers[0]) as client:
            for patient, at in zip(patients, starts, strict=True):
                fields = {
                    "patient": patient, "provider": at_work.provider, "site": at_work.site, "visit_type": "sick",
                    "starts": f"{at:%Y-%m-%dT%H:%M}", "minutes": 10, "outside_hours": "1",
                }  # fmt: skip
                tried = len(booked.broken)
                answer = _insist(booked, patient, client, "/book", fields)
                # A visit that was booked before the answer was lost is in its own way: that says it is booked.
                again = len(booked.broken) > tried and answer.status_code == 200 and "another visit" in answer.text
                assert answer.status_code == 204 or again, answer.text[:2000]
                booked.acknowledged.add(patient)

    def cashier() -> None:
        with closing(browsers[1]) as client:
            for number in range(PAYMENTS):
                key, patient = f"till-{practice.pk}-{number}", patients[number % SLOTS]
                # Each is another payment, as somebody says who takes the same sum again.
                fields = {"amount": "5.00", "method": "cash", "payment_key": key, "again": "1"}
                path = f"/patients/{patient}/account/pay"
                answer = _insist(paid, key, client, path, fields)
                assert answer.status_code == 302, answer.text[:500]
                paid.acknowledged.add(key)

    def partner() -> None:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/fhir+json"}
        with httpx.Client(base_url=server.address, headers=headers, timeout=60) as client:
            number = 0
            while not sent.over.is_set():
                number += 1
                name = f"sent-{practice.pk}-{number}"
                try:
                    answer = client.post("/fhir", content=json.dumps(_bundle(name)))
                except httpx.TransportError:
                    sent.broken.add(name)
                    time.sleep(0.1)
                    continue
                assert answer.status_code == 200, answer.text
                sent.acknowledged.add(name)
                # Half of the time is the others'.
                time.sleep(answer.elapsed.total_seconds())

    threads = [booked.run(desk), paid.run(cashier), sent.run(partner)]
    chance = random.Random(SEED)
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.2, 1.2))
        server.kill()
        server.start()
    limit = time.monotonic() + LIMIT
    for thread in threads[:2]:
        thread.join(max(0, limit - time.monotonic()))
        assert not thread.is_alive(), "a client got stuck"
    sent.over.set()
    threads[2].join(LIMIT)
    assert not threads[2].is_alive(), "the partner got stuck"

    faults = booked.faults + paid.faults + sent.faults
    assert not faults, "\n".join(faults)
    broken = booked.broken | paid.broken | sent.broken
    assert server.killed == KILLS and broken, "no kill met a request"
    print(f"{KILLS} kills broke {len(broken)} requests; {len(sent.acknowledged)} transactions were acknowledged")
    _each_visit_is_booked_once(subject, practice.pk, patients)
    _each_payment_is_taken_once(subject, practice.pk)
    _each_transaction_is_whole(subject, sent)


def _each_visit_is_booked_once(subject: Any, practice: int, patients: list[str]) -> None:
    with transaction(subject):
        rows = PatientBooking.objects.filter(practice=practice).values_list("patient", flat=True)
        assert sorted(rows) == sorted(patients)
        appointments = [found.resource for found in search.all(subject, "Appointment", [])]
        assert len(appointments) == SLOTS
    with clock.at(datetime.now(UTC)):
        outbox.deliver_all(practice)
    with transaction(subject):
        told = HandoffMessage.objects.filter(practice=practice, kind="VisitAnnounced")
        assert sorted(told.values_list("stream", flat=True)) == sorted(f"Patient/{one}" for one in patients)


def _each_payment_is_taken_once(subject: Any, practice: int) -> None:
    with transaction(subject):
        rows = Payment.objects.filter(practice=practice)
        assert rows.count() == PAYMENTS
        assert sum((row.amount for row in rows), Decimal(0)) == PAYMENTS * Decimal(5)
    assert ledger.in_balance(subject)
    assert ledger.balance(subject, "patient_credit") == -PAYMENTS * Decimal(5)


def _each_transaction_is_whole(subject: Any, sent: Work) -> None:
    for name in sent.acknowledged | sent.broken:
        token = [("identifier", f"urn:kill-nine|{name}")]
        with transaction(subject):
            found = [len(search.find(subject, type, token)) for type in ("Patient", "Observation")]
        assert found == [1, 2] or (name in sent.broken and found == [0, 0]), (name, found)

"""Delivering workers are killed at random moments while the record is written and the receiver fails, dies and returns.

Two workers deliver at the same time, each a process of its own that gets SIGKILL in the middle of whatever it does.
No event may be lost, numbers have no gap, and nothing is told before what came earlier.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from tests.journeys.keepers import Keepers, kept
from tests.unit.api.conftest import client_of
from tests.unit.exchange.subscriptions.conftest import wanted
from tests.unit.exchange.subscriptions.receiver import Receiver, events, receiving

from chartdesk.exchange.subscriptions import endpoints
from chartdesk.exchange.subscriptions.delivery import deliver_all
from chartdesk.exchange.subscriptions.models import Change, Subscriber
from chartdesk.kit.transactions import transaction

__all__ = ["client_of"]
SEED = 20260304
ROUNDS, WRITES = 16, 6
#: Seconds after which everything must have arrived.
PATIENCE = 120
LOCAL = {"CHARTDESK_SUBSCRIPTION_HTTP": "1", "CHARTDESK_SUBSCRIPTION_NETWORKS": "127.0.0.0/8"}

#: Reads the life of a worker in seconds, line by line, and answers how its worker ended. The worker is forked from a
#: process that has loaded everything and opened no connection.
KEEPER = """
import os, signal, sys, time
os.environ["CHARTDESK_DB_POOL"] = "0"
from chartdesk.app import wiring
wiring.set_up()
from chartdesk.exchange.subscriptions import caller
from chartdesk.exchange.subscriptions.delivery import Deliverer
from chartdesk.standards import fhir
caller._trust()
fhir.validate(fhir.decode(b'{"resourceType":"Patient"}'))
print("ready", flush=True)
for line in sys.stdin:
    worker = os.fork()
    if worker == 0:
        deliverer = Deliverer(3)
        while True:
            deliverer.round()
            time.sleep(0.002)
    time.sleep(float(line))
    os.kill(worker, signal.SIGKILL)
    os.waitpid(worker, 0)
    print("killed", flush=True)
"""


@pytest.fixture
def keepers(database: str) -> Iterator[Keepers]:
    """Two processes that start workers and kill them."""
    with kept(KEEPER, [[], []], **LOCAL, CHARTDESK_LOG_LEVEL="CRITICAL") as started:
        yield started


@pytest.fixture
def local() -> Iterator[None]:
    endpoints.use(endpoints.Policy(http=True, networks=endpoints.networks("127.0.0.0/8")))
    yield
    endpoints.use(endpoints.Policy())


def _live(keepers: Keepers, seconds: float) -> None:
    for keeper in keepers:
        keeper.stdin.write(f"{seconds:.3f}\n")
        keeper.stdin.flush()


def _killed(keepers: Keepers) -> int:
    return sum(keeper.stdout.readline() == "killed\n" for keeper in keepers)


def _behind(practice: int) -> int:
    """Changes and events that are still on their way."""
    with transaction(practice):
        waiting = sum(number - done for number, done in Subscriber.objects.values_list("number", "delivered"))
    return waiting + Change.objects.filter(practice=practice).count()


def _check(receiver: Receiver, subscription: str, patients: dict[str, int], writes: int) -> None:
    """Every event came, in order; what came again came again from a number that was known."""
    seen, versions = 0, Counter()
    for bundle in receiver.took:
        if subscription not in bundle["entry"][0]["request"]["url"]:
            continue
        told = events(bundle)
        numbers = [int(event["event-number"]) for event in told]
        if not numbers:
            continue
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        assert numbers[0] <= seen + 1, f"{numbers} came after {seen}"
        for number, entry in zip(numbers, bundle["entry"][1:], strict=True):
            patient, version = entry["resource"]["id"], int(entry["resource"]["meta"]["versionId"])
            if number <= seen:
                continue
            assert version == versions[patient] + 1, f"{patient} {version} came after {versions[patient]}"
            versions[patient], seen = version, number
    assert seen == writes
    assert dict(versions) == patients


def test_killed_workers_and_a_failing_receiver_lose_nothing(practice: Any, client_of: Any, keepers: Any, local: Any):
    chance = random.Random(SEED)
    api = client_of(practice, "system/*.cruds")
    patients: dict[str, int] = {}
    killed = writes = 0
    with receiving() as receiver:
        made = wanted(receiver.url, content="full-resource", count=3, timeout=20)
        subscriptions = [api.json("POST", "Subscription", made, status=201)["id"] for _ in range(2)]
        assert deliver_all(practice.pk) == 2
        longest, taken = 0.3, 0
        for turn in range(ROUNDS):
            # Lives are as short as the machine allows: longer after a round that got nowhere, else shorter.
            longest = min(longest * 1.4, 5.0) if len(receiver.took) == taken else max(longest * 0.8, 0.1)
            taken = len(receiver.took)
            _live(keepers, chance.uniform(0.02, longest))
            receiver.behave = 500 if turn % 13 == 5 else 200
            if turn % 11 == 7:
                receiver.stop()
            for _ in range(WRITES):
                known = chance.choice([*patients, "", ""])
                body = {"resourceType": "Patient", "name": [{"family": f"Moss{writes}"}]}
                if known:
                    api.json("PUT", f"Patient/{known}", {**body, "id": known})
                    patients[known] += 1
                else:
                    patients[api.json("POST", "Patient", body, status=201)["id"]] = 1
                writes += 1
            killed += _killed(keepers)
            if turn % 11 == 8:
                receiver.start()
        receiver.behave = 200
        limit = time.monotonic() + PATIENCE
        while _behind(practice.pk) and time.monotonic() < limit:
            _live(keepers, chance.uniform(0.5, 4.0))
            killed += _killed(keepers)
        assert _behind(practice.pk) == 0, (len(receiver.took), receiver.asked, killed)
        assert killed >= 2 * ROUNDS
        for one in subscriptions:
            _check(receiver, one, patients, writes)
        assert _active(practice.pk) == 2


def _active(practice: int) -> int:
    with transaction(practice):
        return int(Subscriber.objects.filter(status="active").count())

"""Workers are killed at random moments, again and again: every message arrives, once, in its patient's order.

Two workers deliver the outbox at the same time. Each is a process of its own that gets SIGKILL in the middle
of whatever it does. Nothing may be lost, doubled or overtaken.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from tests.journeys.keepers import Keepers, kept

from chartdesk.ehr.charting.models import DayVisit, Note
from chartdesk.handoff.models import HandoffMessage
from chartdesk.kit.models import OutboxDelivery
from chartdesk.kit.transactions import transaction
from chartdesk.pms.charges.models import Superbill
from chartdesk.pms.scheduling import commands as scheduling
from chartdesk.record import search

PATIENTS = 10
SEED = 20260302
#: More rounds than it ever takes; reaching it means that something does not move on.
ROUNDS = 300

#: Reads the life of a worker in seconds, line by line, and answers how its worker ended. The worker is forked
#: from a process that has loaded everything and opened no connection.
KEEPER = """
import os, signal, sys, time
os.environ["CHARTDESK_DB_POOL"] = "0"
import django
django.setup()
from chartdesk.handoff import subscriptions
from chartdesk.kit import outbox
import chartdesk.ehr.charting.commands, chartdesk.pms.charges.commands
from chartdesk.record.indexing import index
from chartdesk.standards import fhir
subscriptions.connect()
for type in ("Patient", "Encounter", "Appointment", "Coverage", "Condition", "Observation"):
    fhir.validate(fhir.decode(b'{"resourceType":"%s"}' % type.encode()))
    index(0, fhir.decode(b'{"resourceType":"%s"}' % type.encode()))
practice = int(sys.argv[1])
print("ready", flush=True)
for line in sys.stdin:
    worker = os.fork()
    if worker == 0:
        outbox.deliver_all(practice)
        os._exit(0)
    until = time.monotonic() + float(line)
    ended = 0
    while not ended and time.monotonic() < until:
        ended, status = os.waitpid(worker, os.WNOHANG)
        time.sleep(0.001)
    if not ended:
        os.kill(worker, signal.SIGKILL)
        _, status = os.waitpid(worker, 0)
    print("killed" if os.WIFSIGNALED(status) else f"exit {os.WEXITSTATUS(status)}", flush=True)
"""


@pytest.fixture
def keepers(practice) -> Iterator[Keepers]:
    """Two processes that start workers and kill them."""
    with kept(KEEPER, [[str(practice.pk)]] * 2, CHARTDESK_LOG_LEVEL="ERROR") as started:
        yield started


def _undone(practice: int) -> int:
    return OutboxDelivery.objects.filter(practice=practice).exclude(state="done").count()


def _deliver_under_fire(practice: int, keepers: Keepers, chance: random.Random) -> Counter[str]:
    """Let workers live for random moments until everything is delivered; how they ended.

    Lives are as short as the machine allows: longer after a round that got nowhere, else shorter.
    """
    ends: Counter[str] = Counter()
    longest, left = 0.05, _undone(practice)
    for _ in range(ROUNDS):
        for keeper in keepers:
            keeper.stdin.write(f"{chance.uniform(0.01, longest):.3f}\n")
            keeper.stdin.flush()
        ends.update(keeper.stdout.readline().strip() for keeper in keepers)
        before, left = left, _undone(practice)
        if left == 0:
            return ends
        longest = min(longest * 1.5, 8.0) if left == before else max(longest * 0.7, 0.05)
        # A delivery that was set back is due again after a second; killed ones are due at once.
        waiting = OutboxDelivery.objects.filter(practice=practice, state="waiting", attempts__gt=0)
        if waiting.exists():
            time.sleep(0.05)
    raise AssertionError(f"{_undone(practice)} deliveries are left: {ends}")


def test_killed_workers_lose_double_and_overtake_nothing(at_work, keepers):
    chance = random.Random(SEED)
    practice = at_work.subject.practice
    patients = [at_work.someone() for _ in range(PATIENTS)]
    visits = [at_work.book(patient, 9 + number // 6, 10 * (number % 6)) for number, patient in enumerate(patients)]
    ends = _deliver_under_fire(practice, keepers, chance)

    with transaction(at_work.subject):
        encounters = dict(DayVisit.objects.values_list("appointment", "encounter"))
    for appointment in visits:
        scheduling.confirm(at_work.desk, appointment)
        scheduling.check_in(at_work.desk, appointment)
        scheduling.room(at_work.desk, appointment, at_work.room)
        at_work.sign(encounters[appointment])
        scheduling.check_out(at_work.desk, appointment)
    ends += _deliver_under_fire(practice, keepers, chance)

    assert set(ends) <= {"killed", "exit 0"} and ends["killed"] >= 10, ends
    _check_messages(at_work)
    with transaction(at_work.subject):
        assert Counter(DayVisit.objects.values_list("patient", "status")) == Counter((p, "departed") for p in patients)
        assert Note.objects.count() == PATIENTS
        bills = Counter(Superbill.objects.values_list("encounter", flat=True))
        assert bills == Counter(encounters[appointment] for appointment in visits)
    for patient in patients:
        found = list(search.all(at_work.subject, "Encounter", [("patient", patient)]))
        assert [stored.resource.status for stored in found] == ["finished"]


def _check_messages(at_work) -> None:
    """Each event that the handoff subscribed to made one message, and each patient's keep their order."""
    practice = at_work.subject.practice
    with transaction(at_work.subject):
        log = list(HandoffMessage.objects.order_by("pk").values_list("stream", "direction", "event"))
    heard = OutboxDelivery.objects.filter(practice=practice, subscriber__startswith="handoff.")
    assert Counter(event for _, _, event in log) == Counter(heard.values_list("event_id", flat=True))
    streams = {(stream, direction) for stream, direction, _ in log}
    assert len(streams) == 2 * PATIENTS + 1
    for one in streams:
        events = [event for stream, direction, event in log if (stream, direction) == one]
        assert events == sorted(events)

"""The process that charges a card is killed at random moments: the card is charged once at most, and posted if it was.

The gateway is a process of its own too. A charge is asked for again and again, under one key, as an impatient person
and a restarted server would; each asker is killed in the middle. Afterwards the worker's round settles what is open.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import httpx
import pytest
from tests.journeys.keepers import Keepers, kept
from tests.money.office import NOW, open_office

from chartdesk.exchange.card_sandbox import cards as numbers
from chartdesk.exchange.cards import HttpGateway
from chartdesk.kit import clock
from chartdesk.kit.transactions import transaction
from chartdesk.pms.cards import commands, connections, settling
from chartdesk.pms.cards.models import CardOperation, StoredCard
from chartdesk.pms.ledger import queries as ledger
from chartdesk.pms.statements.models import Payment

SEED = 4242
PATIENTS = 5
KEY = "journey"
#: Reads "patient card seconds", charges that card in a process of its own, and kills it after so long.
CHARGER = """
import os, signal, sys, time
os.environ["CHARTDESK_DB_POOL"] = "0"
import django
django.setup()
from datetime import datetime
from decimal import Decimal
from chartdesk.exchange.cards import HttpGateway
from chartdesk.kit import clock
from chartdesk.pms.cards import commands, connections
from chartdesk.record.access.subject import system
practice, url, now = int(sys.argv[1]), sys.argv[2], datetime.fromisoformat(sys.argv[3])
subject = system(practice, "desk")

def charge(patient, card):
    connections.use(HttpGateway(url, "journey", "journey", timeout_seconds=60))
    with clock.at(now):
        commands.charge(subject, patient, Decimal("25.00"), card_id=int(card), key="click-" + patient)

print("ready", flush=True)
for line in sys.stdin:
    patient, card, seconds = line.split()
    child = os.fork()
    if child == 0:
        try:
            charge(patient, card)
        except Exception:
            os._exit(1)
        os._exit(0)
    until, ended = time.monotonic() + float(seconds), 0
    while not ended and time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        time.sleep(0.001)
    if not ended:
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    print("killed" if os.WIFSIGNALED(status) else "ended", flush=True)
"""


@pytest.fixture
def bank(tmp_path) -> Iterator[str]:
    """The sandbox gateway as a process of its own; its address."""
    program = [sys.executable, "-m", "chartdesk.exchange.card_sandbox", "--port", "0", "--hang", "0.2"]
    options = ["--folder", str(tmp_path), "--key", KEY, "--secret", KEY]
    with subprocess.Popen([*program, *options], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip().removeprefix("card gateway on ")
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


@pytest.fixture
def chargers(practice, bank) -> Iterator[Keepers]:
    """Two processes that charge, and are killed."""
    with kept(CHARGER, [[str(practice.pk), bank, NOW.isoformat()]] * 2, CHARTDESK_LOG_LEVEL="ERROR") as started:
        yield started


def _card(subject, bank: str, gateway: HttpGateway, patient: str, behavior: str) -> int:
    page, address = gateway.open_page(Decimal("1.00"), "x", "http://127.0.0.1/")
    fields = {"number": numbers.number_for(behavior), "month": "12", "year": "2039", "code": "123"}
    assert httpx.post(address, data=fields, timeout=60).status_code == 303
    found = gateway.typed(page)
    assert found is not None
    with transaction(subject):
        return StoredCard.objects.create(
            practice=subject.practice, patient=patient, token=found.token, brand=found.brand, last4=found.last4,
            month=12, year=2039, kept=True, created=clock.now(),
        ).pk  # fmt: skip


def _at_the_bank(bank: str, key: str) -> list[str]:
    headers = {"Authorization": f"Bearer {KEY}"}
    answer = httpx.get(f"{bank}/v1/charges", params={"idempotency_key": key}, headers=headers, timeout=60)
    return [one["status"] for one in answer.json()["data"]]


def test_one_click_never_charges_twice_whatever_is_killed(subject, bank, chargers):
    chance, gateway = random.Random(SEED), HttpGateway(bank, KEY, KEY, timeout_seconds=60)
    connections.use(gateway)
    behaviors = ("approved", "timeout_charged", "dropped_charged", "error_charged", "declined")
    try:
        with clock.at(NOW):
            office = open_office(subject)
            patients = [office.patient() for _ in range(PATIENTS)]
            held = [_card(subject, bank, gateway, one, how) for one, how in zip(patients, behaviors, strict=True)]
        ends = []
        for _ in range(2):
            for patient, card in zip(patients, held, strict=True):
                for charger in chargers:
                    charger.stdin.write(f"{patient} {card} {chance.uniform(0.02, 0.5):.3f}\n")
                    charger.stdin.flush()
                ends += [charger.stdout.readline().strip() for charger in chargers]
        assert ends.count("killed") >= 5, ends
        until = time.monotonic() + 60
        with clock.at(NOW + timedelta(minutes=20)):
            settling.ask_again(subject)
            # Whoever was killed before anything was written down: the click is made once more, by nobody's death.
            for patient, card in zip(patients, held, strict=True):
                commands.charge(subject, patient, Decimal("25.00"), card_id=card, key=f"click-{patient}")
            while settling.ask_again(subject) and time.monotonic() < until:
                pass
        with clock.at(NOW + timedelta(minutes=40)):
            # Where every attempt died before the gateway heard of it, nothing was charged, and somebody tries anew.
            with transaction(subject):
                rows = CardOperation.objects.filter(practice=subject.practice, state="not_done")
                lost = set(rows.values_list("patient", flat=True))
            for patient, card in zip(patients, held, strict=True):
                if patient in lost:
                    commands.charge(subject, patient, Decimal("25.00"), card_id=card, key=f"anew-{patient}")
            while settling.ask_again(subject) and time.monotonic() < until:
                pass
        _check(subject, bank, len(lost))
    finally:
        connections.use(None)
        gateway.close()


def _check(subject, bank: str, anew: int) -> None:
    with transaction(subject):
        operations = list(CardOperation.objects.filter(practice=subject.practice).select_related("card"))
        payments = list(Payment.objects.filter(practice=subject.practice))
    assert len(operations) == PATIENTS + anew
    assert max(Counter(one.patient for one in payments).values()) == 1
    paid = 0
    for one in operations:
        known = _at_the_bank(bank, one.gateway_key)
        assert one.state not in ("sending", "unknown"), one.state
        assert known in (["succeeded"], ["declined"], []), known
        assert (one.state == "succeeded") == (known == ["succeeded"])
        paid += one.state == "succeeded"
    assert len(payments) == paid >= 3
    assert ledger.balance(subject, "card") == Decimal("25.00") * paid
    assert ledger.in_balance(subject)

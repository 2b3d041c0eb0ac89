"""Workers are killed at random moments while claims go out and money comes in: each once, and nothing is lost.

Two workers send, collect and post at the same time, beside the clearinghouse. Each is a process of its own that
gets SIGKILL in the middle of whatever it does, and so does the clearinghouse.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from tests.journeys.keepers import Keepers, kept
from tests.money.office import open_office

from chartdesk.exchange.sandbox import directory
from chartdesk.kit import clock
from chartdesk.kit.models import OutboxDelivery
from chartdesk.kit.transactions import transaction
from chartdesk.pms.charges import commands as charges
from chartdesk.pms.claims import subscriptions as claims
from chartdesk.pms.claims.models import Claim, ClaimEvent, Interchange
from chartdesk.pms.coverage import commands as coverage
from chartdesk.pms.ledger import queries as ledger
from chartdesk.pms.registration.commands import register
from chartdesk.pms.registration.people import Address, Guarantor, Person, Registration
from chartdesk.pms.remittance import subscriptions as remittance
from chartdesk.pms.remittance.models import ClaimPayment, Remittance
from chartdesk.standards.x12 import claim_837p, remittance_835

VISITS = 8
SEED = 20260316
#: Seconds after which something does not move on.
LIMIT = 200
DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 16, 15, tzinfo=UTC)

#: Reads the life of a process in seconds, line by line, and answers how it ended. What lives is forked from a
#: process that has loaded everything and opened no connection.
KEEPER = """
import os, signal, sys, time
os.environ["CHARTDESK_DB_POOL"] = "0"
import django
django.setup()
from datetime import datetime, timedelta
from pathlib import Path
from chartdesk.exchange.clearinghouse.folder import FolderConnection
from chartdesk.exchange.sandbox.program import Sandbox
from chartdesk.kit import clock, outbox
from chartdesk.pms.claims import commands, connections
from chartdesk.pms.claims import subscriptions as claims
from chartdesk.pms.remittance import subscriptions as remittance
from chartdesk.record.access.subject import system
from chartdesk.exchange.sandbox.rulebook import rulebook
from chartdesk.record.indexing import index
from chartdesk.standards import fhir
from chartdesk.standards.terminology import icd10
role, practice, folder, now = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), datetime.fromisoformat(sys.argv[4])
connections.use(lambda number: FolderConnection(folder, "office"))
claims.connect()
remittance.connect()
# What is made at first use is made here, once, and not in every child.
icd10.is_billable("J02.0")
rulebook()
for type in ("Patient", "Coverage", "Claim", "Practitioner", "ChargeItem", "Encounter", "Location"):
    fhir.validate(fhir.decode(b'{"resourceType":"%s"}' % type.encode()))
    index(0, fhir.decode(b'{"resourceType":"%s"}' % type.encode()))

def work():
    subject = system(practice, "mailbox")
    start = time.monotonic()
    while True:
        # The clock goes on, so that what was set back becomes due.
        with clock.at(now + timedelta(seconds=60 * (time.monotonic() - start))):
            outbox.deliver_all(practice)
            commands.send_pending(subject)
            commands.collect(subject)
        time.sleep(0.005)

def pay():
    sandbox = Sandbox(folder, days_to_pay=0)
    while True:
        sandbox.cycle(now)
        time.sleep(0.005)

print("ready", flush=True)
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        try:
            work() if role == "work" else pay()
        finally:
            os._exit(1)
    until = time.monotonic() + float(line)
    ended = 0
    while not ended and time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        time.sleep(0.001)
    if not ended:
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    print("killed" if os.WIFSIGNALED(status) else f"exit {os.WEXITSTATUS(status)}", flush=True)
"""


@pytest.fixture
def keepers(practice, tmp_path) -> Iterator[Keepers]:
    """Processes that start, and kill, two workers and a clearinghouse."""
    more = [str(practice.pk), str(tmp_path), NOW.isoformat()]
    with kept(KEEPER, [[role, *more] for role in ("work", "work", "pay")], CHARTDESK_LOG_LEVEL="ERROR") as started:
        yield started


def _visit(office, number: int) -> None:
    """Captured charges of a new patient; every fourth one is denied, some are reversed or taken back."""
    subject = office.subject
    person = Person(family=f"Survivor{number}", given="Sam", birth_date=date(1950 + number, 1, 2), sex="male",
                    address=Address("12 Elm Street", "", "Columbus", "OH", "43215"))  # fmt: skip
    patient = register(subject, Registration(person, [], Guarantor("self", None)), confirmed_distinct=True).patient_id
    scenario = {0: "NOTCOV", 1: "REVERSE", 2: "TAKEBACK"}.get(number % 4, "")
    member = directory.member_id("NPHP1", "PPO", 700 + number, scenario)
    coverage.add_coverage(subject, patient, coverage.Card("NPHP1", 1, member))
    charges.capture(
        subject,
        charges.EncounterCharges(
            source_id=f"survive-{number}", encounter_id="", appointment_id="", patient_id=patient,
            practitioner=office.practitioner, service_date=DAY, place_of_service="11", signed_at=NOW, minutes=20,
            diagnoses=["J02.0"], procedures=[charges.Procedure("99213", pointers=[1])],
        ),
    )  # fmt: skip


def _left(subject) -> int:
    """What is still to come: claims without a decision, deliveries, payments that wait."""
    undelivered = OutboxDelivery.objects.filter(practice=subject.practice).exclude(state="done").count()
    with transaction(subject):
        undecided = Claim.objects.filter(status__in=["built", "held", "ready", "submitted", "accepted"]).count()
        return (
            undelivered
            + undecided
            + VISITS
            - Claim.objects.count()
            + ClaimPayment.objects.filter(state="waiting").count()
        )


def _story(subject) -> list[object]:
    """Where everything stands, for whoever reads the failure."""
    undelivered = OutboxDelivery.objects.filter(practice=subject.practice).exclude(state="done")
    with transaction(subject):
        return [
            Counter(Claim.objects.values_list("status", flat=True)),
            list(undelivered.values_list("subscriber", "state", "attempts", "error")),
            Counter(Interchange.objects.values_list("kind", "status")),
        ]


def _under_fire(subject, keepers, chance: random.Random) -> Counter[str]:
    """Let everything live for random moments until nothing is left; lives grow while nothing moves."""
    ends: Counter[str] = Counter()
    longest, before, quiet, until = 0.2, _left(subject), 0, time.monotonic() + LIMIT
    while time.monotonic() < until:
        for keeper in keepers:
            keeper.stdin.write(f"{chance.uniform(0.02, longest):.3f}\n")
            keeper.stdin.flush()
        ends.update(keeper.stdout.readline().strip() for keeper in keepers)
        left = _left(subject)
        # A reversal follows its payment: wait until a few rounds bring nothing more.
        quiet = quiet + 1 if left == 0 else 0
        if quiet == 5:
            return ends
        longest = min(longest * 1.3, 6.0) if left >= before else max(longest * 0.8, 0.2)
        before = left
    raise AssertionError(f"{ends}, and this is left: {_story(subject)}")


def test_killed_processes_lose_and_double_nothing(subject, keepers, tmp_path):
    claims.connect()
    remittance.connect()
    with clock.at(NOW):
        office = open_office(subject)
        where = {"line1": "1200 Lakeshore Plaza", "city": "Port Ellis", "state": "OH", "postal_code": "44101"}
        coverage.add_payer(subject, coverage.PayerDetails("NPHP1", "Northpoint Health Plan", **where))
        for number in range(VISITS):
            _visit(office, number)
    ends = _under_fire(subject, keepers, random.Random(SEED))
    assert set(ends) == {"killed"} and ends["killed"] >= 15, ends
    _check_files(subject, tmp_path / "office")
    _check_claims(subject)
    _check_money(subject, tmp_path / "office")


def _check_files(subject, mailbox) -> None:
    """Every file that was made lies at the clearinghouse once, and every answer was stored, read and put away."""
    taken = {path.name: path.read_bytes() for path in (mailbox / "to_clearinghouse" / "taken").iterdir()}
    came = sorted(path.read_bytes() for path in (mailbox / "archive").iterdir())
    with transaction(subject):
        sent = Interchange.objects.filter(direction="out")
        assert {one.name: bytes(one.content) for one in sent} == taken
        assert set(sent.values_list("status", flat=True)) <= {"sent", "accepted"}
        stored = Interchange.objects.filter(direction="in")
        assert {bytes(one.content) for one in stored} == set(came)
        assert set(stored.values_list("status", flat=True)) == {"read"}
    assert [path for path in (mailbox / "from_clearinghouse").iterdir() if path.is_file()] == []


def _check_claims(subject) -> None:
    """Each visit has one claim, in one file, sent once."""
    with transaction(subject):
        found = list(Claim.objects.order_by("pk"))
        assert Counter(one.superbill for one in found) == Counter({one.superbill: 1 for one in found})
        assert len(found) == VISITS
        assert {one.status for one in found} <= {"paid", "denied", "partly_paid", "acknowledged"}
        for kind in ("submitted", "sent"):
            entries = Counter(ClaimEvent.objects.filter(kind=kind).values_list("claim", flat=True))
            assert entries == Counter(one.pk for one in found)
        files = [bytes(one.content) for one in Interchange.objects.filter(direction="out")]
    said = [
        claim.pcn for file in files for whole in claim_837p.read(file) for part in whole.sets for claim in part.claims
    ]
    assert sorted(said) == sorted(one.number for one in found)


def _check_money(subject, mailbox) -> None:
    """Every payment of every 835 was posted once; the books balance and the bank has what was sent."""
    payments = [
        payment
        for path in (mailbox / "archive").iterdir()
        if "835" in path.name
        for payment in remittance_835.read(path.read_bytes())
    ]
    assert payments
    with transaction(subject):
        assert Remittance.objects.count() == len(payments)
        posted = ClaimPayment.objects.values_list("claim_number", "paid")
        assert Counter(posted) == Counter((one.pcn, one.paid) for payment in payments for one in payment.claims)
        assert not list(ClaimPayment.objects.exclude(state="posted").values_list("claim_number", "state", "reason"))
    assert ledger.in_balance(subject)
    banked = ledger.balance(subject, "eft") + ledger.balance(subject, "check")
    assert banked == sum((-one.total if one.credit == "D" else one.total for one in payments), Decimal(0))

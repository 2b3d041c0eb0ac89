"""Journey 5: claims go out, the sandbox payer answers as it likes, and the money that comes in is posted.

Each scenario of the sandbox is one claim. The payer is a stranger: its 835s are read, balanced and posted with
nothing mocked. Whatever it did, the books balance and the bank holds the sum of every payment.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.money.office import NOW, open_office

from chartdesk.exchange.clearinghouse.folder import FolderConnection
from chartdesk.exchange.sandbox import directory
from chartdesk.exchange.sandbox.program import Sandbox

PAYER = "NPHP1"
LINES = [("99213", "160"), ("87880", "45")]


@pytest.fixture
def practice_and_payer(subject, practice, tmp_path):
    """The billing office, its mailbox in the sandbox's folder, and the sandbox."""
    from chartdesk.kit import clock
    from chartdesk.pms.claims import connections
    from chartdesk.pms.coverage import commands as coverage
    from chartdesk.pms.remittance import subscriptions as remittance
    from chartdesk.pms.statements import subscriptions as statements

    sandbox = Sandbox(tmp_path, days_to_pay=0)
    connections.use(lambda number: FolderConnection(tmp_path, practice.slug))
    remittance.connect()
    statements.connect()
    with clock.at(NOW - timedelta(days=10)):
        office = open_office(subject)
        address = {"line1": "1 Payer Way", "city": "Columbus", "state": "OH", "postal_code": "43004"}
        coverage.add_payer(subject, coverage.PayerDetails(PAYER, "Northpoint Health Plan", **address))
    return office, sandbox


def _claim(office, number, scenario):
    from chartdesk.pms.coverage import commands as coverage

    patient = office.patient(payers=())
    member = directory.member_id(PAYER, "PPO", number, scenario)
    coverage.add_coverage(office.subject, patient, coverage.Card(PAYER, 1, member))
    return office.claim(LINES, patient=patient)


def _evening(office, sandbox, moment):
    from chartdesk.kit import clock, outbox
    from chartdesk.pms.claims import commands as claims

    with clock.at(moment):
        for _ in range(2):
            claims.send_pending(office.subject)
            sandbox.cycle(clock.now())
            claims.collect(office.subject)
            outbox.deliver_all(office.subject.practice)


def _bank(office):
    return office.balance("eft") + office.balance("check")


SCENARIOS = {
    "": "paid",
    "HIGHDED": "paid",
    "DEDMET": "paid",
    "NOTCOV": "denied",
    "MISSING": "denied",
    "COB": "denied",
    "PARTIAL": "partly_paid",
    "UNDERPAY": "paid",
    "REVERSE": "paid",
    "TAKEBACK": "paid",
    "INTEREST": "paid",
    "NOLINE": "paid",
    "DROPMOD": "paid",
    "BUNDLED": "paid",
    "SPLIT": "paid",
    "SPLITBARE": "paid",
    "CROSSOVER": "paid",
    "CAPPAID": "paid",
    "NEWCODE": "paid",
    "NEWMOD": "paid",
    "REJECT": "rejected",
    "PEND": "acknowledged",
}


def test_every_answer_of_the_payer_is_posted_and_nothing_is_lost(practice_and_payer):
    from chartdesk.kit import clock
    from chartdesk.pms.remittance import queries

    office, sandbox = practice_and_payer
    with clock.at(NOW):
        claims = {name: _claim(office, place, name) for place, name in enumerate(SCENARIOS, start=100)}
    for days in range(0, 40, 4):
        _evening(office, sandbox, NOW + timedelta(days=days))
    with clock.at(NOW + timedelta(days=40)):
        assert {name: office.status(claim) for name, claim in claims.items()} == SCENARIOS
        rows = queries.remittances(office.subject)
        assert len(rows) >= 2
        assert {row.status for row in rows} == {"posted"}
        assert sum(row.amount for row in rows) == _bank(office)
        assert office.items("payment_held") == office.items("remittance_refused") == []
        assert len(office.items("denial")) == 4
        assert office.balance("interest") < 0
        _settled(office, claims)
        office.books()
        # What the payer could not take back yet it keeps from the next payment.
        assert office.balance("provider_adjustment.FB") < 0
        _claim(office, 900, "DEDMET")
    _evening(office, sandbox, NOW + timedelta(days=44))
    assert office.balance("provider_adjustment.FB") == 0
    assert sum(row.amount for row in queries.remittances(office.subject)) == _bank(office)
    office.books()


#: Word → the account where the PLB of it stands, and its sign there.
ADJUSTED = {
    "LATEFEE": ("50", 1), "LEVY": ("LE", 1), "RETURNED": ("72", 1), "NOTREIMB": ("J1", 1), "WITHHELD": ("E3", 1),
    "TAXED": ("IR", 1), "ADJUSTED": ("CS", 1), "BONUS": ("BN", -1), "LUMPSUM": ("LS", -1),
}  # fmt: skip


def test_every_adjustment_of_a_payment_has_an_account_of_its_own(practice_and_payer):
    """Each word's tenth stands in its account, claims are paid whole, and the bank has what came."""
    from chartdesk.kit import clock
    from chartdesk.pms.remittance import queries, rules

    office, sandbox = practice_and_payer
    with clock.at(NOW):
        claims = {name: _claim(office, place, name) for place, name in enumerate(ADJUSTED, start=300)}
    _evening(office, sandbox, NOW)
    _evening(office, sandbox, NOW + timedelta(days=2))
    with clock.at(NOW + timedelta(days=3)):
        assert {office.status(claim) for claim in claims.values()} == {"paid"}
        for code, sign in ADJUSTED.values():
            assert office.balance(rules.provider_account(code)) * sign > 0, code
        assert sum(row.amount for row in queries.remittances(office.subject)) == _bank(office) > 0
        office.books()


def test_files_that_go_wrong_on_their_way_cost_nothing(practice_and_payer):
    """The same file twice, half a file, one that does not add up, a check, and a payer that answers late."""
    from chartdesk.kit import clock
    from chartdesk.pms.remittance import queries

    office, sandbox = practice_and_payer
    words = ("TWICE", "CUTOFF", "UNBALANCED", "CHECK", "LATER")
    with clock.at(NOW):
        claims = {name: _claim(office, place, name) for place, name in enumerate(words, start=400)}
    first = NOW + timedelta(hours=1)
    with clock.at(first):
        _send_and_collect(office, sandbox)
        _send_and_collect(office, sandbox)
        states = {name: office.status(claim) for name, claim in claims.items()}
        assert (states["TWICE"], states["CHECK"]) == ("paid", "paid")
        assert states["CUTOFF"] == states["UNBALANCED"] == states["LATER"] == "acknowledged"
        assert len(office.items("remittance_refused")) == 1
        assert office.balance("check") > 0
    for days in (2, 4, 34):
        _evening(office, sandbox, NOW + timedelta(days=days))
    with clock.at(NOW + timedelta(days=35)):
        assert {office.status(claim) for claim in claims.values()} == {"paid"}
        posted = [row for row in queries.remittances(office.subject) if row.status == "posted"]
        assert len(posted) == len(words)
        assert sum(row.amount for row in posted) == _bank(office)
        assert office.items("payment_held") == []
        office.books()


def _send_and_collect(office, sandbox):
    from chartdesk.kit import clock, outbox
    from chartdesk.pms.claims import commands as claims

    claims.send_pending(office.subject)
    sandbox.cycle(clock.now())
    claims.collect(office.subject)
    outbox.deliver_all(office.subject.practice)


def _settled(office, claims):
    """What is left with the payer is what was denied, taken back, or not decided."""
    from chartdesk.pms.remittance import queries

    denied = sum((row.amount for row in queries.denials(office.subject)), Decimal(0))
    undecided = claims["REJECT"].total + claims["PEND"].total
    assert office.balance("ar", holder=f"payer:{PAYER}") == denied + undecided
    taken = office.balance("provider_adjustment.WO")
    assert taken > 0 and len(office.items("take_back")) == 1


def test_the_same_mail_twice_changes_nothing(practice_and_payer):
    from chartdesk.kit import clock, outbox
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.claims import commands as claims
    from chartdesk.pms.claims.models import Interchange

    office, sandbox = practice_and_payer
    with clock.at(NOW):
        _claim(office, 7, "")
    _evening(office, sandbox, NOW)
    before = office.books()
    assert _bank(office) > 0
    with clock.at(NOW), transaction(office.subject):
        files = list(Interchange.objects.filter(practice=office.subject.practice, kind="835"))
    with clock.at(NOW):
        for file in files:
            content = bytes(file.content)
            claims.receive(office.subject, "again.835", content)
            # The clearinghouse sends it once more, without line breaks.
            renewed = content.replace(b"\n", b"")
            assert renewed != content
            claims.receive(office.subject, "renewed.835", renewed)
        outbox.deliver_all(office.subject.practice)
    assert office.books() == before

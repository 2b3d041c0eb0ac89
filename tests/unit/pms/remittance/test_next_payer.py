"""After the first payer: the rest goes to the next coverage, then to the patient; nothing is written off twice."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.money.office import PAYER, SECOND, Cut, Paid, Sent, decided, reversed_

from chartdesk.kit.transactions import transaction

FIRST = [Paid("99213", "140", "80", [Cut("CO", "45", "40"), Cut("PR", "2", "20")])]


@pytest.fixture
def insured_twice(office):
    """A claim of a patient with two coverages."""
    return office.claim([("99213", "140")], patient=office.patient(payers=(PAYER, SECOND)))


def _second_claim(office, first):
    from chartdesk.pms.claims.models import Claim, ClaimLine

    with transaction(office.subject):
        claim = Claim.objects.get(practice=office.subject.practice, superbill=first.superbill, rank=2)
        lines = ClaimLine.objects.filter(claim=claim)
        ours = [(one.charge_line, one.control_number, one.code, one.amount) for one in lines]
    return claim, Sent(claim.pk, claim.number, claim.patient, claim.superbill, ours)


def test_the_rest_is_billed_to_the_second_payer_from_what_was_posted(office, insured_twice):
    from chartdesk.pms.claims.content import restored

    office.receive(office.remit(decided(insured_twice, FIRST)))
    assert office.balance("ar", holder=f"payer:{SECOND}") == Decimal("20.00")
    assert office.balance("ar", holder="patient") == 0
    claim, _ = _second_claim(office, insured_twice)
    assert (claim.status, claim.payer_id) == ("submitted", SECOND)
    (prior,) = restored(claim.content).prior
    assert (prior.paid, prior.payer.payer_id, prior.payer_claim_number) == (80, PAYER, f"P{insured_twice.number}")
    assert [(one.group, one.reason, one.amount) for one in prior.lines[0].adjustments] == [
        ("CO", "45", Decimal("40.00")),
        ("PR", "2", Decimal("20.00")),
    ]
    office.books()


@pytest.mark.parametrize(
    ("cuts", "paid", "patient", "contractual"),
    [
        ([Cut("OA", "23", "120")], "20", "0", "40"),
        ([Cut("OA", "23", "120"), Cut("PR", "2", "5")], "15", "5", "40"),
        ([Cut("CO", "45", "60"), Cut("OA", "23", "60")], "20", "0", "40"),
        ([Cut("CO", "45", "45"), Cut("OA", "23", "80"), Cut("PR", "1", "5")], "10", "5", "45"),
    ],
    ids=["pays all", "leaves a share", "repeats the first payer's discount", "allows less than the first"],
)
def test_what_the_second_payer_decides(office, insured_twice, cuts, paid, patient, contractual):
    office.receive(office.remit(decided(insured_twice, FIRST)))
    _, second = _second_claim(office, insured_twice)
    answer = decided(second, [Paid("99213", "140", paid, cuts)], status="2")
    _, report = office.receive(office.remit(answer, payer="SECOND MUTUAL", tax="841000202"))
    assert report.posted == 1
    assert office.balance("ar", holder=f"payer:{SECOND}") == 0
    assert office.balance("ar", holder=f"payer:{PAYER}") == 0
    assert office.balance("ar", holder="patient") == Decimal(patient)
    assert office.balance("adjustment.contractual") == Decimal(contractual)
    office.books()


def test_a_denial_of_the_second_payer_is_about_what_it_owes(office, insured_twice):
    """It refuses the whole charge; what the first payer left is all that there is to appeal, bill or write off."""
    from chartdesk.pms.remittance import commands, queries

    office.receive(office.remit(decided(insured_twice, FIRST)))
    _, second = _second_claim(office, insured_twice)
    refused = decided(second, [Paid("99213", "140", "0", [Cut("CO", "29", "140")])], status="4")
    office.receive(office.remit(refused, payer="SECOND MUTUAL", tax="841000202"))
    assert office.denied() == [("CO", "29", "20")]
    assert office.status(second) == "denied"
    (denial,) = queries.denials(office.subject)
    commands.settle_denial(office.subject, denial.id, "billed_patient", "They were asked in time.")
    assert office.balance("ar", holder="patient") == Decimal("20.00")
    assert office.balance("ar", holder=f"payer:{SECOND}") == 0
    office.books()


def test_a_later_payer_leaves_the_patient_no_more_than_was_open(office, insured_twice):
    """What it paid beyond that is its credit, and no reason to ask the patient for more."""
    office.receive(office.remit(decided(insured_twice, FIRST)))
    _, second = _second_claim(office, insured_twice)
    lines = [Paid("99213", "140", "17", [Cut("PR", "2", "8"), Cut("OA", "23", "115")])]
    office.receive(office.remit(decided(second, lines, status="2"), payer="SECOND MUTUAL", tax="841000202"))
    assert office.balance("ar", holder="patient") == Decimal("3.00")
    assert office.balance("ar", holder=f"payer:{SECOND}") == 0
    office.books()


def test_a_claim_that_the_payer_passed_on_is_not_sent_again(office, insured_twice):
    from chartdesk.pms.claims.models import Claim

    office.receive(office.remit(decided(insured_twice, FIRST, status="19")))
    with transaction(office.subject):
        assert not Claim.objects.filter(practice=office.subject.practice, rank=2).exists()
    assert office.balance("ar", holder=f"payer:{SECOND}") == Decimal("20.00")
    answer = decided(insured_twice, [Paid("99213", "140", "20", [Cut("OA", "23", "120")])], status="2")
    office.receive(office.remit(answer, payer="SECOND MUTUAL", tax="841000202"))
    assert office.balance("ar") == 0
    with transaction(office.subject):
        assert Claim.objects.get(pk=insured_twice.claim_id).payer_claim_number == f"P{insured_twice.number}"


def test_a_denial_of_the_first_payer_waits_for_a_person(office, insured_twice):
    from chartdesk.pms.claims.models import Claim

    denied = [Paid("99213", "140", "0", [Cut("CO", "22", "140")])]
    office.receive(office.remit(decided(insured_twice, denied, status="4")))
    with transaction(office.subject):
        assert not Claim.objects.filter(practice=office.subject.practice, rank=2).exists()
    assert office.balance("ar", holder=f"payer:{PAYER}") == Decimal("140.00")


def test_a_correction_after_the_second_claim_went_out_tells_the_biller(office, insured_twice):
    first = decided(insured_twice, FIRST)
    office.receive(office.remit(first))
    right = [Paid("99213", "140", "90", [Cut("CO", "45", "40"), Cut("PR", "2", "10")])]
    office.receive(office.remit(reversed_(first), decided(insured_twice, right)))
    assert office.balance("ar", holder=f"payer:{SECOND}") == Decimal("10.00")
    (item,) = office.items("next_payer")
    assert insured_twice.number in item.title
    office.books()


def test_an_answer_of_a_payer_we_did_not_expect_pays_what_the_patient_owes(office):
    claim = office.claim([("99213", "140")])
    office.receive(office.remit(decided(claim, FIRST)))
    answer = decided(claim, [Paid("99213", "140", "20", [Cut("OA", "23", "120")])], status="2")
    office.receive(office.remit(answer, payer="STATE MEDICAID", tax="841000303"))
    assert office.balance("ar") == 0
    office.books()

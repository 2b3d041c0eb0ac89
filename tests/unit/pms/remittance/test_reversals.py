"""Reversals post the contra entries of what they reverse; corrections post anew."""

from __future__ import annotations

from decimal import Decimal

from tests.money.office import PAYER, Cut, Paid, decided, reversed_

from chartdesk.kit.transactions import transaction

FIRST = [Paid("99213", "140", "80", [Cut("CO", "45", "40"), Cut("PR", "3", "20")])]
RIGHT = [Paid("99213", "140", "75", [Cut("CO", "45", "40"), Cut("PR", "3", "25")])]
DENIED = [Paid("99213", "140", "0", [Cut("CO", "16", "140")])]


def _before(office):
    claim = office.claim([("99213", "140")])
    return claim, office.books()


def test_a_reversal_leaves_the_books_as_they_were_before_the_payment(office):
    claim, before = _before(office)
    paid = decided(claim, FIRST)
    office.receive(office.remit(paid))
    assert office.books() != before
    office.receive(office.remit(reversed_(paid), plb=[("FB", "CARRY", "-80")]))
    after = office.books()
    assert after.pop("provider_adjustment.FB") == Decimal("-80.00")
    assert after.pop("eft") == Decimal("80.00")
    assert after == before
    assert office.status(claim) == "acknowledged"


def test_reversal_and_correction_in_one_remittance(office):
    claim, _ = _before(office)
    paid = decided(claim, FIRST)
    office.receive(office.remit(paid))
    view, report = office.receive(office.remit(reversed_(paid), decided(claim, RIGHT), plb=[("FB", "CARRY", "-5")]))
    assert (report.posted, report.held, view.row.status) == (2, 0, "posted")
    assert office.balance("eft") == Decimal("80.00")
    assert office.balance("ar", holder="patient") == Decimal("25.00")
    assert office.balance("ar", holder=f"payer:{PAYER}") == 0
    assert office.balance("adjustment.contractual") == Decimal("40.00")
    assert office.status(claim) == "paid"
    office.books()


def test_one_payment_is_reversed_once(office):
    claim, _ = _before(office)
    paid = decided(claim, FIRST)
    office.receive(office.remit(paid))
    office.receive(office.remit(reversed_(paid), plb=[("FB", "A", "-80")]))
    view, report = office.receive(office.remit(reversed_(paid), plb=[("FB", "B", "-80")]))
    assert (report.posted, report.held) == (0, 1)
    assert "not here" in view.claims[0].row.reason
    assert office.balance("unapplied") == Decimal("80.00")
    assert len(office.items("payment_held")) == 1
    office.books()


def test_a_reversal_whose_figures_fit_nothing_is_held(office):
    claim, _ = _before(office)
    office.receive(office.remit(decided(claim, FIRST)))
    other = reversed_(decided(claim, RIGHT))
    _, report = office.receive(office.remit(other, plb=[("FB", "A", "-75")]))
    assert report.held == 1
    assert office.balance("ar", holder="patient") == Decimal("20.00")


def test_a_reversed_denial_leaves_the_list_and_its_write_off_is_taken_back(office):
    from chartdesk.pms.remittance import commands, queries

    claim, before = _before(office)
    refused = decided(claim, DENIED, status="4")
    office.receive(office.remit(refused))
    denial = queries.denials(office.subject)[0]
    commands.settle_denial(office.subject, denial.id, "written_off", "Our mistake.")
    assert office.balance("ar") == 0
    office.receive(office.remit(reversed_(refused)))
    assert office.books() == before
    assert office.denied() == []
    assert office.items("denial") == []


def test_a_reversal_by_another_way_of_payment_moves_the_money_between_the_banks(office):
    claim, before = _before(office)
    paid = decided(claim, FIRST)
    office.receive(office.remit(paid, method="CHK"))
    assert office.balance("check") == Decimal("80.00")
    view, _ = office.receive(office.remit(reversed_(paid), decided(claim, FIRST), method="ACH"))
    assert view.row.amount == 0
    assert office.balance("eft") == 0
    assert office.balance("check") == Decimal("80.00")
    assert before["ar"] == Decimal("140.00")


def test_what_the_patient_overpaid_after_a_correction_becomes_credit(office):
    from chartdesk.kit import outbox
    from chartdesk.pms.statements import commands, queries, subscriptions

    subscriptions.connect()
    claim, _ = _before(office)
    first = decided(claim, RIGHT)
    office.receive(office.remit(first))
    commands.take_payment(office.subject, claim.patient, Decimal("25"), "card", idempotency_key="copay")
    office.receive(office.remit(reversed_(first), decided(claim, FIRST), total="5"))
    outbox.deliver_all(office.subject.practice)
    figures = queries.balances(office.subject, claim.patient)
    assert (figures.patient, figures.insurance, figures.credit) == (0, 0, Decimal("5.00"))
    office.books()


def test_the_reversal_says_what_it_reverses(office):
    from chartdesk.pms.remittance.models import ClaimPayment

    claim, _ = _before(office)
    paid = decided(claim, FIRST)
    office.receive(office.remit(paid))
    office.receive(office.remit(reversed_(paid), plb=[("FB", "A", "-80")]))
    with transaction(office.subject):
        back = ClaimPayment.objects.get(practice=office.subject.practice, status_code="22")
        assert back.reverses.claim_number == claim.number
        assert back.reverses.reversed_by == back


def test_a_void_ends_when_the_payer_has_taken_the_claim_back_and_its_charges_may_be_billed_anew(office):
    from types import SimpleNamespace

    from chartdesk.pms.charges import commands as charges
    from chartdesk.pms.claims import commands as claims
    from chartdesk.pms.claims import subscriptions
    from chartdesk.pms.claims.models import Claim

    claim, before = _before(office)
    paid = decided(claim, FIRST)
    office.receive(office.remit(paid))
    void = claims.void(office.subject, claim.claim_id)
    claims.submit(office.subject, [void])
    office.receive(office.remit(reversed_(paid), plb=[("FB", "CARRY", "-80")]))
    with transaction(office.subject):
        assert Claim.objects.get(pk=void).status == "closed"
    [item] = office.items("claim_voided")
    assert claim.number in item.title and "Reopen the charges" in item.cure
    assert {one: office.books()[one] for one in before} == before
    charges.reopen(office.subject, claim.superbill, "Another payer's")
    charges.approve(office.subject, claim.superbill)
    with transaction(office.subject):
        told = [SimpleNamespace(practice=office.subject.practice, payload={"superbill_id": claim.superbill})]
        subscriptions._several_approved(told)
        rows = Claim.objects.filter(practice=office.subject.practice, superbill=claim.superbill)
        assert [(one.frequency, one.status) for one in rows.order_by("pk")] == [
            ("1", "closed"), ("8", "closed"), ("1", "submitted"),
        ]  # fmt: skip
    assert office.items("claim_voided") == []

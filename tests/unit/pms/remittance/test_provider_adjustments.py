"""Adjustments of the payment as a whole: none is dropped, each stands in its account, the bank gets BPR02."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.money.office import PAYER, Cut, Paid, decided, reversed_

from chartdesk.kit.errors import Conflict

GOOD = [Paid("99213", "140", "100", [Cut("CO", "45", "40")])]


@pytest.mark.parametrize(
    ("plb", "accounts", "bank"),
    [
        ("WO OLD1 30", "provider_adjustment.WO 30", "70"),
        ("L6 - -2.50", "interest -2.50", "102.50"),
        ("FB T1 -40", "provider_adjustment.FB -40", "140"),
        ("72 OLD1 10, J1 - 5", "provider_adjustment.72 10, provider_adjustment.J1 5", "85"),
        ("CS X 12, CS Y -2", "provider_adjustment.CS 10", "90"),
        ("IR - 24", "provider_adjustment.IR 24", "76"),
        ("WO OLD1 130, FB T1 -30", "provider_adjustment.WO 130, provider_adjustment.FB -30", "0"),
        ("WO OLD1 5, WO OLD1 5", "provider_adjustment.WO 10", "90"),
    ],
)
def test_each_reason_in_its_account(office, plb, accounts, bank):
    claim = office.claim([("99213", "140")])
    given = [["" if part == "-" else part for part in one.split()] for one in plb.split(", ")]
    view, report = office.receive(office.remit(decided(claim, GOOD), plb=given))
    assert (report.posted, view.row.status, view.row.amount) == (1, "posted", Decimal(bank))
    for account, amount in (one.split() for one in accounts.split(", ")):
        assert office.balance(account) == Decimal(amount)
    assert office.balance("eft") == Decimal(bank)
    assert office.balance("ar") == 0
    office.books()


def test_a_payment_of_nothing_but_adjustments(office):
    view, report = office.receive(office.remit(plb=[("L6", "", "-1.25")]))
    assert (report.posted, view.row.status) == (0, "posted")
    assert office.balance("eft") == Decimal("1.25")


def test_the_same_payment_again_posts_no_adjustment_twice(office):
    claim = office.claim([("99213", "140")])
    office.receive(office.remit(decided(claim, GOOD), plb=[("WO", "OLD1", "30")], trace="9"))
    view, _ = office.receive(office.remit(decided(claim, GOOD), plb=[("WO", "OLD1", "30")], trace="09"))
    assert view.row.status == "duplicate"
    assert office.balance("provider_adjustment.WO") == Decimal("30.00")


def test_a_balance_carried_forward_and_settled_cancels_out(office):
    one, other = office.claim([("99213", "140")]), office.claim([("99213", "140")])
    paid = decided(one, GOOD)
    office.receive(office.remit(paid))
    office.receive(office.remit(reversed_(paid), plb=[("FB", "T77", "-100")]))
    office.receive(office.remit(decided(other, [Paid("99213", "140", "140")]), plb=[("FB", "T77", "100")]))
    assert office.balance("provider_adjustment.FB") == 0
    assert office.balance("eft") == Decimal("140.00")


def test_a_recovery_after_its_reversal_is_matched(office):
    claim, other = office.claim([("99213", "140")]), office.claim([("99213", "140")])
    paid = decided(claim, GOOD)
    office.receive(office.remit(paid))
    office.receive(office.remit(reversed_(paid), plb=[("WO", claim.number, "-100")]))
    assert office.items("take_back") == []
    view, _ = office.receive(
        office.remit(decided(other, [Paid("99213", "140", "140")]), plb=[("WO", f"P{claim.number}", "100")])
    )
    assert view.provider_adjustments[0].row.state == "matched"
    assert office.balance("provider_adjustment.WO") == 0
    assert office.items("take_back") == []


@pytest.mark.parametrize(("outcome", "payer", "other"), [("reopened", "100", "0"), ("accepted", "0", "100")])
def test_a_recovery_without_a_reversal_is_decided_by_a_person(office, outcome, payer, other):
    from chartdesk.pms.remittance import commands

    claim, later = office.claim([("99213", "140")]), office.claim([("99213", "140")])
    office.receive(office.remit(decided(claim, GOOD)))
    view, _ = office.receive(
        office.remit(decided(later, [Paid("99213", "140", "140")]), plb=[("WO", f"P{claim.number}", "100")])
    )
    (item,) = office.items("take_back")
    assert claim.number in item.title and item.amount == Decimal("100.00")
    number = view.provider_adjustments[0].row.pk
    commands.settle_take_back(office.subject, number, outcome, "As the payer explained.")
    assert office.balance("provider_adjustment.WO") == 0
    assert office.balance("ar", holder=f"payer:{PAYER}") == Decimal(payer)
    assert office.balance("adjustment.other") == Decimal(other)
    assert office.items("take_back") == []
    with pytest.raises(Conflict, match="nothing left"):
        commands.settle_take_back(office.subject, number, outcome, "Again.")
    office.books()


def test_a_recovery_of_nobody_can_be_accepted_but_not_reopened(office):
    from chartdesk.pms.remittance import commands

    claim = office.claim([("99213", "140")])
    view, _ = office.receive(office.remit(decided(claim, GOOD), plb=[("WO", "UNKNOWN", "10")]))
    number = view.provider_adjustments[0].row.pk
    with pytest.raises(Conflict, match="names no claim"):
        commands.settle_take_back(office.subject, number, "reopened", "?")
    commands.settle_take_back(office.subject, number, "accepted", "Too small to pursue.")
    assert office.balance("adjustment.other") == Decimal("10.00")

"""Money without a claim, denials and their settling, and less than the contract says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.money.office import PAYER, Cut, Paid, decided, reversed_

from chartdesk.kit.errors import Conflict, Invalid, NotFound

GOOD = [Paid("99213", "140", "100", [Cut("CO", "45", "40")])]
BARE = [Paid("99213", "140", "100", [Cut("CO", "45", "40")], control="-")]
DENIED = [Paid("99213", "140", "0", [Cut("CO", "16", "140")], remarks=["N382"])]


def test_a_claim_of_nobody_is_held_with_its_figures(office):
    from chartdesk.pms.remittance import queries

    view, report = office.receive(office.remit(decided(None, BARE, number="STRANGER1")))
    assert (report.held, view.row.status) == (1, "partly_posted")
    assert office.books() == {"eft": Decimal("100.00"), "unapplied": Decimal("-100.00")}
    (item,) = office.items("payment_held")
    assert item.amount == Decimal("100.00")
    for part in ("STRANGER1", "$140.00", "$100.00", view.row.trace):
        assert part in item.detail
    assert queries.remittance(office.subject, view.row.pk).claims[0].row.patient_name == "PAYNE, PAT"


def test_a_held_payment_is_assigned_to_its_claim(office):
    from chartdesk.pms.remittance import commands, queries

    claim = office.claim([("99213", "140")])
    view, _ = office.receive(office.remit(decided(None, BARE, number="STRANGER1")))
    held = view.claims[0].row
    commands.assign_payment(office.subject, held.pk, claim.number.lower())
    assert office.balance("unapplied") == 0
    assert office.balance("eft") == Decimal("100.00")
    assert office.balance("ar", holder=f"payer:{PAYER}") == 0
    assert office.status(claim) == "paid"
    assert queries.remittance(office.subject, view.row.pk).row.status == "posted"
    assert office.items("payment_held") == []
    with pytest.raises(Conflict, match="not held"):
        commands.assign_payment(office.subject, held.pk, claim.number)
    office.books()


def test_an_assignment_to_no_claim_is_refused_and_changes_nothing(office):
    from chartdesk.pms.remittance import commands

    view, _ = office.receive(office.remit(decided(None, BARE, number="STRANGER1")))
    with pytest.raises(NotFound, match="no claim"):
        commands.assign_payment(office.subject, view.claims[0].row.pk, "C9999999")
    assert office.balance("unapplied") == Decimal("-100.00")


def test_a_held_payment_can_be_reversed_by_the_payer(office):
    stray = decided(None, BARE, number="STRANGER1")
    office.receive(office.remit(stray))
    office.receive(office.remit(reversed_(stray), plb=[("FB", "A", "-100")]))
    assert office.balance("unapplied") == 0
    office.books()


def test_a_claim_is_found_by_the_payers_own_number(office):
    claim = office.claim([("99213", "140")])
    office.receive(office.remit(decided(claim, DENIED, status="4", payer_number="PAYERS-1")))
    late = decided(None, BARE, number="GARBLED", payer_number="PAYERS-1")
    _, report = office.receive(office.remit(late))
    assert report.posted == 1
    assert office.balance("ar") == 0


def test_a_denial_stands_on_the_list_with_words_and_a_deadline(office):
    from chartdesk.pms.remittance import queries

    claim = office.claim([("99213", "140")])
    office.receive(office.remit(decided(claim, DENIED, status="4"), paid_on=date(2026, 3, 10)))
    (row,) = queries.denials(office.subject)
    assert (row.claim_number, row.group, row.carc, row.rarc) == (claim.number, "CO", "16", ["N382"])
    assert row.reason.startswith("Information is missing")
    assert row.deadline == date(2026, 9, 6)
    (item,) = office.items("denial")
    assert (item.amount, item.due, item.link_id) == (Decimal("140.00"), row.deadline, str(claim.claim_id))
    assert queries.denial_reasons(office.subject) == [("16", row.reason, 1, Decimal("140.00"))]


@pytest.mark.parametrize(
    ("outcome", "payer", "patient", "other", "pending"),
    [
        ("appealed", "140", "0", "0", 1),
        ("resubmitted", "140", "0", "0", 1),
        ("written_off", "0", "0", "140", 0),
        ("billed_patient", "0", "140", "0", 0),
        ("resolved", "140", "0", "0", 0),
    ],
)
def test_settling_a_denial_moves_money_where_it_moves(office, outcome, payer, patient, other, pending):
    from chartdesk.pms.remittance import commands, queries

    claim = office.claim([("99213", "140")])
    office.receive(office.remit(decided(claim, DENIED, status="4")))
    (row,) = queries.denials(office.subject)
    commands.settle_denial(office.subject, row.id, outcome, "As agreed.")
    assert office.balance("ar", holder=f"payer:{PAYER}") == Decimal(payer)
    assert office.balance("ar", holder="patient") == Decimal(patient)
    assert office.balance("adjustment.other") == Decimal(other)
    assert len(queries.denials(office.subject)) == pending
    assert queries.denial(office.subject, row.id).note == "As agreed."
    assert office.items("denial") == []
    office.books()


def test_a_settled_denial_is_not_settled_again(office):
    from chartdesk.pms.remittance import commands, queries

    claim = office.claim([("99213", "140")])
    office.receive(office.remit(decided(claim, DENIED, status="4")))
    number = queries.denials(office.subject)[0].id
    for outcome, note in (("forgotten", "x"), ("resolved", " ")):
        with pytest.raises(Invalid):
            commands.settle_denial(office.subject, number, outcome, note)
    commands.settle_denial(office.subject, number, "appealed", "Letter sent.")
    commands.settle_denial(office.subject, number, "written_off", "Appeal lost.")
    with pytest.raises(Conflict):
        commands.settle_denial(office.subject, number, "written_off", "Once more.")
    assert office.balance("adjustment.other") == Decimal("140.00")


def test_a_later_payment_resolves_the_denial(office):
    from chartdesk.pms.remittance import commands, queries

    claim = office.claim([("99213", "140")])
    office.receive(office.remit(decided(claim, DENIED, status="4")))
    number = queries.denials(office.subject)[0].id
    commands.settle_denial(office.subject, number, "appealed", "Letter sent.")
    office.receive(office.remit(decided(claim, GOOD)))
    row = queries.denial(office.subject, number)
    assert row.state == "resolved" and "decided otherwise" in row.note
    assert office.balance("ar") == 0
    assert office.status(claim) == "paid"


def test_what_is_no_longer_owed_cannot_be_written_off(office):
    from chartdesk.pms.remittance import commands, queries

    claim = office.claim([("99213", "140"), ("87880", "32")])
    lines = [
        Paid("99213", "140", "0", [Cut("CO", "16", "140")]),
        Paid("87880", "32", "0", [Cut("CO", "16", "30"), Cut("CO", "18", "2")]),
    ]
    office.receive(office.remit(decided(claim, lines, status="4")))
    rows = {row.carc + str(row.amount): row.id for row in queries.denials(office.subject)}
    commands.settle_denial(office.subject, rows["1630.00"], "written_off", "Small.")
    commands.settle_denial(office.subject, rows["182.00"], "written_off", "Smaller.")
    assert len(office.items("denial")) == 1
    commands.settle_denial(office.subject, rows["16140.00"], "billed_patient", "Signed a waiver.")
    assert office.balance("ar", holder="patient") == Decimal("140.00")
    assert office.items("denial") == []


def test_less_than_the_contract_is_noted(office):
    from chartdesk.pms.charges import commands as charges

    charges.set_contract(office.subject, PAYER, {"99213": Decimal("110")}, date(2026, 1, 1))
    low, right = office.claim([("99213", "140")]), office.claim([("99213", "140")])
    fair = [Paid("99213", "140", "85", [Cut("CO", "45", "30"), Cut("PR", "3", "25")])]
    office.receive(office.remit(decided(low, GOOD), decided(right, fair)))
    (item,) = office.items("underpayment")
    assert low.number in item.title and item.amount == Decimal("10.00")
    assert "allowed $100.00, agreed $110.00" in item.detail


def test_a_denied_line_is_not_underpaid_as_well(office):
    from chartdesk.pms.charges import commands as charges

    charges.set_contract(office.subject, PAYER, {"99213": Decimal("110")}, date(2026, 1, 1))
    office.receive(office.remit(decided(office.claim([("99213", "140")]), DENIED, status="4")))
    assert office.items("underpayment") == []


def test_every_read_of_a_patients_money_leaves_a_trace(office):
    from chartdesk.pms.remittance import queries
    from chartdesk.record import audit

    claim = office.claim([("99213", "140")])
    office.receive(office.remit(decided(claim, DENIED, status="4")))
    queries.denials(office.subject)
    queries.of_claim(office.subject, claim.claim_id)
    seen = {(row.action, row.what) for row in audit.trail(office.subject, claim.patient, 100)}
    assert {("U", "claim payment"), ("R", "claim payment"), ("R", "denial")} <= seen

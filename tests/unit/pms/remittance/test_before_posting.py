"""A look before posting, rules about what posts by itself, and taking back what was posted."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.money.office import PAYER, SECOND, Cut, Paid, decided

from chartdesk.kit.errors import Conflict, Invalid

GOOD = [Paid("99213", "140", "100", [Cut("CO", "45", "20"), Cut("PR", "3", "20")])]
DENIED = [Paid("99213", "140", "0", [Cut("CO", "16", "140")])]


def _received(office, *claims, **given):
    from chartdesk.pms.remittance import commands

    return commands.receive(office.subject, office.remit(*claims, **given))


def _view(office, number):
    from chartdesk.pms.remittance import queries

    return queries.remittance(office.subject, number).row


def test_a_preview_shows_every_entry_and_leaves_nothing(office):
    from chartdesk.pms.remittance import commands, previewing

    twice = office.claim([("99213", "140")], patient=office.patient(payers=(PAYER, SECOND)))
    denied = office.claim([("99213", "140")])
    number = _received(office, decided(twice, GOOD), decided(denied, DENIED, status="4"), plb=[("WO", "OLD", "30")])
    before = office.books()
    seen = previewing.preview(office.subject, number)
    assert [(one.claim_number, one.state, len(one.denials)) for one in seen.claims] == [
        (twice.number, "posted", 0), (denied.number, "posted", 1)]  # fmt: skip
    assert {(row.account, row.amount) for row in seen.claims[0].entries} >= {
        ("eft", Decimal("100.00")), ("adjustment.contractual", Decimal("20.00"))}  # fmt: skip
    assert [(one.code, [row.amount for row in rows]) for one, rows in seen.adjustments] == [
        ("WO", [Decimal("-30.00"), Decimal("30.00")])]  # fmt: skip
    assert office.books() == before
    assert office.denied() == [] and office.items("denial") == [] and office.items("take_back") == []
    assert (_view(office, number).status, office.status(twice)) == ("received", "submitted")
    foretold = {name: amount for name, amount in seen.accounts if name != "Accounts receivable"}
    commands.post(office.subject, number)
    assert foretold["Electronic payments of payers"] == office.balance("eft") == Decimal("70.00")
    with pytest.raises(Conflict, match="Nothing"):
        previewing.preview(office.subject, number)


@pytest.mark.parametrize(
    ("rule", "fits"),
    [
        ({"over": Decimal("99")}, True),
        ({"over": Decimal("100")}, False),
        ({"statuses": ["4"]}, False),
        ({"statuses": ["1"]}, True),
        ({"payer_id": PAYER}, True),
        ({"payer_id": SECOND}, False),
        ({"unmatched": True}, False),
        ({"adjusted": True}, False),
        ({"undeposited": True}, True),
    ],
    ids=str,
)
def test_a_rule_holds_back_what_fits(office, rule, fits):
    from chartdesk.pms.remittance import autoposting
    from chartdesk.pms.remittance.models import Remittance

    autoposting.set_rule(office.subject, autoposting.RuleDetails("Look", **rule))
    number = _received(office, decided(office.claim([("99213", "140")]), GOOD))
    assert autoposting.held_back(office.subject, number) == fits
    row = _view(office, number)
    assert row.status == ("review" if fits else "received")
    assert len(office.items("remittance_review")) == fits
    assert isinstance(row, Remittance)


def test_what_waits_for_a_person_is_posted_by_one_and_nothing_else_is_held_up(office):
    from chartdesk.kit import outbox
    from chartdesk.pms.remittance import autoposting, commands, subscriptions

    subscriptions.connect()
    autoposting.set_rule(office.subject, autoposting.RuleDetails("Denials", statuses=["4"]))
    one, other = office.claim([("99213", "140")]), office.claim([("99213", "140")])
    waits = _received(office, decided(one, DENIED, status="4"))
    goes = _received(office, decided(other, GOOD))
    outbox.deliver_all(office.subject.practice)
    assert [_view(office, number).status for number in (waits, goes)] == ["review", "posted"]
    (item,) = office.items("remittance_review")
    assert one.number in item.detail
    commands.post(office.subject, waits)
    assert _view(office, waits).status == "posted"
    assert office.items("remittance_review") == []
    with pytest.raises(Invalid, match="looks for nothing"):
        autoposting.set_rule(office.subject, autoposting.RuleDetails("Empty"))


def test_a_claim_payment_is_taken_out_and_given_to_another_claim(office):
    from chartdesk.pms.remittance import commands, queries

    wrong, right = office.claim([("99213", "140")]), office.claim([("99213", "140")])
    before = office.books()
    view, _ = office.receive(office.remit(decided(wrong, GOOD)))
    payment = view.claims[0].row
    commands.unpost_claim(office.subject, payment.pk, "It is the brother's.")
    assert office.books() == before | {"eft": Decimal("100.00"), "unapplied": Decimal("-100.00")}
    assert office.status(wrong) == "acknowledged"
    assert queries.remittance(office.subject, view.row.pk).row.status == "partly_posted"
    (item,) = office.items("payment_held")
    assert "brother" in item.detail
    commands.assign_payment(office.subject, payment.pk, right.number)
    assert office.balance("unapplied") == 0
    assert office.status(right) == "paid"
    assert office.items("payment_held") == []
    with pytest.raises(Invalid, match="reason"):
        commands.unpost_claim(office.subject, payment.pk, " ")


def test_a_whole_remittance_is_taken_back_and_posted_again(office):
    from chartdesk.pms.remittance import commands

    paid, denied = office.claim([("99213", "140")]), office.claim([("99213", "140")])
    before = office.books()
    number = _received(office, decided(paid, GOOD), decided(denied, DENIED, status="4"), plb=[("WO", "OLD", "30")])
    commands.post(office.subject, number)
    posted = office.books()
    assert commands.unpost(office.subject, number, "The check bounced.") == 2
    assert office.books() == before
    assert (_view(office, number).status, office.denied(), office.items("take_back")) == ("unposted", [], [])
    assert [office.status(one) for one in (paid, denied)] == ["acknowledged", "acknowledged"]
    with pytest.raises(Conflict, match="unposted"):
        commands.unpost(office.subject, number, "Again.")
    assert commands.post(office.subject, number).posted == 2
    assert office.books() == posted
    assert (_view(office, number).status, len(office.denied())) == ("posted", 1)

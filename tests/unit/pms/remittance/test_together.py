"""Many claim payments in one transaction: one that is refused does not hold up the others, and each is posted once."""

from __future__ import annotations

from decimal import Decimal

from tests.money.office import PAYER, SECOND, Cut, Paid, decided, reversed_

from chartdesk.kit.transactions import transaction

GOOD = [Paid("99213", "140", "100", [Cut("CO", "45", "40")])]
SHARED = [Paid("99213", "140", "80", [Cut("CO", "45", "40"), Cut("PR", "2", "20")])]
DENIED = [Paid("99213", "140", "0", [Cut("CO", "16", "140")])]


def test_one_that_our_rules_refuse_is_held_and_the_others_are_posted(office):
    from chartdesk.pms.claims.models import Claim

    claims = [office.claim([("99213", "140")]) for _ in range(4)]
    with transaction(office.subject):
        # No receivable can be owed by such a payer: the ledger refuses its posting.
        Claim.objects.filter(pk=claims[1].claim_id).update(payer_id="X" * 70)
    view, report = office.receive(office.remit(*(decided(one, GOOD) for one in claims)))
    assert (report.posted, report.held, view.row.status) == (3, 1, "partly_posted")
    (item,) = office.items("payment_held")
    assert "holder" in item.detail and claims[1].number in item.detail
    assert (office.balance("eft"), office.balance("unapplied")) == (Decimal("400.00"), Decimal("-100.00"))
    assert [office.status(one) for one in claims] == ["paid", "submitted", "paid", "paid"]
    office.books()


def test_a_file_with_everything_in_it_says_the_same_together_and_one_by_one(office, monkeypatch):
    from chartdesk.pms.remittance import posting

    books = []
    for together in (200, 1):
        monkeypatch.setattr(posting, "TOGETHER", together)
        before = office.books()
        twice = office.claim([("99213", "140")], patient=office.patient(payers=(PAYER, SECOND)))
        good, denied, again = (office.claim([("99213", "140")]) for _ in range(3))
        first = decided(again, SHARED)
        view, report = office.receive(
            office.remit(
                decided(twice, SHARED), decided(good, GOOD), decided(denied, DENIED, status="4"), first,
                reversed_(first), decided(again, GOOD), decided(None, GOOD, number="NOBODY"), plb=[("L6", "", "-1.50")],
            )
        )  # fmt: skip
        assert (report.posted, report.held, view.row.status) == (6, 1, "partly_posted")
        assert [office.status(one) for one in (twice, good, denied, again)] == ["paid", "paid", "denied", "paid"]
        assert len(office.items("denial")) == 1
        after = office.books()
        books.append({name: after[name] - before.get(name, 0) for name in after})
        office.receive(office.remit(decided(denied, GOOD)))
        assert office.denied() == []
        monkeypatch.undo()
    assert books[0] == books[1]
    assert books[0]["eft"] == Decimal("381.50")

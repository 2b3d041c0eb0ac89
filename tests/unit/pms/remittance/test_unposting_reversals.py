"""Taking back files that hold reversals: what they had reversed stands again, and what came last goes first."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.money.office import PAYER, SECOND, Cut, Paid, decided, reversed_

from chartdesk.kit.errors import Conflict
from chartdesk.kit.transactions import transaction

FIRST = [Paid("99213", "140", "80", [Cut("CO", "45", "40"), Cut("PR", "3", "20")])]
RIGHT = [Paid("99213", "140", "75", [Cut("CO", "45", "40"), Cut("PR", "3", "25")])]
DENIED = [Paid("99213", "140", "0", [Cut("CO", "16", "140")])]
CARRY = [("FB", "CARRY", "-80")]


def _claim_payment(office, number):
    from chartdesk.pms.remittance.models import ClaimPayment

    with transaction(office.subject):
        return ClaimPayment.objects.select_related("reverses", "reversed_by").get(pk=number)


def test_a_file_with_a_reversal_is_taken_back_and_posted_again(office):
    from chartdesk.pms.remittance import commands

    claim = office.claim([("99213", "140")])
    paid = decided(claim, FIRST)
    first, _ = office.receive(office.remit(paid))
    standing = office.books()
    second, _ = office.receive(office.remit(reversed_(paid), plb=CARRY))
    taken = office.books()
    assert commands.unpost(office.subject, second.row.pk, "Not our file.") == 1
    assert office.books() == standing
    assert office.status(claim) == "paid"
    original = _claim_payment(office, first.claims[0].row.pk)
    assert (original.state, hasattr(original, "reversed_by")) == ("posted", False)
    assert commands.post(office.subject, second.row.pk).posted == 1
    assert office.books() == taken
    assert office.status(claim) == "acknowledged"
    reversal = _claim_payment(office, second.claims[0].row.pk)
    assert reversal.reverses_id == original.pk


def test_a_file_that_pays_and_takes_back_is_taken_back_whole(office):
    from chartdesk.pms.remittance import commands

    claim = office.claim([("99213", "140")])
    before = office.books()
    paid = decided(claim, FIRST)
    view, _ = office.receive(office.remit(paid, reversed_(paid), decided(claim, RIGHT)))
    standing = office.books()
    assert commands.unpost(office.subject, view.row.pk, "The check bounced.") == 3
    assert office.books() == before
    assert commands.post(office.subject, view.row.pk).posted == 3
    assert office.books() == standing


def test_what_came_last_is_taken_back_first(office):
    from chartdesk.pms.remittance import commands

    claim = office.claim([("99213", "140")])
    before = office.books()
    paid = decided(claim, FIRST)
    first, _ = office.receive(office.remit(paid))
    reversal, _ = office.receive(office.remit(reversed_(paid), plb=CARRY, trace="TAKENBACK"))
    with pytest.raises(Conflict, match="payment TAKENBACK") as refused:
        commands.unpost(office.subject, first.row.pk, "No.")
    assert "later first" in refused.value.cure
    with pytest.raises(Conflict, match="TAKENBACK"):
        commands.unpost_claim(office.subject, first.claims[0].row.pk, "No.")
    third, _ = office.receive(office.remit(decided(claim, RIGHT), trace="ANEW"))
    with pytest.raises(Conflict, match="payment ANEW"):
        commands.unpost(office.subject, reversal.row.pk, "No.")
    with pytest.raises(Conflict, match="ANEW"):
        commands.unpost_claim(office.subject, reversal.claims[0].row.pk, "No.")
    for view in (third, reversal, first):
        commands.unpost(office.subject, view.row.pk, "Not ours.")
    assert office.books() == before


def test_a_reversal_alone_is_taken_out_of_its_claim(office):
    from chartdesk.pms.remittance import commands

    claim = office.claim([("99213", "140")])
    paid = decided(claim, FIRST)
    office.receive(office.remit(paid))
    standing = office.books()
    view, _ = office.receive(office.remit(reversed_(paid), plb=CARRY))
    commands.unpost_claim(office.subject, view.claims[0].row.pk, "They mean the sister's.")
    held = office.books()
    assert held.pop("unapplied") == Decimal("80.00")
    assert held.pop("provider_adjustment.FB") == Decimal("-80.00")
    assert held == standing
    assert office.status(claim) == "paid"
    (item,) = office.items("payment_held")
    assert "sister" in item.detail
    # It is given to the claim after all.
    commands.assign_payment(office.subject, view.claims[0].row.pk, claim.number)
    assert office.balance("unapplied") == 0
    assert office.status(claim) == "acknowledged"
    assert office.items("payment_held") == []


def test_a_denial_is_on_the_list_again(office):
    from chartdesk.pms.remittance import commands, queries

    claim = office.claim([("99213", "140")])
    refused = decided(claim, DENIED, status="4")
    office.receive(office.remit(refused))
    commands.settle_denial(office.subject, queries.denials(office.subject)[0].id, "written_off", "Our mistake.")
    view, _ = office.receive(office.remit(reversed_(refused)))
    assert office.denied() == []
    commands.unpost(office.subject, view.row.pk, "Not our file.")
    assert office.denied() == [("CO", "16", "140")]
    assert len(office.items("denial")) == 1
    assert office.status(claim) == "denied"
    assert office.balance("ar", holder=f"payer:{PAYER}") == Decimal("140.00")


def test_the_money_goes_back_to_the_bank_account_it_came_from(office):
    from chartdesk.pms.remittance import commands

    claim = office.claim([("99213", "140")])
    paid = decided(claim, FIRST)
    office.receive(office.remit(paid, method="CHK"))
    standing = office.books()
    view, _ = office.receive(office.remit(reversed_(paid), decided(claim, FIRST), method="ACH"))
    moved = office.books()
    commands.unpost(office.subject, view.row.pk, "Not our file.")
    assert office.books() == standing
    commands.post(office.subject, view.row.pk)
    assert office.books() == moved


def test_a_held_payment_that_was_reversed_is_no_longer_work_and_is_held_again(office):
    from chartdesk.pms.remittance import commands

    stray = decided(None, FIRST)
    office.receive(office.remit(stray))
    assert len(office.items("payment_held")) == 1
    view, _ = office.receive(office.remit(reversed_(stray), plb=CARRY))
    assert office.items("payment_held") == []
    assert office.balance("unapplied") == 0
    commands.unpost(office.subject, view.row.pk, "Not our file.")
    assert office.balance("unapplied") == Decimal("-80.00")
    assert len(office.items("payment_held")) == 1


def test_what_was_held_by_the_office_is_held_again(office):
    from chartdesk.pms.remittance import commands

    claim = office.claim([("99213", "140")])
    paid = decided(claim, FIRST)
    first, _ = office.receive(office.remit(paid))
    commands.unpost_claim(office.subject, first.claims[0].row.pk, "It is the brother's.")
    held = office.books()
    view, _ = office.receive(office.remit(reversed_(paid), plb=CARRY))
    commands.unpost(office.subject, view.row.pk, "Not our file.")
    assert office.books() == held
    (item,) = office.items("payment_held")
    assert "brother" in item.detail


def test_an_underpayment_falls_with_its_payment(office):
    from datetime import date

    from chartdesk.pms.charges import commands as charges

    charges.set_contract(office.subject, PAYER, {"99213": Decimal("110")}, date(2020, 1, 1))
    claim = office.claim([("99213", "140")])
    paid = decided(claim, FIRST)
    office.receive(office.remit(paid))
    assert len(office.items("underpayment")) == 1
    office.receive(office.remit(reversed_(paid), plb=CARRY))
    assert office.items("underpayment") == []


class TestClaimsToTheNextPayer:
    """They say what the payer before has decided: without it they are not true."""

    SHARED = [Paid("99213", "140", "80", [Cut("CO", "45", "40"), Cut("PR", "2", "20")])]
    LESS = [Paid("99213", "140", "90", [Cut("CO", "45", "40"), Cut("PR", "2", "10")])]

    @pytest.fixture
    def first(self, office):
        """A claim of a patient with two coverages."""
        return office.claim([("99213", "140")], patient=office.patient(payers=(PAYER, SECOND)))

    def _second(self, office, first):
        from chartdesk.pms.claims.models import Claim

        with transaction(office.subject):
            return Claim.objects.filter(superbill=first.superbill, rank=2).order_by("-pk").first()

    def _state(self, office, claim, status, number=""):
        from chartdesk.pms.claims import commands as claims

        with transaction(office.subject):
            claims.note_outcome(office.subject, claim.pk, status, "Set.", payer_claim_number=number)

    @pytest.mark.parametrize("taken_by", ["payer", "office"])
    def test_one_that_is_not_sent_is_closed(self, office, first, taken_by):
        from chartdesk.pms.remittance import commands

        paid = decided(first, self.SHARED)
        view, _ = office.receive(office.remit(paid))
        second = self._second(office, first)
        self._state(office, second, "rejected")
        if taken_by == "payer":
            office.receive(office.remit(reversed_(paid), plb=CARRY))
        else:
            commands.unpost(office.subject, view.row.pk, "Not ours.")
        assert self._second(office, first).status == "closed"

    def test_of_one_that_is_sent_somebody_is_told_and_its_replacement_says_what_stands(self, office, first):
        from chartdesk.pms.claims import commands as claims
        from chartdesk.pms.claims.content import restored

        paid = decided(first, self.SHARED)
        office.receive(office.remit(paid))
        second = self._second(office, first)
        self._state(office, second, "acknowledged", "SEC-1")
        office.receive(office.remit(reversed_(paid), decided(first, self.LESS)))
        (outdated,) = office.items("claim_outdated")
        assert second.number in outdated.title
        (unbilled,) = office.items("next_payer")
        assert "replacement" in unbilled.cure
        assert (unbilled.link_kind, unbilled.link_id) == ("claim", str(second.pk))
        number = claims.replace(office.subject, second.pk)
        made = self._second(office, first)
        assert (made.pk, made.frequency, made.payer_claim_number) == (number, "7", "SEC-1")
        (prior,) = restored(made.content).prior
        assert prior.paid == 90
        assert [(one.reason, one.amount) for one in prior.lines[0].adjustments] == [("45", 40), ("2", 10)]
        assert office.items("claim_outdated") == []

    def test_one_sent_again_says_what_stands(self, office, first):
        from chartdesk.pms.claims import commands as claims
        from chartdesk.pms.claims.content import restored

        paid = decided(first, self.SHARED)
        office.receive(office.remit(paid))
        self._state(office, self._second(office, first), "rejected")
        number = claims.resubmit(office.subject, self._second(office, first).pk)
        made = self._second(office, first)
        assert made.pk == number
        (prior,) = restored(made.content).prior
        assert (prior.paid, prior.payer_claim_number) == (80, f"P{first.number}")

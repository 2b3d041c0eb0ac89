"""Billing the next payer by hand: what was posted is said; what is left changes hands, and back with a reversal."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.money.office import PAYER, SECOND, Cut, Paid, Sent, decided, reversed_

from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.transactions import transaction

SHARE = [Paid("99213", "140", "80", [Cut("CO", "45", "40"), Cut("PR", "2", "20")])]


def _second_card(office, claim, rank=2, payer=SECOND):
    from chartdesk.pms.coverage import commands as coverage

    coverage.add_coverage(office.subject, claim.patient, coverage.Card(payer, rank, "LATE1"))


def _claim(office, number):
    from chartdesk.pms.claims.content import restored
    from chartdesk.pms.claims.models import Claim, ClaimLine

    with transaction(office.subject):
        claim = Claim.objects.get(practice=office.subject.practice, pk=number)
        lines = ClaimLine.objects.filter(claim=claim)
        ours = [(one.charge_line, one.control_number, one.code, one.amount) for one in lines]
    return claim, restored(claim.content), Sent(claim.pk, claim.number, claim.patient, claim.superbill, ours)


def _offered(office, claim):
    from chartdesk.pms.remittance import next_payer

    policy = next_payer.offered(office.subject, _claim(office, claim.claim_id)[0])
    return policy.payer_id if policy else None


def _owed(office):
    return [office.balance("ar", holder=one) for one in (f"payer:{PAYER}", f"payer:{SECOND}", "patient")]


def _bill(office, claim):
    from chartdesk.pms.remittance import commands

    return _claim(office, commands.bill_next(office.subject, claim.claim_id))


def test_a_card_that_came_late_is_billed_what_the_patient_still_owes(office):
    first = office.claim()
    assert _offered(office, first) is None
    office.receive(office.remit(decided(first, SHARE)))
    assert _offered(office, first) is None and _owed(office) == [0, 0, 20]
    _second_card(office, first)
    assert _offered(office, first) == SECOND
    claim, content, second = _bill(office, first)
    assert (claim.rank, claim.payer_id, claim.status) == (2, SECOND, "submitted")
    [prior] = content.prior
    assert (prior.paid, prior.payer.payer_id, prior.payer_claim_number) == (80, PAYER, f"P{first.number}")
    assert [(one.group, one.reason, one.amount) for one in prior.lines[0].adjustments] == [
        ("CO", "45", 40), ("PR", "2", 20),
    ]  # fmt: skip
    assert _owed(office) == [0, 20, 0] and _offered(office, first) is None
    with pytest.raises(Conflict, match="is with the next payer"):
        _bill(office, first)
    answer = decided(second, [Paid("99213", "140", "20", [Cut("OA", "23", "120")])], status="2")
    office.receive(office.remit(answer, payer="SECOND MUTUAL", tax="841000202"))
    assert office.balance("ar") == 0
    office.books()


def test_what_was_denied_and_waits_goes_to_the_next_payer_with_it(office):
    first = office.claim()
    denied = [Paid("99213", "140", "0", [Cut("CO", "22", "140")])]
    office.receive(office.remit(decided(first, denied, status="4")))
    _second_card(office, first)
    assert len(office.denied()) == 1 and _owed(office) == [140, 0, 0]
    _, content, _ = _bill(office, first)
    assert content.prior[0].paid == 0
    assert (_owed(office), office.denied(), office.items("denial")) == ([0, 140, 0], [], [])
    office.books()


def test_a_reversal_brings_back_what_was_moved(office):
    first = office.claim()
    before = office.books()
    answer = decided(first, SHARE)
    office.receive(office.remit(answer))
    _second_card(office, first)
    _bill(office, first)
    assert _owed(office) == [0, 20, 0]
    office.receive(office.remit(reversed_(answer), plb=[("FB", "CARRY", "-80")]))
    assert _owed(office) == [140, 0, 0]
    after = office.books()
    assert {one: after[one] for one in before} == before


def test_a_remittance_that_the_office_takes_back_brings_it_back_as_well(office):
    from chartdesk.pms.remittance import commands

    first = office.claim()
    view, _ = office.receive(office.remit(decided(first, SHARE)))
    _second_card(office, first)
    _bill(office, first)
    commands.unpost(office.subject, view.row.pk, "The wrong file")
    assert _owed(office) == [140, 0, 0]
    office.books()


def test_what_cannot_be_billed_changes_nothing(office):
    from chartdesk.pms.remittance import commands
    from chartdesk.pms.statements import commands as statements

    first = office.claim()
    with pytest.raises(Conflict, match="No payment of claim"):
        _bill(office, first)
    office.receive(office.remit(decided(first, SHARE)))
    with pytest.raises(Conflict, match="No further policy"):
        _bill(office, first)
    statements.take_payment(office.subject, first.patient, Decimal(20), "cash", idempotency_key=f"k{first.number}")
    _second_card(office, first)
    assert _offered(office, first) is None
    with pytest.raises(Invalid, match="Nothing of claim"):
        _bill(office, first)
    with pytest.raises(NotFound):
        commands.bill_next(office.subject, 987654321)
    assert _owed(office) == [0, 0, 0]
    office.books()

"""Three payers: each claim carries what every payer before it decided, and the books come out even."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.money.office import PAYER, SECOND, Cut, Paid, Sent, decided, office

from chartdesk.kit.transactions import transaction
from chartdesk.pms.claims.content import restored
from chartdesk.pms.claims.models import Claim, ClaimLine
from chartdesk.pms.claims.paper.content import forms
from chartdesk.standards.x12 import claim_837p
from chartdesk.standards.x12.check import check_file

__all__ = ["office"]
THIRD = "THIR3"


@pytest.fixture
def three(office):
    """A claim of a patient with three coverages."""
    from chartdesk.pms.coverage import commands as coverage

    address = {"line1": "3 Payer Way", "city": "Columbus", "state": "OH", "postal_code": "43004"}
    coverage.add_payer(office.subject, coverage.PayerDetails(THIRD, "Third Fund", **address))
    return office.claim([("99213", "140")], patient=office.patient(payers=(PAYER, SECOND, THIRD)))


def _claim(office, first, rank):
    with transaction(office.subject):
        claim = Claim.objects.select_related("interchange").get(
            practice=office.subject.practice, superbill=first.superbill, rank=rank
        )
        lines = ClaimLine.objects.filter(claim=claim)
        ours = [(one.charge_line, one.control_number, one.code, one.amount) for one in lines]
    return claim, Sent(claim.pk, claim.number, claim.patient, claim.superbill, ours)


def test_the_third_payer_hears_what_the_first_two_decided(office, three):
    cuts = [Cut("CO", "45", "40"), Cut("PR", "2", "20")]
    office.receive(office.remit(decided(three, [Paid("99213", "140", "80", cuts)])))
    _, second = _claim(office, three, 2)
    cuts = [Cut("OA", "23", "120"), Cut("PR", "2", "5")]
    office.receive(
        office.remit(
            decided(second, [Paid("99213", "140", "15", cuts)], status="2"), payer="SECOND MUTUAL", tax="841000202"
        )
    )
    claim, third = _claim(office, three, 3)
    assert (claim.status, claim.payer_id) == ("submitted", THIRD)
    assert office.balance("ar", holder=f"payer:{THIRD}") == Decimal("5.00")
    content = restored(claim.content)
    assert [(one.rank, one.payer.payer_id, one.paid) for one in content.prior] == [(1, PAYER, 80), (2, SECOND, 15)]
    for prior in content.prior:
        (line,) = prior.lines
        assert line.paid + sum(one.amount for one in line.adjustments) == content.total
    written = bytes(claim.interchange.content)
    assert check_file(written) == []
    (read,) = claim_837p.read(written)
    (sent,) = read.sets[0].claims
    assert sent.subscriber.sequence == "T"
    assert [(one.sequence, one.paid) for one in sent.other_payers] == [("P", 80), ("S", 15)]
    assert [(one.payer_id, one.paid) for one in sent.lines[0].adjudications] == [(PAYER, 80), (SECOND, 15)]
    assert forms(content, content.service_date)[0]["29"] == "95 00"
    answer = decided(third, [Paid("99213", "140", "5", [Cut("OA", "23", "135")])], status="3")
    office.receive(office.remit(answer, payer="THIRD FUND", tax="841000303"))
    assert office.balance("ar") == 0
    office.books()

"""A payer decides a second time and takes nothing back: the money is booked, and what the first decision gave is not
given again."""

from __future__ import annotations

from decimal import Decimal

from tests.money.office import PAYER, SECOND, Cut, Paid, decided, reversed_

SHARED = [Paid("99213", "140", "80", [Cut("CO", "45", "40"), Cut("PR", "3", "20")])]


def test_the_patients_share_and_the_discount_are_given_once(office):
    claim = office.claim([("99213", "140")])
    office.receive(office.remit(decided(claim, SHARED)))
    before = office.books()
    office.receive(office.remit(decided(claim, SHARED)))
    assert office.balance("ar", holder="patient") == Decimal("20.00")
    assert office.balance("ar", holder=f"payer:{PAYER}") == Decimal("-80.00")
    assert office.balance("adjustment.contractual") == Decimal("40.00")
    assert office.books()["eft"] == 2 * before["eft"]
    assert office.status(claim) == "paid"
    (item,) = office.items("paid_again")
    assert (item.amount, item.link_id) == (Decimal("80.00"), str(claim.claim_id))


def test_a_duplicate_that_is_denied_denies_nothing(office):
    """The claim was paid: that a copy of it is refused (OA 18, CO 97) is no denial of ours; the claim stays paid."""
    claim = office.claim([("99213", "140")])
    office.receive(office.remit(decided(claim, SHARED)))
    for group, reason in (("OA", "18"), ("CO", "97")):
        copy = [Paid("99213", "140", "0", [Cut(group, reason, "140")])]
        office.receive(office.remit(decided(claim, copy, status="4")))
    assert office.denied() == [] and office.items("denial") == [] and office.items("paid_again") == []
    assert office.status(claim) == "paid"
    assert (office.balance("ar"), office.balance("ar", holder="patient")) == (Decimal("20.00"), Decimal("20.00"))
    office.books()


def test_what_was_denied_is_still_owed_and_paid_in_full(office):
    claim = office.claim([("99213", "140"), ("87880", "32")])
    first = [SHARED[0], Paid("87880", "32", "0", [Cut("CO", "16", "32")])]
    office.receive(office.remit(decided(claim, first)))
    assert office.denied() == [("CO", "16", "32")]
    second = Paid("87880", "32", "12", [Cut("CO", "45", "15"), Cut("PR", "1", "5")])
    office.receive(office.remit(decided(claim, [Paid("99213", "0", "0"), second])))
    assert office.denied() == [] and office.items("paid_again") == []
    assert office.balance("ar", holder="patient") == Decimal("25.00")
    assert (office.balance("ar"), office.balance("eft")) == (Decimal("25.00"), Decimal("92.00"))
    assert office.balance("adjustment.contractual") == Decimal("55.00")


def test_the_whole_claim_again_pays_what_was_denied_and_no_line_twice(office):
    """A payer that thinks again sends all lines: the one that was settled gives nothing to anybody a second time."""
    claim = office.claim([("99213", "140"), ("87880", "32")])
    office.receive(office.remit(decided(claim, [SHARED[0], Paid("87880", "32", "0", [Cut("CO", "16", "32")])])))
    again = [
        Paid("99213", "140", "0", [Cut("CO", "45", "40"), Cut("PR", "3", "20"), Cut("OA", "23", "80")]),
        Paid("87880", "32", "32"),
    ]
    office.receive(office.remit(decided(claim, again)))
    assert office.denied() == [] and office.items("paid_again") == []
    assert (office.balance("ar"), office.balance("ar", holder="patient")) == (Decimal("20.00"), Decimal("20.00"))
    assert (office.balance("eft"), office.balance("adjustment.contractual")) == (Decimal("112.00"), Decimal("40.00"))
    office.books()


def test_the_next_payer_is_billed_once(office):
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.claims.models import Claim

    patient = office.patient(payers=(PAYER, SECOND))
    claim = office.claim([("99213", "140")], patient=patient)
    for _ in range(2):
        office.receive(office.remit(decided(claim, SHARED)))
    with transaction(office.subject):
        assert list(Claim.objects.filter(patient=patient).order_by("rank").values_list("rank", flat=True)) == [1, 2]
    assert office.balance("ar", holder=f"payer:{SECOND}") == Decimal("20.00")
    assert office.balance("ar", holder=f"payer:{PAYER}") == Decimal("-80.00")
    office.books()


def test_one_of_two_decisions_taken_back_leaves_the_other(office):
    claim = office.claim([("99213", "140")])
    paid = decided(claim, SHARED)
    for _ in range(2):
        office.receive(office.remit(paid))
    assert len(office.items("paid_again")) == 1
    office.receive(office.remit(reversed_(paid)))
    assert office.status(claim) == "paid" and office.items("paid_again") == []
    assert office.balance("ar", holder="patient") == office.balance("ar") == Decimal("20.00")
    assert office.balance("eft") == Decimal("80.00")
    # What it decides instead of the one it took back finds nothing open either.
    office.receive(office.remit(decided(claim, SHARED)))
    assert office.balance("ar", holder="patient") == Decimal("20.00")
    assert office.balance("ar", holder=f"payer:{PAYER}") == Decimal("-80.00")
    office.books()


def test_the_office_takes_one_of_two_decisions_back(office):
    from chartdesk.pms.remittance import unposting

    claim = office.claim([("99213", "140")])
    _, second = (office.receive(office.remit(decided(claim, SHARED))) for _ in range(2))
    unposting.unpost(office.subject, second[0].row.id, "Paid twice.")
    assert office.status(claim) == "paid" and office.items("paid_again") == []
    assert office.balance("ar") == Decimal("20.00")
    office.books()

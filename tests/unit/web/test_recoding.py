"""Codes of billed charges are corrected where money was posted: the books stay, and the replacement says it."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest
from tests.money.office import Cut, Paid, decided

from chartdesk.kit.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from chartdesk.kit.transactions import transaction
from chartdesk.pms.charges import commands as charges
from chartdesk.pms.charges import queries as bills
from chartdesk.pms.charges import recoding
from chartdesk.pms.charges.recoding import Recoded
from chartdesk.pms.claims import commands as claims
from chartdesk.pms.claims import queries, subscriptions

LINES = (Recoded(1, ("25",), (1,)), Recoded(2, ("QW",), (1, 2)))
CODES = ("J02.0", "R05.1")


@pytest.fixture
def paid(office):
    """A claim of two lines, of which the payer paid one and denied the other for its modifier."""
    claim = office.claim([("99213", "140"), ("87880", "32")])
    lines = [Paid("99213", "140", "100", [Cut("CO", "45", "40")]), Paid("87880", "32", "0", [Cut("CO", "4", "32")])]
    office.receive(office.remit(decided(claim, lines)))
    return claim


def _recode(office, claim, lines=LINES, codes=CODES, reason="No QW", place="11", **given):
    recoding.recode(office.subject, claim.superbill, lines, codes, reason, place_of_service=place, **given)
    with transaction(office.subject):
        subscriptions._recoded(
            SimpleNamespace(
                practice=office.subject.practice,
                payload={"superbill_id": claim.superbill, "patient_id": claim.patient},
            )
        )


def test_a_line_that_was_paid_keeps_its_money_and_the_replacement_says_the_codes(office, paid):
    before = office.books()
    with pytest.raises(Conflict, match="Money was posted") as refused:
        charges.reopen(office.subject, paid.superbill, "The modifier")
    assert "Correct codes" in refused.value.cure
    _recode(office, paid)
    assert office.books() == before
    bill = bills.superbill(office.subject, paid.superbill)
    assert (bill.status, bill.total, bill.diagnoses) == ("billed", Decimal("172.00"), list(CODES))
    assert [(line.id, line.modifiers) for line in bill.lines] == [
        (paid.lines[0][0], ["25"]), (paid.lines[1][0], ["QW"]),
    ]  # fmt: skip
    [item] = office.items("claim_outdated")
    assert paid.number in item.title and "other codes" in item.title
    new = queries.claim(office.subject, claims.replace(office.subject, paid.claim_id))
    assert [(line.code, line.modifiers, line.pointers) for line in new.content.lines] == [
        ("99213", ("25",), (1,)), ("87880", ("QW",), (1, 2)),
    ]  # fmt: skip
    assert (new.content.diagnoses, new.claim.frequency) == (CODES, "7")
    assert new.claim.payer_claim_number == f"P{paid.number}" and office.items("claim_outdated") == []
    _recode(office, paid)
    assert office.items("claim_outdated") == []


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"reason": " "}, "reason"), ({"codes": ()}, "diagnosis-1"), ({"codes": ("J02.0", "J02")}, "diagnosis-2"),
        ({"codes": ("J02.0", "j020")}, "diagnosis-2"), ({"place": "1"}, "place"),
        ({"lines": (Recoded(1, ("255",), (1,)), LINES[1])}, "modifiers-1"),
        ({"lines": (Recoded(1, ("25", "25"), (1,)), LINES[1])}, "modifiers-1"),
        ({"lines": (LINES[0], Recoded(2, (), (3,)))}, "pointers-2"),
        ({"lines": (LINES[0], Recoded(2, (), ()))}, "pointers-2"),
        ({"lines": (LINES[0], Recoded(2, (), (1,), "52"))}, "revenue-2"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_changes_nothing(office, paid, given, where):
    before = bills.superbill(office.subject, paid.superbill)
    with pytest.raises(Invalid) as refused:
        _recode(office, paid, **given)
    assert where in [one.where for one in refused.value.issues]
    assert bills.superbill(office.subject, paid.superbill) == before


def test_only_billing_and_only_billed_charges_of_which_the_lines_are_known(office, paid):
    import dataclasses

    from chartdesk.record.access import Role

    nurse = dataclasses.replace(office.subject, roles=frozenset({Role.NURSE}))
    with pytest.raises(Forbidden):
        recoding.recode(nurse, paid.superbill, LINES, CODES, "x", place_of_service="11")
    with pytest.raises(NotFound):
        _recode(office, paid, lines=LINES[:1])
    with pytest.raises(NotFound):
        recoding.recode(office.subject, 987654321, LINES, CODES, "x", place_of_service="11")
    with pytest.raises(Stale):
        _recode(office, paid, version=99)
    waiting = office.charge(office.patient())
    charges.reopen(office.subject, waiting, "Look again")
    with pytest.raises(Conflict, match="is review"):
        recoding.recode(office.subject, waiting, LINES[:1], CODES, "x", place_of_service="11")


def test_the_page(staff, office, paid):
    biller, page = staff("biller"), f"/charges/{paid.superbill}/codes"
    assert page in biller.get(f"/charges/{paid.superbill}").content.decode()
    shown = biller.get(page).content.decode()
    assert "what was posted is not touched" in shown and "Streptococcal" in shown
    typed = {"modifiers-1": "25", "pointers-1": "1", "modifiers-2": "qw", "pointers-2": "x", "place": "11",
             "diagnosis": ["J02.0"], "reason": "No QW"}  # fmt: skip
    refused = biller.post(page, typed)
    assert refused.status_code == 422 and "There is no diagnosis 0" in refused.content.decode()
    assert 'value="qw"' in refused.content.decode()
    assert biller.post(page, {**typed, "pointers-2": "1"})["Location"] == f"/charges/{paid.superbill}"
    assert bills.superbill(office.subject, paid.superbill).lines[1].modifiers == ["QW"]
    assert staff("front_desk").get(page).status_code == 403

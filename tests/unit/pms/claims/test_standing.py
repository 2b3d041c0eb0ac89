"""Charges changed after their claims went out: each claim keeps its share, and nothing is billed twice or never."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest

from chartdesk.kit.errors import Conflict
from chartdesk.kit.transactions import transaction
from chartdesk.pms.charges import commands as charges
from chartdesk.pms.charges.content import Procedure
from chartdesk.pms.claims import commands, queries, standing, subscriptions
from chartdesk.pms.claims.models import Claim
from chartdesk.pms.claims.standing import Billed
from chartdesk.pms.scheduling import setup

A, B, C = ("99213", "a"), ("87880", "b"), ("81002", "c")


def _held(place, *lines, payer="P", facility=False, fixed=True):
    return Billed(place, payer, facility, lines, fixed)


@pytest.mark.parametrize(
    ("claims", "parts", "pairs"),
    [
        ([_held(1, A), _held(2, B)], [_held(1, A), _held(2, B)], {0: 0, 1: 1}),
        ([_held(1, A), _held(2, B)], [_held(1, B)], {1: 0}),
        ([_held(1, A)], [_held(1, B), _held(2, A)], {0: 1}),
        ([_held(1, A), _held(2, B)], [_held(1, B), _held(2, C)], {1: 0, 0: 1}),
        ([_held(1, A)], [_held(1, C)], {0: 0}),
        ([_held(1, A)], [_held(1, A, payer="Q")], {}),
        ([_held(1, A)], [_held(1, A, facility=True)], {}),
        ([_held(1, A, fixed=False)], [_held(1, A, payer="Q")], {0: 0}),
        ([], [_held(1, A)], {}),
    ],
    ids=[
        "as they were", "the first is gone", "one came before it", "one changed, one gone", "all of it is another",
        "another payer", "another form", "not sent yet", "none",
    ],
)  # fmt: skip
def test_a_claim_keeps_the_share_that_is_most_like_it(claims, parts, pairs):
    assert standing.paired(claims, parts) == pairs


@pytest.fixture
def other(desk):
    """A second clinician."""
    return setup.add_provider(
        desk.subject, family="Ito", given="Ken", npi="1245319599", taxonomy="207Q00000X"
    ).practitioner


def _line(code, dollars, by=""):
    return Procedure(code, [], pointers=[1], amount=Decimal(dollars), practitioner=by)


def _heard(desk, handler, bill):
    """What follows from an event about the charges."""
    with transaction(desk.subject):
        handler(SimpleNamespace(practice=desk.subject.practice, payload={"superbill_id": bill}))


def _approve(desk, bill, *lines):
    """Charges are opened, changed and approved, and what follows from that happens."""
    charges.reopen(desk.subject, bill, "Look again")
    charges.amend(desk.subject, bill, lines, ["J02.0"])
    charges.approve(desk.subject, bill)
    _heard(desk, subscriptions._approved, bill)


def _two(desk, other):
    """A visit of two clinicians, whose two claims the payer has; (superbill, first, second)."""
    bill = desk.charges(desk.office.patient(), approve=False)
    charges.amend(desk.subject, bill, [_line("99213", 140), _line("87880", 32, other)], ["J02.0"])
    charges.approve(desk.subject, bill)
    made = commands.build_all(desk.subject, bill)
    for one in made:
        commands.scrub(desk.subject, one)
    commands.submit(desk.subject, made)
    desk.receive(desk.report(*((desk.claim(one).number, True) for one in made)))
    return bill, *made


def _billed(desk, bill):
    """(code, frequency, status) of what stands for the charges."""
    with transaction(desk.subject):
        rows = Claim.objects.filter(practice=desk.subject.practice, superbill=bill).exclude(status="closed")
        return [
            (one["code"], claim.frequency, claim.status)
            for claim in rows.order_by("pk") for one in claim.content["lines"]
        ]  # fmt: skip


def test_a_line_that_came_later_is_billed_and_the_first_claim_is_replaced_alone(desk, other):
    first = desk.taken_in()
    bill = desk.claim(first).superbill
    _approve(desk, bill, _line("87880", 32, other), _line("99213", 10))
    assert _billed(desk, bill) == [("99213", "1", "acknowledged"), ("87880", "1", "submitted")]
    [item] = desk.office.items("claim_outdated")
    assert desk.claim(first).number in item.title
    new = commands.replace(desk.subject, first)
    assert _billed(desk, bill) == [("87880", "1", "submitted"), ("99213", "7", "ready")]
    assert desk.claim(new).part == desk.claim(first).part == 1
    commands.refresh(desk.subject, desk.claim(new).patient)
    assert [one.code for one in queries.claim(desk.subject, new).lines] == ["99213"]


def test_where_a_clinicians_lines_are_gone_their_claim_is_voided_and_the_other_one_stays_itself(desk, other):
    bill, first, second = _two(desk, other)
    _approve(desk, bill, _line("87880", 40, other))
    assert len(desk.office.items("claim_outdated")) == 2
    with pytest.raises(Conflict, match=r"Nothing of claim .* is left"):
        commands.replace(desk.subject, first)
    new = commands.replace(desk.subject, second)
    assert [(one.code, one.amount) for one in queries.claim(desk.subject, new).lines] == [("87880", Decimal(40))]
    void = commands.void(desk.subject, first)
    assert sorted(_billed(desk, bill)) == [("87880", "7", "ready"), ("99213", "8", "ready")]
    commands.refresh(desk.subject, desk.claim(new).patient)
    assert [one.code for one in queries.claim(desk.subject, new).lines] == ["87880"]
    assert [one.code for one in queries.claim(desk.subject, void).lines] == ["99213"]


def test_an_unsent_claim_without_charges_is_closed_and_a_rejected_one_as_well(desk, other):
    bill, first, second = _two(desk, other)
    desk.receive(desk.report((desk.claim(first).number, False)))
    assert desk.claim(first).status == "rejected"
    _approve(desk, bill, _line("87880", 40, other))
    assert (desk.claim(first).status, desk.office.items("claim_rejected")) == ("closed", [])
    assert desk.claim(second).status == "acknowledged"


def test_charges_of_another_payer_are_no_replacement(desk):
    from chartdesk.pms.coverage import commands as coverage
    from chartdesk.pms.coverage import queries as coverages

    first = desk.taken_in()
    claim = desk.claim(first)
    [policy] = coverages.coverages(desk.subject, claim.patient)
    charges.reopen(desk.subject, claim.superbill, "The card was an old one")
    card = coverage.Card("SECO2", 1, "S1")
    coverage.amend_coverage(desk.subject, policy.coverage_id, card, version=policy.version)
    charges.amend(desk.subject, claim.superbill, [_line("99213", 10)], ["J02.0"])
    charges.approve(desk.subject, claim.superbill)
    with pytest.raises(Conflict, match="Second Mutual now"):
        commands.replace(desk.subject, first)
    _heard(desk, subscriptions._approved, claim.superbill)
    with transaction(desk.subject):
        rows = Claim.objects.filter(practice=desk.subject.practice, superbill=claim.superbill).order_by("pk")
        assert [(one.payer_id, one.frequency) for one in rows] == [("ACME1", "1"), ("SECO2", "1")]
    with pytest.raises(Conflict, match="Nothing of claim"):
        commands.replace(desk.subject, first)
    assert commands.void(desk.subject, first)


def test_charges_taken_back_after_the_claim_went_out_want_a_void(desk):
    first = desk.taken_in()
    bill = desk.claim(first).superbill
    charges.reopen(desk.subject, bill, "Never took place")
    charges.void(desk.subject, bill, "Never took place")
    _heard(desk, subscriptions._voided, bill)
    [item] = desk.office.items("claim_outdated")
    assert "taken back after it was sent" in item.title and "Void it" in item.cure


def test_a_void_is_neither_corrected_nor_in_the_way_of_its_end(desk):
    void = commands.void(desk.subject, desk.taken_in())
    commands.submit(desk.subject, [void])
    bill = desk.claim(void).superbill
    with pytest.raises(Conflict, match="takes these charges back"):
        commands.build_all(desk.subject, bill)
    with pytest.raises(Conflict, match="with the payer"):
        commands.close(desk.subject, void, "No answer comes")
    desk.receive(desk.report((desk.claim(void).number, True)))
    for correct in (commands.replace, commands.void):
        with pytest.raises(Conflict, match="takes charges back"):
            correct(desk.subject, void)
    commands.close(desk.subject, void, "The payer says by phone that it is done")
    [new] = commands.build_all(desk.subject, bill)
    assert (desk.claim(new).frequency, desk.claim(new).payer_claim_number) == ("1", "")

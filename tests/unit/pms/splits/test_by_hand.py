"""Lines put on claims by hand: which claims come of it, and until when it can be said and taken back."""

from __future__ import annotations

import dataclasses
import re

import pytest
from tests.money.office import office
from tests.unit.pms.splits.test_splitting import _visit
from tests.unit.web.conftest import staff

from chartdesk.kit import outbox
from chartdesk.kit.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from chartdesk.kit.transactions import transaction
from chartdesk.pms.charges import arranging
from chartdesk.pms.charges import commands as charges
from chartdesk.pms.charges import queries as bills
from chartdesk.pms.claims import commands as claims
from chartdesk.pms.claims import queries as sent
from chartdesk.pms.claims import subscriptions
from chartdesk.pms.claims.models import UNSENT
from chartdesk.record.access import Role

__all__ = ["office", "staff"]


def _claims(office, bill: int) -> list[list[str]]:
    """The codes on each claim that stands, by its place."""
    standing = [one for one in sent.of_superbill(office.subject, bill) if one.status != "closed"]
    with transaction(office.subject):
        ordered = sorted(standing, key=lambda one: one.part)
        return [[line.code for line in one.lines.order_by("position")] for one in ordered]


def test_lines_go_where_the_biller_puts_them_and_back_to_the_rules(office):
    bill = _visit(office, office.patient(), "99213", "86580", "87880", approve=False)
    arranging.arrange(office.subject, bill, {2: 2}, "The payer wants the test apart")
    seen = bills.superbill(office.subject, bill)
    assert (seen.split_reason, bool(seen.split_by)) == ("The payer wants the test apart", True)
    charges.approve(office.subject, bill)
    claims.build_all(office.subject, bill)
    assert _claims(office, bill) == [["99213", "87880"], ["86580"]]

    arranging.arrange(office.subject, bill, {2: 2, 3: 2}, "Both tests")
    claims.build_all(office.subject, bill)
    assert _claims(office, bill) == [["99213"], ["86580", "87880"]]

    arranging.follow_rules(office.subject, bill)
    claims.build_all(office.subject, bill)
    assert _claims(office, bill) == [["99213", "86580", "87880"]]
    assert bills.superbill(office.subject, bill).split_reason == ""


def test_charges_that_were_approved_are_billed_anew_by_themselves(office):
    bill = _visit(office, office.patient(), "99213", "86580")
    claims.build_all(office.subject, bill)
    subscriptions.connect()
    arranging.arrange(office.subject, bill, {1: 1, 2: 2}, "Apart")
    outbox.deliver_all(office.subject.practice)
    assert _claims(office, bill) == [["99213"], ["86580"]]


def test_an_amended_line_stays_on_its_claim(office):
    bill = _visit(office, office.patient(), "99213", "86580", approve=False)
    arranging.arrange(office.subject, bill, {2: 2}, "Apart")
    again = [charges.Procedure(code, pointers=[1], amount=50) for code in ("87880", "86580", "99213")]
    charges.amend(office.subject, bill, again, ["J02.0"])
    seen = bills.superbill(office.subject, bill)
    assert ([line.claim for line in seen.lines], seen.split_reason) == ([None, 2, None], "Apart")
    charges.amend(office.subject, bill, again[2:], ["J02.0"])
    assert bills.superbill(office.subject, bill).split_reason == ""


@pytest.mark.parametrize(
    ("chosen", "reason", "version", "fault"),
    [
        ({1: 2}, " ", None, Invalid),
        ({1: 0}, "Apart", None, Invalid),
        ({1: 21}, "Apart", None, Invalid),
        ({9: 2}, "Apart", None, NotFound),
        ({1: 2}, "Apart", 99, Stale),
    ],
)
def test_what_cannot_be_said_changes_nothing(office, chosen, reason, version, fault):
    bill = _visit(office, office.patient(), "99213", "86580", approve=False)
    with pytest.raises(fault):
        arranging.arrange(office.subject, bill, chosen, reason, version=version)
    assert [line.claim for line in bills.superbill(office.subject, bill).lines] == [None, None]


def test_a_sent_claim_stays_and_only_billers_decide(office):
    bill = _visit(office, office.patient(), "99213", "86580")
    [claim] = claims.build_all(office.subject, bill)
    claims.scrub(office.subject, claim)
    claims.submit(office.subject, [claim])
    assert sent.claim(office.subject, claim).claim.status not in UNSENT
    with pytest.raises(Conflict, match="billed"):
        arranging.arrange(office.subject, bill, {1: 2}, "Apart")
    with pytest.raises(Forbidden):
        arranging.arrange(
            dataclasses.replace(office.subject, roles=frozenset({Role.FRONT_DESK})), bill, {1: 2}, "Apart"
        )


def test_the_page_of_the_charges(staff, office):
    bill, client = _visit(office, office.patient(), "99213", "86580", approve=False), staff("biller")
    page = client.get(f"/charges/{bill}").content.decode()
    assert page.count("claim 1</td>") == 2
    version = bills.superbill(office.subject, bill).version
    form = {"version": version, "line": ["1", "2"], "claim-1": "", "claim-2": "2", "reason": "Apart", "by": "hand"}
    client.post(f"/charges/{bill}/arrange", form)
    page = client.get(f"/charges/{bill}").content.decode()
    assert page.count("claim 1</td>") == page.count("claim 2</td>") == 1
    assert re.search(r"By Pat biller: Apart", page)
    assert "changed the superbill" in client.post(f"/charges/{bill}/arrange", form, follow=True).content.decode()
    client.post(f"/charges/{bill}/arrange", {"version": version + 1, "by": "rules"})
    assert client.get(f"/charges/{bill}").content.decode().count("claim 1</td>") == 2

"""Words of the sandbox payer beyond those of a usual day: files refused, silence, an appeal won, money paid twice.

Set up as in ``test_money_in``: one office, one mailbox, a payer that shares no code with us.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from tests.journeys.test_money_in import _bank, _claim, _evening, _send_and_collect, practice_and_payer
from tests.money.office import NOW

from chartdesk.exchange.sandbox import directory
from chartdesk.exchange.sandbox.adjusting import OF_PAID

__all__ = ["practice_and_payer"]


def test_every_reason_of_a_provider_adjustment_is_booked_to_the_cent(practice_and_payer):
    """One claim for each reason that exists: accounts hold exactly what the payers took and gave, the bank the rest."""
    from chartdesk.kit import clock
    from chartdesk.pms.remittance import queries, rules

    office, sandbox = practice_and_payer
    words = directory.adjustment_scenarios()
    with clock.at(NOW):
        claims = {word: _claim(office, place, word) for place, word in enumerate(words, start=500)}
    _evening(office, sandbox, NOW)
    _evening(office, sandbox, NOW + timedelta(days=2))
    with clock.at(NOW + timedelta(days=3)):
        assert {office.status(claim) for claim in claims.values()} == {"paid"}
        rows = queries.remittances(office.subject)
        assert {row.status for row in rows} == {"posted"} and len(rows) == len(words)
        paid = {row.amount for row in rows}
        less, more = min(paid), max(paid)
        tenth = (more - less) / 2
        assert tenth == ((more + less) / 20).quantize(Decimal("0.01")) > 0
        expected: Counter[str] = Counter()
        for word in words:
            reason, percent = OF_PAID[word]
            expected[rules.provider_account(reason)] += tenth if percent > 0 else -tenth
        assert {account: office.balance(account) for account in expected} == expected
        assert sum(row.amount for row in rows) == _bank(office)
        office.books()


@pytest.mark.parametrize(("word", "status"), [("BADSET", "rejected"), ("BADFILE", "rejected"), ("SILENT", "submitted")])
def test_a_file_that_is_refused_or_answered_by_nobody(practice_and_payer, word, status):
    """The claim comes back with the answer in words, or waits; nothing is paid, and what is sent again is taken in."""
    from chartdesk.kit import clock
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.claims.models import ClaimEvent

    office, sandbox = practice_and_payer
    with clock.at(NOW):
        claim = _claim(office, 700, word)
        _send_and_collect(office, sandbox)
        _send_and_collect(office, sandbox)
        assert office.status(claim) == status
        assert _bank(office) == 0
        assert office.balance("ar", holder="payer:NPHP1") == claim.total
        assert bool(office.items("claim_rejected")) is (status == "rejected")
        with transaction(office.subject):
            told = " ".join(ClaimEvent.objects.filter(claim_id=claim.claim_id).values_list("text", flat=True))
    assert {"BADSET": "999", "BADFILE": "refused the whole file", "SILENT": ""}[word] in told
    office.books()


def test_a_denial_that_is_overturned_is_paid_and_closed(practice_and_payer):
    from chartdesk.kit import clock
    from chartdesk.pms.remittance import queries

    office, sandbox = practice_and_payer
    with clock.at(NOW):
        claim = _claim(office, 710, "OVERTURN")
    _evening(office, sandbox, NOW)
    with clock.at(NOW + timedelta(days=1)):
        assert office.status(claim) == "denied"
        assert {reason for _, reason, _ in office.denied()} == {"50"}
        assert office.balance("ar", holder="payer:NPHP1") == claim.total
    _evening(office, sandbox, NOW + timedelta(days=31))
    with clock.at(NOW + timedelta(days=32)):
        assert office.status(claim) == "paid"
        assert office.denied() == [] and office.items("denial") == []
        assert office.balance("ar", holder="payer:NPHP1") == 0
        assert sum(row.amount for row in queries.remittances(office.subject)) == _bank(office) > 0
        office.books()


def test_what_is_paid_twice_is_the_payers_credit(practice_and_payer):
    """The second payment is posted, as the bank has it; somebody is told, and nobody's share changes."""
    from chartdesk.kit import clock
    from chartdesk.pms.remittance import queries, refunds

    office, sandbox = practice_and_payer
    with clock.at(NOW):
        claim = _claim(office, 720, "DOUBLE")
    _evening(office, sandbox, NOW)
    with clock.at(NOW + timedelta(days=1)):
        patient = office.balance("ar", holder="patient")
        (first,) = queries.remittances(office.subject)
        assert office.status(claim) == "paid"
    _evening(office, sandbox, NOW + timedelta(days=8))
    with clock.at(NOW + timedelta(days=9)):
        rows = queries.remittances(office.subject)
        assert [row.amount for row in rows] == [first.amount] * 2
        assert _bank(office) == 2 * first.amount
        assert office.balance("ar", holder="patient") == patient
        assert office.balance("ar", holder="payer:NPHP1") == -first.amount
        assert office.status(claim) == "paid" and office.items("payment_held") == []
        (item,) = office.items("paid_again")
        assert (item.amount, item.link_kind, item.link_id) == (first.amount, "claim", str(claim.claim_id))
        credit = refunds.credit_balances(office.subject)
        assert {one.payer_id for one in credit} == {"NPHP1"} and sum(one.amount for one in credit) == first.amount
        office.books()

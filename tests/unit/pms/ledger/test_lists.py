"""Lists of who owes and who is owed read the balances, and say what the entries say, whatever was posted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.unit.pms.ledger.test_sums import DAY, HOLDERS, Books, _owed

from chartdesk.kit import clock, database
from chartdesk.kit.money import ZERO
from chartdesk.kit.transactions import transaction
from chartdesk.pms.ledger import commands
from chartdesk.pms.remittance import refunds
from chartdesk.pms.statements import collecting, policy, runs, small_balances

_CREDITS = """
    SELECT patient, reference, holder, -sum(amount), max(posted_on) FROM ledger_entry
     WHERE practice = %(practice)s AND account = 'ar'
     GROUP BY patient, reference, holder HAVING sum(amount) < 0 ORDER BY 4 DESC, 1, 2, 3
"""
_OWING = """
    SELECT patient, sum(amount) FROM ledger_entry
     WHERE practice = %(practice)s AND account = 'ar' AND holder = 'patient'
     GROUP BY patient HAVING sum(amount) > 0 ORDER BY patient
"""
_COLLECTED = """
    SELECT patient, sum(due), min(since) FROM (
        SELECT patient, sum(amount) AS due, min(posted_on) AS since FROM ledger_entry
         WHERE practice = %(practice)s AND account = 'ar' AND holder = 'patient'
         GROUP BY patient, reference HAVING sum(amount) > 0) AS item
     GROUP BY patient HAVING sum(due) >= 20 AND min(since) <= %(before)s ORDER BY 2 DESC, patient
"""
_SMALL = """
    SELECT patient, sum(amount) FILTER (WHERE holder = 'patient'),
           max(posted_on) FILTER (WHERE holder = 'patient' AND amount > 0)
      FROM ledger_entry WHERE practice = %(practice)s AND account = 'ar' GROUP BY patient
    HAVING sum(amount) FILTER (WHERE holder = 'patient') BETWEEN 0.01 AND 90
       AND COALESCE(sum(amount) FILTER (WHERE holder <> 'patient'), 0) = 0
       AND max(posted_on) FILTER (WHERE holder = 'patient' AND amount > 0) <= %(before)s
     ORDER BY patient
"""


@pytest.mark.parametrize("seed", [1, 2])
def test_the_lists_say_what_the_entries_say(subject, seed):
    books = Books(subject, seed)
    asked = {"collections_minimum": "20", "collections_days": "60", "collections_statements": "0",
             "small_balance_limit": "90", "small_balance_days": "0"}  # fmt: skip
    policy.decide(subject, asked)
    told = []
    for number in range(3):
        for _ in range(15):
            books.step()
        _owe_little(books, number)
        told.append(_compare(subject))
    # Each list had something to say.
    assert all(map(any, zip(*told, strict=True)))


def _owe_little(books: Books, number: int) -> None:
    """Somebody owes a little of whom no payer owes anything: nothing, or as much too much as too little."""
    patient = f"q{number}"
    commands.post(books.subject, "charge", patient, _owed("4.00", reference=patient, patient=patient), on=books.day())
    for reference, amount in (("a", "7.00"), ("b", "-7.00" if number else "-6.00")):
        lines = _owed(amount, reference=f"{reference}{number}", holder=HOLDERS[1], patient=patient)
        commands.post(books.subject, "charge", f"{reference}{number}", lines, on=books.day())


def _compare(subject) -> tuple[int, ...]:
    """How many rows were compared of each list."""
    today = clock.today("America/New_York")
    with transaction(subject):
        given = {"practice": subject.practice}
        credit, owing = database.rows(_CREDITS, given), database.rows(_OWING, given)
        collected = database.rows(_COLLECTED, given | {"before": today - timedelta(days=60)})
        small = database.rows(_SMALL, given | {"before": today})
        billed = database.rows(runs._OWING, given)
    shown = [
        (one.patient, one.reference, one.holder, one.amount, one.since) for one in refunds.credit_balances(subject)
    ]
    assert sorted(shown) == sorted(credit)
    assert [one.amount for one in refunds.credit_balances(subject, limit=3)] == [row[3] for row in credit[:3]]
    assert [(patient, due) for patient, due, *_ in billed] == owing
    assert [(one.patient_id, one.owed, one.since) for one in collecting.candidates(subject)] == collected
    assert [(one.patient_id, one.owed, one.since) for one in small_balances.found(subject)] == small
    assert all(due > ZERO for _, due in owing) and today > DAY
    return len(credit), len(owing), len(collected), len(small)

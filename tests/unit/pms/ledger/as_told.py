"""What the entries alone say: the statements that answered before the database kept sums, to compare with."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from chartdesk.kit import database
from chartdesk.kit.transactions import transaction

_AGING = """
    SELECT holder, since, SUM(amount)
      FROM (SELECT holder, MIN(posted_on) AS since, SUM(amount) AS amount FROM ledger_entry
             WHERE practice = %(practice)s AND account = 'ar' AND posted_on <= %(last)s
             GROUP BY reference, holder) AS item
     WHERE amount <> 0 GROUP BY holder, since ORDER BY holder, since
"""
_STANDING = """
    WITH item AS (
        SELECT sum(amount) AS due, min(posted_on) AS since FROM ledger_entry
         WHERE practice = %(practice)s AND account = 'ar' AND posted_on <= %(last)s
         GROUP BY reference, holder HAVING sum(amount) <> 0
    )
    SELECT COALESCE(sum(due), 0), COALESCE(sum(due) FILTER (WHERE since < %(last)s - %(old)s), 0),
           (SELECT COALESCE(-sum(amount), 0) FROM ledger_entry
             WHERE practice = %(practice)s AND account = 'revenue'
               AND posted_on > %(last)s - %(window)s AND posted_on <= %(last)s)
      FROM item
"""
_OWED = """
    SELECT max(patient), min(posted_on), holder || chr(9) || reference, sum(amount) FROM ledger_entry
     WHERE practice = %(practice)s AND account = 'ar' AND posted_on <= %(last)s
     GROUP BY reference, holder HAVING sum(amount) <> 0 ORDER BY 4 DESC, reference, holder
"""
_TRIAL = """
    SELECT account, COALESCE(SUM(amount) FILTER (WHERE amount > 0), 0),
           COALESCE(-SUM(amount) FILTER (WHERE amount < 0), 0), sum(amount)
      FROM ledger_entry WHERE practice = %(practice)s GROUP BY account ORDER BY account
"""
_OWING = """
    SELECT patient, SUM(due), MIN(since) FILTER (WHERE due > 0) FROM (
        SELECT patient, SUM(amount) AS due, MIN(posted_on) AS since FROM ledger_entry
         WHERE practice = %(practice)s AND account = 'ar' AND holder = 'patient' GROUP BY patient, reference) AS item
     GROUP BY patient HAVING SUM(due) >= 0.01 ORDER BY 2 DESC, 1
"""
_BALANCE = """
    SELECT COALESCE(sum(amount), 0) FROM ledger_entry
     WHERE practice = %(practice)s AND account = %(account)s AND posted_on <= %(last)s
"""


def _rows(subject: Any, statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with transaction(subject):
        return database.rows(statement, {"practice": subject.practice, "old": 90, "window": 90, **values})


def aging(subject: Any, on: date) -> list[tuple[str, date, Decimal]]:
    """Holder, since when, dollars."""
    return _rows(subject, _AGING, last=on)


def standing(subject: Any, on: date) -> list[tuple[Any, ...]]:
    """What is owed, what of it is old, the charges of the window."""
    return _rows(subject, _STANDING, last=on)


def owed(subject: Any, on: date) -> list[tuple[Any, ...]]:
    """Patient, since when, holder and reference, dollars."""
    return _rows(subject, _OWED, last=on)


def trial(subject: Any) -> list[tuple[Any, ...]]:
    """Account, debits, credits, balance."""
    return _rows(subject, _TRIAL)


def owing(subject: Any) -> list[tuple[Any, ...]]:
    """Patient, dollars, since when."""
    return _rows(subject, _OWING)


def balance(subject: Any, account: str, on: date) -> Decimal:
    """An account until a day."""
    return Decimal(_rows(subject, _BALANCE, account=account, last=on)[0][0])

"""What is owed on a day, reference by reference and holder by holder: from the balances, or from the entries.

The balances say how it stands after everything that was posted. On the day of the last entry, and later, they are the
answer. On a day shortly before, what was posted since is taken off again: that touches few of them, which are found in
the index by the list of their references, instead of by a join over all. On a day long ago the entries themselves are
summed, as that is then less work. One statement looks and answers, so that nothing is posted in between.
"""

from __future__ import annotations

_WAY = """posted AS MATERIALIZED (
        SELECT COALESCE(sum(entries) FILTER (WHERE day > %(last)s), 0) AS after, COALESCE(sum(entries), 0) AS all_time
          FROM ledger_daysum WHERE practice = %(practice)s AND account = 'ar'
    ), way AS MATERIALIZED (
        SELECT CASE WHEN after = 0 THEN 'stands' WHEN after * 16 < all_time THEN 'back' ELSE 'entries' END AS name
          FROM posted
    ), later AS MATERIALIZED (
        SELECT reference, holder, sum(amount) AS amount
          FROM ledger_entry
         WHERE practice = %(practice)s AND account = 'ar' AND posted_on > %(last)s AND (SELECT name FROM way) = 'back'
         GROUP BY reference, holder
    )"""
#: The balances of those references, found by one walk through the index.
_TOUCHED = "b.practice = %(practice)s AND b.reference = ANY(ARRAY(SELECT reference FROM later))"
#: The rows (reference, holder, patient, due, since) of all that was owed on the day ``last`` and is not zero. A
#: subquery with the parameters ``practice`` and ``last``.
ITEMS = f"""(
    WITH {_WAY}
    SELECT reference, holder, patient, due, since
      FROM ledger_balance
     WHERE practice = %(practice)s AND due <> 0 AND (SELECT name FROM way) = 'stands'
     UNION ALL
    SELECT reference, holder, patient, due, since
      FROM ledger_balance
     WHERE practice = %(practice)s AND due <> 0 AND (SELECT name FROM way) = 'back'
       AND (reference, holder) NOT IN (SELECT reference, holder FROM later)
     UNION ALL
    SELECT b.reference, b.holder, b.patient, b.due - later.amount, b.since
      FROM later
      JOIN ledger_balance b ON b.reference = later.reference AND b.holder = later.holder
     WHERE {_TOUCHED} AND b.due <> later.amount
     UNION ALL
    SELECT reference, holder, max(patient), sum(amount), min(posted_on)
      FROM ledger_entry
     WHERE practice = %(practice)s AND account = 'ar' AND posted_on <= %(last)s
       AND (SELECT name FROM way) = 'entries'
     GROUP BY reference, holder HAVING sum(amount) <> 0
)"""
#: Of all that was owed on the day ``last``, what the same holder had owed for more than ``old`` days: the sum of those
#: ``ITEMS``, without making each of them. A subquery with the parameters ``practice``, ``last`` and ``old``.
OWED_SINCE = f"""(
    WITH {_WAY}
    SELECT CASE WHEN (SELECT name FROM way) = 'entries' THEN (
                SELECT COALESCE(sum(due), 0)
                  FROM (SELECT sum(amount) AS due FROM ledger_entry
                         WHERE practice = %(practice)s AND account = 'ar' AND posted_on <= %(last)s
                         GROUP BY reference, holder HAVING min(posted_on) < %(last)s - %(old)s) AS item)
           ELSE (SELECT COALESCE(sum(due), 0) FROM ledger_balance
                  WHERE practice = %(practice)s AND due <> 0 AND since < %(last)s - %(old)s)
              - (SELECT COALESCE(sum(later.amount), 0)
                   FROM later
                   JOIN ledger_balance b ON b.reference = later.reference AND b.holder = later.holder
                  WHERE {_TOUCHED} AND b.since < %(last)s - %(old)s)
           END
)"""
AGING = f"""
    SELECT holder, since, sum(due) FROM {ITEMS} AS item GROUP BY holder, since ORDER BY holder
"""

"""What is owed: days in A/R, the total, how much of it is old, and the aging report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chartdesk.kit.money import ZERO
from chartdesk.kit.transactions import transaction
from chartdesk.pms.coverage.models import Payer
from chartdesk.pms.ledger import queries as books
from chartdesk.pms.ledger.rules import BUCKETS
from chartdesk.record.access import Subject

#: Days of charges that days in A/R are measured against.
WINDOW = 90
OLD = 90

#: Weekly sums of receivables and charges, all time for the first, for balances as of the end of each week.
WEEKLY = """
    SELECT date_trunc('week', posted_on::timestamp)::date,
           sum(amount) FILTER (WHERE account = 'ar'), -sum(amount) FILTER (WHERE account = 'revenue')
      FROM (SELECT account, posted_on, sum(amount) AS amount
              FROM ledger_entry
             WHERE practice = %(practice)s AND account IN ('ar', 'revenue') AND posted_on <= %(last)s
             GROUP BY account, posted_on) AS day
     GROUP BY 1 ORDER BY 1
"""
#: What is owed on a day, how much of it for longer than 90 days, and the charges of the 90 days before it.
STANDING = """
    WITH item AS (
        SELECT sum(amount) AS due, min(posted_on) AS since
          FROM ledger_entry
         WHERE practice = %(practice)s AND account = 'ar' AND posted_on <= %(last)s
         GROUP BY reference, holder HAVING sum(amount) <> 0
    )
    SELECT COALESCE(sum(due), 0), COALESCE(sum(due) FILTER (WHERE since < %(last)s - %(old)s), 0),
           (SELECT COALESCE(-sum(amount), 0) FROM ledger_entry
             WHERE practice = %(practice)s AND account = 'revenue'
               AND posted_on > %(last)s - %(window)s AND posted_on <= %(last)s)
      FROM item
"""
#: What is owed on a day, charge by charge and holder by holder, the largest first.
_OWED = """
    SELECT 'patient' AS kind, max(patient) AS id, max(patient), min(posted_on), holder || ' ' || reference, sum(amount)
      FROM ledger_entry
     WHERE practice = %(practice)s AND account = 'ar' AND posted_on <= %(last)s
     GROUP BY reference, holder HAVING sum(amount) <> 0 {0} ORDER BY sum(amount) DESC, reference
"""
OWED, OWED_LONG = _OWED.format(""), _OWED.format("AND min(posted_on) < %(last)s - %(old)s")


@dataclass(frozen=True)
class AgingLine:
    """What one holder owes. ``buckets`` are dollars by age in days, in the order of ``BUCKETS``."""

    holder: str
    name: str
    total: Decimal
    buckets: dict[str, Decimal]


@dataclass(frozen=True)
class Aging:
    """The aging report of a day: patients first, then payers, the largest sum first."""

    on: date
    lines: list[AgingLine]
    buckets: dict[str, Decimal]
    total: Decimal


def aging(subject: Subject, on: date) -> Aging:
    """Who owes what on a day, by the days since they first owed it."""
    with transaction(subject):
        rows = books.aging(subject, on)
        names = dict(Payer.objects.filter(practice=subject.practice).values_list("payer_id", "name"))
    lines = [
        AgingLine(row.holder, _name(row.holder, names), row.total, row.buckets)
        for row in sorted(rows, key=lambda row: (row.holder != "patient", -row.total))
    ]
    sums = {bucket: sum((line.buckets[bucket] for line in lines), ZERO) for bucket, _ in BUCKETS}
    return Aging(on, lines, sums, sum(sums.values(), ZERO))


def _name(holder: str, names: dict[str, str]) -> str:
    if holder == "patient":
        return "Patients"
    number = holder.removeprefix("payer:")
    return names.get(number, number)

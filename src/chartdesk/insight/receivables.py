"""What is owed: days in A/R, the total, how much of it is old, and the aging report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chartdesk.insight.figures import ENTRY, Rows
from chartdesk.kit.money import ZERO
from chartdesk.kit.transactions import transaction
from chartdesk.pms.coverage.models import Payer
from chartdesk.pms.ledger import queries as books
from chartdesk.pms.ledger.receivables import ITEMS, OWED_SINCE
from chartdesk.pms.ledger.rules import BUCKETS
from chartdesk.record.access import Subject

#: Days of charges that days in A/R are measured against.
WINDOW = 90
OLD = 90

#: By the day, what was owed more and what was charged; all that was before the days that the weeks look back to is one
#: row, with no day.
DAILY = """
    SELECT CASE WHEN day > %(monday)s - %(window)s THEN day END,
           sum(debits - credits) FILTER (WHERE account = 'ar'), sum(credits - debits) FILTER (WHERE account = 'revenue')
      FROM ledger_daysum
     WHERE practice = %(practice)s AND account IN ('ar', 'revenue') AND day <= %(last)s
     GROUP BY 1
"""
#: What is owed on a day, how much of it for longer than 90 days, and the charges of the 90 days before it.
STANDING = f"""
    SELECT (SELECT COALESCE(sum(debits - credits), 0) FROM ledger_daysum
             WHERE practice = %(practice)s AND account = 'ar' AND day <= %(last)s),
           {OWED_SINCE},
           (SELECT COALESCE(sum(credits - debits), 0) FROM ledger_daysum
             WHERE practice = %(practice)s AND account = 'revenue'
               AND day > %(last)s - %(window)s AND day <= %(last)s)
"""
_OWED = f"FROM {ITEMS} AS o"
_SHOWN = "'owed' AS kind, o.patient AS id, o.patient, o.since AS day, o.holder || chr(9) || o.reference AS text"
#: What is owed on a day, charge by charge and holder by holder.
OWED = Rows("Owed", _SHOWN, _OWED, "o.due", largest=True)
OWED_LONG = Rows("Owed for over 90 days", _SHOWN, f"{_OWED} WHERE o.since < %(last)s - %(old)s", "o.due", largest=True)
#: The charges that days in A/R are measured against.
CHARGED = Rows(
    "Charges of the 90 days",
    ENTRY,
    """FROM ledger_entry e WHERE e.practice = %(practice)s AND e.account = 'revenue'
        AND e.posted_on > %(last)s - %(window)s AND e.posted_on <= %(last)s""",
    "-e.amount",
)


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

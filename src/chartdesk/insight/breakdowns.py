"""What a figure is made of: denials by payer, reason and code, and what each code brings in.

As with the figures, a source lists what is counted under which key; the table sums it up, and the rows behind a line
are the same rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from chartdesk.insight import drilldown, kpis
from chartdesk.insight.drilldown import Counted, Row
from chartdesk.insight.figures import DECIDED
from chartdesk.kit.errors import NotFound
from chartdesk.kit.transactions import transaction
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of
from chartdesk.standards.x12.codes import adjustment_reasons

_MOST = "amount DESC, day DESC, id DESC, text"


@dataclass(frozen=True)
class Breakdown:
    """A table. ``part`` and ``whole`` name its sums, in ``unit`` (claims, lines, dollars); ``share`` what one makes of
    the other. The ``source`` gives key, kind, id, patient, day, text, part, whole, dollars."""

    name: str
    title: str
    definition: str
    key: str
    part: str
    whole: str
    unit: str
    share: str
    source: str


@dataclass(frozen=True)
class Share:
    """One line: ``part`` of ``whole`` in the breakdown's unit, ``rate`` in percent, and the dollars it is about."""

    key: str
    name: str
    part: Decimal
    whole: Decimal
    rate: Decimal | None
    dollars: Decimal


#: What each decision denied, in dollars, by the columns that are named: that of the posting that stands.
_DENIED = """(SELECT {0}, sum(y.amount) AS amount
                   FROM remittance_denial y
                   JOIN remittance_claimpayment q ON q.practice = y.practice AND q.id = y.claim_payment_id
                  WHERE y.practice = %(practice)s AND y.raised >= q.posted_at
                    AND y.raised >= (%(first)s::timestamp AT TIME ZONE %(zone)s)
                  GROUP BY {0})"""
#: The decisions that the denial rate counts.
_PAYERS = f"""
    SELECT c.payer_id AS key, 'claim' AS kind, p.claim::text AS id, p.patient,
           (p.posted_at AT TIME ZONE %(zone)s)::date AS day, p.claim_number AS text,
           (x.amount IS NOT NULL)::int AS part, 1 AS whole, COALESCE(x.amount, 0) AS dollars
      FROM remittance_claimpayment p
      JOIN claims_claim c ON c.practice = p.practice AND c.id = p.claim
      LEFT JOIN {_DENIED.format("y.claim_payment_id")} x ON x.claim_payment_id = p.id
     WHERE {DECIDED} AND p.status_code <> '25'
"""
_REASONS = f"""
    SELECT x.carc AS key, 'denial' AS kind, x.id::text AS id, x.patient,
           (p.posted_at AT TIME ZONE %(zone)s)::date AS day, c.number AS text,
           1 AS part, 1 AS whole, x.amount AS dollars
      FROM remittance_denial x
      JOIN remittance_claimpayment p ON p.practice = x.practice AND p.id = x.claim_payment_id
      JOIN claims_claim c ON c.practice = x.practice AND c.id = x.claim
     WHERE x.practice = %(practice)s AND {DECIDED} AND p.status_code <> '25' AND x.raised >= p.posted_at
       AND x.raised >= (%(first)s::timestamp AT TIME ZONE %(zone)s)
"""
_CODES = f"""
    SELECT l.code AS key, 'claim' AS kind, p.claim::text AS id, p.patient,
           (p.posted_at AT TIME ZONE %(zone)s)::date AS day, p.claim_number AS text,
           (x.amount IS NOT NULL)::int AS part, 1 AS whole, COALESCE(x.amount, 0) AS dollars
      FROM remittance_claimpayment p
      JOIN claims_claimline l ON l.practice = p.practice AND l.claim_id = p.claim
      LEFT JOIN {_DENIED.format("y.claim_payment_id, y.charge_line")} x
             ON x.claim_payment_id = p.id AND x.charge_line = l.charge_line
     WHERE {DECIDED} AND p.status_code <> '25'
"""
# What was paid on a charge is what its entries have left over: charge, adjustments and what is owed balance but for it.
_REVENUE = """
    SELECT l.code AS key, 'superbill' AS kind, b.id::text AS id, b.patient,
           b.service_date AS day, l.description AS text,
           COALESCE(-e.left_over, 0) AS part, COALESCE(l.amount, 0) AS whole, COALESCE(-e.left_over, 0) AS dollars
      FROM charges_superbill b
      JOIN charges_chargeline l ON l.practice = b.practice AND l.superbill_id = b.id AND NOT l.superseded
      LEFT JOIN LATERAL (SELECT sum(e.amount) AS left_over FROM ledger_entry e
                          WHERE e.practice = b.practice AND e.reference = 'charge:' || l.id) e ON true
     WHERE b.practice = %(practice)s AND b.status IN ('approved', 'billed')
       AND b.service_date BETWEEN %(first)s AND %(last)s
"""

BREAKDOWNS = {
    one.name: one
    for one in (
        Breakdown(
            "denials_by_payer", "Denials by payer",
            "Of the decisions of each payer that were posted in the period, how many denied a claim wholly or in part.",
            "Payer", "Denied", "Decided", "claims", "Share denied", _PAYERS,
        ),
        Breakdown(
            "denials_by_reason", "Denials by reason",
            "What payers denied in decisions that were posted in the period, by the reason they gave.",
            "Reason", "Denials", "", "denials", "Of all", _REASONS,
        ),
        Breakdown(
            "denials_by_code", "Denials by code",
            "Of the lines in decisions that were posted in the period, how many were denied, by procedure code.",
            "Code", "Denied", "Decided", "lines", "Share denied", _CODES,
        ),
        Breakdown(
            "revenue_by_code", "Revenue by code",
            "What has been paid so far on charges of visits in the period, by procedure code.",
            "Code", "Paid", "Charged", "dollars", "Paid", _REVENUE,
        ),
    )
}  # fmt: skip


def of(name: str) -> Breakdown:
    """The breakdown of that name. Raises NotFound."""
    if name not in BREAKDOWNS:
        raise NotFound(f"There is no breakdown {name!r}.", cure=f"One of {', '.join(BREAKDOWNS)}.")
    return BREAKDOWNS[name]


def shares(subject: Subject, name: str, first: date, last: date) -> list[Share]:
    """The lines of a breakdown, those of the most dollars first. Raises NotFound, Invalid for what is no period."""
    asked = of(name)
    with transaction(subject):
        given = _given(subject, first, last)
        with connection.cursor() as cursor:
            cursor.execute(
                f"""SELECT key, sum(part), sum(whole), sum(dollars) FROM ({asked.source}) AS item
                     GROUP BY key ORDER BY sum(dollars) DESC, key""",
                given,
            )
            found = [(key, *(Decimal(one) for one in sums)) for key, *sums in cursor.fetchall()]
            names = _names(cursor, asked, given)
    everything = sum((part for _, part, _, _ in found), Decimal(0))
    return [
        Share(key, names.get(key, key), part, whole, _percent(part, whole if asked.whole else everything), dollars)
        for key, part, whole, dollars in found
    ]


def summed(name: str, lines: list[Share]) -> Share:
    """All lines of a breakdown together."""
    part, whole, amount = (
        sum((getattr(one, column) for one in lines), Decimal(0)) for column in ("part", "whole", "dollars")
    )
    return Share("", "All", part, whole, _percent(part, whole if of(name).whole else part), amount)


def opened(
    subject: Subject, name: str, key: str, first: date, last: date, *, skip: int = 0, limit: int = 50
) -> Counted:
    """What one line of a breakdown counts, those that count most first, with the sum of all. Each patient's row is
    noted as read."""
    asked = of(name)
    amount = "part" if asked.unit != "dollars" else "dollars"
    statement = f"""SELECT kind, id, patient, day, text, {amount} AS amount FROM ({asked.source}) AS item
                     WHERE key = %(key)s"""
    with transaction(subject):
        given = _given(subject, first, last) | {"key": key}
        return drilldown.counted(subject, statement, _MOST, given, skip, limit, f"breakdown {name}")


def rows(subject: Subject, name: str, key: str, first: date, last: date, *, limit: int = 500) -> list[Row]:
    """The first ``limit`` rows of ``opened``."""
    return opened(subject, name, key, first, last, limit=limit).rows


def named(subject: Subject, name: str, key: str) -> str:
    """What a line of a breakdown is called."""
    with transaction(subject), connection.cursor() as cursor:
        return _names(cursor, of(name), {"practice": subject.practice}).get(key, key)


def _given(subject: Subject, first: date, last: date) -> dict[str, Any]:
    subject.require(Role.MANAGER, Role.BILLER)
    kpis.check_period(first, last)
    return {"practice": subject.practice, "zone": practice_of(subject).zone, "first": first, "last": last}


def _names(cursor: Any, asked: Breakdown, given: dict[str, Any]) -> dict[str, str]:
    """What the keys are called."""
    if asked.name == "denials_by_payer":
        cursor.execute("SELECT payer_id, name FROM coverage_payer WHERE practice = %(practice)s", given)
        return {number: f"{name} ({number})" for number, name in cursor.fetchall()}
    if asked.name == "denials_by_reason":
        return {code: f"{code}: {reason.label}" for code, reason in adjustment_reasons.REASONS.items()}
    cursor.execute(
        """SELECT DISTINCT ON (code) code, description FROM charges_fee
            WHERE practice = %(practice)s AND modifier = '' ORDER BY code, id DESC""",
        given,
    )
    return {code: f"{code} {words}" for code, words in cursor.fetchall()}


def _percent(part: Decimal, whole: Decimal) -> Decimal | None:
    return (100 * part / whole).quantize(Decimal("0.1")) if whole > 0 else None

"""The definition of each figure: what it says, in which unit, and the statement that gives it.

A source lists what a figure counts: the week, the amount (1 or 0 in a share), and what to open. The figure sums
the source up; its drill-down shows the same rows, so the two cannot disagree. Sources are parameterised by
``practice``, ``zone``, ``first`` and ``last``; days are those of the practice's zone. Ranges on leading index
columns keep a large practice fast.
"""

from __future__ import annotations

from dataclasses import dataclass

#: From the start of the first day to the end of the last, as moments.
_PERIOD = "(%(first)s::timestamp AT TIME ZONE %(zone)s) AND {0} < ((%(last)s + 1)::timestamp AT TIME ZONE %(zone)s)"
_WEEK = "date_trunc('week', {0} AT TIME ZONE %(zone)s)::date"


def within(column: str) -> str:
    """The condition that a moment lies in the period."""
    return f"{column} >= {_PERIOD.format(column)}"


def week_of(column: str) -> str:
    """The Monday of a moment."""
    return _WEEK.format(column)


@dataclass(frozen=True)
class Measure:
    """A figure's definition. ``good`` says which way is better: up or down. ``shape`` is how its source is summed
    up: share (percent of hits), average, median, total, or ``amount`` over ``base``: percent, or each."""

    name: str
    title: str
    unit: str
    definition: str
    good: str
    shape: str
    source: str

    @property
    def statement(self) -> str:
        """One row per week and one for the whole period (week null): numerator, denominator, value."""
        return f"""
            SELECT week, {_SHAPES[self.shape]} FROM ({self.source}) AS item
             GROUP BY GROUPING SETS ((week), ()) HAVING count(*) > 0
        """

    @property
    def rows(self) -> str:
        """What the figure counts, newest first."""
        wanted = "WHERE amount <> 0" if self.shape in ("percent", "each") else ""
        return f"""SELECT kind, id, patient, day, text, amount FROM ({self.source}) AS item {wanted}
                    ORDER BY day DESC, id DESC"""


_SHAPES = {
    "share": "sum(amount), count(*), round(100.0 * sum(amount) / count(*), 1)",
    "average": "sum(amount), count(*), round(avg(amount), 1)",
    "median": "NULL, count(*), round(percentile_cont(0.5) WITHIN GROUP (ORDER BY amount)::numeric, 1)",
    "total": "sum(amount), count(*), sum(amount)",
    "percent": "sum(amount), sum(base), round(100.0 * sum(amount) / NULLIF(sum(base), 0), 1)",
    "each": "sum(amount), sum(base), round(1.0 * sum(amount) / NULLIF(sum(base), 0), 2)",
}
_CLAIM = "'claim' AS kind, c.id::text AS id, c.patient, c.service_date AS day, c.number AS text"
_VISIT = """'appointment' AS kind, a.appointment AS id, a.patient,
           (a.starts AT TIME ZONE %(zone)s)::date AS day, a.visit_type AS text"""

_FIRST_CLAIMS = f"""
    SELECT {week_of("c.submitted_at")} AS week, {_CLAIM},
           (NOT EXISTS (SELECT 1 FROM claims_claimevent e
                         WHERE e.practice = c.practice AND e.claim_id = c.id AND e.kind = 'rejected'))::int AS amount
      FROM claims_claim c
     WHERE c.practice = %(practice)s AND c.frequency = '1'
       AND c.status IN ('acknowledged', 'rejected', 'paid', 'partly_paid', 'denied', 'closed')
       AND {within("c.submitted_at")}
       AND NOT EXISTS (SELECT 1 FROM claims_claim b
                        WHERE b.practice = c.practice AND b.superbill = c.superbill AND b.rank = c.rank
                          AND b.part = c.part AND (b.submitted_at, b.id) < (c.submitted_at, c.id))
"""
_DECISIONS = f"""
    SELECT {week_of("p.posted_at")} AS week, 'claim' AS kind, p.claim::text AS id, p.patient,
           (p.posted_at AT TIME ZONE %(zone)s)::date AS day, p.claim_number AS text,
           EXISTS (SELECT 1 FROM remittance_denial d
                    WHERE d.practice = p.practice AND d.claim_payment_id = p.id)::int AS amount
      FROM remittance_claimpayment p
     WHERE p.practice = %(practice)s AND p.claim IS NOT NULL AND p.reverses_id IS NULL
       AND p.status_code <> '25' AND {within("p.posted_at")}
"""
_CHARGES = f"""
    SELECT {week_of("b.approved_at")} AS week, 'superbill' AS kind, b.id::text AS id, b.patient,
           b.service_date AS day, '' AS text,
           GREATEST((b.approved_at AT TIME ZONE %(zone)s)::date - b.service_date, 0) AS amount
      FROM charges_superbill b
     WHERE b.practice = %(practice)s AND b.status IN ('approved', 'billed') AND {within("b.approved_at")}
"""
_SUBMISSIONS = f"""
    SELECT {week_of("c.submitted_at")} AS week, {_CLAIM},
           EXTRACT(EPOCH FROM c.submitted_at - c.signed_at) / 60 AS amount
      FROM claims_claim c
     WHERE c.practice = %(practice)s AND c.frequency = '1' AND c.rank = 1 AND c.signed_at IS NOT NULL
       AND {within("c.submitted_at")}
"""
_KEPT = f"""
    SELECT {week_of("a.starts")} AS week, {_VISIT}, (a.status = 'noshow')::int AS amount
      FROM scheduling_appointmentindex a
     WHERE a.practice = %(practice)s AND {within("a.starts")}
       AND a.status IN ('arrived', 'roomed', 'departed', 'noshow')
"""
_WAITS = f"""
    SELECT {week_of("a.starts")} AS week, {_VISIT},
           EXTRACT(EPOCH FROM a.roomed - a.arrived) / 60 AS amount
      FROM scheduling_appointmentindex a
     WHERE a.practice = %(practice)s AND {within("a.starts")} AND a.roomed >= a.arrived
"""
_VISITS = f"""
    SELECT {week_of("a.starts")} AS week, {_VISIT}, 1 AS amount
      FROM scheduling_appointmentindex a
     WHERE a.practice = %(practice)s AND {within("a.starts")} AND a.status IN ('arrived', 'roomed', 'departed')
"""
_MONEY = """
    SELECT date_trunc('week', e.posted_on)::date AS week, 'posting' AS kind, e.posting_id::text AS id, e.patient,
           e.posted_on AS day, e.memo AS text, e.amount
      FROM ledger_entry e
     WHERE e.practice = %(practice)s AND e.account IN ('cash', 'card', 'check', 'eft')
       AND e.posted_on BETWEEN %(first)s AND %(last)s
"""


_POSTINGS = f"""
    SELECT {week_of("p.posted_at")} AS week, 'claim' AS kind, p.claim::text AS id, p.patient,
           r.paid_on AS day, p.claim_number AS text,
           GREATEST((p.posted_at AT TIME ZONE %(zone)s)::date - r.paid_on, 0) AS amount
      FROM remittance_claimpayment p JOIN remittance_remittance r ON r.practice = p.practice AND r.id = p.remittance_id
     WHERE p.practice = %(practice)s AND p.claim IS NOT NULL AND p.reverses_id IS NULL AND r.paid_on IS NOT NULL
       AND {within("p.posted_at")}
"""
_NET = """
    SELECT date_trunc('week', e.posted_on)::date AS week, 'posting' AS kind, e.posting_id::text AS id, e.patient,
           e.posted_on AS day, e.memo AS text,
           CASE WHEN e.account IN ('cash', 'card', 'check', 'eft') THEN e.amount ELSE 0 END AS amount,
           CASE WHEN e.account IN ('revenue', 'adjustment.contractual') THEN -e.amount ELSE 0 END AS base
      FROM ledger_entry e
     WHERE e.practice = %(practice)s AND e.posted_on BETWEEN %(first)s AND %(last)s
       AND e.account IN ('cash', 'card', 'check', 'eft', 'revenue', 'adjustment.contractual')
"""
_PER_VISIT = f"""
    SELECT week, kind, id, patient, day, text, amount, 0 AS base FROM ({_MONEY}) AS money
     UNION ALL
    SELECT week, kind, id, patient, day, text, 0, 1 FROM ({_VISITS}) AS visit
"""
_UNDERPAID = f"""
    SELECT {week_of("w.raised")} AS week, 'claim' AS kind, w.link_id AS id, substr(w.about, 9) AS patient,
           (w.raised AT TIME ZONE %(zone)s)::date AS day, w.detail AS text, w.amount
      FROM kit_workitem w
     WHERE w.practice = %(practice)s AND w.kind = 'underpayment' AND {within("w.raised")}
"""


#: Figures that one statement gives each. Those of the receivables are in ``receivables``.
MEASURES: tuple[Measure, ...] = (
    Measure(
        "first_pass_acceptance", "First-pass acceptance", "percent",
        "Of the claims first sent in these weeks and answered, how many no clearinghouse or payer rejected.",
        "up", "share", _FIRST_CLAIMS,
    ),
    Measure(
        "denial_rate", "Denial rate", "percent",
        "Of the claims that payers decided in these weeks, how many were denied, wholly or in part.",
        "down", "share", _DECISIONS,
    ),
    Measure(
        "charge_lag_days", "Charge lag", "days",
        "Average days from the date of service to the approval of its charges, for charges approved in these weeks.",
        "down", "average", _CHARGES,
    ),
    Measure(
        "submission_lag", "Signature to submission", "minutes",
        "Median minutes from the signature under a note to the claim's submission, for claims sent in these weeks.",
        "down", "median", _SUBMISSIONS,
    ),
    Measure(
        "posting_lag", "Posting lag", "days",
        "Average days from the date of a payer's payment to its posting, for payments posted in these weeks.",
        "down", "average", _POSTINGS,
    ),
    Measure(
        "net_collection_rate", "Net collection rate", "percent",
        "What was paid in these weeks, over the charges of these weeks less their contractual adjustments.",
        "up", "percent", _NET,
    ),
    Measure(
        "revenue_per_visit", "Revenue per visit", "dollars",
        "What was paid in these weeks, over the visits in these weeks to which the patient came.",
        "up", "each", _PER_VISIT,
    ),
    Measure(
        "underpaid", "Underpaid", "dollars",
        "What payers allowed less than their contracts say, on payments posted in these weeks.",
        "down", "total", _UNDERPAID,
    ),
    Measure(
        "no_show_rate", "No-shows", "percent",
        "Of the visits due in these weeks that were not cancelled, how many patients did not come to.",
        "down", "share", _KEPT,
    ),
    Measure(
        "waiting_minutes", "Waiting time", "minutes",
        "Median minutes from a patient's arrival to the room, for visits in these weeks.",
        "down", "median", _WAITS,
    ),
    Measure(
        "collections", "Collections", "dollars",
        "What patients and payers paid in these weeks, refunds taken off.",
        "up", "total", _MONEY,
    ),
    Measure(
        "visits", "Visits", "visits",
        "Visits in these weeks to which the patient came.",
        "up", "total", _VISITS,
    ),
)  # fmt: skip

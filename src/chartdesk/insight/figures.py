"""The definition of each figure: what it says, in which unit, and the statement that gives it.

A source lists rows that figures count: the week, and what to open. A figure says of each row what it adds (1 or 0 in
a share), or null where it does not count it. Figures of one source are summed up by one statement, that reads the
source once; a drill-down shows the same rows with the same amounts, so the two cannot disagree. Money is summed up
from what the ledger keeps by account and day, and opens to its entries. Sources are parameterised by ``practice``,
``zone``, ``first`` and ``last``; days are those of the practice's zone. What sums up also needs ``monday``, the first
of the period, and ``mondays``, the moments at which its weeks begin. Ranges on leading index columns keep a large
practice fast.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: From the start of the first day to the end of the last, as moments.
_PERIOD = "(%(first)s::timestamp AT TIME ZONE %(zone)s) AND {0} < ((%(last)s + 1)::timestamp AT TIME ZONE %(zone)s)"


def within(column: str) -> str:
    """The condition that a moment lies in the period."""
    return f"{column} >= {_PERIOD.format(column)}"


def week_of(column: str) -> str:
    """Which week of the period a moment is in, from 1: a search among its Mondays, as zones are slow to reckon with."""
    return f"width_bucket({column}, %(mondays)s::timestamptz[])"


@dataclass(frozen=True)
class Source:
    """Rows that figures count: the number of their ``week`` in the period, the columns ``shown`` of one (kind, id,
    patient, day, text), and from where they are. ``weight`` says how many things a row stands for."""

    week: str
    shown: str
    rows: str
    weight: str = "1"


@dataclass(frozen=True)
class Measure:
    """A figure's definition. ``good`` says which way is better: up or down. ``shape`` is how the ``amount`` of its
    rows is summed up: share (percent of hits), average, median, total, or amount over ``base``: percent. ``opened``
    is the source whose rows a drill-down shows with the amount ``each``, where that is another one."""

    name: str
    title: str
    unit: str
    definition: str
    good: str
    shape: str
    source: Source
    amount: str
    base: str = "0"
    opened: Source | None = None
    each: str = ""

    @property
    def rows(self) -> str:
        """What the figure counts, newest first."""
        source, amount = self.opened or self.source, self.each or self.amount
        wanted = "amount <> 0" if self.shape == "percent" else "amount IS NOT NULL"
        return f"""SELECT kind, id, patient, day, text, amount
                     FROM (SELECT {source.shown}, {amount} AS amount {source.rows}) AS item
                    WHERE {wanted} ORDER BY day DESC, id DESC"""


@dataclass(frozen=True)
class Ratio:
    """A figure made of two others: the value of ``amount`` over that of ``base``, week by week; opens to the first."""

    name: str
    title: str
    unit: str
    definition: str
    good: str
    amount: str
    base: str


def statement(measures: Sequence[Measure]) -> str:
    """What measures of one source come to: a row per week, by its number, and one for the whole period (null).

    After the week, four columns for each measure: how much it counted, numerator, denominator, value.
    """
    source = measures[0].source
    columns = ", ".join(
        f"{one.amount} AS amount_{place}, {one.base} AS base_{place}" for place, one in enumerate(measures)
    )
    sums = ", ".join(_SHAPES[one.shape].format(place) for place, one in enumerate(measures))
    return f"""
        SELECT week, {sums}
          FROM (SELECT {source.week} AS week, {source.weight} AS weight, {columns} {source.rows}) AS item
         GROUP BY GROUPING SETS ((week), ())
    """


_COUNT = "sum(weight) FILTER (WHERE amount_{0} IS NOT NULL)"
_SHAPES = {
    "share": "count(amount_{0}), sum(amount_{0}), count(amount_{0}), round(100.0 * avg(amount_{0}), 1)",
    "average": "count(amount_{0}), sum(amount_{0}), count(amount_{0}), round(avg(amount_{0}), 1)",
    "median": "count(amount_{0}), NULL, count(amount_{0}), "
    "round(percentile_cont(0.5) WITHIN GROUP (ORDER BY amount_{0})::numeric, 1)",
    "total": f"{_COUNT}, sum(amount_{{0}}), {_COUNT}, sum(amount_{{0}})",
    "percent": f"{_COUNT}, sum(amount_{{0}}), sum(base_{{0}}), "
    "round(100.0 * sum(amount_{0}) / NULLIF(sum(base_{0}), 0), 1)",
}

#: Claims of the period that are no corrections. Whether one is the first of its part of the visit, and was rejected, is
#: looked up for each: OFFSET 0 keeps it from being a join over the claims of all time.
_CLAIMS = Source(
    week_of("c.submitted_at"),
    "'claim' AS kind, c.id::text AS id, c.patient, c.service_date AS day, c.number AS text",
    f"""FROM claims_claim c
       WHERE c.practice = %(practice)s AND c.frequency = '1' AND {within("c.submitted_at")}""",
)
_ACCEPTED = """CASE WHEN c.status IN ('acknowledged', 'rejected', 'paid', 'partly_paid', 'denied', 'closed')
            AND NOT EXISTS (SELECT 1 FROM claims_claim b
                             WHERE b.practice = %(practice)s AND b.superbill = c.superbill AND b.rank = c.rank
                               AND b.part = c.part AND (b.submitted_at, b.id) < (c.submitted_at, c.id) OFFSET 0)
           THEN (NOT EXISTS (SELECT 1 FROM claims_claimevent e
                              WHERE e.practice = %(practice)s AND e.claim_id = c.id
                                AND e.kind = 'rejected'))::int END"""
_SUBMITTED = "CASE WHEN c.rank = 1 THEN EXTRACT(EPOCH FROM c.submitted_at - c.signed_at) / 60 END"
_PAYMENTS = Source(
    week_of("p.posted_at"),
    """'claim' AS kind, p.claim::text AS id, p.patient, (p.posted_at AT TIME ZONE %(zone)s)::date AS day,
            p.claim_number AS text""",
    f"""FROM remittance_claimpayment p
       JOIN remittance_remittance r ON r.practice = p.practice AND r.id = p.remittance_id
       WHERE p.practice = %(practice)s AND p.claim IS NOT NULL AND p.reverses_id IS NULL AND {within("p.posted_at")}""",
)
_DENIED = """CASE WHEN p.status_code <> '25'
           THEN EXISTS (SELECT 1 FROM remittance_denial d
                         WHERE d.practice = %(practice)s AND d.claim_payment_id = p.id)::int END"""
_POSTED = """CASE WHEN r.paid_on IS NOT NULL
           THEN GREATEST((p.posted_at AT TIME ZONE %(zone)s)::date - r.paid_on, 0) END"""
_CHARGES = Source(
    week_of("b.approved_at"),
    "'superbill' AS kind, b.id::text AS id, b.patient, b.service_date AS day, '' AS text",
    f"""FROM charges_superbill b
       WHERE b.practice = %(practice)s AND b.status IN ('approved', 'billed') AND {within("b.approved_at")}""",
)
_APPOINTMENTS = Source(
    week_of("a.starts"),
    """'appointment' AS kind, a.appointment AS id, a.patient, (a.starts AT TIME ZONE %(zone)s)::date AS day,
            a.visit_type AS text""",
    f"FROM scheduling_appointmentindex a WHERE a.practice = %(practice)s AND {within('a.starts')}",
)
_CAME = "a.status IN ('arrived', 'roomed', 'departed')"
_DAYS = Source(
    "(e.day - %(monday)s) / 7 + 1",
    "",
    "FROM ledger_daysum e WHERE e.practice = %(practice)s AND e.day BETWEEN %(first)s AND %(last)s",
    "e.entries",
)
_ENTRIES = Source(
    "(e.posted_on - %(monday)s) / 7 + 1",
    "'posting' AS kind, e.posting_id::text AS id, e.patient, e.posted_on AS day, e.memo AS text",
    """FROM ledger_entry e WHERE e.practice = %(practice)s AND e.posted_on BETWEEN %(first)s AND %(last)s
        AND e.account IN ('cash', 'card', 'check', 'eft')""",
)
_PAID = "CASE WHEN e.account IN ('cash', 'card', 'check', 'eft') THEN e.debits - e.credits"
_DUE = "CASE WHEN e.account IN ('revenue', 'adjustment.contractual') THEN"
_UNDERPAID = Source(
    week_of("w.raised"),
    """'claim' AS kind, w.link_id AS id, substr(w.about, 9) AS patient, (w.raised AT TIME ZONE %(zone)s)::date AS day,
            w.detail AS text""",
    f"FROM kit_workitem w WHERE w.practice = %(practice)s AND w.kind = 'underpayment' AND w.state <> 'dismissed' "
    f"AND {within('w.raised')}",
)


#: The figures in the order in which they are shown. Those of the receivables are in ``receivables``.
MEASURES: tuple[Measure | Ratio, ...] = (
    Measure(
        "first_pass_acceptance", "First-pass acceptance", "percent",
        "Of the claims first sent in these weeks and answered, how many no clearinghouse or payer rejected.",
        "up", "share", _CLAIMS, _ACCEPTED,
    ),
    Measure(
        "denial_rate", "Denial rate", "percent",
        "Of the claims that payers decided in these weeks, how many were denied, wholly or in part.",
        "down", "share", _PAYMENTS, _DENIED,
    ),
    Measure(
        "charge_lag_days", "Charge lag", "days",
        "Average days from the date of service to the approval of its charges, for charges approved in these weeks.",
        "down", "average", _CHARGES,
        "GREATEST((b.approved_at AT TIME ZONE %(zone)s)::date - b.service_date, 0)",
    ),
    Measure(
        "submission_lag", "Signature to submission", "minutes",
        "Median minutes from the signature under a note to the claim's submission, for claims sent in these weeks.",
        "down", "median", _CLAIMS, _SUBMITTED,
    ),
    Measure(
        "posting_lag", "Posting lag", "days",
        "Average days from the date of a payer's payment to its posting, for payments posted in these weeks.",
        "down", "average", _PAYMENTS, _POSTED,
    ),
    Measure(
        "net_collection_rate", "Net collection rate", "percent",
        "What was paid in these weeks, over the charges of these weeks less their contractual adjustments.",
        "up", "percent", _DAYS, f"COALESCE({_PAID} END, {_DUE} 0 END)",
        f"{_DUE} e.credits - e.debits ELSE 0 END", _ENTRIES, "e.amount",
    ),
    Ratio(
        "revenue_per_visit", "Revenue per visit", "dollars",
        "What was paid in these weeks, over the visits in these weeks to which the patient came.",
        "up", "collections", "visits",
    ),
    Measure(
        "underpaid", "Underpaid", "dollars",
        "What payers allowed less than their contracts say, on payments posted in these weeks. What somebody "
        "dismissed, or the payer took back, does not count.",
        "down", "total", _UNDERPAID, "w.amount",
    ),
    Measure(
        "no_show_rate", "No-shows", "percent",
        "Of the visits due in these weeks that were not cancelled, how many patients did not come to.",
        "down", "share", _APPOINTMENTS,
        f"CASE WHEN a.status = 'noshow' THEN 1 WHEN {_CAME} THEN 0 END",
    ),
    Measure(
        "waiting_minutes", "Waiting time", "minutes",
        "Median minutes from a patient's arrival to the room, for visits in these weeks.",
        "down", "median", _APPOINTMENTS,
        "CASE WHEN a.roomed >= a.arrived THEN EXTRACT(EPOCH FROM a.roomed - a.arrived) / 60 END",
    ),
    Measure(
        "collections", "Collections", "dollars",
        "What patients and payers paid in these weeks, refunds taken off.",
        "up", "total", _DAYS, f"{_PAID} END", "0", _ENTRIES, "e.amount",
    ),
    Measure(
        "visits", "Visits", "visits",
        "Visits in these weeks to which the patient came.",
        "up", "total", _APPOINTMENTS, f"CASE WHEN {_CAME} THEN 1 END",
    ),
)  # fmt: skip

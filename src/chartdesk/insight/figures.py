"""The definition of each figure: what it says, in which unit, and the statement that gives it.

A source lists rows that figures count: the week, and what to open. A figure says of each row what it adds (1 or 0 in
a share), or null where it does not count it. Figures of one source are summed up by one statement, that reads the
source once; a drill-down shows the same rows with the same amounts, so the two cannot disagree. Money is summed up
from what the ledger keeps by account and day, and opens to its entries. Sources are parameterised by ``practice``,
``zone``, ``first`` and ``last``; days are those of the practice's zone. They also need ``monday``, the first of the
period, and ``mondays`` and ``days``, the moments at which its weeks and days begin. Ranges on leading index columns
keep a large practice fast.
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


def day_of(column: str) -> str:
    """Days from the first Monday to the day that a moment is in: a search among the days' beginnings."""
    return f"(width_bucket({column}, %(days)s::timestamptz[]) - 1)"


@dataclass(frozen=True)
class Source:
    """Rows that figures count: the number of their ``week`` in the period, the columns ``shown`` of one (kind, id,
    patient, day, text), and from where they are. ``weight`` says how many things a row stands for."""

    week: str
    shown: str
    rows: str
    weight: str = "1"


@dataclass(frozen=True)
class Rows:
    """What a drill-down lists: the columns ``shown`` and from where, as of a source, and what each row adds."""

    title: str
    shown: str
    rows: str
    amount: str
    #: Whether the largest come first, and not the newest.
    largest: bool = False

    @property
    def statement(self) -> str:
        """kind, id, patient, day, text and amount of each row that adds something."""
        return f"SELECT * FROM (SELECT {self.shown}, {self.amount} AS amount {self.rows}) AS item WHERE amount <> 0"


@dataclass(frozen=True)
class Measure:
    """A figure's definition. ``good`` says which way is better: up or down. ``shape`` is how the ``amount`` of its
    rows is summed up: share (percent of hits), average, median, total, or amount over ``base``: percent. ``opened``
    are the rows that a drill-down lists where they are not those of the source: of the numerator, then of the
    denominator where the figure has one."""

    name: str
    title: str
    unit: str
    definition: str
    good: str
    shape: str
    source: Source
    amount: str
    base: str = "0"
    opened: tuple[Rows, ...] = ()

    @property
    def statement(self) -> str:
        """kind, id, patient, day, text and amount of each row that the figure counts, where those are its source's."""
        source = self.source
        return f"""SELECT * FROM (SELECT {source.shown}, {self.amount} AS amount {source.rows}) AS item
                    WHERE amount IS NOT NULL"""


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
    """What measures of one source come to, week by week: the week's number, then for each measure how much it counted,
    its sum, the sum of its base, and its median. With a median there is a row for the whole period as well, its week
    null; the other sums of the period are those of its weeks."""
    source = measures[0].source
    columns = ", ".join(
        f"{one.amount} AS amount_{place}, {one.base} AS base_{place}" for place, one in enumerate(measures)
    )
    sums = ", ".join(_SUMS[one.shape].format(place) for place, one in enumerate(measures))
    whole = any(one.shape == "median" for one in measures)
    return f"""
        SELECT week, {sums}
          FROM (SELECT {source.week} AS week, {source.weight} AS weight, {columns} {source.rows}) AS item
         GROUP BY {"GROUPING SETS ((week), ())" if whole else "week"}
    """


_COUNTED = "count(amount_{0}), sum(amount_{0}), NULL, NULL"
_WEIGHED = "sum(weight) FILTER (WHERE amount_{0} IS NOT NULL), sum(amount_{0}), sum(base_{0}), NULL"
_SUMS = {
    "share": _COUNTED,
    "average": _COUNTED,
    "median": "count(amount_{0}), NULL, NULL, "
    "round(percentile_cont(0.5) WITHIN GROUP (ORDER BY amount_{0})::numeric, 1)",
    "total": _WEIGHED,
    "percent": _WEIGHED,
}

#: Claims of the period that are no corrections. Whether one is the first of its part of the visit is seen from those
#: that another may have followed: the others still stand, so nothing came before them. Like rejections these are few,
#: and both are read at once instead of looked up for each claim. A rejection comes after its claim was sent; the day
#: before is for a clock that was put back.
_CLAIMS = Source(
    week_of("c.submitted_at"),
    """'claim' AS kind, c.id::text AS id, c.patient, (c.submitted_at AT TIME ZONE %(zone)s)::date AS day,
            c.number AS text""",
    f"""FROM claims_claim c
       LEFT JOIN (SELECT DISTINCT ON (superbill, rank, part) superbill, rank, part, submitted_at, id
                    FROM claims_claim
                   WHERE practice = %(practice)s AND status IN ('closed', 'rejected') AND submitted_at IS NOT NULL
                   ORDER BY superbill, rank, part, submitted_at, id) b
              ON b.superbill = c.superbill AND b.rank = c.rank AND b.part = c.part
       LEFT JOIN (SELECT DISTINCT claim_id FROM claims_claimevent
                   WHERE practice = %(practice)s AND kind = 'rejected'
                     AND at >= (%(first)s - 1)::timestamp AT TIME ZONE %(zone)s) e ON e.claim_id = c.id
       WHERE c.practice = %(practice)s AND c.frequency = '1' AND {within("c.submitted_at")}""",
)
#: A claim that was sent is answered once it is neither of these.
_ACCEPTED = """CASE WHEN c.status NOT IN ('submitted', 'accepted')
            AND (b.id IS NULL OR (b.submitted_at, b.id) >= (c.submitted_at, c.id))
           THEN (e.claim_id IS NULL)::int END"""
_SUBMITTED = "CASE WHEN c.rank = 1 THEN date_part('epoch', c.submitted_at - c.signed_at) / 60 END"
#: What payers decided, and we posted and did not take back, each with its denials: those of the posting that stands,
#: which are raised with it. Reversals undo a decision and are none; 25 is a price, not a payment.
_DECISIONS = """remittance_claimpayment p
       LEFT JOIN (SELECT claim_payment_id, max(raised) AS raised FROM remittance_denial
                   WHERE practice = %(practice)s AND raised >= (%(first)s::timestamp AT TIME ZONE %(zone)s)
                   GROUP BY claim_payment_id) d ON d.claim_payment_id = p.id AND d.raised >= p.posted_at"""
DECIDED = f"""p.practice = %(practice)s AND p.claim IS NOT NULL AND p.reverses_id IS NULL AND p.state = 'posted'
         AND p.status_code <> '22' AND {within("p.posted_at")}"""
_PAYMENTS = Source(
    week_of("p.posted_at"),
    """'claim' AS kind, p.claim::text AS id, p.patient, (p.posted_at AT TIME ZONE %(zone)s)::date AS day,
            p.claim_number AS text""",
    f"""FROM {_DECISIONS}
       JOIN remittance_remittance r ON r.practice = %(practice)s AND r.id = p.remittance_id
       WHERE {DECIDED}""",
)
_DENIED = "CASE WHEN p.status_code <> '25' THEN (d.claim_payment_id IS NOT NULL)::int END"
_POSTED = f"""CASE WHEN r.paid_on IS NOT NULL
           THEN GREATEST({day_of("p.posted_at")} - (r.paid_on - %(monday)s), 0) END"""
_CHARGES = Source(
    week_of("b.approved_at"),
    """'superbill' AS kind, b.id::text AS id, b.patient, (b.approved_at AT TIME ZONE %(zone)s)::date AS day,
            'service ' || to_char(b.service_date, 'FMMonth FMDD, YYYY') AS text""",
    f"""FROM charges_superbill b
       WHERE b.practice = %(practice)s AND b.status IN ('approved', 'billed') AND {within("b.approved_at")}""",
)
_APPOINTMENTS = Source(
    week_of("a.starts"),
    """'appointment' AS kind, a.appointment AS id, a.patient, (a.starts AT TIME ZONE %(zone)s)::date AS day,
            a.visit_type AS text""",
    f"FROM scheduling_appointmentindex a WHERE a.practice = %(practice)s AND {within('a.starts')}",
)
#: The commonest first: each row is asked.
_CAME = "a.status IN ('departed', 'roomed', 'arrived')"
#: Where money comes in. What a drawer had too much or too little was paid by nobody, and is taken off again.
_MONEY = "e.account IN ('cash', 'card', 'check', 'eft', 'over_short')"
_OWED_US = "e.account IN ('revenue', 'adjustment.contractual')"
_DAYS = Source(
    "(e.day - %(monday)s) / 7 + 1",
    "",
    f"""FROM ledger_daysum e WHERE e.practice = %(practice)s AND e.day BETWEEN %(first)s AND %(last)s
        AND ({_MONEY} OR {_OWED_US})""",
    "e.entries",
)
#: Of an entry, the memo and the account: a payment at the desk has no memo.
ENTRY = """'posting' AS kind, e.posting_id::text AS id, e.patient, e.posted_on AS day,
            e.memo || chr(9) || e.account AS text"""
_ENTRIES = """FROM ledger_entry e WHERE e.practice = %(practice)s
        AND e.posted_on BETWEEN %(first)s AND %(last)s AND """
_UNDERPAID = Source(
    week_of("w.raised"),
    """'claim' AS kind, w.link_id AS id, substr(w.about, 9) AS patient, (w.raised AT TIME ZONE %(zone)s)::date AS day,
            w.detail AS text""",
    f"""FROM kit_workitem w WHERE w.practice = %(practice)s AND w.kind = 'underpayment' AND w.state <> 'dismissed'
        AND {within("w.raised")}""",
)
_PAYING = Rows("Paid", ENTRY, _ENTRIES + _MONEY, "e.amount")
_CHARGING = Rows("Charges, less contractual adjustments", ENTRY, _ENTRIES + _OWED_US, "-e.amount")


#: The figures in the order in which they are shown. Those of the receivables are in ``receivables``.
MEASURES: tuple[Measure | Ratio, ...] = (
    Measure(
        "first_pass_acceptance", "First-pass acceptance", "percent",
        "Of the claims first sent in these weeks and answered, how many no clearinghouse or payer rejected.",
        "up", "share", _CLAIMS, _ACCEPTED,
    ),
    Measure(
        "denial_rate", "Denial rate", "percent",
        "Of the decisions of payers about claims, posted in these weeks, how many denied the claim wholly or in part.",
        "down", "share", _PAYMENTS, _DENIED,
    ),
    Measure(
        "charge_lag_days", "Charge lag", "days",
        "Average days from the date of service to the approval of its charges, for charges approved in these weeks.",
        "down", "average", _CHARGES,
        f"GREATEST({day_of('b.approved_at')} - (b.service_date - %(monday)s), 0)",
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
        "up", "percent", _DAYS, f"CASE WHEN {_MONEY} THEN e.debits - e.credits ELSE 0 END",
        f"CASE WHEN {_OWED_US} THEN e.credits - e.debits ELSE 0 END", (_PAYING, _CHARGING),
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
        f"CASE WHEN {_CAME} THEN 0 WHEN a.status = 'noshow' THEN 1 END",
    ),
    Measure(
        "waiting_minutes", "Waiting time", "minutes",
        "Median minutes from a patient's arrival to the room, for visits in these weeks.",
        "down", "median", _APPOINTMENTS,
        "CASE WHEN a.roomed >= a.arrived THEN date_part('epoch', a.roomed - a.arrived) / 60 END",
    ),
    Measure(
        "collections", "Collections", "dollars",
        "What patients and payers paid in these weeks, refunds taken off.",
        "up", "total", _DAYS, f"CASE WHEN {_MONEY} THEN e.debits - e.credits END", "0", (_PAYING,),
    ),
    Measure(
        "visits", "Visits", "visits",
        "Visits in these weeks to which the patient came.",
        "up", "total", _APPOINTMENTS, f"CASE WHEN {_CAME} THEN 1 END",
    ),
)  # fmt: skip

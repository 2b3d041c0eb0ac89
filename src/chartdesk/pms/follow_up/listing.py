"""The list of claims that wait for money: filtered, summed and paged by the database in two statements.

On it are the claims that wait for us or the payer, those with a denial that somebody works on, and decided ones
that somebody has put a day on since the payer's last decision.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from chartdesk.kit import clock
from chartdesk.kit.money import ZERO, money
from chartdesk.kit.transactions import reading
from chartdesk.pms.follow_up import rules
from chartdesk.pms.remittance.denials import PENDING
from chartdesk.record import audit
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of

_COLUMNS = "c.id, c.number, c.patient, c.payer_id, c.status, c.rank, c.service_date"
_SINCE = "COALESCE(c.submitted_at, c.built_at)"
#: The index claim_pursued holds just these claims and columns: keep them alike.
_WAITING = "('held', 'rejected', 'submitted', 'accepted', 'acknowledged')"
_PURSUED = f"""
    WITH refused AS MATERIALIZED (
        SELECT d.claim, SUM(d.amount) AS amount, MIN(d.deadline) AS deadline, ARRAY_AGG(DISTINCT d.carc) AS reasons,
               MAX(d.owner) AS owner
          FROM remittance_denial d
         WHERE d.practice = %(practice)s AND d.state = ANY(%(pending)s)
         GROUP BY d.claim
    ), waiting AS (
        SELECT {_COLUMNS}, {_SINCE} AS since, c.total AS amount, NULL::date AS deadline, NULL::text[] AS reasons,
               ''::text AS taken
          FROM claims_claim c
         WHERE c.practice = %(practice)s AND c.status IN {_WAITING}
        UNION ALL
        SELECT {_COLUMNS}, {_SINCE}, r.amount, r.deadline, r.reasons, r.owner
          FROM refused r
          JOIN claims_claim c ON c.practice = %(practice)s AND c.id = r.claim
         WHERE c.status NOT IN {_WAITING} AND c.status <> 'closed'
        UNION ALL
        SELECT {_COLUMNS}, {_SINCE}, c.total, NULL, NULL, ''
          FROM follow_up_case f
          JOIN claims_claim c ON c.practice = %(practice)s AND c.id = f.claim
         WHERE f.practice = %(practice)s AND f.due IS NOT NULL AND c.status IN ('paid', 'partly_paid', 'denied')
           AND NOT EXISTS (SELECT 1 FROM refused r WHERE r.claim = c.id)
           AND NOT EXISTS (SELECT 1 FROM remittance_claimpayment p
                            WHERE p.practice = %(practice)s AND p.claim = c.id AND p.posted_at > f.changed)
    ), pursued AS (
        SELECT w.*, COALESCE(NULLIF(f.owner, ''), w.taken) AS owner, f.due, COALESCE(f.next_action, '') AS action,
               CASE WHEN w.status IN ('held', 'rejected') THEN w.status
                    WHEN w.status IN ('submitted', 'accepted') THEN 'unanswered'
                    WHEN w.status = 'acknowledged' THEN 'undecided'
                    WHEN w.reasons IS NOT NULL THEN 'denied'
                    ELSE 'kept' END AS kind,
               CASE {{ages}} END AS age
          FROM waiting w
          LEFT JOIN follow_up_case f ON f.practice = %(practice)s AND f.claim = w.id
    )
"""
_SUMS = """
    SELECT GROUPING(age, kind, payer_id, owner), age, kind, payer_id, owner, COUNT(*), SUM(amount),
           COUNT(*) FILTER (WHERE {wanted}), SUM(amount) FILTER (WHERE {wanted})
      FROM pursued
     GROUP BY GROUPING SETS ((), (age), (kind), (payer_id), (owner))
"""
_PAGE = """
    SELECT id, number, patient, payer_id, status, rank, service_date, since, amount, deadline, reasons, owner, due,
           action, kind, age
      FROM pursued
     WHERE {wanted}
     ORDER BY {order}, id
     LIMIT %(limit)s OFFSET %(skip)s
"""
_CLAIMS = "SELECT id FROM pursued WHERE {wanted} ORDER BY id LIMIT %(limit)s"
_ORDERS = {
    "age": "since", "amount": "amount", "payer": "payer_id", "service": "service_date", "number": "number",
    "owner": "owner", "due": "due", "deadline": "deadline",
}  # fmt: skip
ORDERS = tuple(_ORDERS)
_REJECTED_FOR = """EXISTS (SELECT 1 FROM claims_rejection x
                            WHERE x.practice = %(practice)s AND x.claim_id = pursued.id AND x.current
                              AND x.code = %(reason)s)"""


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to. ``reason`` is ``carc:197`` or ``rejected:A7:562:85``; ``owner`` ``-`` nobody.

    ``due`` is late (its day is over), today (or late), none, or empty.
    """

    age: str = ""
    payer_id: str = ""
    kind: str = ""
    reason: str = ""
    owner: str = ""
    due: str = ""
    action: str = ""
    at_least: Decimal | None = None
    at_most: Decimal | None = None


@dataclass(frozen=True)
class Pursued:
    """A claim of the list. ``days`` since it went out (or was built); ``amount`` is what is at stake."""

    claim_id: int
    number: str
    patient_id: str
    payer_id: str
    status: str
    rank: int
    service_date: date
    days: int
    amount: Decimal
    deadline: date | None
    carcs: tuple[str, ...]
    owner: str
    due: date | None
    action: str
    kind: str
    age: str


@dataclass(frozen=True)
class Share:
    """How many claims of the whole list have something in common, and their dollars."""

    count: int
    amount: Decimal


@dataclass
class Sums:
    """Of the filter: how many claims and dollars. Of the whole list: the shares by age, kind, payer and owner."""

    count: int = 0
    amount: Decimal = ZERO
    whole: Share = Share(0, ZERO)
    by: dict[str, dict[str, Share]] = field(default_factory=dict)


def sums(subject: Subject, wanted: Filter) -> Sums:
    """Count and add up the list."""
    made = Sums(by={"age": {}, "kind": {}, "payer": {}, "owner": {}})
    with reading(subject):
        statement, values = _statement(subject, _SUMS, wanted)
        for grouping, age, kind, payer, owner, count, amount, fitting, fitting_amount in _rows(statement, values):
            share = Share(count, money(amount or 0))
            if grouping == 0b1111:
                made.count, made.amount, made.whole = fitting, money(fitting_amount or 0), share
            else:
                name, key = {
                    0b0111: ("age", age), 0b1011: ("kind", kind), 0b1101: ("payer", payer), 0b1110: ("owner", owner),
                }[grouping]  # fmt: skip
                made.by[name][key or ""] = share
    return made


def page(subject: Subject, wanted: Filter, *, order: str = "-amount", skip: int = 0, limit: int = 50) -> list[Pursued]:
    """Some rows of the list; each patient's is noted as read."""
    with reading(subject):
        statement, values = _statement(subject, _PAGE, wanted, _order(order))
        today = clock.today(practice_of(subject).zone)
        zone = ZoneInfo(practice_of(subject).zone)
        found = [_row(one, today, zone) for one in _rows(statement, {**values, "skip": skip, "limit": limit})]
        audit.record_many(
            subject, [audit.Touched("R", "claim", str(one.claim_id), 0, one.patient_id) for one in found], detail="list"
        )
    return found


def fitting(subject: Subject, wanted: Filter, *, limit: int) -> list[int]:
    """The numbers of the claims that fit, at most ``limit``."""
    with reading(subject):
        statement, values = _statement(subject, _CLAIMS, wanted)
        return [one for (one,) in _rows(statement, {**values, "limit": limit})]


def _statement(subject: Subject, text: str, wanted: Filter, order: str = "") -> tuple[str, dict[str, Any]]:
    """The statement with its values. Only texts of this module are put into it."""
    practice = practice_of(subject)
    values: dict[str, Any] = {"practice": subject.practice, "pending": list(PENDING)}
    today = clock.today(practice.zone)
    ages = []
    for name, _, last in rules.AGES:
        if last is None:
            ages.append(f"ELSE '{name}'")
        else:
            # A claim of exactly ``last`` days went out on or after this morning.
            values[f"after_{last}"] = _morning(today - timedelta(days=last), practice.zone)
            ages.append(f"WHEN w.since >= %(after_{last})s THEN '{name}'")
    conditions = _conditions(wanted, today, values)
    body = text.format(wanted=" AND ".join(conditions) or "TRUE", order=order)
    return _PURSUED.format(ages=" ".join(ages)) + body, values


def _conditions(wanted: Filter, today: date, values: dict[str, Any]) -> list[str]:
    made = []
    for column, value in (("age", wanted.age), ("payer_id", wanted.payer_id), ("kind", wanted.kind),
                          ("action", wanted.action)):  # fmt: skip
        if value:
            values[f"of_{column}"] = value
            made.append(f"{column} = %(of_{column})s")
    if wanted.owner:
        values["of_owner"] = "" if wanted.owner == "-" else wanted.owner
        made.append("owner = %(of_owner)s")
    for sign, amount, name in ((">=", wanted.at_least, "least"), ("<=", wanted.at_most, "most")):
        if amount is not None:
            values[name] = amount
            made.append(f"amount {sign} %({name})s")
    if wanted.due:
        values["today"] = today
        made.append({"late": "due < %(today)s", "today": "due <= %(today)s", "none": "due IS NULL"}[wanted.due])
    kind, _, code = wanted.reason.partition(":")
    if code:
        values["reason"] = code
        made.append("%(reason)s = ANY(reasons)" if kind == "carc" else _REJECTED_FOR)
    return made


def _order(order: str) -> str:
    """The order's columns; an age counts backwards from the day the claim went out. Unknown ones come by amount."""
    name, back = order.removeprefix("-"), order.startswith("-")
    column = _ORDERS.get(name, "amount")
    descending = (not back) if name == "age" else back
    return f"{column} {'DESC' if descending else 'ASC'} NULLS LAST"


def _morning(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))


def _rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Past the prepared statements: its text depends on the filter, and its plan on the values."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _row(one: tuple[Any, ...], today: date, zone: ZoneInfo) -> Pursued:
    (
        number,
        name,
        patient,
        payer,
        status,
        rank,
        served,
        since,
        amount,
        deadline,
        reasons,
        owner,
        due,
        action,
        kind,
        age,
    ) = one
    return Pursued(
        number, name, patient, payer, status, rank, served, (today - since.astimezone(zone).date()).days,
        money(amount), deadline, tuple(sorted(reasons or ())), owner, due, action, kind, age,
    )  # fmt: skip

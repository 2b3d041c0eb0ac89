"""The list of claims that wait for money: filtered, summed and paged by the database in two statements.

On it are the claims that wait for us or the payer, those with a denial that somebody works on, and decided ones
that somebody has put a day on since the payer's last decision.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from chartdesk.kit import clock, database
from chartdesk.kit.money import ZERO, money, summed
from chartdesk.kit.transactions import reading
from chartdesk.pms.follow_up import rules
from chartdesk.record import audit
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of

#: Claims that wait only for what was denied; all others of the index claim_pursued wait for us or the payer.
_DECIDED = "('denied', 'partly_paid')"
#: Of most claims of a long list something was denied: what is asked of each looks for that first.
_KIND = """CASE WHEN w.kept THEN 5 WHEN w.decided THEN 4
                    ELSE CASE w.status WHEN 'held' THEN 0 WHEN 'rejected' THEN 1 WHEN 'acknowledged' THEN 3
                                       ELSE 2 END END"""
_PURSUED = f"""
    WITH refused AS (
        SELECT d.claim, SUM(d.amount) AS amount, MIN(d.deadline) AS deadline
          FROM remittance_denial d
         WHERE d.practice = %(practice)s AND d.state IN ('open', 'appealed', 'resubmitted')
         GROUP BY d.claim
    ), waiting AS (
        SELECT c.id, c.payer_id, c.status, c.service_date, c.since, c.decided, r.deadline, false AS kept,
               CASE WHEN c.decided THEN r.amount ELSE c.total END AS amount
          FROM (SELECT id, payer_id, status, service_date, total, COALESCE(submitted_at, built_at) AS since,
                       status IN {_DECIDED} AS decided
                  FROM claims_claim
                 WHERE practice = %(practice)s AND status IN ('held', 'rejected', 'submitted', 'accepted',
                       'acknowledged', 'denied', 'partly_paid') OFFSET 0) c
          LEFT JOIN refused r ON r.claim = c.id
         WHERE r.claim IS NOT NULL OR NOT c.decided
        UNION ALL
        SELECT c.id, c.payer_id, c.status, c.service_date, COALESCE(c.submitted_at, c.built_at), true, NULL, true,
               c.total
          FROM follow_up_case f
          JOIN claims_claim c ON c.practice = %(practice)s AND c.id = f.claim
         WHERE f.practice = %(practice)s AND f.kept AND c.status IN ('paid', 'partly_paid', 'denied')
           AND NOT EXISTS (SELECT 1 FROM remittance_denial d
                            WHERE d.practice = %(practice)s AND d.claim = c.id
                              AND d.state IN ('open', 'appealed', 'resubmitted'))
           AND NOT EXISTS (SELECT 1 FROM remittance_claimpayment p
                            WHERE p.practice = %(practice)s AND p.claim = c.id AND p.posted_at > f.changed)
    ), pursued AS MATERIALIZED (
        SELECT w.id, w.payer_id, w.service_date, w.since, w.amount, w.deadline, COALESCE(f.owner, '') AS owner, f.due,
               COALESCE(f.next_action, '') AS action,
               {_KIND} AS kind,
               CASE {{ages}} END AS age
          FROM waiting w
          LEFT JOIN follow_up_case f ON f.practice = %(practice)s AND f.claim = w.id
    )
"""
#: Sums first in small groups, then over each thing that the list is narrowed by.
_SUMS = """, grouped AS (
        SELECT age, kind, payer_id, owner, ({wanted}) AS fits, COUNT(*) AS count, SUM(amount) AS amount
          FROM pursued GROUP BY 1, 2, 3, 4, 5
    )
    SELECT GROUPING(age, kind, payer_id, owner), age, kind, payer_id, owner, SUM(count)::int8, SUM(amount),
           COALESCE(SUM(count) FILTER (WHERE fits), 0)::int8, SUM(amount) FILTER (WHERE fits),
           CASE WHEN GROUPING(age, kind, payer_id, owner) = 15 THEN ({page}) END
      FROM grouped
     GROUP BY GROUPING SETS ((), (age), (kind), (payer_id), (owner))
"""
_PAGE = """
    SELECT s.*, s.amount::text AS dollars, c.number, c.patient, c.status, c.rank
      FROM (SELECT * FROM pursued WHERE {wanted} ORDER BY {order}, id LIMIT %(limit)s OFFSET %(skip)s) s
      JOIN claims_claim c ON c.practice = %(practice)s AND c.id = s.id
     ORDER BY s.{order}, s.id
"""
_CLAIMS = "SELECT id FROM pursued WHERE {wanted} ORDER BY id LIMIT %(limit)s"
_ORDERS = {
    "age": "since", "amount": "amount", "payer": "payer_id", "service": "service_date", "number": "id",
    "owner": "owner", "due": "due", "deadline": "deadline",
}  # fmt: skip
ORDERS = tuple(_ORDERS)
#: Ages and kinds are numbers in the statement, in these orders.
_AGES, _KINDS = [name for name, _, _ in rules.AGES], list(rules.KINDS)
_REJECTED_FOR = """id IN (SELECT x.claim_id FROM claims_rejection x
                           WHERE x.practice = %(practice)s AND x.current AND x.code = %(reason)s)"""

_DENIED_FOR = """id IN (SELECT d.claim FROM remittance_denial d
                         WHERE d.practice = %(practice)s AND d.carc = %(reason)s
                           AND d.state IN ('open', 'appealed', 'resubmitted'))"""
_WHY = """
    SELECT claim, carc FROM remittance_denial
     WHERE practice = %s AND claim = ANY(%s::int8[]) AND state IN ('open', 'appealed', 'resubmitted')
"""


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


def listed(
    subject: Subject, wanted: Filter, *, order: str = "-amount", skip: int = 0, limit: int = 50
) -> tuple[Sums, list[Pursued]]:
    """The sums and some rows of the list, in one statement; each patient's row is noted as read."""
    made = Sums(by={"age": {}, "kind": {}, "payer": {}, "owner": {}})
    found: list[Pursued] = []
    with reading(subject):
        inner = _PAGE.replace("{order}", _order(order))
        text = _SUMS.replace("{page}", f"SELECT jsonb_agg(p) FROM ({inner}) p" if limit else "NULL::jsonb")
        statement, values = _statement(subject, text, wanted)
        rows = _rows(statement, {**values, "skip": skip, "limit": limit})
        for grouping, age, kind, payer, owner, count, amount, fits, fitting_amount, shown in rows:
            share = Share(count or 0, summed(amount))
            if grouping == 0b1111:
                made.count, made.amount, made.whole = fits, summed(fitting_amount), share
                found = _shown(subject, shown or [])
            else:
                name, key = {
                    0b0111: ("age", age), 0b1011: ("kind", kind), 0b1101: ("payer", payer), 0b1110: ("owner", owner),
                }[grouping]  # fmt: skip
                made.by[name][_said(name, key)] = share
        _audited(subject, found)
    return made, found


def sums(subject: Subject, wanted: Filter) -> Sums:
    """Count and add up the list."""
    return listed(subject, wanted, limit=0)[0]


def page(subject: Subject, wanted: Filter, *, order: str = "-amount", skip: int = 0, limit: int = 50) -> list[Pursued]:
    """Some rows of the list; each patient's is noted as read."""
    with reading(subject):
        text = f"SELECT jsonb_agg(p) FROM ({_PAGE}) p"
        statement, values = _statement(subject, text, wanted, _order(order))
        ((shown,),) = _rows(statement, {**values, "skip": skip, "limit": limit})
        found = _shown(subject, shown or [])
        _audited(subject, found)
    return found


def fitting(subject: Subject, wanted: Filter, *, limit: int) -> list[int]:
    """The numbers of the claims that fit, at most ``limit``."""
    with reading(subject):
        statement, values = _statement(subject, _CLAIMS, wanted)
        return [one for (one,) in _rows(statement, {**values, "limit": limit})]


def _statement(subject: Subject, text: str, wanted: Filter, order: str = "") -> tuple[str, dict[str, Any]]:
    """The statement with its values. Only texts of this module are put into it."""
    practice = practice_of(subject)
    values: dict[str, Any] = {"practice": subject.practice}
    today = clock.today(practice.zone)
    ages = []
    for place, (_, _, last) in enumerate(rules.AGES):
        if last is None:
            ages.append(f"ELSE {place}")
        else:
            # A claim of exactly ``last`` days went out on or after this morning.
            values[f"after_{last}"] = _morning(today - timedelta(days=last), practice.zone)
            ages.append(f"WHEN w.since >= %(after_{last})s THEN {place}")
    conditions = _conditions(wanted, today, values)
    body = text.replace("{wanted}", " AND ".join(conditions) or "TRUE").replace("{order}", order)
    return _PURSUED.format(ages=" ".join(ages)) + body, values


def _conditions(wanted: Filter, today: date, values: dict[str, Any]) -> list[str]:
    made = []
    for column, value, known in (("age", wanted.age, _AGES), ("kind", wanted.kind, _KINDS)):
        if value:
            values[f"of_{column}"] = known.index(value) if value in known else -1
            made.append(f"{column} = %(of_{column})s")
    for column, value in (("payer_id", wanted.payer_id), ("action", wanted.action)):
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
        made.append(_DENIED_FOR if kind == "carc" else _REJECTED_FOR)
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


def _audited(subject: Subject, found: list[Pursued]) -> None:
    rows = [audit.Touched("R", "claim", str(one.claim_id), 0, one.patient_id) for one in found]
    audit.record_many(subject, rows, detail="list")


def _shown(subject: Subject, shown: str | list[dict[str, Any]]) -> list[Pursued]:
    zone = ZoneInfo(practice_of(subject).zone)
    today = clock.today(zone.key)
    rows = json.loads(shown) if isinstance(shown, str) else shown
    denied = [one["id"] for one in rows if _KINDS[one["kind"]] == "denied"]
    why: dict[int, set[str]] = {}
    for claim, carc in database.rows(_WHY, [subject.practice, denied]) if denied else ():
        why.setdefault(claim, set()).add(carc)
    return [_row(one, tuple(sorted(why.get(one["id"], ()))), today, zone) for one in rows]


def _row(one: dict[str, Any], carcs: tuple[str, ...], today: date, zone: ZoneInfo) -> Pursued:
    since = datetime.fromisoformat(one["since"]).astimezone(zone).date()
    return Pursued(
        claim_id=one["id"],
        number=one["number"],
        patient_id=one["patient"],
        payer_id=one["payer_id"],
        status=one["status"],
        rank=one["rank"],
        service_date=date.fromisoformat(one["service_date"]),
        days=(today - since).days,
        amount=money(one["dollars"]),
        deadline=_date(one["deadline"]),
        carcs=carcs,
        owner=one["owner"],
        due=_date(one["due"]),
        action=one["action"],
        kind=_KINDS[one["kind"]],
        age=_AGES[one["age"]],
    )


def _said(name: str, key: Any) -> str:
    """A share's key as it is asked for: ages and kinds are numbers in the statement."""
    return {"age": _AGES, "kind": _KINDS}[name][key] if name in ("age", "kind") else key or ""


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

"""Balances that are not worth a letter: written off by the practice's rule, seen before, noted after."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from chartdesk.kit import clock, database, live
from chartdesk.kit.errors import Conflict
from chartdesk.kit.money import ZERO, summed, total
from chartdesk.kit.numbers import next_number
from chartdesk.kit.transactions import advisory_lock, reading, transaction
from chartdesk.pms.ledger import commands as ledger
from chartdesk.pms.ledger import queries as books
from chartdesk.pms.ledger.rules import Line
from chartdesk.pms.statements import policy, rules
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of

BILLING = (Role.BILLER, Role.MANAGER)
ACCOUNT = "writeoff.small_balance"
MEMO = "Small balance written off"
#: Patients who owe little, owe it long enough, have nothing open with a payer, no plan, no agency and no credit: how
#: much from the balances; for those alone since when, from their entries.
_SMALL = """
    SELECT b.patient, b.owed, e.since FROM (
        SELECT patient, sum(due) FILTER (WHERE holder = 'patient') AS owed
          FROM ledger_balance WHERE practice = %(practice)s AND due <> 0
         GROUP BY patient
        HAVING sum(due) FILTER (WHERE holder = 'patient') > 0
           AND sum(due) FILTER (WHERE holder = 'patient') <= %(limit)s
           AND COALESCE(sum(due) FILTER (WHERE holder <> 'patient'), 0) = 0) AS b
     CROSS JOIN LATERAL (
        SELECT max(posted_on) AS since FROM ledger_entry
         WHERE practice = %(practice)s AND patient = b.patient AND account = 'ar' AND holder = 'patient'
           AND amount > 0) AS e
     WHERE e.since <= %(before)s
       AND NOT EXISTS (SELECT 1 FROM statements_plan p
                        WHERE p.practice = %(practice)s AND p.patient = b.patient AND p.state = 'active')
       AND NOT EXISTS (SELECT 1 FROM statements_placement c
                        WHERE c.practice = %(practice)s AND c.patient = b.patient AND c.recalled IS NULL)
     ORDER BY b.patient LIMIT %(most)s
"""
MOST = 2000


@dataclass(frozen=True)
class Small:
    """A patient who owes little, the last of it since a day."""

    patient_id: str
    owed: Decimal
    since: date


def found(subject: Subject) -> list[Small]:
    """Whose balance the practice's rule would write off today; nobody where the rule is off."""
    decided = policy.policy(subject)
    if decided.small_balance_limit <= ZERO:
        return []
    today = clock.today(practice_of(subject).zone)
    values = {
        "practice": subject.practice,
        "limit": decided.small_balance_limit,
        "before": today - timedelta(days=decided.small_balance_days),
        "most": MOST,
    }
    with reading(subject):
        rows = [Small(patient, summed(owed), since) for patient, owed, since in database.rows(_SMALL, values)]
        touched = [audit.Touched("R", "patient account", "", 0, one.patient_id) for one in rows]
        audit.record_many(subject, touched, detail="small balances")
    return rows


def write_off(subject: Subject, patients: Collection[str]) -> tuple[int, Decimal]:
    """Write off the balances of those of ``patients`` that the rule still finds; how many, and the dollars.

    Raises Forbidden, and Conflict where the rule is off.
    """
    subject.require(*BILLING)
    if policy.policy(subject).small_balance_limit <= ZERO:
        raise Conflict("The practice writes no small balances off.", cure="Set a limit first.")
    done: list[Decimal] = []
    for one in found(subject):
        if one.patient_id in patients:
            done.append(_write_off(subject, one))
    return sum(1 for amount in done if amount), total(done)


def nightly(subject: Subject) -> int:
    """Write off what the rule finds, where the practice wants that by itself."""
    if not policy.policy(subject).small_balance_auto:
        return 0
    return write_off(subject, [one.patient_id for one in found(subject)])[0]


def _write_off(subject: Subject, small: Small) -> Decimal:
    """One patient: what is owed now, where it is still as little as was seen."""
    with transaction(subject):
        advisory_lock("patient account", subject.practice, small.patient_id)
        owed = rules.patients_part(books.open_references(subject, small.patient_id))
        if sum(owed.values(), ZERO) != small.owed:
            return ZERO
        lines = [
            part
            for reference, due in owed.items()
            for part in (
                Line("ar", -due, small.patient_id, reference, rules.PATIENT, MEMO),
                Line(ACCOUNT, due, small.patient_id, reference, memo=MEMO),
            )
        ]
        number = str(next_number(subject, "small balance"))
        ledger.post(subject, "small balance", number, lines, on=clock.today(practice_of(subject).zone), memo=MEMO)
        audit.record(subject, "U", "patient account", patient=small.patient_id, detail="small balance written off")
        live.announce(subject, "account", small.patient_id)
        return small.owed

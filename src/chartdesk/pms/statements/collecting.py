"""Collections: which accounts an agency should have, handing them over in a file, and taking them back.

Handing over moves no money: the patient still owes it, and what the agency brings is taken like any payment. What
changes is that the account gets no statements and stands on the agency's list until it is paid or recalled.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from chartdesk.kit import clock, database, live
from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.money import ZERO, summed, total
from chartdesk.kit.numbers import next_number
from chartdesk.kit.transactions import advisory_lock, reading, transaction
from chartdesk.kit.wording import cell
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.statements import policy, standings
from chartdesk.pms.statements.models import HandOver, Placement
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of

BILLING = (Role.BILLER, Role.MANAGER)
HEADER = (
    "record", "account", "name", "address1", "address2", "city_state_zip", "balance", "owed_since", "phone",
    "guarantor",
)  # fmt: skip
#: Who owes enough for long enough and was asked often enough, has no active plan, and is with no agency.
_CANDIDATES = """
    SELECT o.patient, o.owed, o.since, s.sent FROM (
        SELECT patient, sum(due) AS owed, min(since) AS since FROM ledger_balance
         WHERE practice = %(practice)s AND holder = 'patient' AND due <> 0 AND due > 0
         GROUP BY patient HAVING sum(due) >= %(least)s AND min(since) <= %(before)s) AS o
     CROSS JOIN LATERAL (
        SELECT count(*) AS sent FROM statements_statement st
         WHERE st.practice = %(practice)s AND st.patient = o.patient AND st.at >= o.since) AS s
     WHERE s.sent >= %(asked)s
       AND NOT EXISTS (SELECT 1 FROM statements_plan p
                        WHERE p.practice = %(practice)s AND p.patient = o.patient AND p.state = 'active')
       AND NOT EXISTS (SELECT 1 FROM statements_placement c
                        WHERE c.practice = %(practice)s AND c.patient = o.patient AND c.recalled IS NULL)
     ORDER BY o.owed DESC, o.patient LIMIT 2000
"""
#: What patients owe, and since when they owe what is open.
_OWED = """
    SELECT patient, sum(owed), COALESCE(min(since) FILTER (WHERE owed > 0), min(since)) FROM (
        SELECT patient, sum(amount) AS owed, min(posted_on) AS since FROM ledger_entry
         WHERE practice = %s AND account = 'ar' AND holder = 'patient' AND patient = ANY(%s::text[])
         GROUP BY patient, reference HAVING sum(amount) <> 0) AS item
     GROUP BY patient
"""


@dataclass(frozen=True)
class Candidate:
    """An account that an agency could have: dollars owed since a day, and how many statements asked for it."""

    patient_id: str
    owed: Decimal
    since: date
    statements: int


@dataclass(frozen=True)
class Placed:
    """An account that is with an agency: what was handed over, and what is still owed."""

    patient_id: str
    agency: str
    placed: datetime
    balance: Decimal
    owed: Decimal


def candidates(subject: Subject) -> list[Candidate]:
    """Accounts that the practice's rule would hand over, the largest first."""
    subject.require(*BILLING)
    decided = policy.policy(subject)
    values = {
        "practice": subject.practice,
        "least": max(decided.collections_minimum, Decimal("0.01")),
        "before": clock.today(practice_of(subject).zone) - timedelta(days=decided.collections_days),
        "asked": decided.collections_statements,
    }
    with reading(subject):
        found = [Candidate(p, summed(owed), since, sent) for p, owed, since, sent in database.rows(_CANDIDATES, values)]
        _note(subject, "R", [one.patient_id for one in found])
    return found


def placed_accounts(subject: Subject) -> list[Placed]:
    """What is with an agency now, the oldest first."""
    subject.require(*BILLING)
    with reading(subject):
        rows = list(Placement.objects.filter(practice=subject.practice, recalled=None).order_by("pk"))
        owed = _owed(subject, [one.patient for one in rows])
        _note(subject, "R", [one.patient for one in rows])
    return [
        Placed(one.patient, one.agency, one.placed, one.balance, owed.get(one.patient, (ZERO, None))[0]) for one in rows
    ]


def placed(subject: Subject, patient_id: str) -> Placement | None:
    """Where a patient's account is with an agency: since when, and whose."""
    with reading(subject):
        rows = Placement.objects.filter(practice=subject.practice, patient=patient_id, recalled=None)
        return rows.order_by("pk").first()


def hand_over(subject: Subject, patients: Collection[str], agency: str) -> HandOver:
    """Hand the accounts of patients to an agency; the file for it is kept. Raises Invalid, Conflict, Forbidden.

    Those who owe nothing or are with an agency already are left out.
    """
    subject.require(*BILLING)
    if not agency.strip():
        raise Invalid("The agency has no name.", where="agency", cure="Write who collects.")
    with transaction(subject):
        advisory_lock("collections", subject.practice)
        gone = set(
            Placement.objects.filter(practice=subject.practice, recalled=None, patient__in=list(patients)).values_list(
                "patient", flat=True
            )
        )
        owed = _owed(subject, sorted(set(patients) - gone))
        owing = {one: due for one, due in owed.items() if due[0] > ZERO}
        if not owing:
            raise Conflict("None of them owes anything that could be handed over.", cure="Reload the list.")
        made = _file(subject, "placements", agency.strip(), owing)
        Placement.objects.bulk_create(
            Placement(
                practice=subject.practice,
                patient=one,
                agency=agency.strip(),
                balance=due,
                placed=clock.now(),
                by=subject.name,
                handed=made,
            )
            for one, (due, _) in owing.items()
        )
        _note(subject, "U", list(owing))
        _announce(subject, owing)
        return made


def recall(subject: Subject, patients: Collection[str], reason: str) -> HandOver:
    """Take accounts back from their agency; the file that tells it is kept. Raises Invalid, Conflict, Forbidden."""
    subject.require(*BILLING)
    if not reason.strip():
        raise Invalid("An account is recalled for a reason.", where="reason", cure="Say why.")
    with transaction(subject):
        advisory_lock("collections", subject.practice)
        rows = list(
            Placement.objects.select_for_update().filter(
                practice=subject.practice, recalled=None, patient__in=list(patients)
            )
        )
        agencies = {one.agency for one in rows}
        if not rows:
            raise Conflict("None of them is with an agency.", cure="Reload the list.")
        if len(agencies) > 1:
            raise Conflict(f"They are with {len(agencies)} agencies.", cure="Recall those of one agency at a time.")
        owed = _owed(subject, [one.patient for one in rows])
        today = clock.today(practice_of(subject).zone)
        listed = {one.patient: owed.get(one.patient, (ZERO, today)) for one in rows}
        made = _file(subject, "recalls", agencies.pop(), listed)
        for one in rows:
            one.recalled, one.recalled_by, one.reason, one.returned = clock.now(), subject.name, reason.strip(), made
        Placement.objects.bulk_update(rows, ["recalled", "recalled_by", "reason", "returned"])
        _note(subject, "U", list(listed))
        _announce(subject, listed)
        return made


def files(subject: Subject, limit: int = 50) -> list[HandOver]:
    """What went to agencies, the latest first, without the files."""
    subject.require(*BILLING)
    with reading(subject):
        return list(HandOver.objects.filter(practice=subject.practice).defer("file").order_by("-pk")[:limit])


def file(subject: Subject, hand_over_id: int) -> HandOver:
    """One of them with its file. Raises NotFound."""
    subject.require(*BILLING)
    with reading(subject):
        found = HandOver.objects.filter(practice=subject.practice, pk=hand_over_id).first()
        if found is None:
            raise NotFound(f"There is no hand-over {hand_over_id}.")
        audit.record(subject, "R", "collections file", resource_id=found.number)
        return found


def _file(subject: Subject, kind: str, agency: str, accounts: dict[str, tuple[Decimal, date]]) -> HandOver:
    people = standings.recipients(subject, list(accounts))
    hits = registration.names(subject, list(accounts))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for patient, (due, since) in accounts.items():
        to = people[patient]
        lines = [*to.lines[:-1], "", ""][:2] + to.lines[-1:] if to.lines else ["", "", ""]
        phone = hits[patient].phone if patient in hits else ""
        record = "place" if kind == "placements" else "recall"
        who = [record, *map(cell, (to.mrn, to.name, *lines))]
        writer.writerow([*who, f"{due:.2f}", since.isoformat(), cell(phone), cell(to.guarantor)])
    return HandOver.objects.create(
        practice=subject.practice,
        kind=kind,
        agency=agency,
        number=f"C{next_number(subject, 'hand-over', first=1001)}",
        at=clock.now(),
        by=subject.name,
        accounts=len(accounts),
        total=total(due for due, _ in accounts.values()),
        file=text.getvalue().encode(),
    )


def _owed(subject: Subject, patients: Sequence[str]) -> dict[str, tuple[Decimal, date]]:
    rows = database.rows(_OWED, [subject.practice, list(patients)])
    return {patient: (summed(due), since) for patient, due, since in rows}


def _note(subject: Subject, action: str, patients: Sequence[str]) -> None:
    touched = [audit.Touched(action, "patient account", "", 0, one) for one in patients]
    audit.record_many(subject, touched, detail="collections")


def _announce(subject: Subject, patients: Collection[str]) -> None:
    for one in patients:
        live.announce(subject, "account", one)

"""Reading patients' accounts: balances, the account visit by visit, payments, statements, who owes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import connection

from chartdesk.kit import clock, database
from chartdesk.kit.errors import NotFound
from chartdesk.kit.money import ZERO, summed
from chartdesk.kit.transactions import reading
from chartdesk.pms.charges.models import ChargeLine
from chartdesk.pms.coverage.models import Payer
from chartdesk.pms.ledger import queries as books
from chartdesk.pms.ledger.rules import BUCKETS
from chartdesk.pms.scheduling.models import Resource
from chartdesk.pms.statements import account as accounts
from chartdesk.pms.statements import plan_queries
from chartdesk.pms.statements.account import VisitAccount
from chartdesk.pms.statements.models import Payment, Statement
from chartdesk.pms.statements.rules import GIVEN_BACK, PATIENT
from chartdesk.record import audit
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of

_MOST_ENTRIES = 20_000
_CHARGE = "charge:"
_LATELY = timedelta(minutes=10)


@dataclass(frozen=True)
class Balances:
    """What the patient owes, what payers owe for the patient, and the patient's credit; positive dollars."""

    patient: Decimal
    insurance: Decimal
    credit: Decimal


@dataclass(frozen=True)
class Owing:
    """A patient who owes ``balance`` dollars, the oldest of them since a day."""

    patient_id: str
    balance: Decimal
    since: date


@dataclass(frozen=True)
class StatementRow:
    """A statement in a list, without its PDF."""

    id: int
    number: str
    at: datetime
    balance: Decimal
    pay_by: date
    returned: datetime | None = None


@dataclass
class AccountView:
    """A patient's account. ``rows`` are visits, newest first; ``aging`` is bucket → dollars the patient
    owes, counted from the instalments where there is a plan."""

    patient_id: str
    balance_patient: Decimal
    balance_insurance: Decimal
    credit: Decimal
    rows: list[VisitAccount] = field(default_factory=list)
    aging: dict[str, Decimal] = field(default_factory=dict)
    payments: list[Payment] = field(default_factory=list)
    statements: list[StatementRow] = field(default_factory=list)
    plans: list[plan_queries.PlanView] = field(default_factory=list)


_BALANCES = """
    SELECT COALESCE(SUM(amount) FILTER (WHERE account = 'ar' AND holder = 'patient'), 0),
           COALESCE(SUM(amount) FILTER (WHERE account = 'ar' AND holder <> 'patient'), 0),
           COALESCE(SUM(amount) FILTER (WHERE account = 'patient_credit'), 0)
      FROM ledger_entry
     WHERE practice = %s AND patient = %s AND account IN ('ar', 'patient_credit')
"""


def balances(subject: Subject, patient_id: str) -> Balances:
    """The three figures of a patient's banner, in one statement."""
    with reading(subject):
        with connection.cursor() as cursor:
            cursor.execute(_BALANCES, [subject.practice, patient_id])
            patient, insurance, credit = cursor.fetchone()
        audit.record(subject, "R", "patient account", patient=patient_id)
    return Balances(summed(patient), summed(insurance), summed(-credit))


def account(subject: Subject, patient_id: str) -> AccountView:
    """The whole account: every charge, payment and adjustment visit by visit, and who owes what."""
    with reading(subject):
        figures = balances(subject, patient_id)
        rows = books.journal(subject, patient=patient_id, limit=_MOST_ENTRIES)
        today = clock.today(practice_of(subject).zone)
        aging = next(
            (row.buckets for row in books.aging(subject, today, patient=patient_id) if row.holder == PATIENT),
            {name: ZERO for name, _ in BUCKETS},
        )
        known = plan_queries.plans(subject, patient_id)
        if any(one.plan.state == "active" for one in known):
            shift = plan_queries.aging_shift(subject, today, [patient_id])
            aging = {name: aging.get(name, ZERO) + change for name, change in shift.items()}
        return AccountView(
            patient_id=patient_id,
            balance_patient=figures.patient,
            balance_insurance=figures.insurance,
            credit=figures.credit,
            rows=visits(subject, rows),
            aging=aging,
            payments=payments(subject, patient_id),
            statements=statements(subject, patient_id),
            plans=known,
        )


# Who owes, how much, and since when they owe what is open today.
_OWING = """
    SELECT patient, SUM(due), MIN(since) FILTER (WHERE due > 0) FROM ledger_balance
     WHERE practice = %(practice)s AND holder = 'patient' AND due <> 0
     GROUP BY patient HAVING SUM(due) >= %(least)s
     ORDER BY 2 DESC, 1 LIMIT %(limit)s OFFSET %(first)s
"""
_OWING_IN_ALL = """
    SELECT count(*), SUM(due) FROM (
        SELECT SUM(due) AS due FROM ledger_balance
         WHERE practice = %s AND holder = 'patient' AND due <> 0 GROUP BY patient HAVING SUM(due) >= %s) AS owing
"""


def patients_owing(
    subject: Subject, at_least: Decimal = Decimal("0.01"), *, limit: int = 10_000, first: int = 0
) -> list[Owing]:
    """Patients who owe at least ``at_least`` dollars, the largest first; ``limit`` of them from ``first`` on."""
    with reading(subject):
        values = {"practice": subject.practice, "least": at_least, "limit": limit, "first": first}
        found = [Owing(patient, summed(due), since) for patient, due, since in database.rows(_OWING, values)]
        audit.record_many(
            subject, [audit.Touched("R", "patient account", "", 0, one.patient_id) for one in found], detail="list"
        )
    return found


def owing_in_all(subject: Subject, at_least: Decimal = Decimal("0.01")) -> tuple[int, Decimal]:
    """How many patients owe at least ``at_least`` dollars, and what they owe together."""
    with reading(subject):
        count, due = database.rows(_OWING_IN_ALL, [subject.practice, at_least])[0]
    return count, summed(due)


def payments(subject: Subject, patient_id: str) -> list[Payment]:
    """A patient's payments and refunds, newest first, voided ones among them."""
    with reading(subject):
        audit.record(subject, "R", "payment", patient=patient_id, detail="list")
        rows = Payment.objects.filter(practice=subject.practice, patient=patient_id)
        return list(rows.order_by("-received", "-pk"))


def lately(subject: Subject, patient_id: str) -> list[Payment]:
    """What was taken of a patient in the last minutes and stands, the newest first: who sends a form that was gone
    back to is asked whether it is another payment."""
    with reading(subject):
        audit.record(subject, "R", "payment", patient=patient_id, detail="of the last minutes")
        rows = Payment.objects.filter(
            practice=subject.practice,
            patient=patient_id,
            kind="payment",
            voided=None,
            received__gt=clock.now() - _LATELY,
            till__state="open",
        )
        return list(rows.order_by("-received", "-pk"))


def paid_at(subject: Subject, appointment_id: str) -> list[Payment]:
    """What was taken at a visit and stands, such as its copay."""
    with reading(subject):
        rows = Payment.objects.filter(
            practice=subject.practice, appointment=appointment_id, kind="payment", voided=None
        )
        found = list(rows.order_by("pk"))
        touched = [audit.Touched("R", "payment", one.receipt_number, 0, one.patient) for one in found]
        audit.record_many(subject, touched, detail="visit")
        return found


def payment(subject: Subject, payment_id: int) -> Payment:
    """One payment, for its receipt. Raises NotFound."""
    with reading(subject):
        found = Payment.objects.filter(practice=subject.practice, pk=payment_id).first()
        if found is None:
            raise NotFound(f"There is no payment {payment_id}.")
        audit.record(subject, "R", "payment", patient=found.patient, resource_id=found.receipt_number)
        return found


def statements(subject: Subject, patient_id: str) -> list[StatementRow]:
    """The statements that a patient was sent, newest first."""
    with reading(subject):
        audit.record(subject, "R", "statement", patient=patient_id, detail="list")
        rows = Statement.objects.filter(practice=subject.practice, patient=patient_id).order_by("-at", "-pk")
        return [StatementRow(*row) for row in rows.values_list("pk", "number", "at", "balance", "pay_by", "returned")]


def statement(subject: Subject, statement_id: int) -> Statement:
    """One statement with its PDF, as it was sent. Raises NotFound."""
    with reading(subject):
        found = Statement.objects.filter(practice=subject.practice, pk=statement_id).first()
        if found is None:
            raise NotFound(f"There is no statement {statement_id}.")
        audit.record(subject, "R", "statement", patient=found.patient, resource_id=found.number)
        return found


def visits(subject: Subject, rows: list[books.JournalRow]) -> list[VisitAccount]:
    """What the journal says, visit by visit, the newest first; rows may be of several patients."""
    told, owed = accounts.entries_of(rows), accounts.owed_of(rows)
    numbers = [int(one.removeprefix(_CHARGE)) for one in told if one.startswith(_CHARGE)]
    lines = ChargeLine.objects.filter(practice=subject.practice, pk__in=numbers).select_related("superbill")
    providers = dict(
        Resource.objects.filter(practice=subject.practice, kind="provider").values_list("practitioner", "name")
    )
    payers = dict(Payer.objects.filter(practice=subject.practice).values_list("payer_id", "name"))
    told_by: dict[int, VisitAccount] = {}
    for line in lines.order_by("superbill__service_date", "superbill_id", "position"):
        bill, reference = line.superbill, f"{_CHARGE}{line.pk}"
        visit = told_by.setdefault(
            bill.pk,
            VisitAccount(bill.pk, bill.service_date, "", providers.get(bill.practitioner, ""), bill.patient),
        )
        visit.title = ", ".join(part for part in (visit.title, line.description or line.code) if part)
        visit.entries += told[reference]
        for holder, due in owed.get(reference, {}).items():
            visit.owed[holder] = visit.owed.get(holder, ZERO) + due
    for visit in told_by.values():
        visit.entries.sort(key=lambda one: one.on)
        visit.owes = [(_holder(holder, payers), due) for holder, due in visit.owed.items()]
    return [*_given_back(rows, told, owed), *reversed(told_by.values())]


def _given_back(
    rows: list[books.JournalRow], told: dict[str, list[accounts.AccountEntry]], owed: dict[str, dict[str, Decimal]]
) -> list[VisitAccount]:
    """What is owed for money that was given back, as if it were a visit: without a superbill."""
    whose = {row.reference: row.patient for row in rows if row.reference.startswith(GIVEN_BACK)}
    found = []
    for reference, patient in whose.items():
        entries, due = told.get(reference, []), owed.get(reference, {})
        if entries:
            owes = [("Patient", amount) for amount in due.values()]
            found.append(VisitAccount(0, entries[0].on, "Money given back", "", patient, entries, due, owes))
    return found


def _holder(holder: str, payers: dict[str, str]) -> str:
    if holder == PATIENT:
        return "Patient"
    number = holder.removeprefix("payer:")
    return payers.get(number, number)

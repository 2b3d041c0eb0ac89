"""Where many patients' accounts stand, by a handful of statements however many they are: for batches of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from chartdesk.kit import database
from chartdesk.kit.money import ZERO, money, total
from chartdesk.kit.transactions import reading
from chartdesk.pms.ledger.queries import JournalRow
from chartdesk.pms.ledger.rules import BUCKETS, bucket
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.registration import related, resources
from chartdesk.pms.registration.people import Address, address_lines
from chartdesk.pms.statements import plan_queries, queries
from chartdesk.pms.statements.account import VisitAccount
from chartdesk.pms.statements.models import Plan
from chartdesk.pms.statements.plan_rules import NOT_DUE, Standing
from chartdesk.pms.statements.rules import PATIENT
from chartdesk.record import audit
from chartdesk.record.access import Subject
from chartdesk.standards import fhir
from chartdesk.standards.fhir import r4

_JOURNAL = """
    SELECT p.id, p.kind, p.source, p.posted_on, p.at, e.account, e.amount, e.patient, e.reference, e.holder,
           COALESCE(NULLIF(e.memo, ''), p.memo), p.reverses_id
      FROM ledger_entry e JOIN ledger_posting p ON p.id = e.posting_id
     WHERE e.practice = %s AND p.practice = %s AND e.patient = ANY(%s::text[])
     ORDER BY e.id
"""
_PEOPLE = """
    SELECT id, body FROM record_resource
     WHERE practice = %s AND type = 'Patient' AND id = ANY(%b::text[]) AND NOT deleted
"""


@dataclass
class PatientStanding:
    """One patient's account on a day, positive dollars. ``aging`` counts instalments where there is a plan."""

    patient_id: str
    patient: Decimal = ZERO
    insurance: Decimal = ZERO
    credit: Decimal = ZERO
    visits: list[VisitAccount] = field(default_factory=list)
    aging: dict[str, Decimal] = field(default_factory=lambda: {NOT_DUE: ZERO, **{name: ZERO for name, _ in BUCKETS}})
    plans: list[Standing] = field(default_factory=list)

    @property
    def due_now(self) -> Decimal:
        """What the patient is asked for: everything beside the plans, and of them what is missed or comes next."""
        planned = total(one.left for one in self.plans)
        return self.patient - planned + total(one.due_now for one in self.plans)


@dataclass(frozen=True)
class Recipient:
    """Whom a letter about a patient goes to: ``name`` and ``mrn`` are the patient's, ``guarantor`` is who pays for
    them, empty where they do so themselves. ``lines`` is the address of who pays."""

    name: str
    mrn: str
    lines: list[str]
    guarantor: str = ""


def standings(subject: Subject, patient_ids: Sequence[str], on: date) -> list[PatientStanding]:
    """The accounts of the patients in their order."""
    with reading(subject):
        rows = [
            replace(JournalRow(*row), amount=money(row[6]))
            for row in database.rows(_JOURNAL, [subject.practice, subject.practice, list(patient_ids)])
        ]
        found = {one: PatientStanding(one) for one in patient_ids}
        for visit in queries.visits(subject, rows):
            if visit.patient in found:
                found[visit.patient].visits.append(visit)
        plans = _plans(subject, patient_ids, on)
        for patient, ours in plans.items():
            found[patient].plans = [one.standing for one in ours]
        touched = [audit.Touched("R", "patient account", "", 0, one) for one in patient_ids]
        audit.record_many(subject, touched, detail="statements")
    _sum(found, rows)
    _age(subject, found, rows, plans, on)
    return list(found.values())


def recipients(subject: Subject, patient_ids: Sequence[str]) -> dict[str, Recipient]:
    """Names of the patients as a letter has them, and of their guarantors, with the address; the patient's where the
    guarantor has none."""
    with reading(subject):
        hits = registration.names(subject, list(patient_ids))
        paying = related.guarantors(subject, patient_ids)
        bodies = database.rows(_PEOPLE, [subject.practice, list(patient_ids)])
    found = {one: Recipient(hit.name, hit.mrn, []) for one, hit in hits.items()}
    for number, body in bodies:
        resource = fhir.decode(body, type="Patient")
        assert isinstance(resource, r4.Patient)
        known = found.get(number) or Recipient(number, "", [])
        patient = resources.person_of(resource)
        payer = paying[number].person if number in paying else None
        lines = (_lines(payer.address) if payer else []) or _lines(patient.address)
        name = patient.full_name or known.name
        found[number] = Recipient(name, known.mrn, lines, payer.full_name if payer else "")
    return {one: found.get(one, Recipient(one, "", [])) for one in patient_ids}


def _lines(where: Address) -> list[str]:
    return address_lines(where.line1, where.line2, where.city, where.state, where.postal_code)


def _sum(found: dict[str, PatientStanding], rows: Sequence[JournalRow]) -> None:
    for row in rows:
        one = found[row.patient]
        if row.account == "patient_credit":
            one.credit -= row.amount
        elif row.account == "ar" and row.holder == PATIENT:
            one.patient += row.amount
        elif row.account == "ar":
            one.insurance += row.amount


def _plans(subject: Subject, patient_ids: Sequence[str], on: date) -> dict[str, list[plan_queries.PlanView]]:
    rows = Plan.objects.filter(practice=subject.practice, patient__in=list(patient_ids), state="active")
    grouped: dict[str, list[plan_queries.PlanView]] = defaultdict(list)
    for one in plan_queries.views(subject, list(rows.order_by("pk")), on):
        grouped[one.plan.patient].append(one)
    return grouped


def _age(
    subject: Subject,
    found: dict[str, PatientStanding],
    rows: Sequence[JournalRow],
    plans: dict[str, list[plan_queries.PlanView]],
    on: date,
) -> None:
    """Each receivable by its first day in the books; what a plan has of it by the plan's instalments."""
    owed: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    since: dict[tuple[str, str], date] = {}
    for row in rows:
        if row.account == "ar" and row.holder == PATIENT:
            key = row.patient, row.reference
            owed[key] += row.amount
            since[key] = min(since.get(key, row.posted_on), row.posted_on)
    for (patient, reference), due in owed.items():
        if due:
            found[patient].aging[bucket(since[patient, reference], on)] += due
    for patient in plans:
        for name, change in plan_queries.aging_shift(subject, on, [patient]).items():
            found[patient].aging[name] += change

"""Payment plans as they stand, and the age of what patients owe with the plans taken into account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Q

from chartdesk.kit import clock, database
from chartdesk.kit.errors import NotFound
from chartdesk.kit.money import ZERO, money, summed
from chartdesk.kit.transactions import reading
from chartdesk.pms.ledger.rules import BUCKETS, bucket
from chartdesk.pms.statements import plan_rules
from chartdesk.pms.statements.models import Instalment, Plan, PlanCharge
from chartdesk.pms.statements.plan_rules import NOT_DUE, Standing
from chartdesk.record import audit
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of

#: What patients owe of charges that stand in active plans, on a day: the charge's age in the books goes with it.
_PLANNED = """
    SELECT c.plan_id, c.reference, c.amount, COALESCE(e.owed, 0), e.since
      FROM statements_plancharge c
      JOIN statements_plan p ON p.id = c.plan_id AND p.practice = c.practice
      LEFT JOIN LATERAL (
        SELECT sum(l.amount) AS owed, min(l.posted_on) AS since FROM ledger_entry l
         WHERE l.practice = %(practice)s AND l.reference = c.reference AND l.account = 'ar' AND l.holder = 'patient'
           AND l.posted_on <= %(on)s) AS e ON true
     WHERE c.practice = %(practice)s AND p.id = ANY(%(plans)s::int8[])
"""


@dataclass(frozen=True)
class PlanView:
    """A plan with how it stands today."""

    plan: Plan
    standing: Standing


def plans(subject: Subject, patient_id: str) -> list[PlanView]:
    """A patient's plans, the newest first."""
    with reading(subject):
        audit.record(subject, "R", "payment plan", patient=patient_id, detail="list")
        rows = Plan.objects.filter(practice=subject.practice, patient=patient_id)
        return views(subject, list(rows.order_by("-pk")))


def plan(subject: Subject, plan_id: int) -> PlanView:
    """One plan. Raises NotFound."""
    with reading(subject):
        found = Plan.objects.filter(practice=subject.practice, pk=plan_id).first()
        if found is None:
            raise NotFound(f"There is no payment plan {plan_id}.")
        audit.record(subject, "R", "payment plan", patient=found.patient, resource_id=str(plan_id))
        return views(subject, [found])[0]


def active(subject: Subject) -> list[PlanView]:
    """Every active plan, the one that is longest behind first."""
    with reading(subject):
        found = views(subject, list(Plan.objects.filter(practice=subject.practice, state="active").order_by("pk")))
        touched = [audit.Touched("R", "payment plan", str(one.plan.pk), 0, one.plan.patient) for one in found]
        audit.record_many(subject, touched, detail="list")
        return sorted(found, key=lambda one: (-one.standing.late_days, one.plan.pk))


def views(subject: Subject, rows: list[Plan], on: date | None = None) -> list[PlanView]:
    """The plans as they stand on a day (default: today). Two statements, however many they are."""
    if not rows:
        return []
    with reading(subject):
        day = on or clock.today(practice_of(subject).zone)
        numbers = [one.pk for one in rows]
        steps: dict[int, list[tuple[int, date, Decimal]]] = defaultdict(list)
        agreed = Instalment.objects.filter(practice=subject.practice, plan__in=numbers).order_by("plan", "number")
        for plan_id, number, due, amount in agreed.values_list("plan_id", "number", "due", "amount"):
            steps[plan_id].append((number, due, money(amount)))
        left: dict[int, Decimal] = defaultdict(lambda: ZERO)
        values = {"practice": subject.practice, "on": day, "plans": numbers}
        for plan_id, _, amount, owed, _ in database.rows(_PLANNED, values):
            left[plan_id] += min(max(summed(owed), ZERO), money(amount))
    return [PlanView(one, plan_rules.standing(steps[one.pk], left[one.pk], day)) for one in rows]


def references(subject: Subject, patient_id: str) -> dict[str, Decimal]:
    """The charges of a patient's active plans, with the dollars the plans have of them."""
    with reading(subject):
        rows = PlanCharge.objects.filter(
            practice=subject.practice, plan__patient=patient_id, plan__state="active", plan__practice=subject.practice
        )
        return {reference: money(amount) for reference, amount in rows.values_list("reference", "amount")}


def charges(subject: Subject, plan_id: int) -> set[str]:
    """What a plan is about, as the ledger files it."""
    with reading(subject):
        rows = PlanCharge.objects.filter(practice=subject.practice, plan=plan_id)
        return set(rows.values_list("reference", flat=True))


def aging_shift(subject: Subject, on: date, patients: Iterable[str] | None = None) -> dict[str, Decimal]:
    """What plans change in the aging of what patients owe: bucket → dollars to add, ``NOT_DUE`` among them.

    What a plan that ran on that day has of a charge leaves the bucket of the charge's age, and stands in that of the
    missed instalment or under what is not due yet. The sum is zero.
    """
    with reading(subject):
        last = datetime.combine(on, time.max, ZoneInfo(practice_of(subject).zone))
        rows = Plan.objects.filter(Q(ended=None) | Q(ended__gt=last), practice=subject.practice, agreed__lte=last)
        rows = rows if patients is None else rows.filter(patient__in=list(patients))
        found = views(subject, list(rows), on)
        shift = {NOT_DUE: ZERO, **{name: ZERO for name, _ in BUCKETS}}
        if not found:
            return shift
        values = {"practice": subject.practice, "on": on, "plans": [one.plan.pk for one in found]}
        for _, _, amount, owed, since in database.rows(_PLANNED, values):
            part = min(max(summed(owed), ZERO), money(amount))
            if part:
                shift[bucket(since, on)] -= part
        for one in found:
            for name, amount in plan_rules.aging(one.standing, on).items():
                shift[name] += amount
        return shift

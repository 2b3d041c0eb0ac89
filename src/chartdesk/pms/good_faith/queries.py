"""Estimates that were given, how the bill compares, and visits of patients without coverage."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from chartdesk.kit import database
from chartdesk.kit.errors import NotFound
from chartdesk.kit.money import summed
from chartdesk.kit.transactions import reading
from chartdesk.pms.good_faith import rules
from chartdesk.pms.good_faith.models import GoodFaithEstimate
from chartdesk.record import audit
from chartdesk.record.access import Subject
from chartdesk.standards import fhir
from chartdesk.standards.fhir import r4

#: Coming visits that have no estimate which was given.
_COMING = """
    SELECT a.appointment, a.patient, a.starts, COALESCE(a.booked, a.starts)
      FROM scheduling_appointmentindex a
     WHERE a.practice = %(practice)s AND a.starts > %(first)s AND a.starts <= %(last)s
       AND a.status IN ('booked', 'confirmed')
       AND NOT EXISTS (SELECT 1 FROM good_faith_goodfaithestimate g
                        WHERE g.practice = %(practice)s AND g.appointment = a.appointment AND g.given IS NOT NULL
                          AND g.replaced_by_id IS NULL)
     ORDER BY a.starts, a.appointment
"""
_COVERAGES = """
    SELECT patient, body FROM record_resource
     WHERE practice = %s AND type = 'Coverage' AND patient = ANY(%b::text[]) AND NOT deleted
"""
_BILLED = """
    SELECT appointment, sum(total) FROM charges_superbill
     WHERE practice = %s AND appointment = ANY(%s::text[]) AND status IN ('approved', 'billed') GROUP BY appointment
"""
_UNUSED = ("entered-in-error", "cancelled", "draft")


@dataclass(frozen=True)
class Visit:
    """A coming visit of a patient without coverage."""

    appointment_id: str
    patient_id: str
    starts: datetime
    booked: datetime


@dataclass(frozen=True)
class EstimateView:
    """An estimate with what was billed for its visit; None while nothing was."""

    estimate: GoodFaithEstimate
    billed: Decimal | None

    @property
    def disputable(self) -> bool:
        """Whether the bill is so far above that the patient may dispute it."""
        return self.billed is not None and rules.disputable(self.estimate.total, self.billed)


def estimates(subject: Subject, patient_id: str) -> list[EstimateView]:
    """A patient's estimates, the newest first."""
    with reading(subject):
        audit.record(subject, "R", "good-faith estimate", patient=patient_id, detail="list")
        rows = GoodFaithEstimate.objects.filter(practice=subject.practice, patient=patient_id).defer("pdf")
        found = list(rows.order_by("-pk"))
        visits = [one.appointment for one in found if one.appointment]
        billed = dict(database.rows(_BILLED, [subject.practice, visits])) if visits else {}
    return [EstimateView(one, summed(billed[one.appointment]) if one.appointment in billed else None) for one in found]


def estimate(subject: Subject, estimate_id: int) -> GoodFaithEstimate:
    """One estimate with its PDF. Raises NotFound."""
    with reading(subject):
        found = GoodFaithEstimate.objects.filter(practice=subject.practice, pk=estimate_id).first()
        if found is None:
            raise NotFound(f"There is no estimate {estimate_id}.")
        audit.record(subject, "R", "good-faith estimate", patient=found.patient, resource_id=found.number)
        return found


def self_pay_visits(subject: Subject, first: datetime, last: datetime) -> list[Visit]:
    """Visits that begin after ``first``, up to ``last``, of patients without a coverage on that day."""
    with reading(subject):
        values = {"practice": subject.practice, "first": first, "last": last}
        visits = [Visit(*row) for row in database.rows(_COMING, values)]
        patients = sorted({one.patient_id for one in visits})
        policies: dict[str, list[r4.Coverage]] = defaultdict(list)
        for patient, body in database.rows(_COVERAGES, [subject.practice, patients]):
            coverage = fhir.decode(body, type="Coverage")
            if isinstance(coverage, r4.Coverage) and coverage.status not in _UNUSED:
                policies[patient].append(coverage)
        touched = [audit.Touched("R", "Coverage", "", 0, one) for one in patients]
        audit.record_many(subject, touched, detail="visits without coverage")
    return [one for one in visits if not any(_covers(each, one.starts) for each in policies[one.patient_id])]


def _covers(coverage: r4.Coverage, moment: datetime) -> bool:
    day = moment.date().isoformat()
    period = coverage.period
    if period is None:
        return True
    return (not period.start or period.start[:10] <= day) and (not period.end or period.end[:10] >= day)

"""The patient banner: who this is, on every page about a patient, so that nobody acts on the wrong one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chartdesk.ehr.charting import allergies
from chartdesk.kit import clock
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.coverage.queries import Standing
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.statements import queries as statements
from chartdesk.web.request import StaffRequest


@dataclass(frozen=True)
class Banner:
    """What stands in the banner. ``standing`` is the eligibility of today's first coverage."""

    patient: registration.PatientView
    coverages: list[coverage.CoverageView]
    standing: Standing
    allergies: list[str]
    account: statements.Balances
    today: date


def banner(asked: StaffRequest, patient_id: str) -> Banner:
    """Read afresh for every page; nothing of it is cached."""
    subject = asked.subject
    today = clock.today(asked.practice.zone)
    return Banner(
        patient=registration.patient(subject, patient_id),
        coverages=coverage.coverages(subject, patient_id, on=today),
        standing=coverage.standing(subject, patient_id),
        allergies=[one.text for one in allergies.active(subject, patient_id)],
        account=statements.balances(subject, patient_id),
        today=today,
    )

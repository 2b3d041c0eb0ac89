"""What a patient will owe for a visit, with the claims that the payer has and has not decided: they use up the
deductible before the visit does, and the payer's answer does not know of them yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from chartdesk.kit.transactions import reading
from chartdesk.pms.charges import estimating
from chartdesk.pms.charges.estimating import VisitEstimate
from chartdesk.pms.claims.models import OPEN, Claim
from chartdesk.pms.coverage.models import EligibilityCheck
from chartdesk.pms.coverage.rules import Before
from chartdesk.record import audit
from chartdesk.record.access import Subject


def estimate(
    subject: Subject, check: EligibilityCheck, codes: Sequence[str], on: date, *,
    place_of_service: str = "11", practitioner: str = "",
) -> VisitEstimate:  # fmt: skip
    """What the patient will owe for one unit of each code on a day; see ``charges.estimating.estimate``."""
    with reading(subject):
        return estimating.estimate(
            subject, check, codes, on, before=undecided(subject, check, on), place_of_service=place_of_service,
            practitioner=practitioner,
        )  # fmt: skip


def undecided(subject: Subject, check: EligibilityCheck, on: date) -> list[Before]:
    """The patient's claims of that calendar year under way to the payer of ``check``, in the order of their dates."""
    with reading(subject):
        rows = Claim.objects.filter(
            practice=subject.practice, patient=check.patient, payer_id=check.payer_id, rank=1, status__in=OPEN,
            service_date__range=(date(on.year, 1, 1), date(on.year, 12, 31)),
        )  # fmt: skip
        found = list(rows.defer("content", "findings").order_by("service_date", "pk").prefetch_related("lines"))
        audit.record(subject, "R", "claim", patient=check.patient, detail="estimate")
    made = []
    for row in found:
        lines = sorted(row.lines.all(), key=lambda line: line.position)
        allowed = [(line.code, line.expected) for line in lines if line.expected is not None]
        said = f"Claim {row.number} of {row.service_date:%b %-d} is under way"
        made.append(Before(said, allowed, whole=len(allowed) == len(lines)))
    return made

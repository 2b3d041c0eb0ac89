"""Batches of statements: the runs, whom they went to, and the file for the printer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from chartdesk.kit.errors import Conflict, NotFound
from chartdesk.kit.transactions import reading
from chartdesk.pms.statements import documents
from chartdesk.pms.statements.models import Statement, StatementRun
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject

BILLING = (Role.BILLER, Role.MANAGER)


@dataclass(frozen=True)
class Delivery:
    """One statement of a run, as the delivery list has it."""

    id: int
    number: str
    patient_id: str
    name: str
    mrn: str
    lines: list[str]
    balance: Decimal
    due: str
    pay_by: str
    returned: datetime | None
    guarantor: str = ""

    @property
    def addressee(self) -> str:
        """Who opens the letter: the guarantor where there is one, else the patient."""
        return self.guarantor or self.name


def runs(subject: Subject, limit: int = 50) -> list[StatementRun]:
    """The batches, the latest first."""
    subject.require(*BILLING)
    with reading(subject):
        return list(StatementRun.objects.filter(practice=subject.practice).order_by("-pk")[:limit])


def run(subject: Subject, run_id: int) -> StatementRun:
    """One batch. Raises NotFound."""
    subject.require(*BILLING)
    with reading(subject):
        found = StatementRun.objects.filter(practice=subject.practice, pk=run_id).first()
        if found is None:
            raise NotFound(f"There is no batch of statements {run_id}.")
        return found


def deliveries(subject: Subject, run_id: int) -> list[Delivery]:
    """Whom the statements of a batch go to, in the order of their numbers."""
    with reading(subject):
        run(subject, run_id)
        rows = list(_of(subject, run_id).defer("pdf"))
        touched = [audit.Touched("R", "statement", one.number, 0, one.patient) for one in rows]
        audit.record_many(subject, touched, detail="delivery list")
    return [
        Delivery(
            one.pk,
            one.number,
            one.patient,
            one.content["patient"]["name"],
            one.content["patient"]["mrn"],
            one.content["patient"]["lines"],
            one.balance,
            one.content["due"],
            one.content["pay_by"],
            one.returned,
            one.content["patient"].get("guarantor", ""),
        )
        for one in rows
    ]


def printed(subject: Subject, run_id: int) -> bytes:
    """All statements of a batch as one PDF for the printer. Raises NotFound, Conflict where there is none."""
    with reading(subject):
        run(subject, run_id)
        rows = list(_of(subject, run_id).defer("pdf"))
        if not rows:
            raise Conflict("This batch has no statements.", cure="Wait until they are made.")
        touched = [audit.Touched("R", "statement", one.number, 0, one.patient) for one in rows]
        audit.record_many(subject, touched, detail="print")
    return documents.statements_pdf([one.content for one in rows])


def _of(subject: Subject, run_id: int):
    return Statement.objects.filter(practice=subject.practice, run=run_id).order_by("pk")

"""What statements announces, on the patient's stream."""

from __future__ import annotations

from chartdesk.kit import outbox
from chartdesk.record.access import Subject

#: A patient paid, was refunded, or a payment was taken back. ``{payment_id, patient_id}``
PAYMENT = "PatientPayment"
#: A statement was issued. ``{statement_id, patient_id}``
STATEMENT = "StatementIssued"
#: A batch of statements has more to make. ``{run_id}``
RUN = "StatementRunGoesOn"


def announce_payment(subject: Subject, payment_id: int, patient: str) -> None:
    """Emit that a payment was taken, refunded or voided."""
    payload = {"payment_id": payment_id, "patient_id": patient}
    outbox.emit(subject, PAYMENT, f"Patient/{patient}", payload, actor=subject.actor)


def announce_statement(subject: Subject, statement_id: int, patient: str) -> None:
    """Emit that a statement was issued."""
    payload = {"statement_id": statement_id, "patient_id": patient}
    outbox.emit(subject, STATEMENT, f"Patient/{patient}", payload, actor=subject.actor)


def announce_run(subject: Subject, run_id: int) -> None:
    """Emit that a batch of statements has more to make."""
    outbox.emit(subject, RUN, f"StatementRun/{run_id}", {"run_id": run_id}, actor=subject.actor)

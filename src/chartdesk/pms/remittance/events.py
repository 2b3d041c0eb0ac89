"""What remittance announces. Payloads hold identifiers and amounts; the stream of a claim's is its patient's."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from chartdesk.kit import outbox
from chartdesk.record.access import Subject

#: An 835 balanced and waits to be posted. ``{remittance_id}``, stream ``Remitter/<payer key>``
RECEIVED = "RemittanceReceived"
#: A payer paid a claim, wholly or in part. ``{claim_id, patient_id}``
PAID = "ClaimPaid"
#: A payer denied a claim. ``{claim_id, patient_id}``
DENIED = "ClaimDenied"
#: What a patient owes changed by a remittance. ``{patient_id, claim_id, amount}``; dollars, negative when less.
BALANCE = "BalanceToPatient"


def announce_received(subject: Subject, remittance_id: int, payer_key: str) -> None:
    """Emit that a remittance waits to be posted; those of one payer are posted in the order in which they came."""
    stream = f"Remitter/{payer_key}"
    outbox.emit(subject, RECEIVED, stream, {"remittance_id": remittance_id}, actor=subject.actor)


def decided(kind: str, claim_id: int, patient: str) -> tuple[str, str, dict[str, Any]]:
    """What a payer decided about a claim, to be emitted with others: its kind, stream and payload."""
    return kind, f"Patient/{patient}", {"claim_id": claim_id, "patient_id": patient}


def balance(patient: str, claim_id: int, amount: Decimal) -> tuple[str, str, dict[str, Any]]:
    """That a patient owes ``amount`` more, or less where it is negative: kind, stream and payload."""
    return BALANCE, f"Patient/{patient}", {"patient_id": patient, "claim_id": claim_id, "amount": str(amount)}


def announce_balance(subject: Subject, patient: str, claim_id: int, amount: Decimal) -> None:
    """Emit that a patient owes ``amount`` more, or less where it is negative."""
    kind, stream, payload = balance(patient, claim_id, amount)
    outbox.emit(subject, kind, stream, payload, actor=subject.actor)

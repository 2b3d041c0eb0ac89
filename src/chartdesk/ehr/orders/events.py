"""What orders announces, on the stream ``Patient/<id>``. Payloads hold identifiers only."""

from __future__ import annotations

from chartdesk.kit import outbox
from chartdesk.record.access import Subject

#: Something was ordered, and is to be sent. ``{request_id, patient_id, channel}``
ORDERED = "OrderPlaced"
#: An order was taken back. ``{request_id, patient_id, channel}``
CANCELLED = "OrderCancelled"
#: A result or document was signed. ``{result_id, patient_id, reference}``
SIGNED = "ResultSigned"
#: A vaccine was given here, or its entry withdrawn. ``{immunization_id, patient_id}``
IMMUNIZED = "ImmunizationRecorded"


def announce(subject: Subject, kind: str, patient_id: str, **payload: str) -> None:
    """Emit one of the events on the patient's stream."""
    outbox.emit(subject, kind, f"Patient/{patient_id}", {"patient_id": patient_id, **payload}, actor=subject.actor)

"""What medications announces, on the stream ``Patient/<id>``. Payloads hold identifiers only."""

from __future__ import annotations

from chartdesk.kit import outbox
from chartdesk.record.access import Subject

#: A medicine was put on the list. ``{request_id, patient_id}``
STARTED = "MedicationStarted"
#: A medicine was stopped. ``{request_id, patient_id}``
STOPPED = "MedicationStopped"


def announce(subject: Subject, kind: str, request_id: str, patient_id: str) -> None:
    """Emit one of the events on the patient's stream."""
    payload = {"request_id": request_id, "patient_id": patient_id}
    outbox.emit(subject, kind, f"Patient/{patient_id}", payload, actor=subject.actor)

"""What charting announces, on the stream ``Patient/<id>``. Payloads hold identifiers only."""

from __future__ import annotations

from chartdesk.kit import outbox
from chartdesk.record.access import Subject

#: A note was signed: its codes may be charged. ``{encounter_id, patient_id, appointment_id}``
SIGNED = "EncounterSigned"
#: Something was added to a signed note. ``{encounter_id, patient_id, appointment_id}``
ADDENDED = "NoteAddended"


def announce(subject: Subject, kind: str, *, encounter_id: str, patient_id: str, appointment_id: str) -> None:
    """Emit one of the events on the patient's stream."""
    payload = {"encounter_id": encounter_id, "patient_id": patient_id, "appointment_id": appointment_id}
    outbox.emit(subject, kind, f"Patient/{patient_id}", payload, actor=subject.actor)

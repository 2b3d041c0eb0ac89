"""What reconciling announces, on the stream ``Patient/<id>``. Payloads hold identifiers only."""

from __future__ import annotations

from chartdesk.kit import outbox
from chartdesk.record.access import Subject

#: A document from outside is in a chart. ``{incoming_id, document_id, patient_id}``
ARRIVED = "OutsideDocumentArrived"
#: A summary or referral was written. ``{summary_id, document_id, patient_id}``
WRITTEN = "SummaryWritten"


def arrived(subject: Subject, incoming_id: int, document_id: str, patient_id: str) -> None:
    """Announce a document from outside."""
    payload = {"incoming_id": incoming_id, "document_id": document_id, "patient_id": patient_id}
    outbox.emit(subject, ARRIVED, f"Patient/{patient_id}", payload, actor=subject.actor)


def written(subject: Subject, summary_id: int, document_id: str, patient_id: str) -> None:
    """Announce a summary of ours."""
    payload = {"summary_id": summary_id, "document_id": document_id, "patient_id": patient_id}
    outbox.emit(subject, WRITTEN, f"Patient/{patient_id}", payload, actor=subject.actor)

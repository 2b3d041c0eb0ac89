"""What charges announces. Payloads hold identifiers only; the stream is the patient's."""

from __future__ import annotations

from typing import Any

from chartdesk.kit import outbox
from chartdesk.record.access import Subject

#: A visit's charges came in and stand in review. ``{superbill_id, patient_id}``
CAPTURED = "ChargesCaptured"
#: They were approved and posted. ``{superbill_id, patient_id}``
APPROVED = "ChargesApproved"
#: They were taken back before or after approval. ``{superbill_id, patient_id}``
VOIDED = "ChargesVoided"
#: Somebody said anew why the patient came. ``{superbill_id, patient_id}``
STATED = "CircumstancesStated"
#: Codes of billed charges were corrected, and no amount. ``{superbill_id, patient_id}``
RECODED = "ChargesRecoded"
#: The price list changed: other rooms may offer other procedures. ``{}``, stream ``Fees``.
FEES_CHANGED = "FeesChanged"


def announce(subject: Subject, kind: str, superbill_id: int, patient: str) -> None:
    """Emit one of the superbill events on the patient's stream."""
    payload: dict[str, Any] = {"superbill_id": superbill_id, "patient_id": patient}
    outbox.emit(subject, kind, f"Patient/{patient}", payload, actor=subject.actor)


def announce_fees(subject: Subject) -> None:
    """Emit that the price list changed."""
    outbox.emit(subject, FEES_CHANGED, "Fees", {}, actor=subject.actor)

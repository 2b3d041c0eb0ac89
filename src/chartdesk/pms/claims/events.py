"""What claims announces, on the patient's stream. Payload ``{claim_id, patient_id}``."""

from __future__ import annotations

from chartdesk.kit import outbox
from chartdesk.pms.claims.models import Claim
from chartdesk.record.access import Subject

BUILT = "ClaimBuilt"
HELD = "ClaimHeld"
SUBMITTED = "ClaimSubmitted"
ACKNOWLEDGED = "ClaimAcknowledged"
REJECTED = "ClaimRejected"


def announce(subject: Subject, kind: str, claim: Claim) -> None:
    """Emit one of the events."""
    payload = {"claim_id": claim.pk, "patient_id": claim.patient}
    outbox.emit(subject, kind, f"Patient/{claim.patient}", payload, actor=subject.actor)

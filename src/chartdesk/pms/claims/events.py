"""What claims announces: on the patient's stream, with the payload ``{claim_id, patient_id}``; and files to be sent."""

from __future__ import annotations

from collections.abc import Sequence

from chartdesk.kit import outbox
from chartdesk.pms.claims.models import Claim
from chartdesk.record.access import Subject

BUILT = "ClaimBuilt"
HELD = "ClaimHeld"
SUBMITTED = "ClaimSubmitted"
ACKNOWLEDGED = "ClaimAcknowledged"
REJECTED = "ClaimRejected"
#: A file was built and waits to be handed over. Payload ``{interchange_id}``.
FILE_BUILT = "ClaimFileBuilt"


def announce(subject: Subject, kind: str, claim: Claim) -> None:
    """Emit one of the events."""
    payload = {"claim_id": claim.pk, "patient_id": claim.patient}
    outbox.emit(subject, kind, f"Patient/{claim.patient}", payload, actor=subject.actor)


def announce_many(subject: Subject, kind: str, claims: Sequence[Claim]) -> None:
    """Emit one of the events for several claims."""
    told = [(f"Patient/{claim.patient}", {"claim_id": claim.pk, "patient_id": claim.patient}) for claim in claims]
    outbox.emit_many(subject, kind, told, actor=subject.actor)


def announce_file(subject: Subject, interchange: int) -> None:
    """Say that a file waits to be handed to the clearinghouse."""
    outbox.emit(subject, FILE_BUILT, "Clearinghouse", {"interchange_id": interchange}, actor=subject.actor)

"""The time line of a claim, and the change of status that goes with an entry."""

from __future__ import annotations

from chartdesk.kit import clock, live
from chartdesk.kit.errors import NotFound
from chartdesk.pms.claims import holding, projections
from chartdesk.pms.claims.models import Claim, ClaimEvent, Interchange
from chartdesk.record.access import Subject

#: What changes of a claim once it is built.
CHANGING = ("status", "version", "findings", "payer_claim_number", "interchange", "set_control", "submitted_at")


def locked(subject: Subject, claim_id: int) -> Claim:
    """The claim, locked until the transaction ends. Raises NotFound."""
    claim = holding.locked(subject, claim_id)
    if claim is None:
        raise NotFound(f"There is no claim {claim_id}.")
    return claim


def note(
    subject: Subject,
    claim: Claim,
    kind: str,
    text: str,
    *,
    status: str = "",
    interchange: Interchange | None = None,
    changed: bool = False,
) -> None:
    """Write an entry; with ``status`` the claim changes to it and its resource follows.

    ``changed`` says that something else of ``CHANGING`` was set that must be kept.
    """
    ClaimEvent.objects.create(
        practice=subject.practice,
        claim=claim,
        at=clock.now(),
        kind=kind,
        text=text,
        actor=subject.actor,
        interchange=interchange,
    )
    if status and status != claim.status:
        before = projections.status(claim)
        claim.status = status
        claim.version += 1
        claim.save(update_fields=CHANGING)
        if projections.status(claim) != before:
            projections.project(subject, claim)
    elif changed:
        claim.save(update_fields=CHANGING)
    live.announce(subject, "claims", str(claim.pk))

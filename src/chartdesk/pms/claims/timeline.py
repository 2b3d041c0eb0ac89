"""The time line of a claim, and the change of status that goes with an entry."""

from __future__ import annotations

from chartdesk.kit import clock, live
from chartdesk.kit.errors import NotFound
from chartdesk.pms.claims import projections
from chartdesk.pms.claims.models import Claim, ClaimEvent, Interchange
from chartdesk.record.access import Subject


def locked(subject: Subject, claim_id: int) -> Claim:
    """The claim, locked until the transaction ends. Raises NotFound."""
    claim = Claim.objects.select_for_update().filter(practice=subject.practice, pk=claim_id).first()
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
) -> None:
    """Write an entry; with ``status`` the claim changes to it and its resource follows."""
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
        claim.save()
        if projections.status(claim) != before:
            projections.project(subject, claim)
    live.announce(subject, "claims", str(claim.pk))

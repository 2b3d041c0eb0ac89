"""The time line of a claim, and the change of status that goes with an entry."""

from __future__ import annotations

import json

from chartdesk.kit import clock, database, live
from chartdesk.kit.errors import NotFound
from chartdesk.pms.claims import holding, projections
from chartdesk.pms.claims.models import Claim, Interchange
from chartdesk.record.access import Subject

#: What changes of a claim once it is built.
_KEEP = """
    UPDATE claims_claim
       SET status = %s, version = %s, findings = %s::text::jsonb, payer_claim_number = %s, interchange_id = %s::int8,
           set_control = %s, submitted_at = %s::timestamptz
     WHERE practice = %s AND id = %s
"""
_ENTER = """
    INSERT INTO claims_claimevent (practice, claim_id, at, kind, text, actor, interchange_id)
    VALUES (%s, %s, %s, %s, %s, %s, %s::int8)
"""


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

    ``changed`` says that something else of it was set that must be kept: what was found, or a number.
    """
    number = interchange.pk if interchange is not None else None
    database.execute(_ENTER, [subject.practice, claim.pk, clock.now(), kind, text, subject.actor, number])
    if status and status != claim.status:
        before = projections.status(claim)
        claim.status = status
        claim.version += 1
        _keep(claim)
        if projections.status(claim) != before:
            projections.project(subject, claim)
    elif changed:
        _keep(claim)
    live.announce(subject, "claims", str(claim.pk))


def _keep(claim: Claim) -> None:
    """Write what changes of a claim; its snapshot stays as it was built."""
    findings = json.dumps(claim.findings)
    moving = [claim.status, claim.version, findings, claim.payer_claim_number, claim.interchange_id]
    database.execute(_KEEP, [*moving, claim.set_control, claim.submitted_at, claim.practice, claim.pk])

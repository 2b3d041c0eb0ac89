"""The time line of a claim, and the change of status that goes with an entry."""

from __future__ import annotations

import json
from collections.abc import Sequence

from chartdesk.kit import clock, database, live
from chartdesk.kit.arrays import Texts, numbers
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


_KEEP_MANY = """
    UPDATE claims_claim c
       SET status = g.status, version = g.version, findings = g.findings::jsonb, payer_claim_number = g.payer_number,
           interchange_id = g.interchange, set_control = g.set_control, submitted_at = g.submitted
      FROM unnest(%s::int8[], %b::text[], %s::int4[], %b::text[], %b::text[], %s::int8[], %b::text[],
                  %s::timestamptz[])
           AS g(id, status, version, findings, payer_number, interchange, set_control, submitted)
     WHERE c.practice = %s AND c.id = g.id
"""
_ENTER_MANY = """
    INSERT INTO claims_claimevent (practice, claim_id, at, kind, text, actor, interchange_id)
    SELECT %s::int4, g.claim, %s::timestamptz, %s, g.words, %s, %s::int8
      FROM unnest(%s::int8[], %b::text[]) WITH ORDINALITY AS g(claim, words, place) ORDER BY place
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


def note_many(
    subject: Subject,
    entries: Sequence[tuple[Claim, str]],
    kind: str,
    *,
    status: str = "",
    interchange: Interchange | None = None,
    changed: bool = False,
) -> None:
    """What ``note`` does, for several claims in a few statements: (claim, text) each, all of one kind and status."""
    if not entries:
        return
    number = interchange.pk if interchange is not None else None
    told = [subject.practice, clock.now(), kind, subject.actor, number]
    named, words = numbers(claim.pk for claim, _ in entries), Texts([text for _, text in entries])
    database.execute(_ENTER_MANY, [*told, named, words])
    moved = [claim for claim, _ in entries if changed or (status and status != claim.status)]
    for claim in moved:
        before = projections.status(claim)
        if status and status != claim.status:
            claim.status = status
            claim.version += 1
            if projections.status(claim) != before:
                projections.project(subject, claim)
    _keep_many(subject, moved)
    live.announce_many(subject, "claims", [str(claim.pk) for claim, _ in entries])


def _keep_many(subject: Subject, claims: Sequence[Claim]) -> None:
    """Write what changes of claims, in one statement."""
    if not claims:
        return
    values = [
        numbers(one.pk for one in claims),
        Texts([one.status for one in claims]),
        numbers(one.version for one in claims),
        Texts([json.dumps(one.findings) for one in claims]),
        Texts([one.payer_claim_number for one in claims]),
        numbers(one.interchange_id for one in claims),
        Texts([one.set_control for one in claims]),
        [one.submitted_at for one in claims],
    ]
    database.execute(_KEEP_MANY, [*values, subject.practice])


def _keep(claim: Claim) -> None:
    """Write what changes of a claim; its snapshot stays as it was built."""
    findings = json.dumps(claim.findings)
    moving = [claim.status, claim.version, findings, claim.payer_claim_number, claim.interchange_id]
    database.execute(_KEEP, [*moving, claim.set_control, claim.submitted_at, claim.practice, claim.pk])

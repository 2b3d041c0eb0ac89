"""What the payers before a claim's own have decided, as it stands posted now. Remittance knows it; claims asks.

A claim to a later payer repeats it (005010X222A1, loops 2320 and 2430), and so does whatever is built in its place: the
claim built anew, sent again, or replaced must not quote a decision that the payer has taken back since.
"""

from __future__ import annotations

from collections.abc import Callable

from chartdesk.pms.claims.content import ClaimContent, Prior
from chartdesk.pms.claims.models import Claim
from chartdesk.record.access import Subject

_source: Callable[[Subject, Claim], tuple[Prior, ...]] | None = None


def use(source: Callable[[Subject, Claim], tuple[Prior, ...]]) -> None:
    """Let ``source`` say what payers before that of a claim have decided: nothing for those that have not."""
    global _source
    _source = source


def standing(subject: Subject, claim: Claim | None, before: ClaimContent | None) -> tuple[Prior, ...]:
    """The decisions that a claim in place of ``claim`` repeats: as they are posted now, else as ``before`` has them."""
    if claim is None or before is None:
        return ()
    known = {one.rank: one for one in _source(subject, claim)} if _source and claim.rank > 1 else {}
    return tuple(known.get(one.rank, one) for one in before.prior)

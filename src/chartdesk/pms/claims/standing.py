"""Which of a visit's claims stands for which share of its charges, where these were changed after claims were built.

A share is numbered by its place, and places move when lines come and go. So a claim keeps the share whose lines are
most like its own; a share that no claim stands for is billed anew, and a claim without a share takes its charges back.
What a payer has stays with that payer and on its form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from chartdesk.kit import database, fetching
from chartdesk.pms.charges.queries import SuperbillView
from chartdesk.pms.claims import holding
from chartdesk.pms.claims.models import ADJUDICATED, OPEN, Claim
from chartdesk.pms.claims.splitting import Part, portion
from chartdesk.record.access import Subject

_OF_CHARGES = "practice = %s AND superbill = %s AND rank = %s AND status <> 'closed' ORDER BY id FOR UPDATE"
_BILLED = """
    SELECT c.claim_id, c.code, COALESCE(NULLIF(l.practitioner, ''), %s)
      FROM claims_claimline c LEFT JOIN charges_chargeline l ON l.practice = c.practice AND l.id = c.charge_line
     WHERE c.practice = %s AND c.claim_id = ANY(%s::int8[])
"""


@dataclass(frozen=True)
class Billed:
    """What a claim bills, or a share would: (code, practitioner) of each line. ``fixed``: the payer has the claim."""

    place: int
    payer_id: str
    facility: bool
    lines: tuple[tuple[str, str], ...]
    fixed: bool = False


def of_charges(subject: Subject, superbill_id: int, rank: int) -> list[Claim]:
    """The claims of these charges to this payer that are not closed, locked, the oldest first."""
    rows = fetching.fetch(Claim, _OF_CHARGES, [subject.practice, superbill_id, rank])
    return [holding.holding(one) for one in rows]


def shares(
    subject: Subject, bill: SuperbillView, parts: Sequence[Part], claims: Sequence[Claim], rank: int = 1
) -> dict[int, int]:
    """Claim → the number (from 0) of the part of the charges that it stands for; one without a part is left out.

    Later payers get the shares of the first, so of their claims the payer is not compared.
    """
    if not claims:
        return {}
    lines: dict[int, list[tuple[str, str]]] = {}
    values = [bill.practitioner, subject.practice, [one.pk for one in claims]]
    for claim, code, who in database.rows(_BILLED, values):
        lines.setdefault(claim, []).append((code, who))
    first = rank == 1
    held = [
        Billed(
            one.part, one.payer_id if first else "", _facility(one), tuple(lines.get(one.pk, ())),
            one.status in (*OPEN, *ADJUDICATED) or one.frequency != "1",
        )
        for one in claims
    ]  # fmt: skip
    wanted = [_share(portion(bill, part), place, first=first) for place, part in enumerate(parts, start=1)]
    return {claims[one].pk: other for one, other in paired(held, wanted).items()}


def share_at(subject: Subject, bill: SuperbillView, parts: Sequence[Part], place: int) -> int | None:
    """The number (from 0) of the part that the first payer's claim at ``place`` stands for; None where it has none."""
    claims = of_charges(subject, bill.id, 1)
    mine = [one.pk for one in claims if one.part == place]
    if not mine:
        return place - 1 if place <= len(parts) else None
    if len(claims) == len(parts) == 1:
        return 0
    return shares(subject, bill, parts, claims).get(mine[-1])


def paired(claims: Sequence[Billed], parts: Sequence[Billed]) -> dict[int, int]:
    """Each claim with one part: first those most alike, then what is left over, in order. Numbers count from 0."""
    ways = sorted(
        (
            (-_alike(claim, part), claim.place != part.place, one, other)
            for one, claim in enumerate(claims)
            for other, part in enumerate(parts)
            if _may(claim, part)
        )
    )  # fmt: skip
    made: dict[int, int] = {}
    for *_, one, other in ways:
        if one not in made and other not in made.values():
            made[one] = other
    return made


def _may(claim: Billed, part: Billed) -> bool:
    return not claim.fixed or (claim.payer_id, claim.facility) == (part.payer_id, part.facility)


def _alike(claim: Billed, part: Billed) -> int:
    """Lines in common weigh most, then codes, then who rendered them."""
    same = (Counter(claim.lines) & Counter(part.lines)).total()
    codes = (Counter(code for code, _ in claim.lines) & Counter(code for code, _ in part.lines)).total()
    who = bool({one for _, one in claim.lines} & {one for _, one in part.lines})
    return 4 * same + 2 * codes + who


def _share(share: SuperbillView, place: int, *, first: bool) -> Billed:
    lines = tuple((line.code, line.practitioner or share.practitioner) for line in share.lines)
    return Billed(place, share.payer_id if first else "", bool(share.bill_type), lines)


def _facility(claim: Claim) -> bool:
    return bool((claim.content or {}).get("institutional"))

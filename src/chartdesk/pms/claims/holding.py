"""Claims that the open transaction has locked or made: read once, and one object for everybody in it.

A rolled back savepoint forgets them, so nobody holds what the database no longer says.
"""

from __future__ import annotations

from collections.abc import Iterable

from chartdesk.kit import fetching
from chartdesk.kit.arrays import numbers as array
from chartdesk.kit.transactions import once, remembered
from chartdesk.pms.claims.models import Claim
from chartdesk.record.access import Subject


def holding(claim: Claim) -> Claim:
    """The row that the transaction holds of this claim: the one it had, else this one, just locked or made."""
    return once(_key(claim.pk), lambda: claim)


def locked(subject: Subject, claim_id: int) -> Claim | None:
    """The claim, locked until the transaction ends; None where there is none."""
    found: Claim | None = remembered(_key(claim_id))
    if found is not None:
        return found
    row = fetching.first(Claim, "practice = %s AND id = %s FOR UPDATE", [subject.practice, claim_id])
    return holding(row) if row is not None else None


def locked_many(subject: Subject, numbers: Iterable[int | str]) -> list[Claim]:
    """Claims by their numbers, in their order, locked until the transaction ends; those that are not there left out."""
    held = {number: remembered(_key(number)) for number in map(int, numbers)}
    wanted = array(number for number, one in held.items() if one is None)
    condition = "practice = %s AND id = ANY(%s::int8[]) ORDER BY id FOR UPDATE"
    rows = fetching.fetch(Claim, condition, [subject.practice, wanted])
    found = [one for one in held.values() if one is not None] + [holding(one) for one in rows]
    return sorted(found, key=lambda one: one.pk)


def these(subject: Subject, numbers: Iterable[int | str]) -> dict[int, Claim]:
    """Claims by their number: those that the transaction holds as it holds them, the others read together."""
    held = {number: remembered(_key(number)) for number in map(int, numbers)}
    wanted = [number for number, one in held.items() if one is None]
    values = [subject.practice, wanted]
    rows = fetching.fetch(Claim, "practice = %s AND id = ANY(%s::int8[])", values) if wanted else ()
    return {number: one for number, one in held.items() if one is not None} | {one.pk: one for one in rows}


def _key(claim_id: int) -> tuple[str, int]:
    return "claim", claim_id

"""What the first payer is expected to allow for each line of a claim, by the contract as it stands when it is built."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from chartdesk.pms.charges import contracts
from chartdesk.pms.claims.content import ClaimContent
from chartdesk.record.access import Subject


def expected(subject: Subject, claims: Sequence[ClaimContent]) -> list[list[Decimal | None]]:
    """Dollars by line for each of ``claims``; None where no contract says, and for claims to a further payer."""
    asked = [
        contracts.Asked(
            payer_id=claim.payer.payer_id,
            code=line.code,
            on=line.day or claim.service_date,
            modifiers=line.modifiers,
            units=line.units,
            charge=line.amount,
            place_of_service=claim.place_of_service,
            claim=number,
            taxonomy=claim.rendering.taxonomy if claim.rendering else "",
        )
        for number, claim in enumerate(claims, start=1)
        if claim.rank == 1
        for line in claim.lines
    ]
    found = iter(contracts.expected(subject, asked))
    return [[next(found).amount if claim.rank == 1 else None for _ in claim.lines] for claim in claims]

"""The numbers that come back with an answer: of claims (CLM01) and of their lines (REF*6R). None is used twice.

They are drawn from the sequences of the tables, which nobody waits for: two who build claims of one practice at the
same time do not stand in each other's way. What is rolled back leaves a gap.
"""

from __future__ import annotations

from chartdesk.kit import database
from chartdesk.pms.claims.content import ClaimContent, renumbered

_DRAW = """
    SELECT ARRAY(SELECT nextval(pg_get_serial_sequence('claims_claim', 'id')) FROM generate_series(1, %s::int4)),
           ARRAY(SELECT nextval(pg_get_serial_sequence('claims_claimline', 'id')) FROM generate_series(1, %s::int4))
"""
#: So that the first number looks like one.
_FIRST = 10_000


def draw(claims: int, lines: int) -> tuple[list[int], list[int]]:
    """As many new numbers for claims and for lines; each of them may be the id of a row, too."""
    found = database.row(_DRAW, [claims, lines])
    assert found is not None
    return found[0], found[1]


def claim_number(number: int) -> str:
    """A patient control number, of 20 characters at most."""
    return f"C{_FIRST + number:07d}"


def line_number(claim: str, number: int) -> str:
    """A line control number, of 30 characters at most."""
    return f"{claim}-{number}"


def new_number() -> str:
    """A new patient control number."""
    return claim_number(draw(1, 0)[0][0])


def line_numbers(claim: str, count: int) -> list[str]:
    """New line control numbers for the lines of a claim."""
    return [line_number(claim, one) for one in draw(0, count)[1]]


def anew(before: ClaimContent) -> ClaimContent:
    """The same claim under new numbers."""
    number = new_number()
    return renumbered(before, number, line_numbers(number, len(before.lines)))

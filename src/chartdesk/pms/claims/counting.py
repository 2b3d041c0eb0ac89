"""Whether the counts that the database keeps are those of the claims, folding them, and making them anew."""

from __future__ import annotations

from dataclasses import dataclass

from chartdesk.kit import database
from chartdesk.kit.transactions import reading, transaction
from chartdesk.record.access import Subject

_DIFFERENT = """
    SELECT status, told.claims || ' of $' || told.total, kept.claims || ' of $' || kept.total
      FROM (SELECT status, count(*) AS claims, sum(total) AS total FROM claims_claim
             WHERE practice = %(practice)s GROUP BY status) AS told
      FULL JOIN (SELECT status, sum(claims) AS claims, sum(total) AS total FROM claims_tally
                  WHERE practice = %(practice)s GROUP BY status HAVING sum(claims) <> 0 OR sum(total) <> 0) AS kept
      USING (status)
     WHERE (told.claims, told.total) IS DISTINCT FROM (kept.claims, kept.total)
     ORDER BY status
"""


@dataclass(frozen=True)
class Difference:
    """A status of which the counts are not those of the claims, and what both say."""

    status: str
    claims: str
    kept: str

    def __str__(self) -> str:
        return f"claims {self.status}: there are {self.claims}, kept is {self.kept}"


def differences(subject: Subject) -> list[Difference]:
    """Where the counts that are kept differ from the claims. Reads all claims."""
    with reading(subject):
        found = database.rows(_DIFFERENT, {"practice": subject.practice})
    return [Difference(status, told or "none", kept or "none") for status, told, kept in found]


def fold(subject: Subject) -> int:
    """Make one row of those of a status; returns how many rows that spared. Safe beside changes of claims."""
    with transaction(subject):
        return int(database.rows("SELECT claims_fold_tally(%s)", [subject.practice])[0][0])


def count_anew(subject: Subject) -> None:
    """Make the counts anew from the claims. Whoever changes claims waits until it is through."""
    with transaction(subject):
        database.execute("SELECT claims_tally_anew(%s)", [subject.practice])

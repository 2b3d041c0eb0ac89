"""When a merge is undone: payments and denials that came since go back with the claims that they are of."""

from __future__ import annotations

from chartdesk.record import database
from chartdesk.record.access import Subject
from chartdesk.record.merging import rooms

_DECIDED = """
    UPDATE {0} r SET patient = %(source)s
      FROM claims_claim c
     WHERE r.practice = %(practice)s AND r.patient = %(target)s
       AND c.practice = r.practice AND c.id = r.claim AND c.patient = %(source)s
"""
_TABLES = ("remittance_claimpayment", "remittance_denial")


def register() -> None:
    """Take part in merges, behind the claims. Called once, when the program starts."""
    rooms.arranges(after_undo=give_back)


def give_back(subject: Subject, source: str, target: str) -> None:
    """Give the payments and denials of the source's claims to the source."""
    for table in _TABLES:
        database.execute(_DECIDED.format(table), {"practice": subject.practice, "source": source, "target": target})

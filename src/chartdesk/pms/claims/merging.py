"""When a merge is undone: claims that were built since go back with the charges that they are of."""

from __future__ import annotations

from chartdesk.record import database
from chartdesk.record.access import Subject
from chartdesk.record.merging import rooms

_BUILT = """
    UPDATE claims_claim c SET patient = %(source)s
      FROM charges_superbill b
     WHERE c.practice = %(practice)s AND c.patient = %(target)s
       AND b.practice = c.practice AND b.id = c.superbill AND b.patient = %(source)s
"""


def register() -> None:
    """Take part in merges. Called once, when the program starts."""
    rooms.arranges(after_undo=give_back)


def give_back(subject: Subject, source: str, target: str) -> None:
    """Give the claims of the source's charges to the source."""
    database.execute(_BUILT, {"practice": subject.practice, "source": source, "target": target})

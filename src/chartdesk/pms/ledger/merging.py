"""When a merge is undone: what was booked since on a charge goes back with the charge.

The entries that the merge moved are moved back by the record. What came in afterwards was booked on the patient who
stayed. Its charge is the other's again, so it is theirs too; otherwise one would owe what the other has paid.
"""

from __future__ import annotations

from chartdesk.record import database
from chartdesk.record.access import Subject
from chartdesk.record.merging import rooms, rows

# Entries that name no charge, as the bank's side of a payment, go with the others of their posting if all of those go.
_ON_CHARGES = """
    UPDATE ledger_entry e SET patient = %(source)s
     WHERE e.practice = %(practice)s AND e.patient = %(target)s AND e.reference <> ''
       AND e.reference IN (SELECT o.reference FROM ledger_entry o
                            WHERE o.practice = %(practice)s AND o.patient = %(source)s AND o.account = 'revenue')
    RETURNING e.posting_id
"""
_BESIDE = """
    UPDATE ledger_entry e SET patient = %(source)s
     WHERE e.practice = %(practice)s AND e.patient = %(target)s AND e.reference = '' AND e.account <> 'patient_credit'
       AND e.posting_id = ANY(%(postings)s::int8[])
       AND NOT EXISTS (SELECT 1 FROM ledger_entry o
                        WHERE o.practice = e.practice AND o.posting_id = e.posting_id
                          AND o.patient = %(target)s AND (o.reference <> '' OR o.account = 'patient_credit'))
"""


def register() -> None:
    """Take part in merges. Called once, when the program starts."""
    rooms.arranges(after_undo=give_back)


def give_back(subject: Subject, source: str, target: str) -> None:
    """Give what was booked since on the source's charges to the source."""
    values = {"practice": subject.practice, "source": source, "target": target}
    with rows.permitted():
        moved = sorted({posting for (posting,) in database.rows(_ON_CHARGES, values)})
        if moved:
            database.execute(_BESIDE, values | {"postings": moved})

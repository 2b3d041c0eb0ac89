"""What the books say about visits and patients, as Invoice and Account resources: read-only outside.

The ledger knows nothing of this room; it tells whoever listens what it posts, in the transaction of the posting.
"""

from __future__ import annotations

from collections.abc import Sequence

from chartdesk.pms.ledger import commands as ledger
from chartdesk.pms.ledger.rules import Line
from chartdesk.pms.statements import invoices, patient_accounts
from chartdesk.record import projected, rules
from chartdesk.record.access import Subject

#: Accounts whose entries show in an Account.
_BALANCES = ("ar", "patient_credit")


def register() -> None:
    """Tell the record who keeps Invoice and Account, and listen to what they follow from."""
    invoices.register()
    patient_accounts.register()
    ledger.listen(posted)
    rules.after_write("Coverage", patient_accounts.beside_changed)
    rules.after_write("RelatedPerson", patient_accounts.beside_changed)


def posted(subject: Subject, lines: Sequence[Line]) -> None:
    """Something was posted: the invoices it refers to and the patients' accounts show it."""
    charges = {line.reference for line in lines if line.reference.startswith("charge:")}
    patients = {line.patient for line in lines if line.patient and line.account in _BALANCES}
    if charges:
        projected.follow(subject, "Invoice", *charges)
    if patients:
        projected.follow(subject, "Account", *patients)

"""What reconciling follows in the record: a document that its sender takes back, or replaces, waits for nobody."""

from __future__ import annotations

from chartdesk.ehr.reconciling import incoming
from chartdesk.ehr.reconciling.models import IncomingDocument
from chartdesk.record import rules
from chartdesk.record.access import Subject
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import r4

_WHY = {"entered-in-error": "withdrawn by its sender", "superseded": "replaced by a later document"}


def register() -> None:
    """Register with the record. Safe to call twice."""
    rules.after_write("DocumentReference", follow)


def follow(subject: Subject, old: Stored | None, new: Stored | None) -> None:
    """Close what waits to be reconciled once its document counts no more."""
    if old is None:
        return
    found = new.resource if new is not None else None
    status = found.status if isinstance(found, r4.DocumentReference) else "entered-in-error"
    if status not in _WHY:
        return
    rows = IncomingDocument.objects.filter(practice=subject.practice, document=old.id, state="open")
    for row in rows.select_for_update():
        incoming.close(subject, row, "dismissed", _WHY[status])

"""Documents from outside: letters, reports of others, summaries. Kept with their bytes beside the record, and signed in
the same in-box as results.
"""

from __future__ import annotations

from dataclasses import replace

import msgspec

from chartdesk.ehr.orders import attachments, catalog, filing, resources
from chartdesk.ehr.orders.content import DocumentIn, Received
from chartdesk.ehr.orders.filing import Filed
from chartdesk.kit.errors import Conflict
from chartdesk.kit.transactions import transaction
from chartdesk.record import reading, store
from chartdesk.record.access import Subject
from chartdesk.record.merging import aliases
from chartdesk.standards.fhir import r4

_TYPE = "DocumentReference"


def receive(subject: Subject, given: DocumentIn) -> Received:
    """Store a document and put it into an in-box. The same key again is a later state of it; an older one is left.

    A document that replaces another marks that one as superseded. Raises Conflict where it would change its patient.
    """
    given = replace(given, patient_id=aliases.current(subject.practice, given.patient_id))
    id = resources.document_id(given.key)
    with transaction(subject):
        row = filing.standing(subject, _TYPE, [id]).get(id)
        if row is not None and row.patient != given.patient_id:
            raise Conflict(
                f"The document {given.title or given.key} is in the chart of another patient.",
                cure="Ask the sender which of the two is right.",
                where="patient",
            )
        if row is not None and given.at < row.issued:
            return Received("older", f"{_TYPE}/{id}", reason="A later state of this document is here already.")
        key = attachments.keep(subject, given.patient_id, id, given.attachment)
        form = resources.attachment(key, given.attachment, given.at)
        before = _replaced(subject, given)
        made: list[r4.Resource] = [resources.document(given, form, before.id or "" if before is not None else "")]
        if before is not None:
            made.append(msgspec.structs.replace(before, status="superseded"))
        written = store.put_changed(subject, made, why="document from outside")
        now = next((stored for stored in written if stored.id == id), None)
        facts = tuple((one.reference, one.version, "created" if one.version == 1 else "changed") for one in written)
        if now is None:
            return Received("same", f"{_TYPE}/{id}", facts)
        wrong = given.status == "entered-in-error"
        filed = Filed(
            type=_TYPE,
            resource=id,
            version=now.version,
            patient=given.patient_id,
            practitioner=given.practitioner_id,
            order="",
            kind="document",
            name=given.title or given.code.words or "Document",
            status="entered-in-error" if wrong else given.status,
            level=0,
            source=given.source or given.author,
            issued=given.at,
            row=row,
            state="filed" if given.read or (wrong and row is None) else "open",
            unsaid=True,
            orderer=given.orderer,
            orderer_name=given.orderer_name,
        )
        filing.file(subject, [filed], catalog.days(subject))
    return Received("stored", f"{_TYPE}/{id}", facts)


def withdraw(subject: Subject, key: str, patient_id: str) -> Received:
    """Mark a document as sent in error. ``older`` where it is not here. Raises Conflict for another patient's."""
    id = resources.document_id(key)
    with transaction(subject):
        found = reading.several(subject, _TYPE, [id]).get(id)
        if found is None:
            return Received("older", f"{_TYPE}/{id}", reason="The document is not here.")
        if found.patient != aliases.current(subject.practice, patient_id):
            raise Conflict("The document is in the chart of another patient.", where="patient")
        assert isinstance(found.resource, r4.DocumentReference)
        wrong = msgspec.structs.replace(found.resource, status="entered-in-error", docStatus="entered-in-error")
        written = store.put_changed(subject, [wrong], why="withdrawn by its sender")
        row = filing.standing(subject, _TYPE, [id]).get(id)
        if written and row is not None:
            row.status, row.version = "entered-in-error", written[0].version
            row.save(update_fields=["status", "version"])
    return Received("stored", f"{_TYPE}/{id}", tuple((one.reference, one.version, "withdrawn") for one in written))


def _replaced(subject: Subject, given: DocumentIn) -> r4.DocumentReference | None:
    """The document that this one takes the place of, where it is here and of the same patient."""
    if not given.replaces or given.replaces == given.key:
        return None
    id = resources.document_id(given.replaces)
    found = reading.several(subject, _TYPE, [id]).get(id)
    if found is None or found.patient != given.patient_id:
        return None
    assert isinstance(found.resource, r4.DocumentReference)
    return found.resource

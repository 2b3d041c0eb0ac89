"""Taking in documents from outside."""

from __future__ import annotations

import hashlib
from datetime import datetime
from zoneinfo import ZoneInfo

from chartdesk.ehr.orders import documents
from chartdesk.ehr.orders.content import AttachmentIn, Coded, DocumentIn
from chartdesk.ehr.reconciling import events
from chartdesk.ehr.reconciling.models import IncomingDocument
from chartdesk.kit import clock, days, live, worklist
from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.record import audit, store
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of
from chartdesk.record.merging import aliases
from chartdesk.standards import ccda
from chartdesk.standards.ccda.document import Document
from chartdesk.standards.fhir import r4

WORK = "outside_document"
MEDIA_TYPE = "application/xml"
#: Who may put a document into a chart: those who read the mail.
TAKERS = (Role.CLINICIAN, Role.NURSE, Role.FRONT_DESK, Role.MANAGER)
_LOINC = "http://loinc.org"


def receive(subject: Subject, patient_id: str, raw: bytes, *, source: str = "uploaded", sure: bool = False) -> int:
    """Put a C-CDA document into a patient's chart; returns its number. The same bytes again are the same document.

    Raises Invalid for what is no such document, and Conflict where a later state of it is here, or where it names
    another patient by name or birth date and nobody has said that he is ``sure``.
    """
    subject.require(*TAKERS)
    given = ccda.read(raw)
    with transaction(subject):
        patient = store.read(subject, r4.Patient, patient_id, why="document from outside")
        if not sure:
            _same_person(given, patient)
        patient_id = aliases.current(subject.practice, patient_id)
        known = _known(subject, patient_id, raw)
        if known is not None:
            return int(known.pk)
        told = DocumentIn(
            key=f"ccda|{patient_id}|{str(given.id) or hashlib.sha256(raw).hexdigest()}",
            patient_id=patient_id,
            title=given.title or "Summary of care",
            attachment=AttachmentIn(raw, MEDIA_TYPE, given.title),
            at=_moment(subject, given.at),
            code=Coded(given.kind.code or "34133-9", _LOINC, given.kind.display or given.title),
            source=given.custodian.organization,
            author=_authors(given),
            # Whoever reconciles it reads it: beside that, a line in an in-box would be the same work twice.
            read=True,
        )
        received = documents.receive(subject, told)
        if received.what == "older":
            raise Conflict(received.reason, where="document", cure="Look at the one that is in the chart.")
        return note(subject, patient_id, received.resource.partition("/")[2], raw, source=source)


def note(subject: Subject, patient_id: str, document_id: str, raw: bytes, *, source: str) -> int:
    """Offer a document that lies in the chart already for reconciling; returns its number."""
    given = ccda.read(raw)
    with transaction(subject):
        patient_id = aliases.current(subject.practice, patient_id)
        advisory_lock("outside documents", subject.practice, patient_id)
        known = _known(subject, patient_id, raw)
        if known is not None:
            return int(known.pk)
        earlier = IncomingDocument.objects.filter(practice=subject.practice, document=document_id, state="open")
        for one in earlier.select_for_update():
            close(subject, one, "dismissed", "a later state of it has come")
        row = IncomingDocument.objects.create(
            practice=subject.practice,
            patient=patient_id,
            document=document_id,
            attachment=_attachment(subject, document_id),
            digest=hashlib.sha256(raw).hexdigest(),
            title=given.title or "Summary of care",
            author=_authors(given),
            custodian=given.custodian.organization,
            made=given.at,
            source=source,
            received=clock.now(),
        )
        audit.record(subject, "C", "outside document", patient=patient_id, resource_id=str(row.pk))
        worklist.raise_item(
            subject,
            worklist.Task(
                kind=WORK,
                key=str(row.pk),
                role="clinician",
                title=f"A document from outside waits to be reconciled: {row.title}",
                detail=f"From {row.custodian or row.author or 'a sender without a name'}",
                cure="Look at its problems, allergies and medicines beside ours.",
                about=f"Patient/{patient_id}",
                link=("outside_document", str(row.pk)),
            ),
        )
        events.arrived(subject, row.pk, document_id, patient_id)
        live.announce(subject, "chart", patient_id)
    return int(row.pk)


def dismiss(subject: Subject, incoming_id: int, reason: str) -> None:
    """Say that a document is not to be reconciled, and why. It stays in the chart. Raises Conflict when closed."""
    subject.require(Role.CLINICIAN, Role.NURSE)
    if not reason.strip():
        raise Invalid("Say why it is not reconciled.", where="reason", cure="Such as: an old copy.")
    with transaction(subject):
        row = locked(subject, incoming_id)
        close(subject, row, "dismissed", reason.strip())


def locked(subject: Subject, incoming_id: int) -> IncomingDocument:
    """A document that is open, locked until the transaction ends. Raises NotFound, Conflict."""
    row = IncomingDocument.objects.select_for_update().filter(practice=subject.practice, pk=incoming_id).first()
    if row is None:
        raise NotFound(f"There is no document {incoming_id} from outside.", where="document")
    if row.state != "open":
        raise Conflict(f"{row.closed_name} has finished with this document.", where="state", cure="Reload the page.")
    return row


def close(subject: Subject, row: IncomingDocument, state: str, why: str = "") -> None:
    """Close a locked document and its work item."""
    row.state, row.closed, row.closed_by, row.closed_name = state, clock.now(), subject.actor, subject.name
    row.note = why
    row.save(update_fields=["state", "closed", "closed_by", "closed_name", "note"])
    audit.record(subject, "U", "outside document", patient=row.patient, resource_id=str(row.pk), detail=state)
    worklist.close_items(subject, WORK, [str(row.pk)], by=subject.actor)
    live.announce(subject, "chart", row.patient)


def _attachment(subject: Subject, document_id: str) -> str:
    """The key of the bytes that a DocumentReference names."""
    found = store.read(subject, r4.DocumentReference, document_id, why="reconciling")
    named = (one.attachment.url or "" for one in found.content if one.attachment)
    return next((url.rpartition("/")[2] for url in named if url.startswith("Binary/")), "")


def _known(subject: Subject, patient_id: str, raw: bytes) -> IncomingDocument | None:
    digest = hashlib.sha256(raw).hexdigest()
    return IncomingDocument.objects.filter(practice=subject.practice, patient=patient_id, digest=digest).first()


def _same_person(given: Document, patient: r4.Patient) -> None:
    """Raise Conflict where the document's birth date or family name is not the patient's."""
    theirs = given.patient
    families = {(name.family or "").casefold() for name in patient.name}
    born = theirs.birth_date and patient.birthDate and theirs.birth_date != patient.birthDate
    named = theirs.name.family and families and theirs.name.family.casefold() not in families
    if born or named:
        of, ours = (days.told(str(one or "")) or "on an unknown day" for one in (theirs.birth_date, patient.birthDate))
        raise Conflict(
            f"The document is about {theirs.name}, born {of}; this chart is of somebody born {ours} with another name "
            "or birth date.",
            where="patient",
            cure="Look whether it belongs here. If it does, say that you are sure.",
        )


def _authors(given: Document) -> str:
    return "; ".join(str(one) for one in given.authors)[:300]


def _moment(subject: Subject, text: str) -> datetime:
    """When the document was made; the present moment where it does not say."""
    if not text or len(text) < 10:
        return clock.now()
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=ZoneInfo(practice_of(subject).zone))

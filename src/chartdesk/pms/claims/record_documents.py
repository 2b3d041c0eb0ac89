"""Documents of the record that may go with a claim: signed notes and finished reports of the visit.

They are found as the record keeps them (DocumentReference), whoever wrote them there. One that is chosen is copied:
the claim's document stays as it was then.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chartdesk.kit.errors import Conflict, NotFound
from chartdesk.kit.transactions import reading, transaction
from chartdesk.pms.charges import queries as charges
from chartdesk.pms.charges.queries import SuperbillView
from chartdesk.pms.charges.stating import DESK
from chartdesk.pms.claims import attachments
from chartdesk.pms.claims.attachments import Given
from chartdesk.pms.claims.models import Attachment
from chartdesk.record import search, store
from chartdesk.record.access import Subject
from chartdesk.standards.fhir import r4

_TYPE = "DocumentReference"
#: PWK01 by the LOINC code of the document; others are medical records.
_REPORTS = {
    "11506-3": "09", "11504-8": "OB", "28570-0": "OB", "18842-5": "DS", "57133-1": "B4", "18748-4": "RR",
    "11502-2": "LA", "11526-1": "P4", "18776-5": "08", "29545-1": "OE",
}  # fmt: skip
_OTHER = "M1"
#: How the name of a file ends, by its type; others are sent as they are named.
_ENDINGS = {
    "text/plain": ".txt", "application/pdf": ".pdf", "text/xml": ".xml", "application/xml": ".xml",
    "image/jpeg": ".jpg", "image/png": ".png", "image/tiff": ".tif",
}  # fmt: skip


@dataclass(frozen=True)
class Offered:
    """A document that may be chosen; ``kept`` says that it goes with these claims already."""

    id: str
    title: str
    written: date | None
    author: str
    report: str
    kept: bool = False


def offered(subject: Subject, bill: SuperbillView) -> list[Offered]:
    """The finished documents of the visit of these charges, the newest first; none where it has no encounter."""
    if not bill.encounter_id:
        return []
    with reading(subject):
        rows = Attachment.objects.filter(practice=subject.practice, superbill=bill.id).exclude(source="")
        kept = {source.partition("/_history/")[0] for source in rows.values_list("source", flat=True)}
        found = [_shown(one, f"{_TYPE}/{one.id}" in kept) for one in _finished(subject, bill)]
    return sorted(found, key=lambda one: (one.written or date.min, one.id), reverse=True)


def choose(
    subject: Subject, superbill_id: int, document_id: str, *, transmission: str = "EL", line: str = ""
) -> int:  # fmt: skip
    """Let a document of the record go with the claims of these charges, as it stands now; returns its number.

    Raises NotFound where it is none of the visit's, Conflict where it goes with them already, Invalid for one that
    payers do not take.
    """
    subject.require(*DESK)
    with transaction(subject):
        bill = charges.superbill(subject, superbill_id)
        if not any(one.id == document_id for one in _finished(subject, bill)):
            raise NotFound("The visit has no such finished document.", cure="Reload the page.")
        stored = store.get(subject, _TYPE, document_id, why="claim attachment")
        source = f"{_TYPE}/{document_id}"
        held = Attachment.objects.filter(practice=subject.practice, superbill=superbill_id)
        if held.filter(source__startswith=f"{source}/").exists():
            raise Conflict("This document goes with the claims already.", cure="Take it back first.")
        document = stored.resource
        assert isinstance(document, r4.DocumentReference)
        content, kind = _content(subject, document)
        given = Given(
            f"{_title(document)}{_ENDINGS.get(kind, '')}", content, _report(document), transmission, line,
            f"{source}/_history/{stored.version}",
        )  # fmt: skip
        return attachments.attach(subject, superbill_id, given)


def _finished(subject: Subject, bill: SuperbillView) -> Iterator[r4.DocumentReference]:
    """What was signed or came in whole about the visit; what stands in its place goes before what was replaced."""
    if not bill.encounter_id:
        return
    wanted = [("encounter", f"Encounter/{bill.encounter_id}"), ("status", "current")]
    for stored in search.all(subject, _TYPE, wanted):
        one = stored.resource
        assert isinstance(one, r4.DocumentReference)
        theirs = one.subject is not None and one.subject.reference == f"Patient/{bill.patient_id}"
        if theirs and one.docStatus in (None, "final", "amended"):
            yield one


def _shown(one: r4.DocumentReference, kept: bool) -> Offered:
    written = date.fromisoformat(one.date[:10]) if one.date else None
    author = next((who.display for who in one.author or () if who.display), "")
    return Offered(one.id or "", _title(one), written, author, _report(one), kept)


def _title(one: r4.DocumentReference) -> str:
    """What it is called, and its day where that is not said there."""
    words = one.description or next((held.title for held in _attached(one) if held.title), "") or "Document"
    day = date.fromisoformat(one.date[:10]) if one.date else None
    if day is None or f"{day:%b %-d, %Y}" in words or day.isoformat() in words:
        return words
    return f"{words} {day.isoformat()}"


def _attached(one: r4.DocumentReference) -> list[r4.Attachment]:
    return [form.attachment for form in one.content if form.attachment is not None]


def _report(one: r4.DocumentReference) -> str:
    codes = one.type.coding if one.type is not None else ()
    return next((_REPORTS[coding.code] for coding in codes or () if coding.code in _REPORTS), _OTHER)


def _content(subject: Subject, one: r4.DocumentReference) -> tuple[bytes, str]:
    """The bytes and their type: those that lie in the document, else those that it refers to in this record."""
    for held in _attached(one):
        kind = (held.contentType or "").partition(";")[0].strip().lower()
        if held.data:
            return base64.b64decode(held.data), kind
        where, _, number = (held.url or "").rpartition("/")
        if where.rpartition("/")[2] == "Binary" and number:
            binary = store.read(subject, r4.Binary, number, why="claim attachment")
            return base64.b64decode(binary.data or ""), kind or (binary.contentType or "").partition(";")[0].strip()
    raise NotFound("The document's content is not kept here.", cure="Save it from where it is, and add it as a file.")

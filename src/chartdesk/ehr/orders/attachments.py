"""The bytes of documents: kept once, beside the record, and read only when somebody opens one.

A report that comes again with the same PDF names the one that is there.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from chartdesk.ehr.orders.content import AttachmentIn
from chartdesk.ehr.orders.models import Attachment
from chartdesk.kit.errors import Invalid, NotFound
from chartdesk.kit.ids import new_id
from chartdesk.kit.transactions import reading
from chartdesk.record import audit
from chartdesk.record.access import Subject

#: Types that a browser shows by itself, with the bytes that they begin with; others are handed out as files.
SHOWN = {"application/pdf": b"%PDF-", "image/png": b"\x89PNG", "image/jpeg": b"\xff\xd8\xff", "text/plain": b""}


@dataclass(frozen=True)
class Opened:
    """A document as somebody opens it. ``document`` is the id of the DocumentReference that speaks of it."""

    key: str
    patient_id: str
    document: str
    media_type: str
    name: str
    content: bytes

    @property
    def shown(self) -> bool:
        """Whether it is what it says and a browser may show it."""
        begins = SHOWN.get(self.media_type.partition(";")[0].strip())
        return begins is not None and self.content[:1024].lstrip().startswith(begins)


def keep(subject: Subject, patient_id: str, document: str, given: AttachmentIn) -> str:
    """Keep the bytes, unless the patient's chart has them; returns their key. Raises Invalid for none."""
    if not given.content:
        raise Invalid("The document is empty.", where="attachment", cure="Ask the sender for it again.")
    digest = hashlib.sha256(given.content).hexdigest()
    held = Attachment.objects.filter(practice=subject.practice, patient=patient_id, digest=digest)
    found = held.filter(media_type=given.media_type, document=document).values_list("key", flat=True).first()
    if found:
        return str(found)
    row = Attachment.objects.create(
        practice=subject.practice,
        key=new_id(),
        patient=patient_id,
        document=document,
        media_type=given.media_type,
        name=given.title,
        size=len(given.content),
        digest=digest,
        content=given.content,
    )
    return str(row.key)


def document_of(subject: Subject, key: str) -> str:
    """The id of the DocumentReference that speaks of these bytes; empty where there are none under the key."""
    with reading(subject):
        found = Attachment.objects.filter(practice=subject.practice, key=key).values_list("document", flat=True)
        return str(found.first() or "")


def opened(subject: Subject, key: str) -> Opened:
    """The bytes under ``key``. Whether the subject may see them, the caller has asked. Raises NotFound."""
    with reading(subject):
        row = Attachment.objects.filter(practice=subject.practice, key=key).first()
        if row is None:
            raise NotFound(f"There is no document {key}.", where=f"Binary/{key}")
        audit.record(subject, "R", "Binary", patient=row.patient, resource_id=row.key)
        return Opened(row.key, row.patient, row.document, row.media_type, row.name, bytes(row.content))

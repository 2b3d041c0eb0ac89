"""MDM read: documents from outside, as text or as files (chapter 9). A notice without content brings nothing new."""

from __future__ import annotations

from dataclasses import dataclass, replace

from chartdesk.ehr.orders.content import AttachmentIn, DocumentIn
from chartdesk.exchange.halves.clinical_reading import (
    Sender,
    attachment,
    clean,
    codes,
    numbered,
    provider_numbers,
    provider_words,
    when,
)
from chartdesk.record.identities.identifiers import Identifier
from chartdesk.standards.hl7v2 import Message, Unreadable
from chartdesk.standards.hl7v2.clinical_views import OBX, TXA
from chartdesk.standards.hl7v2.views import PV1

#: Events that withdraw a document, and that replace one.
CANCEL = "T11"
REPLACE = frozenset({"T09", "T10"})
#: Table 0271: documents that somebody has authenticated.
_FINAL = frozenset({"AU", "LA"})


@dataclass(frozen=True)
class Told:
    """What an MDM says: documents, or the ``key`` of one that is withdrawn. ``provider`` is who is to read it."""

    documents: list[DocumentIn]
    key: str
    withdrawn: bool
    provider: list[Identifier]


def told(message: Message, sent: Sender) -> Told:
    """Read a message. Raises Unreadable without TXA, or with a document that cannot be decoded."""
    txa = TXA.first(message)
    if txa is None:
        raise Unreadable("The message has no TXA.", "TXA says which document it is.", where="TXA", condition=101)
    event = message.header.get(9, 2).upper()
    number = numbered(txa.id, sent) or f"message {message.control_id}"
    key = f"{sent.authority}|{number}"
    visit = PV1.first(message)
    people = (visit.attending if visit is not None else []) or txa.originators
    provider = provider_numbers(people, sent)
    if event == CANCEL:
        return Told([], key, True, provider)
    parent = numbered(txa.parent_id, sent)
    first = DocumentIn(
        key=key,
        patient_id="",
        title=_title(txa, event),
        attachment=AttachmentIn(b"", "text/plain"),
        at=when(txa.segment, 4, sent.zone) or sent.sent,
        code=codes(txa.kind, sent),
        status="final" if txa.completion.upper() in _FINAL else "preliminary",
        source=sent.name,
        author=provider_words(txa.originators or txa.authors),
        orderer_name=provider_words(people),
        replaces=f"{sent.authority}|{parent}" if parent and event in REPLACE else "",
    )
    return Told(_contents(message, first), key, False, provider)


def _title(txa: TXA, event: str) -> str:
    title = txa.title or txa.kind.text or txa.file_name or txa.kind.code or "Document"
    return f"Addendum: {title}" if event in ("T05", "T06") else title


def _contents(message: Message, first: DocumentIn) -> list[DocumentIn]:
    """The document's contents: its lines of text as one, and each file."""
    lines: list[str] = []
    files: list[AttachmentIn] = []
    for obx in OBX.all(message):
        found = attachment(obx, first.title)
        if found is not None:
            files.append(found)
        elif obx.type in ("TX", "FT", "ST"):
            count = len(obx.segment.repetitions(5))
            lines += [clean(obx.segment.get(5, repetition=place)) for place in range(1, count + 1)]
    text = "\n".join(lines).strip()
    if text:
        files.insert(0, AttachmentIn(text.encode(), "text/plain; charset=utf-8", first.title))
    return [
        replace(first, attachment=one, key=first.key if place == 1 else f"{first.key}#{place}")
        for place, one in enumerate(files, 1)
    ]

"""Attachments to claims, 275 (006020X314): documents that a payer asked for, or that go with a claim.

The document travels as a MIME entity in base64, as payers ask for it. An unsolicited attachment carries the control
number that the claim named in PWK06; an answer the trace of the request (277, TRN02) and its STC.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import SMTP

from chartdesk.kit.errors import Invalid
from chartdesk.standards.x12.envelope import Envelope, stamp
from chartdesk.standards.x12.guides import ATTACHMENT_275
from chartdesk.standards.x12.parties import Party, Reference
from chartdesk.standards.x12.party_segments import party_segments, reference_segment, take_party
from chartdesk.standards.x12.placing import tree
from chartdesk.standards.x12.reader import Source
from chartdesk.standards.x12.segments import Loop, Segment, segment
from chartdesk.standards.x12.status_segments import Status, status_segments, take_statuses
from chartdesk.standards.x12.taking import Extra, Taking, left_over, node
from chartdesk.standards.x12.transactions import Transaction, of_guide
from chartdesk.standards.x12.values import d8, day_at, dtp, span_at, t4
from chartdesk.standards.x12.writer import SetContent, compose

__all__ = ["Attachment", "AttachmentSet", "Document", "document", "read", "write"]

#: CAT02 of a document that is of a kind payers name by itself; an image or anything else is IA.
_CATEGORIES = {"text/xml": "HL", "application/xml": "HL", "application/hl7-cda+xml": "HL", "text/plain": "TX"}


@dataclass(slots=True, kw_only=True)
class Document:
    """One document. ``data`` is what BDS03 holds as bytes (before base64 where ``filter`` is B64); ``category`` CAT02:
    HL for an HL7 document, IA an image, TX text. ``objects`` are OOI01 to OOI03."""

    data: bytes
    category: str = "IA"
    filter: str = "B64"
    objects: list[tuple[str, str, str]] = field(default_factory=lambda: [("1", "47", "ATTACHMENT")])
    extras: list[Extra] = field(default_factory=list)

    def unwrapped(self) -> tuple[bytes, str, str]:
        """The document inside the MIME entity: its bytes, content type and file name. Data that is no such entity is
        given as it is, with no type."""
        found: Message = message_from_bytes(self.data)
        content = found.get_payload(decode=True)
        if "content-type" not in found or not isinstance(content, bytes):
            return self.data, "", ""
        return content, found.get_content_type(), found.get_filename() or ""


def document(content: bytes, content_type: str, name: str) -> Document:
    """A document to send: wrapped in a MIME entity, its category by its type."""
    kind, _, subtype = content_type.partition("/")
    if not kind or not subtype:
        raise Invalid(f"{content_type!r} is no content type.", where="BDS03", cure="Give one such as application/pdf.")
    entity = EmailMessage(policy=SMTP)
    entity.set_content(content, maintype=kind, subtype=subtype, filename=name, cte="base64")
    return Document(data=entity.as_bytes(), category=_CATEGORIES.get(content_type, "IA"))


@dataclass(slots=True, kw_only=True)
class Attachment:
    """Loop 2000A. ``control`` is TRN02: with ``answers`` the trace of the request, else what the claim named in
    PWK06. ``asked`` repeats what the request asked for (STC). ``line`` is our line control number."""

    control: str
    documents: list[Document]
    answers: bool = False
    asked: list[Status] = field(default_factory=list)
    line: str = ""
    submitted: date | None = None
    extras: list[Extra] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class AttachmentSet:
    """One ST: attachments to one claim. ``patient`` has the member number under MI; ``references`` name the claim:
    EJ our patient control number, 1K the payer's claim number, X1 the provider's. ``reference`` is BGN02."""

    payer: Party
    provider: Party
    patient: Party
    attachments: list[Attachment]
    reference: str
    submitter: Party | None = None
    references: list[Reference] = field(default_factory=list)
    service_from: date | None = None
    service_to: date | None = None
    answers: bool = False
    control: str = "0001"
    created: datetime | None = None
    envelope: Envelope | None = None
    extras: list[Extra] = field(default_factory=list)


def write(envelope: Envelope, sets: Sequence[AttachmentSet], *, uppercase: bool = True) -> bytes:
    """One interchange, one transaction set each. Raises Invalid for what the guide cannot hold."""
    contents = [SetContent(one.control, _root(one, envelope)) for one in sets]
    return compose(envelope, ATTACHMENT_275, contents, uppercase=uppercase)


def _root(one: AttachmentSet, envelope: Envelope) -> Loop:
    created = one.created or envelope.created
    begin = segment("BGN", "11" if one.answers else "02", one.reference, d8(created.date()), t4(created))
    patient = [
        *party_segments("QC", one.patient),
        *(reference_segment(reference) for reference in one.references),
        dtp("472", one.service_from, one.service_to),
    ]
    return node(
        "ST",
        [
            begin,
            node("1000A", party_segments("PR", one.payer)),
            node("1000B", party_segments("41", one.submitter)) if one.submitter is not None else None,
            node("1000C", party_segments("1P", one.provider)),
            node("1000D", patient),
            *(_attachment(attachment, place) for place, attachment in enumerate(one.attachments, 1)),
        ],
        one.extras,
    )


def _attachment(one: Attachment, place: int) -> Loop:
    return node(
        "2000A",
        [
            segment("LX", str(place)),
            segment("TRN", "2" if one.answers else "1", one.control),
            *status_segments(one.asked),
            segment("REF", "6R", one.line) if one.line else None,
            dtp("368", one.submitted),
            *(_document(document) for document in one.documents),
        ],
        one.extras,
    )


def _document(one: Document) -> Loop:
    data = base64.b64encode(one.data).decode() if one.filter == "B64" else one.data.decode("utf-8", "surrogateescape")
    return node(
        "2100A",
        [
            segment("CAT", "AE", one.category),
            *(segment("OOI", *kind) for kind in one.objects),
            segment("BDS", one.filter, str(len(data.encode("utf-8", "surrogateescape"))), data),
        ],
        one.extras,
    )


def read(source: Source) -> list[AttachmentSet]:
    """Every attachment set of the file. Raises Invalid where it cannot be read, holds none, or data that is called
    base64 is not."""
    return [_set(one) for one in of_guide(source, ATTACHMENT_275)]


def _set(transaction: Transaction) -> AttachmentSet:
    taking = Taking(tree(ATTACHMENT_275, transaction.body))
    begin = taking.one("BGN")
    payer, provider, patient = taking.inner("1000A"), taking.inner("1000C"), taking.inner("1000D")
    submitter = taking.inner("1000B")
    served = patient.one("DTP", "472")
    start, end = span_at(served, 2, 3) if served.tag else (None, None)
    named = take_party(patient)
    references, named.references = named.references, []
    made = AttachmentSet(
        answers=begin[1] == "11",
        reference=begin[2],
        created=stamp(begin[3], begin[4]),
        payer=take_party(payer),
        submitter=take_party(submitter) if submitter.loop is not None else None,
        provider=take_party(provider),
        patient=named,
        references=references,
        service_from=start,
        service_to=end,
        attachments=[_read_attachment(one) for one in taking.each("2000A")],
        control=transaction.control,
        envelope=transaction.envelope,
    )
    made.extras = [*taking.rest(), *left_over(payer, submitter, provider, patient)]
    return made


def _read_attachment(loop: Loop) -> Attachment:
    taking = Taking(loop)
    taking.one("LX")
    trn, submitted = taking.one("TRN"), taking.one("DTP", "368")
    return Attachment(
        control=trn[2],
        answers=trn[1] == "2",
        asked=take_statuses(taking),
        line=taking.one("REF", "6R")[2],
        submitted=day_at(Segment(["DTP", submitted[3]], submitted.number), 1) if submitted.tag else None,
        documents=[_read_document(one) for one in taking.each("2100A")],
        extras=taking.rest(),
    )


def _read_document(loop: Loop) -> Document:
    taking = Taking(loop)
    category = taking.one("CAT")
    data = taking.one("BDS")
    return Document(
        category=category[2],
        filter=data[1] or "B64",
        data=_data(data),
        objects=[(one[1], one[2], one[3]) for one in taking.every("OOI")],
        extras=taking.rest(),
    )


def _data(bds: Segment) -> bytes:
    text = bds[3]
    if bds[1] != "B64":
        return text.encode("utf-8", "surrogateescape")
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as fault:
        raise Invalid(
            f"The data of BDS (segment {bds.number}) is called base64 and is not.",
            where=f"segment {bds.number}",
            cure="Ask the sender for the document again.",
        ) from fault

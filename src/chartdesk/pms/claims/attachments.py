"""Documents that go with claims: kept with the charges, named on the claim (PWK), sent in a 275 (006020X314).

One that travels electronically goes out right behind the claim that names it. What a payer asks for afterwards is
answered in ``document_requests``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chartdesk.kit import clock, database, fetching
from chartdesk.kit.arrays import numbers
from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.numbers import next_number
from chartdesk.kit.transactions import once, reading, remembered, transaction
from chartdesk.pms.charges import events as charge_events
from chartdesk.pms.charges import queries as charges
from chartdesk.pms.charges.queries import LineView, SuperbillView
from chartdesk.pms.charges.stating import DESK
from chartdesk.pms.claims import events, partner, timeline
from chartdesk.pms.claims.attachment_words import REPORTS, TYPES, WAYS
from chartdesk.pms.claims.content import Attached, ClaimContent, told
from chartdesk.pms.claims.models import Attachment, Claim, DocumentRequest, Interchange
from chartdesk.record import audit
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of
from chartdesk.standards.x12 import attachment_275 as x12
from chartdesk.standards.x12.parties import Party, Reference

KIND = "275"
#: The largest document, and how many a claim has room for.
LARGEST, MOST = 20 * 1024 * 1024, 10
#: What a file name does not keep.
_UNSAFE = re.compile(r"[^\w.-]+")
# A document about a line is named there as long as the charges have such a line.
_OF = """
    SELECT a.superbill, a.report, a.transmission, a.control, COALESCE(l.id, 0)
      FROM claims_attachment a
      LEFT JOIN LATERAL (
          SELECT c.id FROM charges_chargeline c
           WHERE a.line <> '' AND c.practice = a.practice AND c.superbill_id = a.superbill AND NOT c.superseded
             AND a.line = concat_ws(' ', c.code, (SELECT string_agg(m.one, ' ' ORDER BY m.place)
                                                    FROM jsonb_array_elements_text(c.modifiers)
                                                         WITH ORDINALITY m(one, place)))
           ORDER BY c.position LIMIT 1
      ) l ON true
     WHERE a.practice = %s AND a.superbill = ANY(%s::int8[]) AND a.request_id IS NULL ORDER BY a.id
"""
_COMING = "practice = %s AND superbill = ANY(%s::int8[]) AND transmission = 'EL' AND request_id IS NULL ORDER BY id"


@dataclass(frozen=True)
class Given:
    """A document as it was handed in; ``report`` and ``transmission`` are codes of PWK01 and PWK02.

    ``line`` is the charge that it is about, as ``line_key`` names it, empty for all of them. ``source`` is the resource
    of the record that it was made of.
    """

    name: str
    content: bytes
    report: str = "OZ"
    transmission: str = "EL"
    line: str = ""
    source: str = ""


def line_key(line: LineView) -> str:
    """How a document names the charge that it is about: code and modifiers, which stay when charges are amended."""
    return " ".join((line.code, *line.modifiers))


def attach(subject: Subject, superbill_id: int, given: Given) -> int:
    """Keep a document that goes with the claims of these charges; returns its number.

    Claims that were not sent are built anew and name it. Raises Invalid for a file that payers do not take, NotFound,
    Conflict where ten go with the charges already.
    """
    subject.require(*DESK)
    with transaction(subject):
        bill = charges.superbill(subject, superbill_id)
        if given.line and given.line not in {line_key(line) for line in bill.lines}:
            raise Invalid(f"No line of the charges is {given.line}.", where="line", cure="Choose one of the list.")
        rows = Attachment.objects.filter(practice=subject.practice, superbill=superbill_id, request=None)
        if rows.count() >= MOST:
            raise Conflict(f"A claim has room for {MOST} documents.", cure="Join some into one file.")
        made = kept(subject, superbill_id, bill.patient_id, given)
        charge_events.announce(subject, charge_events.STATED, superbill_id, bill.patient_id)
        return int(made.pk)


def kept(
    subject: Subject, superbill_id: int, patient: str, given: Given, request: DocumentRequest | None = None
) -> Attachment:
    """The document's row, in the caller's transaction. Raises Invalid."""
    if given.report not in REPORTS:
        raise Invalid(f"{given.report!r} is no kind of document.", where="report", cure="Choose one of the list.")
    if given.transmission not in WAYS:
        raise Invalid(f"{given.transmission!r} is no way.", where="transmission", cure="Choose one of the list.")
    made = Attachment.objects.create(
        practice=subject.practice, superbill=superbill_id, patient=patient,
        control=f"A{subject.practice}-{next_number(subject, 'attachment'):07d}", report=given.report,
        transmission=given.transmission, name=_UNSAFE.sub("-", given.name.strip())[-80:].strip("-") or "document",
        content_type=type_of(given), content=given.content, size=len(given.content), at=clock.now(), by=subject.name,
        request=request, line=given.line, source=given.source,
    )  # fmt: skip
    audit.record(subject, "C", "claim attachment", patient=patient, resource_id=str(made.pk))
    return made


def type_of(given: Given) -> str:
    """The type of a document by its content and name. Raises Invalid where payers take no such files."""
    if not given.content:
        raise Invalid("The file is empty.", where="file", cure="Choose the document again.")
    if len(given.content) > LARGEST:
        raise Invalid("The file is larger than 20 MB.", where="file", cure="Send it in parts, or by mail.")
    for kind, beginnings in TYPES.items():
        if kind != "text/plain" and given.content.startswith(beginnings):
            return kind
    if given.name.lower().endswith(".txt") and b"\0" not in given.content:
        return "text/plain"
    raise Invalid("The file is no PDF, JPEG, PNG, TIFF, XML or text.", where="file", cure="Save it as a PDF.")


def remove(subject: Subject, attachment_id: int) -> int:
    """Take a document back that no payer has; returns the superbill. Raises NotFound, Conflict where it was sent."""
    subject.require(*DESK)
    with transaction(subject):
        found = _locked(subject, attachment_id)
        if found.interchange_id is not None:
            raise Conflict("The payer has this document.", cure="Send another one that corrects it.")
        audit.record(subject, "D", "claim attachment", patient=found.patient, resource_id=str(found.pk))
        superbill, patient = int(found.superbill), found.patient
        found.delete()
        charge_events.announce(subject, charge_events.STATED, superbill, patient)
        return superbill


def of_charges(subject: Subject, superbill_id: int) -> list[Attachment]:
    """The documents of these charges without their content, those that answer a payer too, oldest first."""
    with reading(subject):
        rows = Attachment.objects.filter(practice=subject.practice, superbill=superbill_id)
        found = list(rows.defer("content").select_related("interchange", "request").order_by("pk"))
        audit.record_many(
            subject, [audit.Touched("R", "claim attachment", str(one.pk), 0, one.patient) for one in found]
        )
        return found


def document(subject: Subject, attachment_id: int) -> Attachment:
    """One document with its content. Raises NotFound."""
    with reading(subject):
        found = fetching.first(Attachment, "practice = %s AND id = %s", [subject.practice, attachment_id])
        if found is None:
            raise NotFound(f"There is no document {attachment_id}.")
        audit.record(subject, "R", "claim attachment", patient=found.patient, resource_id=str(found.pk))
        return found


def _locked(subject: Subject, attachment_id: int) -> Attachment:
    found = fetching.first(Attachment, "practice = %s AND id = %s FOR UPDATE", [subject.practice, attachment_id])
    if found is None:
        raise NotFound(f"There is no document {attachment_id}.")
    return found


# ------------------------------------------------------------------------------------ on the claim, and behind it


def hold(subject: Subject, superbills: Iterable[int]) -> None:
    """Read what goes with these charges in one statement; the rest of the transaction finds it read."""
    wanted = [one for one in dict.fromkeys(superbills) if remembered(_key(one)) is None]
    if not wanted:
        return
    found: dict[int, list[Attached]] = {one: [] for one in wanted}
    for number, report, way, control, line in database.rows(_OF, [subject.practice, numbers(wanted)]):
        found[number].append(Attached(report, way, "" if way == "AA" else control, line))
    for number, held in found.items():
        once(_key(number), lambda held=held: tuple(held))  # type: ignore[misc]  # bound at once


def named(subject: Subject, bill: SuperbillView) -> tuple[Attached, ...]:
    """What a claim for these charges names (PWK): what is about the visit, and what is about one of their lines."""
    hold(subject, [bill.id])
    found: tuple[Attached, ...] = remembered(_key(bill.id))
    if not found:
        return found
    lines = {0, *(line.id for line in bill.lines)}
    return tuple(one for one in found if one.line in lines)


def _key(superbill_id: int) -> tuple[str, int]:
    return "attachments", superbill_id


def send_with(subject: Subject, claims: Sequence[Claim]) -> int | None:
    """A 275 of what these claims name and travels electronically; its number, None where nothing does.

    In the transaction that puts the claims into their file, so that the one never goes without the other.
    """
    wanted = [one for one in claims if any(way.transmission == "EL" for way in told(one).attachments)]
    if not wanted:
        return None
    found = fetching.fetch(Attachment, _COMING, [subject.practice, numbers(one.superbill for one in wanted)])
    sets: list[x12.AttachmentSet] = []
    sent: list[tuple[Claim, list[Attachment]]] = []
    for claim in wanted:
        # Each claim that names them brings them: to another payer, and again behind one that was refused.
        theirs = {one.control for one in told(claim).attachments}
        documents = [one for one in found if one.superbill == claim.superbill and one.control in theirs]
        if documents:
            sets.append(attachment_set(subject, claim, [_attachment(one) for one in documents], len(sets) + 1))
            sent.append((claim, documents))
    if not sets:
        return None
    file = written(subject, sets, [one for _, documents in sent for one in documents])
    entries = [(claim, f"{len(documents)} document(s) sent with it (275).") for claim, documents in sent]
    timeline.note_many(subject, entries, KIND, interchange=file)
    return int(file.pk)


def attachment_set(
    subject: Subject, claim: Claim, attachments: list[x12.Attachment], place: int, *, answers: bool = False
) -> x12.AttachmentSet:
    """One ST of a 275: the documents of one claim."""
    content: ClaimContent = told(claim)
    practice, insured = practice_of(subject), content.insured
    person = content.patient if insured.relationship != "self" else insured.person
    references = [Reference(qualifier="EJ", value=claim.number)]
    if claim.payer_claim_number:
        references.append(Reference(qualifier="1K", value=claim.payer_claim_number))
    return x12.AttachmentSet(
        payer=Party(last=content.payer.name or claim.payer_id, id_qualifier="PI", id=claim.payer_id),
        submitter=Party(last=practice.name, id_qualifier="46", id=partner.sender(practice)),
        provider=Party(last=content.billing.name, id_qualifier="XX", id=content.billing.npi),
        patient=Party(
            last=person.family, first=person.given, middle=person.middle, person=True, id_qualifier="MI",
            id=insured.member_id.strip().replace("-", ""),
        ),
        references=references, service_from=content.service_date, attachments=attachments,
        reference=f"{claim.number}-{place}", answers=answers, control=f"{place:04d}",
    )  # fmt: skip


def _attachment(one: Attachment) -> x12.Attachment:
    return x12.Attachment(control=one.control, documents=[wrapped(one)], submitted=clock.now().date())


def wrapped(one: Attachment) -> x12.Document:
    """The document as a 275 carries it."""
    return x12.document(bytes(one.content), one.content_type, one.name)


def written(subject: Subject, sets: list[x12.AttachmentSet], documents: Sequence[Attachment]) -> Interchange:
    """The file of a 275, and that these documents are in it; it goes the way of every file."""
    practice = practice_of(subject)
    control, group = next_number(subject, "x12 interchange"), next_number(subject, "x12 group")
    text = x12.write(partner.envelope(practice, control, group), sets)
    file = Interchange.objects.create(
        practice=subject.practice, direction="out", kind=KIND, name=f"{practice.slug}-{control:09d}-{KIND}.x12",
        control_number=control, group_number=group, content=text, digest=hashlib.sha256(text).hexdigest(),
        status="built", at=clock.now(), detail=f"{len(documents)} document(s)",
    )  # fmt: skip
    Attachment.objects.filter(practice=subject.practice, pk__in=[one.pk for one in documents]).update(interchange=file)
    audit.record_many(
        subject, [audit.Touched("E", "claim attachment", str(one.pk), 0, one.patient) for one in documents]
    )
    events.announce_file(subject, file.pk)
    return file

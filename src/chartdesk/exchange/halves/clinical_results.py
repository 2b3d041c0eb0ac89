"""ORU^R01 read: the reports of a message, each an OBR with its values, notes, specimen and documents (chapter 7)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation

from chartdesk.ehr.orders.content import AttachmentIn, Coded, ObservationIn, ReportIn
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
from chartdesk.standards.hl7v2.clinical_views import OBR, OBX, ORC, SPM
from chartdesk.standards.hl7v2.datatypes import XCN

#: Table 0123 → status of a DiagnosticReport.
_REPORTS = {
    "O": "registered", "I": "registered", "S": "registered", "A": "partial", "P": "preliminary", "R": "preliminary",
    "F": "final", "C": "corrected", "K": "corrected", "X": "cancelled", "Y": "unknown", "Z": "unknown",
}  # fmt: skip
#: Table 0085 → status of an Observation.
_VALUES = {
    "D": "entered-in-error", "W": "entered-in-error", "X": "cancelled", "N": "cancelled", "C": "corrected",
    "F": "final", "U": "final", "P": "preliminary", "R": "preliminary", "S": "preliminary", "B": "preliminary",
    "I": "registered", "O": "registered",
}  # fmt: skip
#: Table 0074: sections whose reports are of images.
_IMAGING = frozenset({"RAD", "RUS", "CUS", "CTH", "CT", "NMR", "NMS", "MR", "US", "XRC", "RX", "VUS", "OUS"})
_TEXT = frozenset({"ST", "TX", "FT", ""})
_NUMBER = re.compile(r"\s*(<=|>=|<|>)?\s*([-+]?\d+(?:\.\d+)?|[-+]?\.\d+)\s*")
_UCUM = frozenset({"UCUM", "ISO+", "ANS+"})


@dataclass(frozen=True)
class Reported:
    """A report as a message tells it; ``patient_id`` and ``practitioner_id`` of ``report`` are still empty."""

    report: ReportIn
    orderer: list[Identifier]


@dataclass
class _Group:
    """An OBR with what belongs to it."""

    obr: OBR
    orc: ORC | None
    notes: list[str] = field(default_factory=list)
    values: list[tuple[OBX, list[str]]] = field(default_factory=list)
    specimen: SPM | None = None


def reports(message: Message, sent: Sender) -> list[Reported]:
    """The reports of an ORU message. Raises Unreadable where it has none, or a document in it cannot be read."""
    groups = _groups(message)
    if not groups:
        raise Unreadable("The message has no OBR.", "A result belongs to an OBR.", where="OBR", condition=101)
    return [_report(message, sent, group, place) for place, group in enumerate(groups, 1)]


def _groups(message: Message) -> list[_Group]:
    """Each OBR with the segments up to the next."""
    groups: list[_Group] = []
    orc: ORC | None = None
    last: list[str] | None = None
    for segment in message:
        if segment.name == "ORC":
            orc, last = ORC(segment), None
        elif segment.name == "OBR":
            groups.append(_Group(OBR(segment), orc))
            orc, last = None, groups[-1].notes
        elif groups and segment.name == "OBX":
            last = []
            groups[-1].values.append((OBX(segment), last))
        elif groups and segment.name == "SPM":
            groups[-1].specimen, last = groups[-1].specimen or SPM(segment), None
        elif segment.name == "NTE" and last is not None:
            text = clean(segment.get(3))
            if text:
                last.append(text)
    return groups


def _report(message: Message, sent: Sender, group: _Group, place: int) -> Reported:
    obr, orc = group.obr, group.orc
    filler, placer = obr.filler_id, obr.placer_id
    if orc is not None:
        filler, placer = filler or orc.filler_id, placer or orc.placer_id
    code = codes(obr.service, sent)
    number = numbered(filler, sent) or (f"placer {numbered(placer, sent)}" if placer.id else "")
    key = "|".join([sent.authority, number or f"message {message.control_id} {place}", code.code or code.text])
    people: list[XCN] = obr.providers or (orc.providers if orc is not None else [])
    observations, attachments = _values(group, sent)
    report = ReportIn(
        key=key,
        patient_id="",
        code=code,
        status=_REPORTS.get(obr.status.upper(), "") or _said(observations),
        issued=when(obr.segment, 22, sent.zone) or sent.sent,
        kind="imaging" if obr.section.upper() in _IMAGING else "lab",
        source=sent.name,
        filler_number=filler.id,
        order_number=placer.id,
        orderer_name=provider_words(people),
        taken=_taken(group, sent),
        specimen=group.specimen.kind.text or group.specimen.kind.code if group.specimen is not None else "",
        notes=tuple(group.notes),
        observations=tuple(observations),
        attachments=tuple(attachments),
    )
    return Reported(report, provider_numbers(people, sent))


def _taken(group: _Group, sent: Sender) -> datetime | None:
    if group.specimen is not None:
        found = when(group.specimen.segment, 17, sent.zone)
        if found is not None:
            return found
    return when(group.obr.segment, 7, sent.zone)


def _said(observations: Iterable[ObservationIn]) -> str:
    """The status of a report whose OBR says none, by those of its values."""
    found = {one.status for one in observations}
    for status in ("preliminary", "registered", "corrected"):
        if status in found:
            return "preliminary" if status == "registered" else status
    return "final"


def _values(group: _Group, sent: Sender) -> tuple[list[ObservationIn], list[AttachmentIn]]:
    """Values and documents.

    Lines of text under one code are one text. Several values under one code and sub-id are told apart by their place.
    """
    found: list[ObservationIn] = []
    documents: list[AttachmentIn] = []
    seen: dict[tuple[str, str], int] = {}
    for obx, notes in group.values:
        title = obx.code.text or group.obr.service.text or "Report"
        document = attachment(obx, title)
        if document is not None:
            documents.append(document)
            continue
        one = _value(obx, tuple(notes), sent)
        before = found[-1] if found else None
        if before is not None and _continues(obx, before, one):
            found[-1] = replace(before, text=f"{before.text}\n{one.text}", notes=(*before.notes, *one.notes))
            continue
        name = (one.code.code or one.code.text, one.sub_id)
        seen[name] = seen.get(name, 0) + 1
        found.append(one if seen[name] == 1 else replace(one, sub_id=f"{one.sub_id}#{seen[name]}"))
    return found, documents


def _continues(obx: OBX, before: ObservationIn, one: ObservationIn) -> bool:
    """Whether a line of text goes on with the one before it."""
    texts = obx.type in _TEXT and one.number is None and before.number is None and before.coded is None
    return texts and one.code == before.code and one.sub_id == before.sub_id.partition("#")[0] and bool(before.text)


def _value(obx: OBX, notes: tuple[str, ...], sent: Sender) -> ObservationIn:
    unit = obx.units
    base = ObservationIn(
        code=codes(obx.code, sent) if obx.code else Coded(text="Result"),
        sub_id=obx.sub_id,
        unit=unit.code or unit.text,
        ucum=unit.code if unit.system.upper() in _UCUM else "",
        limits=clean(obx.reference_range),
        flags=tuple(code.upper() for code in obx.flags if code),
        status=_VALUES.get(obx.status.upper(), "final"),
        at=when(obx.segment, 14, sent.zone),
        notes=notes,
    )
    if obx.type == "SN":
        return _structured(base, obx)
    if obx.type in ("CE", "CWE", "CNE", "CF"):
        return _coded(base, obx, sent)
    if obx.type == "RP":
        address = obx.segment.get(5, 1)
        return replace(base, text=f"Kept by the sender: {address}" if address else "")
    values = [clean(obx.segment.get(5, repetition=place)) for place in range(1, len(obx.segment.repetitions(5)) + 1)]
    text = "\n".join(value for value in values if value and value != '""')
    # Many laboratories send numbers as text; with a unit or a range it is meant as one.
    if obx.type == "NM" or (obx.type in ("ST", "") and (base.unit or base.limits)):
        number = _number(text)
        if number is not None:
            return replace(base, comparator=number[0], number=number[1])
    return replace(base, text=text)


def _structured(base: ObservationIn, obx: OBX) -> ObservationIn:
    comparator, first, mark, second = (obx.segment.get(5, place) for place in (1, 2, 3, 4))
    number = _number(first)
    if number is None or second or comparator in ("=", "<>", "!="):
        text = f"{comparator if comparator != '=' else ''}{first}{mark}{second}"
        plain = _number(first) if comparator == "=" and not second else None
        return replace(base, number=plain[1]) if plain else replace(base, text=text)
    return replace(base, comparator=comparator, number=number[1])


def _coded(base: ObservationIn, obx: OBX, sent: Sender) -> ObservationIn:
    several = obx.coded
    if len(several) == 1:
        found = codes(several[0], sent)
        return replace(base, coded=found) if found.words else base
    return replace(base, text="\n".join(codes(one, sent).words for one in several))


def _number(text: str) -> tuple[str, Decimal] | None:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    try:
        return found[1] or "", Decimal(found[2])
    except InvalidOperation:
        return None

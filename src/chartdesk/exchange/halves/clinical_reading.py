"""What readers of clinical messages share: whose message it is, codes, times, texts, documents inside of OBX-5."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from chartdesk.ehr.orders.content import LOINC, AttachmentIn, Coded
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of
from chartdesk.record.identities.identifiers import NPI, Identifier, authority
from chartdesk.standards.hl7v2 import Message, Segment, Unreadable
from chartdesk.standards.hl7v2.clinical_views import OBX
from chartdesk.standards.hl7v2.datatypes import CWE, CX, EI, HD, XCN
from chartdesk.standards.hl7v2.times import moment
from chartdesk.standards.hl7v2.views import MSH, PID
from chartdesk.standards.terminology import icd10, vaccines

#: Table 0396 → the URL of the code system.
_SYSTEMS = {
    "LN": LOINC,
    "LOINC": LOINC,
    "SCT": "http://snomed.info/sct",
    "SNM3": "http://snomed.info/sct",
    "I10": icd10.SYSTEM,
    "I10C": icd10.SYSTEM,
    "ICD10": icd10.SYSTEM,
    "C4": "http://www.ama-assn.org/go/cpt",
    "CPT": "http://www.ama-assn.org/go/cpt",
    "CPT4": "http://www.ama-assn.org/go/cpt",
    "CVX": vaccines.CVX,
    "NDC": "http://hl7.org/fhir/sid/ndc",
    "UCUM": "http://unitsofmeasure.org",
    "DCM": "http://dicom.nema.org/resources/ontology/DCM",
}
_LOCAL = "urn:chartdesk:codes-of:"
_PLAIN = re.compile(r"[A-Za-z0-9._-]+")
_FORMATTING = re.compile(r"\\(?:H|N|\.(?:in|ti|fi|nf|ce|sk|br|sp)[^\\\r\n]{0,8})\\")
#: Main type and subtype of ED → media type, where they are not one together.
_MEDIA = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "tiff": "image/tiff",
    "rtf": "application/rtf",
    "html": "text/html",
    "xml": "application/xml",
    "x-hl7-cda-level-one": "application/xml",
    "plain": "text/plain",
}
_BEGINNINGS = ((b"%PDF", "application/pdf"), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG", "image/png"),
               (b"{\\rtf", "application/rtf"), (b"<?xml", "application/xml"))  # fmt: skip


@dataclass(frozen=True)
class Sender:
    """Who sent a message: the authority of numbers that name none, how people call them, the zone of their times."""

    authority: str
    name: str
    zone: ZoneInfo
    sent: datetime


def sender(subject: Subject, message: Message, received: datetime) -> Sender:
    """Who sent ``message``: the facility of MSH-4, else the application of MSH-3."""
    header = MSH(message.header)
    facility, application = header.sending_facility, header.sending_application
    named = _authority(facility) or _authority(application) or "SENDER"
    name = facility.namespace or application.namespace or named
    zone = ZoneInfo(practice_of(subject).zone)
    return Sender(named, name, zone, when(message.header, 7, zone) or received)


def patient_numbers(message: Message, sent: Sender) -> list[Identifier]:
    """The numbers of the patient: PID-3, then PID-2 and PID-4, which some partners send our own in."""
    pid = PID.first(message)
    if pid is None:
        return []
    given = [*pid.identifiers, pid.external_id, *pid.alternate_ids]
    found = [_number(one, sent.authority) for one in given if one.id and one.type not in ("SS", "SSN", "SB")]
    return list({one.key: one for one in found}.values())


def patient_words(message: Message) -> str:
    """Whom a message is about, for people: name and birth date."""
    pid = PID.first(message)
    if pid is None:
        return ""
    name = next((f"{one.family.surname}, {one.given}".strip(", ") for one in pid.names), "")
    born = pid.segment.get(7, 1)[:8]
    return f"{name}, born {born[:4]}-{born[4:6]}-{born[6:8]}" if len(born) == 8 else name


def provider_numbers(given: list[XCN], sent: Sender) -> list[Identifier]:
    """The numbers of a provider; several repetitions are the same person under several numbers."""
    found = []
    for one in given:
        if one.id:
            named = authority(one.authority.namespace, one.authority.universal_id, default=sent.authority)
            found.append(Identifier(NPI if one.type == "NPI" else named, one.id, one.type))
    return found


def provider_words(given: list[XCN]) -> str:
    """A provider for people: name and number."""
    one = next((one for one in given if one), None)
    if one is None:
        return ""
    name = " ".join(part for part in (one.given, one.family.surname) if part)
    return f"{name} ({one.id})" if name and one.id else name or one.id


def codes(found: CWE, sent: Sender) -> Coded:
    """A coded element: LOINC and other known systems first, the sender's own codes as theirs."""
    pairs = [(found.code, found.system), (found.other_code, found.other_system)]
    own = _LOCAL + _plain(sent.authority)
    known = [(_SYSTEMS[system.upper()], code) for code, system in pairs if code and system.upper() in _SYSTEMS]
    local = [(own, code) for code, system in pairs if code and system.upper() not in _SYSTEMS]
    text = (found.text or found.original or found.other_text or found.code).strip()
    if not known and not local:
        return Coded(text=text)
    first, *others = [*known, *local]
    return Coded(code=first[1], system=first[0], text=text, also=tuple(others))


def when(segment: Segment, field: int, zone: ZoneInfo) -> datetime | None:
    """A time, in the sender's zone where it names none; None where it is empty or no time can be read from it."""
    try:
        found = moment(segment.get(field, 1, 1), zone=zone)
    except Unreadable:
        return None
    return found.at.astimezone(UTC) if found else None


def numbered(found: EI, sent: Sender) -> str:
    """A number with who gave it, as one text that names the thing for all time; empty where there is none."""
    return f"{authority(found.namespace, found.universal_id, default=sent.authority)}|{found.id}" if found.id else ""


def clean(text: str) -> str:
    """Text without the marks of formatting."""
    return _FORMATTING.sub("", text).strip()


def attachment(obx: OBX, title: str) -> AttachmentIn | None:
    """The document in an OBX; None where there is none. Raises Unreadable for one that cannot be decoded."""
    kind, subtype, encoding, data = obx.attachment
    if obx.type not in ("ED", "") and not (encoding.lower() == "base64" and data):
        return None
    if not data:
        return None
    where = f"OBX[{obx.segment.get(1) or '?'}]-5"
    try:
        if encoding.lower() in ("base64", ""):
            content = base64.b64decode("".join(data.split()), validate=True)
        elif encoding.lower() == "hex":
            content = bytes.fromhex(data)
        else:
            content = data.encode()
    except (ValueError, binascii.Error):
        raise Unreadable("The document is not Base64.", "Ask the sender for it again.", where=where) from None
    return AttachmentIn(content, _media(kind, subtype, content), title)


def _media(kind: str, subtype: str, content: bytes) -> str:
    """What the bytes are: by what they begin with, else by what was said."""
    for beginning, media in _BEGINNINGS:
        if content[:64].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(beginning):
            return media
    said = subtype.strip().lower()
    if said in _MEDIA:
        return _MEDIA[said]
    if kind.strip().lower() in ("text", "tx", "ft"):
        return "text/plain"
    main = kind.strip().lower()
    return f"{main}/{said}" if main in ("application", "image", "audio") and said else "application/octet-stream"


def _number(found: CX, default: str) -> Identifier:
    named = authority(found.authority.namespace, found.authority.universal_id, default=default)
    return Identifier(named, found.id.strip(), found.type)


def _authority(found: HD) -> str:
    return authority(found.namespace, found.universal_id)


def _plain(name: str) -> str:
    return "-".join(_PLAIN.findall(name)) or "sender"

"""A clinical document as an HL7 v2 message, MDM^T02: how one that comes alone, as a file or by post, joins them.

It is stored, answered, held for an unknown patient and taken into a chart as any message is. The control id is made
of the document's bytes: the same document twice is the same message. Guide section: HL7 v2.5.1 chapter 9, TXA and OBX;
the body is Base64 as the companion guide of C-CDA has it.
"""

from __future__ import annotations

import base64
import hashlib
import re

from chartdesk.standards.ccda.document import Document, Identifier, Name
from chartdesk.standards.ccda.reading import read
from chartdesk.standards.hl7v2.escapes import escape
from chartdesk.standards.hl7v2.separators import Separators

_SEPARATORS = Separators()
_GENDERS = {"male": "M", "female": "F", "other": "O"}
_DIGITS = re.compile(r"\D")


def carried(raw: bytes) -> bytes:
    """The message that brings the document ``raw``, in UTF-8. Raises Invalid for what is no such document."""
    given = read(raw)
    digest = hashlib.sha256(raw).hexdigest()
    keeper = _text(given.custodian.organization or "; ".join(map(str, given.authors)) or "C-CDA")
    author = given.custodian.identifiers[0].root if given.custodian.identifiers else given.id.root
    at = _time(given.at)
    sender = f"{keeper}^{_text(author)}^ISO" if author else keeper
    title = _text(given.title or "Summary of care")
    kind = f"{_text(given.kind.code or '34133-9')}^{title}^LN"
    unique = f"{_text(given.id.extension) or digest[:32]}^^{_text(given.id.root)}^ISO" if given.id.root else digest[:32]
    segments = [
        f"MSH|^~\\&|C-CDA|{sender}|||{at}||MDM^T02^MDM_T02|{digest[:20].upper()}|P|2.5.1||||||UNICODE UTF-8",
        f"EVN|T02|{at}",
        _pid(given),
        "PV1|1|U",
        f"TXA|1|{kind}|AP|{at}||||||||{unique}|||||AU||||||||{title}",
        f"OBX|1|ED|{kind}||^text^XML^Base64^{base64.b64encode(raw).decode()}||||||F",
    ]
    return "\r".join([*segments, ""]).encode()


def _pid(given: Document) -> str:
    patient = given.patient
    numbers = "~".join(_number(one) for one in patient.identifiers if one.extension)
    born = _DIGITS.sub("", patient.birth_date)
    return f"PID|1||{numbers}||{_name(patient.name)}||{born}|{_GENDERS.get(patient.gender, 'U')}"


def _number(one: Identifier) -> str:
    return f"{_text(one.extension)}^^^&{_text(one.root)}&ISO^MR"


def _name(name: Name) -> str:
    given = [_text(part) for part in name.given]
    return f"{_text(name.family)}^{given[0] if given else ''}^{' '.join(given[1:])}^{_text(name.suffix)}".rstrip("^")


def _time(moment: str) -> str:
    """A moment as v2 writes it: digits, and the zone where there is one."""
    day, _, clock = moment.partition("T")
    zone = re.search(r"([+-]\d{2}):(\d{2})$", clock)
    digits = _DIGITS.sub("", day + (clock[: zone.start()] if zone else clock))
    return digits + ("".join(zone.groups()) if zone else "")


def _text(text: str) -> str:
    return escape(" ".join(text.split()), _SEPARATORS)

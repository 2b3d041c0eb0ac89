"""The answer to a message: ACK in the original mode (AA, AE, AR) and the enhanced one (CA, CE, CR, then AA, AE, AR).

HL7 v2.5.1, sections 2.9.2 and 2.9.3. The enhanced mode holds where MSH-15 or MSH-16 has a value.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from chartdesk.standards.hl7v2.charsets import CODECS
from chartdesk.standards.hl7v2.escapes import escape
from chartdesk.standards.hl7v2.faults import CONDITIONS, Unreadable
from chartdesk.standards.hl7v2.message import Message, place
from chartdesk.standards.hl7v2.separators import STANDARD, Separators
from chartdesk.standards.hl7v2.times import written

#: Table 0008. Accepted, faulty and refused: at once by who stores it (C), or by who understands it (A).
ACCEPT, ERROR, REJECT = "A", "E", "R"
_VERSION = "2.5.1"


class Asked(NamedTuple):
    """How a message wants to be answered."""

    enhanced: bool
    #: AL, NE, ER or SU of table 0155: when the one who stores it answers, and when the one who understands it.
    accept: str = ""
    application: str = ""


def asked(message: Message) -> Asked:
    """What MSH-15 and MSH-16 ask for."""
    accept, application = message.header.get(15).strip().upper(), message.header.get(16).strip().upper()
    return Asked(bool(accept or application), accept, application)


def wanted(condition: str, ok: bool) -> bool:
    """Whether an answer is wanted: always (AL), never (NE), for faults (ER), for success (SU). Empty: never."""
    return {"AL": True, "ER": not ok, "SU": ok}.get(condition, False)


def acknowledge(
    message: Message, code: str, *, control_id: str, at: datetime, faults: Sequence[Unreadable] = ()
) -> bytes:
    """The answer to ``message`` with MSA-1 ``code``, such as AA or CE; one ERR for each fault.

    Sender and receiver change places, MSA-2 is the message's own control id, its processing id is kept, and its
    character set and separators are used.
    """
    header = message.header
    # Who names the structure of messages (MSH-9.3, required since 2.5) is told that of the answer.
    parts = ["ACK", header.get(9, 2), "ACK"] if header.get(9, 3) else ["ACK", header.get(9, 2)]
    kind = message.separators.component.join(parts) if parts[1] else "ACK"
    sender = (header.raw(5), header.raw(6), header.raw(3), header.raw(4))
    answer = _text(
        message.separators, sender, kind, code, header.get(10),
        processing=header.raw(11) or "P", version=header.raw(12) or _VERSION, charset=header.raw(18),
        control_id=control_id, at=at, faults=faults,
    )  # fmt: skip
    return answer.encode(message.codec, "replace")


def refuse(raw: bytes, fault: Unreadable, *, control_id: str, at: datetime) -> bytes:
    """The answer to bytes that are no message: AR, with whatever control id can be found in them, else none."""
    found = raw.lstrip(b"\r\n\t \x0b\xef\xbb\xbf").split(b"\r")[0].split(b"\n")[0].decode("latin-1")
    fields = found.split(found[3]) if found[:3] == "MSH" and len(found) > 8 else []
    named = fields[9] if len(fields) > 9 else ""
    sender = tuple(fields[place] if len(fields) > place else "" for place in (4, 5, 2, 3))
    safe = [one if one.isascii() and one.isprintable() and len(one) < 250 else "" for one in (named, *sender)]
    usual = len(fields) > 1 and found[3] == "|" and fields[1][:4] == STANDARD.encoding
    text = _text(
        STANDARD, tuple(safe[1:]) if usual else ("", "", "", ""), "ACK", "AR", safe[0], processing="P",
        version=_VERSION, charset="", control_id=control_id, at=at, faults=[fault],
    )  # fmt: skip
    return text.encode("ascii", "replace")


def _text(
    separators: Separators, parties: tuple[str, ...], kind: str, code: str, answered: str, *, processing: str,
    version: str, charset: str, control_id: str, at: datetime, faults: Sequence[Unreadable],
) -> str:  # fmt: skip
    f = separators.field
    charset = charset if charset.strip().upper() in CODECS else ""
    header = [
        "MSH", separators.encoding, *parties, written(at), "", kind, control_id, processing, version,
        *([*[""] * 5, charset] if charset else []),
    ]  # fmt: skip
    lines = [f.join(header), f"MSA{f}{code}{f}{escape(answered, separators)}"]
    if faults and version[:3] in ("2.1", "2.2", "2.3", "2.4"):
        # ERR says where and what since 2.5; before, MSA-3 has the words.
        lines[1] += f + escape(str(faults[0].message), separators)
    lines += [_err(fault, separators) for fault in faults]
    return "\r".join(lines) + "\r"


def _err(fault: Unreadable, separators: Separators) -> str:
    c = separators.component
    number = fault.condition
    code = c.join([str(number), CONDITIONS.get(number, "Application internal error"), "HL70357"])
    words = escape(f"{fault.message} {fault.cure}".strip(), separators)
    return separators.field.join(["ERR", "", _location(fault.where, c), code, "E", "", "", "", words])


def _location(where: str, component: str) -> str:
    """ERR-2 (ERL) of a place such as PID-3.1; empty for one that is not a place."""
    try:
        found = place(where)
    except ValueError:
        return where if len(where) == 3 and where.isupper() else ""
    deeper = [number for number in (found.component, found.subcomponent) if number]
    return component.join(map(str, [found.segment, found.nth, found.field, found.repetition, *deeper]))

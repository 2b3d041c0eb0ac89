"""The envelope: interchange (ISA/IEA), functional group (GS/GE), and what a file says about itself.

X12.5 and X12.6, as 005010 uses them. One ``Envelope`` describes one interchange and one group in it; a reader
meets one per group, a writer sends one interchange with one group.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from chartdesk.kit.errors import Invalid
from chartdesk.standards.x12.segments import STANDARD, Segment, Separators, segment

#: No number of X12 is longer; to take a longer one for a number would cost time, or fail.
_MOST_DIGITS = 18
#: ISA12 of a release (the first six digits of GS08); 00501 for all others.
INTERCHANGE_VERSIONS = {"006020": "00602"}


@dataclass(slots=True, kw_only=True)
class Envelope:
    """Who sends to whom, under which numbers. ``usage`` is P (production) or T (test), ISA15.

    ``control`` is ISA13 (1..999999999), ``group_control`` GS06 (1..999999999). ``created`` becomes ISA09/10
    and GS04/05, in the time given, to the minute in ISA and to the second in GS.
    """

    sender: str
    receiver: str
    control: int
    created: datetime
    sender_qualifier: str = "ZZ"
    receiver_qualifier: str = "ZZ"
    group_sender: str = ""
    group_receiver: str = ""
    group_control: int = 1
    usage: str = "T"
    acknowledgement_requested: bool = False
    authorization: tuple[str, str] = ("00", "")
    security: tuple[str, str] = ("00", "")
    functional: str = ""
    version: str = ""
    separators: Separators = field(default=STANDARD)


def isa(envelope: Envelope, version: str = "00501") -> str:
    """The ISA segment's text: 105 characters and the segment separator. ``version`` is ISA12."""
    marks = envelope.separators
    if not 1 <= envelope.control <= 999_999_999:
        raise Invalid(
            f"{envelope.control} is not an interchange control number.",
            where="ISA13",
            cure="Give 1 to 999999999.",
        )
    if envelope.usage not in ("P", "T"):
        raise Invalid(f"{envelope.usage!r} is not a usage.", where="ISA15", cure="Give P for production or T for test.")
    fields = [
        "ISA",
        envelope.authorization[0],
        _wide(envelope.authorization[1], 10, "ISA02"),
        envelope.security[0],
        _wide(envelope.security[1], 10, "ISA04"),
        envelope.sender_qualifier,
        _wide(envelope.sender, 15, "ISA06"),
        envelope.receiver_qualifier,
        _wide(envelope.receiver, 15, "ISA08"),
        envelope.created.strftime("%y%m%d"),
        envelope.created.strftime("%H%M"),
        marks.repetition or "U",
        version,
        f"{envelope.control:09d}",
        "1" if envelope.acknowledgement_requested else "0",
        envelope.usage,
        marks.component,
    ]
    return marks.element.join(fields) + marks.segment


def gs(envelope: Envelope, functional: str, version: str) -> Segment:
    """The GS segment of a group of ``functional`` (GS01) sets by guide ``version`` (GS08)."""
    return segment(
        "GS",
        functional,
        envelope.group_sender or envelope.sender,
        envelope.group_receiver or envelope.receiver,
        envelope.created.strftime("%Y%m%d"),
        envelope.created.strftime("%H%M%S"),
        str(envelope.group_control),
        "X",
        version,
    )


def read_envelope(isa_segment: Segment, gs_segment: Segment | None) -> Envelope:
    """The envelope that an ISA and a GS describe. Unreadable dates become 1900-01-01, never an error:
    the check reports them."""
    group = gs_segment or Segment(["GS"])
    return Envelope(
        sender=isa_segment[6].strip(),
        receiver=isa_segment[8].strip(),
        control=whole(isa_segment[13]),
        created=stamp(group[4], group[5])
        or stamp("20" + isa_segment[9], isa_segment[10])
        or datetime(1900, 1, 1, tzinfo=UTC),
        sender_qualifier=isa_segment[5],
        receiver_qualifier=isa_segment[7],
        group_sender=group[2].strip(),
        group_receiver=group[3].strip(),
        group_control=whole(group[6]),
        usage=isa_segment[15],
        acknowledgement_requested=isa_segment[14] == "1",
        authorization=(isa_segment[1], isa_segment[2].strip()),
        security=(isa_segment[3], isa_segment[4].strip()),
        functional=group[1],
        version=group[8],
        separators=isa_segment.separators,
    )


def whole(text: str) -> int:
    """A control number or count as a number; 0 where it is none, or far too long for one."""
    text = text.strip()
    return int(text) if len(text) <= _MOST_DIGITS and text.isdecimal() else 0


def stamp(day: str, time: str) -> datetime | None:
    """A date (CCYYMMDD) and a time (HHMM, HHMMSS, HHMMSSDD) as one moment, None where they are not one."""
    start = day_of(day)
    if start is None or (time and not (time.isascii() and time.isdecimal() and 4 <= len(time) <= 8)):
        return None
    hour, minute, second = int(time[:2] or 0), int(time[2:4] or 0), int(time[4:6] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return datetime(start.year, start.month, start.day, hour, minute, second, tzinfo=UTC)


def day_of(text: str) -> date | None:
    """CCYYMMDD as a date, None where it is not one."""
    if len(text) != 8 or not (text.isascii() and text.isdecimal()):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def _wide(text: str, width: int, where: str) -> str:
    if len(text) > width:
        raise Invalid(
            f"{text!r} is longer than {width} characters.",
            where=where,
            cure="Use the id that the partner gave.",
        )
    return text.ljust(width)

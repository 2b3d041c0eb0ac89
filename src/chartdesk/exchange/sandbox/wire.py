"""X12 as bytes: this program's own reader and writer, apart from Chartdesk's codec on purpose.

The reader takes what comes: separators from the ISA, line breaks, a byte order mark, several interchanges,
a file cut off in the middle. It never raises; what is wrong with the envelope is left in the structures for
``inspection`` to name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

import msgspec

ISA_LENGTH = 106
#: Characters that the writer uses as separators, and therefore takes out of data.
SEPARATORS = str.maketrans(dict.fromkeys("*^:~\r\n", " "))


class Repetition(tuple[str, ...]):
    """The values of a repeating element, for the writer."""


Element = str | Decimal | int | date | Sequence["str | Decimal | int | date"]


class Segment(msgspec.Struct, frozen=True):
    """A segment: its name, its elements from 1, and its place in the transaction set (ST is 1)."""

    name: str
    elements: tuple[str, ...]
    place: int
    component_separator: str = ":"
    repetition_separator: str = "^"

    def __getitem__(self, number: int) -> str:
        return self.elements[number - 1].strip() if 0 < number <= len(self.elements) else ""

    def parts(self, number: int) -> list[str]:
        """The components of an element."""
        return self[number].split(self.component_separator)

    def repeats(self, number: int) -> list[str]:
        """The repetitions of an element; none where it is empty."""
        return [part for part in self[number].split(self.repetition_separator) if part]


class TransactionSet(msgspec.Struct):
    """ST to SE. ``closed`` is False where no SE came."""

    segments: list[Segment]
    closed: bool = False


class Group(msgspec.Struct):
    """GS to GE, with the transaction sets between; ``trailer`` is None where no GE came."""

    header: Segment
    sets: list[TransactionSet] = []
    trailer: Segment | None = None


class Interchange(msgspec.Struct):
    """ISA to IEA. ``stray`` says that segments stood outside every group and set."""

    header: Segment
    groups: list[Group] = []
    trailer: Segment | None = None
    stray: bool = False


def decoded(content: bytes) -> str:
    """The bytes as text: UTF-8 where they are, Latin-1 otherwise."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def interchanges(content: bytes) -> list[Interchange]:
    """Every interchange in the file, also unfinished ones. Empty where there is no readable ISA at all."""
    text = decoded(content)
    found: list[Interchange] = []
    start = text.find("ISA")
    while start >= 0 and len(text) - start >= ISA_LENGTH:
        interchange, start = _interchange(text, start)
        if interchange is None:
            break
        found.append(interchange)
        start = text.find("ISA", start)
    return found


def _interchange(text: str, start: int) -> tuple[Interchange | None, int]:
    """One interchange from its ISA, and where the text after it begins."""
    element, repetition = text[start + 3], text[start + 82]
    component, terminator = text[start + 104], text[start + 105]
    header = text[start : start + ISA_LENGTH - 1].split(element)
    if len(header) != 17 or terminator.isalnum() or element.isalnum():
        return None, len(text)
    interchange = Interchange(Segment("ISA", tuple(header[1:]), 0, component, repetition))
    place, at = 0, start + ISA_LENGTH
    while at < len(text):
        end = text.find(terminator, at)
        raw = text[at : end if end >= 0 else len(text)].strip()
        at = end + 1 if end >= 0 else len(text)
        if not raw:
            continue
        if end < 0:
            break  # cut off inside a segment: what is left is not evidence of anything
        name, *elements = raw.split(element)
        place = 1 if name == "ST" else place + 1
        segment = Segment(name.strip(), tuple(elements), place, component, repetition)
        if segment.name == "ISA":
            return interchange, end - len(raw)
        _file(interchange, segment)
        if segment.name == "IEA":
            break
    return interchange, at


def _file(interchange: Interchange, segment: Segment) -> None:
    """Put a segment where it belongs in the interchange."""
    group = interchange.groups[-1] if interchange.groups else None
    current = group.sets[-1] if group and group.sets and not group.sets[-1].closed else None
    if segment.name == "IEA":
        interchange.trailer = segment
    elif segment.name == "GS":
        interchange.groups.append(Group(segment))
    elif group is None or group.trailer is not None:
        interchange.stray = interchange.stray or segment.name != "TA1"
    elif segment.name == "GE":
        group.trailer = segment
    elif segment.name == "ST":
        group.sets.append(TransactionSet([segment]))
    elif current is None:
        interchange.stray = True
    else:
        current.segments.append(segment)
        current.closed = segment.name == "SE"


# ------------------------------------------------------------------------------------------- writing


def written(value: Element) -> str:
    """One element as text: dates as CCYYMMDD, amounts without needless zeros, sequences as components."""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") or "0" if "." in text else text
    if isinstance(value, datetime):
        return value.strftime("%Y%m%d")
    if isinstance(value, date):
        return value.strftime("%Y%m%d")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return value.translate(SEPARATORS).strip()
    if isinstance(value, Repetition):
        return "^".join(written(part) for part in value)
    return ":".join(written(part) for part in value).rstrip(":")


def segment_text(name: str, *values: Element) -> str:
    """A segment as text, without trailing empty elements."""
    return "*".join([name, *(written(value) for value in values)]).rstrip("*") + "~"


class Address(msgspec.Struct, frozen=True):
    """How one side is called in the envelope: ISA qualifier and id, GS application code."""

    qualifier: str
    id: str
    application: str


def replier(interchange: Interchange, group: Group | None) -> tuple[Address, Address]:
    """The receiver and the sender of an incoming interchange: who answers, and to whom."""
    isa = interchange.header
    here, there = ("", "") if group is None else (group.header[3], group.header[2])
    return Address(isa[7] or "ZZ", isa[8], here or isa[8]), Address(isa[5] or "ZZ", isa[6], there or isa[6])


class Envelope(msgspec.Struct, frozen=True):
    """What an outgoing interchange needs besides its transaction sets."""

    sender: Address
    receiver: Address
    control: int
    usage: str
    moment: datetime


def isa(envelope: Envelope) -> str:
    """The 106 characters of the ISA."""
    sender, receiver = envelope.sender, envelope.receiver
    return (
        f"ISA*00*{'':10}*00*{'':10}*{sender.qualifier[:2]:2}*{sender.id[:15]:15}"
        f"*{receiver.qualifier[:2]:2}*{receiver.id[:15]:15}*{envelope.moment:%y%m%d}*{envelope.moment:%H%M}"
        f"*^*00501*{envelope.control:09d}*0*{envelope.usage}*:~"
    )


def interchange_text(envelope: Envelope, functional: str, version: str, sets: Iterable[list[str]]) -> str:
    """A whole interchange of one group. Each set is its segments without ST and SE."""
    kind = {"FA": "999", "HN": "277", "HP": "835", "HB": "271", "HI": "278"}[functional]
    parts = [
        isa(envelope),
        segment_text(
            "GS", functional, envelope.sender.application, envelope.receiver.application,
            envelope.moment, f"{envelope.moment:%H%M}", envelope.control, "X", version,
        ),
    ]  # fmt: skip
    count = 0
    for count, body in enumerate(sets, start=1):
        number = f"{count:04d}"
        start = ("ST", kind, number) if kind == "835" else ("ST", kind, number, version)
        parts += [segment_text(*start), *body, segment_text("SE", len(body) + 2, number)]
    parts += [segment_text("GE", count, envelope.control), f"IEA*1*{envelope.control:09d}~"]
    return "\n".join(parts) + "\n"

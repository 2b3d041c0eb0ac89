"""A message: its bytes kept, split no further than somebody asks, written back as it came but for what was changed.

Places are numbered as the standard does, from 1: ``message.get("PID-3.4.2")`` is the second subcomponent of the fourth
component of the third field, in the first repetition of the first PID; ``PID[2]-3[2].4`` the second ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from chartdesk.standards.hl7v2.charsets import codec_for, decode
from chartdesk.standards.hl7v2.escapes import escape, unescape
from chartdesk.standards.hl7v2.faults import Unreadable
from chartdesk.standards.hl7v2.separators import HEADERS, Separators, separators_of

#: What a partner sends to say: delete what you have there. An empty field says nothing.
NULL = '""'
#: What may stand before a message that is none of it: line ends, spaces, the frame of MLLP. Behind it a space may be
#: the last field's, so only line ends and the frame are none of it.
_AROUND = "\r\n\t \x0b\x1c\ufeff"
_BEHIND = "\r\n\x1c"
_ENDS = re.compile(r"\r\n|\r|\n")
_BEGINS = re.compile(r"[A-Z][A-Z0-9]{2}")
_PLACE = re.compile(
    r"(?P<segment>[A-Z][A-Z0-9]{2})(?:\[(?P<nth>\d+)\])?-(?P<field>\d+)(?:\[(?P<repetition>\d+)\])?"
    r"(?:\.(?P<component>\d+)(?:\.(?P<subcomponent>\d+))?)?"
)


class Place(NamedTuple):
    """Where something stands. 0 for component or subcomponent: the whole of what is above it."""

    segment: str
    nth: int
    field: int
    repetition: int
    component: int
    subcomponent: int


@lru_cache(maxsize=4096)
def place(text: str) -> Place:
    """``PID-3.4`` and the like, read. Raises ValueError: a place is written by a programmer or checked before."""
    found = _PLACE.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not a place like PID-3.4 or OBX[2]-5[1].1")
    parts = found.groupdict()
    counted = [int(parts[name] or 1) for name in ("nth", "field", "repetition")]
    if 0 in counted or parts["component"] == "0" or parts["subcomponent"] == "0":
        raise ValueError(f"{text!r}: places are counted from 1")
    deeper = [int(parts[name] or 0) for name in ("component", "subcomponent")]
    return Place(parts["segment"], counted[0], counted[1], counted[2], *deeper)


class Segment:
    """One segment: its text, parted into fields when the first is asked for."""

    __slots__ = ("_fields", "changed", "name", "separators", "text")

    def __init__(self, text: str, separators: Separators) -> None:
        self.text = text
        self.name = text[:3]
        self.separators = separators
        self.changed = False
        self._fields: list[str] | None = None

    @property
    def fields(self) -> list[str]:
        """The raw fields by their numbers; at 0 stands the name."""
        if self._fields is None:
            parts = self.text.split(self.separators.field)
            if self.name in HEADERS:
                parts.insert(1, self.separators.field)
            self._fields = parts
        return self._fields

    def raw(self, field: int) -> str:
        """Field number ``field`` as it came, empty where there is none."""
        fields = self._fields or self.fields
        return fields[field] if field < len(fields) else ""

    def repetitions(self, field: int) -> list[str]:
        """The raw repetitions of a field; none for an empty one. MSH-2 is never parted."""
        raw = self.raw(field)
        if not raw:
            return []
        mark = self.separators.repetition
        return raw.split(mark) if mark and not self._encoding(field) else [raw]

    def get(self, field: int, component: int = 0, subcomponent: int = 0, repetition: int = 1) -> str:
        """What stands there, unescaped; empty where nothing does. A whole field comes as it is written.

        A component of which only the first subcomponent is filled is that subcomponent: partners differ in how deep
        they write.
        """
        fields = self._fields or self.fields
        raw = fields[field] if field < len(fields) else ""
        if not raw:
            return ""
        separators = self.separators
        if field <= 2 and self.name in HEADERS:
            return raw
        if separators.repetition and (repetition > 1 or separators.repetition in raw):
            parts = raw.split(separators.repetition)
            raw = parts[repetition - 1] if repetition <= len(parts) else ""
        elif repetition > 1:
            return ""
        if component:
            raw = _part(raw, separators.component, component)
            if subcomponent:
                raw = _part(raw, separators.subcomponent, subcomponent)
        return unescape(raw, separators) if separators.escape in raw else raw

    def set(self, value: str, field: int, component: int = 0, subcomponent: int = 0, repetition: int = 1) -> None:
        """Write ``value`` there, escaped; what stands around it stays. Raises ValueError for MSH-1 and MSH-2."""
        if self.name in HEADERS and field <= 2:
            raise ValueError("the separators of a message are not changed")
        separators = self.separators
        fields = self.fields
        fields.extend([""] * (field + 1 - len(fields)))
        parts = fields[field].split(separators.repetition) if separators.repetition else [fields[field]]
        parts.extend([""] * (repetition - len(parts)))
        text = value if value == NULL else escape(value, separators)
        if component:
            inner = text
            if subcomponent:
                old = _part(parts[repetition - 1], separators.component, component)
                inner = _with(old, separators.subcomponent, subcomponent, text)
            text = _with(parts[repetition - 1], separators.component, component, inner)
        parts[repetition - 1] = text
        fields[field] = separators.repetition.join(parts)
        self._write()

    def set_raw(self, value: str, field: int) -> None:
        """Write a whole field as it is to stand there: repetitions, components and escapes are the caller's."""
        if _ENDS.search(value) or self.separators.field in value:
            raise ValueError("a field holds no field separator and no line end")
        self.fields.extend([""] * (field + 1 - len(self.fields)))
        self.fields[field] = value
        self._write()

    def _write(self) -> None:
        fields = self.fields
        kept = [fields[0], *fields[2:]] if self.name in HEADERS else fields
        self.text = self.separators.field.join(kept)
        self.changed = True

    def _encoding(self, field: int) -> bool:
        return field <= 2 and self.name in HEADERS

    def __repr__(self) -> str:
        return f"<{self.name}, {len(self.text)} characters>"  # never its content: it is a patient's


class Message:
    """A whole message. ``raw`` is what came; ``bytes(message)`` what is to be sent on."""

    __slots__ = ("_ends", "_length", "codec", "flags", "raw", "segments", "separators")

    def __init__(self, raw: bytes, codec: str = "") -> None:
        """Read ``raw``; ``codec`` is how it is read where it does not say itself. Raises Unreadable.

        What a strict reader would refuse and this one puts up with stands in ``flags``: ``continued`` (a line that
        begins no segment belongs to the one before), ``blank`` (empty lines).
        """
        self.raw = raw
        self.codec = codec_for(raw.lstrip(_AROUND[:5].encode()), codec)
        self.flags: list[str] = []
        text = decode(raw, self.codec).lstrip(_AROUND).rstrip(_BEHIND)
        if not text:
            raise Unreadable("The message is empty.", "It has to begin with MSH.", where="MSH")
        self._ends = "\r"
        lines = self._lines(text) if "\n" in text else text.split("\r")
        self.separators = separators_of(lines[0] if lines else "")
        field = self.separators.field
        for line in lines:
            if line[3:4] != field or not line[:3].isupper():
                lines = self._joined(lines)
                break
        self.segments = [Segment(line, self.separators) for line in lines]
        self._length = len(lines)

    def _lines(self, text: str) -> list[str]:
        self._ends = next((end for end in ("\r\n", "\r") if end in text), "\n")
        return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def _joined(self, lines: list[str]) -> list[str]:
        """Lines with those that begin no segment joined to the one before; empty ones left out."""
        made: list[str] = []
        for line in lines:
            if not line.strip():
                self._flag("blank")
            elif made and not _begins(line, self.separators.field):
                self._flag("continued")
                made[-1] += f"{self.separators.escape}.br{self.separators.escape}{line}"
            else:
                made.append(line)
        return made

    def _flag(self, flag: str) -> None:
        if flag not in self.flags:
            self.flags.append(flag)

    def __bytes__(self) -> bytes:
        """The message as it came, or with what was changed in it, in its own character set and line ends.

        Raises Unreadable where the character set cannot hold what was written.
        """
        if len(self.segments) == self._length and not any(segment.changed for segment in self.segments):
            return self.raw
        try:
            return (self._ends.join(segment.text for segment in self.segments) + self._ends).encode(self.codec)
        except UnicodeEncodeError as fault:
            raise Unreadable(
                f"{self.codec.upper()} cannot hold {fault.object[fault.start : fault.end]!r}.",
                "Choose UNICODE UTF-8 for this partner.",
                where="MSH-18",
            ) from None

    def __iter__(self) -> Iterator[Segment]:
        return iter(self.segments)

    def __repr__(self) -> str:
        return f"<{self.type} {self.control_id}>"

    @property
    def header(self) -> Segment:
        """MSH."""
        return self.segments[0]

    @property
    def type(self) -> str:
        """Type and event, such as ``ADT^A04``."""
        header = self.header
        return "^".join(filter(None, (header.get(9, 1), header.get(9, 2))))

    @property
    def control_id(self) -> str:
        """MSH-10, by which an acknowledgement names the message."""
        return self.header.get(10)

    def all(self, name: str) -> list[Segment]:
        """Every segment of that name, in order."""
        return [segment for segment in self.segments if segment.name == name]

    def first(self, name: str) -> Segment | None:
        """The first segment of that name."""
        return next((segment for segment in self.segments if segment.name == name), None)

    def get(self, at: str) -> str:
        """What stands at a place such as ``PID-5.1``, unescaped; empty where nothing does."""
        wanted = place(at)
        found = self._nth(wanted)
        if found is None:
            return ""
        return found.get(wanted.field, wanted.component, wanted.subcomponent, wanted.repetition)

    def set(self, at: str, value: str) -> None:
        """Write ``value`` at a place. Raises KeyError where there is no such segment."""
        wanted = place(at)
        found = self._nth(wanted)
        if found is None:
            raise KeyError(f"the message has no {wanted.segment}[{wanted.nth}]")
        found.set(value, wanted.field, wanted.component, wanted.subcomponent, wanted.repetition)

    def add(self, text: str, after: Segment | None = None) -> Segment:
        """A new segment from its text, at the end or after another."""
        made = Segment(text, self.separators)
        made.changed = True
        at = len(self.segments) if after is None else self.segments.index(after) + 1
        self.segments.insert(at, made)
        return made

    def remove(self, segment: Segment) -> None:
        """Take a segment out."""
        self.segments.remove(segment)
        self.header.changed = True

    def _nth(self, wanted: Place) -> Segment | None:
        found = (segment for segment in self.segments if segment.name == wanted.segment)
        return next((segment for number, segment in enumerate(found, start=1) if number == wanted.nth), None)


def _begins(line: str, field: str) -> bool:
    """Whether a line begins a segment: its name, and then nothing or the field separator."""
    return line[3:4] in (field, "") and _BEGINS.match(line) is not None


def _part(text: str, mark: str, number: int) -> str:
    if not mark or mark not in text:
        return text if number == 1 else ""
    parts = text.split(mark)
    return parts[number - 1] if number <= len(parts) else ""


def _with(text: str, mark: str, number: int, value: str) -> str:
    if not mark:
        raise ValueError("the message has no separator for that")
    parts = text.split(mark)
    parts.extend([""] * (number - len(parts)))
    parts[number - 1] = value
    return mark.join(parts)

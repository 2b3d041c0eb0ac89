"""One message on its way to FHIR: what was made so far, the texts that conditions ask for, and the trace."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import tzinfo
from functools import lru_cache
from typing import Any, NamedTuple

from chartdesk.exchange.mappings.profiles import Profile
from chartdesk.exchange.mappings.structures import Seat
from chartdesk.exchange.mappings.tables import Row
from chartdesk.exchange.mappings.values import NotAValue
from chartdesk.kit import clock
from chartdesk.standards.hl7v2 import NULL, Message, Segment
from chartdesk.standards.hl7v2.escapes import unescape
from chartdesk.standards.hl7v2.separators import STANDARD

Into = dict[str, Any]
At = tuple[str, tuple[str, ...]] | None

#: Fields that a segment does not have, so that any that a row names can be looked at.
_NO_FIELDS = [""] * 130
_PLACE = re.compile(
    r"(?P<name>[A-Z][A-Z0-9]{1,2})(?:(?P<mark>[-.])(?P<number>\d+)(?:\[(?P<repetition>\d+)\])?"
    r"(?:\.(?P<component>\d+)(?:\.(?P<subcomponent>\d+))?)?)?"
)


class Asked(NamedTuple):
    """A place as conditions and expressions write it: ``PID-3.4``, or ``CX.4`` within a value."""

    name: str
    field: bool
    number: int
    repetition: int
    component: int
    subcomponent: int


@lru_cache(maxsize=4096)
def asked(text: str) -> Asked:
    """The place, read. Raises ValueError."""
    found = _PLACE.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not a place like PID-3.4 or CX.4")
    parts = found.groupdict()
    numbers = (int(parts[name] or 0) for name in ("number", "repetition", "component", "subcomponent"))
    return Asked(parts["name"], parts["mark"] != ".", *numbers)


class Traced(NamedTuple):
    """What made one value: ``into[name]`` from the place ``source`` by the rows ``rows``, the segment's first."""

    into: Into | list[Any]
    name: str
    source: str
    rows: tuple[str, ...]


class Run:
    """The state of one conversion. Rows read it and write through it."""

    def __init__(self, message: Message, profile: Profile, zone: tzinfo, tracing: bool) -> None:
        separators = message.separators
        self.message, self.profile, self.zone = message, profile, zone
        self.separators = separators
        self.marks = (separators.component or "\0", separators.subcomponent or "\0")
        self.escape = separators.escape or "\0"
        self.repeats = separators.repetition or "\0"
        self.resources: list[Into] = []
        self.numbers: dict[str, int] = {}
        self.made: dict[tuple[str, str, str], str] = {}
        self.problems: list[str] = []
        self.deleted: list[str] = []
        self.trace: list[Traced] | None = [] if tracing else None
        #: Whether what texts became before may be used: nobody asks for the rows, the separators are the usual ones.
        self.remembers = not tracing and separators[:5] == STANDARD[:5]
        self.seats: list[tuple[Segment, Seat | None]] = []
        self.texts: list[str] = []
        self.fields: list[str] = []
        self.repetitions: dict[int, list[str]] = {}
        self.beside: dict[str, Segment | None] = {}
        self.repetition = 1
        self.segment: Segment | None = None
        self.where = ""
        self.dependent: bool | None = None
        self.groups: tuple[tuple[str, int], ...] = ()

    @property
    def now(self) -> str:
        """The present time, as HL7 v2 writes it."""
        return clock.now().strftime("%Y%m%d%H%M%S+0000")

    def enter(self, segment: Segment, seat: Seat, where: str) -> list[str]:
        """Begin with a segment; its fields, each by its first repetition."""
        self.segment, self.groups, self.where, self.dependent = segment, seat.groups, where, None
        self.repetitions, self.repetition = {}, 1
        mark = self.repeats
        written = segment.fields
        fields = [*written, *_NO_FIELDS[len(written) :]]
        if mark in segment.text:
            begin = 3 if segment.name == "MSH" else 0
            for number in [at for at, text in enumerate(written) if mark in text and at >= begin]:
                parts = fields[number].split(mark)
                self.repetitions[number] = parts
                fields[number] = parts[0] or next((part for part in parts if part), "")
        self.fields = fields
        self.beside = {}
        return fields

    def create(self, kind: str) -> Into:
        """A new resource of a type."""
        number = self.numbers[kind] = self.numbers.get(kind, 0) + 1
        made: Into = {"resourceType": kind, "id": f"{kind.lower()}-{number}"}
        self.resources.append(made)
        return made

    def refer(self, kind: str, content: Into) -> str:
        """A resource of its own with ``content``, and the reference to it. ``content`` itself becomes the resource."""
        number = self.numbers[kind] = self.numbers.get(kind, 0) + 1
        content["resourceType"], content["id"] = kind, f"{kind.lower()}-{number}"
        self.resources.append(content)
        return f"{kind}/{content['id']}"

    def value(self, place: str) -> str:
        """The text at a place: of the value at hand, of this segment, or of the segment that belongs to it."""
        want = asked(place)
        if not want.field:
            text = self.texts[want.number] if want.number < len(self.texts) else ""
            return self._part(text, (want.component,), 1)
        if self.segment is not None and want.name == self.segment.name:
            if not want.number:
                return "valued"
            text = self._of(self.fields, want) if not want.repetition else self._repetition(self.segment, want)
        else:
            other = self.near(want.name)
            if other is None:
                return ""
            text = "valued" if not want.number else self._repetition(other, want)
        return self._part(text, (want.component, want.subcomponent), 0)

    def _of(self, fields: list[str], want: Asked) -> str:
        return fields[want.number] if want.number < len(fields) else ""

    def _repetition(self, segment: Segment, want: Asked) -> str:
        parts = segment.repetitions(want.number)
        at = want.repetition or 1
        return parts[at - 1] if at <= len(parts) else ""

    def _part(self, text: str, numbers: tuple[int, ...], level: int) -> str:
        """A component or subcomponent; of a value of which nothing deeper is asked, its first part that is there."""
        if text == NULL:
            return ""
        for depth, number in enumerate(numbers, start=level):
            mark = self.marks[depth] if depth < 2 else "\0"
            if mark not in text:
                text = text if number < 2 else ""
            elif number:
                parts = text.split(mark)
                text = parts[number - 1] if number <= len(parts) else ""
            elif depth == 0 and not numbers[1]:
                break
            else:
                text = next((part for part in text.split(mark) if part), "")
        return unescape(text, self.separators) if self.escape in text else text

    def count(self, place: str) -> int:
        """How many repetitions stand at a place."""
        want = asked(place)
        if self.segment is not None and want.name == self.segment.name:
            parts = self.repetitions.get(want.number)
            return len(parts) if parts is not None else bool(self.fields[want.number])
        segment = self.segment if self.segment is not None and want.name == self.segment.name else self.near(want.name)
        return len(segment.repetitions(want.number)) if segment is not None else 0

    def whole(self, place: str) -> str:
        """All repetitions of a field as one text, line by line."""
        want = asked(place)
        segment = self.segment if self.segment is not None and want.name == self.segment.name else self.near(want.name)
        parts = segment.repetitions(want.number) if segment is not None else []
        return "\n".join(unescape(part, self.separators) for part in parts)

    def near(self, name: str) -> Segment | None:
        """The segment of that name which belongs to the one at hand: none of another order or result."""
        if name in self.beside:
            return self.beside[name]
        best, length = None, -1
        for segment, seat in self.seats:
            if segment.name != name:
                continue
            shared = 0
            for one, other in zip(seat.groups if seat else (), self.groups, strict=False):
                if one != other:
                    if one[0] == other[0]:
                        shared = -1
                    break
                shared += 1
            if shared > length:
                best, length = segment, shared
        self.beside[name] = best
        return best

    def problem(self, row: Row, fault: NotAValue) -> None:
        """A value that could not be made: the conversion says so and goes on."""
        self.problems.append(f"{self.where} {row.source or ''} to {row.target}: {fault}.".replace("  ", " "))

    def below(self, at: At, row: Row, number: int, level: int) -> At:
        """Where the parts of a value stand, for the trace."""
        assert at is not None
        return self._source(at, number, level), (*at[1], row.origin)

    def _source(self, at: At, number: int, level: int) -> str:
        assert at is not None
        if not number:
            return at[0]
        if level:
            return f"{at[0]}.{number}"
        repetition = f"[{self.repetition}]" if self.repetition > 1 else ""
        return f"{at[0]}-{number}{repetition}"

    def traced(self, into: Into, name: str, at: At, row: Row, number: int, level: int) -> None:
        """Note what made ``into[name]``."""
        assert self.trace is not None and at is not None
        self.trace.append(Traced(into, name, self._source(at, number, level), (*at[1], row.origin)))


Converter = Callable[[Message], Any]

"""Functions that write one primitive value. They run for every field of every message: what is empty costs one look.

The lists of texts are padded, so that any number that a row names is there to be looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chartdesk.exchange.mappings.conditions import Access, Asked
from chartdesk.exchange.mappings.running import asked
from chartdesk.exchange.mappings.tables import Row
from chartdesk.exchange.mappings.values import NotAValue
from chartdesk.standards.hl7v2 import NULL
from chartdesk.standards.hl7v2.escapes import unescape

Into = dict[str, Any]
Texts = list[str]
At = tuple[str, tuple[str, ...]] | None
Fill = Callable[[Into, Texts, Any, At], None]
#: Reads a text as a value; the other form may write beside it and knows the run.
Plain = Callable[[str], Any]
Reader = Callable[[str, Into, Any], Any]

_COMPONENTS = 30
PADDING = [""] * _COMPONENTS
#: How many texts are kept with what became of them, and of what length (see ``remembering``).
MOST, LONGEST = 4096, 250


def number_of(source: str) -> int:
    """The number of the field or component that a source names, 0 for a whole segment."""
    tail = source.replace("-", ".").partition(".")[2]
    head = tail.partition(".")[0].partition("[")[0]
    return int(head) if head.isdigit() else 0


def parted(text: str, mark: str) -> Texts:
    """The parts of a value by their numbers, padded."""
    parts = text.split(mark)
    parts.insert(0, "")
    parts += PADDING[len(parts) :]
    return parts


def first_of(text: str, mark: str) -> str:
    """The first part of a component that is there."""
    return next((part for part in text.split(mark) if part), "") if mark in text else text


def part_of(text: str, component: int, mark: str, below: str) -> str:
    """A component of a field, by its first part that is there."""
    if mark in text:
        parts = text.split(mark, component)
        return first_of(parts[component - 1], below) if component <= len(parts) else ""
    return first_of(text, below) if component == 1 else ""


def first_part(text: str, run: Any, level: int) -> str:
    """The text of a value that has no parts: of parts that a partner wrote nevertheless, the first; unescaped."""
    if level < 2:
        component, subcomponent = run.marks
        if level == 0 and component in text:
            text = text.split(component, 1)[0]
        if subcomponent in text:
            text = text.split(subcomponent, 1)[0]
    return unescape(text, run.separators) if run.escape in text else text


def taken(row: Row, name: str, many: bool, level: int, read: Plain | Reader, knows: bool) -> Fill:
    """Writes what stands at the row's source. ``knows``: the reader takes what it writes into and the run besides."""
    number = number_of(row.source)

    def fill(into: Into, texts: Texts, run: Any, at: At) -> None:
        found = texts[number]
        if not found or found == NULL:
            return
        found = first_part(found, run, level)
        try:
            value = read(found, into, run) if knows else read(found)  # type: ignore[call-arg]
        except NotAValue as fault:
            if found:
                run.problem(row, fault)
            return
        if value is None:
            return
        if many:
            into.setdefault(name, []).append(value)
        else:
            into[name] = value
        if at is not None:
            run.traced(into, name, at, row, number, level)

    return fill


def made(
    row: Row,
    name: str,
    many: bool,
    level: int,
    text: Callable[[Texts, Any], str],
    read: Reader,
    known: dict[str, Any] | None = None,
) -> Fill:
    """Writes a text that has to be found or computed first. ``known``: where what became of it is kept."""
    number = number_of(row.source)

    def fill(into: Into, texts: Texts, run: Any, at: At) -> None:
        if number and not texts[number]:
            return
        try:
            found = text(texts, run)
            if not found or found == NULL:
                return
            value = read(found, into, run)
        except NotAValue as fault:
            run.problem(row, fault)
            return
        if value is None:
            return
        if known is not None and run.remembers and len(texts[number]) <= LONGEST:
            if len(known) >= MOST:
                known.clear()
            known[texts[number]] = value
        if many:
            into.setdefault(name, []).append(value)
        else:
            into[name] = value
        if at is not None:
            run.traced(into, name, at, row, number, level)

    return fill


def constant(row: Row, name: str, many: bool, level: int, value: Any) -> Fill:
    """Writes a fixed value where the row's source is filled."""
    number = number_of(row.source)

    def fill(into: Into, texts: Texts, run: Any, at: At) -> None:
        if number and not texts[number]:
            return
        if many:
            into.setdefault(name, []).append(value)
        else:
            if name == "code" and into.get("code") != value:
                into.pop("display", None)  # it was another code's
            into[name] = value
        if at is not None:
            run.traced(into, name, at, row, number, level)

    return fill


def access(own: str, level: int) -> Access:
    """How conditions of a map get at places: of the segment or value at hand without asking further."""

    def to(place: str) -> Callable[[Asked], str]:
        want = asked(place)
        if not want.field and not want.component:
            return _component(place, want.number)
        if want.field and level == 0 and want.name == own and want.number and not want.repetition:
            return _field(place, want.number, want.component)
        return lambda run: run.value(place)

    return to


def _component(place: str, number: int) -> Callable[[Asked], str]:
    def value(run: Asked) -> str:
        text: str = run.texts[number]
        if not text:
            return text
        if run.marks[1] in text or run.escape in text or text == NULL:
            return str(run.value(place))
        return text

    return value


def _field(place: str, number: int, component: int) -> Callable[[Asked], str]:
    def value(run: Asked) -> str:
        text: str = run.fields[number]
        if not text:
            return text
        if run.marks[0] in text or run.marks[1] in text or run.escape in text or text == NULL:
            return str(run.value(place))
        return text if component < 2 else ""

    return value

"""A mapping shown: the sample, what became of it, and for each value the rows that made it. Plain data, for a page."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from chartdesk.exchange.mappings.compiling import Compiler
from chartdesk.exchange.mappings.converting import Conversion, Origin
from chartdesk.exchange.mappings.documents import MappingDocument
from chartdesk.exchange.mappings.mapping import Mapping, Outcome, value_at
from chartdesk.exchange.mappings.profiles import Profile
from chartdesk.exchange.mappings.tables import line, tables
from chartdesk.kit import typed
from chartdesk.standards.hl7v2 import Message


class Field(msgspec.Struct, frozen=True):
    """A field that is filled: its place (``PID-3``), its text as it stands, and how many values were made of it."""

    place: str
    text: str
    made: int = 0


class Line(msgspec.Struct, frozen=True):
    """A segment: its name, with a number where there are several, and its fields."""

    segment: str
    fields: tuple[Field, ...]
    known: bool = True


class Value(msgspec.Struct, frozen=True):
    """A value that was made: at which path of which resource, from which place, by which rows (name, text)."""

    resource: str
    path: str
    value: str
    source: str
    rows: tuple[tuple[str, str], ...]


class Shown(msgspec.Struct, frozen=True):
    """All of it. ``text`` is the message that comes out, or the resources in JSON."""

    structure: str
    before: tuple[Line, ...]
    after: tuple[Line, ...]
    values: tuple[Value, ...]
    text: str
    problems: tuple[str, ...]
    unmapped: tuple[str, ...]
    deleted: tuple[str, ...]


def shown(document: MappingDocument, message: Message) -> Shown:
    """What ``document`` makes of ``message``, and how. Raises Invalid where the document is at fault."""
    mapping = Mapping(document)
    outcome = mapping.apply(message, trace=True)
    made = outcome.conversion
    if made is None:
        after = lines(outcome.message)
        return Shown("", lines(message), after, (), _readable(outcome.message), (), (), ())
    text = msgspec.json.format(msgspec.json.encode(made.resources), indent=2).decode()
    values = tuple(_value(origin, outcome, mapping.profile) for origin in _last(made))
    after = lines(outcome.message, made)
    told = tuple(made.problems), tuple(made.unmapped), tuple(made.deleted)
    return Shown(made.structure, lines(message), after, values, text, *told)


def lines(message: Message, made: Conversion | None = None) -> tuple[Line, ...]:
    """The message segment by segment."""
    counts: dict[str, int] = {}
    sources: dict[str, int] = {}
    for origin in made.trace if made else ():
        head = origin.source.partition("-")
        place = f"{head[0]}-{head[2].partition('.')[0].partition('[')[0]}"
        sources[place] = sources.get(place, 0) + 1
    found = []
    for segment in message.segments:
        counts[segment.name] = number = counts.get(segment.name, 0) + 1
        name = segment.name if number == 1 else f"{segment.name}[{number}]"
        fields = tuple(
            Field(f"{name}-{at}", text, sources.get(f"{name}-{at}", 0))
            for at, text in enumerate(segment.fields)
            if at and text
        )
        found.append(Line(name, fields, made is None or segment.name not in made.unmapped))
    return tuple(found)


def _readable(message: Message) -> str:
    return "\n".join(segment.text for segment in message.segments)


def _last(made: Conversion) -> list[Origin]:
    """The trace with one entry a value: of rows that wrote the same place, the last holds."""
    return list({origin.target: origin for origin in made.trace}.values())


def _value(origin: Origin, outcome: Outcome, profile: Profile) -> Value:
    resource, _, path = origin.target.partition(".")
    kind, _, name = resource.partition("/")
    assert outcome.conversion is not None
    number = next((at for at, one in enumerate(outcome.conversion.of(kind)) if one["id"] == name), 0)
    value = value_at(outcome, f"{kind}[{number}].{path}")
    rows = tuple((row, row_text(row, profile)) for row in origin.rows)
    return Value(resource, path, value, origin.source, rows)


def row_text(name: str, profile: Profile) -> str:
    """The row of that name (``PID[Patient]#5``) as it is written; empty where there is none."""
    return _rows(name.partition("#")[0], msgspec.json.encode(profile)).get(name, "")


@lru_cache(maxsize=512)
def _rows(name: str, profile: bytes) -> dict[str, str]:
    compiler = Compiler(typed.decode(profile, Profile))
    return {row.origin: line(row) for row in compiler.rows(name)}


def maps() -> dict[str, list[str]]:
    """Every map with its rows as they are written: what a partner's rows can replace."""
    return {name: [line(row) for row in rows] for name, rows in sorted(tables().maps.items())}

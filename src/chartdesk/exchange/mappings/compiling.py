"""Rows compiled for one profile: each becomes a function that writes one value, or fills one element by a map."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import msgspec

from chartdesk.exchange.mappings import generating, handlers, leaves, nodes, systems, words
from chartdesk.exchange.mappings.conditions import NotACondition, condition
from chartdesk.exchange.mappings.leaves import At, Fill, Into, Texts, number_of
from chartdesk.exchange.mappings.nodes import Piece
from chartdesk.exchange.mappings.paths import Path
from chartdesk.exchange.mappings.profiles import Profile
from chartdesk.exchange.mappings.remembering import AGAIN, Memory, lasting
from chartdesk.exchange.mappings.tables import Code, Row, tables
from chartdesk.exchange.mappings.values import READERS, TIMED, NotAValue
from chartdesk.kit.errors import Invalid
from chartdesk.standards.hl7v2 import NULL

#: The map of an element whose row names none.
DEFAULTS = {
    "CodeableConcept": "CWE[CodeableConcept]", "Coding": "CWE[Coding]", "Quantity": "CQ[Quantity]",
    "Identifier": "EI[Identifier-Extension]", "Period": "DR[Period]", "HumanName": "XPN[HumanName]",
    "Address": "XAD[Address]", "ContactPoint": "XTN[ContactPoint]", "Money": "CP[Money]",
}  # fmt: skip
#: Data types without parts.
_PLAIN = frozenset({"ID", "IS", "ST", "NM", "TX", "FT", "DT", "TM", "DTM", "TS", "SI"})
_PIECES = re.compile(r'"([^"]*)"|([A-Z][A-Z0-9]{1,2}[-.][\d.]+)')
#: Code systems whose codes the tables translate: those of HL7 v2, and names that nobody knows.
_OF_V2 = re.compile(r"http://terminology\.hl7\.org/CodeSystem/v2-|urn:v2-0396:|urn:oid:2\.16\.840\.1\.113883\.6\.238$")
_FIRST = re.compile(r"[.\[(]")
_PART_OF = re.compile(r"(?<![\w-])[A-Z][A-Z0-9]{1,2}\.(\d+)")


class Compiler:
    """Makes functions of rows; what it made of a map it keeps."""

    def __init__(self, profile: Profile, traced: bool = False) -> None:
        self.profile, self.traced = profile, traced
        self.known: dict[tuple[str, str, int], Fill] = {}
        self.memories: dict[tuple[str, str, int, str], Memory] = {}

    def rows(self, name: str) -> list[Row]:
        """The rows of a map: the profile's come to the published ones, and make way for none of the same target."""
        found = tables().maps.get(name, [])
        own = self.profile.maps.get(name)
        if not own:
            return found
        replaced = {(row.source, row.target) for row in own} | {("", row.target) for row in own if row.replaces}
        kept = [row for row in found if (row.source, row.target) not in replaced and ("", row.target) not in replaced]
        return kept + [
            mapped.row(f"{name}#{self.profile.name}-{at}") for at, mapped in enumerate(own, 1) if not mapped.drop
        ]

    def codes(self, name: str) -> Mapping[str, Code]:
        """A code table, with the profile's translations before the published ones."""
        return {**tables().codes.get(name, {}), **self.profile.codes.get(name, {})}

    def map(self, name: str, kind: str, level: int) -> Fill:
        """The function that fills a value of type ``kind`` by a map. Level 0: a segment's fields, 1: components."""
        key = (name, kind, level)
        if key not in self.known:
            self.known[key] = _later(self, key)
            rows = self.rows(name)
            self.known[key] = generating.function(nodes.grow(rows, kind, self, level), level, name, self.traced)
        return self.known[key]

    def row(self, row: Row, way: Path, root: str, level: int) -> Piece | None:
        """What one row does; None where nothing can be made by it."""
        piece = self._piece(row, way, root, level)
        if piece is None:
            return None
        if level == 0 and nodes.foreign(row):
            # What stands in another segment is looked up by the row itself, not by the number of its field.
            placed = msgspec.structs.replace(row, source="")
            piece = Piece(placed, _borrowed(row, piece.fill))
        decided = words.choice(row.when, self.profile) if row.when else True
        if decided is not None:
            return piece if decided else None
        # In a segment's rows CX.5 is a component of the row's own field.
        when = _PART_OF.sub(rf"{row.source}.\1", row.when) if level == 0 and "-" in row.source else row.when
        own = leaves.access(row.origin.partition("[")[0], level)
        try:
            test = words.test(when, row.source) if when[0] == "@" else condition(when, row.source, own)
        except NotACondition as fault:
            raise Invalid(f"{row.when!r} cannot be read: {fault}.", where=row.origin) from None
        return piece._replace(when=when, test=test)

    def _piece(self, row: Row, way: Path, root: str, level: int) -> Piece | None:
        kind = way.kind
        if kind[0].islower():
            return self._primitive(row, way, root, level)
        if row.fixed:
            return None
        name = row.via or DEFAULTS.get(kind, "")
        after = self._translation(row, kind)
        if name in handlers.FILLERS:
            return Piece(row, _composite(row, handlers.FILLERS[name], level, after))
        if not self.rows(name):
            return None
        late = _Late(self, (name, kind, level + 1))
        data = (late, after, self._memory(row, late, level, after), self._writes(name))
        return Piece(row, _mapped(row, late, level, after), "mapped", data)

    def _memory(self, row: Row, late: _Late, level: int, after: Callable[[Into], None] | None) -> Memory | None:
        """Where what a field becomes is kept for the next message; None for what depends on more than its text."""
        name = late.key[0]
        if level or not self.lasting(name):
            return None
        flat = all(one.target.isalpha() and not one.fixed for one in self.rows(name))
        return self.memories.setdefault((*late.key, row.codes), Memory(late, after, flat))

    def _writes(self, name: str) -> frozenset[str] | None:
        """The members that a map may write; None where its rows do not say."""
        firsts = {_FIRST.split(one.target, maxsplit=1)[0] for one in self.rows(name)}
        return None if any(first.startswith("$") for first in firsts) else frozenset(firsts)

    def lasting(self, name: str) -> bool:
        """Whether what a map makes of a text is the same in every message."""
        if name.partition("[")[0] not in AGAIN:
            return False
        return lasting(self.rows, (name, *DEFAULTS.values()), lambda when: words.choice(when, self.profile) is not None)

    def _translation(self, row: Row, kind: str) -> Callable[[Into], None] | None:
        if not row.codes or kind not in ("CodeableConcept", "Coding"):
            return None
        table = self.codes(row.codes)
        return (lambda into: translate(into, table)) if kind == "Coding" else (lambda into: _concept(into, table))

    def _primitive(self, row: Row, way: Path, root: str, level: int) -> Piece | None:
        if not way.steps:
            return None
        step = way.steps[-1]
        if row.fixed.startswith('"') and row.fixed.count('"') == 2:
            value = _value(way.kind, row.fixed.strip('"'))
            fill = leaves.constant(row, step.name, step.many, level, value)
            return Piece(row, fill, "constant", (step.name, step.many, value))
        read, knows = self._reader(row, way, root)
        text = self._text(row, level)
        if text is None:
            fill = leaves.taken(row, step.name, step.many, level, read, knows)
            return Piece(row, fill, "taken", (step.name, step.many, read, knows))
        reader = read if knows else (lambda found, into, run: read(found))
        if row.via and not row.fixed and not knows and not self.traced and self.lasting(row.via):
            known: dict[str, Any] = {}
            fill = leaves.made(row, step.name, step.many, level, text, reader, known)
            return Piece(row, fill, "known", (step.name, step.many, known))
        return Piece(row, leaves.made(row, step.name, step.many, level, text, reader))

    def _text(self, row: Row, level: int) -> Callable[[Texts, Any], str] | None:
        """How the text of a primitive is found; None where it is the first part of the source."""
        if row.fixed.startswith("@"):
            own = leaves.access(row.origin.partition("[")[0], level)
            return words.computed(row.fixed, row.source, own)
        if row.fixed:
            return _expression(row.fixed)
        if row.via and row.via.partition("[")[0] not in _PLAIN:
            return self._scalar(row, level)
        place = row.source
        if place.replace("-", ".").count(".") > 1 or "[" in place:
            return _placed(place)
        return None

    def _scalar(self, row: Row, level: int) -> Callable[[Texts, Any], str]:
        """By the rows of a map for one value: the first of its components that holds and is there."""
        number = number_of(row.source)
        if row.via in handlers.TEXTS:
            made = handlers.TEXTS[row.via]
            return lambda texts, run: made(texts[number], run, level)
        ways = []
        for inner in self.rows(row.via):
            if inner.target in ("$value", "$this") and not (inner.fixed and inner.fixed[0] == "@"):
                own = leaves.access("", 1)
                test = condition(inner.when, inner.source, own) if inner.when and inner.when[0] != "@" else None
                ways.append((number_of(inner.source), test, _expression(inner.fixed) if inner.fixed else None))

        def text(texts: Texts, run: Any) -> str:
            if not ways:
                return leaves.first_part(texts[number], run, level)
            inner = leaves.parted(texts[number], run.marks[level]) if level < 2 else ["", texts[number]]
            for at, test, made in ways:
                if at < len(inner) and inner[at]:
                    run.texts = inner
                    if test is None or test(run):
                        return made(inner, run) if made else leaves.first_part(inner[at], run, level + 1)
            return leaves.first_part(inner[1], run, level + 1)

        return text

    def _reader(self, row: Row, way: Path, root: str) -> tuple[Any, bool]:
        """How a text becomes a value, and whether that needs to know what it goes into and the run."""
        kind, name = way.kind, way.steps[-1].name
        if kind in TIMED:
            timed = TIMED[kind]
            return (lambda text, into, run: timed(text, run.zone)), True
        plain = READERS[kind]
        if kind == "boolean":
            return plain, False
        if name == "system" and kind == "uri" and row.via == "":
            own = self.profile.systems
            return (lambda text: systems.system(text, own) or None), False
        allowed = nodes.binding(way, root)
        table = self.codes(row.codes) if row.codes else None
        parent = (way.steps[-2].resource or way.steps[-2].kind) if len(way.steps) > 1 else root
        if table is not None and parent == "Coding":
            return (lambda text, into, run: _coding_code(text, into, table)), True
        if table is None and not allowed:
            return plain, False

        def read(text: str) -> Any:
            found = (table.get(text.strip()) or table.get("*")) if table else None
            value = found.code if found else plain(text)
            if allowed and value not in allowed:
                value = value.lower()
                if value not in allowed:
                    raise NotAValue(f"{text!r} has no code in FHIR's {name}")
            return value

        return read, False


class _Late:
    """A map's function, looked up when it is first needed: maps name each other."""

    def __init__(self, compiler: Compiler, key: tuple[str, str, int]) -> None:
        self.compiler, self.key = compiler, key
        self.found: Fill | None = None

    def look(self) -> Fill:
        """The function, made now."""
        self.found = self.compiler.map(*self.key)
        return self.found

    def __call__(self, into: Into, texts: Texts, run: Any, at: At) -> None:
        (self.found or self.look())(into, texts, run, at)


def _later(compiler: Compiler, key: tuple[str, str, int]) -> Fill:
    return lambda into, texts, run, at: compiler.known[key](into, texts, run, at)


def _borrowed(row: Row, fill: Fill) -> Fill:
    """``fill`` with the field of another segment: the one of that name which belongs to the segment at hand."""
    name, number = row.source.partition("-")[0], number_of(row.source)

    def made(into: Into, texts: Texts, run: Any, at: At) -> None:
        other = run.near(name)
        found = other.repetitions(number) if other is not None else []
        if found and found[0]:
            fill(into, [*[""] * number, found[0]], run, (name, at[1]) if at is not None else None)

    return made


def _mapped(row: Row, fill: _Late, level: int, after: Callable[[Into], None] | None) -> Fill:
    number = number_of(row.source)

    def made(into: Into, texts: Texts, run: Any, at: At) -> None:
        text = texts[number]
        if not text or text == NULL:
            return
        parts = leaves.parted(text, run.marks[level] if level < 2 else "\0")
        inner = None if at is None else run.below(at, row, number, level)
        fill(into, parts, run, inner)
        if after is not None and into:
            after(into)

    return made


def _composite(row: Row, handler: handlers.Filler, level: int, after: Callable[[Into], None] | None) -> Fill:
    number = number_of(row.source)

    def made(into: Into, texts: Texts, run: Any, at: At) -> None:
        text = texts[number]
        if text and text != NULL:
            before = set(into) if at is not None else set()
            handler(into, text, run, level)
            if after is not None and into:
                after(into)
            if at is not None:
                for name in [name for name in into if name not in before]:
                    run.traced(into, name, at, row, number, level)

    return made


def _value(kind: str, text: str) -> Any:
    return READERS[kind](text) if kind in READERS and kind not in TIMED else text


def _placed(place: str) -> Callable[[Texts, Any], str]:
    def text(texts: Texts, run: Any) -> str:
        run.texts = texts
        return str(run.value(place))

    return text


@lru_cache(maxsize=1024)
def _expression(text: str) -> Callable[[Texts, Any], str]:
    """``"urn:oid:"+HD.2``: texts and places joined."""
    pieces = [(fixed, place) for fixed, place in _PIECES.findall(text)]

    def made(texts: Texts, run: Any) -> str:
        run.texts = texts
        return "".join(run.value(place) if place else fixed for fixed, place in pieces).strip(" ^-")

    return made


def _coding_code(text: str, into: Into, table: Mapping[str, Code]) -> str:
    found = table.get(text.strip())
    if found is None:
        return READERS["code"](text)
    if found.system:
        into["system"] = found.system
    if found.display:
        into.setdefault("display", found.display)
    return found.code


def translate(coding: Into, table: Mapping[str, Code]) -> None:
    """A coding by a code table; what the table does not know stays."""
    found = table.get(coding.get("code", ""))
    if found is None:
        return
    coding["code"] = found.code
    if found.system:
        coding["system"] = found.system
    if found.display:
        coding["display"] = found.display


def _concept(concept: Into, table: Mapping[str, Code]) -> None:
    """Its codings by the table, but for those of a code system that is not HL7 v2's.

    Where the first becomes another than the partner's, his stays beside it.
    """
    for number, coding in enumerate(list(concept.get("coding", ()))):
        address = coding.get("system", "")
        if address and not _OF_V2.match(address):
            continue
        before = dict(coding)
        translate(coding, table)
        if not number and address and address != coding.get("system"):
            concept["coding"].append(before)

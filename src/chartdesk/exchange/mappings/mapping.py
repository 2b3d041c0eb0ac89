"""A mapping document at work: compiled once, tried with its samples, and shown with what made each value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from chartdesk.exchange.mappings import bundling, editing, handlers, presets
from chartdesk.exchange.mappings.conditions import NotACondition, condition
from chartdesk.exchange.mappings.converting import Conversion, convert
from chartdesk.exchange.mappings.documents import MappingDocument, Sample
from chartdesk.exchange.mappings.paths import UnknownPathError, path
from chartdesk.exchange.mappings.profiles import OwnRow
from chartdesk.exchange.mappings.tables import tables
from chartdesk.exchange.mappings.words import test as words_test
from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.standards.fhir import Issue, validate
from chartdesk.standards.hl7v2 import Message

_RESOURCE = re.compile(r"(?P<kind>[A-Z][A-Za-z]+)(?:\[(?P<number>\d+)\])?(?:\.(?P<path>.+))?")
_STEP = re.compile(r"(?P<name>[A-Za-z_]+)(?:\[(?P<number>\d+)\])?")


class Finding(msgspec.Struct, frozen=True):
    """Something that is wrong with a mapping: where, and what, in words."""

    where: str
    words: str

    def __str__(self) -> str:
        return f"{self.where}: {self.words}"


class Compared(msgspec.Struct, frozen=True):
    """What a sample expects at a place or path, and what stands there."""

    at: str
    expected: str
    got: str

    @property
    def holds(self) -> bool:
        """Whether it is what was expected."""
        return self.got == self.expected

    def __str__(self) -> str:
        said = f"expected {self.expected!r}" if self.expected else "expected nothing"
        return f"{self.at}: {said}, got {self.got!r}." if self.got else f"{self.at}: {said}, got nothing."


class Trial(msgspec.Struct, frozen=True):
    """A sample that was tried: each of its expectations, and what is wrong besides, in words."""

    sample: Sample
    compared: tuple[Compared, ...]
    faults: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether all of it came out as expected, and valid."""
        return not self.faults and all(one.holds for one in self.compared)

    def findings(self) -> list[Finding]:
        """What is wrong."""
        where = f"samples.{self.sample.name}"
        told = [str(one) for one in self.compared if not one.holds]
        return [Finding(where, words) for words in (*told, *self.faults)]


class Outcome(msgspec.Struct):
    """What a mapping made of one message. ``conversion`` is None where a message of HL7 v2 comes out."""

    message: Message
    conversion: Conversion | None = None
    raw: bytes = b""


class Mapping:
    """A document, compiled. Raises Invalid where it cannot be."""

    def __init__(self, document: MappingDocument) -> None:
        self.document = presets.completed(document)
        self.profile = self.document.profile()
        self.edit = editing.compiled(self.document.edits, self.document.codes)

    def apply(self, message: Message, *, trace: bool = False) -> Outcome:
        """What becomes of ``message``, which itself stays as it is."""
        edited = Message(bytes(message), message.codec)
        self.edit(edited)
        if self.document.makes == "hl7v2":
            return Outcome(edited, None, bytes(edited))
        made = convert(edited, profile=self.profile, trace=trace)
        if self.document.bundle == "collection":
            return Outcome(edited, made, bundling.collection(made.resources))
        name = f"{edited.header.get(3)}/{edited.header.get(4)}/{edited.control_id}"
        return Outcome(edited, made, bundling.transaction(made.resources, name))


def check(document: MappingDocument) -> list[Finding]:
    """What is wrong: places and paths that are none, missing tables, resources that R4 refuses, failing samples.

    Empty where the mapping may go live.
    """
    try:
        whole = presets.completed(document)
        found = list(_faults(whole))
        if found:
            return found
        mapping = Mapping(document)
        convert(Message(b"MSH|^~\\&|A|B|C|D|20260101||ADT^A04|1|P|2.5.1\rPID|1"), profile=mapping.profile)
    except ChartdeskError as fault:
        return [Finding(fault.where or "mapping", f"{fault.message} {fault.cure}".strip())]
    for sample in whole.samples:
        found += _tried(mapping, sample).findings()
    return found


def trials(document: MappingDocument) -> list[Trial]:
    """Every sample, the presets' too, with how it comes out. Raises Invalid where the mapping cannot be tried."""
    mapping = Mapping(document)
    return [_tried(mapping, sample) for sample in mapping.document.samples]


def _faults(document: MappingDocument) -> Iterator[Finding]:
    """Rows that can make nothing."""
    known = tables()
    for name, rows in document.maps.items():
        root = name.partition("[")[2].rstrip("]").partition("-")[0]
        if not name.endswith("]") or not root:
            yield Finding(f"maps.{name}", "A map is named like PID[Patient].")
            continue
        for number, row in enumerate(rows):
            where = f"maps.{name}[{number}]"
            try:
                way = path(root, row.target)
            except UnknownPathError as fault:
                yield Finding(f"{where}.target", f"{row.target}: {fault}.")
                continue
            if row.drop:
                continue
            yield from (Finding(f"{where}.{part}", words) for part, words in _row_faults(row, way.kind, document))
            if row.via and row.via not in known.maps and row.via not in document.maps and not _handled(row.via):
                yield Finding(f"{where}.via", f"There is no map {row.via}.")


def _handled(via: str) -> bool:
    return via in handlers.FILLERS or via in handlers.TEXTS or via.partition("[")[2][:1].islower()


def _row_faults(row: OwnRow, kind: str, document: MappingDocument) -> Iterator[tuple[str, str]]:
    if row.codes and row.codes not in document.codes and row.codes not in tables().codes:
        yield "codes", f"There is no code table {row.codes}."
    if not row.source and not row.fixed:
        yield "source", "A row has a source or a fixed value."
    if kind[0].isupper() and row.fixed:
        yield "fixed", f"A {kind} cannot be written as one text; name what of it is meant."
    if row.when:
        try:
            if row.when[0] == "@":
                words_test(row.when, row.source)
            else:
                condition(row.when, row.source)
        except (NotACondition, Invalid) as fault:
            yield "when", f"{row.when!r} cannot be read: {fault}."


def _tried(mapping: Mapping, sample: Sample) -> Trial:
    """What a sample shows."""
    try:
        outcome = mapping.apply(message_of(sample))
        compared = tuple(Compared(one.at, one.value, value_at(outcome, one.at)) for one in sample.expected)
    except ChartdeskError as fault:
        return Trial(sample, (), (f"{fault.message} {fault.cure}".strip(),))
    if outcome.conversion is None:
        return Trial(sample, compared, ())
    try:
        faults: list[Issue] = [issue for one in outcome.conversion.typed() for issue in validate(one)]
    except Invalid as fault:
        faults = [*fault.issues] or [Issue("error", "invalid", "", fault.message)]
    told = tuple(f"{one.expression}: {one.diagnostics}" for one in faults if one.severity == "error")
    return Trial(sample, compared, told)


def message_of(sample: Sample) -> Message:
    """The sample's message, its lines parted as HL7 wants. Raises Unreadable."""
    return Message("\r".join(sample.message.splitlines()).encode(), "utf-8")


def value_at(outcome: Outcome, at: str) -> str:
    """The text at a place of the message or a path of the resources; empty where nothing stands. Raises Invalid."""
    if outcome.conversion is None or "-" in at.partition(".")[0]:
        try:
            return outcome.message.get(at)
        except ValueError as fault:
            raise Invalid(f"{fault}.", where="expected") from None
    found = _RESOURCE.fullmatch(at)
    if found is None:
        raise Invalid(f"{at!r} is not a path like Patient.name[0].family.", where="expected")
    resources = outcome.conversion.of(found["kind"])
    number = int(found["number"] or 0)
    value: Any = resources[number] if number < len(resources) else None
    for step in (found["path"] or "").split(".") if found["path"] else ():
        named = _STEP.fullmatch(step)
        if named is None or not isinstance(value, dict):
            return ""
        value = value.get(named["name"])
        if isinstance(value, list):
            number = int(named["number"] or 0)
            value = value[number] if number < len(value) else None
    if isinstance(value, dict | list):
        return msgspec.json.encode(value).decode()
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)

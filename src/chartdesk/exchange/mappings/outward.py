"""FHIR resources become a message of HL7 v2, by the rows of `tables/outward.map`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import msgspec

from chartdesk.exchange.mappings.outward_types import TYPES, Parts, Wording
from chartdesk.exchange.mappings.profiles import RECORD, Profile
from chartdesk.exchange.mappings.tables import Row, row, tables
from chartdesk.kit.errors import Invalid
from chartdesk.standards.fhir import encode, r4
from chartdesk.standards.hl7v2 import Message, Segment
from chartdesk.standards.hl7v2.escapes import escape
from chartdesk.standards.hl7v2.message import place
from chartdesk.standards.hl7v2.separators import Separators
from chartdesk.standards.hl7v2.times import written

Into = dict[str, Any]
_STEP = re.compile(r"(?P<name>[A-Za-z]+)(?:\[(?P<key>\w+)(?P<not>!?)=(?P<value>[^\]]*)\])?")
_PATH = re.compile(r"(?:[^.\[]|\[[^\]]*\])+")


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """Who tells whom, when, and under which number: MSH-3 to MSH-7, MSH-10 to MSH-12."""

    control_id: str
    at: datetime
    sending: str = "CHARTDESK"
    facility: str = ""
    receiving: str = ""
    receiving_facility: str = ""
    processing: str = "P"
    version: str = "2.5.1"


#: Segments of a message in their order, each with what it is made of. A star: one for each; a group in brackets.
_DEMOGRAPHIC = ("PID Patient", "PD1 Patient", "NK1* PatientContact")
_INSURANCE = ("GT1* RelatedPerson", "IN1* Coverage")
SHAPES: dict[str, tuple[str, ...]] = {
    "ADT": (*_DEMOGRAPHIC, "PV1 Encounter", "PV2 Encounter", "AL1* AllergyIntolerance", "DG1* Condition", *_INSURANCE),
    "SIU": ("SCH Appointment", "TQ1 Appointment", "NTE Comment", "PID Patient", "PD1 Patient", "PV1 Appointment",
            "RGS Appointment", "AIS Appointment", "AIL* Place", "AIP* Person"),
    "OML": ("PID Patient", "PD1 Patient", "PV1 Encounter", *_INSURANCE[::-1], "ORDER* ServiceRequest"),
    "ORM": ("PID Patient", "PD1 Patient", "PV1 Encounter", *_INSURANCE[::-1], "ORDER* ServiceRequest"),
}  # fmt: skip
_STRUCTURES = {
    **{f"ADT^{event}": "ADT_A01" for event in ("A01", "A04", "A08", "A13")}, "ADT^A03": "ADT_A03", "ADT^A28": "ADT_A05",
    "ADT^A31": "ADT_A05", "ADT^A05": "ADT_A05", "ADT^A11": "ADT_A09", "OML^O21": "OML_O21", "ORM^O01": "ORM_O01",
}  # fmt: skip


def to_v2(kind: str, resources: Sequence[Into | r4.Resource], header: Header, *, profile: Profile = RECORD) -> Message:
    """The message of ``kind`` (``ADT^A08``) that says what ``resources`` say. Raises Invalid for another kind.

    The profile's authorities and code systems are read backwards. References among the resources are followed.
    """
    shape = SHAPES.get(kind.partition("^")[0])
    if shape is None:
        raise Invalid(f"{kind} is not made of FHIR here.", cure=f"One of {', '.join(SHAPES)}.", where="kind")
    plain = [one if isinstance(one, dict) else _plain(one) for one in resources]
    words = Wording(profile.authorities, profile.systems, plain)
    message = Message(_first(kind, header).encode())
    if kind.startswith("ADT"):
        message.add(f"EVN|{kind.partition('^')[2]}|{written(header.at)}")
    for text in shape:
        name, _, source = text.partition(" ")
        for number, element in enumerate(_elements(source, plain), start=1):
            if number > 1 and not name.endswith("*"):
                break
            if name == "ORDER*":
                _order(message, element, number, words, plain)
            else:
                _write(message, name.rstrip("*"), source, element, number, words)
    return message


def _plain(one: r4.Resource) -> Into:
    found: Into = msgspec.json.decode(encode(one))
    return found


def _first(kind: str, header: Header) -> str:
    structure = _STRUCTURES.get(kind, "SIU_S12" if kind.startswith("SIU") else "")
    said = "^".join(filter(None, (kind, structure)))
    marks = Separators("|", "^", "~", "\\", "&")
    names = [
        escape(one, marks) for one in (header.sending, header.facility, header.receiving, header.receiving_facility)
    ]
    fields = [*names, written(header.at), "", said, header.control_id, header.processing, header.version]
    return "MSH|^~\\&|" + "|".join(fields) + "||||||UNICODE UTF-8"


def _elements(source: str, resources: list[Into]) -> Iterator[Into]:
    """What segments of a kind are made of."""

    def of(kind: str) -> list[Into]:
        return [one for one in resources if one.get("resourceType") == kind]

    if source == "PatientContact":
        yield from (contact for patient in of("Patient")[:1] for contact in patient.get("contact", ()))
    elif source in ("Place", "Person"):
        begin = "Location/" if source == "Place" else "Practitioner"
        for appointment in of("Appointment")[:1]:
            for one in appointment.get("participant", ()):
                if one.get("actor", {}).get("reference", "").startswith(begin):
                    yield one
    elif source == "Comment":
        yield from ({"text": one["comment"]} for one in of("Appointment")[:1] if one.get("comment"))
    elif source == "RelatedPerson":
        subscribers = {one.get("subscriber", {}).get("reference") for one in of("Coverage")}
        yield from (one for one in of("RelatedPerson") if f"RelatedPerson/{one.get('id')}" not in subscribers)
    elif source == "Coverage":
        yield from sorted(of("Coverage"), key=lambda one: one.get("order", 99))
    else:
        yield from of(source)


def _order(message: Message, one: Into, number: int, words: Wording, resources: list[Into]) -> None:
    for name in ("ORC", "TQ1", "OBR"):
        _write(message, name, "ServiceRequest", one, number, words)
    for note, text in enumerate(one.get("note", ()), start=1):
        _write(message, "NTE", "Comment", text, note, words)
    reasons = [words.referred(reference) for reference in one.get("reasonReference", ())]
    for at, condition in enumerate((one for one in reasons if one.get("resourceType") == "Condition"), start=1):
        _write(message, "DG1", "Condition", condition, at, words)


_ROWS_OF = {"Place": "AppointmentParticipant", "Person": "AppointmentParticipant", "Comment": "Annotation"}


def _write(message: Message, name: str, source: str, element: Into, number: int, words: Wording) -> None:
    """One segment of an element, where any of its rows says something."""
    segment = Segment(name, message.separators)
    if name == "RGS":
        segment.set("1", 1)
    filled = name == "RGS"
    for one in _rows(name, _ROWS_OF.get(source, source)):
        filled |= one(segment, element, words)
    if not filled:
        return
    if not segment.raw(1) and name not in ("ORC", "SCH", "PD1", "PV2"):
        segment.set(str(number), 1)
    message.add(segment.text)


Writer = Callable[[Segment, Into, Wording], bool]


@cache
def _outward() -> dict[tuple[str, str], list[Row]]:
    made: dict[tuple[str, str], list[Row]] = {}
    rows: list[Row] = []
    for text in files(__package__).joinpath("tables/outward.map").read_text("utf-8").splitlines():
        if text.startswith("out "):
            _, name, source = text.split()
            rows = made[(name, source)] = []
        elif text.strip() and not text.startswith("#"):
            rows.append(row(text.strip(), f"{name}<{source}#{len(rows) + 1}"))
    return made


@cache
def _rows(name: str, source: str) -> list[Writer]:
    return [_writer(one) for one in _outward().get((name, source), [])]


def _writer(one: Row) -> Writer:
    at = place(one.target)
    steps = _steps(one.source)
    fixed = one.fixed.strip('"')
    test = _test(one.when)
    back = _backwards(one.codes) if one.codes else None
    made = TYPES.get(one.via)

    def write(segment: Segment, element: Into, words: Wording) -> bool:
        if test is not None and not test(element):
            return False
        if not one.source:
            segment.set(fixed, at.field, at.component)
            return False  # what is always there is no reason for a segment
        found = [value for value in _values(element, steps, words) if value not in (None, "")]
        if not found:
            return False
        if fixed and made is None:
            segment.set(fixed, at.field, at.component)
            return True
        texts = [_text(value, made, back, fixed, words, segment.separators) for value in found]
        texts = [text for text in texts if text]
        if not texts:
            return False
        if at.component:
            segment.set(texts[0], at.field, at.component)
        else:
            many = made is not None and one.via not in ("TS", "YN", "CODE", "TEXT")
            segment.set_raw(segment.separators.repetition.join(texts) if many else texts[0], at.field)
        return True

    return write


def _text(value: Any, made: Any, back: Any, fixed: str, words: Wording, marks: Separators) -> str:
    """One value as it stands in a field."""
    if made is None:
        said = str(value)
        return escape(back.get(said, said) if back else said, marks)
    parts: Parts = made(value, words)
    if back and parts and isinstance(parts[0], str) and parts[0] in back:
        parts = [back[parts[0]], *parts[1:]]
        if len(parts) > 2:
            parts[2] = ""
    elif fixed and len(parts) > 2:
        parts = [*parts[:2], fixed, *parts[3:]]
    texts = [escape(one, marks) if isinstance(one, str) else _joined(one, marks) for one in parts]
    return marks.component.join(texts).rstrip(marks.component)


def _joined(parts: list[str], marks: Separators) -> str:
    return marks.subcomponent.join(escape(one, marks) for one in parts).rstrip(marks.subcomponent)


@lru_cache(maxsize=256)
def _backwards(name: str) -> dict[str, str]:
    """A code table from FHIR to v2: of several codes for one, the first."""
    made: dict[str, str] = {}
    for code, to in tables().codes.get(name, {}).items():
        made.setdefault(to.code, code)
    return made


class _Step(NamedTuple):
    name: str
    key: str
    negated: bool
    value: str


def _steps(text: str) -> list[_Step]:
    made = []
    for part in _PATH.findall(text):
        found = _STEP.fullmatch(part)
        if found is None:
            raise Invalid(f"{text!r} is not a path.", where="outward.map")
        made.append(_Step(found["name"], found["key"] or "", bool(found["not"]), found["value"] or ""))
    return made


def _values(element: Any, steps: list[_Step], words: Wording) -> Iterator[Any]:
    """What stands at a path: lists are gone through, references followed where the path goes on."""
    if not steps:
        yield element
        return
    if not isinstance(element, dict):
        return
    step = steps[0]
    if "reference" in element and step.name not in element:
        element = words.referred(element)
    found = element.get(step.name)
    for value in found if isinstance(found, list) else [found]:
        if value is not None and (not step.key or _meets(value, step)):
            yield from _values(value, steps[1:], words)


def _meets(value: Any, step: _Step) -> bool:
    if step.key == "actor":
        return bool(value.get("actor", {}).get("reference", "").startswith(step.value)) != step.negated
    found = value.get(step.key)
    concepts = found if isinstance(found, list) else [found]
    said = {coding.get("code") for one in concepts if isinstance(one, dict) for coding in one.get("coding", ())}
    wanted = set(step.value.split("|"))
    return (found == step.value or bool(wanted & said)) != step.negated


def _test(text: str) -> Callable[[Into], bool] | None:
    """``status=active``, ``class``, ``!class``."""
    if not text:
        return None
    name, _, value = text.lstrip("!").partition("=")
    negated = text.startswith("!")
    return lambda element: (element.get(name) == value if value else name in element) != negated

"""SIU as a visit, or as its end (HL7 v2.5.1, chapter 10)."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from chartdesk.exchange.halves.facts import Numbers, VisitIn, VisitWithdrawnIn
from chartdesk.exchange.halves.hl7v2 import fields
from chartdesk.record.identities.identifiers import Identifier
from chartdesk.standards.hl7v2 import NULL, Message, Segment, Unreadable
from chartdesk.standards.hl7v2.datatypes import PL
from chartdesk.standards.hl7v2.faults import MISSING

if TYPE_CHECKING:
    from chartdesk.exchange.halves.hl7v2.reading import Sender

#: Events that take a visit back, with what it is then.
WITHDRAWING = {"S15": "cancelled", "S16": "cancelled", "S17": "cancelled", "S26": "noshow"}
#: SCH-25 (table 0278, and words that partners use) → our steps.
STATUSES = {
    "PENDING": "booked", "WAITLIST": "booked", "BOOKED": "booked", "SCHEDULED": "booked", "OVERBOOK": "booked",
    "CONFIRMED": "confirmed", "ARRIVED": "arrived", "CHECKED-IN": "arrived", "CHECKEDIN": "arrived",
    "STARTED": "roomed", "ROOMED": "roomed", "IN PROGRESS": "roomed", "COMPLETE": "departed", "COMPLETED": "departed",
    "DEPARTED": "departed", "CHECKED-OUT": "departed", "CANCELLED": "cancelled", "CANCELED": "cancelled",
    "DELETED": "cancelled", "DC": "cancelled", "NOSHOW": "noshow", "NO SHOW": "noshow", "NO-SHOW": "noshow",
}  # fmt: skip
#: Units of a length, in seconds; and the longest that a visit may be, in minutes.
_UNITS = {"MIN": 60, "M": 60, "MINUTES": 60, "MN": 60, "S": 1, "SEC": 1, "H": 3600, "HR": 3600, "HOURS": 3600, "": 60}
_LONGEST = 7 * 24 * 60


def visit(message: Message, known: Sender, at: datetime, patient: Numbers) -> VisitIn | VisitWithdrawnIn:
    """The visit as the message has it. Raises Unreadable where it has no number, time or provider."""
    sch = message.first("SCH")
    if sch is None:
        raise Unreadable("The message has no SCH.", "Send one.", "SCH", MISSING)
    numbers = visit_numbers(message, known)
    if not numbers:
        raise Unreadable("The visit has no number.", "Send one.", known.options.visit_numbers[0], MISSING)
    event = message.header.get(9, 2)
    said = sch.get(25, 1).strip() or sch.get(25, 2).strip()
    status = known.options.statuses.get(said) or STATUSES.get(said.upper(), "booked")
    withdrawn = WITHDRAWING.get(event) or (status if status in ("cancelled", "noshow") else "")
    if withdrawn:
        status = "noshow" if status == "noshow" else withdrawn
        reason = fields.coded(sch, 6) or fields.coded(sch, 7)
        return VisitWithdrawnIn(numbers=numbers, at=at, patient=patient, status=status, reason=reason)
    starts, ends = _span(message, sch, known)
    provider, name = provider_of(message, known)
    location, place, roomed = _place(message, known)
    pv1 = message.first("PV1")
    steps = {
        "arrived": fields.at(pv1, 44, known.zone) if pv1 else None,
        "roomed": roomed,
        "departed": fields.at(pv1, 45, known.zone) if pv1 else None,
    }
    kind = next((one for one in (sch.repetitions(8), _service(message)) if one), [""])[0]
    code, words = _code(kind, sch)
    return VisitIn(
        numbers=numbers,
        at=at,
        patient=patient,
        practitioner=provider,
        practitioner_name=name,
        starts=starts,
        ends=ends,
        status=status,
        visit_type=code,
        visit_type_name=words,
        reason=fields.coded(sch, 7),
        location=location,
        site_name=place.description or place.point_of_care,
        room=place.room,
        place_of_service=place.type if len(place.type) == 2 else "",
        steps={name: one for name, one in steps.items() if one is not None},
    )


def visit_numbers(message: Message, known: Sender) -> Numbers:
    """Every number of the visit, from the places that the channel names."""
    found: list[Identifier] = []
    for named in known.options.visit_numbers:
        segment = message.first(named[:3])
        if segment is None:
            continue
        read = fields.entity if named[:3] in ("SCH", "ARQ") else fields.identifiers
        found += read(segment, int(named[4:]), known.authority)
    return fields.distinct(found)


def provider_of(message: Message, known: Sender) -> tuple[Numbers, str]:
    """Who is seen: from the first of the named places that says it."""
    for named in known.options.providers:
        segment = message.first(named[:3])
        if segment is not None:
            read = fields.scheduled if named == "AIG-3" else fields.providers
            numbers, name = read(segment, int(named[4:]), known.authority)
            if numbers:
                return fields.distinct(numbers), name
    return (), ""


def _span(message: Message, sch: Segment, known: Sender) -> tuple[datetime, datetime]:
    """From TQ1, else SCH-11, else AIS; the end from the length where none is said."""
    tq1, ais, aip = message.first("TQ1"), message.first("AIS"), message.first("AIP")
    starts = (
        (fields.at(tq1, 7, known.zone) if tq1 else None)
        or fields.at(sch, 11, known.zone, 4)
        or (fields.at(ais, 4, known.zone) if ais else None)
        or (fields.at(aip, 6, known.zone) if aip else None)
    )
    if starts is None:
        raise Unreadable("The visit has no time.", "Send TQ1-7 or SCH-11.4.", "TQ1-7", MISSING)
    ends = (fields.at(tq1, 8, known.zone) if tq1 else None) or fields.at(sch, 11, known.zone, 5)
    if ends is None or ends <= starts:
        ends = starts + timedelta(minutes=_minutes(sch) or (_minutes(ais, 7, 8) if ais else 0) or 15)
    return starts, ends


def _minutes(segment: Segment, length: int = 9, units: int = 10) -> int:
    text = segment.get(length, 1, 1).strip()
    if not text or text == NULL:
        return 0
    try:
        found = Decimal(text) * _UNITS.get(segment.get(units, 1, 1).strip().upper(), 60) / 60
    except ArithmeticError:
        found = Decimal("NaN")
    if not (found.is_finite() and 0 <= found <= _LONGEST):
        raise Unreadable(f"{text!r} is no length.", "Write minutes.", f"{segment.name}-{length}")
    return int(found)


def _place(message: Message, known: Sender) -> tuple[Numbers, PL, datetime | None]:
    """Site and room, from AIL-3, else PV1-3; and since when the room is taken."""
    for name in ("AIL", "PV1"):
        segment = message.first(name)
        if segment is not None and segment.raw(3):
            numbers, place = fields.place(segment, 3, known.authority)
            return tuple(numbers), place, fields.at(segment, 6, known.zone) if name == "AIL" else None
    return (), PL(), None


def _service(message: Message) -> list[str]:
    ais = message.first("AIS")
    return ais.repetitions(3) if ais else []


def _code(raw: str, segment: Segment) -> tuple[str, str]:
    parts = raw.split(segment.separators.component) if raw else [""]
    made = Segment(f"ZZZ{segment.separators.field}{raw}", segment.separators)
    return made.get(1, 1, 1).strip(), made.get(1, 2, 1).strip() if len(parts) > 1 else ""

"""IN1 as policies (HL7 v2.5.1, section 6.5.6)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from chartdesk.exchange.halves.facts import CoverageIn, Fact, Numbers, PolicyIn
from chartdesk.exchange.halves.hl7v2 import fields
from chartdesk.exchange.halves.hl7v2.fields import Saying
from chartdesk.pms.registration.people import Person
from chartdesk.record.identities.identifiers import PAYER_ID, Identifier
from chartdesk.standards.hl7v2 import NULL, Message, Segment
from chartdesk.standards.hl7v2.datatypes import XON

if TYPE_CHECKING:
    from chartdesk.exchange.halves.hl7v2.reading import Sender

#: IN1-47 (table 0309) of a policy that pays hospitals alone: none of a practice's.
HOSPITAL = "H"
#: What the insured is to the patient (table 0063) → what the patient is to the subscriber.
_RELATIONSHIPS = {
    **dict.fromkeys(("SEL", "SELF", "18", ""), "self"),
    **dict.fromkeys(("SPO", "01", "DOM"), "spouse"),
    **dict.fromkeys(("CHD", "PAR", "MTH", "FTH", "19", "NCH", "SCH", "FCH"), "child"),
}


def coverage(message: Message, known: Sender, at: datetime, patient: Numbers) -> list[Fact]:
    """The policies of the patient; nothing where the message has no IN1."""
    segments = message.all("IN1")
    if not segments:
        return []
    policies = []
    for place, segment in enumerate(segments, 1):
        if segment.raw(2) == NULL and not segment.raw(3):
            continue  # says that there is none
        if segment.get(47, 1, 1).strip().upper() == HOSPITAL:
            continue
        policies.append(_policy(segment, place, known))
    return [CoverageIn(patient=patient, at=at, policies=tuple(policies), whole=known.options.whole_insurance)]


def _policy(segment: Segment, place: int, known: Sender) -> PolicyIn:
    relationship = _RELATIONSHIPS.get(segment.get(17, 1, 1).strip().upper(), "other")
    name = _named(segment, 4)
    member = segment.get(36, 1, 1) or segment.get(49, 1, 1) or segment.get(2, 1, 1)
    plan = segment.get(2, 2, 1) or segment.get(9, 1, 1)
    return PolicyIn(
        payer=_payer(segment, known),
        payer_name=name,
        rank=_rank(segment, place),
        member_id="" if member == NULL else member.strip(),
        group_number=_plain(segment, 8),
        employer=_named(segment, 11) if segment.raw(11) else None,
        plan_name="" if plan == NULL else plan.strip(),
        relationship=relationship,
        subscriber=None if relationship == "self" else _insured(segment),
        effective=fields.day(segment, 12),
        ends=fields.day(segment, 13),
        filing_indicator=_plain(segment, 15),
    )


def _payer(segment: Segment, known: Sender) -> tuple[Identifier, ...]:
    found = fields.identifiers(segment, 3, known.authority)
    if known.options.payer_numbers:
        found = [*(Identifier(PAYER_ID, one.value) for one in found), *found]
    return fields.distinct(found)


def _rank(segment: Segment, place: int) -> int:
    """IN1-22, else IN1-1, else the place among the others."""
    for field in (22, 1):
        text = segment.get(field, 1, 1).strip()
        if text.isdecimal() and len(text) < 4 and 1 <= int(text) <= 9:
            return int(text)
    return place


def _insured(segment: Segment) -> Person:
    said = Saying()
    said.say(segment, 16, fields.name(segment, 16), {})
    said.say(segment, 18, {"birth_date": fields.day(segment, 18)}, {})
    said.say(segment, 19, {"address": fields.address(segment, 19)}, {})
    said.say(segment, 43, {"sex": fields.sex(segment.get(43, 1, 1))}, {})
    return said.person


def _named(segment: Segment, field: int) -> str:
    """The name of an organization (XON)."""
    raw = (segment.repetitions(field) or [""])[0]
    return "" if raw == NULL else XON.read(raw, segment.separators).name.strip()


def _plain(segment: Segment, field: int) -> str:
    found = segment.get(field, 1, 1).strip()
    return "" if found == NULL else found

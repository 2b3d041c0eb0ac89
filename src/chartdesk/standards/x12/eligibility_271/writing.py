"""Building a 271: answers in, the interchange's bytes out. For the sandbox payer's twin in tests, and to
resend."""

from __future__ import annotations

from collections.abc import Sequence

from chartdesk.standards.x12.eligibility_271.model import Benefit, Refusal, Response
from chartdesk.standards.x12.eligibility_people import (
    Insured,
    extras_of,
    insured_segments,
    trace_segment,
)
from chartdesk.standards.x12.envelope import Envelope
from chartdesk.standards.x12.guides import ELIGIBILITY_271
from chartdesk.standards.x12.parties import Party
from chartdesk.standards.x12.party_segments import party_segments, reference_segment
from chartdesk.standards.x12.segments import Loop, Segment, segment
from chartdesk.standards.x12.taking import node
from chartdesk.standards.x12.values import d8, dtp, number, procedure, t4
from chartdesk.standards.x12.writer import SetContent, compose, hl


def write(envelope: Envelope, responses: Sequence[Response], *, uppercase: bool = True) -> bytes:
    """One interchange, one transaction set an answer. Raises Invalid for what the guide cannot hold."""
    contents = [SetContent(one.control, _root(one, envelope)) for one in responses]
    return compose(envelope, ELIGIBILITY_271, contents, uppercase=uppercase)


def _root(one: Response, envelope: Envelope) -> Loop:
    created = one.created or envelope.created
    begin = segment("BHT", "0022", one.purpose, one.reference, d8(created.date()), t4(created))
    source = node(
        "2100A",
        [*party_segments(one.source_role, one.source), *_refusals(one, "2100A")],
        extras_of(one.extras, "2100A"),
    )
    level = node("2000A", [hl("20"), *_refusals(one, "2000A"), source, _receiver(one)])
    return node("ST", [begin, level])


def _receiver(one: Response) -> Loop | None:
    if not one.receiver.last and not one.receiver.id:
        return None
    name = node(
        "2100B",
        [*party_segments(one.receiver_role, one.receiver), *_refusals(one, "2100B")],
        extras_of(one.extras, "2100B"),
    )
    dependent = _person(one, "D", one.dependent) if one.dependent is not None else None
    subscriber = _person(one, "C", one.subscriber, dependent) if one.subscriber is not None else None
    return node("2000B", [hl("21"), name, subscriber])


def _person(one: Response, level: str, insured: Insured, below: Loop | None = None) -> Loop:
    spoken_of = below is None
    name = node(
        f"2100{level}",
        [
            *insured_segments("IL" if level == "C" else "03", insured),
            *_refusals(one, f"2100{level}"),
            *((dtp(day.qualifier, day.start, day.end) for day in one.dates) if spoken_of else ()),
            *((_benefit(f"2110{level}", benefit) for benefit in one.benefits) if spoken_of else ()),
        ],
        extras_of(one.extras, f"2100{level}"),
    )
    traces = [trace_segment(trace) for trace in one.traces] if spoken_of else []
    code = "22" if level == "C" else "23"
    return node(f"2000{level}", [hl(code), *traces, name, below], extras_of(one.extras, f"2000{level}"))


def _refusals(one: Response, level: str) -> list[Segment]:
    return [_aaa(refusal) for refusal in one.refusals if refusal.level == level]


def _aaa(refusal: Refusal) -> Segment:
    return segment("AAA", "Y" if refusal.valid else "N", "", refusal.reason, refusal.follow_up)


def _benefit(id: str, one: Benefit) -> Loop:
    eb = segment(
        "EB",
        one.info,
        one.coverage_level,
        list(one.service_types),
        one.insurance_type,
        one.plan,
        one.period,
        number(one.amount),
        number(one.percent),
        one.quantity_qualifier,
        number(one.quantity),
        one.authorization,
        one.in_network,
        procedure(one.code_qualifier, one.code, one.modifiers),
        tuple(one.pointers),
    )
    level = id[-1]
    parts: list[Segment | Loop | None] = [eb]
    parts += [segment("HSD", *delivery.elements) for delivery in one.deliveries]
    parts += [reference_segment(reference) for reference in one.references]
    parts += [dtp(day.qualifier, day.start, day.end) for day in one.dates]
    parts += [_aaa(refusal) for refusal in one.refusals]
    parts += [segment("MSG", message) for message in one.messages]
    parts += [
        node(f"2115{level}", [segment("III", limit.qualifier, limit.code, limit.category, limit.text)])
        for limit in one.limits
    ]
    if one.entities:
        parts.append(_related(f"2120{level}", one.entities))
    return node(id, parts, one.extras)


def _related(id: str, entities: list[tuple[str, Party]]) -> Loop:
    return node(
        f"LS-{id}",
        [
            segment("LS", "2120"),
            *(node(id, party_segments(role, party)) for role, party in entities),
            node(f"LE-{id}", [segment("LE", "2120")]),
        ],
    )

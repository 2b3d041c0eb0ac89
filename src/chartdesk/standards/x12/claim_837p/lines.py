"""Loop 2400, a service line, both ways: what was done, by whom, and what prior payers decided about it."""

from __future__ import annotations

from decimal import Decimal

from chartdesk.standards.x12.claim_837p.model import Attachment, Drug, LineAdjudication, Note, ServiceLine
from chartdesk.standards.x12.envelope import whole
from chartdesk.standards.x12.parties import Party
from chartdesk.standards.x12.party_segments import (
    adjustment_segments,
    party_segments,
    reference_of,
    reference_segment,
    take_adjustments,
    whole_party,
)
from chartdesk.standards.x12.segments import Loop, Segment, segment
from chartdesk.standards.x12.taking import Taking, node
from chartdesk.standards.x12.values import (
    amount_at,
    dated_of,
    decimal_at,
    dollars_at,
    dtp,
    modifiers_at,
    number,
    procedure,
    span_at,
)

_ROLE_LOOPS = {
    "82": "2420A",
    "QB": "2420B",
    "77": "2420C",
    "DQ": "2420D",
    "DK": "2420E",
    "DN": "2420F",
    "P3": "2420F",
}


def line_loop(line: ServiceLine, place: int) -> Loop:
    """Loop 2400 of a line; ``place`` is its LX number."""
    parts: list[Segment | Loop | None] = [
        segment("LX", str(place)),
        _sv1(line),
        *(attachment_segment(one.report, one.transmission, one.control) for one in line.attachments),
        dtp("472", line.day, line.end),
    ]
    parts += [dtp(one.qualifier, one.start, one.end) for one in line.dates]
    if line.control:
        parts.append(segment("REF", "6R", line.control))
    parts += [reference_segment(one) for one in line.references]
    parts += [segment("NTE", note.kind, note.text) for note in line.notes]
    if line.drug is not None:
        parts.append(drug_loop(line.drug))
    parts += [node(_ROLE_LOOPS[role], party_segments(role, party)) for role, party in line.providers]
    parts += [adjudication_loop(one) for one in line.adjudications]
    return node("2400", parts, line.extras)


def attachment_segment(report: str, transmission: str, control: str) -> Segment:
    """The PWK of an attachment."""
    return segment("PWK", report, transmission, "", "", "AC" if control else "", control)


def read_attachments(taking: Taking) -> list[Attachment]:
    """Every PWK of a loop that names a document; what else it says there is kept as it is."""
    return [Attachment(report=one[1], transmission=one[2], control=one[6]) for one in taking.every("PWK")]


def _sv1(line: ServiceLine) -> Segment:
    return segment(
        "SV1",
        procedure(line.code_qualifier, line.code, line.modifiers, line.description),
        number(line.charge),
        line.unit,
        number(line.units),
        line.place_of_service,
        "",
        tuple(str(pointer) for pointer in line.pointers),
        "",
        "Y" if line.emergency else "",
        "",
        "Y" if line.epsdt else "",
        "Y" if line.family_planning else "",
    )


def drug_loop(drug: Drug) -> Loop:
    """Loop 2410 of a drug."""
    quantity = segment("CTP", "", "", "", number(drug.quantity), drug.unit)
    return node(
        "2410",
        [
            segment("LIN", "", drug.ndc_qualifier, drug.ndc),
            quantity,
            *(reference_segment(one) for one in drug.references),
        ],
    )


def adjudication_loop(one: LineAdjudication) -> Loop:
    """Loop 2430: a prior payer's decision."""
    paid = segment(
        "SVD",
        one.payer_id,
        number(one.paid),
        procedure(one.code_qualifier, one.code, one.modifiers, one.description),
        one.revenue_code,
        number(one.units),
        str(one.bundled_line) if one.bundled_line else "",
    )
    left = segment("AMT", "EAF", number(one.remaining)) if one.remaining is not None else None
    return node("2430", [paid, *adjustment_segments(one.adjustments), dtp("573", one.adjudicated), left])


def read_line(loop: Loop) -> ServiceLine:
    """A line as its loop says it. Raises Invalid where an amount or date cannot be read."""
    taking = Taking(loop)
    taking.one("LX")
    service = taking.one("SV1")
    dates = taking.every("DTP")
    served = next((one for one in dates if one[1] == "472"), None)
    start, end = span_at(served, 2, 3) if served is not None else (None, None)
    line = ServiceLine(
        code=service.part(1, 2),
        code_qualifier=service.part(1, 1),
        modifiers=modifiers_at(service, 1),
        description=service.part(1, 7),
        charge=dollars_at(service, 2),
        unit=service[3],
        units=decimal_at(service, 4) or Decimal(0),
        place_of_service=service[5],
        pointers=[whole(one) for one in service.parts(7) if one.isdecimal()],
        emergency=service[9] == "Y",
        epsdt=service[11] == "Y",
        family_planning=service[12] == "Y",
        day=start,
        end=end,
        dates=[dated_of(one) for one in dates if one is not served],
        control=taking.one("REF", "6R")[2],
        references=[reference_of(one) for one in taking.every("REF")],
        notes=[Note(kind=one[1], text=one[2]) for one in taking.every("NTE")],
        attachments=read_attachments(taking),
    )
    line.drug = read_drug(taking.inner("2410"))
    line.providers = [_provider(one) for one in taking.each(*dict.fromkeys(_ROLE_LOOPS.values()))]
    line.adjudications = [read_adjudication(one) for one in taking.each("2430")]
    line.extras = taking.rest()
    return line


def _provider(loop: Loop) -> tuple[str, Party]:
    role = loop.segments[0][1]
    return role, whole_party(loop)


def read_drug(taking: Taking) -> Drug | None:
    """The drug of a loop 2410, None where there is none."""
    if taking.loop is None:
        return None
    code, quantity = taking.one("LIN"), taking.one("CTP")
    return Drug(
        ndc=code[3],
        ndc_qualifier=code[2],
        quantity=decimal_at(quantity, 4) or Decimal(0),
        unit=quantity.part(5, 1),
        references=[reference_of(one) for one in taking.every("REF")],
    )


def read_adjudication(loop: Loop) -> LineAdjudication:
    """A prior payer's decision, loop 2430."""
    taking = Taking(loop)
    paid, decided, left = taking.one("SVD"), taking.one("DTP", "573"), taking.one("AMT", "EAF")
    return LineAdjudication(
        payer_id=paid[1],
        paid=dollars_at(paid, 2),
        code_qualifier=paid.part(3, 1),
        code=paid.part(3, 2),
        modifiers=modifiers_at(paid, 3),
        description=paid.part(3, 7),
        revenue_code=paid[4],
        units=decimal_at(paid, 5) or Decimal(0),
        bundled_line=whole(paid[6]) if paid[6].isdecimal() else None,
        adjustments=take_adjustments(taking),
        adjudicated=span_at(decided, 2, 3)[0] if decided.tag else None,
        remaining=amount_at(left, 2),
    )

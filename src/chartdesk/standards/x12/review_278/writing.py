"""Building a 278: requests or answers in, the interchange's bytes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chartdesk.standards.x12.eligibility_people import Insured, extras_of, insured_segments, trace_segment
from chartdesk.standards.x12.envelope import Envelope
from chartdesk.standards.x12.guides import REVIEW_REQUEST, REVIEW_RESPONSE
from chartdesk.standards.x12.parties import Party
from chartdesk.standards.x12.party_segments import party_segments
from chartdesk.standards.x12.review_278.model import (
    Decision,
    Quantity,
    Refusal,
    Request,
    Response,
    Review,
    Service,
)
from chartdesk.standards.x12.segments import Loop, Segment, segment
from chartdesk.standards.x12.taking import node
from chartdesk.standards.x12.values import d8, dtp, number, procedure, t4
from chartdesk.standards.x12.writer import SetContent, compose, hl

Part = Segment | Loop | None


def write_requests(envelope: Envelope, requests: Sequence[Request], *, uppercase: bool = True) -> bytes:
    """One interchange, one transaction set a request. Raises Invalid for what the guide cannot hold."""
    contents = [SetContent(one.control, _request_root(one, envelope)) for one in requests]
    return compose(envelope, REVIEW_REQUEST, contents, uppercase=uppercase)


def write_responses(envelope: Envelope, responses: Sequence[Response], *, uppercase: bool = True) -> bytes:
    """One interchange, one transaction set an answer. Raises Invalid for what the guide cannot hold."""
    contents = [SetContent(one.control, _response_root(one, envelope)) for one in responses]
    return compose(envelope, REVIEW_RESPONSE, contents, uppercase=uppercase)


def _request_root(one: Request, envelope: Envelope) -> Loop:
    created = one.created or envelope.created
    begin = segment("BHT", "0007", one.purpose, one.reference, d8(created.date()), t4(created), one.kind)
    return node("ST", [begin, _payer(one, [], _requester(one, _patient(one, one.subscriber)))])


def _response_root(one: Response, envelope: Envelope) -> Loop:
    created = one.created or envelope.created
    begin = segment("BHT", "0007", "11", one.reference, d8(created.date()), t4(created), one.kind)
    patient = _patient(one, one.subscriber) if one.subscriber is not None else None
    requester = _requester(one, patient) if one.requester is not None else None
    return node("ST", [begin, _payer(one, _aaa(one, "2000A"), requester)])


def _aaa(one: Request | Response, level: str) -> list[Segment]:
    """The refusals of one level."""
    refusals = one.refusals if isinstance(one, Response) else []
    return _refusals(refusal for refusal in refusals if refusal.level == level)


def _refusals(refusals: Iterable[Refusal]) -> list[Segment]:
    return [segment("AAA", "Y" if one.valid else "N", "", one.reason, one.follow_up) for one in refusals]


def _payer(one: Request | Response, refusals: list[Segment], below: Loop | None) -> Loop:
    name = node("2010A", [*party_segments("X3", one.payer), *_aaa(one, "2010A")], extras_of(one.extras, "2010A"))
    return node("2000A", [hl("20"), *refusals, name, below], extras_of(one.extras, "2000A"))


def _requester(one: Request | Response, below: Loop | None) -> Loop:
    party = one.requester or Party()
    name = node(
        "2010B",
        [*party_segments(one.requester_role, party, one.requester_kind), *_aaa(one, "2010B")],
        extras_of(one.extras, "2010B"),
    )
    return node("2000B", [hl("21"), name, below], extras_of(one.extras, "2000B"))


def _patient(one: Request | Response, subscriber: Insured) -> Loop:
    """The subscriber's level, the dependent's inside it, and the event in whichever is the patient's."""
    event = _event(one.review) if one.review is not None else None
    inner = _dependent(one, one.dependent, event) if one.dependent is not None else event
    traces = [trace_segment(trace) for trace in one.traces] if isinstance(one, Response) else []
    name = node("2010C", [*insured_segments("IL", subscriber), *_aaa(one, "2010C")], extras_of(one.extras, "2010C"))
    return node("2000C", [hl("22"), *traces, *_aaa(one, "2000C"), name, inner], extras_of(one.extras, "2000C"))


def _dependent(one: Request | Response, dependent: Insured, event: Loop | None) -> Loop:
    name = node("2010D", [*insured_segments("QC", dependent), *_aaa(one, "2010D")], extras_of(one.extras, "2010D"))
    return node("2000D", [hl("23"), *_aaa(one, "2000D"), name, event], extras_of(one.extras, "2000D"))


def _event(review: Review) -> Loop:
    codes = [("ABK" if n == 0 else "ABF", code.replace(".", "").upper()) for n, code in enumerate(review.diagnoses)]
    parts: list[Part] = [
        hl("EV"),
        *(trace_segment(trace) for trace in review.traces),
        *_refusals(review.refusals),
        _um(review) if review.reviewed else None,
        *_decision(review.decision),
        *_numbers(review),
        *(dtp(one.qualifier, one.start, one.end) for one in review.dates),
        *_validity(review),
        segment("HI", *codes) if codes else None,
        *_quantity(review.quantity),
        segment("MSG", review.message) if review.message else None,
        *(node("2010EA", party_segments(role, party)) for role, party in review.providers),
        *(_service(one) for one in review.services),
    ]
    return node("2000E", parts, review.extras)


def _um(review: Review) -> Segment:
    return segment(
        "UM",
        review.category,
        review.certification,
        review.service_type,
        (review.place, review.place_kind) if review.place else "",
        tuple(review.causes),
        review.urgency,
        review.condition,
        review.prognosis,
        review.release,
        review.delay_reason,
    )


def _decision(decision: Decision | None) -> list[Segment]:
    if decision is None:
        return []
    reasons: list[str | tuple[str, ...]] = [*decision.reasons]
    return [segment("HCR", decision.action, decision.number, reasons or "", decision.second_opinion)]


def _numbers(one: Review | Service) -> list[Segment]:
    named = (("BB", one.earlier_authorization), ("NT", one.administrative_number))
    return [segment("REF", code, value) for code, value in named if value]


def _validity(one: Review | Service) -> list[Segment | None]:
    return [dtp("102", one.issued), dtp("036", one.expires), dtp("007", one.effective_from, one.effective_to)]


def _quantity(quantity: Quantity | None) -> list[Segment]:
    if quantity is None:
        return []
    return [segment("HSD", quantity.kind, number(quantity.count), *quantity.pattern)]


def _service(one: Service) -> Loop:
    parts: list[Part] = [
        hl("SS"),
        *(trace_segment(trace) for trace in one.traces),
        *_refusals(one.refusals),
        *_decision(one.decision),
        *_numbers(one),
        dtp("472", one.day, one.end),
        *_validity(one),
        _code(one),
        *_quantity(one.quantity),
        segment("MSG", one.message) if one.message else None,
        *(node("2010FA", party_segments(role, party)) for role, party in one.providers),
    ]
    return node("2000F", parts, one.extras)


def _code(one: Service) -> Segment | None:
    code = procedure(one.code_qualifier, one.code, one.modifiers, one.description)
    if one.code_end and isinstance(code, tuple):
        code = (*code, one.code_end)
    amounts = (number(one.charge), one.unit, number(one.units))
    if one.revenue_code:
        return segment("SV2", one.revenue_code, code, *amounts)
    return segment("SV1", code, *amounts) if one.code else None

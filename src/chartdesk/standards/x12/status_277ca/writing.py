"""Building a 277CA: reports in, the interchange's bytes out. For tests and for resending."""

from __future__ import annotations

from collections.abc import Sequence

from chartdesk.standards.x12.envelope import Envelope
from chartdesk.standards.x12.guides import STATUS_277CA
from chartdesk.standards.x12.party_segments import party_segments, reference_segment
from chartdesk.standards.x12.segments import Loop, Segment, segment
from chartdesk.standards.x12.status_277ca.model import (
    ClaimStatus,
    LineStatus,
    ProviderStatus,
    StatusReport,
    Tally,
)
from chartdesk.standards.x12.status_segments import status_segments
from chartdesk.standards.x12.taking import node
from chartdesk.standards.x12.values import d8, dtp, number, procedure, t4
from chartdesk.standards.x12.writer import SetContent, compose, hl


def write(envelope: Envelope, reports: Sequence[StatusReport], *, uppercase: bool = True) -> bytes:
    """One interchange, one transaction set a report. Raises Invalid for what the guide cannot hold."""
    contents = [SetContent(one.control, _root(one, envelope)) for one in reports]
    return compose(envelope, STATUS_277CA, contents, uppercase=uppercase)


def _root(one: StatusReport, envelope: Envelope) -> Loop:
    created = one.created or envelope.created
    begin = segment("BHT", "0085", "08", one.reference, d8(created.date()), t4(created), "TH")
    trace = node(
        "2200A",
        [segment("TRN", "1", one.source_trace), dtp("050", one.received_on), dtp("009", one.processed_on)],
    )
    receiver = node(
        "2000B",
        [
            hl("21"),
            node("2100B", party_segments("41", one.receiver)),
            node(
                "2200B",
                [
                    segment("TRN", "2", one.receiver_trace),
                    *status_segments(one.receiver_statuses),
                    *_tally(one.tally, "90", "AA"),
                ],
            ),
            *(_provider(provider) for provider in one.providers),
        ],
    )
    source = node("2100A", party_segments(one.source_role, one.source))
    return node("ST", [begin, node("2000A", [hl("20"), source, trace, receiver])])


def _tally(tally: Tally, accepted: str, rejected: str) -> list[Segment]:
    found = (
        ("QTY", accepted, tally.accepted_count),
        ("QTY", rejected, tally.rejected_count),
        ("AMT", "YU", tally.accepted_amount),
        ("AMT", "YY", tally.rejected_amount),
    )
    return [segment(tag, kind, number(value)) for tag, kind, value in found if value is not None]


def _provider(one: ProviderStatus) -> Loop:
    own = None
    if one.trace:
        own = node(
            "2200C",
            [
                segment("TRN", "1", one.trace),
                *status_segments(one.statuses),
                *(reference_segment(reference) for reference in one.references),
                *_tally(one.tally, "QA", "QC"),
            ],
        )
    claims = [_claim(claim) for claim in one.claims]
    return node("2000C", [hl("19"), node("2100C", party_segments("85", one.provider)), own, *claims], one.extras)


def _claim(one: ClaimStatus) -> Loop:
    named = (("1K", one.payer_claim_number), ("D9", one.clearinghouse_number), ("BLT", one.bill_type))
    content = node(
        "2200D",
        [
            segment("TRN", "2", one.pcn),
            *status_segments(one.statuses),
            *(segment("REF", kind, value) for kind, value in named if value),
            *(reference_segment(reference) for reference in one.references),
            dtp("472", one.service_from, one.service_to),
            *(_line(line) for line in one.lines),
        ],
        one.extras,
    )
    name = node("2100D", party_segments("QC", one.patient))
    return node("2000D", [hl("PT", child=False), name, content])


def _line(one: LineStatus) -> Loop:
    service = segment(
        "SVC",
        procedure(one.code_qualifier, one.code, one.modifiers),
        number(one.charge),
        "",
        one.revenue_code,
        "",
        "",
        number(one.units),
    )
    return node(
        "2220D",
        [
            service,
            *status_segments(one.statuses),
            segment("REF", "FJ", one.control) if one.control else None,
            *(dtp(day.qualifier, day.start, day.end) for day in one.dates),
        ],
        one.extras,
    )

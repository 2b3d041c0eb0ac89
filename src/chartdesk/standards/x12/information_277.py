"""What a payer asks to see about a claim, 277 request for additional information (006020X313)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from chartdesk.standards.x12.envelope import Envelope
from chartdesk.standards.x12.guides import INFORMATION_277
from chartdesk.standards.x12.placing import tree
from chartdesk.standards.x12.reader import Source
from chartdesk.standards.x12.segments import Loop, Segment, segment
from chartdesk.standards.x12.status_claims import (
    ServiceLine,
    StatusSet,
    beginning,
    claims,
    control_and_days,
    header,
    number_segments,
    service,
    take_days,
    take_numbers,
    take_service,
    written,
)
from chartdesk.standards.x12.status_levels import Whose, inner_extras, stack
from chartdesk.standards.x12.status_segments import Status, status_segments, take_statuses
from chartdesk.standards.x12.taking import Extra, Taking, node
from chartdesk.standards.x12.transactions import Transaction, of_guide
from chartdesk.standards.x12.values import decimal_at, dtp, span_at

__all__ = ["InformationRequest", "LineRequest", "Request", "read", "write"]

_NUMBERS = (("1K", "payer_claim_number"), ("BLT", "bill_type"), ("EJ", "pcn"), ("EA", "record_number"))


@dataclass(slots=True, kw_only=True)
class LineRequest(ServiceLine):
    """Loop 2220: a line that more is asked about."""

    asked: list[Status]
    units: Decimal | None = None
    day: date | None = None
    due: date | None = None


@dataclass(slots=True, kw_only=True)
class Request(Whose):
    """One claim, loop 2200. ``trace`` (TRN02) comes back in the 275 that answers; ``asked`` says what is wanted: the
    code of each status is a LOINC code where its ``source`` is LOI. ``due`` is the day it is wanted by."""

    trace: str
    asked: list[Status]
    pcn: str = ""
    payer_claim_number: str = ""
    bill_type: str = ""
    record_number: str = ""
    service_from: date | None = None
    service_to: date | None = None
    due: date | None = None
    lines: list[LineRequest] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class InformationRequest(StatusSet):
    """One ST: what a payer asks."""

    requests: list[Request]
    kind: str = "RQ"


def write(envelope: Envelope, sets: Sequence[InformationRequest], *, uppercase: bool = True) -> bytes:
    """One interchange, one transaction set each. Raises Invalid for what the guide cannot hold."""
    return written(envelope, INFORMATION_277, sets, _root, uppercase=uppercase)


def _root(one: InformationRequest, envelope: Envelope) -> Loop:
    return node("ST", [beginning(one, envelope, "48", one.kind), *stack(one.requests, _claim)], one.extras)


def _claim(one: Request, level: str) -> list[Loop]:
    parts: list[Segment | Loop | None] = [
        segment("TRN", "1", one.trace),
        *status_segments(one.asked),
        *number_segments(_NUMBERS, one),
        dtp("472", one.service_from, one.service_to),
        dtp("106", one.due),
        *(_line(line, level) for line in one.lines),
    ]
    return [node(f"2200{level}", parts, inner_extras(one))]


def _line(line: LineRequest, level: str) -> Loop:
    parts = [service(line, line.units), *status_segments(line.asked), *control_and_days(line), dtp("106", line.due)]
    return node(f"2220{level}", parts, line.extras)


def read(source: Source) -> list[InformationRequest]:
    """Every request of the file, set by set. Raises Invalid where it cannot be read, or holds none."""
    return [_set(one) for one in of_guide(source, INFORMATION_277)]


def _set(transaction: Transaction) -> InformationRequest:
    root = tree(INFORMATION_277, transaction.body)
    begin, known = header(transaction, Taking(root))
    return InformationRequest(requests=claims(root, _request), kind=begin[6], **known)


def _request(people: dict[str, Any], loop: Loop, above: list[Extra]) -> Request:
    taking = Taking(loop)
    start, end = take_days(taking)
    return Request(
        **people,
        **take_numbers(_NUMBERS, taking, Request.__dataclass_fields__),
        trace=taking.one("TRN")[2],
        asked=take_statuses(taking),
        service_from=start,
        service_to=end,
        due=_due(taking),
        lines=[_read_line(one) for one in taking.each("2220D")],
        extras=[*above, *taking.rest()],
    )


def _read_line(loop: Loop) -> LineRequest:
    taking = Taking(loop)
    svc, known = take_service(taking)
    asked = take_statuses(taking)
    return LineRequest(**known, units=decimal_at(svc, 7), asked=asked, due=_due(taking), extras=taking.rest())


def _due(taking: Taking) -> date | None:
    due = taking.one("DTP", "106")
    return span_at(due, 2, 3)[0] if due.tag else None

"""The claim status question, 276 (005010X212): what became of a claim that was sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from chartdesk.standards.x12.envelope import Envelope
from chartdesk.standards.x12.guides import STATUS_276
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
from chartdesk.standards.x12.taking import Extra, Taking, node
from chartdesk.standards.x12.transactions import Transaction, of_guide
from chartdesk.standards.x12.values import amount_at, decimal_at, dtp, number

__all__ = ["LineQuestion", "Question", "StatusRequest", "read", "write"]

#: REF qualifiers of a claim and the fields that carry them, both in the 276 and in the 277.
NUMBERS = (
    ("1K", "payer_claim_number"),
    ("BLT", "bill_type"),
    ("LU", "location"),
    ("6P", "group_number"),
    ("EJ", "pcn"),
    ("XZ", "prescription"),
    ("VV", "voucher"),
    ("D9", "clearinghouse_number"),
)


@dataclass(slots=True, kw_only=True)
class LineQuestion(ServiceLine):
    """Loop 2210: a line that is asked about."""

    units: Decimal
    revenue_code: str = ""


@dataclass(slots=True, kw_only=True)
class Question(Whose):
    """One claim asked about, loop 2200. ``trace`` (TRN02, at most 50) comes back in the answer.

    ``pcn`` is our patient control number (REF*EJ), ``payer_claim_number`` the payer's (REF*1K); ``amount`` the
    whole charge. ``service_from`` is needed unless ``lines`` have dates. ``birth`` and ``gender`` are the
    patient's, ``dependent`` the patient who is not the subscriber.
    """

    trace: str
    pcn: str = ""
    payer_claim_number: str = ""
    bill_type: str = ""
    location: str = ""
    group_number: str = ""
    prescription: str = ""
    clearinghouse_number: str = ""
    amount: Decimal | None = None
    service_from: date | None = None
    service_to: date | None = None
    lines: list[LineQuestion] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class StatusRequest(StatusSet):
    """One ST: questions to whatever payers."""

    questions: list[Question]


def write(envelope: Envelope, requests: Sequence[StatusRequest], *, uppercase: bool = True) -> bytes:
    """One interchange, one transaction set a request. Raises Invalid for what the guide cannot hold."""
    return written(envelope, STATUS_276, requests, _root, uppercase=uppercase)


def _root(one: StatusRequest, envelope: Envelope) -> Loop:
    return node("ST", [beginning(one, envelope, "13"), *stack(one.questions, _claim)], one.extras)


def _claim(one: Question, level: str) -> list[Loop]:
    parts: list[Segment | Loop | None] = [
        segment("TRN", "1", one.trace),
        *number_segments(NUMBERS, one),
        segment("AMT", "T3", number(one.amount)) if one.amount is not None else None,
        dtp("472", one.service_from, one.service_to),
        *(_line(line, level) for line in one.lines),
    ]
    return [node(f"2200{level}", parts, inner_extras(one))] if one.trace else []


def _line(line: LineQuestion, level: str) -> Loop:
    parts = [service(line, line.units, revenue_code=line.revenue_code), *control_and_days(line)]
    return node(f"2210{level}", parts, line.extras)


def read(source: Source) -> list[StatusRequest]:
    """Every status question of the file, set by set. Raises Invalid where it cannot be read, or holds none."""
    return [_request(one) for one in of_guide(source, STATUS_276)]


def _request(transaction: Transaction) -> StatusRequest:
    root = tree(STATUS_276, transaction.body)
    _, known = header(transaction, Taking(root))
    return StatusRequest(questions=claims(root, _question, _nothing), **known)


def _nothing(people: dict[str, Any], above: list[Extra]) -> Question:
    return Question(**people, trace="", extras=above)


def _question(people: dict[str, Any], loop: Loop, above: list[Extra]) -> Question:
    taking = Taking(loop)
    start, end = take_days(taking)
    return Question(
        **people,
        **take_numbers(NUMBERS, taking, Question.__dataclass_fields__),
        trace=taking.one("TRN")[2],
        amount=amount_at(taking.one("AMT", "T3"), 2),
        service_from=start,
        service_to=end,
        lines=[_read_line(one) for one in taking.each("2210D", "2210E")],
        extras=[*above, *taking.rest()],
    )


def _read_line(loop: Loop) -> LineQuestion:
    taking = Taking(loop)
    svc, known = take_service(taking)
    units = decimal_at(svc, 7) or Decimal(0)
    return LineQuestion(**known, revenue_code=svc[4], units=units, extras=taking.rest())

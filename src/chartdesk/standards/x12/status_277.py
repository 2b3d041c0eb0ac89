"""The answer to a claim status question, 277 (005010X212): where each claim stands at the payer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from chartdesk.standards.x12.envelope import Envelope
from chartdesk.standards.x12.guides import STATUS_277
from chartdesk.standards.x12.placing import tree
from chartdesk.standards.x12.reader import Source
from chartdesk.standards.x12.segments import Loop, Segment, segment
from chartdesk.standards.x12.status_276 import NUMBERS
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
from chartdesk.standards.x12.status_segments import Status, StatusCode, status_segments, take_statuses
from chartdesk.standards.x12.taking import Extra, Taking, node
from chartdesk.standards.x12.transactions import Transaction, of_guide
from chartdesk.standards.x12.values import amount_at, decimal_at, dtp, number

__all__ = ["Answer", "LineAnswer", "Status", "StatusCode", "StatusResponse", "read", "write"]


@dataclass(slots=True, kw_only=True)
class LineAnswer(ServiceLine):
    """Loop 2220: a line and where it stands."""

    statuses: list[Status]
    paid: Decimal = Decimal(0)
    units: Decimal | None = None
    revenue_code: str = ""


@dataclass(slots=True, kw_only=True)
class Answer(Whose):
    """One answer, loop 2200. ``trace`` is the trace of the question (TRN02).

    Where ``subscriber`` is None it speaks of everything that was asked for that provider or receiver: a refusal.
    ``pcn`` is our patient control number (REF*EJ), ``payer_claim_number`` the payer's (REF*1K).
    """

    trace: str
    statuses: list[Status]
    pcn: str = ""
    payer_claim_number: str = ""
    bill_type: str = ""
    prescription: str = ""
    voucher: str = ""
    clearinghouse_number: str = ""
    service_from: date | None = None
    service_to: date | None = None
    lines: list[LineAnswer] = field(default_factory=list)

    @property
    def of_a_claim(self) -> bool:
        """True where it answers for one claim, False where it refuses a provider's or receiver's questions."""
        return self.subscriber is not None

    @property
    def category(self) -> str:
        """The first category, such as F1 or P2; empty where there is none."""
        return self.statuses[0].category if self.statuses else ""


@dataclass(slots=True, kw_only=True)
class StatusResponse(StatusSet):
    """One ST: the answers of whatever payers."""

    answers: list[Answer]


def write(envelope: Envelope, responses: Sequence[StatusResponse], *, uppercase: bool = True) -> bytes:
    """One interchange, one transaction set a response. Raises Invalid for what the guide cannot hold."""
    return written(envelope, STATUS_277, responses, _root, uppercase=uppercase)


def _root(one: StatusResponse, envelope: Envelope) -> Loop:
    return node("ST", [beginning(one, envelope, "08", "DG"), *stack(one.answers, _answer)], one.extras)


def _answer(one: Answer, level: str) -> list[Loop]:
    parts: list[Segment | Loop | None] = [
        segment("TRN", "1" if level == "C" else "2", one.trace),
        *status_segments(one.statuses),
        *number_segments(NUMBERS, one),
        dtp("472", one.service_from, one.service_to),
        *(_line(line, level) for line in one.lines),
    ]
    return [node(f"2200{level}", parts, inner_extras(one))] if one.trace else []


def _line(line: LineAnswer, level: str) -> Loop:
    done = service(line, line.units, paid=number(line.paid), revenue_code=line.revenue_code)
    return node(f"2220{level}", [done, *status_segments(line.statuses), *control_and_days(line)], line.extras)


def read(source: Source) -> list[StatusResponse]:
    """Every status answer of the file, set by set. Raises Invalid where it cannot be read, or holds none."""
    return [_response(one) for one in of_guide(source, STATUS_277)]


def _response(transaction: Transaction) -> StatusResponse:
    root = tree(STATUS_277, transaction.body)
    _, known = header(transaction, Taking(root))
    return StatusResponse(answers=claims(root, _read_answer, _nothing), **known)


def _nothing(people: dict[str, Any], above: list[Extra]) -> Answer:
    return Answer(**people, trace="", statuses=[], extras=above)


def _read_answer(people: dict[str, Any], loop: Loop, above: list[Extra]) -> Answer:
    taking = Taking(loop)
    start, end = take_days(taking)
    return Answer(
        **people,
        **take_numbers(NUMBERS, taking, Answer.__dataclass_fields__),
        trace=taking.one("TRN")[2],
        statuses=take_statuses(taking),
        service_from=start,
        service_to=end,
        lines=[_read_line(one) for one in taking.each("2220D", "2220E")],
        extras=[*above, *taking.rest()],
    )


def _read_line(loop: Loop) -> LineAnswer:
    taking = Taking(loop)
    svc, known = take_service(taking)
    return LineAnswer(
        **known,
        paid=amount_at(svc, 3) or Decimal("0.00"),
        revenue_code=svc[4],
        units=decimal_at(svc, 7),
        statuses=take_statuses(taking),
        extras=taking.rest(),
    )

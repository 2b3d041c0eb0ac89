"""The answer to a claim status question, 277 (005010X212): where each claim stands at the payer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from chartdesk.standards.x12.envelope import Envelope
from chartdesk.standards.x12.guides import STATUS_277
from chartdesk.standards.x12.placing import tree
from chartdesk.standards.x12.reader import Source
from chartdesk.standards.x12.segments import Loop, segment
from chartdesk.standards.x12.status_276 import NUMBERS
from chartdesk.standards.x12.status_levels import Whose, inner_extras, leaves, stack
from chartdesk.standards.x12.status_segments import Status, StatusCode, status_segments, take_statuses
from chartdesk.standards.x12.taking import Extra, Taking, node
from chartdesk.standards.x12.transactions import Transaction, of_guide
from chartdesk.standards.x12.values import (
    amount_at,
    d8,
    decimal_at,
    dollars_at,
    dtp,
    modifiers_at,
    moment_at,
    number,
    procedure,
    span_at,
    t4,
)
from chartdesk.standards.x12.writer import SetContent, compose

__all__ = ["Answer", "LineAnswer", "Status", "StatusCode", "StatusResponse", "read", "write"]


@dataclass(slots=True, kw_only=True)
class LineAnswer:
    """Loop 2220: a line and where it stands. ``control`` is our line control number (REF*FJ)."""

    code: str
    charge: Decimal
    statuses: list[Status]
    day: date | None
    end: date | None = None
    paid: Decimal = Decimal(0)
    units: Decimal | None = None
    code_qualifier: str = "HC"
    modifiers: list[str] = field(default_factory=list)
    revenue_code: str = ""
    control: str = ""
    extras: list[Extra] = field(default_factory=list)


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
class StatusResponse:
    """One ST: the answers of whatever payers. ``reference`` is BHT03."""

    answers: list[Answer]
    reference: str
    control: str = "0001"
    created: datetime | None = None
    envelope: Envelope | None = None
    extras: list[Extra] = field(default_factory=list)


def write(envelope: Envelope, responses: Sequence[StatusResponse], *, uppercase: bool = True) -> bytes:
    """One interchange, one transaction set a response. Raises Invalid for what the guide cannot hold."""
    contents = [SetContent(one.control, _root(one, envelope)) for one in responses]
    return compose(envelope, STATUS_277, contents, uppercase=uppercase)


def _root(one: StatusResponse, envelope: Envelope) -> Loop:
    created = one.created or envelope.created
    begin = segment("BHT", "0010", "08", one.reference, d8(created.date()), t4(created), "DG")
    return node("ST", [begin, *stack(one.answers, _answer)], one.extras)


def _answer(one: Answer, level: str) -> list[Loop]:
    if not one.trace:
        return []
    numbers = [(code, getattr(one, name, "")) for code, name in NUMBERS]
    return [
        node(
            f"2200{level}",
            [
                segment("TRN", "1" if level == "C" else "2", one.trace),
                *status_segments(one.statuses),
                *(segment("REF", code, value) for code, value in numbers if value),
                dtp("472", one.service_from, one.service_to),
                *(_line(line, level) for line in one.lines),
            ],
            inner_extras(one),
        )
    ]


def _line(line: LineAnswer, level: str) -> Loop:
    service = segment(
        "SVC",
        procedure(line.code_qualifier, line.code, line.modifiers),
        number(line.charge),
        number(line.paid),
        line.revenue_code,
        "",
        "",
        number(line.units),
    )
    return node(
        f"2220{level}",
        [
            service,
            *status_segments(line.statuses),
            segment("REF", "FJ", line.control) if line.control else None,
            dtp("472", line.day, line.end),
        ],
        line.extras,
    )


def read(source: Source) -> list[StatusResponse]:
    """Every status answer of the file, set by set. Raises Invalid where it cannot be read, or holds none."""
    return [_response(one) for one in of_guide(source, STATUS_277)]


def _response(transaction: Transaction) -> StatusResponse:
    root = tree(STATUS_277, transaction.body)
    taking = Taking(root)
    begin = taking.one("BHT")
    answers = list(_answers(root))
    taking.each("2000A")
    return StatusResponse(
        answers=answers,
        reference=begin[3],
        control=transaction.control,
        created=moment_at(begin, 4, 5),
        envelope=transaction.envelope,
        extras=taking.rest(),
    )


def _answers(root: Loop) -> Iterator[Answer]:
    for whose, claims in leaves(root):
        people = {name: getattr(whose, name) for name in Whose.__dataclass_fields__ if name != "extras"}
        if not claims:
            yield Answer(**people, trace="", statuses=[], extras=whose.extras)
        for loop in claims:
            yield _read_answer(people, loop, whose.extras)
            whose.extras = []


def _read_answer(people: dict[str, Any], loop: Loop, above: list[Extra]) -> Answer:
    taking = Taking(loop)
    when = taking.one("DTP", "472")
    start, end = span_at(when, 2, 3) if when.tag else (None, None)
    numbers: dict[str, Any] = {
        name: taking.one("REF", code)[2] for code, name in NUMBERS if name in Answer.__dataclass_fields__
    }
    return Answer(
        **people,
        **numbers,
        trace=taking.one("TRN")[2],
        statuses=take_statuses(taking),
        service_from=start,
        service_to=end,
        lines=[_read_line(one) for one in taking.each("2220D", "2220E")],
        extras=[*above, *taking.rest()],
    )


def _read_line(loop: Loop) -> LineAnswer:
    taking = Taking(loop)
    svc, when = taking.one("SVC"), taking.one("DTP", "472")
    start, end = span_at(when, 2, 3) if when.tag else (None, None)
    return LineAnswer(
        code_qualifier=svc.part(1, 1),
        code=svc.part(1, 2),
        modifiers=modifiers_at(svc, 1),
        charge=dollars_at(svc, 2),
        paid=amount_at(svc, 3) or Decimal("0.00"),
        revenue_code=svc[4],
        units=decimal_at(svc, 7),
        statuses=take_statuses(taking),
        control=taking.one("REF", "FJ")[2],
        day=start,
        end=end,
        extras=taking.rest(),
    )

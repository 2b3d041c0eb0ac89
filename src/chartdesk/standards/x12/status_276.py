"""The claim status question, 276 (005010X212): what became of a claim that was sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from chartdesk.standards.x12.envelope import Envelope
from chartdesk.standards.x12.guides import STATUS_276
from chartdesk.standards.x12.placing import tree
from chartdesk.standards.x12.reader import Source
from chartdesk.standards.x12.segments import Loop, Segment, segment
from chartdesk.standards.x12.status_levels import Whose, inner_extras, leaves, stack
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
class LineQuestion:
    """Loop 2210: a line that is asked about. ``control`` is our line control number (REF*FJ)."""

    code: str
    charge: Decimal
    units: Decimal
    day: date | None
    end: date | None = None
    code_qualifier: str = "HC"
    modifiers: list[str] = field(default_factory=list)
    revenue_code: str = ""
    control: str = ""
    extras: list[Extra] = field(default_factory=list)


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
class StatusRequest:
    """One ST: questions to whatever payers. ``reference`` is BHT03, at most 50."""

    questions: list[Question]
    reference: str
    control: str = "0001"
    created: datetime | None = None
    envelope: Envelope | None = None
    extras: list[Extra] = field(default_factory=list)


def write(envelope: Envelope, requests: Sequence[StatusRequest], *, uppercase: bool = True) -> bytes:
    """One interchange, one transaction set a request. Raises Invalid for what the guide cannot hold."""
    contents = [SetContent(one.control, _root(one, envelope)) for one in requests]
    return compose(envelope, STATUS_276, contents, uppercase=uppercase)


def _root(one: StatusRequest, envelope: Envelope) -> Loop:
    created = one.created or envelope.created
    begin = segment("BHT", "0010", "13", one.reference, d8(created.date()), t4(created))
    return node("ST", [begin, *stack(one.questions, _claim)], one.extras)


def _claim(one: Question, level: str) -> list[Loop]:
    numbers = [(code, getattr(one, name, "")) for code, name in NUMBERS]
    parts: list[Segment | Loop | None] = [
        segment("TRN", "1", one.trace),
        *(segment("REF", code, value) for code, value in numbers if value),
        segment("AMT", "T3", number(one.amount)) if one.amount is not None else None,
        dtp("472", one.service_from, one.service_to),
        *(_line(line, level) for line in one.lines),
    ]
    return [node(f"2200{level}", parts, inner_extras(one))] if one.trace else []


def _line(line: LineQuestion, level: str) -> Loop:
    return node(
        f"2210{level}",
        [
            segment(
                "SVC",
                procedure(line.code_qualifier, line.code, line.modifiers),
                number(line.charge),
                "",
                line.revenue_code,
                "",
                "",
                number(line.units),
            ),
            segment("REF", "FJ", line.control) if line.control else None,
            dtp("472", line.day, line.end),
        ],
        line.extras,
    )


def read(source: Source) -> list[StatusRequest]:
    """Every status question of the file, set by set. Raises Invalid where it cannot be read, or holds none."""
    return [_request(one) for one in of_guide(source, STATUS_276)]


def _request(transaction: Transaction) -> StatusRequest:
    root = tree(STATUS_276, transaction.body)
    taking = Taking(root)
    begin = taking.one("BHT")
    questions = list(_questions(root))
    taking.each("2000A")
    return StatusRequest(
        questions=questions,
        reference=begin[3],
        control=transaction.control,
        created=moment_at(begin, 4, 5),
        envelope=transaction.envelope,
        extras=taking.rest(),
    )


def _questions(root: Loop) -> Iterator[Question]:
    for whose, claims in leaves(root):
        people = {name: getattr(whose, name) for name in Whose.__dataclass_fields__ if name != "extras"}
        if not claims:
            yield Question(**people, trace="", extras=whose.extras)
        for loop in claims:
            yield _question(people, loop, whose.extras)
            whose.extras = []


def _question(people: dict[str, Any], loop: Loop, above: list[Extra]) -> Question:
    taking = Taking(loop)
    when = taking.one("DTP", "472")
    start, end = span_at(when, 2, 3) if when.tag else (None, None)
    numbers: dict[str, Any] = {
        name: taking.one("REF", code)[2] for code, name in NUMBERS if name in Question.__dataclass_fields__
    }
    return Question(
        **people,
        **numbers,
        trace=taking.one("TRN")[2],
        amount=amount_at(taking.one("AMT", "T3"), 2),
        service_from=start,
        service_to=end,
        lines=[_read_line(one) for one in taking.each("2210D", "2210E")],
        extras=[*above, *taking.rest()],
    )


def _read_line(loop: Loop) -> LineQuestion:
    taking = Taking(loop)
    svc, when = taking.one("SVC"), taking.one("DTP", "472")
    start, end = span_at(when, 2, 3) if when.tag else (None, None)
    return LineQuestion(
        code_qualifier=svc.part(1, 1),
        code=svc.part(1, 2),
        modifiers=modifiers_at(svc, 1),
        charge=dollars_at(svc, 2),
        revenue_code=svc[4],
        units=decimal_at(svc, 7) or Decimal(0),
        control=taking.one("REF", "FJ")[2],
        day=start,
        end=end,
        extras=taking.rest(),
    )

"""Eligibility inquiry, 270 (005010X279A1): what a practice asks a payer about a patient's cover."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from chartdesk.kit.errors import Invalid
from chartdesk.standards.x12.eligibility_people import (
    Insured,
    Trace,
    extras_of,
    insured_segments,
    take_insured,
    trace_of,
    trace_segment,
)
from chartdesk.standards.x12.envelope import Envelope
from chartdesk.standards.x12.guides import ELIGIBILITY_270
from chartdesk.standards.x12.parties import Party
from chartdesk.standards.x12.party_segments import party_segments, take_party
from chartdesk.standards.x12.placing import tree
from chartdesk.standards.x12.reader import Source
from chartdesk.standards.x12.segments import Loop, Segment, segment
from chartdesk.standards.x12.taking import Extra, Taking, left_over, node
from chartdesk.standards.x12.transactions import Transaction, of_guide
from chartdesk.standards.x12.values import d8, dtp, modifiers_at, moment_at, procedure, span_at, t4
from chartdesk.standards.x12.writer import SetContent, compose, hl

__all__ = ["Inquiry", "Insured", "Question", "Trace", "read", "write"]

#: How many service types one EQ may repeat.
REPEATS = 99


@dataclass(slots=True, kw_only=True)
class Question:
    """EQ: service type codes (sent as repeats, ``30^98``), or one procedure code with its modifiers."""

    service_types: list[str] = field(default_factory=list)
    code_qualifier: str = "HC"
    code: str = ""
    modifiers: list[str] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Inquiry:
    """One patient, one payer, one asking provider. ``receiver`` is the provider (NM1*1P, XX its NPI),
    ``source`` the payer (NM1*PR). ``service_end`` only where a range of days is asked about. Who is asked
    about is the ``dependent`` where there is one, else the ``subscriber``. ``reference`` is BHT03, at most
    50."""

    source: Party
    receiver: Party
    subscriber: Insured
    questions: list[Question]
    dependent: Insured | None = None
    trace: Trace | None = None
    service_day: date | None = None
    service_end: date | None = None
    reference: str = ""
    real_time: bool = False
    control: str = "0001"
    created: datetime | None = None
    source_role: str = "PR"
    receiver_role: str = "1P"
    envelope: Envelope | None = None
    extras: list[Extra] = field(default_factory=list)


def write(envelope: Envelope, inquiries: Sequence[Inquiry], *, uppercase: bool = True) -> bytes:
    """One interchange, one transaction set an inquiry. Raises Invalid for what the guide cannot hold."""
    contents = [SetContent(one.control, _root(one, envelope)) for one in inquiries]
    return compose(envelope, ELIGIBILITY_270, contents, uppercase=uppercase)


def _root(one: Inquiry, envelope: Envelope) -> Loop:
    if not one.questions:
        raise Invalid("The inquiry asks for nothing.", where="EQ", cure="Ask for service type 30 at least.")
    created = one.created or envelope.created
    begin = segment("BHT", "0022", "13", one.reference, d8(created.date()), t4(created), "RT" if one.real_time else "")
    dependent = _person(one, "D", one.dependent, one.questions) if one.dependent is not None else None
    asked = [] if one.dependent is not None else one.questions
    subscriber = _person(one, "C", one.subscriber, asked, dependent)
    receiver = node(
        "2000B",
        [
            hl("21"),
            node("2100B", party_segments(one.receiver_role, one.receiver), extras_of(one.extras, "2100B")),
            subscriber,
        ],
    )
    source = node("2100A", party_segments(one.source_role, one.source), extras_of(one.extras, "2100A"))
    return node("ST", [begin, node("2000A", [hl("20"), source, receiver])])


def _person(one: Inquiry, level: str, insured: Insured, questions: list[Question], below: Loop | None = None) -> Loop:
    asked = below is None
    when = dtp("291", one.service_day, one.service_end) if asked else None
    trace = trace_segment(one.trace) if asked and one.trace is not None else None
    name = node(
        f"2100{level}",
        [
            *insured_segments("IL" if level == "C" else "03", insured),
            when,
            *(_question(f"2110{level}", question) for question in questions),
        ],
        extras_of(one.extras, f"2100{level}"),
    )
    code = "22" if level == "C" else "23"
    return node(f"2000{level}", [hl(code), trace, name, below], extras_of(one.extras, f"2000{level}"))


def _question(id: str, question: Question) -> Loop:
    if len(question.service_types) > REPEATS:
        raise Invalid("More than 99 service types in one question.", where="EQ01", cure="Ask in several.")
    code = procedure(question.code_qualifier, question.code, question.modifiers)
    return node(id, [segment("EQ", list(question.service_types), code)], question.extras)


def read(source: Source) -> list[Inquiry]:
    """Every inquiry of the file: one a patient asked about. Raises Invalid where there is none to read."""
    return [one for found in of_guide(source, ELIGIBILITY_270) for one in _inquiries(found)]


def _inquiries(transaction: Transaction) -> Iterator[Inquiry]:
    root = tree(ELIGIBILITY_270, transaction.body)
    begin = root.first("BHT") or Segment(["BHT"])
    for source_level in root.inner("2000A"):
        for receiver_level in source_level.inner("2000B"):
            for level in receiver_level.inner("2000C"):
                dependents = level.inner("2000D")
                chosen: list[Loop | None] = [*dependents]
                for below in chosen or [None]:
                    yield _inquiry(transaction, begin, (source_level, receiver_level, level, below))


def _inquiry(transaction: Transaction, begin: Segment, levels: tuple[Loop, Loop, Loop, Loop | None]) -> Inquiry:
    source_level, receiver_level, level, below = levels
    source, receiver = Taking(source_level.one("2100A")), Taking(receiver_level.one("2100B"))
    top, top_name = Taking(level), Taking(level.one("2100C"))
    top.one("HL")
    top.each("2100C", "2000D")
    low, low_name = Taking(below), Taking(below.one("2100D") if below else None)
    low.one("HL")
    low.each("2100D")
    leaf, leaf_name = (low, low_name) if below is not None else (top, top_name)
    when = leaf_name.one("DTP", "291")
    start, end = span_at(when, 2, 3) if when.tag else (None, None)
    trn = leaf.one("TRN")
    source_role, receiver_role = _role(source, "PR"), _role(receiver, "1P")
    return Inquiry(
        source=take_party(source),
        receiver=take_party(receiver),
        subscriber=take_insured(top_name),
        dependent=take_insured(low_name) if below is not None else None,
        questions=[_read_question(one) for one in leaf_name.each("2110C", "2110D")],
        trace=trace_of(trn) if trn.tag else None,
        service_day=start,
        service_end=end,
        reference=begin[3],
        real_time=begin[6] == "RT",
        control=transaction.control,
        created=moment_at(begin, 4, 5),
        source_role=source_role,
        receiver_role=receiver_role,
        envelope=transaction.envelope,
        extras=left_over(source, receiver, top, top_name, low, low_name),
    )


def _role(taking: Taking, usual: str) -> str:
    return taking.segments[0][1] if taking.segments else usual


def _read_question(loop: Loop) -> Question:
    taking = Taking(loop)
    asked = taking.one("EQ")
    return Question(
        service_types=asked.repeats(1),
        code_qualifier=asked.part(2, 1) or "HC",
        code=asked.part(2, 2),
        modifiers=modifiers_at(asked, 2),
        extras=taking.rest(),
    )

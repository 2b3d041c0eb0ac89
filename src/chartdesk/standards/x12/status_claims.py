"""One claim and its lines, both ways, as the 276 and both kinds of 277 say them alike (loops 2200, 2210 and 2220)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from chartdesk.standards.x12.envelope import Envelope
from chartdesk.standards.x12.guides.model import Guide
from chartdesk.standards.x12.segments import Loop, Segment, segment
from chartdesk.standards.x12.status_levels import Whose, leaves
from chartdesk.standards.x12.taking import Extra, Taking
from chartdesk.standards.x12.transactions import Transaction
from chartdesk.standards.x12.values import (
    d8,
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

#: Pairs of a REF qualifier and the field that carries it.
Numbers = Sequence[tuple[str, str]]
T = TypeVar("T")


@dataclass(slots=True, kw_only=True)
class ServiceLine:
    """A line of a claim that is spoken of. ``control`` is our line control number (REF*FJ)."""

    code: str
    charge: Decimal
    day: date | None
    end: date | None = None
    code_qualifier: str = "HC"
    modifiers: list[str] = field(default_factory=list)
    control: str = ""
    extras: list[Extra] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class StatusSet:
    """What one ST says beside its claims. ``reference`` is BHT03, at most 50."""

    reference: str
    control: str = "0001"
    created: datetime | None = None
    envelope: Envelope | None = None
    extras: list[Extra] = field(default_factory=list)


S = TypeVar("S", bound=StatusSet)


def written(
    envelope: Envelope, guide: Guide, sets: Sequence[S], root: Callable[[S, Envelope], Loop], *, uppercase: bool
) -> bytes:
    """One interchange of those sets, whose loops ``root`` makes."""
    return compose(envelope, guide, [SetContent(one.control, root(one, envelope)) for one in sets], uppercase=uppercase)


def beginning(one: StatusSet, envelope: Envelope, purpose: str, *kind: str) -> Segment:
    """The BHT of a set; ``kind`` is BHT06 where there is one."""
    created = one.created or envelope.created
    return segment("BHT", "0010", purpose, one.reference, d8(created.date()), t4(created), *kind)


def service(line: ServiceLine, units: Decimal | None, *, paid: str = "", revenue_code: str = "") -> Segment:
    """The SVC of a line."""
    code = procedure(line.code_qualifier, line.code, line.modifiers)
    return segment("SVC", code, number(line.charge), paid, revenue_code, "", "", number(units))


def control_and_days(line: ServiceLine) -> tuple[Segment | None, Segment | None]:
    """The REF and the DTP of a line."""
    return segment("REF", "FJ", line.control) if line.control else None, dtp("472", line.day, line.end)


def take_service(taking: Taking) -> tuple[Segment, dict[str, Any]]:
    """The SVC of a line, and the fields of ``ServiceLine`` but for ``extras``."""
    svc = taking.one("SVC")
    start, end = take_days(taking)
    return svc, {
        "code_qualifier": svc.part(1, 1),
        "code": svc.part(1, 2),
        "modifiers": modifiers_at(svc, 1),
        "charge": dollars_at(svc, 2),
        "control": taking.one("REF", "FJ")[2],
        "day": start,
        "end": end,
    }


def take_days(taking: Taking) -> tuple[date | None, date | None]:
    """The first and last day of service, DTP*472."""
    when = taking.one("DTP", "472")
    return span_at(when, 2, 3) if when.tag else (None, None)


def number_segments(numbers: Numbers, one: object) -> Iterator[Segment]:
    """A REF for each number that the claim has."""
    for code, name in numbers:
        if value := getattr(one, name, ""):
            yield segment("REF", code, value)


def take_numbers(numbers: Numbers, taking: Taking, fields: Iterable[str]) -> dict[str, Any]:
    """The numbers that a claim with those fields carries."""
    wanted = set(fields)
    return {name: taking.one("REF", code)[2] for code, name in numbers if name in wanted}


def header(transaction: Transaction, taking: Taking) -> tuple[Segment, dict[str, Any]]:
    """The BHT of a set, and what every set is known by. The set's claims are taken as read."""
    begin = taking.one("BHT")
    taking.each("2000A")
    return begin, {
        "reference": begin[3],
        "control": transaction.control,
        "created": moment_at(begin, 4, 5),
        "envelope": transaction.envelope,
        "extras": taking.rest(),
    }


def claims(
    root: Loop,
    made: Callable[[dict[str, Any], Loop, list[Extra]], T],
    alone: Callable[[dict[str, Any], list[Extra]], T] | None = None,
) -> list[T]:
    """What ``made`` makes of each claim's loop: of its people, the loop, and what nobody took above it.

    A level that nothing stands below and that has no claim of its own is for ``alone``.
    """
    found: list[T] = []
    for whose, loops in leaves(root):
        people = {name: getattr(whose, name) for name in Whose.__dataclass_fields__ if name != "extras"}
        if not loops and alone is not None:
            found.append(alone(people, whose.extras))
        for loop in loops:
            found.append(made(people, loop, whose.extras))
            whose.extras = []
    return found

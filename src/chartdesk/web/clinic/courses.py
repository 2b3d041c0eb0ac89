"""The course of a value drawn: places in a picture of fixed size, which the page scales."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from chartdesk.ehr.orders import values
from chartdesk.ehr.orders.values import Value
from chartdesk.record.access.subject import Subject

#: Size of the picture, and the room around what is drawn.
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 720, 260, 56, 14, 28
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Point:
    """A value and where it is drawn. ``color`` is a color name of the design system."""

    value: Value
    x: int
    y: int
    color: str


@dataclass(frozen=True)
class Course:
    """A course. ``band`` is the reference range as (y, height); empty where none is known."""

    name: str
    unit: str
    points: list[Point]
    marks: list[tuple[int, str]]
    days: list[tuple[int, str]]
    band: tuple[int, int] | None
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def line(self) -> str:
        """The points as a polyline has them."""
        return " ".join(f"{one.x},{one.y}" for one in self.points)

    @property
    def latest_first(self) -> list[Value]:
        """The values for a table."""
        return [one.value for one in reversed(self.points)]


def course(subject: Subject, patient_id: str, system: str, code: str, zone: str) -> Course:
    """The numbers of a patient under a code, drawn."""
    found = [(one, one.number, one.at) for one in values.course(subject, patient_id, system, code)]
    known = [(one, number, at) for one, number, at in found if number is not None and at is not None]
    if not known:
        return Course("", "", [], [], [], None)
    last = known[-1][0]
    numbers = [number for _, number, _ in known]
    ends = [end for end in (last.low, last.high) if end is not None]
    low, high = min([*numbers, *ends]), max([*numbers, *ends])
    room = (high - low) * _TENTH or abs(high) * _TENTH or Decimal(1)
    low, high = low - room, high + room
    first, until = known[0][2], known[-1][2]
    points = [Point(one, _x(at, first, until), _y(number, low, high), _color(one)) for one, number, at in known]
    steps = [low + (high - low) * step / 4 for step in range(5)]
    marks = [(_y(step, low, high), _plain(step, high - low)) for step in steps]
    shown = [points[0], points[-1]] if len(points) > 1 else points
    local = ZoneInfo(zone)
    days = [(one.x, f"{one.value.at.astimezone(local):%b %-d, %Y}") for one in shown if one.value.at is not None]
    return Course(last.name, last.unit, points, marks, days, _band(last, low, high))


def _x(at: datetime, first: datetime, until: datetime) -> int:
    span = (until - first).total_seconds()
    if not span:
        return (WIDTH + LEFT) // 2
    inner = WIDTH - LEFT - 40
    return LEFT + 10 + round((at - first).total_seconds() / span * inner)


def _y(number: Decimal, low: Decimal, high: Decimal) -> int:
    inner = HEIGHT - TOP - BOTTOM
    return TOP + round((high - number) / (high - low) * inner)


def _band(last: Value, low: Decimal, high: Decimal) -> tuple[int, int] | None:
    if last.low is None and last.high is None:
        return None
    top = _y(last.high, low, high) if last.high is not None else TOP
    bottom = _y(last.low, low, high) if last.low is not None else HEIGHT - BOTTOM
    return top, max(bottom - top, 1)


def _color(one: Value) -> str:
    return ("blue", "orange", "red")[one.level]


def _plain(number: Decimal, span: Decimal) -> str:
    """A number of the axis with as many places as its steps need."""
    places = 0 if span >= 20 else 1 if span >= 2 else 2
    return f"{number:.{places}f}"

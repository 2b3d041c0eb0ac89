"""How a view of a segment names its fields: descriptors that read and write one field by its number and type."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar, Generic, Self, TypeVar, overload

from chartdesk.standards.hl7v2.datatypes import Composite
from chartdesk.standards.hl7v2.faults import Unreadable
from chartdesk.standards.hl7v2.message import NULL, Message, Segment
from chartdesk.standards.hl7v2.times import Moment, day, moment, written

V = TypeVar("V")
C = TypeVar("C", bound=Composite)


class View:
    """A segment with its fields named. It holds nothing itself: what is written goes into the segment."""

    NAME: ClassVar[str] = ""
    __slots__ = ("segment",)

    def __init__(self, segment: Segment) -> None:
        if segment.name != self.NAME:
            raise ValueError(f"{segment.name} is not {self.NAME}")
        self.segment = segment

    @classmethod
    def first(cls, message: Message) -> Self | None:
        """The first segment of this kind in the message."""
        found = message.first(cls.NAME)
        return cls(found) if found is not None else None

    @classmethod
    def all(cls, message: Message) -> list[Self]:
        """Every segment of this kind, in order."""
        return [cls(segment) for segment in message.all(cls.NAME)]

    def deletes(self, field: int) -> bool:
        """Whether the field says that the receiver's value is to be deleted (``""``)."""
        return self.segment.raw(field) == NULL

    def _where(self, field: int) -> str:
        return f"{self.NAME}-{field}"


class _Field(ABC, Generic[V]):
    """Field ``number``; what a kind of field reads and writes is in ``_read`` and ``_write``."""

    def __init__(self, number: int) -> None:
        self.number = number

    @overload
    def __get__(self, view: None, owner: type) -> Self: ...
    @overload
    def __get__(self, view: View, owner: type) -> V: ...
    def __get__(self, view: View | None, owner: type) -> Self | V:
        return self if view is None else self._read(view)

    def __set__(self, view: View, value: V) -> None:
        self._write(view, value)

    @abstractmethod
    def _read(self, view: View) -> V:
        """What stands in the field."""

    def _write(self, view: View, value: V) -> None:
        view.segment.set(self._text(value), self.number)

    def _text(self, value: V) -> str:
        return str(value)


class Text(_Field[str]):
    """The first component as text; empty where there is none, or where it deletes."""

    def _read(self, view: View) -> str:
        found = view.segment.get(self.number, 1, 1)
        return "" if found == NULL else found


class Day(_Field[date | None]):
    """A date. Raises Unreadable for one that is none."""

    def _read(self, view: View) -> date | None:
        return day(view.segment.get(self.number, 1, 1), view._where(self.number))

    def _text(self, value: date | None) -> str:
        return written(value) if value else ""


class Time(_Field[Moment | None]):
    """A date and time with what was said of it. Raises Unreadable for one that is none."""

    def _read(self, view: View) -> Moment | None:
        return moment(view.segment.get(self.number, 1, 1), view._where(self.number))

    def _write(self, view: View, value: Moment | datetime | date | None) -> None:
        at = value.at if isinstance(value, Moment) else value
        view.segment.set(written(at) if at else "", self.number)


class Number(_Field[Decimal | None]):
    """A number, never a float. Raises Unreadable for one that is none."""

    def _read(self, view: View) -> Decimal | None:
        text = view.segment.get(self.number, 1, 1).strip()
        if not text or text == NULL:
            return None
        try:
            found = Decimal(text)
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite():
            raise Unreadable(f"{text!r} is not a number.", "Write digits.", where=view._where(self.number))
        return found

    def _text(self, value: Decimal | None) -> str:
        return "" if value is None else f"{value:f}"


class One(_Field[C], Generic[C]):
    """The first repetition as a composite; empty where there is none."""

    def __init__(self, number: int, kind: type[C]) -> None:
        super().__init__(number)
        self.kind = kind

    def _read(self, view: View) -> C:
        found = view.segment.repetitions(self.number)
        return self.kind.read(found[0] if found and found[0] != NULL else "", view.segment.separators)

    def _write(self, view: View, value: C) -> None:
        view.segment.set_raw(value.er7(view.segment.separators), self.number)


class Many(_Field[list[C]], Generic[C]):
    """Every repetition as a composite, empty ones left out."""

    def __init__(self, number: int, kind: type[C]) -> None:
        super().__init__(number)
        self.kind = kind

    def _read(self, view: View) -> list[C]:
        separators = view.segment.separators
        read = (self.kind.read(raw, separators) for raw in view.segment.repetitions(self.number) if raw != NULL)
        return [one for one in read if one]

    def _write(self, view: View, value: Iterable[C]) -> None:
        separators = view.segment.separators
        view.segment.set_raw(separators.repetition.join(one.er7(separators) for one in value), self.number)


class Texts(_Field[list[str]]):
    """Every repetition's first component as text."""

    def _read(self, view: View) -> list[str]:
        count = len(view.segment.repetitions(self.number))
        return [view.segment.get(self.number, 1, 1, number) for number in range(1, count + 1)]

    def _write(self, view: View, value: Iterable[Any]) -> None:
        view.segment.set("", self.number)
        for number, text in enumerate(value, start=1):
            view.segment.set(str(text), self.number, repetition=number)

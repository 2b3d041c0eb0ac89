"""Data types of HL7 v2.5.1 (chapter 2A) that hold several components, as small immutable values.

Each is read from the raw text of one repetition and written back by ``er7``. Components are named as the chapter names
them; those that partners never send here are left out, and stay in the message they came in.
"""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar, Self, get_type_hints

import msgspec

from chartdesk.standards.hl7v2.escapes import escape, unescape
from chartdesk.standards.hl7v2.separators import STANDARD, Separators


class Composite(msgspec.Struct, frozen=True):
    """Values by component. ``PLACES`` names the number of each component where they do not follow one another."""

    PLACES: ClassVar[tuple[int, ...]] = ()

    @classmethod
    def read(cls, raw: str, separators: Separators = STANDARD, *, inner: bool = False) -> Self:
        """From the text of one repetition; ``inner`` for a component of another, parted by subcomponents."""
        mark = separators.subcomponent if inner else separators.component
        parts = raw.split(mark) if mark else [raw]
        if not (inner or separators.subcomponent in raw or separators.escape in raw):
            return cls(*_plain(cls, parts))
        values: list[Any] = []
        for number, kind in _components(cls):
            part = parts[number - 1] if number <= len(parts) else ""
            if kind is not None:
                values.append(kind.read(part, separators, inner=True))
                continue
            if not inner and separators.subcomponent and separators.subcomponent in part:
                part = part.split(separators.subcomponent, 1)[0]  # deeper than the type goes: its first part is meant
            values.append(unescape(part, separators))
        return cls(*values)

    def er7(self, separators: Separators = STANDARD, *, inner: bool = False) -> str:
        """The text that stands in a message, empty components at the end left out."""
        written: list[str] = []
        for (number, kind), name in zip(_components(type(self)), self.__struct_fields__, strict=True):
            value = getattr(self, name)
            written.extend([""] * (number - 1 - len(written)))
            written.append(value.er7(separators, inner=True) if kind is not None else escape(value, separators))
        mark = separators.subcomponent if inner else separators.component
        return mark.join(written).rstrip(mark)

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__struct_fields__)


@cache
def _components(kind: type[Composite]) -> tuple[tuple[int, type[Composite] | None], ...]:
    hints = get_type_hints(kind)
    names = kind.__struct_fields__
    numbers = kind.PLACES or range(1, len(names) + 1)
    types = (hints[name] if issubclass(hints[name], Composite) else None for name in names)
    return tuple(zip(numbers, types, strict=True))


@cache
def _shape(kind: type[Composite]) -> tuple[int, tuple[tuple[int, type[Composite] | None, Any], ...]]:
    """How many components follow one another, 0 where they do not or are composite; and each with what it is empty."""
    known = tuple((number, inner, "" if inner is None else inner()) for number, inner in _components(kind))
    flat = all(inner is None and number == at for at, (number, inner, _) in enumerate(known, 1))
    return len(known) if flat else 0, known


def _plain(kind: type[Composite], parts: list[str]) -> list[Any]:
    """The values of a text without subcomponents and escapes, as most are. Of a flat type the rest is left out."""
    flat, known = _shape(kind)
    if flat:
        return parts[:flat]
    length = len(parts)
    found = []
    for number, inner, empty in known:
        part = parts[number - 1] if number <= length else ""
        found.append(empty if not part else part if inner is None else inner(part))
    return found


class HD(Composite, frozen=True):
    """Who assigns: a name of theirs, or a universal id of a type such as ISO."""

    namespace: str = ""
    universal_id: str = ""
    universal_id_type: str = ""


class EI(Composite, frozen=True):
    """A number that a system gave to something."""

    id: str = ""
    namespace: str = ""
    universal_id: str = ""
    universal_id_type: str = ""


class CX(Composite, frozen=True):
    """An identifier with who assigned it and of what type it is (table 0203: MR, PI, SS, MC, ...)."""

    PLACES = (1, 2, 3, 4, 5, 6, 7, 8)
    id: str = ""
    check_digit: str = ""
    check_scheme: str = ""
    authority: HD = HD()
    type: str = ""
    facility: HD = HD()
    effective: str = ""
    expires: str = ""


class FN(Composite, frozen=True):
    """A family name with its parts."""

    surname: str = ""


class XPN(Composite, frozen=True):
    """A person's name; ``type`` is of table 0200 (L legal, M maiden, N nickname)."""

    PLACES = (1, 2, 3, 4, 5, 6, 7)
    family: FN = FN()
    given: str = ""
    middle: str = ""
    suffix: str = ""
    prefix: str = ""
    degree: str = ""
    type: str = ""


class SAD(Composite, frozen=True):
    """A street address: the line, and the street and number that some send instead."""

    line: str = ""
    street: str = ""
    number: str = ""


class XAD(Composite, frozen=True):
    """An address; ``type`` is of table 0190 (H home, M mailing, B business)."""

    PLACES = (1, 2, 3, 4, 5, 6, 7, 9)
    street: SAD = SAD()
    other: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""
    type: str = ""
    county: str = ""


class XTN(Composite, frozen=True):
    """A telephone number or address; ``use`` is of table 0201, ``equipment`` of 0202 (PH, CP, Internet)."""

    number: str = ""
    use: str = ""
    equipment: str = ""
    email: str = ""
    country: str = ""
    area: str = ""
    local: str = ""
    extension: str = ""
    any_text: str = ""


class XCN(Composite, frozen=True):
    """A person with a number: a provider, most often; ``type`` NPI where it is that."""

    PLACES = (1, 2, 3, 4, 5, 6, 7, 9, 10, 13)
    id: str = ""
    family: FN = FN()
    given: str = ""
    middle: str = ""
    suffix: str = ""
    prefix: str = ""
    degree: str = ""
    authority: HD = HD()
    name_type: str = ""
    type: str = ""


class XON(Composite, frozen=True):
    """An organization by name and number."""

    PLACES = (1, 2, 3, 6, 7, 10)
    name: str = ""
    name_type: str = ""
    number: str = ""
    authority: HD = HD()
    type: str = ""
    id: str = ""


class CWE(Composite, frozen=True):
    """A code with its words and system, and the same in another system. CE has the first six of its components."""

    code: str = ""
    text: str = ""
    system: str = ""
    other_code: str = ""
    other_text: str = ""
    other_system: str = ""
    version: str = ""
    other_version: str = ""
    original: str = ""


class PL(Composite, frozen=True):
    """A place: ward, room, bed, facility."""

    PLACES = (1, 2, 3, 4, 6, 7, 8, 9)
    point_of_care: str = ""
    room: str = ""
    bed: str = ""
    facility: HD = HD()
    type: str = ""
    building: str = ""
    floor: str = ""
    description: str = ""


class CQ(Composite, frozen=True):
    """A quantity with its units."""

    quantity: str = ""
    units: CWE = CWE()


class CP(Composite, frozen=True):
    """A price: its amount (MO-1) is the first part of the first component."""

    amount: str = ""
    type: str = ""


class DLN(Composite, frozen=True):
    """A driver's license."""

    number: str = ""
    state: str = ""
    expires: str = ""


class MSG(Composite, frozen=True):
    """Type, event and structure of a message."""

    type: str = ""
    event: str = ""
    structure: str = ""


class DR(Composite, frozen=True):
    """From and until."""

    begin: str = ""
    end: str = ""

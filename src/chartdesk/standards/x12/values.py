"""Element values: how amounts, numbers and dates are written in X12, and how they are read.

A value that cannot be read raises Invalid with the segment's tag, number and element.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from chartdesk.kit.errors import Invalid
from chartdesk.kit.money import money
from chartdesk.standards.x12.envelope import day_of, stamp
from chartdesk.standards.x12.parties import Dated
from chartdesk.standards.x12.segments import Segment, Value, segment

#: How many modifiers a procedure can carry.
MODIFIERS = 4
#: A decimal as X12 writes it: digits and a point, a minus before them; no exponent, no plus, no other script's digits.
NUMBER = re.compile(r"-?([0-9]+\.?[0-9]*|\.[0-9]+)")
#: No number of X12 is longer. What is longer is none: to reckon with it would cost time, or fail.
_LONGEST = 30


@lru_cache(maxsize=4096)
def number(value: Decimal | int | None) -> str:
    """A decimal without needless zeros: ``100``, ``72.5``; empty for None."""
    if value is None:
        return ""
    text = format(Decimal(value), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


@lru_cache(maxsize=4096)
def d8(day: date | None) -> str:
    """CCYYMMDD; empty for None."""
    return day.strftime("%Y%m%d") if day else ""


def t4(moment: datetime | None) -> str:
    """HHMM, or HHMMSS where there are seconds; empty for None."""
    if moment is None:
        return ""
    return moment.strftime("%H%M%S" if moment.second else "%H%M")


def procedure(qualifier: str, code: str, modifiers: Sequence[str], description: str = "") -> Value:
    """The composite C003: a procedure with up to four modifiers, empty where there is no code."""
    if not code:
        return ""
    if len(modifiers) > MODIFIERS:
        raise Invalid(f"{code} has {len(modifiers)} modifiers.", where="C003", cure="Send four at most.")
    if not description:
        return (qualifier, code, *modifiers)
    return (qualifier, code, *[*modifiers, "", "", "", ""][:MODIFIERS], description)


def modifiers_at(source: Segment, place: int) -> list[str]:
    """The modifiers of the procedure in element ``place``."""
    return [one for one in source.parts(place)[2 : 2 + MODIFIERS] if one]


def plain_number(text: str) -> Decimal | None:
    """A decimal as X12 writes it, None where the text is not one."""
    return Decimal(text) if len(text) <= _LONGEST and NUMBER.fullmatch(text) else None


def decimal_at(source: Segment, place: int) -> Decimal | None:
    """Element ``place`` as a decimal, None where it was not sent."""
    text = source[place].strip()
    if not text:
        return None
    value = plain_number(text)
    if value is None:
        raise unreadable(source, place, "number")
    return value


def amount_at(source: Segment, place: int) -> Decimal | None:
    """Element ``place`` as dollars, None where it was not sent."""
    value = decimal_at(source, place)
    return None if value is None else money(value)


def dollars_at(source: Segment, place: int) -> Decimal:
    """Element ``place`` as dollars, 0.00 where it was not sent."""
    return amount_at(source, place) or money(0)


def day_at(source: Segment, place: int) -> date | None:
    """Element ``place`` as a date, None where it was not sent."""
    text = source[place].strip()
    if not text:
        return None
    day = day_of(text)
    if day is None:
        raise unreadable(source, place, "date")
    return day


def moment_at(source: Segment, day: int, time: int) -> datetime | None:
    """A date and a time element as one moment, None where they are not one."""
    return stamp(source[day], source[time])


def span_at(source: Segment, form: int, place: int) -> tuple[date, date | None]:
    """A D8 day or an RD8 span, as its first and last day."""
    first, _, last = source[place].strip().partition("-")
    start, end = day_of(first[:8]), day_of(last[:8]) if last else None
    if start is None or (last and end is None) or (source[form] == "RD8" and not last):
        raise unreadable(source, place, "date")
    return start, end


def dated_of(source: Segment) -> Dated:
    """A DTP as a qualifier and its days."""
    start, end = span_at(source, 2, 3)
    return Dated(qualifier=source[1], start=start, end=end)


def dtp(qualifier: str, start: date | None, end: date | None = None) -> Segment | None:
    """A DTP for a day or a span; None where there is no day."""
    if start is None:
        return None
    if end is None:
        return segment("DTP", qualifier, "D8", d8(start))
    return segment("DTP", qualifier, "RD8", f"{d8(start)}-{d8(end)}")


def unreadable(source: Segment, place: int, what: str) -> Invalid:
    """The error for an element that is not what it must be."""
    return Invalid(
        f"{source.tag}{place:02d} is {source[place][:80]!r}, which is no {what}.",
        where=f"segment {source.number}" if source.number else source.tag,
        cure=f"Ask the sender to mend segment {source.number}.",
    )

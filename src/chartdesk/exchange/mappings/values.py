"""Texts of HL7 v2 as values of FHIR's primitive types.

A text that is none of its type raises ``NotAValue``: the row then makes nothing, and the conversion says so.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

_TIME = re.compile(r"(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\.\d{1,9})?([+-]\d{4})?")
_COMPUTED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
_CLOCK = re.compile(r"(\d\d)(\d\d)?(\d\d)?(\.\d{1,6})?([+-]\d{4})?")
_LONGEST_CODE = 200


class NotAValue(ValueError):
    """The text is no value of the type; the message says why."""


def _parts(text: str) -> tuple[str | None, ...]:
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise NotAValue(f"{text!r} is not a date or time")
    return found.groups()


@lru_cache(maxsize=8192)
def day(text: str) -> str:
    """A FHIR date: as much of it as was said."""
    year, month, day_, *_ = _parts(text)
    if int(year or 0) == 0:
        raise NotAValue(f"{text!r} has no year")
    if month is None:
        return str(year)
    if day_ is None:
        _checked(int(year or 0), int(month))
        return f"{year}-{month}"
    _checked(int(year or 0), int(month), int(day_))
    return f"{year}-{month}-{day_}"


@lru_cache(maxsize=8192)
def moment(text: str, zone: tzinfo) -> str:
    """A FHIR dateTime. A time without an offset is one of ``zone``; one that was computed is one already."""
    if _COMPUTED.fullmatch(text):
        return text
    year, month, day_, hour, minute, second, fraction, offset = _parts(text)
    if hour is None:
        return day(text)
    numbers = [int(part or 0) for part in (year, month, day_, hour, minute, second)]
    if offset:
        return f"{_checked(*numbers):%Y-%m-%dT%H:%M:%S}{(fraction or '')[:7]}{offset[:3]}:{offset[3:]}"
    at = _checked(*numbers).replace(tzinfo=zone)
    away = f"{at:%z}"
    return f"{at:%Y-%m-%dT%H:%M:%S}{(fraction or '')[:7]}{away[:3]}:{away[3:5]}"


def instant(text: str, zone: tzinfo) -> str:
    """A FHIR instant: a whole time, from midnight where only a day was said."""
    if _COMPUTED.fullmatch(text):
        return text
    year, month, day_, hour, *_ = _parts(text)
    if month is None or day_ is None:
        raise NotAValue(f"{text!r} is no whole date")
    return moment(text if hour else f"{year}{month}{day_}000000", zone)


def _checked(year: int, month: int = 1, day_: int = 1, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    try:
        return datetime(year, month, day_, hour, minute, second)  # noqa: DTZ001 its zone comes after
    except ValueError as fault:
        raise NotAValue(f"{year}-{month}-{day_} {hour}:{minute}:{second}: {fault}") from None


def clock(text: str) -> str:
    """A FHIR time."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise NotAValue(f"{text!r} is not a time of day")
    hour, minute, second = (int(part or 0) for part in found.groups()[:3])
    _checked(2000, 1, 1, hour, minute, second)
    return f"{hour:02}:{minute:02}:{second:02}{found[4] or ''}"


def number(text: str) -> Decimal:
    """A FHIR decimal, with the digits that were written."""
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        raise NotAValue(f"{text!r} is not a number") from None
    if not found.is_finite() or found.adjusted() > 18 or found.adjusted() < -18:
        raise NotAValue(f"{text!r} is not a number that can be kept")
    return Decimal(f"{found:f}")


def whole(text: str) -> int:
    """A FHIR integer."""
    found = number(text)
    if found != int(found) or abs(found) >= 2**31:
        raise NotAValue(f"{text!r} is not a whole number")
    return int(found)


def positive(text: str) -> int:
    """A FHIR positiveInt."""
    found = whole(text)
    if found < 1:
        raise NotAValue(f"{text!r} is not above zero")
    return found


def truth(text: str) -> bool:
    """A FHIR boolean of table 0136."""
    found = {"Y": True, "YES": True, "TRUE": True, "N": False, "NO": False, "FALSE": False, "1": True, "0": False}.get(
        text.strip().upper()
    )
    if found is None:
        raise NotAValue(f"{text!r} is neither Y nor N")
    return found


def code(text: str) -> str:
    """A FHIR code: no spaces around it, none doubled."""
    found = " ".join(text.split())
    if not found or len(found) > _LONGEST_CODE:
        raise NotAValue("a code is neither empty nor a text")
    return found


def uri(text: str) -> str:
    """A FHIR uri: it holds no white space."""
    found = "".join(text.split())
    if not found:
        raise NotAValue("an address is not empty")
    return found


def string(text: str) -> str:
    """A FHIR string."""
    if not text.strip():
        raise NotAValue("a text is not empty")
    return text


def encoded(text: str) -> str:
    """Base64 as FHIR wants it: what is base64 already stays, hexadecimal and plain text are encoded."""
    tight = "".join(text.split())
    try:
        if base64.b64decode(tight, validate=True):
            return tight
    except (binascii.Error, ValueError):
        pass
    return base64.b64encode(text.encode()).decode()


def plain(text: str) -> str:
    """A plain text in base64."""
    return base64.b64encode(text.encode()).decode()


#: How a text becomes a value of a primitive type; those of ``TIMED`` want the zone besides.
READERS: dict[str, Callable[[str], Any]] = {
    "string": string, "markdown": string, "xhtml": string, "code": code, "id": code, "uri": uri, "url": uri,
    "canonical": uri, "oid": uri, "uuid": uri, "date": day, "time": clock, "decimal": number, "integer": whole,
    "unsignedInt": whole, "positiveInt": positive, "boolean": truth, "base64Binary": encoded,
}  # fmt: skip
TIMED: dict[str, Callable[[str, tzinfo], str]] = {"dateTime": moment, "instant": instant}


def later(start: str, amount: str, unit: str, zone: tzinfo) -> str:
    """A FHIR instant: ``start`` and so many minutes, or hours, days, seconds by ``unit``, after it."""
    seconds = {"S": 1, "H": 3600, "D": 86_400}.get(unit.strip().upper()[:1], 60)
    try:
        at = datetime.fromisoformat(instant(start, zone)) + timedelta(seconds=float(number(amount)) * seconds)
    except OverflowError:
        raise NotAValue(f"{amount!r} is too long after {start!r}") from None
    return f"{at:%Y-%m-%dT%H:%M:%S}{at.isoformat()[-6:]}"

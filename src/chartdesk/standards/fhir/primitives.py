"""The primitive types: what text each may hold.

Each `is_…` answers for one value; `mismatch` and `fault` say in a sentence what is wrong with a JSON value.
Guide section: primitive types (https://hl7.org/fhir/R4/datatypes.html#primitive).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

_YEAR = r"(?!0000)\d{4}"
_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?"
_ZONE = r"(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))"
_MONTH_DAY = r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_DATE = re.compile(rf"{_YEAR}(?:-(?:0[1-9]|1[0-2])|-{_MONTH_DAY})?", re.ASCII)
_DATE_TIME = re.compile(rf"{_YEAR}(?:-(?:0[1-9]|1[0-2])|-{_MONTH_DAY}(?:T{_TIME}{_ZONE})?)?", re.ASCII)
_INSTANT = re.compile(rf"{_YEAR}-{_MONTH_DAY}T{_TIME}{_ZONE}", re.ASCII)
_CLOCK_TIME = re.compile(_TIME, re.ASCII)
_CODE = re.compile(r"[^\s]+(?:\s[^\s]+)*")
_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_SPACE = re.compile(r"\s")
_OID = re.compile(r"urn:oid:[0-2](?:\.(?:0|[1-9]\d*))+", re.ASCII)
_UUID = re.compile(r"urn:uuid:[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_BASE64 = re.compile(r"[0-9A-Za-z+/\s]*(?:=\s*){0,2}")
_SURROGATE = re.compile("[\ud800-\udfff]")

MOST = 2147483647
# Far beyond any measurement, well inside what a database column can hold.
_DIGITS = 300
# Answers for texts below this length are kept, as these come again and again; a long one is not kept in memory.
SHORT = 256


def _real_day(text: str) -> bool:
    """Whether the day exists in its month; the pattern has already kept it to 31."""
    day = text[8:10]
    return day < "29" or int(day) <= monthrange(int(text[:4]), int(text[5:7]))[1]


@lru_cache(maxsize=16384)
def is_date(text: str) -> bool:
    """A date: year, month or day."""
    return _DATE.fullmatch(text) is not None and _real_day(text)


@lru_cache(maxsize=16384)
def is_date_time(text: str) -> bool:
    """A dateTime: a date, or a date with time and zone."""
    return _DATE_TIME.fullmatch(text) is not None and _real_day(text)


def is_instant(text: str) -> bool:
    """An instant: date, time to the second or finer, and zone."""
    return _INSTANT.fullmatch(text) is not None and _real_day(text)


def is_time(text: str) -> bool:
    """A time of day, without zone."""
    return _CLOCK_TIME.fullmatch(text) is not None


@lru_cache(maxsize=16384)
def is_code(text: str) -> bool:
    """A code: no white space at the ends, single spaces within."""
    return _CODE.fullmatch(text) is not None


def is_id(text: str) -> bool:
    """A logical id: up to 64 letters, digits, `-` and `.`."""
    return _ID.fullmatch(text) is not None


@lru_cache(maxsize=16384)
def is_uri(text: str) -> bool:
    """A URI, as R4 tests it: no white space."""
    return bool(text) and _SPACE.search(text) is None


def is_oid(text: str) -> bool:
    """An OID as a URN."""
    return _OID.fullmatch(text) is not None


def is_uuid(text: str) -> bool:
    """A UUID as a URN."""
    return _UUID.fullmatch(text) is not None


def is_base64(text: str) -> bool:
    """Base64, white space permitted."""
    if not _BASE64.fullmatch(text):
        return False
    return sum(map(len, text.split())) % 4 == 0


def is_decimal(value: Decimal) -> bool:
    """A finite number of at most 100 digits with an exponent of at most 100."""
    return -_DIGITS < value.adjusted() < _DIGITS and len(str(value)) <= _DIGITS and value.is_finite()


# Type → (test, what it should have been).
TEXT_TYPES: dict[str, tuple[Callable[[str], bool], str]] = {
    "date": (is_date, "a real date as YYYY, YYYY-MM or YYYY-MM-DD"),
    "dateTime": (
        is_date_time,
        "a real date, or date and time with seconds and zone, as 2024-05-31T14:30:00Z",
    ),
    "instant": (is_instant, "a date and time with seconds and zone, as 2024-05-31T14:30:00.000Z"),
    "time": (is_time, "a time of day as HH:MM:SS"),
    "code": (is_code, "a code, without white space at its ends and with single spaces within"),
    "id": (is_id, "an id: 1 to 64 letters, digits, '-' and '.'"),
    "uri": (is_uri, "a URI without white space"),
    "url": (is_uri, "a URL without white space"),
    "canonical": (is_uri, "a canonical URL without white space"),
    "oid": (is_oid, "an OID as urn:oid:1.2.3"),
    "uuid": (is_uuid, "a UUID as urn:uuid:c757873d-ec9a-4326-a141-556f43239520"),
    "base64Binary": (is_base64, "base64"),
}
INTEGER_RANGES = {"integer": (-MOST - 1, MOST), "unsignedInt": (0, MOST), "positiveInt": (1, MOST)}


def mismatch(kind: str, value: Any) -> str:
    """What is wrong with the JSON type of a value of a primitive type; empty when nothing is."""
    if kind == "boolean":
        return "" if isinstance(value, bool) else f"must be true or false, not {shown(value)}."
    if kind in INTEGER_RANGES:
        whole = isinstance(value, int) and not isinstance(value, bool)
        return "" if whole else f"must be a whole number without quotes, not {shown(value)}."
    if kind == "decimal":
        number = isinstance(value, int | Decimal) and not isinstance(value, bool)
        return "" if number else f"must be a number without quotes, not {shown(value)}."
    return "" if isinstance(value, str) else f"must be a text in quotes, not {shown(value)}."


def fault(kind: str, value: Any) -> str:
    """What is wrong with a primitive of type `kind` whose JSON type is right; empty when nothing is."""
    if kind in INTEGER_RANGES:
        low, high = INTEGER_RANGES[kind]
        return "" if low <= value <= high else f"must be from {low} to {high}, not {shown(value)}."
    if kind == "decimal":
        number = Decimal(value)
        wrong = f"is a number beyond {_DIGITS} digits." if number.is_finite() else f"must be a number, not {number}."
        return "" if is_decimal(number) else wrong
    return _text_fault(kind, value) if isinstance(value, str) else ""


def _text_fault(kind: str, value: str) -> str:
    if not value:
        return "must not be empty; leave the element out instead."
    if _SURROGATE.search(value):
        return "holds half of a surrogate pair, which is not a character."
    if kind in TEXT_TYPES:
        test, wanted = TEXT_TYPES[kind]
        if len(value) >= SHORT:
            test = getattr(test, "__wrapped__", test)
        return "" if test(value) else f"must be {wanted}, not {shown(value)}."
    return ""


def shown(value: Any) -> str:
    """A JSON value for a message, cut to a readable length."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    text = str(value)
    text = text if len(text) <= 60 else text[:57] + "..."
    return f"'{text}'" if isinstance(value, str) else text

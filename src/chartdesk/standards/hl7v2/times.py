"""Dates and times as HL7 v2 writes them, ``YYYYMMDDHHMMSS.SSSS+ZZZZ``, cut off where less is known."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple

from chartdesk.standards.hl7v2.faults import Unreadable

_FORM = re.compile(
    r"(?P<year>\d{4})(?:(?P<month>\d\d)(?:(?P<day>\d\d)(?:(?P<hour>\d\d)(?:(?P<minute>\d\d)"
    r"(?:(?P<second>\d\d)(?:\.(?P<fraction>\d{1,6}))?)?)?)?)?)?(?P<zone>[+-]\d{4})?"
)
_PARTS = ("year", "month", "day", "hour", "minute", "second", "fraction")
#: What stands for a part that is not said.
_LEAST = (1, 1, 1, 0, 0, 0, 0)


class Moment(NamedTuple):
    """A time and how much of it was said: ``precision`` is the name of its last part. Without a zone it is naive."""

    at: datetime
    precision: str

    @property
    def day(self) -> date | None:
        """The date, where one was said whole."""
        return None if self.precision in ("year", "month") else self.at.date()


def moment(text: str, where: str = "", zone: tzinfo | None = None) -> Moment | None:
    """Read a DTM, TS, DT. None for an empty one; ``zone`` is for those that name none. Raises Unreadable.

    Zeros after the day that partners fill up with (``20260301000000``) are a time of midnight: nobody can tell.
    """
    text = text.strip()
    if not text or text == '""':
        return None
    if len(text) == 8 and text.isascii() and text.isdigit():
        return Moment(_dated(text, where, zone), "day")
    found = _FORM.fullmatch(text)
    if found is None:
        raise Unreadable(f"{text!r} is not a date or time.", "Write it like 20260314 or 202603140930.", where=where)
    *said, offset = found.groups()
    length = said.index(None) if None in said else len(said)
    numbers = [int(one) for one in said[:length]]
    if length == len(_PARTS):
        numbers[-1] *= 10 ** (6 - len(said[-1]))
    year, month, day, hour, minute, second, fraction = [*numbers, *_LEAST[length:]]
    own = _offset(offset) if offset else zone
    try:
        at = datetime(year, month, day, hour, minute, second, fraction, own)
    except ValueError as fault:
        raise _no_date(text, fault, where) from None
    return Moment(at, _PARTS[length - 1])


def _dated(text: str, where: str, zone: tzinfo | None) -> datetime:
    try:
        return datetime(int(text[:4]), int(text[4:6]), int(text[6:]), tzinfo=zone)
    except ValueError as fault:
        raise _no_date(text, fault, where) from None


def _no_date(text: str, fault: ValueError, where: str) -> Unreadable:
    return Unreadable(f"{text!r} is not a date or time: {fault}.", "Correct it.", where=where)


def day(text: str, where: str = "") -> date | None:
    """The date of a DT, DTM or TS; None where it is empty or says no whole date. Raises Unreadable."""
    found = moment(text, where)
    return found.day if found else None


def written(at: datetime | date) -> str:
    """A date as ``YYYYMMDD``, a time to the second, with its offset where it has one."""
    if not isinstance(at, datetime):
        return f"{at:%Y%m%d}"
    return f"{at:%Y%m%d%H%M%S}" + (f"{at:%z}"[:5] if at.tzinfo else "")


def _offset(text: str) -> tzinfo:
    minutes = int(text[1:3]) * 60 + int(text[3:])
    if minutes == 0:
        return UTC
    if minutes >= 24 * 60:
        raise Unreadable(f"{text} is not an offset from UTC.", "Write it like -0500.")
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))

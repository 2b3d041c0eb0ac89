"""What somebody typed to find a patient, taken apart: words, digits, birth dates. Pure.

A text such as ``smi jo 1980`` is three terms, and a patient must meet all of them. Dates and phones are
taken out first, whatever marks they are written with; what remains is words of a name and runs of digits.
A run of digits may be part of a phone, a record number, a year or a date of birth; all are looked for.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from chartdesk.pms.registration.names import plain

#: More terms than this say no more; the rest is left out.
MOST_TERMS = 8


@dataclass(frozen=True)
class Born:
    """A birth date between ``first`` and ``last``, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Word:
    """Part of a name: the beginning of one of its words, in plain form."""

    text: str


@dataclass(frozen=True)
class Digits:
    """A run of digits: part of a phone or a record number, or one of the ``born`` ranges."""

    text: str
    born: tuple[Born, ...] = ()


Term = Born | Word | Digits

_MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_US = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)")
_MONTH_FIRST = re.compile(rf"\b({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?[\s-]+({_MONTH})\.?,?[\s-]+(\d{{4}})\b", re.IGNORECASE)
_MONTH_ONLY = re.compile(rf"\b({_MONTH})\.?\s+((?:19|20)\d{{2}})\b", re.IGNORECASE)
_PHONE = re.compile(r"(?<!\d)(?:\+?1[\s.-]?)?\(?(\d{3})\)?[\s.-]?(\d{3})[\s.-](\d{4})(?!\d)")
_LOCAL_PHONE = re.compile(r"(?<!\d)(\d{3})[.-](\d{4})(?!\d)")


def terms(text: str, today: date) -> list[Term]:
    """The terms of ``text``. ``today`` bounds years of birth and settles two-digit years."""
    found: list[Term] = []
    rest = _take_dates(text, today, found)
    for pattern in (_PHONE, _LOCAL_PHONE):
        found.extend(Digits("".join(one.groups())) for one in pattern.finditer(rest))
        rest = pattern.sub(" ", rest)
    words = plain(rest).split()
    found.extend(_digits(word, today) if word.isdecimal() else Word(word) for word in words)
    return list(dict.fromkeys(found))[:MOST_TERMS]


def _take_dates(text: str, today: date, found: list[Term]) -> str:
    """Move the dates of ``text`` into ``found``; returns what is left."""
    for pattern, order in ((_ISO, "ymd"), (_US, "mdy"), (_MONTH_FIRST, "mdy"), (_DAY_FIRST, "dmy")):
        for one in pattern.finditer(text):
            parts = dict(zip(order, one.groups(), strict=True))
            day = _day(_year(parts["y"], today), _month(parts["m"]), int(parts["d"]))
            if day:
                found.append(Born(day, day))
                text = text.replace(one[0], " ", 1)
    for one in _MONTH_ONLY.finditer(text):
        first = date(int(one[2]), _month(one[1]), 1)
        found.append(Born(first, _month_end(first)))
        text = text.replace(one[0], " ", 1)
    return text


def _digits(text: str, today: date) -> Digits:
    born: list[Born] = []
    if len(text) == 4 and 1880 <= int(text) <= today.year:
        born.append(Born(date(int(text), 1, 1), date(int(text), 12, 31)))
    if len(text) == 8:
        days = (
            _day(int(text[4:]), int(text[:2]), int(text[2:4])),
            _day(int(text[:4]), int(text[4:6]), int(text[6:])),
        )
        born += [Born(day, day) for day in days if day and 1880 <= day.year <= today.year]
    if len(text) == 6:
        day = _day(_year(text[4:], today), int(text[:2]), int(text[2:4]))
        born += [Born(day, day)] if day else []
    if len(text) == 11 and text[0] == "1":
        text = text[1:]
    return Digits(text, tuple(born))


def _year(text: str, today: date) -> int:
    """Four digits as they are; two digits as the latest such year that is not in the future."""
    if len(text) == 4:
        return int(text)
    year = today.year // 100 * 100 + int(text)
    return year if year <= today.year else year - 100


def _month(text: str) -> int:
    return int(text) if text.isdecimal() else _MONTHS[text.casefold()]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_end(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)

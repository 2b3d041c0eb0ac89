"""Single cells of a published table: codes, dates, figures. What cannot be read is refused with a sentence."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from chartdesk.standards.terminology import icd10

CODE = re.compile(r"[0-9A-Z][0-9]{3}[0-9A-Z]")
_ICD = re.compile(r"[A-Z][0-9][0-9A-Z](\.?[0-9A-Z]{1,4})?")
_MODIFIER = re.compile(r"[0-9A-Z]{2}")
_MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
)}  # fmt: skip


class Refused(Exception):
    """A line that cannot be taken, and why."""


def code(text: str) -> str:
    """A CPT or HCPCS code."""
    text = text.strip().upper()
    if not CODE.fullmatch(text):
        raise Refused(f"{text or 'an empty cell'} is not a CPT or HCPCS code")
    return text


def modifier(text: str) -> str:
    """A modifier, or none."""
    text = text.strip().upper()
    if text and not _MODIFIER.fullmatch(text):
        raise Refused(f"{text} is not a modifier")
    return text


def diagnosis(text: str) -> str:
    """An ICD-10-CM code with its dot."""
    text = text.strip().upper()
    if not _ICD.fullmatch(text):
        raise Refused(f"{text or 'an empty cell'} is not an ICD-10-CM code")
    return icd10.dotted(text)


def day(text: str, what: str) -> date:
    """A day written 20260401, 2026-04-01 or 04/01/2026."""
    found = optional_day(text, what)
    if found is None:
        raise Refused(f"{what} is missing")
    return found


def optional_day(text: str, what: str) -> date | None:
    """The same, where an empty cell, ``*`` and ``NA`` mean none."""
    text = text.strip().removesuffix(".0")
    if text in ("", "*", "NA"):
        return None
    plain = text.split(" ")[0]
    try:
        if len(plain) == 8 and plain.isdigit():
            return date(int(plain[:4]), int(plain[4:6]), int(plain[6:]))
        if "/" in plain:
            month, number, year = plain.split("/")
            return date(int(year), int(month), int(number))
        return date.fromisoformat(plain)
    except ValueError:
        raise Refused(f"{what} {text!r} is not a date") from None


def ordinal(text: str, what: str) -> date | None:
    """A day written as year and day of the year, such as 2026091; None where the cell is empty."""
    text = text.strip().removesuffix(".0")
    if text in ("", "*", "NA"):
        return None
    if len(text) != 7 or not text.isdigit() or not 1 <= int(text[4:]) <= 366 or text[:4] < "1900":
        raise Refused(f"{what} {text!r} is not a year and a day of the year")
    return date(int(text[:4]), 1, 1) + timedelta(days=int(text[4:]) - 1)


def figure(text: str, what: str, places: str) -> Decimal:
    """A figure that is not negative, rounded to as many places as ``places`` has."""
    text = text.strip().replace(",", "")
    if text.upper() in ("", "NA"):
        return Decimal(0).quantize(Decimal(places))
    try:
        found = Decimal(text).quantize(Decimal(places))
    except InvalidOperation:
        raise Refused(f"{what} {text!r} is not a figure") from None
    if not 0 <= found < 100_000:
        raise Refused(f"{what} {text} is not possible")
    return found


def one_of(text: str, allowed: str, what: str) -> str:
    """A sign that begins the cell and is one of ``allowed``."""
    sign = text.strip()[:1]
    if not sign or sign not in allowed:
        raise Refused(f"{what} {text.strip()!r} is not one of {', '.join(allowed)}")
    return sign


def edition_of(name: str) -> date | None:
    """The first day of the edition that a file's name tells: ``Eff_10-01-2025``, ``25_JAN``, ``V2026Q2``."""
    text = name.lower()
    if found := re.search(r"eff[a-z]*[ _-]*(\d{2})-?(\d{2})-?(\d{4})", text):
        month, number, year = map(int, found.groups())
        return _possible(year, month, number)
    if found := re.search(r"(20)?(\d{2})_?(jan|apr|jul|oct)", text):
        return date(2000 + int(found[2]), _MONTHS[found[3]], 1)
    if found := re.search(r"(20\d{2})_?q([1-4])", text):
        return date(int(found[1]), 3 * int(found[2]) - 2, 1)
    if found := re.search(r"rvu(20)?(\d{2})([a-d])(?![a-z])", text):
        return date(2000 + int(found[2]), 3 * "abcd".index(found[3]) + 1, 1)
    if found := re.search(r"gpci_?(20\d{2})", text):
        return date(int(found[1]), 1, 1)
    return None


def _possible(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None

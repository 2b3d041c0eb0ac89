"""Prefixes: how a date or a number in a query compares with the range that a resource has.

Guide section: prefixes (https://hl7.org/fhir/R4/search.html#prefix). A date without a time zone is taken as UTC.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from chartdesk.kit import clock
from chartdesk.kit.errors import Invalid
from chartdesk.standards.fhir.search import EARLIEST, LATEST, date_range

_PREFIXED = re.compile(r"(eq|ne|gt|lt|ge|le|sa|eb|ap)?(.*)", re.DOTALL)
Test = tuple[str, list[Any]]


def date_test(value: str, low: str, high: str, where: str) -> Test:
    """The SQL that compares the range (``low``, ``high``) of a resource with ``value``. Raises Invalid."""
    prefix, text = _parted(value)
    try:
        # A plus sign that was not escaped in a URL arrives as a space.
        first, last = date_range(text.replace(" ", "+"))
    except ValueError as fault:
        raise Invalid(str(fault), cure="Write it like 2026-01-31 or ge2026-01-31.", where=where) from fault
    if prefix == "eq":
        return f"({low} >= %s AND {high} >= %s AND {high} <= %s)", [first, first, last]
    if prefix == "ne":
        return f"({low} < %s OR {high} > %s)", [first, last]
    if prefix == "ap":
        first, last = _about(first, last)
        return f"({high} >= %s AND {low} <= %s)", [first, last]
    column, sign, bound = {
        "gt": (high, ">", last),
        "ge": (high, ">=", first),
        "lt": (low, "<", first),
        "le": (low, "<=", last),
        "sa": (low, ">", last),
        "eb": (high, "<", first),
    }[prefix]
    return f"{column} {sign} %s", [bound]


def number_test(value: str, column: str, where: str) -> Test:
    """The SQL that compares a number of a resource with ``value``; ``100`` means 99.5 up to 100.5. Raises Invalid."""
    prefix, text = _parted(value)
    try:
        number = Decimal(text)
        if not number.is_finite():
            raise InvalidOperation
    except InvalidOperation as fault:
        raise Invalid(
            f"{text!r} is not a number.", cure="Write it like 5.4 or gt5.4.", where=where
        ) from fault
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    half = Decimal(5).scaleb(exponent - 1) if "e" not in text.lower() else abs(number) * Decimal("0.05")
    if prefix == "ap":
        half = max(half, abs(number) / 10)
    if prefix in ("eq", "ap"):
        return f"({column} >= %s AND {column} < %s)", [float(number - half), float(number + half)]
    if prefix == "ne":
        return f"({column} < %s OR {column} >= %s)", [float(number - half), float(number + half)]
    sign = {"gt": ">", "ge": ">=", "lt": "<", "le": "<=", "sa": ">", "eb": "<"}[prefix]
    return f"{column} {sign} %s", [float(number)]


def _parted(value: str) -> tuple[str, str]:
    found = _PREFIXED.fullmatch(value)
    assert found is not None
    return found.group(1) or "eq", found.group(2)


def _about(first: datetime, last: datetime) -> tuple[datetime, datetime]:
    """A tenth of the time between now and then on either side."""
    slack = max(abs(clock.now() - first) / 10, timedelta(0))
    try:
        return first - slack, last + slack
    except OverflowError:
        return EARLIEST, LATEST.astimezone(UTC)

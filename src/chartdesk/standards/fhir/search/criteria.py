"""The values that a query asks for, by kind of parameter, and how prefixes compare.

Guide section: prefixes (https://hl7.org/fhir/R4/search.html#prefix).
"""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from ..dates import EARLIEST, LATEST, date_range
from ..facts import resource_types

PREFIXES = ("eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap")
_DIGITS = 60


class TokenValue(msgspec.Struct, frozen=True):
    """`system` None: any; empty: none. `code` None: any code of the system."""

    system: str | None
    code: str | None


class ReferenceValue(msgspec.Struct, frozen=True):
    """`type` and `id` of a resource, or the `url` that was given (absolute, urn or canonical); with a literal
    absolute URL all three. `type` is None where the query leaves it open."""

    type: str | None
    id: str | None
    url: str | None = None


class DateValue(msgspec.Struct, frozen=True):
    """A date with its prefix; `low` and `high` are its first and last instant."""

    prefix: str
    low: datetime
    high: datetime

    def matches(self, low: datetime, high: datetime) -> bool:
        """Whether a value that lasts from `low` to `high` meets this one: the meaning of `comparisons`."""
        kept = all(_compare({"low": low, "high": high}[c], op, bound) for c, op, bound in self.comparisons())
        return kept != (self.prefix == "ne")

    def comparisons(self) -> tuple[tuple[str, str, datetime], ...]:
        """What to compare, as (`low` or `high` of the stored value, operator, instant): all must hold.

        With the prefix `ne` not all of them may hold.
        """
        if self.prefix in ("eq", "ne"):
            return ("low", ">=", self.low), ("high", "<=", self.high)
        if self.prefix == "ap":
            return ("low", "<=", self.high), ("high", ">=", self.low)
        single = {
            "gt": ("high", ">", self.high),
            "lt": ("low", "<", self.low),
            "ge": ("high", ">=", self.low),
            "le": ("low", "<=", self.high),
            "sa": ("low", ">", self.high),
            "eb": ("high", "<", self.low),
        }
        return (single[self.prefix],)


class NumberValue(msgspec.Struct, frozen=True):
    """A number with its prefix. `low` and `high` are what `eq` and `ap` take for equal: low ≤ x < high."""

    prefix: str
    value: Decimal
    low: Decimal
    high: Decimal

    def comparisons(self) -> tuple[tuple[str, Decimal], ...]:
        """(operator, bound) for a stored number, all of which must hold; with `ne` not all of them may."""
        if self.prefix in ("eq", "ne", "ap"):
            return (">=", self.low), ("<", self.high)
        return (({"gt": ">", "sa": ">", "lt": "<", "eb": "<", "ge": ">=", "le": "<="}[self.prefix], self.value),)


class QuantityValue(msgspec.Struct, frozen=True):
    """A number with unit. `system` and `code` None: any. A `code` without a system may be code or unit."""

    number: NumberValue
    system: str | None = None
    code: str | None = None


def split(text: str, at: str) -> list[str]:
    """Split at a separator that no backslash escapes; the escapes stay."""
    if "\\" not in text:
        return text.split(at)
    parts = [""]
    escaped = False
    for letter in text:
        if letter == at and not escaped:
            parts.append("")
        else:
            parts[-1] += letter
        escaped = letter == "\\" and not escaped
    return parts


def unescape(text: str) -> str:
    """Take the backslashes away that escape a separator."""
    return re.sub(r"\\([\\,|$])", r"\1", text)


def prefixed(text: str) -> tuple[str, str]:
    """(prefix, rest); the prefix is `eq` where there is none."""
    return (text[:2], text[2:]) if text[:2] in PREFIXES else ("eq", text)


def token(text: str) -> TokenValue:
    """`code`, `system|code`, `|code` or `system|`."""
    parts = [unescape(part) for part in split(text, "|")]
    if len(parts) == 1:
        return TokenValue(None, parts[0])
    return TokenValue(parts[0], "|".join(parts[1:]) or None)


def date(text: str, now: datetime | None = None) -> DateValue:
    """A date with prefix. `ap` widens it by a tenth of its distance from `now`. Raises ValueError."""
    prefix, rest = prefixed(text)
    # A plus sign that was not encoded in the URL arrives as a space.
    low, high = date_range(re.sub(r" (\d\d:\d\d)$", r"+\1", rest))
    if prefix == "ap" and now is not None:
        margin = abs(now - low) / 10
        low = low - margin if low - EARLIEST > margin else EARLIEST
        high = high + margin if LATEST - high > margin else LATEST
    return DateValue(prefix, low, high)


def number(text: str) -> NumberValue:
    """A number with prefix; its digits say how exact it is. Raises ValueError."""
    prefix, rest = prefixed(text)
    try:
        value = Decimal(rest)
    except InvalidOperation as error:
        raise ValueError(f"{rest!r} is not a number.") from error
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or abs(value.adjusted()) > _DIGITS or len(rest) > _DIGITS:
        raise ValueError(f"{rest!r} is not a number that can be searched for.")
    margin = abs(value) / 10 if prefix == "ap" else Decimal((0, (5,), exponent - 1))
    return NumberValue(prefix, value, value - margin, value + margin)


def quantity(text: str) -> QuantityValue:
    """`5.4`, `5.4|system|code` or `5.4||unit`, with prefix. Raises ValueError."""
    parts = [unescape(part) for part in split(text, "|")]
    if len(parts) > 3:
        raise ValueError(f"{text!r} has more than number, system and code.")
    system, code = ([*parts[1:], "", ""])[:2]
    return QuantityValue(number(parts[0]), system or None, code or None)


def reference(text: str, types: tuple[str, ...]) -> ReferenceValue:
    """`id`, `Type/id` or a URL. `types` are those that the parameter can name."""
    text = unescape(text)
    first, _, key = text.partition("/")
    if key and first in resource_types():
        return ReferenceValue(first, key.partition("/")[0])
    if ":" in text or key:
        parts = text.partition("/_history/")[0].rsplit("/", 2)
        if len(parts) == 3 and parts[1] in resource_types():
            return ReferenceValue(parts[1], parts[2], text)
        return ReferenceValue(None, None, text)
    return ReferenceValue(types[0] if len(types) == 1 else None, text)


def _compare(value: Any, operator: str, bound: Any) -> bool:
    if operator == "<":
        return bool(value < bound)
    if operator == "<=":
        return bool(value <= bound)
    return bool(value > bound) if operator == ">" else bool(value >= bound)

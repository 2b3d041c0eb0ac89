"""Arithmetic, texts and conversions of compiled FHIRPath. What is absent is None, and so is what follows from it."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from math import ceil, floor
from typing import Any

import msgspec

from ..views import View

__all__ = ["ceil", "floor"]


def added(left: Any, right: Any) -> Any:
    if left is None or right is None or isinstance(left, str) != isinstance(right, str):
        return None
    return left + right


def subtracted(left: Any, right: Any) -> Any:
    return None if left is None or right is None else left - right


def multiplied(left: Any, right: Any) -> Any:
    return None if left is None or right is None else left * right


def divided(left: Any, right: Any) -> Any:
    return None if left is None or not right else Decimal(left) / Decimal(right)


def whole_divided(left: Any, right: Any) -> Any:
    return None if left is None or not right else int(Decimal(left) / Decimal(right))


def remainder(left: Any, right: Any) -> Any:
    if left is None or not right:
        return None
    found = Decimal(left) % Decimal(right)
    return int(found) if isinstance(left, int) and isinstance(right, int) else found


def negative(value: Any) -> Any:
    return None if value is None else -value


def joined(left: Any, right: Any) -> str:
    return ("" if left is None else str(left)) + ("" if right is None else str(right))


def to_text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None or isinstance(value, msgspec.Struct | View) else str(value)


def to_integer(value: Any) -> int | None:
    if isinstance(value, bool | int):
        return int(value)
    return int(value) if isinstance(value, str) and re.fullmatch(r"[+-]?\d{1,19}", value, re.ASCII) else None


def to_decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool | int | Decimal):
        return Decimal(value)
    found = isinstance(value, str) and re.fullmatch(r"[+-]?\d{1,100}(\.\d{1,100})?", value, re.ASCII)
    try:
        return Decimal(value) if found else None
    except InvalidOperation:
        return None


_BOOLEANS = {
    **dict.fromkeys(("true", "t", "yes", "y", "1", "1.0"), True),
    **dict.fromkeys(("false", "f", "no", "n", "0", "0.0"), False),
}


def to_boolean(value: Any) -> bool | None:
    if isinstance(value, bool) or value is None:
        return value
    return _BOOLEANS.get(str(value).lower())


def rounded(value: Any, places: int | None = 0) -> Any:
    if value is None or places is None or not 0 <= places <= 100:
        return None
    return Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def substring(text: str | None, start: int | None, length: int | None = None) -> str | None:
    if text is None or start is None or not 0 <= start < len(text):
        return None
    return text[start:] if length is None else text[start : start + length]


def texts(test: Callable[[str, str], Any], text: Any, other: Any) -> Any:
    """A function of two texts, of which either may be absent."""
    return test(text, other) if isinstance(text, str) and isinstance(other, str) else None


def text_of(change: Callable[[str], Any], text: Any) -> Any:
    return change(text) if isinstance(text, str) else None


def replaced(text: Any, old: Any, new: Any) -> str | None:
    return text.replace(old, new) if all(isinstance(t, str) for t in (text, old, new)) else None


def number_of(change: Callable[[Any], Any], value: Any) -> Any:
    return change(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def converts(change: Callable[[Any], Any], value: Any) -> bool | None:
    return None if value is None else change(value) is not None


def matches(pattern: re.Pattern[str], text: Any) -> bool | None:
    return pattern.search(text) is not None if isinstance(text, str) else None


def substituted(pattern: re.Pattern[str], text: Any, new: str) -> str | None:
    return pattern.sub(new, text) if isinstance(text, str) else None

"""Conditions as data: what may be asked of a claim or of one of its lines, how, and the asking. Pure.

A condition names a field, an operator and values. Asked of a line, the fields of its claim count as well; asked of a
claim as a whole, only the claim's. Which value a field has of a claim is told by ``claims.conditions``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from chartdesk.kit.errors import Invalid


@dataclass(frozen=True)
class Field:
    """Something to ask. ``kind``: code, text or number. A field ``of_line`` has a value for each line."""

    words: str
    kind: str
    of_line: bool = False


FIELDS = {
    "code": Field("procedure code", "code", True),
    "modifier": Field("modifiers of the line", "code", True),
    "units": Field("units", "number", True),
    "charge": Field("charge of the line", "number", True),
    "revenue": Field("revenue code", "code", True),
    "pointed": Field("diagnoses the line points to", "code", True),
    "diagnosis": Field("diagnoses of the claim", "code"),
    "first_diagnosis": Field("first diagnosis", "code"),
    "codes": Field("procedure codes of the claim", "code"),
    "place": Field("place of service", "code"),
    "age": Field("age at the service, in years", "number"),
    "sex": Field("sex", "text"),
    "relationship": Field("relationship to the subscriber", "text"),
    "member": Field("member id", "text"),
    "group": Field("group number", "text"),
    "plan": Field("plan name", "text"),
    "indicator": Field("kind of insurance (filing indicator)", "code"),
    "provider": Field("rendering provider's NPI", "code"),
    "taxonomy": Field("rendering provider's taxonomy", "code"),
    "referral": Field("referral number", "text"),
    "authorization": Field("authorization number", "text"),
    "total": Field("charge of the claim", "number"),
    "lines": Field("number of lines", "number"),
    "days": Field("days since the service", "number"),
    "rank": Field("payer's place (1 first, 2 second, 3 third)", "number"),
    "bill_type": Field("type of bill, of an institutional claim", "code"),
    "case": Field("claim number of the insurer", "text"),
    "frequency": Field("kind of claim (1 original, 7 replacement, 8 void)", "code"),
}
#: How a field may be asked: for codes, texts and numbers.
OPERATORS = {
    "any": "is one of", "none": "is none of", "least": "is at least", "most": "is at most",
    "empty": "is empty", "given": "is given", "matches": "has the form",
}  # fmt: skip
_ALLOWED = {
    "code": ("any", "none", "empty", "given"),
    "text": ("any", "none", "empty", "given", "matches"),
    "number": ("any", "none", "least", "most"),
}
#: The form of a text: 9 is a digit, A a letter, X either, * anything more.
_FORMS = {"9": "[0-9]", "A": "[A-Z]", "X": "[0-9A-Z]", "*": ".*"}
_SPAN = re.compile(r"([0-9A-Z.]{1,10})-([0-9A-Z.]{1,10})")


class Condition(msgspec.Struct, frozen=True, omit_defaults=True):
    """One condition. A code's values are codes, ranges (``70010-76499``) and beginnings (``J1*``)."""

    field: str
    operator: str
    values: tuple[str, ...] = ()


#: What a field's value looks like when asked: texts of codes, one text, a number, or None where not known.
Value = tuple[str, ...] | str | Decimal | None
Values = Mapping[str, Value]
Test = Callable[[Values], bool]


def words(condition: Condition) -> str:
    """A condition in words."""
    field = FIELDS[condition.field].words
    return " ".join((field, OPERATORS[condition.operator], ", ".join(condition.values))).rstrip()


def of_line(condition: Condition) -> bool:
    """Whether it is asked of lines."""
    return FIELDS[condition.field].of_line


def checked(condition: Condition, where: str) -> Condition:
    """The condition with its values brought into form. Raises Invalid."""
    field = FIELDS.get(condition.field)
    if field is None:
        raise Invalid("Choose what is asked.", where=where, cure="One of the list.")
    if condition.operator not in _ALLOWED[field.kind]:
        allowed = ", ".join(f"“{OPERATORS[one]}”" for one in _ALLOWED[field.kind])
        raise Invalid(f"“{field.words}” cannot be asked like this.", where=where, cure=f"Ask {allowed}.")
    values = tuple(dict.fromkeys(one.strip() for one in condition.values if one.strip()))
    if field.kind == "code":
        values = tuple(one.upper() for one in values)
    if condition.operator in ("empty", "given"):
        return Condition(condition.field, condition.operator)
    if not values:
        raise Invalid(f"“{field.words} {OPERATORS[condition.operator]}” what?", where=where, cure="Give a value.")
    if condition.operator in ("least", "most") and len(values) > 1:
        raise Invalid(f"“{OPERATORS[condition.operator]}” takes one figure.", where=where)
    if field.kind == "number":
        for one in values:
            _number(one, where)
    return Condition(condition.field, condition.operator, values)


def compiled(condition: Condition) -> Test:
    """The condition as a function. What is not known meets no condition but “is empty” and “is none of”."""
    name, operator, field = condition.field, condition.operator, FIELDS[condition.field]
    if operator == "empty":
        return lambda values: not values[name]
    if operator == "given":
        return lambda values: bool(values[name])
    if field.kind == "number":
        return _of_number(name, operator, [Decimal(one) for one in condition.values])
    test = _of_text(field, operator, condition.values)
    if operator == "none":
        return lambda values: not any(map(test, _texts(values[name])))
    return lambda values: any(map(test, _texts(values[name])))


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return (value,) if value else ()


def _of_number(name: str, operator: str, given: list[Decimal]) -> Test:
    first, wanted = given[0], frozenset(given)
    tests: dict[str, Callable[[Any], bool]] = {
        "any": lambda value: value in wanted,
        "none": lambda value: value not in wanted,
        "least": lambda value: value >= first,
        "most": lambda value: value <= first,
    }
    test = tests[operator]
    return lambda values: test(values[name]) if values[name] is not None else operator == "none"


def _of_text(field: Field, operator: str, given: tuple[str, ...]) -> Callable[[str], bool]:
    if operator == "matches":
        forms = [re.compile("".join(_FORMS.get(sign, re.escape(sign)) for sign in one.upper())) for one in given]
        return lambda text: any(form.fullmatch(text.upper()) for form in forms)
    if field.kind == "text":
        wanted = frozenset(one.casefold() for one in given)
        return lambda text: text.casefold() in wanted
    codes = frozenset(one for one in given if not _SPAN.fullmatch(one) and not one.endswith("*"))
    starts = tuple(one[:-1] for one in given if one.endswith("*"))
    spans = [found.groups() for found in map(_SPAN.fullmatch, given) if found]
    return lambda text: text in codes or text.startswith(starts) or any(low <= text <= high for low, high in spans)


def _number(text: str, where: str) -> Decimal:
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise Invalid(f"{text!r} is not a number.", where=where, cure="Write it like 40 or 12.50.")
    return found

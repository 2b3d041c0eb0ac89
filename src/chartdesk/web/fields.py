"""Forms as data: which fields a page shows, what stands in them, and which sentence stands at which.

The rooms check what was typed and name the field of every fault (``where``); a page only carries the words to
the right place. So there is one set of rules, whoever writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.kit.money import money


@dataclass
class Field:
    """One field: its name (dots and all, as the rules name it), label, kind, width of twelve, choices."""

    name: str
    label: str
    kind: str = "text"
    width: int = 6
    required: bool = False
    choices: list[tuple[str, str]] = field(default_factory=list)
    hint: str = ""
    complete: str = "off"
    value: str = ""
    fault: str = ""

    @property
    def id(self) -> str:
        """The element's id."""
        return "f-" + self.name.replace(".", "-").replace("[", "-").replace("]", "")


@dataclass
class Form:
    """Groups of fields under headings, and what is wrong that belongs to no field."""

    groups: list[tuple[str, list[Field]]]
    faults: list[str] = field(default_factory=list)

    def fill(self, values: Mapping[str, Any]) -> Form:
        """Put values into the fields: text, dates, amounts, None."""
        for one in self.fields():
            held = values.get(one.name, one.value)
            one.value = "" if held is None else held.isoformat() if isinstance(held, date) else str(held)
        return self

    def mark(self, fault: ChartdeskError) -> Form:
        """Put the words of a refusal at the fields they belong to."""
        known = {one.name: one for one in self.fields()}
        for issue in fault.issues or [fault]:
            words = f"{getattr(issue, 'message', issue)} {getattr(issue, 'cure', '')}".strip()
            where = str(getattr(issue, "where", "")).removeprefix("person.")
            place = known.get(where) or known.get(where.rpartition(".")[2])
            if place is not None:
                place.fault = words
            else:
                self.faults.append(words)
        return self

    def fields(self) -> Iterable[Field]:
        """Every field of every group."""
        return (one for _, group in self.groups for one in group)


def options(words: Mapping[str, str] | Iterable[str], blank: str = "") -> list[tuple[str, str]]:
    """Choices from code → words, or from codes that are words; ``blank`` is the label of no choice."""
    pairs = list(words.items()) if isinstance(words, Mapping) else [(one, one.capitalize()) for one in words]
    return [("", blank), *pairs] if blank else pairs


def day_of(data: Mapping[str, str], name: str) -> date | None:
    """A date field; None where it is empty. Raises Invalid at the field."""
    text = (data.get(name) or "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(f"{text!r} is not a date.", cure="Write it like 1980-02-28.", where=name) from None


def amount_of(data: Mapping[str, str], name: str) -> Decimal | None:
    """An amount field; None where it is empty. Raises Invalid at the field."""
    text = (data.get(name) or "").strip()
    if not text:
        return None
    try:
        return money(text)
    except Invalid as fault:
        raise Invalid(fault.message, cure=fault.cure, where=name) from None

"""Filters of channels and destinations, made into functions once for each version of a document. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from chartdesk.exchange.engine.documents import Condition, Filter
from chartdesk.standards.hl7v2 import Message
from chartdesk.standards.hl7v2.message import place

#: Gives why a message does not pass, in words; empty where it does.
Test = Callable[[Message], str]


def names(kinds: Iterable[str], kind: str) -> bool:
    """Whether a kind is one of ``kinds``: ``ADT^A04`` itself, or ``ADT^*``."""
    given = set(kinds)
    return kind in given or f"{kind.partition('^')[0]}^*" in given or "*" in given


def compiled(wanted: Filter | None) -> Test | None:
    """A filter as a function; None where everything passes. Raises ValueError for a place that is none."""
    if wanted is None or not (wanted.kinds or wanted.conditions):
        return None
    kinds = frozenset(wanted.kinds)
    tests = [_condition(one) for one in wanted.conditions]

    def passes(message: Message) -> str:
        if kinds and not names(kinds, message.type):
            return f"{message.type} is not among the kinds that pass"
        return next((reason for test in tests if (reason := test(message))), "")

    return passes


def _condition(one: Condition) -> Test:
    place(one.place)
    values, where = tuple(one.values), one.place
    said = " or ".join(values)

    def test(message: Message) -> str:
        found = message.get(where)
        match one.test:
            case "is":
                met = found in values
            case "is not":
                met = found not in values
            case "begins":
                met = found.startswith(values)
            case "contains":
                met = any(value in found for value in values)
            case "present":
                met = found not in ("", '""')
            case _:
                met = found in ("", '""')
        # The value itself is a patient's; the reason says only where to look.
        return "" if met else f"{where} does not meet: {one.test} {said}".rstrip()

    return test


def faults(wanted: Filter | None) -> list[str]:
    """What is wrong with a filter, in sentences."""
    found = []
    for one in wanted.conditions if wanted else ():
        try:
            place(one.place)
        except ValueError as fault:
            found.append(f"{fault}.")
        if one.test in ("present", "absent"):
            if one.values:
                found.append(f"{one.place}: {one.test} takes no values.")
        elif not one.values:
            found.append(f"{one.place}: {one.test} needs a value.")
    return found

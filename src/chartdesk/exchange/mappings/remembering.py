"""What a text became before: codes, units, clinicians and organizations are sent again and again.

Only what depends on nothing but the text is kept, and of no data type that says who a patient is. A conversion that is
traced, and one of a message with separators of its own, does without.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from chartdesk.exchange.mappings import conditions, handlers
from chartdesk.exchange.mappings.leaves import LONGEST, MOST, Fill, parted
from chartdesk.exchange.mappings.tables import Row

#: Data types of which the same few texts come again and again.
AGAIN = frozenset({"CWE", "CNE", "CE", "CF", "IS", "ID", "HD", "XON", "XCN", "CNN"})
#: Conditions and values in words that look at nothing but the value at hand.
_OWN_TESTS = frozenset({"@fasting", "@not-fasting", "@timed", "@positive", "@udi", "@not-udi"})
_FIELD = re.compile(r"[A-Z][A-Z0-9]{2}-\d")
_OWN_VALUES = ("@authority(", "@phone(", "@joined(", "@media(")

_read = msgspec.json.Decoder().decode

Into = dict[str, Any]
#: What was made, and how those of its members are copied that can be changed.
Kept = tuple[Into, tuple[tuple[str, Callable[[Any], Any]], ...]]


class Memory:
    """What one map, with one translation after it, made of texts."""

    __slots__ = ("after", "fill", "flat", "known")

    def __init__(self, fill: Fill, after: Callable[[Into], None] | None, flat: bool) -> None:
        self.fill, self.after = fill, after
        #: Whether it writes plain members only, so that others may stand there before it.
        self.flat = flat and after is None
        self.known: dict[str, Kept] = {}

    def learn(self, text: str, run: Any) -> Kept:
        """What ``text``, a whole field, becomes. It is kept unless something was wrong with it."""
        made: Into = {}
        problems = len(run.problems)
        self.fill(made, parted(text, run.marks[0]), run, None)
        if self.after is not None and made:
            self.after(made)
        kept = (made, tuple((name, copier) for name, value in made.items() if (copier := _copier(value))))
        if len(text) <= LONGEST and len(run.problems) == problems:
            if len(self.known) >= MOST:
                self.known.clear()
            self.known[text] = kept
        return kept


def write(into: Into, kept: Kept) -> None:
    """Copy what was remembered: what is written must not be shared, as rows that come later change it."""
    made, copied = kept
    into.update(made)
    for name, copier in copied:
        into[name] = copier(into[name])


def _copier(value: Any) -> Callable[[Any], Any] | None:
    """What copies such a value; None for one that nobody can change."""
    if isinstance(value, dict):
        return dict.copy if not any(map(_copier, value.values())) else _anew(value)
    if isinstance(value, list):
        inner = {_copier(one) for one in value}
        return _each if inner == {dict.copy} else list.copy if inner == {None} else _anew(value)
    return None


def _anew(value: Any) -> Callable[[Any], Any]:
    """What copies a value of several levels: read once more of its text, which is quicker than piece by piece."""
    text = msgspec.json.encode(value)
    return (lambda kept: _read(text)) if repr(_read(text)) == repr(value) else _deeply


def _each(value: list[Into]) -> list[Into]:
    return [one.copy() for one in value]


def _deeply(value: Any) -> Any:
    if value.__class__ is dict:
        return {name: _deeply(one) for name, one in value.items()}
    return [_deeply(one) for one in value] if value.__class__ is list else value


def lasting(rows: Callable[[str], list[Row]], names: Iterable[str], decided: Callable[[str], bool]) -> bool:
    """Whether what the maps ``names`` make of a text depends on nothing else, so that it may be kept.

    ``decided`` says whether a condition is one that the profile has decided for all messages.
    """
    waiting, seen = list(names), set()
    while waiting:
        name = waiting.pop()
        if name in seen or name in handlers.TEXTS or name == "HD[Reference]":
            continue
        if name in handlers.FILLERS:
            return False
        seen.add(name)
        found = rows(name)
        if not all(_own(row, decided) for row in found):
            return False
        waiting += [row.via for row in found if row.via]
    return True


def _own(row: Row, decided: Callable[[str], bool]) -> bool:
    """Whether a row looks at its own value only and makes no resource besides."""
    if "(" in row.target or "-" in row.source:
        return False
    if row.fixed.count('"') != 2 and _FIELD.search(row.fixed):
        return False
    if row.fixed[:1] == "@" and not row.fixed.startswith(_OWN_VALUES):
        return False
    if not row.when or row.when in _OWN_TESTS or decided(row.when):
        return True
    return row.when[0] != "@" and conditions.within(row.when)

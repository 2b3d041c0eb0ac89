"""Laying a document's items beside ours. Pure: plain data in, lines out.

A pair is found by a code that both carry, else by the name; for medicines and allergens also by the ingredient that
both names hold. Where a pair is not sure the line says what it was found by, and a person decides. Nothing is left out:
what is not paired is new, or ours alone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from chartdesk.standards.terminology import icd10, substances

PROBLEMS, ALLERGIES, MEDICATIONS = "problems", "allergies", "medications"
KINDS = (PROBLEMS, ALLERGIES, MEDICATIONS)
_WORD = re.compile(r"[a-z0-9]+")
#: Words of a diagnosis that say nothing about which it is.
_EMPTY = frozenset("a an and by disorder finding in nos of or the unspecified with without".split())


@dataclass(frozen=True)
class Theirs:
    """An item of the document. ``codes`` are (system, code); ``facts`` are what is compared, by name, in words."""

    words: str
    codes: frozenset[tuple[str, str]] = frozenset()
    active: bool = True
    negated: bool = False
    since: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    #: What is needed to take it over: the reaction, the instruction, the billable ICD-10-CM code, ...
    extra: tuple[tuple[str, str], ...] = ()
    #: That no allergy is known; of the category among ``extra`` alone where it names one.
    none_known: bool = False

    @property
    def key(self) -> str:
        """The same for the same item, each time the document is read."""
        parts = [self.words, *sorted(f"{system}|{code}" for system, code in self.codes), self.since, str(self.active)]
        parts += [f"{name}={text}" for name, text in (*self.facts, *self.extra)]
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]

    def told(self, name: str) -> str:
        """One of ``extra``; empty where there is none."""
        return dict(self.extra).get(name, "")


@dataclass(frozen=True)
class Ours:
    """An item of our chart. ``id`` and ``version`` are those of its resource."""

    id: str
    version: int
    words: str
    codes: frozenset[tuple[str, str]] = frozenset()
    active: bool = True
    none_known: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    #: What stays when theirs is taken and does not say it.
    extra: tuple[tuple[str, str], ...] = ()

    def told(self, name: str) -> str:
        """One of ``facts`` or ``extra``; empty where there is none."""
        return dict((*self.facts, *self.extra)).get(name, "")


@dataclass(frozen=True)
class Line:
    """One row of the comparison. ``choices`` are what may be decided; the first is what is suggested."""

    kind: str
    key: str
    state: str
    theirs: Theirs | None = None
    ours: Ours | None = None
    differences: tuple[str, ...] = ()
    choices: tuple[str, ...] = field(default=())

    @property
    def open(self) -> bool:
        """Whether somebody has to decide about it."""
        return self.state in ("new", "differs")

    @property
    def seen(self) -> str:
        """How it stands, in a word that changes with our chart: what a page shows and a decision gives back."""
        mine = f"{self.ours.id}.{self.ours.version}" if self.ours else ""
        return f"{self.state}/{mine}"


def compare(kind: str, theirs: Sequence[Theirs], ours: Sequence[Ours]) -> list[Line]:
    """The lines of one list: theirs in the document's order, then what only we have."""
    distinct = list({item.key: item for item in theirs}.values())
    pairs = _pairs(kind, distinct, ours)
    lines = []
    for item in distinct:
        pair, why = pairs.get(item.key, (None, ""))
        lines.append(_none(item, pair, ours) if item.none_known else _line(kind, item, pair, why))
    paired = {pair.id for pair, _ in pairs.values()}
    return lines + [_alone(kind, item, distinct) for item in ours if item.active and item.id not in paired]


def _pairs(kind: str, theirs: Sequence[Theirs], ours: Sequence[Ours]) -> dict[str, tuple[Ours, str]]:
    """By the key of theirs: ours that means the same, and by what it was found where that is not sure.

    The surest test goes first for all of them, so that nobody is taken by a likeness whom another is the same as.
    """
    found: dict[str, tuple[Ours, str]] = {}
    left = sorted(ours, key=lambda one: not one.active)
    for test, why in _TESTS[kind]:
        for item in theirs:
            pair = next((one for one in left if test(item, one)), None) if item.key not in found else None
            if pair is not None:
                found[item.key] = (pair, why)
                left.remove(pair)
    return found


def _same_code(item: Theirs, one: Ours) -> bool:
    return bool(item.codes & one.codes)


def _same_name(item: Theirs, one: Ours) -> bool:
    return bool(_key_words(item.words)) and _key_words(item.words) == _key_words(one.words)


def _key_words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold())) - _EMPTY


def _same_category(item: Theirs, one: Ours) -> bool:
    theirs = {code[:3] for system, code in item.codes if system == icd10.SYSTEM}
    return bool(theirs & {code[:3] for system, code in one.codes if system == icd10.SYSTEM})


def _same_ingredient(item: Theirs, one: Ours) -> bool:
    return bool(ingredients(item.words)) and ingredients(item.words) == ingredients(one.words)


def _shared_word(item: Theirs, one: Ours) -> bool:
    return bool(substances.shared_word(item.words, one.words))


def _none_of_both(item: Theirs, one: Ours) -> bool:
    return item.none_known and one.none_known


_TESTS: dict[str, tuple[tuple[Callable[[Theirs, Ours], bool], str], ...]] = {
    PROBLEMS: (
        (_same_code, ""),
        (_same_name, ""),
        (_same_category, "Codes of one category: theirs and ours are not the same."),
    ),
    ALLERGIES: (
        (_none_of_both, ""),
        (_same_code, ""),
        (_same_name, ""),
        (_same_ingredient, ""),
        (_shared_word, "The names share a word; look whether they mean the same."),
    ),
    MEDICATIONS: (
        (_same_name, ""),
        (_same_ingredient, ""),
        (_same_code, ""),
        (_shared_word, "The names share a word; look whether they mean the same."),
    ),
}


@cache
def ingredients(text: str) -> frozenset[str]:
    """The common medicines whose names stand in ``text``; the longest where one name holds another."""
    words = f" {' '.join(_WORD.findall(text.casefold()))} "
    named = {*(one.name for one in substances.medicines()), *(one.name for one in substances.allergens("medication"))}
    found = {name for name in named if f" {' '.join(_WORD.findall(name.casefold()))} " in words}
    return frozenset(name for name in found if not any(name != other and name in other for other in found))


def _line(kind: str, item: Theirs, pair: Ours | None, why: str) -> Line:
    if item.negated:
        return _denied(kind, item, pair)
    if pair is None:
        if not item.active:
            return Line(kind, item.key, "past", item)
        return Line(kind, item.key, "new", item, None, (), ("add", "leave"))
    if not item.active and not pair.active:
        return Line(kind, item.key, "same", item, pair)
    if not item.active:
        told = f"They say: {dict(item.facts).get('status', 'not active')}."
        return Line(kind, item.key, "differs", item, pair, (told,), (_ENDS[kind], "keep"))
    if not pair.active:
        told = "They have it as active, ours is over."
        return Line(kind, item.key, "differs", item, pair, (told,), ("add", "keep"))
    found = tuple(part for part in (why, *_differences(item, pair)) if part)
    if not found:
        return Line(kind, item.key, "same", item, pair)
    return Line(kind, item.key, "differs", item, pair, found, _CHOICES[kind])


#: How an item of ours ends, by kind.
_ENDS = {PROBLEMS: "resolve", ALLERGIES: "withdraw", MEDICATIONS: "stop"}
_CHOICES = {PROBLEMS: ("keep", "add"), ALLERGIES: ("keep", "take", "add"), MEDICATIONS: ("keep", "take", "add")}


def _denied(kind: str, item: Theirs, pair: Ours | None) -> Line:
    """They say that the patient does not have it, or does not take it."""
    if pair is None or not pair.active:
        return Line(kind, item.key, "past", item)
    said = "They say that the patient does not have it."
    if kind == MEDICATIONS:
        said = "They say that the patient does not take it."
    return Line(kind, item.key, "differs", item, pair, (said,), ("keep", _ENDS[kind]))


def _none(item: Theirs, pair: Ours | None, ours: Sequence[Ours]) -> Line:
    """They say that no allergy is known: the same, news for a list that nobody filled, or against what ours holds."""
    said = pair or next((one for one in ours if one.none_known), None)
    if said is not None:
        return Line(ALLERGIES, item.key, "same", item, said)
    if item.told("category"):
        return Line(ALLERGIES, item.key, "told", item, None, ("It speaks of these alone; our list cannot say that.",))
    if any(one.active for one in ours):
        told = ("They say that no allergy is known; our list holds some.",)
        return Line(ALLERGIES, item.key, "differs", item, None, told, ("keep",))
    return Line(ALLERGIES, item.key, "new", item, None, (), ("add", "leave"))


def _alone(kind: str, item: Ours, theirs: Sequence[Theirs]) -> Line:
    if item.none_known:
        # Ends by itself with the first allergy that is taken over.
        there = any(one.active and not one.negated and not one.none_known for one in theirs)
        said = ("Ours says that none is known.",) if there else ()
        return Line(kind, f"ours:{item.id}", "ours", None, item, said, ("keep",))
    said = ()
    if any(one.none_known and not one.told("category") for one in theirs):
        said = ("They say that no allergy is known.",)
    return Line(kind, f"ours:{item.id}", "ours", None, item, said, ("keep", _ENDS[kind]))


def _differences(item: Theirs, pair: Ours) -> Iterable[str]:
    """What both name and say differently; what only one says is told where it is theirs."""
    mine = dict(pair.facts)
    for name, text in item.facts:
        other = mine.get(name, "")
        if name == "status" or not text or _alike(text, other):
            continue
        yield f"{name.capitalize()}: theirs {text}, ours {other or 'does not say'}."


def _alike(one: str, other: str) -> bool:
    return _WORD.findall(one.casefold()) == _WORD.findall(other.casefold())

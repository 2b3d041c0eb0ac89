"""The codes of a value set, and whether a code is among them.

Guide section: expansion (https://hl7.org/fhir/R4/valueset.html#expansion). Regular expressions are not carried out:
a value set comes from anywhere, and one expression can keep a processor busy for years.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple, Protocol

from chartdesk.kit.errors import Invalid
from chartdesk.standards.fhir import Issue
from chartdesk.standards.terminology.concepts import CodeSystem, Concept, matches
from chartdesk.standards.terminology.value_sets import Part, ValueSet

#: The most codes of one value set, how deep value sets may stand in each other, and how often one is looked into.
MOST_CODES, DEEPEST, MOST_STEPS = 200_000, 20, 100_000
Test = Callable[[Concept], bool]


class NotLoaded(Invalid):
    """The answer depends on a code system, or on a part of one, that is not loaded here."""

    def __init__(self, message: str, cure: str) -> None:
        issue = Issue("error", "not-supported", "", f"{message} {cure}")
        super().__init__(message, cure=cure, issues=[issue])


class Member(NamedTuple):
    """One code of a value set."""

    system: str
    code: str
    display: str
    status: int = 0


class Source(Protocol):
    """Where systems and value sets come from. Both give None for what is not there."""

    def system(self, url: str, version: str = "") -> CodeSystem | None:
        """A code system."""

    def value_set(self, url: str, version: str = "") -> ValueSet | None:
        """A value set."""


class Expansion:
    """Expands and asks, over one source. Holds what it has looked at: make one for each question."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._open: list[str] = []
        self._steps = 0
        # What is asked about code after code: the codes that a part names, and its filters as tests.
        self._named: dict[int, tuple[Part, frozenset[str]]] = {}
        self._tests: dict[tuple[str, ...], Test] = {}

    def members(self, value_set: ValueSet, text: str = "") -> list[Member]:
        """The members in order, each once; with ``text`` only those that it finds.

        Raises NotLoaded, and Invalid for what cannot be expanded.
        """
        found: dict[tuple[str, str], Member] = {}
        for part in value_set.include:
            for one in self._part(value_set, part, text.strip()):
                found.setdefault((one.system, one.code), one)
                if len(found) > MOST_CODES:
                    raise Invalid(f"{value_set.url} has more than {MOST_CODES} codes.", cure="Expand a smaller one.")
        for part in value_set.exclude if found else ():
            for key in [key for key in found if self._in_part(value_set, part, *key)]:
                del found[key]
        return list(found.values())

    def page(self, value_set: ValueSet, offset: int, count: int) -> tuple[int, list[Member]]:
        """How many members there are, and some of them. The codes of a large system are not all looked at."""
        part = value_set.include[0] if len(value_set.include) == 1 and not value_set.exclude else None
        if part is None or part.concepts or part.filters or part.value_sets:
            found = self.members(value_set)
            return len(found), found[offset : offset + count]
        system = _whole(self._source.system(part.system, part.version), part)
        shown = system.part(offset, count)
        return system.size(), [Member(part.system, one.code, one.display, one.status) for one in shown]

    def holds(self, value_set: ValueSet, system: str, code: str) -> bool:
        """Whether the code is a member. Raises as ``members`` does, but only where the answer depends on it."""
        missing: NotLoaded | None = None
        for part in value_set.include:
            try:
                if self._in_part(value_set, part, system, code):
                    break
            except NotLoaded as fault:
                missing = fault
        else:
            if missing is not None:
                raise missing
            return False
        return not any(self._in_part(value_set, part, system, code) for part in value_set.exclude)

    def _part(self, of: ValueSet, part: Part, text: str) -> Iterator[Member]:
        sets = list(part.value_sets)
        if part.system:
            yield from (one for one in self._of_system(part, text) if self._in_all(of, sets, one.system, one.code))
        elif sets:
            with self._inside(of, sets.pop(0)) as first:
                found = self.members(first, text)
            yield from (one for one in found if self._in_all(of, sets, one.system, one.code))
        else:
            raise Invalid(f"{of.url} includes neither a system nor a value set.", where="ValueSet.compose.include")

    def _of_system(self, part: Part, text: str) -> Iterator[Member]:
        system = self._source.system(part.system, part.version)
        if part.concepts:
            for code, *said in part.concepts:
                known = system.find(code) if system else None
                display = (said[0] if said else "") or (known.display if known else "")
                if not text or matches(code, display, text):
                    yield Member(part.system, code, display, known.status if known else 0)
            return
        system = _whole(system, part)
        found: Iterable[Concept] = system.matching(text) if text and not part.filters else system.all()
        if part.filters:
            tests = self._filters(system, part)
            found = (one for one in found if all(test(one) for test in tests))
            found = (one for one in found if not text or matches(one.code, one.display, text))
        yield from (Member(part.system, one.code, one.display, one.status) for one in found)

    def _in_part(self, of: ValueSet, part: Part, system: str, code: str) -> bool:
        if part.system and (part.system != system or not self._in_system(part, code)):
            return False
        return self._in_all(of, part.value_sets, system, code)

    def _in_system(self, part: Part, code: str) -> bool:
        if part.concepts:
            if id(part) not in self._named:
                self._named[id(part)] = part, frozenset(one[0] for one in part.concepts)
            return code in self._named[id(part)][1]
        system = self._source.system(part.system, part.version)
        concept = system.find(code) if system else None
        if concept is not None and not part.filters:
            return True
        tests = self._filters(_whole(system, part), part)
        return concept is not None and all(test(concept) for test in tests)

    def _filters(self, system: CodeSystem, part: Part) -> list[Test]:
        """The tests of a part's filters, each made once: what lies below a code takes a look at the whole system."""
        for one in part.filters:
            if (part.system, part.version, *one) not in self._tests:
                self._tests[part.system, part.version, *one] = _filter(system, *one)
        return [self._tests[part.system, part.version, *one] for one in part.filters]

    def _in_all(self, of: ValueSet, urls: Sequence[str], system: str, code: str) -> bool:
        for url in urls:
            with self._inside(of, url) as inner:
                if not self.holds(inner, system, code):
                    return False
        return True

    @contextmanager
    def _inside(self, of: ValueSet, url: str) -> Iterator[ValueSet]:
        """The value set at ``url``, which ``of`` is made of. Raises Invalid for circles and for too much work."""
        named, _, version = url.partition("|")
        if named in self._open or named == of.url:
            raise Invalid(f"The value set {named} is made of itself.", where="ValueSet.compose.include.valueSet")
        self._steps += 1
        if len(self._open) >= DEEPEST or self._steps > MOST_STEPS:
            raise Invalid(f"{of.url} is made of too many value sets.", cure="Name its codes instead.")
        found = self._source.value_set(named, version)
        if found is None:
            raise not_loaded_set(url, f"{of.url} is made of it")
        self._open.append(named)
        try:
            yield found
        finally:
            self._open.pop()


def not_loaded_set(url: str, why: str = "") -> NotLoaded:
    """The refusal for a value set that nobody here knows."""
    reason = f" ({why})" if why else ""
    return NotLoaded(
        f"The value set {url} is not loaded{reason}.", "Store it as a ValueSet resource, or check the URL."
    )


def not_loaded(system: str, what: str = "") -> NotLoaded:
    """The refusal for a code system that is not here, or not wholly."""
    return NotLoaded(
        what or f"The code system {system} is not loaded.",
        "Store it as a CodeSystem resource, or ask a terminology server that has it.",
    )


def require(source: Source, url: str) -> ValueSet:
    """The value set at ``url``, which may carry its version after a bar. Raises NotLoaded."""
    named, _, version = url.partition("|")
    found = source.value_set(named, version)
    if found is None:
        raise not_loaded_set(url)
    return found


def _whole(system: CodeSystem | None, part: Part) -> CodeSystem:
    if system is None:
        raise not_loaded(part.system + (f" version {part.version}" if part.version else ""))
    if not system.complete:
        raise not_loaded(part.system, f"Of the code system {part.system} only single codes are loaded.")
    return system


def _filter(system: CodeSystem, property: str, operator: str, value: str) -> Test:
    """The test that a filter puts on a concept."""
    about_code = property in ("concept", "code")
    if about_code and operator in ("is-a", "descendent-of", "is-not-a"):
        below = system.below(value) | (set() if operator == "descendent-of" else {value})
        return lambda one: (one.code in below) != (operator == "is-not-a")
    if about_code and operator == "generalizes":
        above = _and_above(system, value)
        return lambda one: one.code in above
    if operator in ("in", "not-in", "="):
        wanted = {value} if operator == "=" else {one.strip() for one in value.split(",")}
        return lambda one: bool(wanted & set(_values(one, property))) != (operator == "not-in")
    if operator == "exists":
        return lambda one: bool(_values(one, property)) == (value == "true")
    raise NotLoaded(f"A filter {property} {operator} is not carried out here.", "Use a value set that names its codes.")


def _and_above(system: CodeSystem, code: str) -> set[str]:
    """The code and every one above it; a circle in the hierarchy ends the walk."""
    found: set[str] = set()
    waiting = [code]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            concept = system.find(one)
            waiting += concept.parents if concept else ()
    return found


def _values(concept: Concept, property: str) -> tuple[str, ...]:
    if property in ("concept", "code"):
        return (concept.code,)
    if property == "parent":
        return concept.parents
    return (concept.display,) if property == "display" else tuple(concept.properties.get(property, ()))

"""What a search asks: the query's pairs, read and checked, not yet SQL.

Guide section: search (https://hl7.org/fhir/R4/search.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from chartdesk.kit.errors import Invalid
from chartdesk.standards.fhir import search
from chartdesk.standards.fhir.search import SearchParameter

#: Resources on one page, and the most a caller may ask for.
COUNT, MOST = 50, 1000

_MODIFIERS = {
    "token": {"", "not", "missing", "text"},
    "string": {"", "exact", "contains", "missing"},
    "date": {"", "missing"},
    "reference": {"", "missing", "identifier"},
    "uri": {"", "missing"},
    "number": {"", "missing"},
    "quantity": {"", "missing"},
}
_TOTALS = ("none", "estimate", "accurate")
_SUMMARIES = ("true", "false", "count", "data", "text")
_SPLIT = re.compile(r"(?<!\\),")


@dataclass(frozen=True)
class Criterion:
    """One condition. ``values`` are alternatives, escapes kept. ``name`` is how the query wrote it."""

    name: str
    parameter: SearchParameter
    modifier: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Chain:
    """A condition on what ``parameter`` refers to: ``patient.name=moss``; ``then`` is the rest of the pair."""

    name: str
    parameter: SearchParameter
    types: tuple[str, ...]
    then: tuple[str, str]


@dataclass(frozen=True)
class Has:
    """A condition on what refers here: ``_has:Observation:patient:code=1234-5``."""

    name: str
    type: str
    parameter: SearchParameter
    then: tuple[str, str]


@dataclass(frozen=True)
class Include:
    """``_include`` and ``_revinclude``: ``type``:``parameter``:``target`` (empty: any)."""

    type: str
    parameter: str
    target: str = ""


@dataclass
class Question:
    """A search of one type. ``ignored`` names what was not understood and left out."""

    type: str
    ids: list[tuple[str, ...]] = field(default_factory=list)
    updated: list[tuple[str, ...]] = field(default_factory=list)
    criteria: list[Criterion] = field(default_factory=list)
    chains: list[Chain] = field(default_factory=list)
    has: list[Has] = field(default_factory=list)
    sort: list[tuple[str, bool]] = field(default_factory=list)
    count: int = COUNT
    cursor: str = ""
    total: str = "none"
    summary: str = ""
    elements: tuple[str, ...] = ()
    includes: list[Include] = field(default_factory=list)
    revincludes: list[Include] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    @property
    def names(self) -> str:
        """The names that the query asked by, for the audit: never their values."""
        asked = ["_id"] * bool(self.ids) + ["_lastUpdated"] * bool(self.updated)
        asked += [one.name for one in (*self.criteria, *self.chains, *self.has)]
        return ",".join(dict.fromkeys(asked))


def parameters(type: str) -> dict[str, SearchParameter]:
    """The search parameters of a type. Raises Invalid where there is no such type."""
    try:
        return search.parameters(type)
    except KeyError:
        raise Invalid(f"{type!r} is not a resource type of FHIR R4.", where=type) from None


def split(text: str) -> tuple[str, ...]:
    """The alternatives of a value: parted by commas that no backslash precedes."""
    return tuple(_SPLIT.split(text))


def plain(text: str) -> str:
    """``text`` without its escapes."""
    return re.sub(r"\\([,|$\\])", r"\1", text)


def parse(type: str, pairs: Iterable[tuple[str, str]], *, strict: bool = False) -> Question:
    """Read the pairs of a query. Raises Invalid for a bad value, and where ``strict`` for an unknown name."""
    question = Question(type)
    known = parameters(type)
    for name, value in pairs:
        if name.startswith("_") and _result(question, name, value):
            continue
        if not _condition(question, known, name, value):
            question.ignored.append(name)
    if strict and question.ignored:
        names = ", ".join(sorted(question.ignored))
        raise Invalid(
            f"{type} cannot be searched by {names}.",
            cure=f"It can be by {', '.join(sorted(known))}.",
            where=names,
        )
    return question


def _result(question: Question, name: str, value: str) -> bool:
    """Take a parameter that shapes the result; False where ``name`` is none."""
    if name == "_count":
        if not value.isdigit():
            raise Invalid(f"_count={value} is not a whole number.", where="_count")
        question.count = min(int(value), MOST)
        if question.count == 0:
            question.summary = "count"
    elif name == "_cursor":
        question.cursor = value
    elif name == "_sort":
        question.sort = [(key.lstrip("-"), key.startswith("-")) for key in value.split(",") if key.strip("-")]
    elif name == "_total":
        question.total = _one_of(name, value, _TOTALS)
    elif name == "_summary":
        question.summary = _one_of(name, value, _SUMMARIES)
    elif name == "_elements":
        question.elements = tuple(part.strip() for part in value.split(",") if part.strip())
    elif name in ("_include", "_revinclude", "_include:iterate", "_revinclude:iterate"):
        (question.revincludes if name.startswith("_rev") else question.includes).append(_include(name, value))
    elif name in ("_format", "_pretty"):
        pass
    elif name == "_id":
        question.ids.append(split(value))
    elif name == "_lastUpdated":
        question.updated.append(split(value))
    elif name.startswith("_has:"):
        question.has.append(_has(name, value))
    else:
        return False
    return True


def _one_of(name: str, value: str, known: Sequence[str]) -> str:
    if value not in known:
        raise Invalid(f"{name}={value} is not known.", cure=f"Use {', '.join(known)}.", where=name)
    return value


def _include(name: str, value: str) -> Include:
    parts = value.split(":")
    if len(parts) not in (2, 3):
        raise Invalid(
            f"{name}={value} is not Type:parameter.", cure=f"Write {name}=Type:parameter.", where=name
        )
    known = parameters(parts[0])
    if parts[1] != "*" and (parts[1] not in known or known[parts[1]].kind != "reference"):
        raise Invalid(f"{parts[0]} has no reference parameter {parts[1]!r}.", where=name)
    return Include(*parts)


def _has(name: str, value: str) -> Has:
    parts = name.split(":", 3)
    if len(parts) != 4:
        raise Invalid(f"{name} is not _has:Type:reference:parameter.", where=name)
    _, type, reference, rest = parts
    known = parameters(type)
    if reference not in known or known[reference].kind != "reference":
        raise Invalid(f"{type} has no reference parameter {reference!r}.", where=name)
    return Has(name, type, known[reference], (rest, value))


def _condition(question: Question, known: dict[str, SearchParameter], name: str, value: str) -> bool:
    head, _, rest = name.partition(".")
    code, _, modifier = head.partition(":")
    parameter = known.get(code)
    if parameter is None:
        return False
    if value == "":
        return True  # an empty value asks nothing
    if rest:
        question.chains.append(_chain(name, parameter, modifier, rest, value))
        return True
    if parameter.kind not in _MODIFIERS:
        return False
    if parameter.kind == "reference" and modifier[:1].isupper():
        values = tuple(v if "/" in v else f"{modifier}/{v}" for v in split(value))
        question.criteria.append(Criterion(name, parameter, "", values))
        return True
    if modifier not in _MODIFIERS[parameter.kind] or modifier == "text":
        raise Invalid(f"{code} cannot be searched with :{modifier}.", where=name)
    if modifier == "missing":
        _one_of(name, value, ("true", "false"))
    question.criteria.append(Criterion(name, parameter, modifier, split(value)))
    return True


def _chain(name: str, parameter: SearchParameter, modifier: str, rest: str, value: str) -> Chain:
    if parameter.kind != "reference":
        raise Invalid(f"{parameter.code} is not a reference, so nothing can be chained to it.", where=name)
    types = (modifier,) if modifier else parameter.targets
    code = rest.partition(".")[0].partition(":")[0]
    fitting = tuple(type for type in types if code in parameters(type))
    if not fitting:
        raise Invalid(f"Nothing that {parameter.code} refers to can be searched by {code}.", where=name)
    return Chain(name, parameter, fitting, (rest, value))

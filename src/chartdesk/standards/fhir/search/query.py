"""Read the parameters of a search into typed clauses.

Guide section: search (https://hl7.org/fhir/R4/search.html).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import msgspec

from chartdesk.kit.errors import Invalid

from ..facts import resource_types
from ..issues import Issue
from . import criteria
from .criteria import DateValue, NumberValue, QuantityValue, ReferenceValue, TokenValue
from .parameters import SearchParameter, by_url, parameters

Value = TokenValue | ReferenceValue | DateValue | NumberValue | QuantityValue | str | bool | tuple[Any, ...]

MODIFIERS = {
    "string": ("exact", "contains"),
    "token": ("not", "text", "in", "not-in", "above", "below", "of-type"),
    "reference": ("identifier", "above", "below"),
    "uri": ("above", "below"),
}
# Parameters that shape the answer or its form, not the matches.
_FORMAT = ("_format", "_pretty")
_CHOICES = {
    "_total": ("none", "estimate", "accurate"),
    "_summary": ("true", "text", "data", "count", "false"),
}


class Clause(msgspec.Struct, frozen=True):
    """One condition; any of `values` may match, all clauses of a query must.

    `kind` is the kind of `param`. `modifier` is empty or one of MODIFIERS, `missing` (the value is a bool) or
    a resource type. With `chain`, the clause is about what the reference names: (type, clause) for each type
    that it may name. With `has`, resources of type `has` must name this one by `param` and meet the clause in
    `chain`.
    """

    param: str
    kind: str
    modifier: str = ""
    values: tuple[Value, ...] = ()
    chain: tuple[tuple[str, Clause], ...] = ()
    has: str = ""


class Include(msgspec.Struct, frozen=True):
    """`_include` or `_revinclude`: references `param` of `source` (`*`: all), to `target` if not empty."""

    source: str
    param: str
    target: str = ""
    iterate: bool = False


class Query(msgspec.Struct):
    """A search, typed. `sort` holds (param, descending); `ignored` names what was not understood."""

    type: str
    clauses: list[Clause] = []
    sort: list[tuple[str, bool]] = []
    count: int | None = None
    include: list[Include] = []
    revinclude: list[Include] = []
    total: str = ""
    summary: str = ""
    elements: list[str] = []
    ignored: list[str] = []


def parse(type: str, query: Iterable[tuple[str, str]], *, strict: bool = False, now: datetime | None = None) -> Query:
    """The query `(name, value)` pairs ask of resources of `type`.

    `now` serves the prefix `ap` of dates. Raises Invalid with an Issue for each parameter that is malformed,
    and under `strict` also for each that is unknown. Raises KeyError where there is no such type.
    """
    parser = _Parser(type, now)
    for name, value in query:
        parser.read(name, value)
    issues = parser.issues
    if strict:
        issues += [_issue("not-supported", n, "is not a search parameter here.") for n in parser.query.ignored]
    if issues:
        raise Invalid(issues[0].diagnostics, where=issues[0].expression, issues=issues)
    return parser.query


def _issue(code: str, name: str, sentence: str) -> Issue:
    return Issue("error", code, name, f"Search parameter '{name}' {sentence}")


class _Unknown(Exception):
    """The parameter does not exist; it is ignored or refused as the caller wishes."""


class _Parser:
    def __init__(self, type: str, now: datetime | None) -> None:
        parameters(type)
        self.query = Query(type)
        self.now = now
        self.issues: list[Issue] = []

    def read(self, name: str, value: str) -> None:
        """One pair; an empty value asks for nothing."""
        if not value or name in _FORMAT:
            return
        bare, _, modifier = name.partition(":")
        reader: Callable[[str, str], None] | None = {
            "_sort": self.sort,
            "_count": self.count,
            "_include": self.include,
            "_revinclude": self.include,
            "_total": self.choice,
            "_summary": self.choice,
            "_elements": self.elements,
        }.get(bare)
        try:
            if reader is None:
                self.query.clauses.append(self.clause(self.query.type, name, value))
            else:
                reader(name if modifier else bare, value)
        except _Unknown:
            self.query.ignored.append(name)
        except ValueError as error:
            self.issues.append(_issue("value", name, f"is malformed: {error}"))

    def sort(self, name: str, value: str) -> None:
        for part in value.split(","):
            code = part.removeprefix("-")
            if code in parameters(self.query.type):
                self.query.sort.append((code, part.startswith("-")))
            else:
                self.query.ignored.append(f"{name}={part}")

    def count(self, name: str, value: str) -> None:
        if not (value.isascii() and value.isdigit() and len(value) < 10):
            raise ValueError("give a whole number.")
        self.query.count = int(value)

    def choice(self, name: str, value: str) -> None:
        if value not in _CHOICES[name]:
            raise ValueError(f"give one of {', '.join(_CHOICES[name])}.")
        setattr(self.query, name[1:], value)

    def elements(self, name: str, value: str) -> None:
        self.query.elements += [part.strip() for part in value.split(",") if part.strip()]

    def include(self, name: str, value: str) -> None:
        bare, _, modifier = name.partition(":")
        if modifier not in ("", "iterate", "recurse"):
            raise ValueError(f"':{modifier}' is not a modifier of it; ':iterate' is.")
        parts = value.split(":")
        wild = value == "*"
        source = self.query.type if wild else parts[0]
        param = "*" if wild else ([*parts, ""])[1]
        if source not in resource_types() or len(parts) > 3 or not param:
            raise ValueError("give Type:parameter, or Type:parameter:Target.")
        if param != "*" and (param not in parameters(source) or parameters(source)[param].kind != "reference"):
            raise ValueError(f"{param} is not a reference parameter of {source}.")
        target = parts[2] if len(parts) == 3 else ""
        getattr(self.query, bare[1:]).append(Include(source, param, target, bool(modifier)))

    def clause(self, type: str, name: str, value: str) -> Clause:
        """The clause that `name=value` states about resources of `type`, chains and `_has` included."""
        if name.startswith("_has:"):
            return self.has(name, value)
        head, dot, rest = name.partition(".")
        code, _, modifier = head.partition(":")
        parameter = parameters(type).get(code)
        if parameter is None:
            raise _Unknown
        if dot:
            return self.chain(parameter, modifier, rest, value)
        if modifier == "missing":
            if value not in ("true", "false"):
                raise ValueError("':missing' takes true or false.")
            return Clause(code, parameter.kind, modifier, (value == "true",))
        typed = modifier in resource_types() and parameter.kind == "reference"
        if modifier and not typed and modifier not in MODIFIERS.get(parameter.kind, ()):
            raise ValueError(f"':{modifier}' is not a modifier for a parameter of kind {parameter.kind}.")
        texts = criteria.split(value, ",")
        values = tuple(self.value(type, parameter, modifier, text) for text in texts if text)
        return Clause(code, parameter.kind, modifier, values)

    def has(self, name: str, value: str) -> Clause:
        _, _, rest = name.partition(":")
        parts = rest.split(":", 2)
        if len(parts) < 3 or parts[0] not in resource_types():
            raise ValueError("give _has:Type:reference:parameter=value.")
        source, link, inner = parts
        if link not in parameters(source) or parameters(source)[link].kind != "reference":
            raise ValueError(f"{link} is not a reference parameter of {source}.")
        return Clause(link, "reference", chain=((source, self.clause(source, inner, value)),), has=source)

    def chain(self, parameter: SearchParameter, modifier: str, rest: str, value: str) -> Clause:
        if parameter.kind != "reference":
            raise ValueError(f"{parameter.code} is not a reference, so nothing can follow it.")
        targets = (modifier,) if modifier else parameter.targets or tuple(sorted(resource_types()))
        if not set(targets) <= resource_types():
            raise ValueError(f"':{modifier}' is not a resource type.")
        code = rest.partition(".")[0].partition(":")[0]
        known = [t for t in targets if code in parameters(t) or rest.startswith("_has:")]
        links = [(target, self.clause(target, rest, value)) for target in known]
        if not links:
            raise _Unknown
        return Clause(parameter.code, "reference", modifier, chain=tuple(links))

    def value(self, type: str, parameter: SearchParameter, modifier: str, text: str) -> Value:
        kind = parameter.kind
        if kind == "composite":
            return self.parts(type, parameter, text)
        if modifier in ("text", "in", "not-in") or kind in ("string", "uri"):
            return criteria.unescape(text)
        if kind == "token" and modifier == "of-type":
            parts = tuple(criteria.unescape(p) for p in criteria.split(text, "|"))
            if len(parts) != 3 or not all(parts):
                raise ValueError("':of-type' takes system|code|value.")
            return parts
        if kind == "token" or modifier == "identifier":
            return criteria.token(text)
        if kind == "date":
            return criteria.date(text, self.now)
        if kind == "number":
            return criteria.number(text)
        if kind == "quantity":
            return criteria.quantity(text)
        return criteria.reference(text, (modifier,) if modifier in resource_types() else parameter.targets)

    def parts(self, type: str, parameter: SearchParameter, text: str) -> Value:
        texts = criteria.split(text, "$")
        known = [by_url(type)[url] for url, _ in parameter.components if url in by_url(type)]
        if len(texts) != len(parameter.components) or len(known) != len(texts):
            raise ValueError(f"give {len(parameter.components)} values with '$' between them.")
        return tuple(self.value(type, part, "", piece) for part, piece in zip(known, texts, strict=True))

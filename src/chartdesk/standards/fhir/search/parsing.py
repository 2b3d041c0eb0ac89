"""Read the parameters of a search into typed clauses.

Guide section: search (https://hl7.org/fhir/R4/search.html).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from chartdesk.kit.errors import Invalid

from ..facts import resource_types
from ..issues import Issue
from . import criteria
from .locations import components
from .parameters import SearchParameter, parameters
from .query import MODIFIERS, Clause, Include, Query, Value, shared

# Parameters that shape the answer or its form, not the matches.
_FORMAT = ("_format", "_pretty")
_CHOICES = {
    "_total": ("none", "estimate", "accurate"),
    "_summary": ("true", "text", "data", "count", "false"),
}
#: The most values of one parameter, and the most ways that the chains of one query may go.
MOST_VALUES, MOST_LINKS = 2000, 200
#: What FHIR defines and Chartdesk does not serve, with the way round it.
UNSERVED = {
    "_text": "Full text is not indexed; search by code:text, title or name instead.",
    "_content": "Full text is not indexed; search by code:text, title or name instead.",
    "_filter": "Filter expressions are not served; use plain parameters.",
    "_query": "There are no named queries.",
    "near": "Distances are not computed; search by address-city, address-state or address-postalcode.",
}


def parse(
    type: str,
    query: Iterable[tuple[str, str]],
    *,
    strict: bool = False,
    now: datetime | None = None,
    types: tuple[str, ...] = (),
) -> Query:
    """The query `(name, value)` pairs ask of resources of `type`, or of several where `type` is empty.

    These are `types`, or those that `_type` names of them. `now` serves the prefix `ap` of dates. Raises Invalid
    with an Issue for each parameter that is malformed, and under `strict` also for each that is unknown. Raises
    KeyError where there is no such type.
    """
    pairs = list(query)
    parser = _Parser(type, now)
    parser.query.types = (type,) if type else parser.types(pairs, types)
    for name, value in pairs:
        parser.read(name, value)
    issues = parser.issues
    if strict:
        for name in parser.query.ignored:
            reason = parser.query.reasons.get(name, "")
            issues.append(_issue("not-supported", name, f"is not a search parameter here. {reason}".strip()))
    if issues:
        raise Invalid(issues[0].diagnostics, where=issues[0].expression, issues=issues)
    return parser.query


def _issue(code: str, name: str, sentence: str) -> Issue:
    return Issue("error", code, name, f"Search parameter '{name}' {sentence}")


class _Unknown(Exception):
    """The parameter does not exist; it is ignored or refused as the caller wishes."""


class _Parser:
    def __init__(self, type: str, now: datetime | None) -> None:
        if type:
            parameters(type)
        self.query = Query(type)
        self.now = now
        self.issues: list[Issue] = []
        self.links = 0

    def types(self, pairs: list[tuple[str, str]], known: tuple[str, ...]) -> tuple[str, ...]:
        """The types to search: those of `_type`, else all that are known."""
        wanted = [text.strip() for name, value in pairs if name == "_type" for text in value.split(",") if text.strip()]
        for text in wanted:
            if text not in resource_types():
                self.issues.append(_issue("value", "_type", f"names {text!r}, which is not a resource type."))
        return tuple(dict.fromkeys(text for text in wanted if text in resource_types())) or known

    def read(self, name: str, value: str) -> None:
        """One pair; an empty value asks for nothing."""
        if not value or name in _FORMAT or (name == "_type" and not self.query.type):
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
            "_contained": self.contained,
            "_containedType": self.contained,
            "_list": self.member,
        }.get(bare)
        try:
            if "\0" in value or "\0" in name:
                raise ValueError("it holds the character NUL.")
            if reader is None:
                self.query.clauses.append(self.clause(self.query.types, name, value))
            else:
                reader(name if modifier else bare, value)
        except _Unknown:
            self.query.ignored.append(name)
            if bare in UNSERVED:
                self.query.reasons[name] = UNSERVED[bare]
        except ValueError as error:
            self.issues.append(_issue("value", name, f"is malformed: {error}"))

    def sort(self, name: str, value: str) -> None:
        for part in value.split(","):
            code = part.removeprefix("-")
            parameter = shared(self.query.types).get(code)
            if parameter is not None and parameter.kind != "composite":
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

    def contained(self, name: str, value: str) -> None:
        if value not in ("false", "container"):
            raise ValueError(
                "contained resources are not searched for themselves; leave it out, and search for what contains them."
            )

    def member(self, name: str, value: str) -> None:
        ids = tuple(text.strip().removeprefix("List/") for text in value.split(",") if text.strip())
        if any(id.startswith("$") for id in ids):
            raise ValueError("there are no functional lists; give the id of a List.")
        self.query.clauses.append(Clause("_list", "list", values=ids))

    def include(self, name: str, value: str) -> None:
        bare, _, modifier = name.partition(":")
        if modifier not in ("", "iterate", "recurse"):
            raise ValueError(f"':{modifier}' is not a modifier of it; ':iterate' is.")
        parts = value.split(":")
        wild = value == "*"
        sources = self.query.types if wild else (parts[0],)
        param = "*" if wild else ([*parts, ""])[1]
        if not set(sources) <= resource_types() or len(parts) > 3 or not param:
            raise ValueError("give Type:parameter, or Type:parameter:Target.")
        target = parts[2] if len(parts) == 3 else ""
        if target and target not in resource_types():
            raise ValueError(f"{target!r} is not a resource type.")
        for source in sources:
            if param != "*" and (param not in parameters(source) or parameters(source)[param].kind != "reference"):
                raise ValueError(f"{param} is not a reference parameter of {source}.")
            getattr(self.query, bare[1:]).append(Include(source, param, target, bool(modifier)))

    def clause(self, types: tuple[str, ...], name: str, value: str) -> Clause:
        """The clause that `name=value` states about resources of `types`, chains and `_has` included."""
        if name.startswith("_has:"):
            return self.has(name, value)
        head, dot, rest = name.partition(".")
        code, _, modifier = head.partition(":")
        parameter = shared(types).get(code)
        if parameter is None:
            raise _Unknown
        if dot:
            return self.chain(parameter, modifier, rest, value)
        if modifier == "missing" and parameter.kind != "composite":
            if value not in ("true", "false"):
                raise ValueError("':missing' takes true or false.")
            return Clause(code, parameter.kind, modifier, (value == "true",))
        typed = modifier in resource_types() and parameter.kind == "reference"
        if modifier and not typed and modifier not in MODIFIERS.get(parameter.kind, ()):
            raise ValueError(f"':{modifier}' is not a modifier for a parameter of kind {parameter.kind}.")
        texts = [text for text in criteria.split(value, ",") if text]
        if not texts:
            raise ValueError("give a value.")
        if len(texts) > MOST_VALUES:
            raise ValueError(f"give at most {MOST_VALUES} values.")
        return Clause(code, parameter.kind, modifier, tuple(self.value(types, parameter, modifier, t) for t in texts))

    def has(self, name: str, value: str) -> Clause:
        _, _, rest = name.partition(":")
        parts = rest.split(":", 2)
        if len(parts) < 3 or parts[0] not in resource_types():
            raise ValueError("give _has:Type:reference:parameter=value.")
        source, link, inner = parts
        if link not in parameters(source) or parameters(source)[link].kind != "reference":
            raise ValueError(f"{link} is not a reference parameter of {source}.")
        self.follow(1)
        return Clause(link, "reference", chain=((source, self.clause((source,), inner, value)),), has=source)

    def chain(self, parameter: SearchParameter, modifier: str, rest: str, value: str) -> Clause:
        if parameter.kind != "reference":
            raise ValueError(f"{parameter.code} is not a reference, so nothing can follow it.")
        targets = (modifier,) if modifier else parameter.targets or tuple(sorted(resource_types()))
        if not set(targets) <= resource_types():
            raise ValueError(f"':{modifier}' is not a resource type.")
        code = rest.partition(".")[0].partition(":")[0]
        known = [t for t in targets if code in parameters(t) or rest.startswith("_has:")]
        self.follow(len(known))
        links = []
        for target in known:
            try:
                links.append((target, self.clause((target,), rest, value)))
            except _Unknown:
                # Another of the types may know what comes further down the chain.
                continue
        if not links:
            raise _Unknown
        return Clause(parameter.code, "reference", modifier, chain=tuple(links))

    def follow(self, links: int) -> None:
        """Count the ways that the chains go, so that no query is worth thousands."""
        self.links += links
        if self.links > MOST_LINKS:
            raise ValueError("the chain goes too many ways; name the types, as in subject:Patient.name.")

    def value(self, types: tuple[str, ...], parameter: SearchParameter, modifier: str, text: str) -> Value:
        kind = parameter.kind
        if kind == "composite":
            return self.parts(types, parameter, text)
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

    def parts(self, types: tuple[str, ...], parameter: SearchParameter, text: str) -> Value:
        texts = criteria.split(text, "$")
        known = components(types[0], parameter.code)
        if len(texts) != len(known) or not all(texts):
            raise ValueError(f"give {len(known)} values with '$' between them.")
        return tuple(self.value(types, part, "", piece) for part, piece in zip(known, texts, strict=True))

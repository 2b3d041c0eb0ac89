"""Filters: whether an event's resource is one that the subscriber asked for.

A filter is a query such as ``Encounter?patient=Patient/123&status=finished``. It is compared with the version of the
event itself, in memory: the record's index knows the present version only. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from chartdesk.exchange.subscriptions import endpoints, topics
from chartdesk.exchange.subscriptions.topics import Topic
from chartdesk.kit.errors import Invalid
from chartdesk.standards.fhir import r4, search
from chartdesk.standards.fhir.search import Clause, DateValue, Extracted, ReferenceValue, TokenValue

_LONGEST, _MOST_PARAMETERS = 2000, 20
_NOBODY: Mapping[str, str] = {}
#: What is served of each kind of search parameter, by modifier.
_MODIFIERS: dict[str, tuple[str, ...]] = {"token": ("", "not"), "reference": ("",), "date": ("",)}


def normal(topic: Topic, text: str) -> str:
    """The filter ``text`` as it is kept: ``name=value&…`` with the type's own parameters. Raises Invalid."""
    if len(text) > _LONGEST:
        raise Invalid(f"A filter may have {_LONGEST} characters.")
    type, mark, query = text.partition("?")
    if mark and type != topic.type:
        raise Invalid(f"The filter is about {type!r}, the topic about {topic.type}.")
    try:
        pairs = parse_qsl(query if mark else text, strict_parsing=True, max_num_fields=_MOST_PARAMETERS)
    except ValueError:
        raise Invalid(f"{text!r} is not a filter.", cure="Write it like patient=Patient/123.") from None
    kept = []
    for name, value in pairs:
        bare, colon, modifier = name.partition(":")
        if bare not in topic.filters:
            known = ", ".join(topic.filters)
            raise Invalid(f"The topic cannot be filtered by {bare!r}.", cure=f"These are possible: {known}.")
        if bare == topics.PATIENT:
            value = ",".join(one if "/" in one else f"Patient/{one}" for one in _relative(value).split(","))
        if topic.parameter(bare) == "_id":
            value = value.replace("Patient/", "")
        kept.append((f"{topic.parameter(bare)}{colon}{modifier}", _relative(value)))
    kept_text = urlencode(kept)
    _clauses(topic.type, kept_text)
    return kept_text


def matches(type: str, filters: Iterable[str], resource: r4.Resource, merged: Mapping[str, str] = _NOBODY) -> bool:
    """Whether ``resource`` meets every one of ``filters``, which are normal.

    ``merged`` gives the ids under which merged patients are kept now: a filter may name one by the old id.
    """
    clauses = [clause for one in filters for clause in _clauses(type, one)]
    if not clauses:
        return True
    found = search.extract(resource)
    return all(_meets(clause, found, merged) for clause in clauses)


@lru_cache(maxsize=4096)
def _clauses(type: str, query: str) -> tuple[Clause, ...]:
    clauses = search.parse(type, parse_qsl(query), strict=True).clauses
    for clause in clauses:
        if clause.chain or clause.modifier not in _MODIFIERS.get(clause.kind, ()):
            name = f"{clause.param}:{clause.modifier}" if clause.modifier else f"a chain from {clause.param}"
            raise Invalid(f"A filter by {name} is not served.", cure="Use the plain parameter.")
        if any(isinstance(value, DateValue) and value.prefix == "ap" for value in clause.values):
            raise Invalid("A filter by an approximate date is not served.", cure="Use ge and le.")
    return tuple(clauses)


def _meets(clause: Clause, found: Extracted, merged: Mapping[str, str]) -> bool:
    met = any(_one(clause.param, value, found, merged) for value in clause.values)
    return met != (clause.modifier == "not")


def _one(param: str, value: object, found: Extracted, merged: Mapping[str, str]) -> bool:
    if isinstance(value, TokenValue):
        if param == "_id" and value.code and found.patient and merged.get(value.code) == found.patient:
            return True
        return any(param == name and _is(value, system, code) for name, system, code in found.tokens)
    if isinstance(value, ReferenceValue):
        if value.id is None:
            return (param, value.url) in found.urls
        named = ((kind, id) for name, kind, id in found.references if name == param)
        return any(
            value.type in (None, kind) and (id == value.id or (kind == "Patient" and id == merged.get(value.id)))
            for kind, id in named
        )
    if isinstance(value, DateValue):
        return any(param == name and value.matches(low, high) for name, low, high in found.dates)
    return False


def _is(value: TokenValue, system: str | None, code: str | None) -> bool:
    if value.code is not None and value.code != code:
        return False
    return value.system is None or value.system == (system or "")


def _relative(value: str) -> str:
    """References to this very server as they are stored."""
    return value.replace(f"{endpoints.base()}/", "")

"""What modifiers that look into terminologies and hierarchies mean, as plain values.

``:in`` and ``:not-in`` become the codes of a value set, ``:above`` and ``:below`` the codes, addresses or resources
above and below one. Guide section: modifiers (https://hl7.org/fhir/R4/search.html#modifiers).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from chartdesk.kit.errors import Invalid
from chartdesk.record import database, rules
from chartdesk.record.access.subject import Subject
from chartdesk.record.search.where import ROWS
from chartdesk.standards import fhir
from chartdesk.standards.fhir import search
from chartdesk.standards.fhir.facts import resource_types
from chartdesk.standards.fhir.search import Clause, ReferenceValue, TokenValue

#: The most codes of one condition.
MOST_CODES = 20_000
#: How far up and down a hierarchy of resources is followed, and to how many.
_STEPS, _MOST = 20, 1000
#: The parameter by which resources of a type stand below others of it.
_PARTS = ("partof", "part-of", "parent")


def resolved(subject: Subject, types: tuple[str, ...], clause: Clause) -> Clause:
    """``clause`` without modifiers that need to be looked up; unchanged where it has none."""
    if clause.modifier not in ("in", "not-in", "above", "below"):
        return clause
    if clause.kind == "token":
        values = _in(subject, types, clause) if clause.modifier.endswith("in") else _tree(subject, clause)
        if len(values) > MOST_CODES:
            raise Invalid(f"{clause.param} stands for more than {MOST_CODES} codes.", where=clause.param)
        return _plain(clause, values, "not" if clause.modifier == "not-in" else "")
    if clause.kind == "uri":
        if clause.modifier == "below":
            return clause
        return _plain(clause, [one for value in clause.values for one in _addresses(str(value))])
    return _references(subject, types, clause)


def _plain(clause: Clause, values: Iterable[object], modifier: str = "") -> Clause:
    return msgspec.structs.replace(clause, modifier=modifier, values=tuple(values))


def _in(subject: Subject, types: tuple[str, ...], clause: Clause) -> list[TokenValue]:
    # The terminology is searched for itself, so it cannot be imported before this module is.
    from chartdesk.record import terminology

    found = {pair for value in clause.values for pair in terminology.expand(subject, str(value))}
    values = [TokenValue(system, code) for system, code in sorted(found)]
    places = [place for type in types for place in search.locations(type, clause.param)]
    if any(place.kind[0].islower() for place in places):
        # An element of the type code says no system: its definition does.
        values += [TokenValue("", code) for code in sorted({code for _, code in found})]
    return values


def _tree(subject: Subject, clause: Clause) -> list[TokenValue]:
    found: list[TokenValue] = []
    for value in clause.values:
        assert isinstance(value, TokenValue)
        if not value.system or value.code is None:
            raise Invalid(
                f"{clause.param}:{clause.modifier} needs the system of the code.",
                cure="Write it like http://hl7.org/fhir/sid/icd-10-cm|E11.",
                where=clause.param,
            )
        related = _related(subject, value.system, value.code, up=clause.modifier == "above")
        found += [TokenValue(value.system, code) for code in related]
    return found


def _related(subject: Subject, system: str, code: str, *, up: bool) -> list[str]:
    """``code`` and those above or below it. Raises Invalid where the system is not loaded."""
    from chartdesk.record import terminology

    with rules.trusted():
        known = terminology.source(subject).system(system)
    if known is None:
        raise Invalid(f"The code system {system} is not loaded.", cure="List the codes themselves.", where=system)
    if not up:
        return [code, *sorted(known.below(code))]
    found = {code: None}
    edge = [code]
    while edge:
        concepts = [known.find(one) for one in edge]
        edge = [one for concept in concepts if concept for one in concept.parents if one not in found]
        found |= dict.fromkeys(edge)
    return list(found)


def _addresses(address: str) -> Iterator[str]:
    """``address`` and all that it is below of, each with and without a slash at its end."""
    scheme, separator, rest = address.partition("://")
    start = f"{scheme}{separator}" if separator else ""
    steps = (rest if separator else address).rstrip("/").split("/")
    for length in range(len(steps), 0, -1):
        shorter = start + "/".join(steps[:length])
        yield shorter
        yield f"{shorter}/"


def _references(subject: Subject, types: tuple[str, ...], clause: Clause) -> Clause:
    """Resources above or below: a location and those that are a part of it."""
    values = [value for value in clause.values if isinstance(value, ReferenceValue)]
    if any(value.type is None and value.url is not None for value in values):
        if clause.modifier == "below" and len(types) == 1:
            return clause
        raise _no_hierarchy(clause)
    found: list[ReferenceValue] = []
    for value in values:
        known = parent = ""
        for type in (
            [value.type] if value.type else search.shared(types)[clause.param].targets or sorted(resource_types())
        ):
            parent = next((code for code in _PARTS if type in _targets(type, code)), "")
            if parent:
                known = type
                step = _above if clause.modifier == "above" else _below
                found += [ReferenceValue(type, id) for id in _walk(subject, type, parent, value.id or "", step)]
        if not known:
            raise _no_hierarchy(clause)
    return _plain(clause, found)


def _targets(type: str, code: str) -> tuple[str, ...]:
    parameter = search.parameters(type).get(code)
    return parameter.targets if parameter else ()


def _walk(subject: Subject, type: str, parent: str, id: str, step: object) -> list[str]:
    found = {id: None}
    edge = [id]
    for _ in range(_STEPS):
        edge = [one for one in step(subject, type, parent, edge) if one not in found]  # type: ignore[operator]
        if not edge:
            break
        found |= dict.fromkeys(edge)
        if len(found) > _MOST:
            raise Invalid(f"There are more than {_MOST} below {type}/{id}.", cure="Begin further down.", where=type)
    return list(found)


def _below(subject: Subject, type: str, parent: str, ids: list[str]) -> list[str]:
    from chartdesk.record.search import linked

    values = tuple(ReferenceValue(type, id) for id in ids)
    text, given = linked.where(subject, type, [Clause(parent, "reference", values=values)]).sql()
    return [id for (id,) in database.rows(f"SELECT r.id FROM {ROWS} WHERE {text} LIMIT %s", [*given, _MOST + 1])]


def _above(subject: Subject, type: str, parent: str, ids: list[str]) -> list[str]:
    from chartdesk.record.search import linked

    wanted = Clause("_id", "token", values=tuple(TokenValue(None, id) for id in ids))
    text, given = linked.where(subject, type, [wanted]).sql()
    bodies = database.rows(f"SELECT r.body FROM {ROWS} WHERE {text}", given)
    return [
        target
        for (body,) in bodies
        for param, kind, target in search.extract(fhir.decode(body, type=type)).references
        if param == parent and kind == type
    ]


def _no_hierarchy(clause: Clause) -> Invalid:
    return Invalid(
        f"What {clause.param} refers to has no hierarchy that :{clause.modifier} could follow.",
        cure="Name the resources themselves.",
        where=clause.param,
    )

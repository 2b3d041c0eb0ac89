"""``_include`` and ``_revinclude``: what the results refer to, and what refers to them.

With ``:iterate`` what was included is looked at in the same way, again and again until nothing is new. What the scopes
do not allow to read is left out. Guide section: including other resources (https://hl7.org/fhir/R4/search.html#revinclude).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from chartdesk.kit.errors import Invalid
from chartdesk.record import database, reach, tokens
from chartdesk.record.access import scopes
from chartdesk.record.access.subject import Subject
from chartdesk.record.indexing import is_patient
from chartdesk.record.search.where import MATCHING, ROWS, Where, array
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import search
from chartdesk.standards.fhir.search import Include, Query, parameters

#: The most resources that one page may include, and how often ``:iterate`` goes on.
LIMIT, ROUNDS = 1000, 8

_NAMED = """
    SELECT r.type, r.id, r.version, r.updated, r.patient, r.body
      FROM unnest(%b::text[], %b::text[]) AS g(type, id)
      JOIN record_resource r ON r.practice = %s AND r.type = g.type AND r.id = g.id
     WHERE NOT r.deleted AND {held}
     LIMIT %s
"""
Found = dict[tuple[str, str], Stored]


def included(subject: Subject, query: Query, entries: list[Stored]) -> list[Stored]:
    """The resources to include with ``entries``, each once. Raises Invalid where there are too many."""
    if not entries or not (query.include or query.revinclude):
        return []
    known = {(one.type, one.id): one for one in entries}
    found: Found = {}
    edge: Sequence[Stored] = entries
    forward, backward = query.include, query.revinclude
    for _ in range(ROUNDS):
        new = _referred(subject, forward, edge, {**known, **found})
        for include in backward:
            for one in _referring(subject, include, edge):
                if (one.type, one.id) not in known and (one.type, one.id) not in found:
                    new[one.type, one.id] = one
        found |= new
        if len(found) > LIMIT:
            raise Invalid(f"The page would include more than {LIMIT} resources.", cure="Ask for a smaller _count.")
        forward = [include for include in forward if include.iterate]
        backward = [include for include in backward if include.iterate]
        edge = list(new.values())
        if not edge or not (forward or backward):
            break
    return list(found.values())


def _referred(subject: Subject, includes: Sequence[Include], edge: Iterable[Stored], known: Found) -> Found:
    """What the resources of ``edge`` refer to and is not known yet."""
    wanted: set[tuple[str, str]] = set()
    addresses: set[tuple[str, str]] = set()
    for entry in edge:
        asked = [include for include in includes if include.source == entry.type]
        if not asked:
            continue
        extracted = search.extract(entry.resource)
        for include in asked:
            for code, type, id in extracted.references:
                if include.param in ("*", code) and include.target in ("", type):
                    wanted.add((type, id))
            for code, url in extracted.urls:
                if include.param in ("*", code):
                    addresses |= {(type, url) for type in _canonical(include, code)}
    found = {(one.type, one.id): one for one in _named(subject, wanted - set(known))}
    found |= {(one.type, one.id): one for one in _addressed(subject, addresses)}
    return {key: one for key, one in found.items() if key not in known}


def _canonical(include: Include, code: str) -> list[str]:
    """The types that a canonical address in this parameter may mean."""
    targets = (include.target,) if include.target else parameters(include.source)[code].targets
    return [type for type in targets if "url" in parameters(type)]


def _named(subject: Subject, wanted: set[tuple[str, str]]) -> list[Stored]:
    readable = sorted((type, id) for type, id in wanted if _readable(subject, type))
    if not readable:
        return []
    types, ids = [type for type, _ in readable], [id for _, id in readable]
    tests: list[str] = []
    values: list[Any] = []
    for type in dict.fromkeys(types):
        allowed = reach.of(subject, type, scopes.READ)
        if allowed is not None:
            test, given = allowed.test()
            tests.append(f"(r.type <> %s OR {test})")
            values += [type, *given]
    held = " AND ".join(tests) or "true"
    rows = database.rows(_NAMED.format(held=held), [types, ids, subject.practice, *values, LIMIT + 1])
    return [
        Stored(type, id, version, updated, False, body.encode(), patient)
        for type, id, version, updated, patient, body in rows
    ]


def _addressed(subject: Subject, addresses: set[tuple[str, str]]) -> list[Stored]:
    """The resources with one of the canonical addresses."""
    found: list[Stored] = []
    for type in sorted({type for type, _ in addresses}):
        if _readable(subject, type) and reach.readable(subject, type, scopes.SEARCH):
            hashes = [tokens.token(subject.practice, type, "url", url) for kind, url in addresses if kind == type]
            found += _selected(subject, type, MATCHING, type, None, [array(hashes)])
    return found


def _referring(subject: Subject, include: Include, entries: Iterable[Stored]) -> list[Stored]:
    """What refers to the entries."""
    if not _readable(subject, include.source) or not reach.readable(subject, include.source, scopes.SEARCH):
        return []
    codes = [include.param]
    if include.param == "*":
        codes = [code for code, one in parameters(include.source).items() if one.kind == "reference"]
    named = [entry for entry in entries if include.target in ("", entry.type)]
    patients = [entry.id for entry in named if entry.type == "Patient"]
    found: list[Stored] = []
    if patients and any(is_patient(include.source, code) for code in codes):
        found += _selected(subject, include.source, "r.patient = ANY(%s::text[])", patients)
    others = [
        tokens.token(subject.practice, include.source, code, target)
        for code in codes
        for entry in named
        if entry.type != "Patient" or not is_patient(include.source, code)
        for target in (entry.reference, *_addresses(include.source, code, entry))
    ]
    if others:
        found += _selected(subject, include.source, MATCHING, include.source, None, [array(others)])
    return found


def _addresses(source: str, code: str, entry: Stored) -> list[str]:
    """The canonical addresses of a resource, where the parameter may hold such."""
    if "url" not in parameters(entry.type) or entry.type not in parameters(source)[code].targets:
        return []
    return [url for param, url in search.extract(entry.resource).uris if param == "url"]


def _selected(subject: Subject, type: str, test: str, *values: object) -> list[Stored]:
    where = Where(subject.practice, (type,))
    for interaction in (scopes.SEARCH, scopes.READ):
        allowed = reach.of(subject, type, interaction)
        if allowed is not None:
            where.add(*allowed.condition())
    where.add(test, *values)
    text, given = where.sql()
    rows = database.rows(
        f"SELECT r.id, r.version, r.updated, r.patient, r.body FROM {ROWS} WHERE {text} LIMIT %s",
        [*given, LIMIT + 1],
    )
    return [
        Stored(type, id, version, updated, False, body.encode(), patient)
        for id, version, updated, patient, body in rows
    ]


def _readable(subject: Subject, type: str) -> bool:
    return reach.readable(subject, type, scopes.READ)

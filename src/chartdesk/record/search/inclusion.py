"""``_include`` and ``_revinclude``: what the results refer to, and what refers to them.

Guide section: including other resources (https://hl7.org/fhir/R4/search.html#revinclude). One step; what
the scopes do not allow to read is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from chartdesk.kit.errors import Invalid
from chartdesk.record import database, reach, tokens
from chartdesk.record.access import scopes
from chartdesk.record.access.subject import Subject
from chartdesk.record.indexing import is_patient
from chartdesk.record.search.conditions import MATCHING, Where, array
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import search
from chartdesk.standards.fhir.search import Include, Query, parameters

#: The most resources that one page may include.
LIMIT = 1000

_NAMED = """
    SELECT r.type, r.id, r.version, r.updated, r.patient, r.body
      FROM unnest(%b::text[], %b::text[]) AS g(type, id)
      JOIN record_resource r ON r.practice = %s AND r.type = g.type AND r.id = g.id
     WHERE NOT r.deleted AND {held}
     LIMIT %s
"""


def included(subject: Subject, query: Query, entries: list[Stored]) -> list[Stored]:
    """The resources to include with ``entries``, each once. Raises Invalid where there are too many."""
    if not entries or not (query.include or query.revinclude):
        return []
    known = {(one.type, one.id) for one in entries}
    found: dict[tuple[str, str], Stored] = {}
    wanted = _referred(query.include, entries) - known
    for one in _named(subject, wanted):
        found[one.type, one.id] = one
    for include in query.revinclude:
        for one in _referring(subject, include, entries):
            if (one.type, one.id) not in known:
                found[one.type, one.id] = one
    if len(found) > LIMIT:
        raise Invalid(f"The page would include more than {LIMIT} resources.", cure="Ask for a smaller _count.")
    return list(found.values())


def _referred(includes: Iterable[Include], entries: list[Stored]) -> set[tuple[str, str]]:
    wanted: set[tuple[str, str]] = set()
    for include in includes:
        for entry in entries:
            if entry.type != include.source:
                continue
            for code, type, id in search.extract(entry.resource).references:
                if include.param in ("*", code) and include.target in ("", type):
                    wanted.add((type, id))
    return wanted


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


def _referring(subject: Subject, include: Include, entries: list[Stored]) -> list[Stored]:
    if not _readable(subject, include.source):
        return []
    codes = [include.param]
    if include.param == "*":
        codes = [code for code, one in parameters(include.source).items() if one.kind == "reference"]
    patients = [entry.id for entry in entries if entry.type == "Patient"]
    found: list[Stored] = []
    if patients and any(is_patient(include.source, code) for code in codes):
        found += _selected(subject, include.source, "r.patient = ANY(%s::text[])", patients)
    others = [
        tokens.token(subject.practice, include.source, code, entry.reference)
        for code in codes
        for entry in entries
        if entry.type != "Patient" or not is_patient(include.source, code)
    ]
    if others:
        found += _selected(subject, include.source, MATCHING, include.source, None, [array(others)])
    return found


def _selected(subject: Subject, type: str, test: str, *values: object) -> list[Stored]:
    where = Where(subject.practice, type)
    allowed = reach.of(subject, type, scopes.SEARCH)
    if allowed is not None:
        where.add(*allowed.condition())
    where.add(test, *values)
    text, given = where.sql()
    rows = database.rows(
        f"SELECT r.id, r.version, r.updated, r.patient, r.body FROM record_resource r WHERE {text} LIMIT %s",
        [*given, LIMIT + 1],
    )
    return [
        Stored(type, id, version, updated, False, body.encode(), patient)
        for id, version, updated, patient, body in rows
    ]


def _readable(subject: Subject, type: str) -> bool:
    return reach.readable(subject, type, scopes.READ)

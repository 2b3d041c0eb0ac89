"""Conditions on other resources: chains (``patient.name=moss``) and their reverse (``_has``).

The other resources are found first, in the same transaction and under the same scopes; more than LIMIT of them
are refused, so that no query can tie up the database.
"""

from __future__ import annotations

from chartdesk.kit.errors import Invalid
from chartdesk.record import database, rules, store
from chartdesk.record.access import scopes
from chartdesk.record.access.subject import Subject
from chartdesk.record.search import conditions
from chartdesk.record.search.conditions import Where
from chartdesk.record.search.question import Chain, Has, parse
from chartdesk.standards import fhir
from chartdesk.standards.fhir import search

LIMIT = 2000


def add_chain(subject: Subject, where: Where, chain: Chain) -> None:
    """The reference must name a resource that meets the rest of the pair."""
    targets = []
    for type in chain.types:
        if _readable(subject, type):
            targets += [
                f"{type}/{id}" for id, _ in _found(subject, type, chain.then, chain.name, "r.patient")
            ]
    _limit(len(targets), chain.name)
    if targets:
        conditions.add_references(where, chain.parameter.code, targets)
    else:
        where.add("false")


def add_has(subject: Subject, where: Where, has: Has) -> None:
    """A resource that meets the rest of the pair must refer to this one."""
    code, type = has.parameter.code, where.type
    if type == "Patient" and conditions.is_patient(has.type, code):
        ids = {patient for _, patient in _found(subject, has.type, has.then, has.name, "r.patient")}
    else:
        ids = set()
        for _, body in _found(subject, has.type, has.then, has.name, "r.body"):
            references = search.extract(fhir.decode(body, type=has.type)).references
            ids |= {id for parameter, target, id in references if parameter == code and target == type}
    conditions.add_ids(where, sorted(ids))


def _found(
    subject: Subject, type: str, pair: tuple[str, str], name: str, column: str
) -> list[tuple[str, str]]:
    """(id, column) of the resources of ``type`` that meet ``pair``."""
    question = parse(type, [pair], strict=True)
    where = Where(subject.practice, type)
    within = store.confinement(subject, type, scopes.SEARCH)
    if within is not None:
        where.of_patient(within)
    for ids in question.ids:
        conditions.add_ids(where, ids)
    for values in question.updated:
        conditions.add_updated(where, values)
    for criterion in question.criteria:
        conditions.add(where, criterion)
    for chain in question.chains:
        add_chain(subject, where, chain)
    for has in question.has:
        add_has(subject, where, has)
    text, values_ = where.sql()
    rows = database.rows(
        f"SELECT r.id, {column} FROM record_resource r WHERE {text} LIMIT %s", [*values_, LIMIT + 1]
    )
    _limit(len(rows), name)
    return [(id, other) for id, other in rows]


def _limit(number: int, name: str) -> None:
    if number > LIMIT:
        raise Invalid(f"{name} matches more than {LIMIT} resources.", cure="Narrow it.", where=name)


def _readable(subject: Subject, type: str) -> bool:
    if rules.is_trusted():
        return True
    return scopes.allows(subject, type, scopes.SEARCH)

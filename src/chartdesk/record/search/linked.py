"""All clauses of a query, also those about other resources: chains (``patient.name=moss``) and ``_has``.

The other resources are found first, in the same transaction and under the same scopes; more than LIMIT of
them are refused, so that no query can tie up the database.
"""

from __future__ import annotations

from collections.abc import Iterable

from chartdesk.kit.errors import Invalid
from chartdesk.record import database, reach
from chartdesk.record.access import scopes
from chartdesk.record.access.subject import Subject
from chartdesk.record.indexing import is_patient
from chartdesk.record.search import conditions
from chartdesk.record.search.conditions import Where
from chartdesk.standards import fhir
from chartdesk.standards.fhir import search
from chartdesk.standards.fhir.search import Clause

LIMIT = 2000


def where(subject: Subject, type: str, clauses: Iterable[Clause]) -> Where:
    """The conditions that ``clauses`` put on resources of ``type``, within what the subject may search.

    Raises Forbidden, and Invalid for what cannot be asked.
    """
    made = Where(subject.practice, type)
    allowed = reach.of(subject, type, scopes.SEARCH)
    if allowed is not None:
        allowed.hold(made)
    for clause in clauses:
        if clause.has:
            _add_has(subject, made, clause)
        elif clause.chain:
            _add_chain(subject, made, clause)
        else:
            conditions.add(made, clause)
    return made


def _add_chain(subject: Subject, into: Where, clause: Clause) -> None:
    """The reference must name a resource that meets the clause behind it."""
    targets = []
    for type, then in clause.chain:
        if reach.readable(subject, type, scopes.SEARCH):
            targets += [f"{type}/{id}" for id, _ in _found(subject, type, then, "r.patient")]
    if len(targets) > LIMIT:
        raise _too_many(clause.param)
    if targets:
        conditions.add_references(into, clause.param, targets)
    else:
        into.add("false")


def _add_has(subject: Subject, into: Where, clause: Clause) -> None:
    """A resource that meets the clause must refer to this one."""
    ((type, then),) = clause.chain
    if into.type == "Patient" and is_patient(type, clause.param):
        ids = {patient for _, patient in _found(subject, type, then, "r.patient")}
    else:
        ids = set()
        for _, body in _found(subject, type, then, "r.body"):
            references = search.extract(fhir.decode(body, type=type)).references
            ids |= {id for param, target, id in references if param == clause.param and target == into.type}
    conditions.add_ids(into, sorted(ids))


def _found(subject: Subject, type: str, clause: Clause, column: str) -> list[tuple[str, str]]:
    """(id, column) of the resources of ``type`` that meet ``clause``."""
    text, values = where(subject, type, [clause]).sql()
    rows = database.rows(f"SELECT r.id, {column} FROM record_resource r WHERE {text} LIMIT %s", [*values, LIMIT + 1])
    if len(rows) > LIMIT:
        raise _too_many(clause.param)
    return [(id, other) for id, other in rows]


def _too_many(name: str) -> Invalid:
    return Invalid(f"{name} matches more than {LIMIT} resources.", cure="Narrow it.", where=name)

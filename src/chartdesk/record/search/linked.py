"""All clauses of a query, also those about other resources: chains (``patient.name=moss``), ``_has`` and ``_list``.

Where the patient links them, the other resources are a part of the same statement. Otherwise they are found first, in
the same transaction and under the same scopes; more than LIMIT of them are refused, so that no query can tie up the
database.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from chartdesk.kit.errors import Invalid
from chartdesk.record import database, reach
from chartdesk.record.access import scopes
from chartdesk.record.access.subject import Subject
from chartdesk.record.indexing import is_patient
from chartdesk.record.merging import aliases
from chartdesk.record.search import codes, conditions, dating
from chartdesk.record.search.where import MATCHING, ROWS, Test, Where, array, both, either
from chartdesk.standards import fhir
from chartdesk.standards.fhir import search
from chartdesk.standards.fhir.search import Clause, TokenValue

LIMIT = 2000
#: As many patients are named in a statement; more are asked for inside it.
NAMED = 200


def where(
    subject: Subject,
    types: str | Sequence[str],
    clauses: Iterable[Clause],
    *,
    compartment: str = "",
    newest_first: bool = False,
) -> Where:
    """The conditions that ``clauses`` put on resources of ``types``, within what the subject may search.

    ``compartment`` is the id of a patient to whose compartment the search is held. With ``newest_first`` the rows may
    be found in the order of their dates, see ``dating``. Raises Forbidden, and Invalid for what cannot be asked.
    """
    made = Where(subject.practice, (types,) if isinstance(types, str) else tuple(types))
    _hold(subject, made)
    if compartment:
        _within(made, aliases.current(made.practice, compartment))
    own: list[Clause] = []
    for clause in clauses:
        if clause.has:
            _add_has(subject, made, clause)
        elif clause.chain:
            _add_chain(subject, made, clause)
        elif clause.kind == "list":
            _add_list(subject, made, clause)
        else:
            own.append(clause)
    if newest_first and not compartment and made.is_wide:
        own = dating.lead(made, own)
    for clause in own:
        conditions.add(made, codes.resolved(subject, made.types, clause))
    return made


def _hold(subject: Subject, made: Where) -> None:
    """Keep to what the subject may search."""
    if made.type:
        allowed = reach.of(subject, made.type, scopes.SEARCH)
        if allowed is not None:
            allowed.hold(made)
        return
    free: list[str] = []
    tests: list[Test] = []
    for type in made.types:
        allowed = reach.of(subject, type, scopes.SEARCH)
        if allowed is None:
            free.append(type)
        else:
            tests.append(both([("r.type = %s", [type]), allowed.test()]))
    if tests:
        made.add(*_flat(either([("r.type = ANY(%s::text[])", [free]), *tests])))


def _within(made: Where, patient: str) -> None:
    """Keep to the compartment of a patient: what is about him or her, and what names him or her as the rest does."""
    hashes = [
        value
        for type in made.types
        for code in search.compartment(type)
        if not is_patient(type, code)
        for value in Where(made.practice, (type,)).hashes(code, [f"Patient/{patient}"])
    ]
    if not hashes:
        made.of_patient(patient)
        return
    named: Test = (MATCHING, [made.type or None, "{}", [array(hashes)]])
    made.add(*_flat(either([("r.patient = %s", [patient]), named])))


def _add_chain(subject: Subject, into: Where, clause: Clause) -> None:
    """The reference must name a resource that meets the clause behind it."""
    tests: list[Test] = []
    targets: list[str] = []
    in_column = all(is_patient(type, clause.param) for type in into.types)
    for type, then in clause.chain:
        if not reach.readable(subject, type, scopes.SEARCH):
            continue
        if type == "Patient" and in_column:
            tests.append(_of_patients(into, "r.patient", "r.id", where(subject, type, [then])))
        else:
            targets += [f"{type}/{id}" for id, _ in _found(subject, type, then, "r.patient")]
            if len(targets) > LIMIT:
                raise _too_many(clause.param)
    if tests:
        into.add(*_flat(either([*tests, conditions.refers(into, clause.param, targets)] if targets else tests)))
    elif targets:
        conditions.add_references(into, clause.param, targets)
    else:
        into.add("false")


def _add_has(subject: Subject, into: Where, clause: Clause) -> None:
    """A resource that meets the clause must refer to this one."""
    ((type, then),) = clause.chain
    if into.type == "Patient" and is_patient(type, clause.param):
        into.add(*_flat(_of_patients(into, "r.id", "r.patient", where(subject, type, [then]))))
        return
    _add_named(into, _references(_found(subject, type, then, "r.body"), type, clause.param))


def _of_patients(into: Where, column: str, found: str, others: Where) -> Test:
    """``column`` is among the patients that ``others`` give as ``found``.

    Few are looked up first, and their charts are walked. Many sift what the other conditions find: they are put into a
    table of the statement's own, which ``IS TRUE`` demands, because the planner cannot know how many they are.
    """
    text, values = others.sql()
    ids = database.rows(f"SELECT DISTINCT {found} FROM {others.source} WHERE {text} LIMIT %s", [*values, NAMED + 1])
    if len(ids) <= NAMED:
        into.charts = True
        return f"{column} = ANY(%s::text[])", [[id for (id,) in ids]]
    return f"({column} IN (SELECT {found} FROM {others.source} WHERE {text})) IS TRUE", values


def _add_list(subject: Subject, into: Where, clause: Clause) -> None:
    """The resource must be an entry of one of the lists."""
    ids = Clause("_id", "token", values=tuple(TokenValue(None, str(value)) for value in clause.values))
    _add_named(into, _references(_found(subject, "List", ids, "r.body"), "List", "item"))


def _references(found: Iterable[tuple[str, str]], type: str, parameter: str) -> set[tuple[str, str]]:
    """(type, id) that the parameter of the resources refers to."""
    return {
        (target, id)
        for _, body in found
        for param, target, id in search.extract(fhir.decode(body, type=type)).references
        if param == parameter
    }


def _add_named(into: Where, named: set[tuple[str, str]]) -> None:
    """The resource must be one of ``named``."""
    if into.type:
        conditions.add_ids(into, sorted(id for type, id in named if type == into.type))
        return
    into.by_id = True
    tests: list[Test] = []
    for type in into.types:
        ids = sorted(id for target, id in named if target == type)
        if ids:
            tests.append(("(r.type = %s AND r.id = ANY(%s::text[]))", [type, ids]))
    into.add(*_flat(either(tests)))


def _found(subject: Subject, type: str, clause: Clause, column: str) -> list[tuple[str, str]]:
    """(id, column) of the resources of ``type`` that meet ``clause``."""
    text, values = where(subject, type, [clause]).sql()
    rows = database.rows(f"SELECT r.id, {column} FROM {ROWS} WHERE {text} LIMIT %s", [*values, LIMIT + 1])
    if len(rows) > LIMIT:
        raise _too_many(clause.param)
    return [(id, other) for id, other in rows]


def _too_many(name: str) -> Invalid:
    return Invalid(f"{name} matches more than {LIMIT} resources.", cure="Narrow it.", where=name)


def _flat(test: Test) -> tuple[Any, ...]:
    return (test[0], *test[1])

"""Noting and taking back numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chartdesk.kit import clock
from chartdesk.kit.arrays import Texts
from chartdesk.kit.errors import Conflict, Invalid
from chartdesk.kit.transactions import joined
from chartdesk.record import audit, database
from chartdesk.record.access.subject import Subject
from chartdesk.record.identities.identifiers import KINDS, PATIENT, Identifier

# What is there already is read, not written: most numbers of most messages are.
_LINK = """
    WITH given AS MATERIALIZED (
        SELECT * FROM unnest(%(authorities)b::text[], %(values)b::text[], %(types)b::text[], %(targets)b::text[])
               AS g(authority, value, type, target)
    ), made AS (
        INSERT INTO {table} ({columns}, authority, value, type, {target}, since)
        SELECT {given}, g.authority, g.value, g.type, g.target, %(now)s
          FROM given g
         WHERE NOT EXISTS (SELECT 1 FROM {table} n WHERE {same})
            ON CONFLICT ({columns}, authority, value) DO NOTHING
        RETURNING authority, value, {target}
    )
    SELECT *, true FROM made
     UNION ALL
    SELECT n.authority, n.value, n.{target}, false FROM given g JOIN {table} n ON {same}
"""
_LINK_PATIENTS = _LINK.format(
    table="identities_patientnumber",
    target="patient",
    columns="practice",
    given="%(practice)s",
    same="n.practice = %(practice)s AND n.authority = g.authority AND n.value = g.value",
)
_LINK_OTHERS = _LINK.format(
    table="identities_number",
    target="target",
    columns="practice, kind",
    given="%(practice)s, %(kind)s",
    same="n.practice = %(practice)s AND n.kind = %(kind)s AND n.authority = g.authority AND n.value = g.value",
)


def link(subject: Subject, kind: str, id: str, numbers: Iterable[Identifier]) -> int:
    """Note that ``numbers`` stand for our ``id``; returns how many were new. Raises as ``link_many``."""
    return link_many(subject, kind, [(id, list(numbers))])


def link_many(subject: Subject, kind: str, pairs: Sequence[tuple[str, Sequence[Identifier]]]) -> int:
    """Note whose numbers these are; returns how many were new. What is noted already changes nothing.

    Raises Conflict where a number stands for something else, Invalid for an unknown kind. Nothing is noted then.
    """
    if kind not in KINDS:
        raise Invalid(f"{kind!r} has no numbers.", where="kind", cure=f"One of {', '.join(KINDS)}.")
    wanted: dict[tuple[str, str], tuple[Identifier, str]] = {}
    for id, numbers in pairs:
        for one in numbers:
            if one.value and wanted.setdefault(one.key, (one, id))[1] != id:
                raise _stands_for(kind, one, wanted[one.key][1], id)
    if not wanted:
        return 0
    given = sorted(wanted.items())
    values = {
        "practice": subject.practice,
        "kind": kind,
        "now": clock.now(),
        "authorities": Texts([key[0] for key, _ in given]),
        "values": Texts([key[1] for key, _ in given]),
        "types": Texts([one.type for _, (one, _) in given]),
        "targets": Texts([id for _, (_, id) in given]),
    }
    with joined(subject):
        rows = database.rows(_LINK_PATIENTS if kind == PATIENT else _LINK_OTHERS, values)
        if len(rows) < len(given):
            raise Conflict("Another message brought the same number at the same moment.", cure="Try again.")
        for authority, value, target, _new in rows:
            one, id = wanted[authority, value]
            if target != id:
                raise _stands_for(kind, one, target, id)
        new = [(value, target) for _, value, target, fresh in rows if fresh]
        if kind == PATIENT and new:
            touched = [audit.Touched("C", "number of another system", "", 0, target) for _, target in new]
            audit.record_many(subject, touched)
    return len(new)


def _stands_for(kind: str, one: Identifier, known: str, wanted: str) -> Conflict:
    return Conflict(
        f"The number {one.shown} stands for {kind}/{known}, not for {kind}/{wanted}.",
        where=kind,
        cure="Merge the two, or take the number away from the one first.",
    )


def unlink(subject: Subject, kind: str, number: Identifier) -> str:
    """Take a number back; returns the id that it stood for, "" where it stood for nothing."""
    values = [subject.practice, number.authority, number.value]
    with joined(subject):
        if kind == PATIENT:
            sql = "DELETE FROM identities_patientnumber WHERE practice = %s AND authority = %s AND value = %s"
            row = database.row(f"{sql} RETURNING patient", values)
            if row is not None:
                audit.record(subject, "D", "number of another system", patient=row[0])
        else:
            sql = "DELETE FROM identities_number WHERE practice = %s AND authority = %s AND value = %s AND kind = %s"
            row = database.row(f"{sql} RETURNING target", [*values, kind])
    return str(row[0]) if row else ""

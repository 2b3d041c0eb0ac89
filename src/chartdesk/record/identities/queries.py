"""From outside numbers to our ids, and back. Many at once: one statement, and one for each finder that is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from chartdesk.kit.arrays import Texts
from chartdesk.kit.errors import Conflict
from chartdesk.kit.transactions import reading
from chartdesk.record import database
from chartdesk.record.access.subject import Subject
from chartdesk.record.identities.identifiers import PATIENT, Identifier

#: Our id for each of the numbers that a room knows by itself: its own record numbers, an NPI.
Finder = Callable[[Subject, Sequence[Identifier]], dict[Identifier, str]]
_finders: dict[str, list[Finder]] = {}

_PATIENTS = """
    SELECT g.authority, g.value, n.patient
      FROM unnest(%b::text[], %b::text[]) AS g(authority, value)
      JOIN identities_patientnumber n ON n.practice = %s AND n.authority = g.authority AND n.value = g.value
"""
_OTHERS = """
    SELECT g.authority, g.value, n.target
      FROM unnest(%b::text[], %b::text[]) AS g(authority, value)
      JOIN identities_number n
        ON n.practice = %s AND n.kind = %s AND n.authority = g.authority AND n.value = g.value
"""
_OF_PATIENTS = """
    SELECT patient, authority, value, type FROM identities_patientnumber
     WHERE practice = %s AND patient = ANY(%b::text[]) ORDER BY id
"""
_OF_OTHERS = """
    SELECT target, authority, value, type FROM identities_number
     WHERE practice = %s AND kind = %s AND target = ANY(%b::text[]) ORDER BY id
"""


class Ambiguous(Conflict):
    """The numbers of one thing lead to several of ours. ``found`` are their ids."""

    def __init__(self, kind: str, found: Iterable[str]) -> None:
        self.found = sorted(found)
        names = " and ".join(f"{kind}/{one}" for one in self.found)
        super().__init__(
            f"The numbers lead to {names}, which are not the same.",
            where=kind,
            cure="Merge the two, or take the wrong number away from one of them.",
        )


def found_by(kind: str, finder: Finder) -> None:
    """Ask ``finder`` about numbers of ``kind`` that nobody linked. Registering it again changes nothing."""
    finders = _finders.setdefault(kind, [])
    if finder not in finders:
        finders.append(finder)


def resolve_many(subject: Subject, kind: str, asked: Sequence[Sequence[Identifier]]) -> list[str | Ambiguous]:
    """Our id for each set of numbers that stand for one thing; "" where none of them is known, Ambiguous where they
    lead to several.
    """
    every = {one.key: one for numbers in asked for one in numbers if one.value}
    if not every:
        return [""] * len(asked)
    known: dict[tuple[str, str], str] = {}
    with reading(subject):
        pairs = [Texts([key[0] for key in every]), Texts([key[1] for key in every]), subject.practice]
        rows = database.rows(_PATIENTS, pairs) if kind == PATIENT else database.rows(_OTHERS, [*pairs, kind])
        known.update({(authority, value): target for authority, value, target in rows})
        for finder in _finders.get(kind, ()):
            left = [one for key, one in every.items() if key not in known]
            if left:
                known.update({one.key: id for one, id in finder(subject, left).items()})
    return [_only(kind, {known[one.key] for one in numbers if one.key in known}) for numbers in asked]


def _only(kind: str, found: set[str]) -> str | Ambiguous:
    return Ambiguous(kind, found) if len(found) > 1 else next(iter(found), "")


def resolve(subject: Subject, kind: str, numbers: Sequence[Identifier]) -> str:
    """Our id for the one thing that ``numbers`` stand for; "" where none is known. Raises Ambiguous."""
    found = resolve_many(subject, kind, [numbers])[0]
    if isinstance(found, Ambiguous):
        raise found
    return found


def of_many(subject: Subject, kind: str, ids: Iterable[str]) -> dict[str, list[Identifier]]:
    """The numbers under which others know each of ``ids``, the oldest first; those without any are left out."""
    wanted = Texts(sorted(set(ids)))
    with reading(subject):
        if kind == PATIENT:
            rows = database.rows(_OF_PATIENTS, [subject.practice, wanted])
        else:
            rows = database.rows(_OF_OTHERS, [subject.practice, kind, wanted])
    found: dict[str, list[Identifier]] = {}
    for id, authority, value, type in rows:
        found.setdefault(id, []).append(Identifier(authority, value, type))
    return found


def of(subject: Subject, kind: str, id: str) -> list[Identifier]:
    """The numbers under which others know one thing."""
    return of_many(subject, kind, [id]).get(id, [])

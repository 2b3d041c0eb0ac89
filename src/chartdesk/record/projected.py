"""What rows show as resources: written with their cause, kept equal, made anew where they are not.

A room registers for a type how its rows are shown, and says ``follow`` where a row changes. What follows is written
once, at the end of the transaction: all resources of it are rendered from the rows as they then stand, compared with
what lies in the record, and those that differ are written by one statement. So ten changes of a claim in one
transaction are one version of its Claim, and a change that does not show is none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from chartdesk.kit.errors import NotFound
from chartdesk.kit.transactions import before_commit, transaction
from chartdesk.record import database, locking, preparing, rules, store, writing
from chartdesk.record.access.subject import Subject
from chartdesk.record.stored import Stored
from chartdesk.standards import fhir
from chartdesk.standards.fhir import r4

#: What names a row: its number, or a patient's id.
Key = int | str
#: A resource as rows show it, its text, and what lies in the record under its name.
_Shown = tuple[r4.Resource, bytes, tuple[int, Stored] | None]
Render = Callable[[Subject, Sequence[Key]], list[r4.Resource]]
#: Instead of a row: the newest rows are wanted.
NEWEST = -1
#: Rows that are looked at together when a type is made anew.
PART = 200

_LOCK = """
    SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM (SELECT unnest(%b::text[]) AS name ORDER BY 1) AS one
"""
_IDS = """
    SELECT id FROM record_resource
     WHERE practice = %s AND type = %s AND id > %s AND id >= %s AND id < %s AND NOT deleted ORDER BY id LIMIT %s
"""


@dataclass(frozen=True)
class Projection:
    """How rows are shown as resources of ``type``, whose ids begin with ``prefix``.

    ``operation`` tells others what to do instead of writing the type. ``render`` gives the resources of rows, in
    any order; a row that shows nothing is left out. ``keys`` gives the next rows after one, in order; None for the
    first, ``NEWEST`` for the last ones (``numbered`` does it for a table). ``shared`` says that rows of several
    transactions make up one resource: they wait for each other.
    ``named`` turns what ``follow`` was told into the names of rows.
    """

    type: str
    prefix: str
    operation: str
    render: Render
    keys: Callable[[Subject, Key | None, int], list[Key]]
    shared: bool = False
    named: Callable[[Subject, set[Key]], set[Key]] = lambda subject, keys: keys


@dataclass
class Report:
    """What comparing a type found: how many resources are right, and the references of those that are not."""

    type: str
    same: int = 0
    missing: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[str]:
        """The references of everything that is not as the rows say."""
        return [*self.missing, *self.different, *self.stray]


_projections: dict[str, Projection] = {}


def register(projection: Projection) -> None:
    """Show rows as ``projection`` says. Others are refused to write the type. Again changes nothing."""
    _projections[projection.type] = projection
    rules.owned(projection.type, projection.operation)


def types() -> list[str]:
    """The types that show rows, in the order of their rooms."""
    return list(_projections)


def follow(subject: Subject, type: str, *keys: Key) -> None:
    """Note that these rows changed: what they show is written at the end of the open transaction."""
    pending = before_commit("projected", lambda: _Pending(subject))
    pending.rows.setdefault(type, set()).update(keys)


@dataclass
class _Pending:
    """The rows that changed in the open transaction, by the type that shows them."""

    subject: Subject
    rows: dict[str, set[Key]] = field(default_factory=dict)

    def __call__(self) -> None:
        while self.rows:
            rows, self.rows = self.rows, {}
            wanted = {type: one.named(self.subject, rows[type]) for type, one in _projections.items() if type in rows}
            with rules.trusted():
                _write(self.subject, wanted)


def _write(subject: Subject, wanted: dict[str, set[Key]]) -> None:
    made = _rendered(subject, wanted)
    _store(subject, [one for one in _beside(subject, made) if not _same(*one)])


def _beside(subject: Subject, made: list[r4.Resource]) -> list[_Shown]:
    """Each resource with its text, and with what lies in the record under its type and id, locked."""
    standing = locking.lock(subject, [(one.resourceType, one.id or "") for one in made])
    return [(one, fhir.encode(one), standing[one.resourceType, one.id or ""]) for one in made]


def _same(resource: r4.Resource, text: bytes, found: tuple[int, Stored] | None) -> bool:
    if found is None or found[1].deleted:
        return False
    old = found[1]
    moment = preparing.stamp(old.updated)
    return fhir.stamp(text, type=old.type, id=old.id, version=old.version, last_updated=moment) == old.body


def _store(subject: Subject, changed: list[_Shown]) -> None:
    if not changed:
        return
    now = preparing.moment()
    drafts = [preparing.shown(subject, *one, now=now) for one in changed]
    writing.write(subject, drafts, now=now)
    for draft in drafts:
        rules.project(subject, draft.old, draft.new)


def _rendered(subject: Subject, wanted: dict[str, set[Key]]) -> list[r4.Resource]:
    """The resources of rows as they stand, once nobody else writes the shared ones."""
    ordered = {type: sorted(keys, key=str) for type, keys in wanted.items() if keys}
    waiting = [type for type in ordered if _projections[type].shared]
    shared = [f"{subject.practice}/{type}/{key}" for type in waiting for key in ordered[type]]
    if shared:
        database.execute(_LOCK, [shared])
    return [one for type, keys in ordered.items() for one in _projections[type].render(subject, keys)]


# ------------------------------------------------------------------------------------------ made anew


def numbered(rows: QuerySet[Any], after: Key | None, count: int) -> list[Key]:
    """The numbers of the next ``rows`` after one, for ``Projection.keys``."""
    if after == NEWEST:
        return sorted(rows.order_by("-pk").values_list("pk", flat=True)[:count])
    return list(rows.filter(pk__gt=after or 0).order_by("pk").values_list("pk", flat=True)[:count])


def compare(subject: Subject, type: str) -> Report:
    """How the resources of ``type`` differ from what the rows say; nothing is written. Raises NotFound."""
    return _over(subject, type, mend=False)


def sample(subject: Subject, type: str, count: int) -> Report:
    """The same for the newest ``count`` rows only, and without a look for resources that show no row."""
    projection, report = _known(type), Report(type)
    with transaction(subject), rules.trusted():
        _take(subject, projection, projection.keys(subject, NEWEST, count), report, mend=False)
    return report


def rebuild(subject: Subject, type: str) -> Report:
    """Write every resource of ``type`` that is not as the rows say, in parts; what was wrong is in the report.

    A resource without rows is deleted. It may be run at any time, and again after it was cut off. Raises NotFound.
    """
    return _over(subject, type, mend=True)


def _over(subject: Subject, type: str, *, mend: bool) -> Report:
    projection, report = _known(type), Report(type)
    shown: set[str | None] = set()
    last: Key | None = None
    while True:
        with transaction(subject), rules.trusted():
            keys = projection.keys(subject, last, PART)
            if not keys:
                break
            shown |= _take(subject, projection, keys, report, mend=mend)
        last = keys[-1]
    _stray(subject, projection, shown, report, mend=mend)
    return report


def _known(type: str) -> Projection:
    if type not in _projections:
        raise NotFound(f"{type} shows no rows.", cure=f"One of {', '.join(_projections)}.", where="type")
    return _projections[type]


def _take(subject: Subject, projection: Projection, keys: list[Key], report: Report, *, mend: bool) -> set[str | None]:
    """Compare the resources of these rows, and write those that are wrong; the ids of all."""
    compared = _beside(subject, _rendered(subject, {projection.type: set(keys)}))
    wrong = [one for one in compared if not _same(*one)]
    if mend:
        _store(subject, wrong)
    report.same += len(compared) - len(wrong)
    for one, _, found in wrong:
        (report.missing if found is None else report.different).append(f"{projection.type}/{one.id}")
    return {one.id for one, *_ in compared}


def _stray(subject: Subject, projection: Projection, shown: set[str | None], report: Report, *, mend: bool) -> None:
    """What bears an id of ours and shows no row."""
    last, type = "", projection.type
    while True:
        with transaction(subject), rules.trusted():
            ids = database.rows(_IDS, [subject.practice, type, last, projection.prefix, projection.prefix + "~", PART])
            for (id,) in ids:
                if id not in shown:
                    report.stray.append(f"{type}/{id}")
                    if mend:
                        store.delete(subject, type, id, projection=True, why="shows no row")
        if not ids:
            return
        last = ids[-1][0]

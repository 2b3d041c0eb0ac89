"""The record's front door: put, get, read, delete, transact.

A write locks the resource, compares the version that the caller saw, validates, runs the rules, writes the
row, its index, its history and its audit row, and runs the projections: all in one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import DatabaseError

from chartdesk.kit.errors import ChartdeskError, NotFound
from chartdesk.kit.transactions import transaction
from chartdesk.record import bundles, locking, rules, writing
from chartdesk.record.access.subject import Subject
from chartdesk.record.preparing import check_version, lock, moment, prepare, prepare_delete, stamp
from chartdesk.record.reading import Asked, get, get_many, read
from chartdesk.record.stored import Stored
from chartdesk.standards import fhir
from chartdesk.standards.fhir import r4

__all__ = [
    "Asked",
    "Stored",
    "create_many",
    "delete",
    "get",
    "get_many",
    "lock",
    "placed",
    "put",
    "put_changed",
    "read",
    "transact",
]


def put(
    subject: Subject,
    resource: r4.Resource | bytes,
    *,
    expect: int | None = None,
    create: bool = False,
    projection: bool = False,
    why: str = "",
) -> Stored:
    """Store ``resource`` as the next version of itself; one without an id gets a new one.

    Bytes are kept as they came but for ``id`` and ``meta``. ``expect`` is the version the caller saw;
    ``create`` says that it must be new; ``projection`` is for the room that owns the type. Raises Invalid
    with every fault, Stale, Conflict, Forbidden, and what the rules of the type raise.
    """
    return placed(subject, resource, expect=expect, create=create, projection=projection, why=why)[0]


def placed(
    subject: Subject,
    resource: r4.Resource | bytes,
    *,
    expect: int | None = None,
    create: bool = False,
    projection: bool = False,
    why: str = "",
) -> tuple[Stored, bool]:
    """What ``put`` gives, and whether there was none before or it had been deleted."""
    given = fhir.decode(resource) if isinstance(resource, bytes | str) else resource
    text = resource if isinstance(resource, bytes) else None
    with transaction(subject):
        found = lock(subject, given.resourceType, given.id) if given.id else None
        old = found[1] if found else None
        check_version(old, given, expect=expect, create=create)
        draft = prepare(subject, given, text, found, now=moment(), projection=projection)
        writing.write(subject, [draft], now=draft.new.updated, detail=why)
        rules.project(subject, old, draft.new)
    return draft.new, old is None or old.deleted


def put_changed(subject: Subject, resources: Sequence[r4.Resource], *, why: str = "") -> list[Stored]:
    """Store several resources, each with its id, in one statement; what says the same as the record is left as it is.

    Returns the versions that were written. All of them or none: raises as ``put`` does.
    """
    given = {(one.resourceType, one.id or ""): one for one in resources}
    with transaction(subject):
        standing = locking.lock(subject, given)
        now = moment()
        drafts = [
            prepare(subject, one, None, standing[name], now=now)
            for name, one in given.items()
            if not _says_the_same(one, standing[name])
        ]
        if drafts:
            writing.write(subject, drafts, now=now, detail=why)
        rules.project_many(subject, [(draft.old, draft.new) for draft in drafts])
    return [draft.new for draft in drafts]


def _says_the_same(resource: r4.Resource, found: tuple[int, Stored] | None) -> bool:
    if found is None or found[1].deleted:
        return False
    old = found[1]
    given = fhir.splice(fhir.encode(resource), id=old.id, version=old.version, last_updated=stamp(old.updated))
    return given == old.body


def create_many(given: Sequence[tuple[Subject, bytes]]) -> list[Stored | Exception]:
    """New resources from several requests at once: what ``put`` gives or raises for each.

    Those whose type nothing follows share one statement. Where that fails, each is tried on its own.
    """
    found: list[Stored | Exception | None] = [None] * len(given)
    now, rounds = moment(), dict[int, list[tuple[int, writing.Draft]]]()
    for place, (subject, body) in enumerate(given):
        try:
            resource = fhir.decode(body)
            if resource.id is None and not rules.follows(resource.resourceType):
                draft = prepare(subject, resource, body, None, now=now)
                rounds.setdefault(subject.practice, []).append((place, draft))
        except ChartdeskError as fault:
            found[place] = fault
    for drafts in rounds.values():
        try:
            writing.write_new([(given[place][0], draft) for place, draft in drafts], now=now)
        except DatabaseError:
            continue
        for place, draft in drafts:
            found[place] = draft.new
    return [one or _put_or_fault(*given[place]) for place, one in enumerate(found)]


def _put_or_fault(subject: Subject, body: bytes) -> Stored | Exception:
    try:
        return put(subject, body)
    except Exception as fault:
        # The caller answers with it, as it would to one that stood alone.
        return fault


def delete(
    subject: Subject,
    type: str,
    id: str,
    *,
    expect: int | None = None,
    projection: bool = False,
    why: str = "",
) -> None:
    """Mark the resource as deleted; its history remains. Deleting it again does nothing.

    Raises NotFound, Stale, Forbidden, and what the rules of the type raise.
    """
    with transaction(subject):
        found = lock(subject, type, id)
        if found is None:
            raise NotFound(f"There is no {type}/{id}.", where=f"{type}/{id}")
        draft = prepare_delete(subject, found, expect=expect, now=moment(), projection=projection)
        if draft is None:
            return
        writing.write(subject, [draft], now=draft.new.updated, detail=why)
        rules.project(subject, draft.old, None)


def transact(subject: Subject, bundle: bytes | r4.Bundle) -> r4.Bundle:
    """Carry out a transaction or batch bundle; returns the bundle that answers it.

    A transaction happens wholly or raises what its first failing entry raises, naming the entry. The entries
    of a batch stand alone, and a failing one carries its OperationOutcome.
    """
    body = bundle if isinstance(bundle, bytes) else fhir.encode(bundle)
    opened = bundles.opened(body)
    answer = fhir.decode(bundles.response(opened.type, bundles.process(subject, opened)))
    assert isinstance(answer, r4.Bundle)
    return answer

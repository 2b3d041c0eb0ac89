"""What comes before a write: locking, versions, scopes, owners, types and rules.

Shared by single writes (``store``) and bundles; nothing here changes a row.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

import msgspec

from chartdesk.kit import clock
from chartdesk.kit.errors import Forbidden, Invalid, NotFound, Stale
from chartdesk.kit.ids import new_id
from chartdesk.record import conformance, database, reach, rules, writing
from chartdesk.record.access import scopes
from chartdesk.record.access.subject import Subject
from chartdesk.record.indexing import index
from chartdesk.record.merging import aliases
from chartdesk.record.stored import Stored
from chartdesk.record.writing import Draft
from chartdesk.standards import fhir
from chartdesk.standards.fhir import r4
from chartdesk.standards.fhir.search import compartment

_LOCK = """
    SELECT serial, version, updated, deleted, patient, body
      FROM record_resource WHERE practice = %s AND type = %s AND id = %s FOR UPDATE
"""


def lock(subject: Subject, type: str, id: str) -> tuple[int, Stored] | None:
    """Serial number and present version, locked until the transaction ends; None where there is none."""
    found = database.row(_LOCK, [subject.practice, type, id])
    if found is None:
        return None
    serial, version, updated, deleted, patient, body = found
    return serial, Stored(type, id, version, updated, deleted, body.encode(), patient)


def check_version(old: Stored | None, new: r4.Resource, *, expect: int | None, create: bool = False) -> None:
    """Raise Stale where ``new`` exists and must not, or ``old`` is not the version expected."""
    name = f"{new.resourceType}/{new.id}"
    if create and old is not None and not old.deleted:
        raise Stale(f"There is a {name} already.", current=old.version, cure="Update it, or leave the id out.")
    if expect is None:
        return
    if old is None:
        raise Stale(f"There is no {name}, so it cannot have the version {expect}.", current=0, where=name)
    check_expected(old, expect)


def check_expected(old: Stored, expect: int) -> None:
    """Raise Stale where ``old`` is not the version expected."""
    if old.version != expect:
        raise Stale(
            f"{old.reference} is at version {old.version}, not {expect}: somebody else changed it.",
            current=old.version,
            cure="Read it again and repeat the change.",
            where=old.reference,
        )


def prepare(
    subject: Subject,
    given: r4.Resource,
    text: bytes | None,
    found: tuple[int, Stored] | None,
    *,
    now: datetime,
    projection: bool = False,
) -> Draft:
    """The next version of ``given``, checked against scopes, owner, types and rules; not yet written."""
    type, old = given.resourceType, found[1] if found else None
    allowed = reach.of(subject, type, scopes.UPDATE if old else scopes.CREATE)
    if not projection:
        rules.check_owner(type)
    if given.id is None:
        given = msgspec.structs.replace(given, id=new_id())
    given, text = aliases.followed(subject.practice, given, text)
    validate(given)
    changed = rules.applied(subject, old, given)
    if changed is not None:
        validate(changed)
        given, text = changed, None
    if subject.scopes and not projection:
        conformance.check(subject, given)
    id, version = given.id or "", old.version + 1 if old else 1
    body = fhir.splice(text or fhir.encode(given), id=id, version=version, last_updated=stamp(now))
    made = index(subject.practice, given)
    before = old if old is not None and not old.deleted else None
    if allowed is not None and not (allowed.admits(made) and (before is None or allowed.admits_stored(before))):
        raise Forbidden(f"The token's scopes do not reach this {type}.", cure="Ask for a wider scope.", where=type)
    new = Stored(type, id, version, now, False, body, made.patient)
    return Draft(found[0] if found else writing.new_serial(), old, new, made)


#: Whether ``shown`` validates too. The tests say so; a running program has not the time.
strict = False


def shown(
    subject: Subject, given: r4.Resource, text: bytes, found: tuple[int, Stored] | None, *, now: datetime
) -> Draft:
    """The next version of what our own rows show: ``given``, which has its id, and its text as ``encode`` wrote it.

    Nothing of what ``prepare`` asks of strangers: neither scopes nor owner, and types and rules only where ``strict``.
    """
    type, old = given.resourceType, found[1] if found else None
    given, text = _present(subject, given, text, old)
    if strict:
        validate(given)
    id, version = given.id or "", old.version + 1 if old else 1
    body = fhir.stamp(text, type=type, id=id, version=version, last_updated=stamp(now))
    made = index(subject.practice, given)
    new = Stored(type, id, version, now, False, body, made.patient)
    return Draft(found[0] if found else writing.new_serial(), old, new, made)


def _present(subject: Subject, given: r4.Resource, text: bytes, old: Stored | None) -> tuple[r4.Resource, bytes]:
    """Led to the present patients, and as the rules before a write of its type want it."""
    led, again = aliases.followed(subject.practice, given, text)
    changed = rules.applied(subject, old, led)
    if changed is not None:
        led, again = changed, None
    return led, again or fhir.encode(led)


def check_reach(subject: Subject, type: str, id: str, old: Stored | None) -> None:
    """Raise NotFound where the subject may not change ``old``: before anything of it is looked at. Raises Forbidden."""
    allowed = reach.of(subject, type, scopes.UPDATE)
    if allowed is not None and old is not None and not old.deleted and not allowed.admits_stored(old):
        raise NotFound(f"There is no {type}/{id}.", where=f"{type}/{id}")


def prepare_delete(
    subject: Subject,
    found: tuple[int, Stored],
    *,
    expect: int | None,
    now: datetime,
    projection: bool = False,
) -> Draft | None:
    """The version that says it is deleted, checked as a write is; None where it is deleted already."""
    serial, old = found
    allowed = reach.of(subject, old.type, scopes.DELETE)
    if not projection:
        rules.check_owner(old.type)
    if allowed is not None and not allowed.admits_stored(old):
        raise NotFound(f"There is no {old.reference}.", where=old.reference)
    if old.deleted:
        return None
    if expect is not None:
        check_expected(old, expect)
    rules.check_delete(subject, old)
    return Draft(serial, old, Stored(old.type, old.id, old.version + 1, now, True, b""), None)


def validate(resource: r4.Resource) -> None:
    """Raise Invalid with every fault of ``resource`` that is an error."""
    issues = [issue for issue in fhir.validate(resource) if issue.severity in ("error", "fatal")]
    if issues:
        first = issues[0]
        more = f" ({len(issues) - 1} more)" if len(issues) > 1 else ""
        raise Invalid(f"{first.diagnostics}{more}", where=first.expression, issues=issues)


def confinement(subject: Subject, type: str, interaction: str) -> str | None:
    """The patient to whose compartment the subject is held; None for no limit. Raises Forbidden."""
    if rules.is_trusted():
        return None
    within = scopes.confine(subject, type, interaction)
    # What belongs to nobody (a practitioner, a location) may be read with a patient's scopes.
    if within is not None and interaction in (scopes.READ, scopes.SEARCH) and type in reach.SHARED:
        return None
    return within


def in_compartment(type: str) -> bool:
    """Whether resources of this type belong to patients."""
    return type == "Patient" or bool(compartment(type))


def moment() -> datetime:
    """The present moment with the precision that ``meta.lastUpdated`` carries."""
    now = clock.now()
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


@lru_cache(maxsize=64)
def stamp(when: datetime) -> str:
    """An instant as FHIR writes it: ``2026-01-31T15:04:05.123Z``."""
    return when.isoformat(timespec="milliseconds").replace("+00:00", "Z")

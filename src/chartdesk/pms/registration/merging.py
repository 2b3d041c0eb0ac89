"""Merging two records of one patient, and undoing it. Each is one transaction, for the manager of the front desk.

The work itself is ``record.merging``'s; here is decided who may merge whom, and what becomes of the two Patients.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from chartdesk.kit import clock, outbox
from chartdesk.kit.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from chartdesk.kit.transactions import advisory_lock, reading, transaction
from chartdesk.pms.registration import events, joining, resources, rules
from chartdesk.pms.registration.models import PatientIndex
from chartdesk.pms.registration.rules import Match
from chartdesk.record import audit, search, store
from chartdesk.record import rules as record_rules
from chartdesk.record.access import Role, Subject, scopes
from chartdesk.record.identities.identifiers import own_authority
from chartdesk.record.identities.models import PatientNumber
from chartdesk.record.merging import aliases, moving, references, rooms, rows
from chartdesk.record.merging.models import Merge, MovedRows
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import r4

#: Who may merge. Another program needs a scope to change every type.
ROLES = (Role.MANAGER,)


@dataclass(frozen=True)
class Preview:
    """What a merge would do. With ``objections`` it is refused. ``counts`` says how much would move:
    resources by type, rows by table.
    """

    source: Stored
    target: Stored
    match: Match
    objections: list[str]
    warnings: list[str]
    counts: dict[str, int]
    result: r4.Patient


@dataclass(frozen=True)
class Merged:
    """A merge that was made: its number, and how many resources and rows were moved."""

    merge_id: int
    source: str
    target: str
    moved: int


@dataclass(frozen=True)
class Undone:
    """An undo. ``changed`` says in sentences what others had changed since the merge, and what became of it."""

    merge_id: int
    source: str
    target: str
    resources: int
    rows: int
    changed: list[str] = field(default_factory=list)


def preview(subject: Subject, source: str, target: str) -> Preview:
    """What merging ``source`` into ``target`` would do; nothing is written. Raises Forbidden, Invalid, NotFound."""
    _require(subject)
    _must_differ(source, target)
    with reading(subject), record_rules.trusted():
        pair = _both(subject, source, target, why="merge preview")
        old, new = _patients(*pair)
        return Preview(
            *pair,
            match=_match(old, new),
            objections=[*joining.objections(new, old), *rooms.objections(subject, source, target)],
            warnings=[
                *joining.warnings(new, old),
                *_beside(subject, source, target),
                *rooms.warnings(subject, source, target),
            ],
            counts=_counts(subject, source),
            result=joining.joined(new, old)[0],
        )


def merge(
    subject: Subject, source: str, target: str, *, reason: str = "", seen: tuple[int, int] | None = None
) -> Merged:
    """Merge ``source`` into ``target``: everything that points at the source goes to the target.

    ``seen`` are the versions of both Patients that somebody looked at. Raises Forbidden, Invalid, NotFound, Gone,
    Stale, and Conflict with every objection.
    """
    _require(subject)
    _must_differ(source, target)
    with transaction(subject), record_rules.trusted():
        pair = _locked(subject, source, target)
        _must_be_seen(pair, seen)
        old, new = _patients(*pair)
        against = [*joining.objections(new, old), *rooms.objections(subject, source, target)]
        if against:
            raise Conflict(" ".join(against), cure="Settle this first, then merge.", where="merge")
        result, added = joining.joined(new, old)
        made = Merge.objects.create(
            practice=subject.practice,
            source=source,
            target=target,
            added=added,
            reason=reason,
            at=clock.now(),
            by=subject.actor,
            by_name=subject.name,
        )
        detail = f"merge {made.pk}"
        moved = moving.carry(subject, made)
        moving.note(subject, made, _close_guarantors(subject, made))
        changed = [(pair[0], store.put(subject, joining.replaced(old, target), why=detail))]
        changed.append((pair[1], store.put(subject, result, why=detail)))
        moving.note(subject, made, changed, how="patient")
        aliases.forget(subject.practice)
        _announce(subject, events.MERGED, made, detail)
    return Merged(made.pk, source, target, moved)


def undo(subject: Subject, merge_id: int) -> Undone:
    """Put back everything that the merge moved. What was written for the target since stays with the target.

    Raises Forbidden, NotFound, and Conflict where it is undone already, or where a later merge stands on it.
    """
    _require(subject)
    with transaction(subject), record_rules.trusted():
        made = Merge.objects.filter(practice=subject.practice, pk=merge_id).first()
        if made is None:
            raise NotFound(f"There is no merge {merge_id}.", where="merge")
        source, target = _locked(subject, made.source, made.target)
        made.refresh_from_db()
        _must_stand(subject, made)
        back = moving.put_back(subject, made)
        old, new = _patients(source, target)
        without, missing = joining.parted(new, made.added)
        if missing and not moving.unchanged_patient(subject, made, made.target):
            names = ", ".join(dict.fromkeys(missing))
            back.changed.append(f"Patient/{made.target} was changed since: {names} of the merge is not there any more.")
        moving.patient_back(subject, made, made.target, without)
        moving.patient_back(subject, made, made.source, joining.revived(old, made.target))
        Merge.objects.filter(pk=made.pk, practice=subject.practice).update(
            state="undone", undone=clock.now(), undone_by=subject.actor, undone_name=subject.name
        )
        aliases.forget(subject.practice)
        _announce(subject, events.UNMERGED, made, f"merge {made.pk} undone")
    return Undone(made.pk, made.source, made.target, back.resources, back.rows, back.changed)


def merges(subject: Subject, patient: str = "", *, limit: int = 50) -> list[Merge]:
    """Merges, the newest first; of one patient, or all. Reading them is noted for each patient."""
    _require(subject)
    with reading(subject):
        found = Merge.objects.filter(practice=subject.practice).order_by("-at", "-pk")
        if patient:
            found = found.filter(source=patient) | found.filter(target=patient)
        shown = list(found[:limit])
        names = dict.fromkeys(one for made in shown for one in (made.source, made.target))
        audit.record_many(subject, [audit.Touched("R", "Merge", "", 0, one) for one in names], detail="merges")
    return shown


def standing(subject: Subject, source: str, target: str) -> int:
    """The number of the merge of these two that stands. Raises NotFound."""
    with reading(subject):
        found = Merge.objects.filter(practice=subject.practice, source=source, target=target, state="merged").first()
    if found is None:
        raise NotFound(f"Patient/{source} is not merged into Patient/{target}.", where="merge")
    return found.pk


def numbers_moved(subject: Subject, merge_id: int) -> set[tuple[str, str]]:
    """The numbers (authority, value) that a merge brought from the one record to the other, its record number too."""
    with reading(subject):
        made = Merge.objects.filter(practice=subject.practice, pk=merge_id).first()
        if made is None:
            return set()
        moved = MovedRows.objects.filter(practice=subject.practice, merge=made, table=PatientNumber._meta.db_table)
        rows = [number for one in moved for number in one.rows]
        numbers = PatientNumber.objects.filter(practice=subject.practice, pk__in=rows)
        found = set(numbers.values_list("authority", "value"))
        mrns = PatientIndex.objects.filter(practice=subject.practice, patient=made.source).values_list("mrn", flat=True)
        return found | {(own_authority(subject), mrn) for mrn in mrns}


def _require(subject: Subject) -> None:
    if scopes.is_person(subject):
        subject.require(*ROLES)
    elif scopes.confine(subject, "*", scopes.UPDATE) is not None:
        raise Forbidden("A token for one patient cannot merge patients.", cure="Use a system scope for all types.")


def _must_differ(source: str, target: str) -> None:
    if not source or not target or source == target:
        raise Invalid(
            "A merge takes two different patients.", where="merge", cure="Name the one who goes and the one who stays."
        )


def _locked(subject: Subject, source: str, target: str) -> tuple[Stored, Stored]:
    """Both Patients, locked, one merge of the practice after the other. Raises NotFound and Gone."""
    advisory_lock("merge", subject.practice)
    for id in sorted((source, target)):
        store.lock(subject, "Patient", id)
    return _both(subject, source, target, why="merge")


def _both(subject: Subject, source: str, target: str, *, why: str) -> tuple[Stored, Stored]:
    return store.get(subject, "Patient", source, why=why), store.get(subject, "Patient", target, why=why)


def _must_be_seen(pair: tuple[Stored, Stored], seen: tuple[int, int] | None) -> None:
    for stored, version in zip(pair, seen or (), strict=False):
        if stored.version != version:
            raise Stale(
                f"{stored.reference} was changed since you looked at it.",
                current=stored.version,
                cure="Look again, then merge.",
                where=stored.reference,
            )


def _must_stand(subject: Subject, made: Merge) -> None:
    if made.state != "merged":
        raise Conflict(f"Merge {made.pk} was undone already.", where="merge")
    later = Merge.objects.filter(practice=subject.practice, source=made.target, state="merged").first()
    if later is not None:
        raise Conflict(
            f"Patient/{made.target} was merged into Patient/{later.target} since.",
            cure=f"Undo that merge ({later.pk}) first.",
            where="merge",
        )


def _patients(source: Stored, target: Stored) -> tuple[r4.Patient, r4.Patient]:
    old, new = source.resource, target.resource
    assert isinstance(old, r4.Patient) and isinstance(new, r4.Patient)
    return old, new


def _match(one: r4.Patient, other: r4.Patient) -> Match:
    first, second = resources.person_of(one), resources.person_of(other)
    shared = {(item.system, item.value) for item in one.identifier} & {
        (item.system, item.value) for item in other.identifier
    }
    same_ssn = bool(first.ssn) and first.ssn == second.ssn
    return rules.match(first, second, same_ssn=same_ssn, same_identifier=bool(shared - {(resources.SSN, first.ssn)}))


def _beside(subject: Subject, source: str, target: str) -> list[str]:
    """Warnings about what stands beside the two Patients: policies of one rank, different guarantors."""
    found = []
    ranks = [_ranks(subject, patient) for patient in (source, target)]
    if ranks[0] & ranks[1]:
        found.append("Both have insurance of the same rank: set the order of the policies after merging.")
    if _guarantors(subject, source):
        found.append("The guarantor of the record that goes is not kept: who pays is what the other record says.")
    return found


def _ranks(subject: Subject, patient: str) -> set[int]:
    held = [one.resource for one in search.all(subject, "Coverage", [("patient", f"Patient/{patient}")])]
    return {one.order or 1 for one in held if isinstance(one, r4.Coverage) and one.status == "active"}


def _guarantors(subject: Subject, patient: str) -> list[Stored]:
    role = f"{resources.RELATIONSHIP}|guarantor"
    asked = [("patient", f"Patient/{patient}"), ("relationship", role)]
    found = list(search.all(subject, "RelatedPerson", asked))
    return [one for one in found if isinstance(one.resource, r4.RelatedPerson) and one.resource.active is not False]


def _close_guarantors(subject: Subject, made: Merge) -> list[tuple[Stored, Stored]]:
    """Let the target's registration say who pays: the guarantors that came with the source end."""
    moved = set(made.resources.filter(type="RelatedPerson").values_list("resource", flat=True))
    return [
        (one, store.put(subject, msgspec.structs.replace(one.resource, active=False), why=f"merge {made.pk}"))
        for one in _guarantors(subject, made.target)
        if one.id in moved
    ]


def _counts(subject: Subject, source: str) -> dict[str, int]:
    """What would move: resource types and tables, with how many."""
    found: dict[str, int] = {}
    for type, _ in references.pointing(subject, source):
        found[type] = found.get(type, 0) + 1
    return found | rows.counted(subject, source)


def _announce(subject: Subject, kind: str, made: Merge, detail: str) -> None:
    for patient in (made.source, made.target):
        audit.record(subject, "E", "Merge", patient=patient, resource_id=str(made.pk), detail=detail)
    payload = {"merge_id": made.pk, "source": made.source, "target": made.target}
    outbox.emit(subject, kind, events.stream(made.target), payload, actor=subject.actor)

"""Carrying everything of one patient to another, noting it, and putting it back.

Call these inside the transaction of the command that has locked both Patients.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from chartdesk.record import database, history, preparing, projected, rules, store
from chartdesk.record.access.subject import Subject
from chartdesk.record.merging import aliases, references, rooms, rows
from chartdesk.record.merging.models import Merge, MovedResource, MovedRows
from chartdesk.record.stored import Stored
from chartdesk.standards import fhir
from chartdesk.standards.fhir import r4

#: What shows the row in whose number the id of a type ends, where that is not the type alone. A charge's ends in its
#: line, but the row to be shown is the visit, as for an invoice.
_SHOWING = {"Account": (), "ChargeItem": (), "Invoice": ("Invoice", "ChargeItem")}
_NOTE = """
    INSERT INTO merging_movedresource (practice, merge_id, type, resource, before, after, how)
    SELECT %s, %s, * FROM unnest(%b::text[], %b::text[], %b::int4[], %b::int4[], %b::text[])
"""


@dataclass
class Back:
    """What an undo did. ``changed`` says in sentences what was not as the merge had left it."""

    resources: int = 0
    rows: int = 0
    changed: list[str] = field(default_factory=list)


def carry(subject: Subject, merge: Merge) -> int:
    """Give everything that points at the source to the target; how many rows and resources that were."""
    with rules.trusted():
        rooms.prepare(subject, merge.source, merge.target)
        moved = rows.move(subject, merge.source, merge.target)
        for table, numbers in moved.items():
            MovedRows.objects.create(practice=subject.practice, merge=merge, table=table, rows=numbers)
        found = references.pointing(subject, merge.source)
        own = [name for name in found if name == _named_after(merge.source)]
        detail = f"merge {merge.pk}"
        changed = references.rewrite(
            subject, [name for name in found if name not in own], merge.source, merge.target, detail=detail
        )
        note(subject, merge, changed)
        for type, id in own:
            old = store.get(subject, type, id, why=detail)
            store.delete(subject, type, id, projection=True, why=detail)
            gone = Stored(type, id, old.version + 1, old.updated, True, b"", "")
            note(subject, merge, [(old, gone)], how="deleted")
        _show(subject, merge)
    return len(changed) + len(own) + sum(len(numbers) for numbers in moved.values())


def note(subject: Subject, merge: Merge, changed: list[tuple[Stored, Stored]], *, how: str = "moved") -> None:
    """Note that the merge made the second version of each pair out of the first."""
    new = []
    for old, now in changed:
        known = MovedResource.objects.filter(
            practice=subject.practice, merge=merge, type=now.type, resource=now.id, after=old.version
        )
        if not known.update(after=now.version, how=how):
            new.append((now.type, now.id, old.version, now.version, how))
    if new:
        database.execute(_NOTE, [subject.practice, merge.pk, *(list(column) for column in zip(*new, strict=True))])


def put_back(subject: Subject, merge: Merge) -> Back:
    """Undo what ``carry`` and the command did; what was changed since is kept and named."""
    back = Back()
    with rules.trusted():
        for one in MovedRows.objects.filter(practice=subject.practice, merge=merge).order_by("-pk"):
            count = rows.move_back(subject, one.table, one.rows, merge.source, merge.target)
            back.rows += count
            if count < len(one.rows) and one.table not in rows.PASSING:
                what = rows.tables().get(one.table, one.table)
                back.changed.append(
                    f"{len(one.rows) - count} of {len(one.rows)} rows ({what}) were changed or removed since."
                )
        rooms.restore(subject, merge.source, merge.target)
        moved = MovedResource.objects.filter(practice=subject.practice, merge=merge).exclude(how="patient")
        _restore(subject, merge, list(moved.order_by("type", "resource")), back)
        _show(subject, merge)
        _show_since(subject, merge)
    return back


def _restore(subject: Subject, merge: Merge, moved: list[MovedResource], back: Back) -> None:
    """Write the versions from before the merge anew, in parts."""
    for start in range(0, len(moved), references.PART):
        part = {(one.type, one.resource): one for one in moved[start : start + references.PART]}
        now = preparing.moment()
        present = {(old.type, old.id): (serial, old) for serial, old in references.locked(subject, list(part))}
        drafts = []
        for name, one in part.items():
            if name not in present:
                if one.how != "deleted":
                    back.changed.append(f"{name[0]}/{name[1]} was deleted since, and stays so.")
                continue
            serial, old = present[name]
            text = _before(subject, merge, one, old, back)
            if text is not None:
                drafts.append(references.draft(subject, serial, old, text, now))
        references.write(subject, drafts, f"merge {merge.pk} undone")
        back.resources += len(drafts)


def _before(subject: Subject, merge: Merge, one: MovedResource, present: Stored, back: Back) -> bytes | None:
    """The text to go back to: as it was, or where others changed it since, as it is now with the old references."""
    was = history.vread(subject, one.type, one.resource, one.before)
    if present.version == one.after:
        return was.body
    both = aliases.rewritten(was.body, {merge.target: merge.source}) != was.body
    text = aliases.rewritten(present.body, {merge.target: merge.source})
    if one.how != "moved" or both or text == present.body:
        back.changed.append(f"{present.reference} was changed since, and stays with Patient/{merge.target}.")
        return None
    back.changed.append(f"{present.reference} was changed since; it goes back with these changes.")
    return text


def patient_back(subject: Subject, merge: Merge, id: str, without: r4.Patient) -> None:
    """Write one of the two Patients as it was; where it was changed since, as ``without`` says."""
    one = MovedResource.objects.get(practice=subject.practice, merge=merge, type="Patient", resource=id)
    with rules.trusted():
        present = store.get(subject, "Patient", id, why=f"merge {merge.pk} undone")
        resource: r4.Resource = without
        if present.version == one.after:
            was = history.vread(subject, "Patient", id, one.before)
            resource = fhir.decode(was.body, type="Patient")
        store.put(subject, resource, why=f"merge {merge.pk} undone")


def unchanged_patient(subject: Subject, merge: Merge, id: str) -> bool:
    """Whether the Patient is as the merge left it."""
    return MovedResource.objects.filter(
        practice=subject.practice,
        merge=merge,
        type="Patient",
        resource=id,
        after=store.get(subject, "Patient", id).version,
    ).exists()


def _named_after(patient: str) -> references.Name:
    """The resource that shows the patient's own rows: the account."""
    type, prefix = aliases.NAMED_AFTER
    return type, f"{prefix}{patient}"


def _show(subject: Subject, merge: Merge) -> None:
    """Let what is projected by patient be shown anew for both."""
    type, _ = aliases.NAMED_AFTER
    if type in projected.types():
        projected.follow(subject, type, merge.source, merge.target)


def _show_since(subject: Subject, merge: Merge) -> None:
    """Let what shows rows of the two be shown anew: rows that went back may have got more to show since the merge."""
    found = {*references.pointing(subject, merge.source), *references.pointing(subject, merge.target)}
    for type, id in sorted(found):
        number = id.rpartition("-")[2]
        for shown in _SHOWING.get(type, (type,)):
            if shown in projected.types() and number.isdigit():
                projected.follow(subject, shown, int(number))


__all__ = ["Back", "carry", "note", "patient_back", "put_back", "unchanged_patient"]

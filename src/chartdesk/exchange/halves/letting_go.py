"""A patient whom the other half has deleted: deleted here too, where nothing was ever written about them.

The numbers of one who was deleted are kept with the moment, so that older news, come late or sent again, does not bring
them back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from chartdesk.kit import worklist
from chartdesk.kit.transactions import transaction
from chartdesk.pms.registration import queries as registration
from chartdesk.record import store
from chartdesk.record.access import Subject
from chartdesk.record.identities import commands, queries, telling
from chartdesk.record.identities.identifiers import PATIENT, Identifier
from chartdesk.record.merging import references, rows

#: The kind of work items about patients who stay.
STAYS = "patient_deleted_elsewhere"
#: And about those of whom older news came after they were deleted.
OLD_NEWS = "patient_deleted_before"
#: Tables whose rows say no more than that the patient is known, or that messages came about them.
_SAY_NOTHING = frozenset({"identities_patientnumber", "engine_messagepatient"})


def let_go(subject: Subject, numbers: Sequence[Identifier]) -> tuple[str, bool]:
    """Delete the patient with these numbers; our id of them ("" for nobody), and whether they are gone.

    One with a visit, a policy, a note or anything else stays as they are, and the front desk is told. Raises Ambiguous.
    """
    with transaction(subject):
        patient = queries.resolve(subject, PATIENT, numbers)
        if not patient:
            return "", False
        about = set(references.pointing(subject, patient)) - {(PATIENT, patient)}
        if about or set(rows.counted(subject, patient)) - _SAY_NOTHING:
            _tell_front_desk(subject, patient)
            return patient, False
        for one in queries.of(subject, PATIENT, patient):
            commands.unlink(subject, PATIENT, one)
        store.delete(subject, PATIENT, patient, why="deleted at the other half")
        return patient, True


def _tell_front_desk(subject: Subject, patient: str) -> None:
    """Nobody but a person decides about a record that something is written in."""
    view = registration.patient(subject, patient)
    worklist.raise_item(
        subject,
        worklist.Task(
            kind=STAYS,
            key=patient,
            role="front_desk",
            title="The other half deleted a patient who has a record here",
            detail=f"{view.person.list_name}, record number {view.mrn or 'unknown'}: nothing was deleted here.",
            cure="Ask the other half whom they meant. Merge the two records here if it was a double.",
            about=f"Patient/{patient}",
            link=("patient", patient),
        ),
    )


def note(subject: Subject, numbers: Iterable[Identifier], at: datetime) -> None:
    """Keep that the one with these numbers was deleted at a moment, whether anybody here knew them or not."""
    telling.newer_many(subject, telling.DELETED, [(about, at) for about in sorted({_about(one) for one in numbers})])


def since(subject: Subject, numbers: Iterable[Identifier]) -> dict[tuple[str, str], datetime]:
    """When those with these numbers were deleted, by the number; numbers of nobody who was are left out."""
    keys = {_about(one): one.key for one in numbers}
    return {keys[about]: at for about, at in telling.noted(subject, telling.DELETED, keys).items()}


def tell_of_old_news(subject: Subject, number: Identifier, who: str, words: str) -> None:
    """News of one who was deleted after it: somebody looks whether they are a patient nevertheless."""
    worklist.raise_item(
        subject,
        worklist.Task(
            kind=OLD_NEWS,
            key=_about(number),
            role="front_desk",
            title="Older news came of a patient whom its sender has deleted since",
            detail=f"{who}: {words}",
            cure="Nothing is to be done if they are no patient. If they are, have the sender send them again.",
        ),
    )


def back(subject: Subject, numbers: Iterable[Identifier]) -> None:
    """Newer news brought them back: nobody has to look any more."""
    worklist.close_items(subject, OLD_NEWS, [_about(one) for one in numbers], by=subject.actor)


def _about(number: Identifier) -> str:
    return f"{PATIENT}/{number.authority}|{number.value}"

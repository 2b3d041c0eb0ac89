"""A patient whom the other half has deleted: deleted here too, where nothing was ever written about them."""

from __future__ import annotations

from collections.abc import Sequence

from chartdesk.kit import worklist
from chartdesk.kit.transactions import transaction
from chartdesk.pms.registration import queries as registration
from chartdesk.record import store
from chartdesk.record.access import Subject
from chartdesk.record.identities import commands, queries
from chartdesk.record.identities.identifiers import PATIENT, Identifier
from chartdesk.record.merging import references, rows

#: The kind of work items about patients who stay.
STAYS = "patient_deleted_elsewhere"
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

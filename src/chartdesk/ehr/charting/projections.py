"""What charting asks of every write of the record, whoever writes.

The document of a signed note is as unchangeable as the note. An Encounter that has a signed note keeps its
patient.
"""

from __future__ import annotations

from chartdesk.ehr.charting import resources
from chartdesk.ehr.charting.models import DayVisit
from chartdesk.ehr.elements import id_of
from chartdesk.kit.errors import Conflict
from chartdesk.record import rules
from chartdesk.record.access import Subject
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import r4


def register() -> None:
    """Register the rules with the record. Safe to call twice."""
    rules.before_write("DocumentReference", keep_document)
    rules.before_delete("DocumentReference", keep_document_there)
    rules.before_write("Encounter", keep_patient)
    rules.before_delete("Encounter", keep_encounter)


def keep_document(subject: Subject, old: Stored | None, new: r4.Resource) -> None:
    """Refuse any change of the document of a signed note."""
    if old is not None and not old.deleted:
        keep_document_there(subject, old)


def keep_document_there(subject: Subject, old: Stored) -> None:
    """Refuse to delete the document of a signed note."""
    found = old.resource
    if isinstance(found, r4.DocumentReference) and resources.is_signed(found):
        raise Conflict(
            f"DocumentReference/{old.id} is a signed note and does not change.",
            cure="Add an addendum to the note.",
            where=f"DocumentReference/{old.id}",
        )


def keep_patient(subject: Subject, old: Stored | None, new: r4.Resource) -> None:
    """Refuse to give an expected visit's Encounter to another patient."""
    if old is None or old.deleted or not isinstance(new, r4.Encounter):
        return
    visit = DayVisit.objects.filter(practice=subject.practice, encounter=old.id).first()
    if visit is not None and id_of(new.subject) != visit.patient:
        raise Conflict(
            f"Encounter/{old.id} is a visit of Patient/{visit.patient}.",
            cure="Book a visit for the other patient.",
            where="Encounter.subject",
        )


def keep_encounter(subject: Subject, old: Stored) -> None:
    """Refuse to delete the Encounter of an expected visit."""
    if DayVisit.objects.filter(practice=subject.practice, encounter=old.id).exists():
        raise Conflict(
            f"Encounter/{old.id} is a visit on the day list.",
            cure="Cancel the appointment instead.",
            where=f"Encounter/{old.id}",
        )

"""Registering a patient and amending what is known. Each is one transaction: check, lock, write."""

from __future__ import annotations

from dataclasses import dataclass

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.pms.registration import duplicates, projections, queries, related, resources, validation
from chartdesk.pms.registration.duplicates import Candidate
from chartdesk.pms.registration.people import Address, Contact, Guarantor, Person, Registration
from chartdesk.record import store
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import r4

__all__ = [
    "Address",
    "Contact",
    "DuplicateSuspected",
    "Guarantor",
    "Person",
    "Registered",
    "Registration",
    "amend",
    "register",
]

#: Who may register and amend patients.
ROLES = (Role.FRONT_DESK, Role.BILLER, Role.MANAGER, Role.NURSE, Role.CLINICIAN)


class DuplicateSuspected(Conflict):
    """The patient may be here already. ``candidates`` says who, how likely and why."""

    def __init__(self, candidates: list[Candidate]) -> None:
        first = candidates[0]
        more = f" and {len(candidates) - 1} more" if len(candidates) > 1 else ""
        super().__init__(
            f"This may be the patient with record number {first.mrn}{more}: {', '.join(first.reasons)}.",
            cure="Open that patient, or confirm that this is somebody else.",
            where="person",
        )
        self.candidates = candidates


@dataclass(frozen=True)
class Registered:
    """A new patient. ``candidates`` are similar patients, shown for information."""

    patient_id: str
    mrn: str
    candidates: list[Candidate]
    version: int = 1


def register(subject: Subject, registration: Registration, *, confirmed_distinct: bool = False) -> Registered:
    """Register a patient and give them a record number.

    Raises Invalid with every wrong field in ``issues``, and DuplicateSuspected unless ``confirmed_distinct``
    says that a person has looked.
    """
    subject.require(*ROLES)
    wanted = _normalized(subject, registration)
    with transaction(subject):
        # Two desks that register the same person at once: the second one sees the first one's patient.
        advisory_lock("registration", subject.practice)
        similar = duplicates.candidates(subject, wanted.person)
        if any(one.suspect for one in similar) and not confirmed_distinct:
            raise DuplicateSuspected([one for one in similar if one.suspect])
        mrn = projections.take_mrn(subject)
        stored = store.put(subject, resources.patient_resource(wanted, mrn))
        related.save(subject, stored.id, wanted)
    return Registered(stored.id, mrn, similar, stored.version)


def amend(subject: Subject, patient_id: str, registration: Registration, *, version: int) -> Stored:
    """Replace what the front desk knows about a patient; ``version`` is the one that was seen.

    Raises Invalid with every wrong field in ``issues``, Stale when somebody was faster, NotFound, Gone. What
    a partner sent beside the fields of a registration stays.
    """
    subject.require(*ROLES)
    with transaction(subject):
        known = queries.patient(subject, patient_id)
        patient_id = known.patient_id
        wanted = _normalized(subject, registration, known.registration)
        held = store.get(subject, "Patient", patient_id, why="amend")
        assert isinstance(held.resource, r4.Patient)
        changed = resources.patient_resource(wanted, known.mrn, held.resource)
        stored = store.put(subject, changed, expect=version)
        related.save(subject, patient_id, wanted)
    return stored


def _normalized(subject: Subject, registration: Registration, known: Registration | None = None) -> Registration:
    return validation.normalized(registration, clock.today(practice_of(subject).zone), known)

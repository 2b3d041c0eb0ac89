"""Reading patients: one with everything, many by what somebody typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from chartdesk.kit import clock
from chartdesk.kit.errors import Invalid, NotFound
from chartdesk.kit.transactions import reading
from chartdesk.pms.registration import (
    duplicates,
    elements,
    finding,
    indexing,
    joining,
    related,
    resources,
    search_terms,
)
from chartdesk.pms.registration.duplicates import Candidate
from chartdesk.pms.registration.finding import PatientHit
from chartdesk.pms.registration.models import PatientIndex
from chartdesk.pms.registration.people import Contact, Guarantor, Person, Registration
from chartdesk.record import audit, store
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of
from chartdesk.record.reading import several
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import r4

__all__ = [
    "Candidate",
    "PatientHit",
    "PatientView",
    "candidates",
    "find",
    "matches",
    "names",
    "patient",
    "patient_by_mrn",
    "patients",
]

#: Identifiers of one person that are looked for.
MOST_IDENTIFIERS = 20


@dataclass(frozen=True)
class PatientView:
    """One patient as the pages and the other rooms see them. ``version`` is what ``amend`` wants back."""

    patient_id: str
    mrn: str
    version: int
    person: Person
    contacts: list[Contact]
    guarantor: Guarantor
    alerts: str
    flags: list[str] = field(default_factory=list)
    preferred_location: str = ""
    active: bool = True
    deceased: bool = False
    deceased_on: date | None = None

    @property
    def name(self) -> str:
        """The name as it stands in a list: ``Smith, John Q (Jack)``."""
        return self.person.list_name

    @property
    def full_name(self) -> str:
        """The name as it stands on a letter: ``John Q Smith``."""
        return self.person.full_name

    @property
    def registration(self) -> Registration:
        """What ``amend`` takes, as it stands now: change a copy of it."""
        return Registration(self.person, self.contacts, self.guarantor, self.alerts, self.preferred_location)

    def age(self, on: date) -> int | None:
        """Full years on that day, or at death; None where the birth date is not known."""
        born = self.person.birth_date
        if born is None:
            return None
        until = min(on, self.deceased_on) if self.deceased_on else on
        return until.year - born.year - ((until.month, until.day) < (born.month, born.day))


def patient(subject: Subject, patient_id: str) -> PatientView:
    """One patient with contacts, guarantor and alerts; of a merged one, who remains. Raises NotFound, Gone."""
    with reading(subject):
        stored, resource = _in_use(subject, patient_id)
        row = PatientIndex.objects.filter(practice=subject.practice, patient=stored.id).first()
        told = related.alerts(subject, stored.id)
        return _view(stored, resource, row.mrn if row else None, related.guarantor(subject, stored.id), told)


def patients(subject: Subject, patient_ids: Iterable[str]) -> dict[str, PatientView]:
    """Several patients as ``patient`` shows them, in a few statements; those deleted or merged are left out."""
    with reading(subject):
        stored = several(subject, "Patient", patient_ids, why="patient")
        known = sorted(stored)
        rows = PatientIndex.objects.filter(practice=subject.practice, patient__in=known)
        numbers: dict[str, str] = dict(rows.values_list("patient", "mrn"))
        guarantors, alerts = related.guarantors(subject, known), related.alerts_of(subject, known)
        found = {}
        for id, one in stored.items():
            resource = one.resource
            if isinstance(resource, r4.Patient) and not joining.replacement(resource):
                pays = guarantors.get(id) or resources.guarantor_of(None)
                found[id] = _view(one, resource, numbers.get(id), pays, alerts.get(id, ("", [])))
        return found


def _view(
    stored: Stored, resource: r4.Patient, mrn: str | None, guarantor: Guarantor, told: tuple[str, list[str]]
) -> PatientView:
    return PatientView(
        patient_id=stored.id,
        mrn=resources.identifier(resource.identifier, resources.MRN) if mrn is None else mrn,
        version=stored.version,
        person=resources.person_of(resource),
        contacts=resources.contacts_of(resource),
        guarantor=guarantor,
        alerts=told[0],
        flags=told[1],
        preferred_location=elements.location(resource.extension, resources.PREFERRED_LOCATION),
        active=resource.active is not False,
        deceased=bool(resource.deceasedBoolean or resource.deceasedDateTime),
        deceased_on=resources.whole_date(resource.deceasedDateTime),
    )


def _in_use(subject: Subject, patient_id: str) -> tuple[Stored, r4.Patient]:
    """The Patient with that id, or the one it was merged into."""
    seen: set[str] = set()
    while True:
        stored = store.get(subject, "Patient", patient_id)
        resource = stored.resource
        assert isinstance(resource, r4.Patient)
        other = joining.replacement(resource)
        if not other or other in seen:
            return stored, resource
        seen.add(stored.id)
        patient_id = other


def patient_by_mrn(subject: Subject, mrn: str) -> PatientView:
    """The patient with that record number. Raises NotFound."""
    with reading(subject):
        row = PatientIndex.objects.filter(practice=subject.practice, mrn=mrn.strip()).first()
        if row is None:
            raise NotFound(f"There is no patient with record number {mrn}.", cure="Search by name.")
        return patient(subject, row.patient)


def record_number(subject: Subject, patient_id: str) -> str:
    """The record number of a Patient, also of one that was merged into another; empty for none."""
    with reading(subject):
        row = PatientIndex.objects.filter(practice=subject.practice, patient=patient_id).first()
        audit.record(subject, "R", "Patient", patient=patient_id, resource_id=patient_id, detail="record number")
    return str(row.mrn) if row else ""


def candidates(subject: Subject, person: Person, *, besides: str = "") -> list[Candidate]:
    """Patients who may be ``person``, likeliest first, with score and reasons; ``besides`` is left out."""
    return duplicates.candidates(subject, person, besides=besides)


def matches(subject: Subject, patient: r4.Patient) -> list[Candidate]:
    """Patients who may be the one that ``patient`` describes, likeliest first; ``patient`` need not be complete.

    Judged as at registration, and by every identifier that it carries. Raises Invalid where it says too little.
    """
    person = indexing.stored_form(resources.person_of(patient))
    identifiers = [(one.system or "", one.value) for one in patient.identifier if one.value and one.use != "old"]
    others = [pair for pair in identifiers if pair[0] not in ("", resources.SSN)]
    if not (person.family or person.given or person.birth_date or person.phones or identifiers):
        raise Invalid(
            "The patient says nothing to go by.",
            cure="Give a name, a birth date, a phone or an identifier with its system.",
            where="Patient",
        )
    return duplicates.candidates(subject, person, identifiers=others[:MOST_IDENTIFIERS])


def find(subject: Subject, text: str, *, limit: int = 20) -> list[PatientHit]:
    """Patients by part of a name, birth date, phone or record number, in any order: ``smi jo 1980``.

    Names that begin so come first, in the order of the alphabet. Empty text finds nobody.
    """
    with reading(subject):
        wanted = search_terms.terms(text, clock.today(practice_of(subject).zone))
        hits = finding.hits(subject.practice, wanted, limit)
        audit.record_many(
            subject,
            [audit.Touched("R", "Patient", hit.patient_id, 0, hit.patient_id) for hit in hits],
            detail="search",
        )
    return hits


def names(subject: Subject, patient_ids: list[str]) -> dict[str, PatientHit]:
    """The list lines of several patients at once, by id; ids that are unknown are left out."""
    with reading(subject):
        found = {hit.patient_id: hit for hit in finding.by_ids(subject.practice, patient_ids)}
        audit.record_many(subject, [audit.Touched("R", "Patient", one, 0, one) for one in found], detail="list")
    return found

"""Patients as another system tells of them: many at once, each said in part.

What was told replaces what is here, what was told to be empty is deleted, the rest stays. Nothing that a partner sends
is refused for its form, as a desk's typing is: an odd phone is kept as it came. What changes nothing writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

import msgspec

from chartdesk.kit.ids import new_id
from chartdesk.kit.transactions import transaction
from chartdesk.pms.registration import elements, indexing, related, resources
from chartdesk.pms.registration.models import PatientIndex
from chartdesk.pms.registration.people import Contact, Guarantor, Person, Registration
from chartdesk.record import locking, preparing, rules, writing
from chartdesk.record.access import Subject, modes
from chartdesk.record.identities import queries as identities
from chartdesk.record.identities.identifiers import PATIENT, Identifier, own_authority
from chartdesk.record.merging.aliases import standing
from chartdesk.record.stored import Stored
from chartdesk.record.writing import Draft
from chartdesk.standards import fhir
from chartdesk.standards.fhir import r4

#: Every field of a person: what a sender tells who always tells all.
EVERYTHING = frozenset(field.name for field in fields(Person))


@dataclass(frozen=True)
class Arrival:
    """What was told of one patient. ``patient_id`` is empty for a new one; ``told`` names fields of ``person``.

    ``identifiers`` are (system, value, type of table 0203), added to those that are there; ``mrn`` is the record number
    where another system gives them out. What is None was not told.
    """

    patient_id: str
    person: Person
    told: frozenset[str]
    identifiers: tuple[tuple[str, str, str], ...] = ()
    mrn: str = ""
    contacts: tuple[Contact, ...] | None = None
    guarantor: Guarantor | None = None
    alerts: str | None = None
    active: bool | None = None
    died: date | None = None


@dataclass(frozen=True)
class Arrived:
    """The patient now. ``what`` is created, amended, or empty where nothing was new."""

    patient_id: str
    version: int
    what: str


def take_in(subject: Subject, arrivals: Sequence[Arrival]) -> list[Arrived]:
    """Write what was told, in a few statements for all of them; each patient is named once.

    Raises Invalid where a Patient would not be valid, Conflict where a record number is somebody else's.
    """
    with transaction(subject):
        found = locking.lock(subject, [("Patient", one.patient_id) for one in arrivals if one.patient_id])
        now = preparing.moment()
        drafts: dict[int, Draft] = {}
        for place, one in enumerate(arrivals):
            there = found.get(("Patient", one.patient_id))
            old = there[1].resource if there and not there[1].deleted else None
            assert old is None or isinstance(old, r4.Patient)
            made = _made(one, old)
            made = made if made.id else msgspec.structs.replace(made, id=new_id())
            text = fhir.encode(made)
            if old is None or text != fhir.encode(old):
                drafts[place] = preparing.prepare(subject, made, text, there, now=now)
        if drafts:
            writing.write(subject, list(drafts.values()), now=now, detail="told")
            rules.project_many(subject, [(draft.old, draft.new) for draft in drafts.values()])
        answers = [
            _answer(one, found.get(("Patient", one.patient_id)), drafts.get(n)) for n, one in enumerate(arrivals)
        ]
        _beside(subject, arrivals, answers)
    return answers


def _answer(one: Arrival, there: tuple[int, Stored] | None, draft: Draft | None) -> Arrived:
    if draft is None:
        assert there is not None
        return Arrived(one.patient_id, there[1].version, "")
    return Arrived(draft.new.id, draft.new.version, "created" if draft.old is None else "amended")


def _made(one: Arrival, old: r4.Patient | None) -> r4.Patient:
    """The Patient as it is after what was told."""
    base = old or r4.Patient(id=one.patient_id or None, active=True)
    known = resources.person_of(base)
    said = indexing.stored_form(one.person)
    person = replace(known, **{name: getattr(said, name) for name in one.told})
    mrn = one.mrn or resources.identifier(base.identifier, resources.MRN)
    contacts = resources.contacts_of(base)
    if one.contacts is not None:
        contacts = [replace(contact, phone=indexing.stored_phone(contact.phone)) for contact in one.contacts]
    location = elements.location(base.extension, resources.PREFERRED_LOCATION)
    wanted = Registration(person, contacts, preferred_location=location)
    if mrn:
        made = resources.patient_resource(wanted, mrn, base, known=known)
    else:
        made = resources.unnumbered(wanted, base, known=known)
    changes: dict[str, object] = {}
    identifiers = resources.numbered(made.identifier, one.identifiers)
    if len(identifiers) != len(made.identifier):
        changes["identifier"] = identifiers
    if one.active is not None and made.active is not one.active and not made.link:
        changes["active"] = one.active
    if one.died is not None:
        changes |= {"deceasedDateTime": one.died.isoformat(), "deceasedBoolean": None}
    return msgspec.structs.replace(made, **changes) if changes else made


def _beside(subject: Subject, arrivals: Sequence[Arrival], answers: Sequence[Arrived]) -> None:
    """Guarantors and alerts that were told, where they differ from what is here."""
    told = {
        answer.patient_id: one.guarantor
        for one, answer in zip(arrivals, answers, strict=True)
        if one.guarantor is not None
    }
    if told:
        held = related.guarantors(subject, list(told))
        for patient_id, guarantor in told.items():
            _pays(subject, patient_id, guarantor, held.get(patient_id, Guarantor()))
    for one, answer in zip(arrivals, answers, strict=True):
        if one.alerts is not None:
            related.save_alert(subject, answer.patient_id, one.alerts)


def pays(subject: Subject, patient_id: str, told: Guarantor) -> bool:
    """Let whoever was told be the guarantor of a patient; whether that is anything new."""
    with transaction(subject):
        return _pays(subject, patient_id, told, related.guarantor(subject, patient_id))


def alert(subject: Subject, patient_id: str, text: str) -> bool:
    """Let ``text`` be the front desk's alert about a patient; whether that is anything new."""
    with transaction(subject):
        return related.save_alert(subject, patient_id, text)


def _pays(subject: Subject, patient_id: str, told: Guarantor, held: Guarantor) -> bool:
    wanted = told if told.person is None else replace(told, person=indexing.stored_form(told.person))
    if wanted == held and set(wanted.identifiers) <= set(held.identifiers):
        return False
    related.save_guarantor(subject, patient_id, wanted)
    return True


def register() -> None:
    """Know our own patients by the record numbers that we gave them. Called once, at the start."""
    identities.found_by(PATIENT, _own_patients)


def _own_patients(subject: Subject, numbers: Sequence[Identifier]) -> dict[Identifier, str]:
    """By our record number; where another system gives those out, by the id of the Patient."""
    own = own_authority(subject)
    mine = {one.value: one for one in numbers if one.authority == own}
    if not mine:
        return {}
    column = "patient" if modes.mode_of(subject) == modes.EHR else "mrn"
    rows = PatientIndex.objects.filter(practice=subject.practice, **{f"{column}__in": list(mine)})
    known = standing(subject.practice)
    return {mine[value]: known.get(patient, patient) for value, patient in rows.values_list(column, "patient")}

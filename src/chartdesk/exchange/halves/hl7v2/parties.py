"""Who a message is about, by their numbers: what every message of ours begins with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chartdesk.exchange.halves.hl7v2.segments import Envelope, place, xcn
from chartdesk.kit.ids import new_id
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.registration.queries import PatientView
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.record import store
from chartdesk.record.access import Subject, modes
from chartdesk.record.access.people import practice_of
from chartdesk.record.identities import queries as identities
from chartdesk.record.identities import telling
from chartdesk.record.identities.identifiers import (
    APPOINTMENT,
    LOCATION,
    NPI,
    PATIENT,
    PRACTITIONER,
    Identifier,
    authority_of_system,
    own_authority,
)
from chartdesk.standards.fhir import r4
from chartdesk.standards.hl7v2.datatypes import CWE

#: Application and facility of the other half, as MSH-5 and MSH-6 name it: ``EPIC|LAKESIDE``.
PARTNER = "handoff_partner"
_NPI_SYSTEM = "http://hl7.org/fhir/sid/us-npi"


@dataclass(frozen=True)
class Known:
    """A patient with the numbers that the receiver may know them by, the one to go by first."""

    view: PatientView
    numbers: list[Identifier]


def envelope(subject: Subject, about: str) -> Envelope:
    """Who sends to whom now; the moment is later than on any message about the same before."""
    application, _, facility = str(practice_of(subject).settings.get(PARTNER, "")).partition("|")
    return Envelope(
        own_authority(subject),
        (application, facility),
        telling.stamp(subject, about),
        new_id().replace("-", "")[:20].upper(),
    )


def patient(subject: Subject, patient_id: str) -> Known:
    """A patient as registered. Raises NotFound, Gone."""
    view = registration.patient(subject, patient_id)
    return Known(view, numbers_of(subject, view.patient_id, view.mrn))


def people(subject: Subject, patient_ids: Iterable[str]) -> dict[str, Known]:
    """Several patients as registered, in a few statements; those deleted or merged are left out."""
    views = registration.patients(subject, patient_ids)
    numbers = identities.of_many(subject, PATIENT, views)
    return {
        id: Known(view, _numbers(subject, view.patient_id, view.mrn, numbers.get(id, []))) for id, view in views.items()
    }


def numbers_of(subject: Subject, patient_id: str, mrn: str) -> list[Identifier]:
    """The numbers of a patient: our record number first, where we give those out, else the other half's."""
    return _numbers(subject, patient_id, mrn, identities.of(subject, PATIENT, patient_id))


def _numbers(subject: Subject, patient_id: str, mrn: str, known: Iterable[Identifier]) -> list[Identifier]:
    own = own_authority(subject)
    others = [one for one in known if one.authority != own]
    if modes.mode_of(subject) == modes.EHR:
        return [*others, Identifier(own, patient_id, "PI")]
    return [*([Identifier(own, mrn, "MR")] if mrn else []), *others]


def guarantor_numbers(subject: Subject, known: Known) -> list[Identifier]:
    """The numbers of who pays: ours, then those of others; the patient's, where they pay themselves."""
    guarantor = known.view.guarantor
    if guarantor.person is None:
        return known.numbers[:1]
    others = [Identifier(authority_of_system(system), value, kind) for system, value, kind in guarantor.identifiers]
    return [Identifier(own_authority(subject), guarantor.number, "GI"), *others]


def numbers_given_up(subject: Subject, patient_id: str) -> list[Identifier]:
    """Under which number of ours a patient was known who was merged into another."""
    mrn = registration.record_number(subject, patient_id)
    return [Identifier(own_authority(subject), mrn, "MR")] if mrn else []


def visit_numbers(subject: Subject, appointment_id: str) -> list[Identifier]:
    """The numbers of a visit: who keeps the schedule gives the one to go by."""
    own = Identifier(own_authority(subject), appointment_id, "VN")
    others = [one for one in identities.of(subject, APPOINTMENT, appointment_id) if one.authority != own.authority]
    return [*others, own] if modes.mode_of(subject) == modes.EHR else [own, *others]


def provider(subject: Subject, practitioner: str) -> str:
    """XCN of a practitioner under every number: the NPI, those of others, ours."""
    numbers, name = _practitioner(subject, practitioner)
    return xcn(numbers, name.family or "", " ".join(one for one in name.given if one))


def seen(subject: Subject, practitioner: str) -> tuple[str, str]:
    """The same, and the CE of a practitioner as something that has a schedule, under the first of the numbers."""
    numbers, name = _practitioner(subject, practitioner)
    given = " ".join(one for one in name.given if one)
    words = " ".join(one for one in (given, name.family) if one)
    scheduled = CWE(code=numbers[0].value, text=words, system=numbers[0].authority).er7()
    return xcn(numbers, name.family or "", given), scheduled


def _practitioner(subject: Subject, practitioner: str) -> tuple[list[Identifier], r4.HumanName]:
    """The numbers of a practitioner, the NPI first, and the name."""
    stored = store.read(subject, r4.Practitioner, practitioner, why="message")
    npi = next((one.value for one in stored.identifier if one.system == _NPI_SYSTEM and one.value), "")
    numbers = [Identifier(NPI, npi, "NPI")] if npi else []
    numbers += [one for one in identities.of(subject, PRACTITIONER, practitioner) if one.authority != NPI]
    numbers.append(Identifier(own_authority(subject), practitioner, "PRN"))
    return numbers, stored.name[0] if stored.name else r4.HumanName()


def location(subject: Subject, site_id: int | None, room: str = "") -> str:
    """PL of a site of ours: under the number that the other half gave, where there is one."""
    found = [one for one in scheduling.sites(subject, active=False) if one.pk == site_id]
    if not found:
        return place(None, room, "")
    site, own = found[0], own_authority(subject)
    others = [one for one in identities.of(subject, LOCATION, site.location) if one.authority != own]
    number = others[0] if others and modes.mode_of(subject) == modes.EHR else Identifier(own, str(site.pk))
    return place(number, room, site.name, site.place_of_service)

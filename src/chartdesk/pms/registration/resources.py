"""People as FHIR resources: Patient (US Core shape) and RelatedPerson, to plain data and back.

Writing keeps what it does not understand: other identifiers, names, addresses and extensions that a partner
sent stay as they are, and a part whose value did not change keeps its element untouched.
Guide section: US Core Patient Profile (https://hl7.org/fhir/us/core/StructureDefinition-us-core-patient.html).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

import msgspec

from chartdesk.pms.registration import elements
from chartdesk.pms.registration.people import Contact, Guarantor, Person, Registration
from chartdesk.pms.registration.vocabulary import LANGUAGES, MARITAL_STATUS
from chartdesk.standards.fhir import r4

MRN = "urn:chartdesk:mrn"
SSN = "http://hl7.org/fhir/sid/us-ssn"
RELATIONSHIP = "urn:chartdesk:relationship"
ALERT = "urn:chartdesk:alert"
PREFERRED_LOCATION = "urn:chartdesk:preferred-location"
_IDENTIFIER_TYPE = "http://terminology.hl7.org/CodeSystem/v2-0203"
_MARITAL = "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus"
_CONTACT_ROLE = "http://terminology.hl7.org/CodeSystem/v2-0131"
_ROLE = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"
_KINDS = {"MR": "Medical record number", "PI": "Patient internal identifier", "GI": "Guarantor internal identifier"}
_ROLE_CODES = {"parent": "PRN", "spouse": "SPS", "child": "CHILD", "self": "ONESELF"}

People = r4.Patient | r4.RelatedPerson
_Spoken = r4.PatientCommunication | r4.RelatedPersonCommunication
_Human = TypeVar("_Human", r4.Patient, r4.RelatedPerson)


def person_of(resource: People) -> Person:
    """The demographics that a Patient or RelatedPerson carries."""
    name, preferred = elements.primary_name(resource.name), elements.preferred_name(resource.name)
    given = [part for part in (name.given if name else ()) if part]
    marital = resource.maritalStatus if isinstance(resource, r4.Patient) else None
    phones = elements.phones(resource.telecom)
    return Person(
        family=(name.family if name else "") or "",
        given=given[0] if given else "",
        middle=" ".join(given[1:]),
        suffix=" ".join(part for part in (name.suffix if name else ()) if part),
        preferred=preferred,
        birth_date=whole_date(resource.birthDate),
        sex=resource.gender or "unknown",
        phone_mobile=phones.get("mobile", ""),
        phone_home=phones.get("home", ""),
        phone_work=phones.get("work", ""),
        email=phones.get("email", ""),
        address=elements.address(resource.address),
        language=_language(resource),
        race=elements.us_core_text(resource.extension, elements.RACE),
        ethnicity=elements.us_core_text(resource.extension, elements.ETHNICITY),
        marital_status=elements.first_code(marital),
        ssn=identifier(resource.identifier, SSN),
    )


def patient_resource(
    registration: Registration, mrn: str, old: r4.Patient | None = None, *, known: Person | None = None
) -> r4.Patient:
    """The Patient for a registration, built on ``old`` where there is one; ``known`` is the person in it, if read."""
    patient = unnumbered(registration, old or r4.Patient(active=True), known=known)
    identifiers = elements.with_identifier(patient.identifier, MRN, mrn, identifier_type("MR", "Medical record number"))
    return msgspec.structs.replace(patient, identifier=identifiers)


def unnumbered(registration: Registration, old: r4.Patient, *, known: Person | None = None) -> r4.Patient:
    """The same with whatever record number ``old`` has, or none."""
    patient = _with_person(old, registration.person, known)
    return msgspec.structs.replace(
        patient,
        maritalStatus=_marital(patient.maritalStatus, registration.person.marital_status),
        contact=[_contact_element(one, patient.contact) for one in registration.contacts],
        extension=elements.with_location(patient.extension, PREFERRED_LOCATION, registration.preferred_location),
    )


def contacts_of(patient: r4.Patient) -> list[Contact]:
    """Whom to call, as the Patient names them."""
    return [_contact(element) for element in patient.contact if element.name is not None or element.telecom]


def related_person(
    patient_id: str,
    person: Person,
    relationship: str,
    *,
    guarantor: bool = False,
    old: r4.RelatedPerson | None = None,
) -> r4.RelatedPerson:
    """A RelatedPerson of the patient: a guarantor, or a subscriber (``relationship``: parent, spouse ...)."""
    made = _with_person(old or r4.RelatedPerson(), person)
    roles = [_role(relationship)]
    if guarantor:
        roles.append(r4.CodeableConcept(coding=[r4.Coding(system=RELATIONSHIP, code="guarantor")], text="Guarantor"))
    return msgspec.structs.replace(
        made, active=True, patient=r4.Reference(reference=f"Patient/{patient_id}"), relationship=roles
    )


def guarantor_of(resource: r4.RelatedPerson | None) -> Guarantor:
    """The guarantor that a RelatedPerson stands for; the patient where there is none."""
    if resource is None:
        return Guarantor()
    codes = {coding.code for concept in resource.relationship for coding in concept.coding}
    known = next(
        (word for word, code in _ROLE_CODES.items() if code in codes and word in ("parent", "spouse")),
        "other",
    )
    return Guarantor(known, person_of(resource), resource.id or "", _foreign(resource.identifier))


def is_guarantor(resource: r4.RelatedPerson) -> bool:
    """Whether it is there to pay."""
    codings = (coding for concept in resource.relationship for coding in concept.coding)
    return any((coding.system, coding.code) == (RELATIONSHIP, "guarantor") for coding in codings)


def _foreign(identifiers: Iterable[r4.Identifier]) -> tuple[tuple[str, str, str], ...]:
    """The numbers of other systems, with their types."""
    return tuple(
        (one.system, one.value, elements.first_code(one.type))
        for one in identifiers
        if one.system and one.value and one.system != SSN
    )


def numbered(identifiers: Iterable[r4.Identifier], told: Iterable[tuple[str, str, str]]) -> list[r4.Identifier]:
    """``identifiers`` and those of (system, value, type) that are not among them."""
    made = list(identifiers)
    held = {(one.system, one.value) for one in made}
    for system, value, kind in told:
        if (system, value) not in held:
            concept = identifier_type(kind, _KINDS.get(kind, kind)) if kind else None
            made.append(r4.Identifier(system=system, value=value, type=concept))
    return made


def alert_flag(patient_id: str, text: str, old: r4.Flag | None = None) -> r4.Flag:
    """The Flag that carries the front desk's alert; inactive where the text is empty."""
    flag = old or r4.Flag(
        identifier=[r4.Identifier(system=ALERT, value=patient_id)],
        category=[r4.CodeableConcept(text="Registration alert")],
        subject=r4.Reference(reference=f"Patient/{patient_id}"),
    )
    shown = text or (flag.code.text if flag.code else "") or "Alert"
    return msgspec.structs.replace(flag, status="active" if text else "inactive", code=r4.CodeableConcept(text=shown))


def flag_text(flag: r4.Flag) -> str:
    """What a flag says."""
    if flag.code is None:
        return ""
    return flag.code.text or next((coding.display for coding in flag.code.coding if coding.display), "")


def identifier(identifiers: Iterable[r4.Identifier], system: str) -> str:
    """The value of the first identifier of ``system`` that is not an old one, empty where there is none."""
    return next((one.value for one in identifiers if one.system == system and one.value and one.use != "old"), "")


def whole_date(text: str | None) -> date | None:
    """A FHIR date that names a day; None for a year or a month alone."""
    if not text or len(text) < 10:
        return None
    return date.fromisoformat(text[:10])


def _with_person(resource: _Human, person: Person, known: Person | None = None) -> _Human:
    """``resource`` with the demographics of ``person``; parts that say the same already stay untouched."""
    same = known or person_of(resource)
    changes: dict[str, object] = {}
    if elements.name_parts(same) != elements.name_parts(person):
        changes["name"] = elements.with_name(resource.name, person)
    if same.birth_date != person.birth_date:
        changes["birthDate"] = person.birth_date.isoformat() if person.birth_date else None
    if same.sex != person.sex or resource.gender is None:
        changes["gender"] = person.sex
    changes["telecom"] = elements.with_telecom(resource.telecom, person)
    if same.address != person.address:
        changes["address"] = elements.with_address(resource.address, person.address)
    if same.ssn != person.ssn:
        kind = identifier_type("SS", "Social security number")
        changes["identifier"] = elements.with_identifier(resource.identifier, SSN, person.ssn, kind)
    if same.language != person.language:
        changes["communication"] = _communication(resource, person.language)
    if (same.race, same.ethnicity) != (person.race, person.ethnicity):
        changes["extension"] = elements.with_us_core(resource.extension, person)
    return msgspec.structs.replace(resource, **changes)


def _language(resource: People) -> str:
    spoken: Sequence[_Spoken] = resource.communication
    known = [one for one in spoken if one.preferred] or list(spoken)
    return elements.first_code(known[0].language) if known else ""


def _communication(resource: People, language: str) -> Sequence[object]:
    spoken: Sequence[_Spoken] = resource.communication
    kind = r4.PatientCommunication if isinstance(resource, r4.Patient) else r4.RelatedPersonCommunication
    others = [
        msgspec.structs.replace(one, preferred=None) for one in spoken if elements.first_code(one.language) != language
    ]
    if not language:
        return others[1:]
    coding = r4.Coding(system="urn:ietf:bcp:47", code=language, display=LANGUAGES.get(language))
    concept = r4.CodeableConcept(coding=[coding], text=LANGUAGES.get(language))
    return [kind(language=concept, preferred=True), *others]


def _marital(old: r4.CodeableConcept | None, code: str) -> r4.CodeableConcept | None:
    if elements.first_code(old) == code:
        return old
    if not code:
        return None
    coding = r4.Coding(system=_MARITAL, code=code, display=MARITAL_STATUS.get(code))
    return r4.CodeableConcept(coding=[coding], text=MARITAL_STATUS.get(code))


def identifier_type(code: str, text: str) -> r4.CodeableConcept:
    """What an identifier is, by HL7 table 0203."""
    return r4.CodeableConcept(coding=[r4.Coding(system=_IDENTIFIER_TYPE, code=code)], text=text)


def _role(relationship: str) -> r4.CodeableConcept:
    code = _ROLE_CODES.get(relationship)
    coding = [r4.Coding(system=_ROLE, code=code)] if code else []
    return r4.CodeableConcept(coding=coding, text=relationship)


def _contact(element: r4.PatientContact) -> Contact:
    said = [concept.text or elements.first_display(concept) for concept in element.relationship]
    name = elements.name_text(element.name) if element.name else ""
    number = next((one.value for one in element.telecom if one.system == "phone" and one.value), "")
    return Contact(name, next((text for text in said if text), ""), number)


def _contact_element(contact: Contact, old: Iterable[r4.PatientContact]) -> r4.PatientContact:
    """The element of a contact; the old one where it says the same."""
    known = next((element for element in old if _contact(element) == contact), None)
    if known is not None:
        return known
    concept = r4.CodeableConcept(
        coding=[r4.Coding(system=_CONTACT_ROLE, code="C", display="Emergency Contact")],
        text=contact.relationship or None,
    )
    telecom = [r4.ContactPoint(system="phone", value=contact.phone)] if contact.phone else []
    return r4.PatientContact(relationship=[concept], name=r4.HumanName(text=contact.name), telecom=telecom)

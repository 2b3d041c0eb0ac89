"""Immunizations: what was given here, what was refused, and what the patient tells of. US Core Immunization."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import msgspec

from chartdesk.ehr.elements import clinician, code_in, concept, date_of, meta, reference, stamp, words
from chartdesk.ehr.orders import events
from chartdesk.ehr.orders.content import UCUM, NewImmunization
from chartdesk.kit import clock, live
from chartdesk.kit.errors import Conflict, Invalid
from chartdesk.kit.transactions import transaction
from chartdesk.record import search, store
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import r4
from chartdesk.standards.terminology import vaccines

_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
_ORIGIN = "http://terminology.hl7.org/CodeSystem/immunization-origin"
_FUNCTION = "http://terminology.hl7.org/CodeSystem/v2-0443"
_SITE = "http://terminology.hl7.org/CodeSystem/v3-ActSite"
_ROUTE = "http://terminology.hl7.org/CodeSystem/v3-RouteOfAdministration"
SITES = {"LA": "left arm", "RA": "right arm", "LT": "left thigh", "RT": "right thigh"}
ROUTES = {"IM": "into the muscle", "SQ": "under the skin", "PO": "by mouth", "NASINHL": "into the nose"}
_LOT = re.compile(r"[A-Za-z0-9 ./-]{0,40}")


@dataclass(frozen=True)
class Immunization:
    """One entry of the list. ``status`` is completed, not-done or entered-in-error."""

    immunization_id: str
    patient_id: str
    version: int
    cvx: str
    name: str
    given: date | None
    status: str
    lot: str
    maker: str
    expires: date | None
    site: str
    route: str
    dose: Decimal | None
    reason: str
    historical: bool
    by: str

    @property
    def text(self) -> str:
        """The entry in one line."""
        if self.status == "not-done":
            return f"{self.name}: not given, {self.reason or 'no reason said'}"
        return self.name + (f", lot {self.lot}" if self.lot else "") + (" (told)" if self.historical else "")


def record(subject: Subject, patient_id: str, given: NewImmunization) -> str:
    """Record a vaccine given here, refused, or (``historical``) told of; returns the Immunization's id.

    What was given or refused here is announced for the registry. Raises Invalid for a vaccine, maker, site or route
    that is not known, a day in the future, a lot that has expired, and a vaccine given here without its lot.
    """
    subject.require(Role.CLINICIAN, Role.NURSE)
    vaccine = _checked(subject, given)
    with transaction(subject):
        store.get(subject, "Patient", patient_id, why="immunization")
        stored = store.put(subject, _resource(subject, patient_id, given, vaccine))
        if not given.historical:
            events.announce(subject, events.IMMUNIZED, patient_id, immunization_id=stored.id)
        live.announce(subject, "chart", patient_id)
    return stored.id


def withdraw(subject: Subject, immunization_id: str) -> None:
    """Mark an entry as made in error; the registry is told. Raises Conflict where it is already."""
    subject.require(Role.CLINICIAN, Role.NURSE)
    with transaction(subject):
        found = store.read(subject, r4.Immunization, immunization_id)
        if found.status == "entered-in-error":
            raise Conflict("This entry is withdrawn already.", where="status")
        stored = store.put(subject, msgspec.structs.replace(found, status="entered-in-error"))
        if found.primarySource:
            events.announce(subject, events.IMMUNIZED, stored.patient, immunization_id=immunization_id)
        live.announce(subject, "chart", stored.patient)


def every(subject: Subject, patient_id: str) -> list[Immunization]:
    """The patient's immunizations, the latest first; entries made in error are left out."""
    found = [view(stored) for stored in search.all(subject, "Immunization", [("patient", patient_id)])]
    kept = [one for one in found if one.status != "entered-in-error"]
    return sorted(kept, key=lambda one: (one.given or date.min, one.name), reverse=True)


def one(subject: Subject, immunization_id: str) -> Immunization:
    """One entry, whatever its status. Raises NotFound."""
    return view(store.get(subject, "Immunization", immunization_id, why="immunization"))


def view(stored: Stored) -> Immunization:
    """An Immunization as an entry of the list."""
    found = stored.resource
    assert isinstance(found, r4.Immunization)
    return Immunization(
        immunization_id=stored.id,
        patient_id=stored.patient,
        version=stored.version,
        cvx=code_in(found.vaccineCode, [vaccines.CVX]),
        name=words(found.vaccineCode),
        given=date_of(found.occurrenceDateTime),
        status=found.status or "completed",
        lot=found.lotNumber or "",
        maker=(found.manufacturer.display or "") if found.manufacturer else "",
        expires=date_of(found.expirationDate),
        site=code_in(found.site, [_SITE]),
        route=code_in(found.route, [_ROUTE]),
        dose=found.doseQuantity.value if found.doseQuantity else None,
        reason=words(found.statusReason),
        historical=not found.primarySource,
        by=next((who.actor.display or "" for who in found.performer if who.actor), ""),
    )


def _checked(subject: Subject, given: NewImmunization) -> vaccines.Vaccine:
    vaccine = vaccines.vaccine(given.cvx)
    if vaccine is None:
        raise Invalid(f"{given.cvx!r} is no vaccine of the list.", where="cvx", cure="Choose one from the list.")
    today = clock.today(practice_of(subject).zone)
    here = not given.historical and not given.refused
    if given.given > today:
        raise Invalid(f"{given.given} is in the future.", where="given", cure="Give the day it was given.")
    if not _LOT.fullmatch(given.lot.strip()):
        raise Invalid(f"{given.lot[:40]!r} is no lot number.", where="lot", cure="As it stands on the vial.")
    if here and not given.lot.strip():
        raise Invalid("The lot is missing.", where="lot", cure="As it stands on the vial: the registry asks for it.")
    if here and given.expires is not None and given.expires < given.given:
        raise Invalid(f"The lot expired on {given.expires:%b %-d, %Y}.", where="expires", cure="Check the vial.")
    for name, value, known in (("site", given.site, SITES), ("route", given.route, ROUTES)):
        if value and value not in known:
            raise Invalid(f"{value!r} is no {name}.", where=name, cure=f"One of {', '.join(known)}.")
    if given.maker and given.maker not in vaccines.MAKERS:
        raise Invalid(f"{given.maker!r} is no maker of the list.", where="maker", cure="Choose one from the list.")
    if given.dose is not None and not 0 < given.dose <= 10:
        raise Invalid(f"{given.dose} mL is no dose.", where="dose", cure="Such as 0.5.")
    return vaccine


def _resource(subject: Subject, patient_id: str, given: NewImmunization, vaccine: vaccines.Vaccine) -> r4.Immunization:
    maker = r4.Reference(
        identifier=r4.Identifier(system=vaccines.MVX, value=given.maker), display=vaccines.MAKERS.get(given.maker)
    )
    performer = r4.ImmunizationPerformer(
        function=concept(_FUNCTION, "AP", "Administering provider"), actor=clinician(subject)
    )
    done = not given.refused
    refusal = r4.CodeableConcept(
        coding=[r4.Coding(system=_REASON, code="PATOBJ", display="patient objection")], text=given.refused
    )
    return r4.Immunization(
        meta=meta("us-core-immunization"),
        status="completed" if done else "not-done",
        statusReason=None if done else refusal,
        vaccineCode=concept(vaccines.CVX, vaccine.cvx, vaccine.name),
        patient=reference("Patient", patient_id),
        encounter=reference("Encounter", given.encounter_id) if given.encounter_id else None,
        occurrenceDateTime=given.given.isoformat(),
        recorded=stamp(clock.now()),
        primarySource=not given.historical,
        reportOrigin=concept(_ORIGIN, "recall", "Told by the patient or a parent") if given.historical else None,
        manufacturer=maker if given.maker else None,
        lotNumber=given.lot.strip() or None,
        expirationDate=given.expires.isoformat() if given.expires else None,
        site=concept(_SITE, given.site, SITES.get(given.site, "")) if given.site else None,
        route=concept(_ROUTE, given.route, ROUTES.get(given.route, "")) if given.route else None,
        doseQuantity=r4.Quantity(value=given.dose, unit="mL", system=UCUM, code="mL") if given.dose else None,
        performer=[performer] if not given.historical else (),
    )

"""Vital signs: Observation resources of US Core's vital signs profiles, LOINC and UCUM.

One observation per measure; the two blood pressures are the components of one; the body mass index is
computed from weight and height taken together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from decimal import Decimal

import msgspec

from chartdesk.ehr.charting import preparing
from chartdesk.ehr.charting.content import Vitals
from chartdesk.ehr.charting.models import DayVisit
from chartdesk.ehr.charting.rules import vital_issues
from chartdesk.ehr.charting.vital_signs import PRESSURES, VitalsView, last, line, of_encounter
from chartdesk.ehr.elements import clinician, concept, meta, reference, stamp
from chartdesk.kit import clock, live
from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.transactions import transaction
from chartdesk.record import store
from chartdesk.record.access import Role, Subject
from chartdesk.standards.fhir import r4
from chartdesk.standards.terminology import vitals as terms

__all__ = ["Vitals", "VitalsView", "last", "line", "of_encounter", "record", "withdraw"]

_PROFILES = {
    "pulse": "us-core-heart-rate",
    "temperature_f": "us-core-body-temperature",
    "respirations": "us-core-respiratory-rate",
    "spo2": "us-core-pulse-oximetry",
    "weight_lb": "us-core-body-weight",
    "height_in": "us-core-body-height",
    "bmi": "us-core-bmi",
}


def record(subject: Subject, encounter_id: str, taken: Vitals, *, at: datetime | None = None) -> list[str]:
    """Record vital signs of a visit, taken ``at`` (now); returns the ids of the Observations.

    Raises Invalid with every impossible value, NotFound for an unknown encounter.
    """
    subject.require(Role.CLINICIAN, Role.NURSE)
    wrong = [issue for issue in vital_issues(taken) if issue.severity == "error"]
    if wrong:
        raise Invalid(
            " ".join(issue.message for issue in wrong), where=wrong[0].where, cure=wrong[0].cure, issues=wrong
        )
    moment = at or clock.now()
    values = {field.name: getattr(taken, field.name) for field in fields(taken)}
    given = {name: value for name, value in values.items() if value is not None}
    if taken.weight_lb is not None and taken.height_in is not None:
        given["bmi"] = terms.body_mass_index(taken.weight_lb, taken.height_in)
    with transaction(subject):
        visit = DayVisit.objects.filter(practice=subject.practice, encounter=encounter_id).first()
        if visit is None:
            raise NotFound(f"There is no encounter {encounter_id}.", where="encounter")
        made = [store.put(subject, found).id for found in _observations(subject, visit, given, moment)]
        preparing.prepare_again(subject, encounter_id)
        live.announce(subject, "chart", visit.patient)
    return made


def withdraw(subject: Subject, observation_id: str) -> None:
    """Mark one observation as entered in error. Raises Conflict when it is already, or is no vital sign."""
    subject.require(Role.CLINICIAN, Role.NURSE)
    with transaction(subject):
        found = store.read(subject, r4.Observation, observation_id)
        category = {item.code for part in found.category for item in part.coding}
        if found.status == "entered-in-error" or "vital-signs" not in category:
            raise Conflict("This is not a vital sign that can be withdrawn.", where="status")
        stored = store.put(subject, msgspec.structs.replace(found, status="entered-in-error"))
        live.announce(subject, "chart", stored.patient)


def _observations(
    subject: Subject, visit: DayVisit, given: dict[str, Decimal], moment: datetime
) -> Iterable[r4.Observation]:
    bare = r4.Observation(
        status="final",
        category=[concept(terms.CATEGORY_SYSTEM, "vital-signs", "Vital Signs")],
        subject=reference("Patient", visit.patient),
        encounter=reference("Encounter", visit.encounter),
        effectiveDateTime=stamp(moment),
        issued=stamp(moment),
        performer=[clinician(subject)],
    )
    if all(name in given for name in PRESSURES):
        parts = [
            r4.ObservationComponent(code=_code(terms.MEASURES[name]), valueQuantity=_quantity(name, given[name]))
            for name in PRESSURES
        ]
        code = concept(terms.LOINC, terms.BLOOD_PRESSURE, "Blood pressure")
        yield msgspec.structs.replace(bare, meta=meta("us-core-blood-pressure"), code=code, component=parts)
    for name, value in given.items():
        if name not in PRESSURES:
            quantity = _quantity(name, value)
            yield msgspec.structs.replace(
                bare, meta=meta(_PROFILES[name]), code=_code(_measure(name)), valueQuantity=quantity
            )


def _measure(name: str) -> terms.Measure:
    return terms.BMI if name == "bmi" else terms.MEASURES[name]


def _code(measure: terms.Measure) -> r4.CodeableConcept:
    codes = (measure.loinc, *measure.also)
    return r4.CodeableConcept(coding=[r4.Coding(system=terms.LOINC, code=code) for code in codes], text=measure.label)


def _quantity(name: str, value: Decimal) -> r4.Quantity:
    measure = _measure(name)
    return r4.Quantity(value=value, unit=measure.unit, system=terms.UCUM, code=measure.code)

"""What a hospital wrote about two of the demo's patients: one summary to be reconciled, one answered with a referral.

By the commands that the pages call, under the clock of the day it happened.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import NAMESPACE_OID, uuid5

from chartdesk.app.demo.setup import Place
from chartdesk.ehr.reconciling import commands
from chartdesk.kit import clock
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.record import store
from chartdesk.record.access.subject import Subject
from chartdesk.standards import ccda
from chartdesk.standards.ccda import oids, resources
from chartdesk.standards.ccda.document import (
    Address,
    Allergy,
    Coded,
    Document,
    Identifier,
    Medication,
    Name,
    Party,
    Problem,
    Reaction,
    Section,
    Span,
)
from chartdesk.standards.fhir import r4

HOSPITAL = Party(
    organization="Lakeside Hospital",
    identifiers=(Identifier("2.16.840.1.113883.19.7"),),
    address=Address(("1 Lakeside Drive",), "Columbus", "OH", "43215", "US"),
    telecoms=("tel:+16145550190",),
)
_PRESSURE = Coded("38341003", oids.SNOMED, "Hypertensive disorder", translations=(Coded("I10", oids.ICD10),))


def receive(place: Place, now: datetime) -> None:
    """Do all of it, as of ``now``. What there are no visits for is left out."""
    subject = place.subject()
    visits = scheduling.calendar(subject, now - timedelta(days=14), now - timedelta(days=1), statuses=["departed"])
    patients = list(dict.fromkeys(visit.patient_id for visit in visits))[:2]
    for number, patient in enumerate(patients):
        with clock.at(now - timedelta(days=2, hours=number)):
            raw = ccda.write(_summary(subject, patient, now - timedelta(days=4)))
            commands.receive(subject, patient, raw, source="uploaded")
            if number:
                asked = commands.Referral(
                    "Carl Hart", "Lakeside Cardiology", "Palpitations on exertion. Please evaluate.", "Stable at rest."
                )
                commands.write_referral(subject, patient, asked)


def _summary(subject: Subject, patient_id: str, at: datetime) -> Document:
    """A hospital's summary: a problem, an allergy and medicines that the chart may know or not."""
    patient = store.read(subject, r4.Patient, patient_id, why="demo")
    number = uuid5(NAMESPACE_OID, f"demo:{patient_id}")
    doctor = Party(Name("Vale", ("Iris",), "", "MD"), HOSPITAL.organization, at=at.isoformat(timespec="seconds"))
    problems = (
        Problem(_PRESSURE, "active", Span("2019")),
        Problem(Coded("R00.2", oids.ICD10, "Palpitations"), "active", Span(f"{at:%Y-%m-%d}")),
    )
    hives = Reaction(Coded("247472004", oids.SNOMED, "Hives"), "moderate")
    allergies = (Allergy(Coded("7980", oids.RXNORM, "penicillin G"), "medication", (hives,)),)
    medicines = (
        Medication(Coded(text="metoprolol 25 mg tablet"), "active", Span(f"{at:%Y-%m-%d}"), "one tablet twice a day"),
        Medication(Coded(text="lisinopril 20 mg tablet"), "active", Span("2019"), "one tablet every morning"),
    )
    return Document(
        title="Discharge summary of care",
        id=Identifier(str(number)),
        at=at.isoformat(timespec="seconds"),
        patient=resources.patient(patient, [Identifier("2.16.840.1.113883.19.7.1", str(number)[:8])]),
        authors=(doctor,),
        custodian=HOSPITAL,
        sections=(
            Section("problems", "Problems", items=problems),
            Section("allergies", "Allergies", items=allergies),
            Section("medications", "Medicines at discharge", items=medicines),
        ),
    )

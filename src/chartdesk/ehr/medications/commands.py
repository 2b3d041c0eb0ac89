"""Writing the medication list. Guide section: US Core 6.1 MedicationRequest, Medication List guidance."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from chartdesk.ehr.elements import clinician, concept, meta, reference, stamp
from chartdesk.ehr.medications import events, queries, rules
from chartdesk.kit import clock, live
from chartdesk.kit.errors import Conflict, Invalid
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.record import store
from chartdesk.record.access import Role, Subject
from chartdesk.standards.fhir import r4
from chartdesk.standards.terminology import substances

CATEGORY = "http://terminology.hl7.org/CodeSystem/medicationrequest-category"


@dataclass(frozen=True)
class Added:
    """A new entry, and the sentences about allergies whose names match its name."""

    request_id: str
    warnings: list[str]


def add(
    subject: Subject,
    patient_id: str,
    name: str,
    *,
    dosage: str = "",
    encounter_id: str = "",
    reported: bool = False,
    reason: str = "",
) -> Added:
    """Put a medicine on the list: an order, or with ``reported`` what the patient says they take.

    ``dosage`` is the instruction in words. Raises Invalid without a name, Conflict when the same name is
    active.
    """
    subject.require(Role.CLINICIAN, Role.NURSE)
    called = " ".join(name.split())
    if not called or len(called) > 200:
        raise Invalid("A medicine needs a name.", where="name", cure="Such as lisinopril 10 mg tablet.")
    rxnorm = substances.rxnorm_of(called)
    with transaction(subject):
        store.get(subject, "Patient", patient_id, why="medication list")
        advisory_lock("medications", subject.practice, patient_id)
        if any(item.name.casefold() == called.casefold() for item in queries.active(subject, patient_id)):
            raise Conflict(
                f"{called} is on the list already.", where="name", cure="Stop the entry there is, or keep it."
            )
        warnings = rules.text_matches(called, rxnorm, queries.allergies_on_file(subject, patient_id))
        request = r4.MedicationRequest(
            meta=meta("us-core-medicationrequest"),
            status="active",
            intent="order",
            category=[concept(CATEGORY, "community", "Community")],
            reportedBoolean=reported,
            medicationCodeableConcept=concept(substances.RXNORM, rxnorm, called),
            subject=reference("Patient", patient_id),
            encounter=reference("Encounter", encounter_id) if encounter_id else None,
            authoredOn=stamp(clock.now()),
            requester=clinician(subject),
            reasonCode=[r4.CodeableConcept(text=reason)] if reason else (),
            dosageInstruction=[r4.Dosage(text=dosage)] if dosage else (),
        )
        stored = store.put(subject, request)
        events.announce(subject, events.STARTED, stored.id, patient_id)
        live.announce(subject, "chart", patient_id)
    return Added(stored.id, warnings)


def stop(subject: Subject, request_id: str, *, reason: str = "", version: int | None = None) -> None:
    """Say that the medicine is no longer taken. Raises Stale, Conflict when it was stopped already."""
    subject.require(Role.CLINICIAN, Role.NURSE)
    with transaction(subject):
        found = store.read(subject, r4.MedicationRequest, request_id)
        if found.status not in queries.ACTIVE:
            raise Conflict("This medicine is not active.", where="status")
        stopped = msgspec.structs.replace(
            found, status="stopped", statusReason=r4.CodeableConcept(text=reason) if reason else None
        )
        stored = store.put(subject, stopped, expect=version)
        events.announce(subject, events.STOPPED, stored.id, stored.patient)
        live.announce(subject, "chart", stored.patient)

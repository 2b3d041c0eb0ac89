"""The FHIR resources of a visit and its signed note.

Pure builders. Profiles are those of US Core 6.1 (http://hl7.org/fhir/us/core/STU6.1): encounter, condition
(encounter diagnosis), document reference.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

import msgspec

from chartdesk.ehr.charting.content import Diagnosis
from chartdesk.ehr.charting.models import DayVisit
from chartdesk.ehr.elements import concept, meta, reference, stamp
from chartdesk.standards.fhir import r4
from chartdesk.standards.terminology import icd10
from chartdesk.standards.terminology.vitals import LOINC

ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType"
CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
CONDITION_CATEGORY = "http://terminology.hl7.org/CodeSystem/condition-category"
DIAGNOSIS_ROLE = "http://terminology.hl7.org/CodeSystem/diagnosis-role"
NOTE_CATEGORY = "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category"
VISIT_TYPE = "urn:chartdesk:visit-type"

#: LOINC: progress note.
PROGRESS_NOTE = "11506-3"
#: Identifier systems of the documents of signed notes: the note they belong to, and the digest of their text.
NOTE = "urn:chartdesk:note"
DIGEST = "urn:chartdesk:sha256"


def encounter(visit: DayVisit, status: str, old: r4.Encounter | None = None) -> r4.Encounter:
    """The Encounter of ``visit`` in ``status``; what others wrote into ``old`` beside our elements stays."""
    name = visit.visit_type_name or visit.visit_type or "Visit"
    kind = r4.CodeableConcept(
        coding=[r4.Coding(system=VISIT_TYPE, code=visit.visit_type or "visit", display=name)], text=name
    )
    clinician = r4.EncounterParticipant(
        type=[concept(PARTICIPATION, "PPRF", "primary performer")],
        individual=reference("Practitioner", visit.practitioner),
    )
    location = reference("Location", visit.location) if visit.location else None
    ours: dict[str, Any] = {
        "status": status,
        "statusHistory": _history(visit, status),
        "class_": r4.Coding(system=ACT_CODE, code="AMB", display="ambulatory"),
        "type": [kind],
        "subject": reference("Patient", visit.patient, visit.patient_name),
        "participant": [clinician],
        "appointment": [reference("Appointment", visit.appointment)],
        "period": _period(visit),
        "reasonCode": [r4.CodeableConcept(text=visit.reason)] if visit.reason else (),
        "location": [r4.EncounterLocation(location=location)] if location else (),
    }
    if old is None:
        return r4.Encounter(id=visit.encounter, meta=meta("us-core-encounter"), **ours)
    return msgspec.structs.replace(old, **ours)


def with_diagnoses(found: r4.Encounter, conditions: Sequence[str]) -> r4.Encounter:
    """``found`` with the conditions of the signed note, by id, in their order."""
    diagnoses = [
        r4.EncounterDiagnosis(
            condition=reference("Condition", id),
            use=concept(DIAGNOSIS_ROLE, "billing", "Billing"),
            rank=rank,
        )
        for rank, id in enumerate(conditions, 1)
    ]
    return msgspec.structs.replace(found, diagnosis=diagnoses)


def _period(visit: DayVisit) -> r4.Period:
    """When it takes place: as planned until the patient comes, then as it happened."""
    if visit.arrived is None:
        return r4.Period(start=stamp(visit.starts), end=stamp(visit.ends))
    return r4.Period(start=stamp(visit.arrived), end=stamp(visit.departed) if visit.departed else None)


def _history(visit: DayVisit, status: str) -> Sequence[r4.EncounterStatusHistory]:
    """The states before the present one, as the times of the visit tell them."""
    steps = [
        ("planned", None),
        ("arrived", visit.arrived),
        ("in-progress", visit.roomed),
        ("finished", visit.departed),
    ]
    reached = [(name, at) for name, at in steps if name == "planned" or at is not None]
    past = []
    for (name, since), (_, until) in pairwise(reached):
        if name == status:
            break
        period = r4.Period(start=stamp(since) if since else None, end=stamp(until) if until else None)
        past.append(r4.EncounterStatusHistory(status=name, period=period))
    return past


def diagnosis(id: str, visit: DayVisit, item: Diagnosis, *, recorder: r4.Reference, at: datetime) -> r4.Condition:
    """A diagnosis of the visit as US Core's encounter diagnosis."""
    return r4.Condition(
        id=id,
        meta=meta("us-core-condition-encounter-diagnosis"),
        clinicalStatus=concept(CLINICAL, "active"),
        verificationStatus=concept(VERIFICATION, "confirmed"),
        category=[concept(CONDITION_CATEGORY, "encounter-diagnosis", "Encounter diagnosis")],
        code=concept(icd10.SYSTEM, item.code, item.description),
        subject=reference("Patient", visit.patient),
        encounter=reference("Encounter", visit.encounter),
        recordedDate=stamp(at),
        recorder=recorder,
    )


@dataclass(frozen=True)
class Signed:
    """A signed text: which note it belongs to, its title, its digest, by whom and when."""

    note: int
    title: str
    text: str
    digest: str
    author: r4.Reference
    at: datetime


def document(id: str, visit: DayVisit, signed: Signed, *, appends: str = "") -> r4.DocumentReference:
    """The signed text as a document. ``appends`` is the id of the document that an addendum belongs to."""
    content = signed.text.encode()
    attachment = r4.Attachment(
        contentType="text/plain; charset=utf-8",
        data=base64.b64encode(content).decode(),
        size=len(content),
        # R4 defines this member as SHA-1; the digest that proves the text is the identifier below.
        hash=base64.b64encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode(),
        title=signed.title,
        creation=stamp(signed.at),
    )
    relation = (
        r4.DocumentReferenceRelatesTo(code="appends", target=reference("DocumentReference", appends))
        if appends
        else None
    )
    return r4.DocumentReference(
        id=id,
        meta=meta("us-core-documentreference"),
        identifier=[
            r4.Identifier(system=NOTE, value=str(signed.note)),
            r4.Identifier(system=DIGEST, value=signed.digest),
        ],
        status="current",
        docStatus="final",
        type=concept(LOINC, PROGRESS_NOTE, "Progress note"),
        category=[concept(NOTE_CATEGORY, "clinical-note", "Clinical Note")],
        subject=reference("Patient", visit.patient),
        date=stamp(signed.at),
        author=[signed.author],
        relatesTo=[relation] if relation else (),
        description=signed.title,
        content=[r4.DocumentReferenceContent(attachment=attachment)],
        context=r4.DocumentReferenceContext(
            encounter=[reference("Encounter", visit.encounter)],
            period=r4.Period(start=stamp(visit.starts), end=stamp(visit.ends)),
        ),
    )


def is_signed(found: r4.DocumentReference) -> bool:
    """Whether the document is the text of a signed note or addendum."""
    return any(item.system == NOTE for item in found.identifier)

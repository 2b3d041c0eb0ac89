"""The problem list: Condition resources of US Core's problem list item, coded in ICD-10-CM.

Problems that another system wrote in another code system are shown with the words they came with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import msgspec

from chartdesk.ehr.charting.resources import CLINICAL, CONDITION_CATEGORY, VERIFICATION
from chartdesk.ehr.elements import (
    clinician,
    code_in,
    concept,
    date_of,
    meta,
    reference,
    stamp,
    status_of,
    words,
)
from chartdesk.kit import clock, live
from chartdesk.kit.errors import Conflict, Invalid
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.record import search, store
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import r4
from chartdesk.standards.terminology import icd10

ACTIVE = ("active", "recurrence", "relapse")


@dataclass(frozen=True)
class Problem:
    """One entry of the problem list.

    ``status`` is active, inactive, resolved, recurrence, relapse, remission.
    """

    condition_id: str
    version: int
    code: str
    description: str
    status: str
    onset: date | None
    ended: date | None
    note: str

    @property
    def text(self) -> str:
        """The entry in one line: ``Essential (primary) hypertension (I10)``."""
        return f"{self.description} ({self.code})" if self.code else self.description


def add(
    subject: Subject,
    patient_id: str,
    code: str,
    *,
    onset: date | None = None,
    encounter_id: str = "",
    note: str = "",
) -> str:
    """Put an ICD-10-CM ``code`` on the patient's list; returns the Condition's id.

    Raises NotFound for a code that is not billable, Conflict when it is an active problem already, Invalid
    for an onset in the future.
    """
    subject.require(Role.CLINICIAN, Role.NURSE)
    found = icd10.lookup(code)
    if onset and onset > clock.today(practice_of(subject).zone):
        raise Invalid(f"{onset} is in the future.", where="onset", cure="Give the day on which it began.")
    with transaction(subject):
        store.get(subject, "Patient", patient_id, why="problem list")
        advisory_lock("problems", subject.practice, patient_id)
        if any(problem.code == found.code for problem in active(subject, patient_id)):
            raise Conflict(f"{found.code} {found.description} is on the list already.", where="code")
        condition = r4.Condition(
            meta=meta("us-core-condition-problems-health-concerns"),
            clinicalStatus=concept(CLINICAL, "active"),
            verificationStatus=concept(VERIFICATION, "confirmed"),
            category=[concept(CONDITION_CATEGORY, "problem-list-item", "Problem List Item")],
            code=concept(icd10.SYSTEM, found.code, found.description),
            subject=reference("Patient", patient_id),
            encounter=reference("Encounter", encounter_id) if encounter_id else None,
            onsetDateTime=onset.isoformat() if onset else None,
            recordedDate=stamp(clock.now()),
            recorder=clinician(subject),
            note=[r4.Annotation(text=note)] if note else (),
        )
        stored = store.put(subject, condition)
        live.announce(subject, "chart", patient_id)
    return stored.id


def resolve(subject: Subject, condition_id: str, *, on: date | None = None, version: int | None = None) -> None:
    """Say that a problem is over since ``on`` (today). Raises Stale, Conflict when it is not active."""
    subject.require(Role.CLINICIAN, Role.NURSE)
    with transaction(subject):
        condition = store.read(subject, r4.Condition, condition_id)
        if status_of(condition.clinicalStatus) not in ACTIVE:
            raise Conflict("This problem is not active.", where="status")
        ended = on or clock.today(practice_of(subject).zone)
        began = date_of(condition.onsetDateTime)
        if began and ended < began:
            raise Invalid(f"It cannot end on {ended}, before it began on {began}.", where="on")
        changed = msgspec.structs.replace(
            condition, clinicalStatus=concept(CLINICAL, "resolved"), abatementDateTime=ended.isoformat()
        )
        stored = store.put(subject, changed, expect=version)
        live.announce(subject, "chart", stored.patient)


def active(subject: Subject, patient_id: str) -> list[Problem]:
    """The active problems, the newest entry last."""
    return [problem for problem in every(subject, patient_id) if problem.status in ACTIVE]


def every(subject: Subject, patient_id: str) -> list[Problem]:
    """The whole list with what is over; entries made in error are left out."""
    asked = [("patient", patient_id), ("category", f"{CONDITION_CATEGORY}|problem-list-item")]
    found = [_view(stored) for stored in search.all(subject, "Condition", asked)]
    kept = [(recorded, problem) for recorded, problem in found if problem is not None]
    return [problem for _, problem in sorted(kept, key=lambda pair: pair[0])]


def _view(stored: Stored) -> tuple[str, Problem | None]:
    condition = stored.resource
    assert isinstance(condition, r4.Condition)
    if status_of(condition.verificationStatus) == "entered-in-error":
        return "", None
    problem = Problem(
        condition_id=stored.id,
        version=stored.version,
        code=code_in(condition.code, [icd10.SYSTEM]),
        description=words(condition.code),
        status=status_of(condition.clinicalStatus) or "active",
        onset=date_of(condition.onsetDateTime),
        ended=date_of(condition.abatementDateTime),
        note=" ".join(item.text or "" for item in condition.note),
    )
    return condition.recordedDate or condition.onsetDateTime or "", problem

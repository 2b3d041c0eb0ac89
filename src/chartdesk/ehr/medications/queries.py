"""Reading the medication list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chartdesk.ehr.elements import code_in, date_of, status_of, words
from chartdesk.ehr.medications.rules import AllergyOnFile
from chartdesk.kit.transactions import reading
from chartdesk.record import search
from chartdesk.record.access import Subject
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import r4
from chartdesk.standards.terminology import substances

#: Statuses of a MedicationRequest whose medicine is being taken.
ACTIVE = ("active", "on-hold")


@dataclass(frozen=True)
class Medication:
    """One entry of the list. ``dosage`` is the instruction in words; ``reported``: told by the patient."""

    request_id: str
    version: int
    name: str
    rxnorm: str
    dosage: str
    status: str
    started: date | None
    requester: str
    reported: bool
    stop_reason: str

    @property
    def text(self) -> str:
        """The entry in one line: ``lisinopril, 10 mg once a day``."""
        return f"{self.name}, {self.dosage}" if self.dosage else self.name


def active(subject: Subject, patient_id: str) -> list[Medication]:
    """What the patient takes now, by name."""
    return [item for item in every(subject, patient_id) if item.status in ACTIVE]


def every(subject: Subject, patient_id: str) -> list[Medication]:
    """The whole list with what was stopped, by name; entries made in error are left out."""
    with reading(subject):
        found = [view(stored) for stored in search.all(subject, "MedicationRequest", [("patient", patient_id)])]
    kept = [item for item in found if item.status not in ("entered-in-error", "draft")]
    return sorted(kept, key=lambda item: (item.name.casefold(), item.started or date.min))


def allergies_on_file(subject: Subject, patient_id: str) -> list[AllergyOnFile]:
    """The active allergies, as far as a comparison of names needs them."""
    found = []
    for stored in search.all(subject, "AllergyIntolerance", [("patient", patient_id)]):
        allergy = stored.resource
        assert isinstance(allergy, r4.AllergyIntolerance)
        if (status_of(allergy.clinicalStatus) or "active") == "active":
            found.append(AllergyOnFile(words(allergy.code), code_in(allergy.code, [substances.RXNORM])))
    return found


def view(stored: Stored) -> Medication:
    """A MedicationRequest as an entry of the list."""
    found = stored.resource
    assert isinstance(found, r4.MedicationRequest)
    named = words(found.medicationCodeableConcept)
    if not named and found.medicationReference:
        named = found.medicationReference.display or "a medicine kept elsewhere in the record"
    return Medication(
        request_id=stored.id,
        version=stored.version,
        name=named,
        rxnorm=code_in(found.medicationCodeableConcept, [substances.RXNORM]),
        dosage="; ".join(item.text for item in found.dosageInstruction if item.text),
        status=found.status or "unknown",
        started=date_of(found.authoredOn),
        requester=(found.requester.display or "") if found.requester else "",
        reported=bool(found.reportedBoolean),
        stop_reason=words(found.statusReason),
    )

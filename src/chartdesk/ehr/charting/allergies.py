"""Allergies: AllergyIntolerance resources of US Core.

Three states differ and are shown apart: nobody asked, none known, and the list. "None known" is a resource of
its own, which the first allergy ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import msgspec

from chartdesk.ehr.elements import clinician, code_in, concept, meta, reference, stamp, status_of, words
from chartdesk.kit import clock, live
from chartdesk.kit.errors import Conflict, Invalid
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.record import search, store
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import r4
from chartdesk.standards.terminology import substances

CLINICAL = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"
VERIFICATION = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification"
SNOMED = "http://snomed.info/sct"
#: SNOMED CT: no known allergy.
NONE_KNOWN = "716186003"
CATEGORIES = ("medication", "food", "environment", "biologic")
_ONSET = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
SEVERITIES = ("mild", "moderate", "severe")


@dataclass(frozen=True)
class Allergy:
    """One entry of the list. ``none_known`` is the entry that says there are none."""

    allergy_id: str
    version: int
    substance: str
    rxnorm: str
    category: str
    reaction: str
    severity: str
    status: str
    none_known: bool = False
    #: Since when, as far as that is known: ``2015``, ``2015-03`` or a day.
    onset: str = ""

    @property
    def text(self) -> str:
        """The entry in one line: ``penicillin: rash (severe)``."""
        felt = f": {self.reaction}" if self.reaction else ""
        return f"{self.substance}{felt}" + (f" ({self.severity})" if self.severity else "")


def add(
    subject: Subject,
    patient_id: str,
    substance: str,
    *,
    category: str = "medication",
    reaction: str = "",
    severity: str = "",
    onset: str = "",
    encounter_id: str = "",
) -> str:
    """Put an allergy to ``substance`` (words) on the patient's list; returns the AllergyIntolerance's id.

    ``onset`` is a year, a month or a day. Raises Invalid for empty words, an unknown category or severity, an onset
    that is none or lies in the future, Conflict when it is on the list already.
    """
    subject.require(Role.CLINICIAN, Role.NURSE)
    name, onset = " ".join(substance.split()), onset.strip()
    _check(name, category, reaction, severity)
    _check_onset(onset, clock.today(practice_of(subject).zone))
    with transaction(subject):
        store.get(subject, "Patient", patient_id, why="allergies")
        advisory_lock("allergies", subject.practice, patient_id)
        present = active(subject, patient_id)
        if any(item.substance.casefold() == name.casefold() for item in present):
            raise Conflict(f"{name} is on the list already.", where="substance")
        for item in present:
            if item.none_known:
                _end(subject, item.allergy_id, None)
        felt = r4.AllergyIntoleranceReaction(manifestation=[concept("", "", reaction)], severity=severity or None)
        stored = store.put(
            subject,
            msgspec.structs.replace(
                _entry(subject, patient_id, encounter_id),
                category=[category],
                code=concept(substances.RXNORM, substances.rxnorm_of(name), name),
                reaction=[felt] if reaction else (),
                onsetDateTime=onset or None,
            ),
        )
        live.announce(subject, "chart", patient_id)
    return stored.id


def record_none(subject: Subject, patient_id: str, *, encounter_id: str = "") -> str:
    """Say that the patient was asked and knows of none. Raises Conflict while the list holds one."""
    subject.require(Role.CLINICIAN, Role.NURSE)
    with transaction(subject):
        store.get(subject, "Patient", patient_id, why="allergies")
        advisory_lock("allergies", subject.practice, patient_id)
        present = active(subject, patient_id)
        if any(not item.none_known for item in present):
            raise Conflict("The list holds an allergy.", cure="Withdraw it first if it is wrong.")
        if present:
            return present[0].allergy_id
        none = msgspec.structs.replace(
            _entry(subject, patient_id, encounter_id), code=concept(SNOMED, NONE_KNOWN, "No known allergies")
        )
        stored = store.put(subject, none)
        live.announce(subject, "chart", patient_id)
    return stored.id


def withdraw(subject: Subject, allergy_id: str, *, version: int | None = None) -> None:
    """Take an allergy off the active list; it stays in the history.

    Raises Stale, Conflict when it is off already.
    """
    subject.require(Role.CLINICIAN, Role.NURSE)
    with transaction(subject):
        live.announce(subject, "chart", _end(subject, allergy_id, version))


def active(subject: Subject, patient_id: str) -> list[Allergy]:
    """The active entries, in the order in which they were recorded; empty when nobody asked."""
    found = [_view(stored) for stored in search.all(subject, "AllergyIntolerance", [("patient", patient_id)])]
    kept = [(recorded, item) for recorded, item in found if item.status == "active"]
    return [item for _, item in sorted(kept, key=lambda pair: pair[0])]


def _check(name: str, category: str, reaction: str, severity: str) -> None:
    if not name or len(name) > 200:
        raise Invalid("An allergy needs the name of its substance.", where="substance", cure="Such as penicillin.")
    if category not in CATEGORIES:
        raise Invalid(f"{category!r} is no category.", where="category", cure=f"One of {', '.join(CATEGORIES)}.")
    if severity and severity not in SEVERITIES:
        raise Invalid(f"{severity!r} is no severity.", where="severity", cure=f"One of {', '.join(SEVERITIES)}.")
    if severity and not reaction:
        raise Invalid("A severity belongs to a reaction.", where="reaction", cure="Say what happened.")


def _check_onset(onset: str, today: date) -> None:
    if not onset:
        return
    try:
        if not _ONSET.fullmatch(onset):
            raise ValueError(onset)
        # A year or a month stands for its first day.
        first = date.fromisoformat(f"{onset}-01-01"[:10])
    except ValueError:
        cure = "Write a year, a month or a day: 2015, 2015-03 or 2015-03-21."
        raise Invalid(f"{onset!r} is no date.", where="onset", cure=cure) from None
    if first > today:
        raise Invalid(f"{onset} is in the future.", where="onset", cure="Say since when it is known.")


def _entry(subject: Subject, patient_id: str, encounter_id: str) -> r4.AllergyIntolerance:
    return r4.AllergyIntolerance(
        meta=meta("us-core-allergyintolerance"),
        clinicalStatus=concept(CLINICAL, "active"),
        verificationStatus=concept(VERIFICATION, "confirmed"),
        patient=reference("Patient", patient_id),
        encounter=reference("Encounter", encounter_id) if encounter_id else None,
        recordedDate=stamp(clock.now()),
        recorder=clinician(subject),
    )


def _end(subject: Subject, allergy_id: str, version: int | None) -> str:
    found = store.read(subject, r4.AllergyIntolerance, allergy_id)
    if status_of(found.clinicalStatus) != "active":
        raise Conflict("This allergy is not active.", where="status")
    ended = msgspec.structs.replace(found, clinicalStatus=concept(CLINICAL, "inactive"))
    return store.put(subject, ended, expect=version).patient


def _view(stored: Stored) -> tuple[str, Allergy]:
    found = stored.resource
    assert isinstance(found, r4.AllergyIntolerance)
    wrong = status_of(found.verificationStatus) in ("entered-in-error", "refuted")
    felt = [words(item) for reaction in found.reaction for item in reaction.manifestation]
    item = Allergy(
        allergy_id=stored.id,
        version=stored.version,
        substance=words(found.code),
        rxnorm=code_in(found.code, [substances.RXNORM]),
        category=next((category for category in found.category if category), ""),
        reaction=", ".join(text for text in felt if text),
        severity=next((reaction.severity for reaction in found.reaction if reaction.severity), ""),
        status="withdrawn" if wrong else status_of(found.clinicalStatus) or "active",
        none_known=code_in(found.code, [SNOMED]) == NONE_KNOWN,
        onset=(found.onsetDateTime or "")[:10],
    )
    return found.recordedDate or "", item

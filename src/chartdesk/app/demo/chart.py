"""The clinical side of the diary: allergies, problems, medications, vital signs, and the note."""

from __future__ import annotations

import dataclasses
import random
from decimal import Decimal

from chartdesk.app.demo import cases, story
from chartdesk.app.demo.people import Invented
from chartdesk.app.demo.plan import Planned
from chartdesk.ehr.charting import allergies, problems, vitals
from chartdesk.ehr.charting import commands as charting
from chartdesk.ehr.charting import queries as charts
from chartdesk.ehr.charting.content import Diagnosis, NoteContent, Procedure, Vitals
from chartdesk.ehr.medications import commands as medications
from chartdesk.ehr.medications import queries as medication_list
from chartdesk.pms.charges import levels
from chartdesk.record.access.subject import Role, Subject


def history(subject: Subject, person: Invented, chance: random.Random) -> None:
    """What a new patient brings along: an allergy, sometimes."""
    if chance.random() < 0.2:
        substance, reaction = chance.choice(cases.ALLERGIES)
        allergies.add(subject, person.patient_id, substance, reaction=reaction)


def write(subject: Subject, visit: Planned, practitioner: str, chance: random.Random) -> None:
    """Take the vital signs and write the note, unsigned."""
    case, patient = visit.case, visit.invented.patient_id
    day = charts.of_appointment(subject, visit.appointment_id)
    vitals.record(subject, day.encounter_id, _vitals(visit, chance))
    note = charts.note(subject, day.encounter_id)
    charting.save_note(
        _clinician(subject, visit, practitioner),
        note.note_id,
        NoteContent(
            sections={
                "subjective": case.subjective,
                "objective": case.objective,
                "assessment": case.assessment,
                "plan": case.plan,
            },
            diagnoses=[Diagnosis(code) for code in case.diagnoses],
            procedures=[
                Procedure(code=code, modifiers=list(modifiers), units=Decimal(units), pointers=list(pointers))
                for code, modifiers, units, pointers in case.procedures
            ],
            minutes=_spent(case, chance.randint(12, 28)),
        ),
        version=note.version,
    )
    if chance.random() < 0.8:
        _lists(subject, visit, patient)


def _spent(case: cases.Case, minutes: int) -> int:
    """The minutes of a visit, within the time of its level; now and then somebody wrote down too few."""
    spans = [span for code, *_ in case.procedures if (span := levels.minutes_of(code))]
    if not spans or minutes > 26:
        return minutes
    shortest, longest = spans[0]
    return min(max(minutes, shortest), longest)


def sign(subject: Subject, visit: Planned, practitioner: str) -> None:
    """Sign the note as the clinician who wrote it."""
    day = charts.of_appointment(subject, visit.appointment_id)
    note = charts.note(subject, day.encounter_id)
    charting.sign(_clinician(subject, visit, practitioner), note.note_id, version=note.version)


def _lists(subject: Subject, visit: Planned, patient: str) -> None:
    known = {problem.code for problem in problems.active(subject, patient)}
    for code in visit.case.problems:
        if code not in known:
            problems.add(subject, patient, code)
    taken = {medication.text for medication in medication_list.active(subject, patient)}
    for text in visit.case.medications:
        if text.replace(" ", ", ", 1) not in taken:
            name, _, dosage = text.partition(" ")
            medications.add(subject, patient, name, dosage=dosage)


def _vitals(visit: Planned, chance: random.Random) -> Vitals:
    systolic, diastolic = visit.case.pressure
    grown = min(visit.invented.age, 18)
    height = 30 + 2 * grown + chance.randint(-2, 3)
    weight = 25 + 8 * grown + chance.randint(-4, 2 + grown)
    return Vitals(
        systolic=Decimal(systolic + chance.randint(-8, 10)),
        diastolic=Decimal(diastolic + chance.randint(-6, 7)),
        pulse=Decimal(chance.randint(60, 96)),
        temperature_f=Decimal(chance.randint(976, 992)) / 10,
        respirations=Decimal(chance.randint(12, 20)),
        spo2=Decimal(chance.randint(95, 100)),
        weight_lb=Decimal(weight),
        height_in=Decimal(height),
    )


def _clinician(subject: Subject, visit: Planned, practitioner: str) -> Subject:
    who = story.CLINICIANS[visit.clinician]
    return dataclasses.replace(
        subject, name=f"{who.given} {who.family}", practitioner=practitioner,
        roles=frozenset({Role.CLINICIAN, Role.SYSTEM}), purpose="TREAT",
    )  # fmt: skip

"""The clinical side of the diary: allergies, problems, medications, vital signs, and the note."""

from __future__ import annotations

import dataclasses
import random

from chartdesk.app.demo import cases
from chartdesk.app.demo.people import Invented
from chartdesk.app.demo.plan import Planned
from chartdesk.ehr.charting import allergies, problems, vitals
from chartdesk.ehr.charting import commands as charting
from chartdesk.ehr.charting import queries as charts
from chartdesk.ehr.medications import commands as medications
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
        _clinician(subject, practitioner),
        note.note_id,
        charting.NoteContent(
            sections={
                "subjective": case.subjective,
                "objective": case.objective,
                "assessment": case.assessment,
                "plan": case.plan,
            },
            diagnoses=list(case.diagnoses),
            procedures=[
                charting.ProcedureDone(code=code, modifiers=list(modifiers), units=units, pointers=list(pointers))
                for code, modifiers, units, pointers in case.procedures
            ],
            minutes=chance.randint(12, 28),
        ),
        version=note.version,
    )
    if chance.random() < 0.8:
        _lists(subject, visit, patient)


def sign(subject: Subject, visit: Planned, practitioner: str) -> None:
    """Sign the note as the clinician who wrote it."""
    day = charts.of_appointment(subject, visit.appointment_id)
    note = charts.note(subject, day.encounter_id)
    charting.sign(_clinician(subject, practitioner), note.note_id, version=note.version)


def _lists(subject: Subject, visit: Planned, patient: str) -> None:
    known = {problem.code for problem in problems.active(subject, patient)}
    for code in visit.case.problems:
        if code not in known:
            problems.add(subject, patient, code)
    taken = {medication.text for medication in medications.active(subject, patient)}
    for text in visit.case.medications:
        if text not in taken:
            medications.add(subject, patient, text)


def _vitals(visit: Planned, chance: random.Random) -> vitals.Vitals:
    systolic, diastolic = visit.case.pressure
    grown = min(visit.invented.age, 18) / 18
    height = 30 + 37 * grown + chance.randint(-3, 4)
    weight = 25 + 145 * grown * grown + chance.randint(-12, 30) * grown
    return vitals.Vitals(
        systolic=systolic + chance.randint(-8, 10),
        diastolic=diastolic + chance.randint(-6, 7),
        pulse=chance.randint(60, 96),
        temperature_f=round(97.6 + chance.random() * 1.6, 1),
        respirations=chance.randint(12, 20),
        spo2=chance.randint(95, 100),
        weight_lb=round(weight, 1),
        height_in=round(height, 1),
    )


def _clinician(subject: Subject, practitioner: str) -> Subject:
    return dataclasses.replace(
        subject, practitioner=practitioner, roles=frozenset({Role.CLINICIAN, Role.SYSTEM}), purpose="TREAT"
    )

"""Problems, allergies, vital signs and templates: the chart that every visit reads."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from chartdesk.ehr.charting import allergies, problems, templates, vitals
from chartdesk.ehr.charting.content import Vitals
from chartdesk.ehr.charting.templates import NoteTemplate, Section
from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, Forbidden, Gone, Invalid, NotFound, Stale
from chartdesk.record import store
from chartdesk.standards.fhir import r4


def test_a_problem_is_added_once_and_resolved(clinician, patient):
    id = problems.add(clinician, patient, "e119", onset=date(2020, 1, 5), note="diet first")
    with pytest.raises(Conflict, match="on the list already"):
        problems.add(clinician, patient, "E11.9")
    [problem] = problems.active(clinician, patient)
    assert (problem.code, problem.onset, problem.note) == ("E11.9", date(2020, 1, 5), "diet first")
    condition = store.read(clinician, r4.Condition, id)
    assert condition.category[0].coding[0].code == "problem-list-item"
    with pytest.raises(Stale):
        problems.resolve(clinician, id, version=7)
    with pytest.raises(Invalid, match="before it began"):
        problems.resolve(clinician, id, on=date(2019, 1, 1))
    problems.resolve(clinician, id, version=problem.version)
    assert problems.active(clinician, patient) == []
    assert [item.status for item in problems.every(clinician, patient)] == ["resolved"]
    with pytest.raises(Conflict, match="not active"):
        problems.resolve(clinician, id)
    problems.add(clinician, patient, "E11.9")


def test_a_problem_needs_a_billable_code_a_patient_and_a_past(clinician, desk, patient):
    with pytest.raises(NotFound, match="E11 is not a billable"):
        problems.add(clinician, patient, "E11")
    with pytest.raises((NotFound, Gone)):
        problems.add(clinician, "nobody", "I10")
    with pytest.raises(Invalid, match="in the future"):
        problems.add(clinician, patient, "I10", onset=date(2999, 1, 1))
    with pytest.raises(Forbidden):
        problems.add(desk, patient, "I10")


def test_problems_of_other_systems_are_shown_with_their_words(subject, clinician, patient):
    foreign = r4.Condition(
        category=[
            r4.CodeableConcept(
                coding=[
                    r4.Coding(
                        system="http://terminology.hl7.org/CodeSystem/condition-category",
                        code="problem-list-item",
                    )
                ]
            )
        ],
        code=r4.CodeableConcept(coding=[r4.Coding(system="http://snomed.info/sct", code="1", display="Odd thing")]),
        subject=r4.Reference(reference=f"Patient/{patient}"),
    )
    store.put(subject, foreign)
    [problem] = problems.active(clinician, patient)
    assert (problem.code, problem.description, problem.text) == ("", "Odd thing", "Odd thing")


def test_not_asked_none_known_and_the_list_differ(clinician, patient):
    assert allergies.active(clinician, patient) == []
    none = allergies.record_none(clinician, patient)
    assert allergies.record_none(clinician, patient) == none
    assert [item.none_known for item in allergies.active(clinician, patient)] == [True]
    id = allergies.add(clinician, patient, "Penicillin", reaction="hives", severity="moderate")
    [item] = allergies.active(clinician, patient)
    assert (item.none_known, item.text) == (False, "Penicillin: hives (moderate)")
    with pytest.raises(Conflict, match="already"):
        allergies.add(clinician, patient, "penicillin")
    with pytest.raises(Conflict, match="holds an allergy"):
        allergies.record_none(clinician, patient)
    allergies.withdraw(clinician, id, version=item.version)
    assert allergies.active(clinician, patient) == []
    with pytest.raises(Conflict):
        allergies.withdraw(clinician, id)


def test_known_ingredients_are_coded(clinician, patient):
    allergies.add(clinician, patient, "codeine")
    assert allergies.active(clinician, patient)[0].rxnorm == "2670"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"substance": " "}, "needs the name"),
        ({"substance": "milk", "category": "animal"}, "no category"),
        ({"substance": "milk", "reaction": "rash", "severity": "awful"}, "no severity"),
        ({"substance": "milk", "severity": "mild"}, "belongs to a reaction"),
    ],
)
def test_an_allergy_that_says_nothing_is_refused(clinician, patient, given, words):
    with pytest.raises(Invalid, match=words):
        allergies.add(clinician, patient, **given)


def test_vital_signs_become_observations_and_come_back(nurse, patient, encounter):
    taken = Vitals(
        systolic=Decimal(128),
        diastolic=Decimal(82),
        pulse=Decimal(72),
        temperature_f=Decimal("98.6"),
        spo2=Decimal(98),
        weight_lb=Decimal("150.5"),
        height_in=Decimal(65),
    )
    made = vitals.record(nurse, encounter, taken)
    assert len(made) == 7  # pressure, pulse, temperature, saturation, weight, height, body mass index
    [found] = vitals.of_encounter(nurse, patient, encounter)
    assert found.values["bmi"] == Decimal("25.0") and found.unusual == []
    assert found.line == (
        "BP 128/82, pulse 72, temperature 98.6 °F, oxygen saturation 98 %, weight 150.5 lb, height 65 in, BMI 25 kg/m²"
    )
    pressure = store.read(nurse, r4.Observation, made[0])
    assert pressure.code.coding[0].code == "85354-9"
    assert [part.valueQuantity.code for part in pressure.component] == ["mm[Hg]", "mm[Hg]"]
    assert pressure.encounter.reference == f"Encounter/{encounter}"


def test_the_last_vital_signs_are_the_newest(nurse, patient, encounter):
    first = datetime(2026, 3, 2, 14, 40, tzinfo=UTC)
    vitals.record(nurse, encounter, Vitals(pulse=Decimal(90)), at=first)
    [id] = vitals.record(nurse, encounter, Vitals(pulse=Decimal(80)), at=first + timedelta(minutes=5))
    assert vitals.last(nurse, patient).values == {"pulse": Decimal(80)}
    vitals.withdraw(nurse, id)
    assert vitals.last(nurse, patient).values == {"pulse": Decimal(90)}
    with pytest.raises(Conflict):
        vitals.withdraw(nurse, id)


def test_impossible_vital_signs_are_refused_together(nurse, patient, encounter):
    with pytest.raises(Invalid) as refused:
        vitals.record(nurse, encounter, Vitals(systolic=Decimal(80), diastolic=Decimal(120), pulse=Decimal(3)))
    assert [issue.rule for issue in refused.value.issues] == ["pressure-order", "vital-impossible"]
    assert vitals.last(nurse, patient) is None
    with pytest.raises(NotFound):
        vitals.record(nurse, "nothing", Vitals(pulse=Decimal(70)))


def test_a_practice_may_keep_its_own_template(subject, clinician, desk):
    assert {t.code for t in templates.templates(clinician)} == set(templates.BUILT_IN)
    own = NoteTemplate("sick", "Our sick visit", tuple(Section(key, key.upper(), ("?",)) for key in templates.KEYS))
    templates.set_template(subject, own)
    assert templates.template_of(clinician, "sick") == own
    assert templates.template_of(clinician, "unheard of").code == "office"
    assert own in templates.templates(clinician)
    with pytest.raises(Forbidden):
        templates.set_template(desk, own)
    with pytest.raises(Invalid, match="sections"):
        templates.set_template(subject, NoteTemplate("x", "x", (Section("plan", "Plan"),)))


def test_the_clock_decides_what_the_future_is(clinician, patient):
    with clock.at(datetime(2020, 1, 1, 12, tzinfo=UTC)), pytest.raises(Invalid, match="in the future"):
        problems.add(clinician, patient, "I10", onset=date(2020, 1, 2))

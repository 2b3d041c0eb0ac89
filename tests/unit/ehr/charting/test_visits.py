"""The day list follows the scheduler's notices: once, in any order, without loss."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from chartdesk.ehr.charting import commands, problems, queries, vitals
from chartdesk.ehr.charting.content import Demographics, Vitals
from chartdesk.ehr.charting.models import DayVisit, Note
from chartdesk.ehr.medications import commands as medications
from chartdesk.kit import worklist
from chartdesk.kit.errors import Conflict, Forbidden, Invalid, NotFound
from chartdesk.kit.transactions import transaction
from chartdesk.record import audit, history, store
from chartdesk.standards.fhir import r4

DAY = date(2026, 3, 2)


def _encounter(subject, encounter_id) -> r4.Encounter:
    return store.read(subject, r4.Encounter, encounter_id)


def test_a_notice_puts_the_visit_on_the_day_with_a_prepared_note(subject, clinician, nurse, patient, notice):
    problems.add(clinician, patient, "I10")
    medications.add(clinician, patient, "lisinopril", dosage="10 mg once a day")
    encounter = commands.expect_visit(subject, notice)
    [visit] = queries.day(clinician, clinician.practitioner, DAY)
    assert (visit.encounter_id, visit.patient_name, visit.reason) == (encounter, "Ivy Moss", "sore throat")
    assert (visit.note_status, visit.note_started) == ("draft", False)
    note = queries.note(clinician, encounter)
    texts = {section.key: section.text for section in note.sections}
    assert "Reason for visit: sore throat" in texts["subjective"]
    assert "- lisinopril, 10 mg once a day" in texts["subjective"]
    assert "Allergies: none on file, not asked" in texts["subjective"]
    assert "Essential (primary) hypertension (I10)" in texts["assessment"]
    assert note.template_name == "Sick visit" and all(section.questions for section in note.sections)


def test_the_same_notice_again_changes_nothing(subject, notice):
    encounter = commands.expect_visit(subject, notice)
    assert commands.expect_visit(subject, notice) == encounter
    assert len(history.versions(subject, "Encounter", encounter)) == 1
    with transaction(subject):
        assert DayVisit.objects.count() == Note.objects.count() == 1


def test_the_encounter_follows_the_visit(subject, notice, roomed):
    encounter = commands.expect_visit(subject, notice)
    assert _encounter(subject, encounter).status == "planned"
    commands.expect_visit(subject, replace(notice, status="arrived", arrived=roomed.arrived))
    assert _encounter(subject, encounter).status == "arrived"
    commands.expect_visit(subject, roomed)
    found = _encounter(subject, encounter)
    assert found.status == "in-progress" and [past.status for past in found.statusHistory] == [
        "planned",
        "arrived",
    ]
    departed = roomed.ends + timedelta(minutes=3)
    commands.expect_visit(subject, replace(roomed, status="departed", departed=departed))
    found = _encounter(subject, encounter)
    assert found.status == "finished" and found.period.end == "2026-03-02T14:53:00.000Z"
    assert found.appointment[0].reference == "Appointment/a1"


def test_what_others_wrote_into_the_encounter_stays(subject, notice, roomed):
    encounter = commands.expect_visit(subject, notice)
    found = _encounter(subject, encounter)
    found.serviceType = r4.CodeableConcept(text="family medicine")
    store.put(subject, found)
    commands.expect_visit(subject, roomed)
    found = _encounter(subject, encounter)
    assert (found.status, found.serviceType.text) == ("in-progress", "family medicine")


def test_an_untouched_note_is_kept_up_to_date_and_a_touched_one_is_not(subject, clinician, notice, content):
    encounter = commands.expect_visit(subject, notice)
    commands.expect_visit(subject, replace(notice, reason="sore throat and fever"))
    note = queries.note(clinician, encounter)
    assert "sore throat and fever" in note.sections[0].text
    commands.save_note(clinician, note.note_id, content, version=0)
    commands.expect_visit(subject, replace(notice, reason="something else"))
    assert queries.note(clinician, encounter).sections[0].text == content.sections["subjective"]


def test_vital_signs_of_the_visit_come_into_the_untouched_note(nurse, clinician, encounter):
    vitals.record(nurse, encounter, Vitals(pulse=Decimal(72), temperature_f=Decimal(101)))
    note = queries.note(clinician, encounter)
    assert "pulse 72, temperature 101 °F" in note.sections[1].text
    assert note.vitals[0].unusual == ["temperature_f"]


def test_a_cancelled_visit_leaves_the_day_and_comes_back(subject, clinician, notice):
    encounter = commands.expect_visit(subject, notice)
    commands.visit_cancelled(subject, "a1")
    assert queries.day(clinician, "", DAY) == []
    assert [v.status for v in queries.day(clinician, "", DAY, withdrawn=True)] == ["cancelled"]
    assert _encounter(subject, encounter).status == "cancelled"
    commands.visit_cancelled(subject, "a1")
    commands.visit_cancelled(subject, "never heard of")
    assert commands.expect_visit(subject, notice) == encounter
    assert _encounter(subject, encounter).status == "planned"


def test_a_signed_visit_keeps_what_was_charged(subject, clinician, signed, roomed):
    commands.expect_visit(subject, replace(roomed, practitioner="other", starts=roomed.starts + timedelta(days=1)))
    view = queries.signed(subject, signed)
    assert (view.service_date, view.practitioner) == (DAY, clinician.practitioner)
    commands.visit_cancelled(subject, "a1")
    assert _encounter(subject, signed).status == "finished"
    with transaction(subject):
        [item] = worklist.items(subject, kinds=["signed_visit_withdrawn"])
    assert item.about == f"Patient/{roomed.patient_id}"
    commands.expect_visit(subject, replace(roomed, status="departed", departed=roomed.ends))
    [visit] = queries.day(subject, "", DAY)
    assert (visit.status, visit.note_status) == ("departed", "signed")


def test_a_visit_stays_with_its_patient(subject, notice):
    encounter = commands.expect_visit(subject, notice)
    with pytest.raises(Conflict, match="is a visit of Patient"):
        commands.expect_visit(subject, replace(notice, patient_id="other"))
    found = _encounter(subject, encounter)
    found.subject = r4.Reference(reference="Patient/other")
    with pytest.raises(Conflict, match="is a visit of Patient"):
        store.put(subject, found)
    with pytest.raises(Conflict, match="on the day list"):
        store.delete(subject, "Encounter", encounter)


def test_the_day_is_the_practices_own(subject, clinician, notice):
    late = replace(notice, starts=notice.starts.replace(hour=4, minute=30))
    commands.expect_visit(subject, replace(late, ends=late.starts + timedelta(minutes=20)))
    assert queries.day(clinician, "", DAY) == []
    assert len(queries.day(clinician, "", date(2026, 3, 1))) == 1
    assert len(queries.day(clinician, "", DAY, "UTC")) == 1
    assert queries.day(clinician, "somebody else", date(2026, 3, 1)) == []


def test_demographics_and_coverage_reach_the_day(subject, clinician, patient, notice):
    commands.expect_visit(subject, notice)
    assert commands.demographics_changed(subject, Demographics(patient, "Ivy Fern-Moss", mrn="10001")) == 1
    assert commands.coverage_changed(subject, patient, "Self-pay", appointment_id="a1") == 1
    commands.expect_visit(subject, replace(notice, patient_name="Ivy Fern-Moss", coverage_summary=None))
    [visit] = queries.day(clinician, "", DAY)
    assert (visit.patient_name, visit.coverage_summary) == ("Ivy Fern-Moss", "Self-pay")
    assert [v.appointment_id for v in queries.of_patient(clinician, patient)] == ["a1"]


def test_offered_procedures_are_found_by_code_and_words(subject, clinician):
    commands.offer_procedures(subject, [("99213", "Office visit, low"), ("99214", "Office visit, moderate")])
    commands.offer_procedures(subject, [("99213", "Office visit, low"), ("87880", "Rapid strep test")])
    found = queries.search_procedures(clinician, "9921")
    assert [row.code for row in found] == ["99213"]
    assert [row.code for row in queries.search_procedures(clinician, "test rapid")] == ["87880"]
    assert queries.search_procedures(clinician, " % ") == queries.search_procedures(clinician, "") == []
    with pytest.raises(Invalid, match="no CPT or HCPCS"):
        commands.offer_procedures(subject, [("9921", "short")])


def test_bad_notices_and_strangers_are_refused(subject, desk, encounter, notice):
    with pytest.raises(Invalid, match="no step"):
        commands.expect_visit(subject, replace(notice, status="gone"))
    with pytest.raises(Invalid, match="does not withdraw"):
        commands.visit_cancelled(subject, "a1", status="booked")
    with pytest.raises(Forbidden):
        queries.note(desk, encounter)
    with pytest.raises(NotFound):
        queries.note(subject, "nothing")
    with pytest.raises(NotFound):
        queries.of_appointment(subject, "nothing")
    assert queries.of_appointment(desk, "a1").encounter_id == encounter


def test_reading_the_day_and_the_note_is_noted(clinician, nurse, patient, encounter):
    problems.add(nurse, patient, "I10")
    queries.day(clinician, "", DAY)
    queries.note(clinician, encounter)
    seen = {(row.action, row.what) for row in audit.trail(clinician, patient) if row.actor == "user:1"}
    assert {("R", "visit"), ("R", "note"), ("R", "Condition")} <= seen

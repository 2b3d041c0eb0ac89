"""A document from outside comes in, is laid beside the chart and decided item by item; summaries go out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from tests.samples import ccda_written as sample

from chartdesk.kit.errors import Conflict, Forbidden, Invalid

pytestmark = pytest.mark.usefixtures("database")
HOSPITAL = Path(__file__).resolve().parents[3] / "samples" / "ccda" / "hospital_transition.xml"


@pytest.fixture
def chart(nurse, patient):
    """A chart that knows hypertension, an allergy to sulfa, and lisinopril at another dose."""
    from chartdesk.ehr.charting import allergies, problems
    from chartdesk.ehr.medications import commands as medications

    problems.add(nurse, patient, "I10")
    allergies.add(nurse, patient, "sulfa medicines", reaction="rash")
    medications.add(nurse, patient, "lisinopril 10 mg tablet", dosage="one a day")
    return patient


@pytest.fixture
def incoming(nurse, chart):
    from chartdesk.ehr.reconciling import commands

    return commands.receive(nurse, chart, HOSPITAL.read_bytes(), source="uploaded")


def _lines(subject, incoming):
    from chartdesk.ehr.reconciling import queries

    found = queries.reconciliation(subject, incoming).lines
    return {line.theirs.words if line.theirs else line.ours.words: line for lines in found.values() for line in lines}


def _decide(subject, incoming, words, choice, **more):
    from chartdesk.ehr.reconciling import commands

    line = _lines(subject, incoming)[words]
    return commands.decide(subject, incoming, line.kind, line.key, choice, seen=line.seen, **more)


def test_a_document_lies_beside_the_chart(clinician, incoming, chart):
    from chartdesk.ehr.reconciling import queries

    found = queries.reconciliation(clinician, incoming)
    states = {words: line.state for words, line in _lines(clinician, incoming).items()}
    assert states == {
        "Exercise-induced angina": "new",
        "Hypertensive disorder": "same",
        "Pneumonia": "past",
        "Type 2 diabetes mellitus": "past",
        "Penicillin": "new",
        "Bee sting": "new",
        "sulfa medicines": "ours",
        "lisinopril 20 MG Oral Tablet": "differs",
    }
    assert found.undecided == 4 and found.silent == []
    assert found.view.custodian == "Lakeside Hospital" and found.view.state == "open"


def test_a_document_that_was_taken_in_by_hand_is_one_piece_of_work(incoming, subject):
    from chartdesk.kit import worklist
    from chartdesk.kit.transactions import transaction

    with transaction(subject):
        assert [one.kind for one in worklist.items(subject)] == ["outside_document"]


def test_each_decision_goes_through_the_chart_and_is_kept(clinician, incoming, chart, subject):
    from chartdesk.ehr.charting import allergies, problems
    from chartdesk.ehr.medications import queries as medications
    from chartdesk.ehr.reconciling import commands, queries
    from chartdesk.kit import worklist
    from chartdesk.kit.transactions import transaction
    from chartdesk.record import search

    _decide(clinician, incoming, "Exercise-induced angina", "add")
    _decide(clinician, incoming, "Penicillin", "add")
    _decide(clinician, incoming, "Bee sting", "leave", note="never had one")
    _decide(clinician, incoming, "lisinopril 20 MG Oral Tablet", "take")
    _decide(clinician, incoming, "sulfa medicines", "keep")
    assert [(one.code, one.onset and one.onset.isoformat()) for one in problems.active(clinician, chart)] == [
        ("I10", None),
        ("I20.89", "2026-07-11"),
    ]
    assert [one.text for one in allergies.active(clinician, chart)] == [
        "sulfa medicines: rash",
        "Penicillin: Hives (severe)",
    ]
    assert [one.onset for one in allergies.active(clinician, chart)] == ["", "2007-05-01"]
    (taken,) = medications.active(clinician, chart)
    assert (taken.name, taken.dosage, taken.reported) == (
        "lisinopril 20 MG Oral Tablet", "1 tablet by mouth every day", True,
    )  # fmt: skip
    commands.finish(clinician, incoming)
    found = queries.reconciliation(clinician, incoming)
    assert found.view.state == "done" and found.view.closed_name == "Ada Okafor"
    kept = {one.theirs or one.ours: one for decisions in found.decisions.values() for one in decisions}
    assert {words: one.choice for words, one in kept.items()} == {
        "Exercise-induced angina": "add",
        "Penicillin": "add",
        "Bee sting": "leave",
        "lisinopril 20 MG Oral Tablet": "take",
        "sulfa medicines": "keep",
    }
    assert kept["Bee sting"].note == "never had one" and kept["Penicillin"].name == "Ada Okafor"
    changed = kept["lisinopril 20 MG Oral Tablet"].changed
    assert [name.partition("/")[0] for name in changed] == ["MedicationRequest"] * 2
    with transaction(subject):
        assert list(worklist.items(subject, kinds=["outside_document"])) == []
        (traced,) = search.all(subject, "Provenance", [("target", changed[-1])])
    assert traced.resource.entity[0].what.reference == f"DocumentReference/{found.view.document_id}"


def test_nothing_enters_a_chart_by_itself(clinician, incoming, chart):
    from chartdesk.ehr.charting import problems

    assert [one.code for one in problems.every(clinician, chart)] == ["I10"]


def test_a_decision_is_made_once_and_about_what_was_seen(clinician, nurse, incoming, chart):
    from chartdesk.ehr.medications import commands as medications
    from chartdesk.ehr.medications import queries
    from chartdesk.ehr.reconciling import commands

    seen = _lines(clinician, incoming)["lisinopril 20 MG Oral Tablet"]
    (ours,) = queries.active(clinician, chart)
    medications.stop(nurse, ours.request_id)
    with pytest.raises(Conflict, match="chart has changed"):
        commands.decide(clinician, incoming, seen.kind, seen.key, "take", seen=seen.seen)
    _decide(clinician, incoming, "Bee sting", "leave")
    key = next(line for line in [seen]).key
    with pytest.raises(Invalid, match="no choice"):
        commands.decide(clinician, incoming, "medications", key, "resolve")
    commands.decide(clinician, incoming, "medications", key, "keep")
    with pytest.raises(Conflict, match="decided already"):
        commands.decide(clinician, incoming, "medications", key, "keep")


def test_a_problem_without_a_code_needs_one(clinician, nurse, patient):
    from chartdesk.ehr.charting import problems
    from chartdesk.ehr.reconciling import commands

    raw = HOSPITAL.read_bytes().replace(b'code="I20.89"', b'code="Z"')
    incoming = commands.receive(nurse, patient, raw)
    with pytest.raises(Invalid, match="without a billable"):
        _decide(clinician, incoming, "Exercise-induced angina", "add")
    _decide(clinician, incoming, "Exercise-induced angina", "add", code="I20.9")
    (made,) = problems.active(clinician, patient)
    assert made.code == "I20.9" and "Exercise-induced angina" in made.note


def test_finishing_with_items_left_is_said_and_kept(clinician, incoming):
    from chartdesk.ehr.reconciling import commands, queries

    with pytest.raises(Conflict, match="4 items are undecided"):
        commands.finish(clinician, incoming)
    commands.finish(clinician, incoming, rest=True)
    found = queries.reconciliation(clinician, incoming)
    assert {one.choice for decisions in found.decisions.values() for one in decisions} == {"leave", "keep"}
    with pytest.raises(Conflict, match="has finished"):
        commands.finish(clinician, incoming)


def test_the_same_document_twice_is_one_and_another_patients_is_refused(nurse, incoming, chart, subject):
    from chartdesk.ehr.reconciling import commands, queries
    from chartdesk.record import store
    from chartdesk.standards.fhir import r4

    raw = HOSPITAL.read_bytes()
    assert commands.receive(nurse, chart, raw) == incoming
    assert len(queries.waiting(nurse)) == 1
    other = store.put(subject, r4.Patient(name=[r4.HumanName(family="Fern")], birthDate="1970-01-01")).id
    with pytest.raises(Conflict, match="Ivy Rose Moss"):
        commands.receive(nurse, other, raw)
    assert commands.receive(nurse, other, raw, sure=True) != incoming


def test_two_records_of_one_patient_that_both_have_it_can_be_merged(nurse, incoming, chart, subject):
    from chartdesk.ehr.reconciling import commands, queries
    from chartdesk.kit.transactions import transaction
    from chartdesk.record import store
    from chartdesk.record.merging import rows
    from chartdesk.standards.fhir import r4

    name = r4.HumanName(family="Moss", given=["Ivy"])
    other = store.put(subject, r4.Patient(name=[name], birthDate="1980-05-04")).id
    commands.receive(nurse, other, HOSPITAL.read_bytes())
    with transaction(subject):
        rows.move(subject, other, chart)
    assert len(queries.of_patient(nurse, chart)) == 2


def test_what_its_sender_takes_back_or_sends_anew_waits_no_more(nurse, incoming, chart, subject):
    from chartdesk.ehr.reconciling import commands, queries
    from chartdesk.record import store
    from chartdesk.standards.fhir import r4

    later = HOSPITAL.read_bytes().replace(b"20260717114446.302-0500", b"20260718080000-0500")
    anew = commands.receive(nurse, chart, later.replace(b"Bee sting", b"Wasp sting"))
    assert [(one.incoming_id, one.state, one.note) for one in queries.of_patient(nurse, chart)] == [
        (anew, "open", ""),
        (incoming, "dismissed", "a later state of it has come"),
    ]
    assert b"Bee sting" in queries.original(nurse, incoming).content
    with pytest.raises(Conflict):
        commands.receive(nurse, chart, HOSPITAL.read_bytes().replace(b"Bee sting", b"Ant bite"))
    document = store.read(subject, r4.DocumentReference, queries.of_patient(nurse, chart)[0].document_id)
    store.put(subject, msgspec.structs.replace(document, status="entered-in-error"))
    assert queries.waiting(nurse) == []
    assert queries.of_patient(nurse, chart)[0].note == "withdrawn by its sender"


def test_taking_theirs_loses_nothing_that_only_ours_said(clinician, nurse, patient):
    from chartdesk.ehr.charting import allergies
    from chartdesk.ehr.reconciling import commands

    allergies.add(nurse, patient, "penicillin", category="biologic", reaction="rash", severity="mild")
    raw = HOSPITAL.read_bytes().replace(b'code="371924009"', b'code="0"').replace(b"Moderate to severe", b"unknown")
    incoming = commands.receive(nurse, patient, raw.replace(b'code="416098002"', b'code="419199007"'))
    _decide(clinician, incoming, "Penicillin", "take")
    (one,) = allergies.active(clinician, patient)
    assert (one.reaction, one.severity, one.category) == ("Hives", "mild", "medication")
    _decide(clinician, incoming, "Bee sting", "add")
    assert [one.category for one in allergies.active(clinician, patient)] == ["medication", "environment"]


def test_a_scanned_letter_hands_out_its_file(nurse, patient):
    from chartdesk.ehr.reconciling import commands, queries

    incoming = commands.receive(nurse, patient, HOSPITAL.with_name("scanned_letter.xml").read_bytes())
    assert queries.attached(nurse, incoming).content.startswith(b"%PDF")
    found = queries.reconciliation(nurse, incoming)
    assert found.silent == ["problems", "allergies", "medications"] and found.undecided == 0


def test_it_can_be_put_aside_with_a_reason(clinician, incoming, chart):
    from chartdesk.ehr.reconciling import commands, queries

    with pytest.raises(Invalid, match="Say why"):
        commands.dismiss(clinician, incoming, " ")
    commands.dismiss(clinician, incoming, "an old copy")
    (view,) = queries.of_patient(clinician, chart)
    assert (view.state, view.note) == ("dismissed", "an old copy")
    assert queries.original(clinician, incoming).content == HOSPITAL.read_bytes()


def test_who_may_not(desk, incoming, chart):
    from chartdesk.ehr.reconciling import commands, queries

    for call in (
        lambda: queries.reconciliation(desk, incoming),
        lambda: commands.finish(desk, incoming, rest=True),
        lambda: commands.write_summary(desk, chart),
    ):
        with pytest.raises(Forbidden):
            call()


def test_decisions_are_never_changed(clinician, incoming, subject):
    from django.db import DatabaseError

    from chartdesk.ehr.reconciling.models import Decision
    from chartdesk.kit.transactions import transaction

    _decide(clinician, incoming, "Bee sting", "leave")
    with pytest.raises(DatabaseError, match="never changed"), transaction(subject):
        Decision.objects.filter(practice=subject.practice).update(choice="add")


def test_a_summary_of_the_chart_is_written_kept_and_can_be_read(clinician, signed, patient, nurse):
    from chartdesk.ehr.charting import allergies
    from chartdesk.ehr.medications import commands as medications
    from chartdesk.ehr.reconciling import commands, queries
    from chartdesk.record import store
    from chartdesk.standards import ccda
    from chartdesk.standards.fhir import r4

    allergies.add(nurse, patient, "penicillin", reaction="hives", severity="severe", onset="2015-03")
    for wrong in ("2015-13", "spring", "2999"):
        with pytest.raises(Invalid):
            allergies.add(nurse, patient, "latex", onset=wrong)
    medications.add(nurse, patient, "metformin 500 mg", dosage="twice a day")
    number = commands.write_summary(clinician, patient, recipient="Lakeside Hospital")
    view, raw = queries.written(clinician, number)
    assert ccda.check(raw) == []
    found = ccda.read(raw)
    assert str(found.patient.name) == "Ivy Moss" and [one.name.family for one in found.authors] == ["Okafor"]
    assert [(one.substance.words, one.span.low) for one in found.items("allergies")] == [("penicillin", "2015-03")]
    assert [(one.drug.words, one.sig) for one in found.items("medications")] == [("metformin 500 mg", "twice a day")]
    (visit,) = found.items("encounters")
    assert [one.what.translations[0].code for one in visit.diagnoses] == ["J02.0"]
    document = store.read(clinician, r4.DocumentReference, view.document_id)
    assert document.type.coding[0].code == "34133-9" and document.content[0].attachment.url.startswith("Binary/")
    assert [one.recipient for one in queries.summaries(clinician, patient)] == ["Lakeside Hospital"]


def test_a_referral_needs_whom_and_why(clinician, patient):
    from chartdesk.ehr.reconciling import commands, queries
    from chartdesk.standards import ccda

    with pytest.raises(Invalid, match="whom it goes to"):
        commands.write_referral(clinician, patient, commands.Referral("Carl Hart", "", " "))
    asked = commands.Referral("Carl Hart", "Lakeside Cardiology", "Chest pain on exertion.", "Stable.")
    _, raw = queries.written(clinician, commands.write_referral(clinician, patient, asked))
    assert ccda.check(raw) == []
    found = ccda.read(raw)
    assert [str(one) for one in found.recipients] == ["Carl Hart, Lakeside Cardiology"]
    assert [section.text for section in found.sections[:1]] == ["Chest pain on exertion."]


def test_our_own_summary_in_the_same_chart_is_the_same_in_everything(clinician, nurse, chart):
    """What we write is read back as what we have: nothing new, nothing different."""
    from chartdesk.ehr.reconciling import commands, queries

    _, raw = queries.written(clinician, commands.write_summary(clinician, chart))
    incoming = commands.receive(nurse, chart, raw)
    found = queries.reconciliation(clinician, incoming)
    assert {line.state for lines in found.lines.values() for line in lines} == {"same"} and found.undecided == 0


def test_none_known_fills_a_list_that_nobody_filled(clinician, nurse, patient):
    from chartdesk.ehr.charting import allergies
    from chartdesk.ehr.reconciling import commands
    from chartdesk.standards import ccda

    name = replace(sample.PATIENT.name, family="Moss")
    given = replace(sample.BARE, patient=replace(sample.BARE.patient, name=name))
    incoming = commands.receive(nurse, patient, ccda.write(given))
    _decide(clinician, incoming, "No known allergies", "add")
    assert [one.none_known for one in allergies.active(clinician, patient)] == [True]

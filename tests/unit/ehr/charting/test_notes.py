"""The note: nothing written is lost, nothing signed is changed."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection

from chartdesk.ehr.charting import commands, queries, resources
from chartdesk.ehr.charting.content import Diagnosis, Procedure
from chartdesk.ehr.charting.models import Note
from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from chartdesk.kit.models import OutboxEvent
from chartdesk.kit.transactions import transaction
from chartdesk.record import search, store
from chartdesk.standards.fhir import r4


@pytest.fixture
def draft(clinician, encounter) -> int:
    return queries.note(clinician, encounter).note_id


def test_a_draft_is_saved_whatever_it_lacks(clinician, encounter, draft, content):
    half = replace(
        content,
        sections={"plan": "to be written"},
        diagnoses=[Diagnosis("E11", "diabetes, which?")],
        procedures=[Procedure("99213", pointers=[7])],
    )
    assert commands.save_note(clinician, draft, half, version=0) == 1
    note = queries.note(clinician, encounter)
    assert note.diagnoses == [Diagnosis("E11", "diabetes, which?")]
    assert note.procedures[0].pointers == [7]
    assert note.procedures[0].description == "Office visit, established patient, low complexity"
    assert {issue.rule for issue in note.issues} >= {"section-empty", "diagnosis-unbillable", "pointer-wrong"}


def test_codes_are_stored_as_they_are_written_properly(clinician, encounter, draft, content):
    typed = replace(content, diagnoses=[Diagnosis("j020")], procedures=[Procedure(" 99213 ", ["25 "], pointers=[1])])
    commands.save_note(clinician, draft, typed, version=0)
    note = queries.note(clinician, encounter)
    assert note.diagnoses == [Diagnosis("J02.0", "Streptococcal pharyngitis")]
    assert (note.procedures[0].code, note.procedures[0].modifiers) == ("99213", ["25"])


def test_the_second_writer_is_told_who_was_first(clinician, nurse, draft, content):
    with clock.at(clock.now().replace(2026, 3, 2, 14, 40)):
        commands.save_note(nurse, draft, content, version=0)
    with pytest.raises(Stale, match=r"Noor Haddad saved this note at 9:40 AM on Mar 2, 2026 \(version 1\)") as refused:
        commands.save_note(clinician, draft, content, version=0)
    assert refused.value.current == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"sections": {"gossip": "x"}}, "no section"),
        ({"sections": {"plan": "x" * 100_001}}, "cannot be stored"),
        ({"sections": {"plan": "\x00"}}, "cannot be stored"),
        ({"diagnoses": [Diagnosis("")]}, "no diagnosis code"),
        ({"procedures": [Procedure("992133")]}, "no procedure code"),
        ({"diagnoses": [Diagnosis("I10")] * 51}, "too many"),
        ({"minutes": 1441}, "not a time"),
    ],
)
def test_what_cannot_be_stored_is_refused(clinician, draft, content, change, words):
    with pytest.raises(Invalid, match=words):
        commands.save_note(clinician, draft, replace(content, **change), version=0)


def test_a_note_that_lacks_something_is_not_signed(clinician, encounter, draft):
    with pytest.raises(Invalid) as refused:
        commands.sign(clinician, draft, version=0)
    assert {"section-empty", "diagnosis-missing", "procedure-missing"} <= {i.rule for i in refused.value.issues}
    assert "Plan is empty." in str(refused.value)
    assert queries.note(clinician, encounter).status == "draft"


def test_signing_writes_the_document_the_diagnoses_and_the_event(clinician, patient, signed, content):
    note = queries.note(clinician, signed)
    assert (note.status, note.signed_name, note.issues) == ("signed", "Ada Okafor", [])
    document = store.read(clinician, r4.DocumentReference, note.document_id)
    text = base64.b64decode(document.content[0].attachment.data).decode()
    assert hashlib.sha256(text.encode()).hexdigest() == note.digest
    assert [i.value for i in document.identifier if i.system == resources.DIGEST] == [note.digest]
    for words in (
        *content.sections.values(),
        "1. J02.0 Streptococcal pharyngitis",
        "99213-25",
        "Time: 22 minutes",
    ):
        assert words in text
    assert queries.is_intact(clinician, signed)
    encounter = store.read(clinician, r4.Encounter, signed)
    conditions = [store.read(clinician, r4.Condition, d.condition.reference[10:]) for d in encounter.diagnosis]
    assert [c.code.coding[0].code for c in conditions] == ["J02.0"]
    assert encounter.status == "finished"
    event = OutboxEvent.objects.get(practice=clinician.practice, kind="EncounterSigned")
    assert event.stream == f"Patient/{patient}"
    assert event.payload == {"encounter_id": signed, "patient_id": patient, "appointment_id": "a1"}


def test_what_is_charged_is_what_was_signed(subject, clinician, patient, signed):
    view = queries.signed(subject, signed)
    assert (view.appointment_id, view.patient_id, view.practitioner) == (
        "a1",
        patient,
        clinician.practitioner,
    )
    assert (view.service_date, view.minutes, view.place_of_service) == (date(2026, 3, 2), 22, "11")
    assert [d.code for d in view.diagnoses] == ["J02.0"]
    assert [(p.code, p.modifiers, p.units, p.pointers) for p in view.procedures] == [
        ("99213", ["25"], 1, [1]),
        ("87880", [], 1, [1]),
    ]


def test_a_signed_note_takes_addenda_only(clinician, signed, content):
    note = queries.note(clinician, signed)
    with pytest.raises(Conflict, match="Ada Okafor has signed this note"):
        commands.save_note(clinician, note.note_id, content, version=note.version)
    with pytest.raises(Conflict):
        commands.sign(clinician, note.note_id, version=note.version)
    commands.addend(clinician, note.note_id, "  Culture came back negative.  ")
    after = queries.note(clinician, signed)
    assert [a.text for a in after.addenda] == ["Culture came back negative."]
    assert after.digest == note.digest and after.sections == note.sections
    stored = search.all(clinician, "DocumentReference", [("encounter", signed)])
    relations = [s.resource.relatesTo[0].target.reference for s in stored if s.resource.relatesTo]
    assert relations == [f"DocumentReference/{note.document_id}"]
    with pytest.raises(Invalid, match="needs a text"):
        commands.addend(clinician, note.note_id, " ")


def test_a_draft_takes_no_addendum(clinician, draft):
    with pytest.raises(Conflict, match="not signed"):
        commands.addend(clinician, draft, "late thought")
    with pytest.raises(NotFound):
        commands.addend(clinician, draft + 1000, "late thought")


def test_only_clinicians_sign(nurse, desk, draft, content):
    commands.save_note(nurse, draft, content, version=0)
    for somebody in (nurse, desk):
        with pytest.raises(Forbidden, match="clinician"):
            commands.sign(somebody, draft, version=1)
    with pytest.raises(Forbidden):
        commands.save_note(desk, draft, content, version=1)


def test_the_document_of_a_signed_note_does_not_change(clinician, subject, signed):
    id = queries.note(clinician, signed).document_id
    document = store.read(subject, r4.DocumentReference, id)
    document.description = "tampered"
    with pytest.raises(Conflict, match="is a signed note"):
        store.put(subject, document)
    with pytest.raises(Conflict, match="is a signed note"):
        store.delete(subject, "DocumentReference", id)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE charting_note SET sections = '{}' WHERE id = %s",
        "UPDATE charting_note SET status = 'draft' WHERE id = %s",
        "DELETE FROM charting_note WHERE id = %s",
        "UPDATE charting_notediagnosis SET code = 'I10' WHERE note_id = %s",
        "DELETE FROM charting_noteprocedure WHERE note_id = %s",
        """INSERT INTO charting_notediagnosis (practice, note_id, position, code, description)
           SELECT practice, id, 9, 'I10', '' FROM charting_note WHERE id = %s""",
        "UPDATE charting_addendum SET text = 'no' WHERE note_id = %s",
        "DELETE FROM charting_addendum WHERE note_id = %s",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_signed(clinician, signed, statement):
    note = queries.note(clinician, signed)
    commands.addend(clinician, note.note_id, "Later.")
    with (
        pytest.raises(IntegrityError, match="charting:"),
        transaction(clinician),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [note.note_id])


def test_the_database_refuses_an_addendum_to_a_draft_and_half_a_signature(clinician, draft):
    insert = (
        "INSERT INTO charting_addendum (practice, note_id, text, author, author_name, at, document)"
        " SELECT practice, id, 'x', '', '', now(), '' FROM charting_note WHERE id = %s"
    )
    with (
        pytest.raises(IntegrityError, match="not signed"),
        transaction(clinician),
        connection.cursor() as cursor,
    ):
        cursor.execute(insert, [draft])
    with pytest.raises(IntegrityError, match="note_signed_whole"), transaction(clinician):
        Note.objects.filter(pk=draft).update(status="signed")

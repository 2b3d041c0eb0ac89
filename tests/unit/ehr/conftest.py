"""A patient, a clinician, a nurse and a visit, in a practice of the test's own.

What needs Django is imported by the fixtures: this file is read before Django is set up.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

STARTS = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
OFFERED = [("99213", "Office visit, established patient, low complexity"), ("87880", "Rapid strep test")]
SECTIONS = {
    "subjective": "Sore throat for three days, no cough.",
    "objective": "Red throat, swollen nodes.",
    "assessment": "Strep pharyngitis, rapid test positive.",
    "plan": "Penicillin V ten days. Back if no better in three.",
}


def _member(subject, number: int, name: str, role: str, practitioner: str = ""):
    from chartdesk.record.access import Role, Subject

    return Subject(
        subject.practice,
        f"user:{number}",
        name,
        frozenset({Role(role)}),
        practitioner=practitioner,
        origin="test",
    )


@pytest.fixture
def clinician(subject):
    from chartdesk.record import store
    from chartdesk.standards.fhir import r4

    stored = store.put(subject, r4.Practitioner(name=[r4.HumanName(family="Okafor", given=["Ada"])]))
    return _member(subject, 1, "Ada Okafor", "clinician", stored.id)


@pytest.fixture
def nurse(subject):
    return _member(subject, 2, "Noor Haddad", "nurse")


@pytest.fixture
def desk(subject):
    return _member(subject, 3, "Dee Front", "front_desk")


@pytest.fixture
def patient(subject) -> str:
    from chartdesk.record import store
    from chartdesk.standards.fhir import r4

    name = r4.HumanName(family="Moss", given=["Ivy"])
    return store.put(subject, r4.Patient(name=[name], gender="female", birthDate="1980-05-04")).id


@pytest.fixture
def notice(subject, clinician, patient):
    from chartdesk.ehr.charting.content import VisitNotice

    return VisitNotice(
        appointment_id="a1",
        patient_id=patient,
        practitioner=clinician.practitioner,
        starts=STARTS,
        ends=STARTS + timedelta(minutes=20),
        visit_type="sick",
        visit_type_name="Sick visit",
        template="sick",
        reason="sore throat",
        coverage_summary="Acme PPO, copay $25.00",
        patient_name="Ivy Moss",
        birth_date=date(1980, 5, 4),
        sex="female",
        mrn="10001",
    )


@pytest.fixture
def roomed(notice):
    """The same visit once the patient is in the room."""
    return replace(
        notice,
        status="roomed",
        room="Exam 2",
        arrived=STARTS - timedelta(minutes=5),
        roomed=STARTS + timedelta(minutes=2),
    )


@pytest.fixture
def encounter(subject, roomed) -> str:
    """The encounter of the visit under way, with procedures to choose from."""
    from chartdesk.ehr.charting import commands

    commands.offer_procedures(subject, OFFERED)
    return commands.expect_visit(subject, roomed)


@pytest.fixture
def content():
    """A complete note."""
    from chartdesk.ehr.charting.content import Diagnosis, NoteContent, Procedure

    return NoteContent(
        sections=dict(SECTIONS),
        diagnoses=[Diagnosis("J02.0")],
        procedures=[Procedure("99213", ["25"], Decimal(1), [1]), Procedure("87880", [], Decimal(1), [1])],
        minutes=22,
    )


@pytest.fixture
def signed(clinician, encounter, content) -> str:
    """The encounter once its note is signed."""
    from chartdesk.ehr.charting import commands, queries

    view = queries.note(clinician, encounter)
    version = commands.save_note(clinician, view.note_id, content, version=view.version)
    commands.sign(clinician, view.note_id, version=version)
    return encounter

"""The medication list: added, stopped, compared with allergies by name and by nothing more."""

from __future__ import annotations

import pytest

from chartdesk.ehr.charting import allergies
from chartdesk.ehr.medications import commands, queries
from chartdesk.kit.errors import Conflict, Forbidden, Invalid, Stale
from chartdesk.kit.models import OutboxEvent
from chartdesk.record import store
from chartdesk.standards.fhir import r4


def test_a_medicine_is_added_listed_and_stopped(clinician, patient):
    added = commands.add(clinician, patient, " lisinopril ", dosage="10 mg once a day", reason="blood pressure")
    assert added.warnings == []
    [item] = queries.active(clinician, patient)
    assert (item.text, item.rxnorm, item.requester) == ("lisinopril, 10 mg once a day", "29046", "Ada Okafor")
    request = store.read(clinician, r4.MedicationRequest, added.request_id)
    assert (request.intent, request.status) == ("order", "active")
    with pytest.raises(Conflict, match="already"):
        commands.add(clinician, patient, "Lisinopril")
    with pytest.raises(Stale):
        commands.stop(clinician, added.request_id, version=9)
    commands.stop(clinician, added.request_id, reason="cough", version=item.version)
    assert queries.active(clinician, patient) == []
    [stopped] = queries.every(clinician, patient)
    assert (stopped.status, stopped.stop_reason) == ("stopped", "cough")
    with pytest.raises(Conflict, match="not active"):
        commands.stop(clinician, added.request_id)
    kinds = OutboxEvent.objects.filter(practice=clinician.practice).order_by("pk").values_list("kind", flat=True)
    assert [kind for kind in kinds if kind.startswith("Med")] == ["MedicationStarted", "MedicationStopped"]


def test_an_allergy_of_the_same_name_is_pointed_out_and_never_more(clinician, patient):
    allergies.add(clinician, patient, "Amoxicillin", reaction="rash")
    allergies.add(clinician, patient, "penicillin", reaction="rash")
    [warning] = commands.add(clinician, patient, "amoxicillin 500 mg capsule").warnings
    assert warning == (
        "Text match with an allergy on file: Amoxicillin. Names were compared, interactions were not checked."
    )
    assert commands.add(clinician, patient, "cephalexin").warnings == []


def test_what_the_patient_reports_is_marked(clinician, patient):
    commands.add(clinician, patient, "vitamin D", reported=True)
    assert [item.reported for item in queries.active(clinician, patient)] == [True]


def test_a_medicine_needs_a_name_and_a_clinical_hand(clinician, desk, patient):
    with pytest.raises(Invalid, match="needs a name"):
        commands.add(clinician, patient, "  ")
    with pytest.raises(Forbidden):
        commands.add(desk, patient, "aspirin")

"""$validate, and profiles that a program's writes are held to."""

from __future__ import annotations

from typing import Any

import pytest

US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/"
PATIENT = {
    "resourceType": "Patient",
    "identifier": [{"system": "http://a.example/mrn", "value": "77"}],
    "name": [{"family": "Moss", "given": ["Ivy"]}],
    "gender": "female",
    "birthDate": "1990-02-11",
}
CLAIMING = {**PATIENT, "meta": {"profile": [US_CORE + "us-core-patient"]}}
NAMELESS = {k: v for k, v in CLAIMING.items() if k != "name"}


def issues(api: Any, address: str, body: Any = None, method: str = "POST", status: int = 200) -> list[str]:
    """Severity, place and code of each issue."""
    outcome = api.json(method, address, body, status=status)
    return [" ".join([i["severity"], *i.get("expression", []), i["code"]]) for i in outcome["issue"]]


WELL = ["information informational"]


def parameters(resource: Any = None, **texts: str) -> dict[str, Any]:
    given: list[dict[str, Any]] = [{"name": name, "valueCode": text} for name, text in texts.items()]
    if resource is not None:
        given.append({"name": "resource", "resource": resource})
    return {"resourceType": "Parameters", "parameter": given}


def stored(api: Any) -> int:
    return int(api.json("GET", "Patient?_summary=count")["total"])


def test_content_alone(api):
    assert issues(api, "Patient/$validate", PATIENT) == WELL
    assert issues(api, "Patient/$validate", parameters(PATIENT)) == WELL
    assert issues(api, "Patient/$validate", {**PATIENT, "gender": "x"}) == ["error Patient.gender code-invalid"]
    assert issues(api, "Patient/$validate", {**PATIENT, "sex": "x"}) == ["error Patient.sex structure"]
    assert issues(api, "Observation/$validate", PATIENT) == ["error resourceType invalid"]
    assert issues(api, "Patient/$validate", b"{") == ["fatal structure"]
    assert stored(api) == 0


def test_a_profile_that_is_asked_for(api):
    profile = US_CORE + "us-core-patient"
    nameless = {k: v for k, v in PATIENT.items() if k != "name"}
    assert issues(api, f"Patient/$validate?profile={profile}", PATIENT) == WELL
    assert issues(api, f"Patient/$validate?profile={profile}|6.1.0", nameless) == ["error Patient.name required"]
    asked = parameters(nameless)
    asked["parameter"].append({"name": "profile", "valueUri": profile})
    assert issues(api, "Patient/$validate", asked) == ["error Patient.name required"]
    assert issues(api, "Patient/$validate?profile=http://hl7.org/fhir/StructureDefinition/Patient", nameless) == WELL


@pytest.mark.parametrize(
    "address",
    [
        "Patient/$validate?profile=http://a.example/own",
        "Patient/$validate?profile=" + US_CORE + "us-core-patient|9.0.0",
        "Patient/$validate?profile=http://hl7.org/fhir/StructureDefinition/Observation",
        "Patient/$validate?mode=look",
        "Patient/$validate?mode=delete",
        "Patient/$validate?how=well",
    ],
)
def test_what_cannot_be_asked(api, address):
    assert api.send("POST", address, PATIENT).status == 400


def test_nothing_to_validate(api):
    assert api.send("POST", "Patient/$validate", parameters(profile=US_CORE + "us-core-patient")).status == 400


def test_modes_try_the_write_and_take_it_back(api):
    id = api.json("POST", "Patient", PATIENT, status=201)["id"]
    twin = {**PATIENT, "name": [{"family": "Other"}]}
    here = {**PATIENT, "id": id}
    assert (
        issues(api, "Patient/$validate?mode=create", {**twin, "identifier": []} | {"identifier": [{"value": "2"}]})
        == WELL
    )
    assert issues(api, "Patient/$validate", parameters(here, mode="update")) == WELL
    assert issues(api, f"Patient/{id}/$validate", parameters(here, mode="update")) == WELL
    assert issues(api, f"Patient/{id}/$validate", parameters({**here, "id": "x"}, mode="update")) == [
        "error Patient.id processing"
    ]
    assert issues(api, "Patient/$validate?mode=update", PATIENT) == ["error Patient.id processing"]
    assert issues(api, f"Patient/{id}/$validate?mode=delete") == WELL
    assert issues(api, "Claim/$validate?mode=create", CLAIM, status=403) == ["error forbidden"]
    assert stored(api) == 1
    assert api.json("GET", f"Patient/{id}")["meta"]["versionId"] == "1"


CLAIM = {
    "resourceType": "Claim",
    "status": "active",
    "type": {"text": "x"},
    "use": "claim",
    "patient": {"reference": "Patient/1"},
    "created": "2026",
    "provider": {"reference": "Organization/1"},
    "priority": {"text": "normal"},
    "insurance": [{"sequence": 1, "focal": True, "coverage": {"reference": "Coverage/1"}}],
}


def test_an_appointment_that_would_not_fit_is_told_without_being_booked(api):
    """The rules of the schedule speak in a trial as they do in a write."""
    visit = {
        "resourceType": "Appointment",
        "status": "booked",
        "start": "2026-11-24T10:00:00-05:00",
        "end": "2026-11-24T10:20:00-05:00",
        "participant": [{"actor": {"reference": "Patient/nobody"}, "status": "accepted"}],
    }
    assert issues(api, "Appointment/$validate", visit) == WELL
    tried = api.send("POST", "Appointment/$validate?mode=create", visit)
    written = api.send("POST", "Appointment", visit)
    assert written.status >= 400
    assert tried.body == written.body


def test_what_is_stored(api):
    id = api.json("POST", "Patient", PATIENT, status=201)["id"]
    assert issues(api, f"Patient/{id}/$validate", method="GET") == WELL
    assert issues(api, f"Patient/{id}/$validate?profile={US_CORE}us-core-patient", method="GET") == WELL
    assert api.send("GET", "Patient/none/$validate").status == 404


def test_a_trial_needs_the_right_to_write(practice, client_of):
    reader = client_of(practice, "system/Patient.rs")
    assert issues(reader, "Patient/$validate", PATIENT) == WELL
    assert reader.send("POST", "Patient/$validate?mode=create", PATIENT).status == 403


def test_a_claimed_profile_is_checked_on_write(api):
    assert issues(api, "Patient", NAMELESS, status=422) == ["error Patient.name required"]
    assert issues(api, "Patient/$validate", NAMELESS) == ["error Patient.name required"]
    api.json("POST", "Patient", CLAIMING, status=201)
    unknown = {**NAMELESS, "meta": {"profile": ["http://a.example/own", US_CORE + "us-core-patient|9.0.0"]}}
    api.json("POST", "Patient", unknown, status=201)
    bundle = {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [{"resource": NAMELESS, "request": {"method": "POST", "url": "Patient"}}],
    }
    assert issues(api, "", bundle, status=422) == ["error Bundle.entry[0].resource.name required"]


@pytest.mark.parametrize(("mode", "told"), [("warn", ["warning Patient.name required"]), ("off", WELL), (False, WELL)])
def test_the_practice_decides_what_a_fault_does(api, practice, mode, told):
    practice.settings = {"check_profiles": mode}
    practice.save()
    assert issues(api, "Patient/$validate", NAMELESS) == told
    api.json("POST", "Patient", NAMELESS, status=201)


def test_the_practice_itself_is_not_held(subject):
    """A front desk may know less than a profile asks for."""
    import json

    from chartdesk.record import store

    assert store.put(subject, json.dumps(NAMELESS).encode()).version == 1

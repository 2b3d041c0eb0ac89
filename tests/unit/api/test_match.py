"""``Patient/$match``: the front desk's rules over FHIR."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("database")

GRADE = "http://hl7.org/fhir/StructureDefinition/match-grade"
ROSE = {
    "resourceType": "Patient",
    "name": [{"family": "Marlow", "given": ["Rosemary", "Ann"]}],
    "gender": "female",
    "birthDate": "1971-03-09",
    "telecom": [{"system": "phone", "value": "+16145550134", "use": "mobile"}],
    "address": [{"line": ["12 Elm St"], "city": "Columbus", "state": "OH", "postalCode": "43215"}],
    "identifier": [
        {"system": "urn:partner:mrn", "value": "A-77|1"},
        {"system": "http://hl7.org/fhir/sid/us-ssn", "value": "123456789"},
    ],
}


@pytest.fixture
def rose(api):
    return api.json("POST", "Patient", ROSE, status=201)["id"]


def _match(client, patient, status=200, **more):
    body = {"resourceType": "Parameters", "parameter": [{"name": "resource", "resource": patient}]}
    for name, value in more.items():
        body["parameter"].append({"name": name, f"value{'Boolean' if isinstance(value, bool) else 'Integer'}": value})
    return client.json("POST", "Patient/$match", body, status=status)


def _graded(bundle):
    entries = [one for one in bundle.get("entry", []) if one["search"]["mode"] == "match"]
    for one in entries:
        assert one["search"]["extension"][0]["url"] == GRADE
    return [(e["resource"]["id"], e["search"]["extension"][0]["valueCode"], e["search"]["score"]) for e in entries]


def _like(**changes):
    found = {name: value for name, value in ROSE.items() if name in ("resourceType", "name", "gender", "birthDate")}
    return {name: value for name, value in {**found, **changes}.items() if value is not None}


@pytest.mark.parametrize(
    ("patient", "grade"),
    [
        (ROSE, "certain"),
        (_like(), "probable"),
        (_like(name=[{"family": "Marlowe", "given": ["Rose"]}]), "probable"),
        (_like(telecom=[{"system": "phone", "value": "(614) 555-0134"}]), "certain"),
        (_like(birthDate="1971-09-03", telecom=[{"system": "phone", "value": "614.555.0134"}]), "probable"),
        (_like(birthDate=None), "possible"),
        (_like(birthDate=None, identifier=[{"system": "urn:partner:mrn", "value": "A-77|1"}]), "probable"),
        (_like(identifier=[{"system": "http://hl7.org/fhir/sid/us-ssn", "value": "123-45-6789"}]), "certain"),
    ],
)
def test_grades(api, rose, patient, grade):
    found = _graded(_match(api, patient))
    assert [(id, said) for id, said, _ in found] == [(rose, grade)]
    assert 0.5 <= found[0][2] <= 1


@pytest.mark.parametrize(
    "patient",
    [
        _like(name=[{"family": "Quill", "given": ["Otto"]}], birthDate="1950-01-01"),
        _like(name=[{"family": "Quill"}], birthDate=None, identifier=[{"system": "urn:other", "value": "A-77|1"}]),
        _like(birthDate="1990-12-24"),
    ],
)
def test_strangers_are_not_found(api, rose, patient):
    assert _match(api, patient)["total"] == 0


def test_only_one_certain_match_or_nobody(api, rose):
    assert [one[0] for one in _graded(_match(api, ROSE, onlyCertainMatches=True))] == [rose]
    assert _graded(_match(api, _like(), onlyCertainMatches=True)) == []
    api.json("POST", "Patient", ROSE, status=201)
    found = _match(api, ROSE, onlyCertainMatches=True)
    assert _graded(found) == []
    assert found["entry"][0]["resource"]["issue"][0]["code"] == "multiple-matches"
    assert len(_graded(_match(api, ROSE))) == 2
    assert len(_graded(_match(api, ROSE, count=1))) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"resourceType": "Patient"}, 422),
        ({"resourceType": "Observation", "status": "final", "code": {"text": "x"}}, 400),
        ({"resourceType": "Parameters"}, 400),
        ({"resourceType": "Parameters", "parameter": [{"name": "color", "valueString": "red"}]}, 400),
        ({"resourceType": "Parameters", "parameter": [{"name": "count", "valueString": "many"}]}, 400),
    ],
)
def test_what_cannot_be_matched_is_said(api, body, status):
    assert api.json("POST", "Patient/$match", body, status=status)["issue"][0]["severity"] == "error"


def test_a_plain_patient_will_do(api, rose):
    assert [one[0] for one in _graded(api.json("POST", "Patient/$match", ROSE))] == [rose]


def test_it_needs_a_scope_for_all_patients_and_leaves_an_audit_row(api, practice, client_of, rose, subject):
    from chartdesk.record import audit

    _match(client_of(practice, "system/Observation.rs"), ROSE, status=403)
    _match(api, ROSE)
    assert {row.detail for row in audit.trail(subject, rose)} >= {"possible duplicate", "match"}

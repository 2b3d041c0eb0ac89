"""``Patient/$merge`` and its undo over FHIR."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("database")


def _patient(api, number, **more):
    content = {
        "resourceType": "Patient",
        "name": [{"family": "Marlow", "given": ["Rose"]}],
        "identifier": [{"system": "urn:partner", "value": f"P{number}"}],
        **more,
    }
    return api.json("POST", "Patient", content, status=201)["id"]


def _weight(api, patient):
    content = {
        "resourceType": "Observation",
        "status": "final",
        "code": {"text": "weight"},
        "subject": {"reference": f"Patient/{patient}"},
    }
    return api.json("POST", "Observation", content, status=201)["id"]


def _ask(client, operation, source, target, status=200, **more):
    sides = [("source", source), ("target", target)]
    rows = [{"name": f"{side}-patient", "valueReference": {"reference": f"Patient/{id}"}} for side, id in sides]
    rows += [{"name": name, "valueBoolean": value} for name, value in more.items()]
    found = client.json(
        "POST", f"Patient/{operation}", {"resourceType": "Parameters", "parameter": rows}, status=status
    )
    if status != 200:
        return found["issue"][0]["diagnostics"]
    return {one["name"]: one["resource"] for one in found["parameter"]}


def _subjects(api, patient):
    found = api.json("GET", f"Observation?patient={patient}")
    return [(one["resource"]["id"], one["resource"]["subject"]["reference"]) for one in found.get("entry", [])]


def test_preview_merge_and_undo(api):
    source, target = _patient(api, 1), _patient(api, 2)
    weight = _weight(api, source)
    seen = _ask(api, "$merge", source, target, preview=True)
    assert "1 Observation" in seen["outcome"]["issue"][0]["diagnostics"]
    assert {one["value"] for one in seen["result"]["identifier"]} == {"P1", "P2"}
    assert _subjects(api, source) == [(weight, f"Patient/{source}")]

    made = _ask(api, "$merge", source, target)
    assert made["result"]["id"] == target and made["result"]["link"][0]["type"] == "replaces"
    assert _subjects(api, target) == _subjects(api, source) == [(weight, f"Patient/{target}")]
    old = api.json("GET", f"Patient/{source}")
    assert old["active"] is False and old["link"][0]["other"]["reference"] == f"Patient/{target}"
    late = _weight(api, source)
    assert set(_subjects(api, target)) == {(weight, f"Patient/{target}"), (late, f"Patient/{target}")}

    undone = _ask(api, "$undo-merge", source, target)
    assert undone["result"]["id"] == source and "link" not in undone["result"]
    assert _subjects(api, source) == [(weight, f"Patient/{source}")]
    assert _subjects(api, target) == [(late, f"Patient/{target}")]
    assert "is not merged" in _ask(api, "$undo-merge", source, target, status=404)


def test_everything_and_bundles_under_the_old_id(api):
    source, target = _patient(api, 1), _patient(api, 2)
    weight = _weight(api, source)
    _ask(api, "$merge", source, target)
    found = api.json("GET", f"Patient/{source}/$everything")
    assert {one["resource"]["id"] for one in found["entry"] if one["search"]["mode"] == "match"} == {target, weight}
    entry = {
        "request": {"method": "POST", "url": "Observation"},
        "resource": {
            "resourceType": "Observation",
            "status": "final",
            "code": {"text": "pulse"},
            "subject": {"reference": f"Patient/{source}"},
        },
    }
    api.json("POST", "", {"resourceType": "Bundle", "type": "transaction", "entry": [entry]})
    assert {reference for _, reference in _subjects(api, target)} == {f"Patient/{target}"}


def test_patients_by_identifier(api):
    source, target = _patient(api, 1), _patient(api, 2)
    rows = [
        {"name": f"{side}-patient-identifier", "valueIdentifier": {"system": "urn:partner", "value": value}}
        for side, value in (("source", "P1"), ("target", "P2"))
    ]
    api.json("POST", "Patient/$merge", {"resourceType": "Parameters", "parameter": rows})
    assert api.json("GET", f"Patient/{source}")["active"] is False
    # Now both carry P1: it names nobody any more.
    again = api.json("POST", "Patient/$merge", {"resourceType": "Parameters", "parameter": rows}, status=422)
    assert "several patients" in again["issue"][0]["diagnostics"]
    assert target


def test_it_is_refused_with_the_reason(api, practice, client_of):
    ssn = "http://hl7.org/fhir/sid/us-ssn"
    one = _patient(api, 1, identifier=[{"system": ssn, "value": "123-45-6789"}])
    other = _patient(api, 2, identifier=[{"system": ssn, "value": "123456780"}])
    assert "different social security numbers" in _ask(api, "$merge", one, other, status=409)
    assert "different social" in _ask(api, "$merge", one, other, preview=True)["outcome"]["issue"][0]["diagnostics"]
    assert "two different patients" in _ask(api, "$merge", one, one, status=422)
    _ask(api, "$merge", one, "nobody", status=404)
    for scopes in (["system/Patient.cruds"], ["system/*.rs"]):
        _ask(client_of(practice, *scopes), "$merge", one, other, status=403)
    for rows in (
        [],
        [{"name": "source-patient", "valueString": "x"}],
        [{"name": "result-patient", "valueString": "x"}],
    ):
        api.json("POST", "Patient/$merge", {"resourceType": "Parameters", "parameter": rows}, status=400)


def test_a_token_for_one_patient_merges_nobody(api, practice):
    from chartdesk.kit.errors import Forbidden
    from chartdesk.pms.registration import merging
    from chartdesk.record.access.subject import Role, Subject

    source, target = _patient(api, 1), _patient(api, 2)
    scopes = frozenset({"patient/*.cruds"})
    app = Subject(practice.pk, "client:1", "App", frozenset({Role.CLIENT}), scopes=scopes, patient=source)
    for act in (merging.preview, merging.merge):
        with pytest.raises(Forbidden):
            act(app, source, target)


def test_another_practice_cannot_merge(api, client_of):
    from chartdesk.record.access import people

    source, target = _patient(api, 1), _patient(api, 2)
    elsewhere = people.open_practice(
        f"elsewhere-{source[-8:]}", "Elsewhere", npi="1993999998", tax_id="123456789", taxonomy="207Q00000X"
    )
    _ask(client_of(elsewhere, "system/*.cruds"), "$merge", source, target, status=404)
    assert api.json("GET", f"Patient/{source}").get("active") is not False

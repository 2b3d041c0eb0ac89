"""The bytes of documents as Binary: for whoever may read the document that speaks of them, in the form they ask for."""

from __future__ import annotations

import base64
import json
from typing import Any

from tests.unit.ehr.orders.test_orders import PDF, report

from chartdesk.ehr.orders import results
from chartdesk.ehr.orders.content import AttachmentIn
from chartdesk.record import store
from chartdesk.standards.fhir import r4


def _patient(subject: Any) -> str:
    """A patient with a document."""
    patient = store.put(subject, r4.Patient(name=[r4.HumanName(family="Moss")], gender="female")).id
    results.receive(subject, [report(patient, attachments=(AttachmentIn(PDF, "application/pdf", "Report"),))])
    return patient


def test_the_bytes_and_the_resource(api: Any, subject: Any) -> None:
    patient = _patient(subject)
    found = api.json("GET", f"DocumentReference?patient={patient}")["entry"][0]["resource"]
    address = found["content"][0]["attachment"]["url"]
    raw = api.send("GET", address, accept="application/pdf")
    assert (raw.status, raw.body, raw.headers["Content-Type"]) == (200, PDF, "application/pdf")
    made = json.loads(api.send("GET", address, accept="application/fhir+json").body)
    assert made["resourceType"] == "Binary" and base64.b64decode(made["data"]) == PDF
    assert made["securityContext"]["reference"] == f"DocumentReference/{found['id']}"


def test_in_a_batch_it_is_a_resource(api: Any, subject: Any) -> None:
    found = api.json("GET", f"DocumentReference?patient={_patient(subject)}")["entry"][0]["resource"]
    address = found["content"][0]["attachment"]["url"]
    batch = {"resourceType": "Bundle", "type": "batch", "entry": [{"request": {"method": "GET", "url": address}}]}
    (entry,) = api.json("POST", "", batch)["entry"]
    assert base64.b64decode(entry["resource"]["data"]) == PDF


def test_only_for_whoever_may_read_the_document(practice: Any, subject: Any, client_of: Any, api: Any) -> None:
    patient = _patient(subject)
    found = api.json("GET", f"DocumentReference?patient={patient}")["entry"][0]["resource"]
    address = found["content"][0]["attachment"]["url"]
    assert client_of(practice, "system/Binary.rs").send("GET", address).status == 403
    assert client_of(practice, "system/DocumentReference.rs").send("GET", address).status == 200


def test_others_binaries_are_read_as_any_resource(api: Any) -> None:
    stored = {"resourceType": "Binary", "id": "b1", "contentType": "text/plain", "data": "eHg="}
    assert api.send("PUT", "Binary/b1", stored).status == 201
    assert api.json("GET", "Binary/b1")["data"] == "eHg="
    assert api.send("GET", "Binary/b1", accept="application/pdf").status == 406
    assert api.send("GET", "Binary/none").status == 404

"""A published FHIR client (fhirclient, SMART Health IT) against the real server in a process of its own."""

from __future__ import annotations

from typing import Any

import pytest

fhirclient = pytest.importorskip("fhirclient.client")

from fhirclient.models.bundle import Bundle  # noqa: E402
from fhirclient.models.humanname import HumanName  # noqa: E402
from fhirclient.models.identifier import Identifier  # noqa: E402
from fhirclient.models.observation import Observation  # noqa: E402
from fhirclient.models.patient import Patient  # noqa: E402
from tests.conformance.serving import address, token_of  # noqa: E402

__all__ = ["address"]


@pytest.fixture
def smart(address: str, practice: Any) -> Any:
    """The client, with a token from the token endpoint."""
    from chartdesk.record.access import people

    identifier, secret = people.register_client(practice, "Partner", ["system/*.cruds"])
    token = token_of(address, identifier, secret)
    client = fhirclient.FHIRClient(settings={"app_id": "test", "api_base": address})
    client.prepare()
    client.server.auth.access_token = token
    assert client.ready
    return client


def moss() -> Any:
    patient = Patient()
    name = HumanName({"family": "Moss", "given": ["Ada"]})
    patient.name = [name]
    patient.gender = "female"
    patient.identifier = [Identifier({"system": "urn:example:mrn", "value": "77"})]
    return patient


def test_the_client_understands_the_capability_statement(smart: Any) -> None:
    statement = smart.server.capabilityStatement
    assert statement.fhirVersion == "4.0.1"
    assert {one.type for one in statement.rest[0].resource} >= {"Patient", "Observation"}


def test_create_read_update_search_delete(smart: Any) -> None:
    created = moss().create(smart.server)
    patient = Patient.read(created["id"], smart.server)
    assert patient.name[0].family == "Moss"
    patient.gender = "other"
    patient.update(smart.server)
    found = Patient.where({"identifier": "urn:example:mrn|77"}).perform_resources(smart.server)
    assert [one.gender for one in found] == ["other"]
    patient.delete(smart.server)
    with pytest.raises(Exception, match="410"):
        Patient.read(created["id"], smart.server)


def test_pages_are_followed(smart: Any) -> None:
    created = moss().create(smart.server)
    for _ in range(5):
        observation = Observation(
            {
                "status": "final",
                "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7"}]},
                "subject": {"reference": f"Patient/{created['id']}"},
                "valueQuantity": {"value": 61.5, "unit": "kg"},
            }
        )
        observation.create(smart.server)
    search = Observation.where({"patient": created["id"], "_count": "2"})
    assert len(list(search.perform_resources_iter(smart.server))) == 5


def test_a_transaction_is_answered(smart: Any) -> None:
    entry = {"resource": moss().as_json(), "request": {"method": "POST", "url": "Patient"}}
    bundle = Bundle({"type": "transaction", "entry": [entry]})
    # fhirclient posts a Bundle to its own type; a transaction goes to the base.
    answer = smart.server.post_json("", bundle.as_json())
    assert Bundle(answer.json()).entry[0].response.status == "201 Created"

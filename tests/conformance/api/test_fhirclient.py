"""A published FHIR client (fhirclient, SMART Health IT) against the real server in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

fhirclient = pytest.importorskip("fhirclient.client")

from fhirclient.models.bundle import Bundle  # noqa: E402
from fhirclient.models.humanname import HumanName  # noqa: E402
from fhirclient.models.identifier import Identifier  # noqa: E402
from fhirclient.models.observation import Observation  # noqa: E402
from fhirclient.models.patient import Patient  # noqa: E402


@pytest.fixture(scope="module")
def address(database: str, home: Path) -> Iterator[str]:
    """The address of a server on the database of this run."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "CHARTDESK_HOME": str(home), "HOST": "127.0.0.1", "PORT": str(port)}
    command = [sys.executable, "-m", "chartdesk.app", "serve"]
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        limit = time.monotonic() + 60
        while True:
            assert process.poll() is None, "the server ended"
            assert time.monotonic() < limit, "the server did not answer"
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/fhir/metadata", timeout=5).close()
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/fhir"
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(15)


@pytest.fixture
def smart(address: str, practice: Any) -> Any:
    """The client, with a token from the token endpoint."""
    from chartdesk.record.access import people

    identifier, secret = people.register_client(practice, "Partner", ["system/*.cruds"])
    form = urllib.parse.urlencode(
        {"grant_type": "client_credentials", "client_id": identifier, "client_secret": secret}
    )
    with urllib.request.urlopen(f"{address}/token", form.encode(), timeout=5) as answer:
        token = json.load(answer)["access_token"]
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

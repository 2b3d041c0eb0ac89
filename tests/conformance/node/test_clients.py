"""fhir-kit-client and MedplumClient against the real server over real sockets; their steps are in the scripts."""

from __future__ import annotations

from typing import Any

from tests.conformance.node.conftest import Script
from tests.conformance.serving import token_of


def test_fhir_kit_client(node: Script, address: str, practice: Any) -> None:
    from chartdesk.record.access import people

    token = token_of(address, *people.register_client(practice, "Kit", ["system/*.cruds"]))
    assert node("fhir-kit-client.mjs", BASE=address, TOKEN=token) == {"steps": 9}


def test_medplum_client(node: Script, address: str, practice: Any) -> None:
    from chartdesk.record.access import people

    identifier, secret = people.register_client(practice, "Medplum", ["system/*.cruds"])
    told = node("medplum.mjs", BASE=address, CLIENT_ID=identifier, CLIENT_SECRET=secret)
    assert told == {"steps": 8}

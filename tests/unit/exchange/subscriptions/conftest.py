"""A practice with a program that subscribes, over the FHIR interface, and a receiver on a socket."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.unit.api.conftest import Client, api, client_of, client_with
from tests.unit.exchange.subscriptions.receiver import Receiver, receiving

__all__ = ["api", "client_of", "client_with"]
EXTENSION = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/"


@pytest.fixture(autouse=True)
def local_endpoints() -> Iterator[None]:
    """Receivers of these tests listen on this machine, which the operator must allow."""
    from chartdesk.exchange.subscriptions import endpoints

    endpoints.use(endpoints.Policy(http=True, networks=endpoints.networks("127.0.0.0/8"), base="https://us.test/fhir"))
    yield
    endpoints.use(endpoints.Policy())


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


def wanted(endpoint: str, *, topic: str = "patient", content: str = "id-only", **more: Any) -> dict[str, Any]:
    """A Subscription as a program writes it; ``filters``, ``header``, ``heartbeat`` and so on."""
    extensions = [
        {"url": f"{EXTENSION}backport-{name}", kind: more[key]}
        for key, name, kind in (
            ("heartbeat", "heartbeat-period", "valueUnsignedInt"),
            ("timeout", "timeout", "valueUnsignedInt"),
            ("count", "max-count", "valuePositiveInt"),
        )
        if key in more
    ]
    made: dict[str, Any] = {
        "resourceType": "Subscription",
        "status": more.get("status", "requested"),
        "reason": "keep our list of patients up to date",
        "criteria": f"urn:chartdesk:subscription-topic:{topic}",
        "channel": {
            "type": "rest-hook",
            "endpoint": endpoint,
            "payload": "application/fhir+json",
            "_payload": {"extension": [{"url": f"{EXTENSION}backport-payload-content", "valueCode": content}]},
        },
    }
    if more.get("filters"):
        url = f"{EXTENSION}backport-filter-criteria"
        made["_criteria"] = {"extension": [{"url": url, "valueString": text} for text in more["filters"]]}
    if "header" in more:
        made["channel"]["header"] = more["header"]
    if "end" in more:
        made["end"] = more["end"]
    if extensions:
        made["channel"]["extension"] = extensions
    return made


@pytest.fixture
def subscribe(practice: Any, api: Client, receiver: Receiver) -> Callable[..., str]:
    """``subscribe(content="empty", …)``: an active subscription of ``api`` at the receiver; gives its id."""
    from chartdesk.exchange.subscriptions.delivery import deliver_all

    def made(client: Client = api, **asked: Any) -> str:
        created = client.json("POST", "Subscription", wanted(receiver.url, **asked), status=201)
        assert created["status"] == "requested"
        assert deliver_all(practice.pk) == 1
        assert client.json("GET", f"Subscription/{created['id']}")["status"] == "active"
        return str(created["id"])

    return made

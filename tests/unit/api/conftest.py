"""A client of the FHIR API: requests as the server hands them over, answers decoded."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest


@dataclass
class Client:
    """Sends requests to the handler with a token."""

    token: str
    headers: dict[str, str] = field(default_factory=dict)

    def send(self, method: str, address: str, body: Any = None, **headers: str) -> Any:
        """One request; a ``body`` that is not bytes is written as JSON; underscores become hyphens."""
        from chartdesk.api.fhir import Request, handle

        path, _, query = address.partition("?")
        given = {"host": "127.0.0.1:8000", "authorization": f"Bearer {self.token}", **self.headers}
        if body is not None:
            given["content-type"] = "application/fhir+json"
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        content = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        return handle(Request(method, f"/fhir/{path}".rstrip("/"), query, given, content, "192.0.2.7"))

    def json(self, method: str, address: str, body: Any = None, *, status: int = 200, **headers: str) -> Any:
        """The same, decoded, after comparing the status."""
        response = self.send(method, address, body, **headers)
        assert response.status == status, response.body
        return json.loads(response.body) if response.body else None


@pytest.fixture
def client_of() -> Callable[..., Client]:
    """Makes a client registered in a practice with some scopes, with a fresh token."""
    from chartdesk.record.access import people

    def made(practice: Any, *scopes: str) -> Client:
        identifier, secret = people.register_client(practice, "Partner", scopes)
        token, _ = people.issue_token(identifier, secret)
        return Client(token)

    return made


@pytest.fixture
def client_with() -> Callable[[str], Client]:
    """Makes a client that sends a given token."""
    return Client


@pytest.fixture
def api(practice: Any, client_of: Callable[..., Client]) -> Client:
    """A client that may do everything in a new practice."""
    return client_of(practice, "system/*.cruds")

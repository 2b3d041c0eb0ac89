"""Getting tokens, and what they open."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import pytest

from chartdesk.api.fhir import Request, Response, handle
from chartdesk.kit import clock
from chartdesk.kit.errors import Invalid
from chartdesk.record import audit
from chartdesk.record.access import people
from chartdesk.record.access.subject import Subject

FORM = "application/x-www-form-urlencoded"


def ask(body: str, **headers: str) -> Response:
    given = {"host": "127.0.0.1", "content-type": FORM, **headers}
    return handle(Request("POST", "/fhir/token", "", given, body.encode()))


def test_client_credentials_in_the_form_and_as_basic(practice: Any, client_with: Any) -> None:
    identifier, secret = people.register_client(practice, "Partner", ["system/Patient.rs", "system/Observation.rs"])
    response = ask(f"grant_type=client_credentials&client_id={identifier}&client_secret={secret}")
    content = json.loads(response.body)
    assert response.status == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert content["token_type"] == "Bearer"
    assert content["expires_in"] == 3600
    basic = base64.b64encode(f"{identifier}:{secret}".encode()).decode()
    content = json.loads(
        ask("grant_type=client_credentials&scope=system/Patient.rs", authorization=f"Basic {basic}").body
    )
    assert content["scope"] == "system/Patient.rs"
    client = client_with(content["access_token"])
    assert client.send("GET", "Patient").status == 200
    assert client.send("GET", "Observation").status == 403
    assert client.send("POST", "Patient", {"resourceType": "Patient"}).status == 403


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        ("grant_type=password", 400, "unsupported_grant_type"),
        ("grant_type=client_credentials", 401, "invalid_client"),
        ("grant_type=client_credentials&client_id=ID&client_secret=wrong", 401, "invalid_client"),
        (
            "grant_type=client_credentials&client_id=ID&client_secret=SECRET&scope=system/*.cruds",
            400,
            "invalid_scope",
        ),
    ],
)
def test_refusals_of_the_token_endpoint(practice: Any, body: str, status: int, error: str) -> None:
    identifier, secret = people.register_client(practice, "Partner", ["system/Patient.rs"])
    response = ask(body.replace("ID", identifier).replace("SECRET", secret))
    assert response.status == status
    assert json.loads(response.body)["error"] == error


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer nonsense", "Basic eDp5"])
def test_without_a_valid_token_nothing_opens(practice: Any, authorization: str, client_with: Any) -> None:
    response = client_with("").send("GET", "Patient", authorization=authorization)
    assert response.status == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert json.loads(response.body)["issue"][0]["code"] == "login"


def test_a_token_ends(practice: Any, client_of: Any) -> None:
    client = client_of(practice, "system/*.rs")
    assert client.send("GET", "Patient").status == 200
    with clock.at(clock.now() + timedelta(hours=2)):
        assert client.send("GET", "Patient").status == 401


def test_scopes_of_version_one_work(practice: Any, client_of: Any) -> None:
    reader, writer = client_of(practice, "system/Patient.read"), client_of(practice, "system/Patient.write")
    assert writer.send("PUT", "Patient/p", {"resourceType": "Patient", "id": "p"}).status == 201
    assert writer.send("GET", "Patient/p").status == 403
    assert reader.send("GET", "Patient/p").status == 200
    assert reader.send("DELETE", "Patient/p").status == 403


def test_a_scope_that_cannot_be_read_is_not_registered(practice: Any) -> None:
    with pytest.raises(Invalid):
        people.register_client(practice, "Partner", ["everything"])


def test_the_audit_says_who_from_where_and_on_which_request(practice: Any, subject: Subject, client_of: Any) -> None:
    client = client_of(practice, "system/*.cruds")
    client.json("PUT", "Patient/p", {"resourceType": "Patient", "id": "p"}, status=201, x_request_id="r-1")
    client.json("GET", "Patient?_id=p")
    rows = audit.trail(subject, "p")
    assert [(row.action, row.what, row.origin) for row in rows] == [
        ("R", "Patient", "192.0.2.7"),
        ("C", "Patient", "192.0.2.7"),
    ]
    assert rows[1].request == "r-1"
    assert rows[0].detail == "search by _id"
    assert rows[0].actor.startswith("client:")


def test_smart_configuration_names_the_token_endpoint() -> None:
    content = json.loads(
        handle(Request("GET", "/fhir/.well-known/smart-configuration", headers={"host": "localhost"})).body
    )
    assert content["token_endpoint"] == "http://localhost/fhir/token"

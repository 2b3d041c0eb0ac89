"""Programs that sign: signed statements, their keys, and programs that register themselves."""

from __future__ import annotations

import json
import socketserver
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from joserfc import jwk, jwt
from tests.unit.api.smart_flow import BACK, BASE, SIGNED, App, new_key, public_keys, together

from chartdesk.api.fhir import Request, handle
from chartdesk.api.smart import remote_keys
from chartdesk.kit.errors import Invalid
from chartdesk.record.access import programs
from chartdesk.record.access.models import ApiClient
from chartdesk.record.access.programs import Program


@pytest.fixture(params=["EC", "RSA"])
def service(request: Any, practice: Any) -> App:
    key = new_key(request.param)
    wanted = Program("Registry", ("system/Patient.rs", "system/Observation.rs"), "key", jwks=public_keys(key))
    return App(programs.register(practice.pk, wanted)[0].client_id, key=key)


def claim(app: App, assertion: str, *, status: int, **form: str) -> Any:
    """Ask for a token with this statement."""
    bare = App("")
    form = {"client_assertion_type": SIGNED, "client_assertion": assertion, **form}
    return App.post(bare, "token", status=status, grant_type="client_credentials", **form)


def test_a_signed_statement_gets_a_short_token(service: App, client_with: Any) -> None:
    got = service.post("token", grant_type="client_credentials", scope="system/Patient.rs")
    assert (got["scope"], got["expires_in"], got["token_type"]) == ("system/Patient.rs", 300, "Bearer")
    api = client_with(got["access_token"])
    assert api.send("GET", "Patient").status == 200
    assert api.send("GET", "Observation").status == 403
    wide = service.post("token", status=400, grant_type="client_credentials", scope="system/*.rs")
    assert wide["error"] == "invalid_scope"


def test_a_statement_works_once(practice: Any, service: App) -> None:
    assertion = service.statement()
    assert claim(service, assertion, status=200)["access_token"]
    assert claim(service, assertion, status=401)["error"] == "invalid_client"


def test_of_many_who_bring_one_statement_at_once_one_is_served(service: App) -> None:
    assertion = service.statement()
    got = together(*[lambda: claim(service, assertion, status=200)] * 4)
    assert len([one for one in got if not isinstance(one, AssertionError)]) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "https://other.example/token"},
        {"aud": None},
        {"exp": timedelta(seconds=-100)},
        {"exp": timedelta(hours=1)},
        {"exp": None},
        {"exp": "soon"},
        {"jti": None},
        {"iss": "somebody"},
        {"iss": None},
        {"sub": None},
        {"sub": 7},
        {"sub": "nobody"},
        {"nbf": timedelta(hours=1)},
    ],
    ids=str,
)
def test_statements_that_are_not_taken(service: App, changed: dict[str, Any]) -> None:
    # Times are told from now on: both processes that run the tests must give the cases one name.
    now = datetime.now(UTC)
    changed = {
        name: int((now + value).timestamp()) if isinstance(value, timedelta) else value
        for name, value in changed.items()
    }
    assert claim(service, service.statement(**changed), status=401)["error"] == "invalid_client"


def test_statements_signed_otherwise_are_not_taken(service: App) -> None:
    claims = {
        "iss": service.client_id,
        "sub": service.client_id,
        "aud": f"{BASE}/token",
        "exp": int(time.time()) + 250,
        "jti": "j",
    }
    kid = service.key.kid
    public = json.dumps(service.key.as_dict(private=False)).encode()
    shared = jwk.OctKey.import_key(public)
    statements = [
        jwt.encode({"alg": "HS256", "kid": kid}, claims, shared, ["HS256"]),
        jwt.encode({"alg": "ES384", "kid": kid}, claims, new_key(), ["ES384"]),
        jwt.encode({"alg": "RS384", "kid": "other"}, claims, new_key("RSA", "other"), ["RS384"]),
        "a.b.c",
        "",
        "x" * 9000,
        service.statement()[:-8] + "AAAAAAAA",
        "eyJhbGciOiJub25lIn0." + service.statement().split(".")[1] + ".",
    ]
    if service.key.key_type == "RSA":
        statements.append(jwt.encode({"alg": "RS256", "kid": kid}, claims, service.key, ["RS256"]))
    for statement in statements:
        assert claim(service, statement, status=401, client_id=service.client_id)["error"] == "invalid_client"


def test_a_secret_does_not_do_for_a_program_that_signs(service: App) -> None:
    assert App(service.client_id, "guess").post("token", status=401, grant_type="client_credentials")
    assert App(service.client_id).post("token", status=401, grant_type="client_credentials")


class _Keys(BaseHTTPRequestHandler):
    content: bytes = b""
    asked = 0

    def do_GET(self) -> None:
        type(self).asked += 1
        self.send_response(200)
        self.end_headers()
        self.wfile.write(type(self).content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def publisher() -> Iterator[str]:
    """A server on this machine that publishes ``_Keys.content``."""
    server: socketserver.BaseServer = HTTPServer(("127.0.0.1", 0), _Keys)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    remote_keys._remembered.clear()
    _Keys.asked = 0
    yield f"http://127.0.0.1:{server.server_address[1]}/jwks.json"  # type: ignore[index]
    server.shutdown()
    thread.join()
    server.server_close()


def test_published_keys_are_read_kept_and_read_again_after_a_change(
    practice: Any, publisher: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = new_key(kid="old"), new_key(kid="new")
    wanted = Program("Registry", ("system/Patient.rs",), "key", jwks_uri=publisher)
    app = App(programs.register(practice.pk, wanted)[0].client_id, key=old)
    _Keys.content = json.dumps(public_keys(old)).encode()
    for _ in range(3):
        app.post("token", grant_type="client_credentials")
    assert _Keys.asked == 1
    _Keys.content = json.dumps(public_keys(new)).encode()
    app.key = new
    app.post("token", status=401, grant_type="client_credentials")
    assert _Keys.asked == 1, "not more often than every ten seconds"
    monkeypatch.setattr(remote_keys, "AGAIN", 0.0)
    app.post("token", grant_type="client_credentials")
    app.key = old
    app.post("token", status=401, grant_type="client_credentials")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"keys":[]}', b"x" * 300_000, b'{"keys":[{"kty":"RSA"}]}'])
def test_keys_that_cannot_be_read_open_nothing(practice: Any, publisher: str, content: bytes) -> None:
    _Keys.content = content
    wanted = Program("Registry", ("system/Patient.rs",), "key", jwks_uri=publisher)
    app = App(programs.register(practice.pk, wanted)[0].client_id, key=new_key())
    assert app.post("token", status=401, grant_type="client_credentials")["error"] == "invalid_client"


def test_short_and_private_keys_are_not_registered(practice: Any) -> None:
    with pytest.warns(match="2048"):
        short = jwk.RSAKey.generate_key(1024, {"kid": "s"})
    small = jwk.ECKey.generate_key("P-256", {"kid": "s"})
    nameless = jwk.ECKey.generate_key("P-384", auto_kid=False)
    for keys in (
        public_keys(short),
        public_keys(small),
        public_keys(nameless),
        {"keys": [new_key().as_dict(private=True)]},
    ):
        with pytest.raises(Invalid):
            programs.register(practice.pk, Program("Registry", ("system/*.rs",), "key", jwks=keys))


@pytest.mark.parametrize(
    "body",
    [
        b"grant_type=client_credentials&grant_type=client_credentials&client_id=x",
        b"grant_type=authorization_code&code=%00&client_id=%00",
        b"grant_type=%F0%9F%98%80&client_id=a",
        b"grant_type=refresh_token&refresh_token=" + b"x" * 5000,
        b"\xff\xfe",
        b"grant_type=client_credentials&client_assertion=.%22.&client_assertion_type=" + SIGNED.encode(),
        b"token=x",
        b"",
    ],
)
@pytest.mark.parametrize("endpoint", ["token", "introspect", "revoke"])
@pytest.mark.parametrize("authorization", ["", "Basic", "Basic ///", "Basic " + "/w==", "Bearer x", "Basic YTpi"])
def test_nonsense_is_refused_in_oauths_words(database: str, endpoint: str, body: bytes, authorization: str) -> None:
    headers = {"host": "localhost", "content-type": "application/x-www-form-urlencoded", "authorization": authorization}
    response = handle(Request("POST", f"/fhir/{endpoint}", "", headers, body))
    assert response.status in (400, 401), response.body
    assert json.loads(response.body)["error"]


def register(content: Any) -> Any:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    response = handle(Request("POST", "/fhir/register", "", {"host": "localhost"}, body))
    return response.status, json.loads(response.body)


WANTED = {
    "client_name": "Pocket",
    "redirect_uris": [BACK],
    "token_endpoint_auth_method": "none",
    "scope": "patient/*.rs",
}


def test_programs_do_not_register_themselves(practice: Any) -> None:
    status, told = register(WANTED)
    assert (status, told["error"]) == (403, "access_denied")


def test_where_the_operator_lets_them_they_wait_for_the_manager(practice: Any, subject: Any, settings_of: Any) -> None:
    with settings_of(REGISTRATION_PRACTICE=practice.slug):
        status, told = register(WANTED)
        assert status == 201
        assert "client_secret" not in told
        row = ApiClient.objects.get(client_id=told["client_id"])
        assert (row.practice, row.approved) == (practice.pk, False)
        assert App(row.client_id).redeem("x", status=401)["error"] == "invalid_client"
        programs.approve(subject, row.client_id)
        assert App(row.client_id).redeem("x", status=400, code_verifier="x" * 43)["error"] == "invalid_grant"
        assert register({**WANTED, "redirect_uris": ["http://a.example/"]})[1]["error"] == "invalid_redirect_uri"
        assert register({**WANTED, "scope": "all"})[1]["error"] == "invalid_client_metadata"
        assert register({**WANTED, "redirect_uris": "x"})[1]["error"] == "invalid_client_metadata"
        assert register(b"\xff")[1]["error"] == "invalid_client_metadata"
        smart = handle(Request("GET", "/fhir/.well-known/smart-configuration", headers={"host": "localhost"}))
        assert json.loads(smart.body)["registration_endpoint"] == "http://localhost/fhir/register"


@pytest.fixture
def settings_of() -> Any:
    from django.test import override_settings

    return override_settings

"""Others' OAuth and SMART clients (fhirclient, Authlib) against the real server, with a browser that is only HTTP."""

from __future__ import annotations

import html
import re
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

fhirclient = pytest.importorskip("fhirclient.client")

from authlib.integrations.requests_client import OAuth2Session  # noqa: E402
from authlib.oauth2.rfc7523 import PrivateKeyJWT  # noqa: E402
from fhirclient.models.condition import Condition  # noqa: E402
from fhirclient.models.patient import Patient  # noqa: E402
from joserfc import jwk, jwt  # noqa: E402
from tests.conformance.serving import address  # noqa: E402, F401

BACK = "http://127.0.0.1:1/back"
PASSWORD = "correct horse battery"


class Browser:
    """Somebody at a browser: logs in, reads, presses buttons."""

    def __init__(self, base: str, username: str) -> None:
        self.origin = base.removesuffix("/fhir")
        self.client = httpx.Client(follow_redirects=False, timeout=60, headers={"Origin": self.origin})
        self.username = username

    def allow(self, where: str) -> str:
        """Follow the program's link, log in, press Allow; the address that the program is called back at."""
        page = self.open(where)
        ticked = [html.unescape(one) for one in re.findall(r'name="scope" value="([^"]*)"', page.text)]
        data = {"decision": "allow", "scope": ticked, "csrfmiddlewaretoken": self.token(page)}
        answer = self.client.post(str(page.url), data=data)
        assert answer.status_code == 200, answer.text
        found = re.search(r'http-equiv="refresh" content="0;url=([^"]*)"', answer.text)
        assert found, answer.text
        return html.unescape(found.group(1))

    def open(self, where: str) -> httpx.Response:
        """A page; logs in where that is asked for."""
        answer = self.client.get(where)
        if answer.is_redirect and "/accounts/login/" in answer.headers["location"]:
            login = self.client.get(self.origin + answer.headers["location"])
            data = {"login": self.username, "password": PASSWORD, "csrfmiddlewaretoken": self.token(login)}
            following = re.search(r'name="next"\s+value="([^"]*)"', login.text)
            assert following, "the way back is kept"
            data["next"] = html.unescape(following.group(1))
            done = self.client.post(str(login.url), data=data)
            assert done.is_redirect, done.text
            assert self.origin + done.headers["location"] == where
            answer = self.client.get(where)
        assert answer.status_code == 200, answer.text
        return answer

    @staticmethod
    def token(page: httpx.Response) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert found, page.text
        return found.group(1)


@pytest.fixture
def ada(practice: Any, subject: Any, address: str) -> Browser:  # noqa: F811
    """A patient with a login and a problem; somebody else has one as well."""
    from chartdesk.record import store
    from chartdesk.record.access import people
    from chartdesk.standards.fhir import r4

    for id in ("ada", "bob"):
        store.put(subject, r4.Patient(id=id, name=(r4.HumanName(family="Moss", given=(id,)),)))
        reference = r4.Reference(reference=f"Patient/{id}")
        store.put(subject, r4.Condition(id=f"of-{id}", code=r4.CodeableConcept(text="x"), subject=reference))
    name = f"smart-{practice.slug}"
    people.add_patient(practice, name, "ada", password=PASSWORD, name="Ada Moss")
    return Browser(address, name)


def registered(practice: Any, **wanted: Any) -> tuple[str, str]:
    from chartdesk.record.access import programs
    from chartdesk.record.access.programs import Program

    scopes = ("openid", "fhirUser", "profile", "launch/patient", "offline_access", "patient/*.*", "user/*.*")
    made, secret = programs.register(practice.pk, Program("Growth Charts", scopes, redirect_uris=(BACK,), **wanted))
    return made.client_id, secret


@pytest.mark.parametrize("public", [True, False])
def test_fhirclient_launches_by_itself(practice: Any, address: str, ada: Browser, public: bool) -> None:  # noqa: F811
    client_id, secret = registered(practice, authentication="none" if public else "secret")
    settings = {
        "app_id": client_id,
        "api_base": address,
        "redirect_uri": BACK,
        "scope": "openid fhirUser patient/*.read",
    }
    smart = fhirclient.FHIRClient(settings={**settings, **({} if public else {"app_secret": secret})})
    smart.wants_patient = True
    assert not smart.ready
    assert smart.prepare() is False
    smart.handle_callback(ada.allow(smart.authorize_url))
    assert smart.ready
    assert smart.patient.name[0].given == ["ada"]
    found = Condition.where({}).perform_resources(smart.server)
    assert [one.id for one in found] == ["of-ada"]
    with pytest.raises(Exception, match="404"):
        Patient.read("bob", smart.server)


def test_authlib_codes_refreshes_inspects_and_returns(practice: Any, address: str, ada: Browser) -> None:  # noqa: F811
    known = httpx.get(f"{address}/.well-known/smart-configuration", timeout=60).json()
    client_id, secret = registered(practice)
    scope = "openid fhirUser profile launch/patient patient/*.rs offline_access"
    client = OAuth2Session(
        client_id, secret, scope=scope, redirect_uri=BACK, code_challenge_method="S256",
        token_endpoint=known["token_endpoint"],
    )  # fmt: skip
    verifier = "v" * 64
    where, state = client.create_authorization_url(
        known["authorization_endpoint"], code_verifier=verifier, aud=address, nonce="n-1"
    )
    back = ada.allow(where)
    assert parse_qs(urlsplit(back).query)["state"] == [state]
    token = client.fetch_token(
        known["token_endpoint"], authorization_response=back, state=state, code_verifier=verifier
    )
    assert token["patient"] == "ada"
    keys = jwk.KeySet.import_key_set(httpx.get(known["jwks_uri"], timeout=60).json())
    claims = jwt.decode(token["id_token"], keys, algorithms=["RS256"]).claims
    jwt.JWTClaimsRegistry(
        iss={
            "essential": True,
            "value": httpx.get(f"{address}/.well-known/openid-configuration", timeout=60).json()["issuer"],
        },
        aud={"essential": True, "value": client_id},
        nonce={"essential": True, "value": "n-1"},
        exp={"essential": True},
    ).validate(claims)
    assert claims["fhirUser"] == f"{address}/Patient/ada"
    assert client.get(f"{address}/Patient/ada").status_code == 200
    old = token["access_token"]
    renewed = client.refresh_token(known["token_endpoint"])
    assert renewed["access_token"] != old
    told = client.introspect_token(known["introspection_endpoint"], token=renewed["access_token"]).json()
    assert (told["active"], told["patient"]) == (True, "ada")
    assert client.revoke_token(known["revocation_endpoint"], token=renewed["refresh_token"]).status_code == 200
    told = client.introspect_token(known["introspection_endpoint"], token=renewed["access_token"]).json()
    assert told == {"active": False}


@pytest.mark.parametrize("algorithm", ["RS384", "ES384"])
def test_authlib_signs_for_a_backend_service(practice: Any, address: str, algorithm: str) -> None:  # noqa: F811
    from chartdesk.record.access import programs
    from chartdesk.record.access.programs import Program

    if algorithm == "RS384":
        key: Any = jwk.RSAKey.generate_key(2048, {"kid": "k"})
    else:
        key = jwk.ECKey.generate_key("P-384", {"kid": "k"})
    public = {"keys": [key.as_dict(private=False)]}
    made, _ = programs.register(practice.pk, Program("Registry", ("system/*.rs",), "key", jwks=public))
    endpoint = f"{address}/token"
    signs = PrivateKeyJWT(
        token_endpoint=endpoint, alg=algorithm, headers={"kid": "k"}, claims={"exp": int(time.time()) + 240}
    )
    client = OAuth2Session(made.client_id, key, token_endpoint_auth_method=signs.name, scope="system/Patient.rs")
    client.register_client_auth_method(signs)
    token = client.fetch_token(endpoint, grant_type="client_credentials")
    assert (token["scope"], token["expires_in"]) == ("system/Patient.rs", 300)
    assert client.get(f"{address}/Patient").json()["type"] == "searchset"

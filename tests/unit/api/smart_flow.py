"""A program as a test plays it: it asks for somebody's permission, turns codes into tokens, and signs."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc import jwk, jwt

BASE = "http://127.0.0.1:8000/fhir"
BACK = "https://app.example/back"
FORM = "application/x-www-form-urlencoded"
SIGNED = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@dataclass
class App:
    """A registered program. ``verifier`` is that of its last question."""

    client_id: str
    secret: str = ""
    key: Any = None
    verifier: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    def question(self, scope: str, **more: str) -> str:
        """The query of an authorization request."""
        self.verifier = secrets.token_urlsafe(48)
        digest = hashlib.sha256(self.verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": BACK,
            "scope": scope,
            "state": "s-1",
            "aud": BASE,
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
            **more,
        }
        return urlencode({name: value for name, value in asked.items() if value})

    def post(self, endpoint: str, *, status: int = 200, **form: str) -> Any:
        """Post a form with the program's proof of who it is; the answer, decoded."""
        from chartdesk.api.fhir import Request, handle

        headers = {"host": "127.0.0.1:8000", "content-type": FORM}
        if self.key is not None:
            form = {"client_assertion_type": SIGNED, "client_assertion": self.statement(), **form}
        elif self.secret:
            pair = base64.b64encode(f"{self.client_id}:{self.secret}".encode()).decode()
            headers["authorization"] = f"Basic {pair}"
        else:
            form = {"client_id": self.client_id, **form}
        response = handle(Request("POST", f"/fhir/{endpoint}", "", headers, urlencode(form).encode(), "192.0.2.7"))
        assert response.status == status, response.body
        assert response.headers["Cache-Control"] == "no-store"
        return json.loads(response.body)

    def redeem(self, code: str, *, status: int = 200, **more: str) -> Any:
        """Turn a code into tokens."""
        form = {"code": code, "redirect_uri": BACK, "code_verifier": self.verifier, **more}
        return self.post("token", status=status, grant_type="authorization_code", **form)

    def refresh(self, token: str, *, status: int = 200, **more: str) -> Any:
        """Turn a refresh token into new tokens."""
        return self.post("token", status=status, grant_type="refresh_token", refresh_token=token, **more)

    def statement(self, **changed: Any) -> str:
        """A signed statement of who the program is."""
        header = {"alg": "ES384" if self.key.key_type == "EC" else "RS384", "kid": self.key.kid, "typ": "JWT"}
        now = int(time.time())
        claims = {"iss": self.client_id, "sub": self.client_id, "aud": f"{BASE}/token", "exp": now + 200}
        claims |= {"jti": secrets.token_hex(8), "iat": now, **changed}
        return jwt.encode(header, {k: v for k, v in claims.items() if v is not None}, self.key, [header["alg"]])


def public_keys(*keys: Any) -> dict[str, Any]:
    """The key set that a program registers."""
    return {"keys": [key.as_dict(private=False) for key in keys]}


def new_key(kind: str = "EC", kid: str = "k1") -> Any:
    """A key to sign with."""
    if kind == "EC":
        return jwk.ECKey.generate_key("P-384", {"kid": kid})
    return jwk.RSAKey.generate_key(2048, {"kid": kid})


def together(*calls: Callable[[], Any]) -> list[Any]:
    """What each call gives, or the fault it ends with; all at once, each with a connection of its own."""
    from django.db import connection

    def run(call: Callable[[], Any]) -> Any:
        try:
            return call()
        except Exception as fault:
            return fault
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def allow(app: App, user: Any, practice: Any, scope: str, **context: str) -> str:
    """What the consent page does once somebody has pressed Allow; returns the code."""
    from chartdesk.kit.transactions import transaction
    from chartdesk.record.access import oauth, people
    from chartdesk.record.access.grants import Approval
    from chartdesk.record.access.oauth import OAuthRequest

    session = context.pop("session", "")
    asked = context.pop("asked", "") or app.question(scope)
    with transaction(practice.pk):
        request = OAuthRequest("GET", BASE, parse_qsl(asked))
        grant = oauth.consent(request, user)
        subject = people.subject_of(user, practice.pk)
        answer = oauth.allowed(grant, Approval(subject, user, request.scope, session=session, **context))
    sent = dict(parse_qsl(urlsplit(answer.location).query))
    assert answer.location.startswith(f"{BACK}?")
    assert sent["state"] == "s-1"
    return sent["code"]

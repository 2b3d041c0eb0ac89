"""Resources written to a FHIR server (R4): a transaction, a message, or one after another, as they come mapped.

Let in by a token, or as a SMART backend service: with a client's secret, or with its private key.
"""

from __future__ import annotations

import secrets as random
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import msgspec
from joserfc import jwk, jwt
from joserfc.errors import JoseError

from chartdesk.exchange.engine.documents import FhirTarget
from chartdesk.exchange.engine.transports import FHIR, Content, Door, Response
from chartdesk.exchange.transports import calling, secrets
from chartdesk.exchange.transports.http_out import Caller, Callers, Reply, verdict
from chartdesk.kit.errors import ChartdeskError, Invalid, Unavailable

_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
#: Seconds before its end when a token is not used any more, and the life of an assertion.
_EARLY, _LIFE = 30, 240


@dataclass(frozen=True)
class _Token:
    text: str
    until: float
    settings: FhirTarget


class FhirTransport:
    """Carries resources to FHIR servers."""

    def __init__(self) -> None:
        self._callers = Callers()
        self._tokens: dict[tuple[int, str], _Token] = {}

    def deliver(self, door: Door, content: Content) -> Response:
        """Write what a message became."""
        settings: FhirTarget = door.settings
        if content.media != FHIR:
            return Response("refused", "The channel maps nothing to FHIR; give the destination a mapping.")
        try:
            path, body = request_of(content.raw)
            reply = self._ask(door, settings, path, body)
            if reply.status == 401:
                self._tokens.pop((door.channel, door.name), None)
                reply = self._ask(door, settings, path, body)
        except Unavailable as fault:
            return Response("unreachable", str(fault))
        except Invalid as fault:
            return Response("refused" if fault.where == "resource" else "unreachable", str(fault))
        except ChartdeskError as fault:
            return Response("unreachable", str(fault))
        return said(reply)

    def _ask(self, door: Door, settings: FhirTarget, path: str, body: bytes) -> Reply:
        headers = {"Content-Type": f"{FHIR}; charset=utf-8", "Accept": FHIR}
        token = self._token(door, settings)
        if token:
            headers["Authorization"] = f"Bearer {token}"
        url = settings.url.rstrip("/") + path
        return calling.wait_for(self._callers.of(door).ask("POST", url, headers, body, settings.answer_seconds))

    def _token(self, door: Door, settings: FhirTarget) -> str:
        key = (door.channel, door.name)
        found = self._tokens.get(key)
        if found is not None and found.settings == settings and found.until > time.time():
            return found.text
        secret = secrets.read(door.practice, door.channel, settings.secret)
        if not settings.token_url:
            return secret
        made = calling.wait_for(_granted(self._callers.of(door), settings, secret))
        self._tokens[key] = made
        return made.text


async def _granted(caller: Caller, settings: FhirTarget, secret: str) -> _Token:
    """A token for a backend service. Raises Unavailable where none is given."""
    form = {"grant_type": "client_credentials", "scope": "system/*.cruds"}
    if secret.lstrip().startswith(("{", "-----")):
        form |= {"client_assertion_type": _ASSERTION, "client_assertion": _assertion(settings, secret)}
    else:
        form |= {"client_id": settings.client, "client_secret": secret}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    asked = time.time()
    reply = await caller.ask("POST", settings.token_url, headers, urlencode(form).encode(), settings.answer_seconds)
    try:
        told = msgspec.json.decode(reply.body)
        return _Token(str(told["access_token"]), asked + float(told.get("expires_in", 60)) - _EARLY, settings)
    except (msgspec.DecodeError, KeyError, TypeError, ValueError, AttributeError):
        raise Unavailable(
            f"The partner gives us no token (HTTP status {reply.status}).",
            cure="Check the client, its secret or key, and the token address.",
        ) from None


def _assertion(settings: FhirTarget, secret: str) -> str:
    """What a backend service shows (SMART App Launch 2.2, client authentication by a key)."""
    key = _key(secret)
    now = int(time.time())
    claims = {"iss": settings.client, "sub": settings.client, "aud": settings.token_url, "iat": now, "exp": now + _LIFE}
    header = {
        "alg": "RS384" if key.key_type == "RSA" else "ES384",
        "typ": "JWT",
        **({"kid": key.kid} if key.kid else {}),
    }
    return jwt.encode(header, {**claims, "jti": random.token_urlsafe(16)}, key, algorithms=["RS384", "ES384"])


def _key(secret: str) -> jwk.RSAKey | jwk.ECKey:
    kinds: tuple[Any, ...] = (jwk.RSAKey, jwk.ECKey)
    for kind in kinds:
        try:
            found: jwk.RSAKey | jwk.ECKey = kind.import_key(
                msgspec.json.decode(secret) if secret.lstrip()[:1] == "{" else secret
            )
        except (JoseError, ValueError, TypeError, KeyError, msgspec.DecodeError):
            continue
        return found
    cure = "Give an RSA or EC P-384 key as PEM or JWK."
    raise Invalid("The private key cannot be read.", cure=cure, where="secret")


def request_of(raw: bytes) -> tuple[str, bytes]:
    """Where what a mapping made is posted to, below the server's address, and as what. Raises Invalid."""
    try:
        made = msgspec.json.decode(raw)
        kind = made["resourceType"]
    except (msgspec.DecodeError, KeyError, TypeError):
        raise Invalid("The mapping made no FHIR resource.", cure="Look at the mapping.", where="resource") from None
    if kind == "Bundle":
        if made.get("type") in ("transaction", "batch"):
            return "", raw
        if made.get("type") == "message":
            return "/$process-message", raw
        resources = [one["resource"] for one in made.get("entry", ()) if "resource" in one]
    else:
        resources = [made]
    entries = [_entry(one) for one in resources]
    return "", msgspec.json.encode({"resourceType": "Bundle", "type": "transaction", "entry": entries})


def _entry(resource: dict[str, Any]) -> dict[str, Any]:
    kind, number = resource["resourceType"], resource.get("id")
    request = {"method": "PUT", "url": f"{kind}/{number}"} if number else {"method": "POST", "url": kind}
    return {"resource": resource, "request": request}


def said(reply: Reply) -> Response:
    """What a FHIR server's answer says about a delivery, in its own words where it has any."""
    try:
        found = msgspec.json.decode(reply.body) if reply.body else {}
    except msgspec.DecodeError:
        found = {}
    found = _dict(found)
    answers = [_dict(_dict(one).get("response")) for one in found.get("entry") or ()]
    faults = [one for one in answers if str(one.get("status", "200"))[:1] not in ("2", "3")]
    if faults:
        words = "; ".join(f"{one.get('status')}: {_words(_dict(one.get('outcome')))}" for one in faults[:5])
        passing = any(str(one.get("status", ""))[:1] == "5" for one in faults)
        return Response("failed" if passing else "refused", f"The partner did not take all of it. {words}", reply.body)
    return verdict(reply, "" if 200 <= reply.status < 300 else _words(found))


def _words(outcome: dict[str, Any]) -> str:
    issues = outcome.get("issue") or () if outcome.get("resourceType") == "OperationOutcome" else ()
    parts = [_dict(one) for one in issues]
    said = [one.get("diagnostics") or _dict(one.get("details")).get("text") or one.get("code") for one in parts]
    return "; ".join(str(one) for one in said[:5] if one)


def _dict(found: Any) -> dict[str, Any]:
    """What a server answers need not be what it should: a part that is no object says nothing."""
    return found if isinstance(found, dict) else {}

"""Asking the other half's server: tokens by SMART Backend Services, reads, searches, and writing our Subscriptions.

Guide section: SMART App Launch 2.2, backend services (https://hl7.org/fhir/smart-app-launch/backend-services.html).
Where connections may go is the operator's policy for interfaces (``transports.egress``).
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator
from threading import Lock
from typing import Any
from urllib.parse import urlencode, urlsplit

from joserfc import jwk, jwt

from chartdesk.exchange.halves.fhir.models import Peer
from chartdesk.exchange.transports import calling, installation
from chartdesk.exchange.transports.http_out import Caller
from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError, Forbidden, Gone, Invalid, NotFound, Unavailable
from chartdesk.record.access import sealing
from chartdesk.standards import fhir
from chartdesk.standards.fhir import r4

PURPOSE = "connection to the other half"
ALGORITHM = "ES384"
#: Seconds for a call, seconds before its end at which a token counts as over, pages of a search, attempts at a read.
SECONDS, EARLY, MOST_PAGES, TRIES = 30, 30, 1000, 3
_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
#: What we do there: read, search, and keep our Subscriptions.
SCOPE = "system/*.rs system/Subscription.cruds"


def new_key() -> str:
    """A private key to sign with, as text."""
    key = jwk.ECKey.generate_key("P-384", {"kid": secrets.token_hex(8), "use": "sig", "alg": ALGORITHM})
    return json.dumps(key.as_dict(private=True))


def public(key: str) -> dict[str, Any]:
    """Its public half, as the JSON Web Key Set that the other side registers."""
    return {"keys": [jwk.ECKey.import_key(json.loads(key)).as_dict(private=False)]}


class Server:
    """The other half's FHIR server, as ``peer`` says. Use it in one thread at a time."""

    def __init__(self, peer: Peer) -> None:
        self.peer = peer

    # ------------------------------------------------------------------------------------------- reading

    def read(self, type: str, id: str) -> r4.Resource | None:
        """A resource as it stands; None where it is not there, or not any more. Raises Unavailable, Forbidden."""
        try:
            return _decoded(self._ask("GET", f"{self.peer.base}/{type}/{id}"))
        except (NotFound, Gone):
            return None

    def search(self, type: str, **asked: str) -> Iterator[r4.Resource]:
        """Every match, page after page. Raises Unavailable, Forbidden, Invalid."""
        url = f"{self.peer.base}/{type}?{urlencode({name.replace('__', ':'): text for name, text in asked.items()})}"
        for _ in range(MOST_PAGES):
            bundle = _plain(self._ask("GET", url))
            for entry in bundle.get("entry", ()):
                if entry.get("search", {}).get("mode", "match") == "match" and "resource" in entry:
                    yield _decoded(json.dumps(entry["resource"]).encode())
            url = next((one["url"] for one in bundle.get("link", ()) if one.get("relation") == "next"), "")
            if not url:
                return
        raise Invalid(f"The search for {type} has no end.", where=type)

    def get(self, path: str) -> dict[str, Any]:
        """What an address below the server's gives, as plain data. Raises NotFound, Gone, Unavailable, Forbidden."""
        found: dict[str, Any] = _plain(self._ask("GET", f"{self.peer.base}/{path}"))
        return found

    def capabilities(self) -> dict[str, Any]:
        """Its CapabilityStatement, which needs no token."""
        return _plain(self._call("GET", f"{self.peer.base}/metadata", {}))

    # ------------------------------------------------------------------------------------------- writing

    def create(self, resource: dict[str, Any]) -> dict[str, Any]:
        """Write a new resource; gives it as it was stored. Raises Invalid with the server's words, Unavailable."""
        body = json.dumps(resource).encode()
        return _plain(self._ask("POST", f"{self.peer.base}/{resource['resourceType']}", body))

    def ask_again(self, subscription: str) -> None:
        """Set a Subscription of ours going that has given us up. Its header comes back hidden, and stays as it is."""
        kept = self.get(f"Subscription/{subscription}")
        kept["status"] = "requested"
        kept.pop("error", None)
        self._ask("PUT", f"{self.peer.base}/Subscription/{subscription}", json.dumps(kept).encode())

    def delete(self, type: str, id: str) -> None:
        """Delete a resource; one that is gone is no error."""
        try:
            self._ask("DELETE", f"{self.peer.base}/{type}/{id}")
        except (NotFound, Gone):
            return

    # -------------------------------------------------------------------------------------------- asking

    def _ask(self, method: str, url: str, body: bytes = b"") -> bytes:
        """A call with our token, and with a new one where it is refused."""
        if not url.startswith(self.peer.base + "/"):
            raise Invalid("The server names a page that is not its own.", where="link")
        for last in (False, True):
            headers = {"Authorization": f"Bearer {self.token(fresh=last)}"}
            if body:
                headers["Content-Type"] = "application/fhir+json"
            try:
                return self._patiently(method, url, headers, body)
            except Forbidden:
                if last:
                    raise
        raise AssertionError("the second attempt returns or raises")

    def token(self, *, fresh: bool = False) -> str:
        """A token of ours. Raises Forbidden where the server does not let us in, Unavailable."""
        key = (self.peer.pk, self.peer.changed)
        with _guard:
            known = _tokens.get(key)
        if known is not None and not fresh and known[1] > time.monotonic():
            return known[0]
        url = self.peer.token_url or self._configured()
        form = {"grant_type": "client_credentials", "scope": SCOPE}
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        if self.peer.secret:
            form |= {"client_id": self.peer.client_id, "client_secret": sealing.opened(PURPOSE, self.peer.secret)}
        else:
            form |= {"client_assertion_type": _ASSERTION, "client_assertion": self._assertion(url)}
        try:
            given = _plain(self._call("POST", url, headers, urlencode(form).encode()))
        except Invalid as fault:
            raise Forbidden(
                "The other side gave us no token.", cure=f"It says: {fault.message} Check the client id and our key."
            ) from None
        token = str(given.get("access_token") or "")
        if not token:
            raise Unavailable("The other side's token endpoint answered without a token.")
        life = given.get("expires_in")
        until = time.monotonic() + max(0, (life if isinstance(life, int | float) else 300) - EARLY)
        with _guard:
            _tokens[key] = (token, until)
        return token

    def _assertion(self, audience: str) -> str:
        key = jwk.ECKey.import_key(json.loads(sealing.opened(PURPOSE, self.peer.key)))
        claims = {
            "iss": self.peer.client_id,
            "sub": self.peer.client_id,
            "aud": audience,
            "jti": secrets.token_hex(16),
            "exp": int(clock.now().timestamp()) + 240,
        }
        return jwt.encode({"alg": ALGORITHM, "kid": key.kid}, claims, key, algorithms=[ALGORITHM])

    def _configured(self) -> str:
        with _guard:
            known = _addresses.get(self.peer.base, "")
        if known:
            return known
        said = _plain(self._call("GET", f"{self.peer.base}/.well-known/smart-configuration", {}))
        url = str(said.get("token_endpoint") or "")
        if not url:
            raise Unavailable("The server does not say where tokens come from.", cure="Give its token address.")
        with _guard:
            _addresses[self.peer.base] = url
        return url

    def _caller(self) -> Caller:
        key = (self.peer.pk, self.peer.changed)
        with _guard:
            return _callers.setdefault(key, Caller())

    def _patiently(self, method: str, url: str, headers: dict[str, str], body: bytes) -> bytes:
        """A call; a read that was broken off is asked again at once, so that one bad moment holds up nothing."""
        for left in range(TRIES - 1 if method == "GET" else 0, -1, -1):
            try:
                return self._call(method, url, headers, body)
            except Unavailable:
                if not left:
                    raise
        raise AssertionError("the last attempt returns or raises")

    def _call(self, method: str, url: str, headers: dict[str, str], body: bytes = b"") -> bytes:
        """One call to an address that may be reached; the body of its answer. Raises as the answer says."""
        sent = {"Accept": "application/fhir+json", **headers}
        reply = calling.wait_for(self._caller().ask(method, url, sent, body, SECONDS))
        if 200 <= reply.status < 300:
            return reply.body
        raise _fault(reply.status, reply.body)


_guard = Lock()
#: Connections are kept, of each peer as it is written down now.
_callers: dict[tuple[Any, Any], Caller] = {}
_tokens: dict[tuple[Any, Any], tuple[str, float]] = {}
_addresses: dict[str, str] = {}


def _fault(status: int, content: bytes) -> ChartdeskError:
    words = _words(content)
    if status == 404:
        return NotFound(f"The other side does not have it. {words}".strip())
    if status == 410:
        return Gone("It was deleted on the other side.")
    if status in (401, 403):
        return Forbidden(f"The other side does not let us in ({status}). {words}".strip())
    if 400 <= status < 500 and status not in (408, 409, 423, 425, 429):
        return Invalid(f"The other side refused it ({status}). {words}".strip())
    return Unavailable(f"The other side answered with HTTP status {status}. {words}".strip())


def _words(content: bytes) -> str:
    """What an OperationOutcome or an OAuth error says, shortened."""
    try:
        said = json.loads(content)
        issues = said.get("issue") or [{}]
        text = issues[0].get("diagnostics") or said.get("error_description") or said.get("error") or ""
    except (ValueError, AttributeError, TypeError, KeyError):
        return ""
    return str(text)[:300]


def _plain(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except ValueError:
        raise Unavailable("The other side answered with something that is not JSON.") from None
    if not isinstance(found, dict):
        raise Unavailable("The other side answered with something that is no resource.")
    return found


def checked(url: str, where: str) -> str:
    """An address that may be called, without a slash at the end. Raises Invalid."""
    text = url.strip().rstrip("/")
    parts = urlsplit(text)
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise Invalid(f"{text!r} is no address of a server.", where=where, cure="Write it like https://host/fhir.")
    if parts.scheme == "http" and not installation.present().policy.http:
        cure = "Give the address as https, or let the operator allow http."
        raise Invalid("Other systems are asked by https only.", where=where, cure=cure)
    return text


def _decoded(content: bytes) -> r4.Resource:
    return fhir.decode(content)

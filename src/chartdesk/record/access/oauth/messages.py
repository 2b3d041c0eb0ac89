"""Requests in the form that Authlib reads, and its answers."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from authlib.oauth2.rfc6749 import OAuth2Payload, OAuth2Request
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    """What to send back: a body to be written as JSON, or the address to send the browser to."""

    status: int
    body: dict[str, Any] = field(default_factory=dict)
    location: str = ""


class _Payload(OAuth2Payload):
    """The parameters; of one that is repeated, all values."""

    def __init__(self, pairs: Pairs) -> None:
        self._data = dict(pairs)
        self._lists: dict[str, list[str]] = {}
        for name, value in pairs:
            self._lists.setdefault(name, []).append(value)

    @property
    def data(self) -> dict[str, str]:
        return self._data

    @property
    def datalist(self) -> dict[str, list[str]]:
        return self._lists


class OAuthRequest(OAuth2Request):
    """One request. ``base`` is the address of the FHIR server, which is also the issuer of identity tokens.

    ``keys`` are those that the program publishes at its ``jwks_uri``, read before the transaction began.
    """

    def __init__(
        self, method: str, base: str, pairs: Pairs, headers: Mapping[str, str] | None = None, keys: KeySet | None = None
    ) -> None:
        # That the way here is encrypted is the settings' business: plain HTTP is answered on this machine only.
        super().__init__(method, "https://" + base.partition("://")[2])
        self.base = base
        self.keys = keys
        self.payload = _Payload(pairs)
        authorization = (headers or {}).get("authorization", "")
        self.headers = {"Authorization": authorization} if _is_basic(authorization) else {}

    @property
    def form(self) -> dict[str, str]:
        return self.payload.data

    @property
    def args(self) -> dict[str, str]:
        return self.payload.data

    @property
    def repeated(self) -> list[str]:
        """The parameters that stand there more than once."""
        return [name for name, values in self.payload.datalist.items() if len(values) > 1]

    @property
    def claimed_client(self) -> str:
        """Which program the request says it comes from; not proven yet."""
        basic = self.headers.get("Authorization", "")
        if basic:
            return unquote(base64.b64decode(basic.partition(" ")[2]).decode().partition(":")[0])
        named = self.form.get("client_id", "")
        return named or str(_claims(self.form.get("client_assertion", "")).get("sub", ""))

    @property
    def key_id(self) -> str:
        """The key that the signed statement says it is signed with."""
        return _claims(self.form.get("client_assertion", ""), header=True).get("kid", "")


def _is_basic(authorization: str) -> bool:
    scheme, _, given = authorization.partition(" ")
    if scheme.lower() != "basic":
        return False
    try:
        base64.b64decode(given, validate=True).decode()
    except (binascii.Error, ValueError):
        return False
    return True


def _claims(assertion: str, *, header: bool = False) -> dict[str, Any]:
    """What a signed statement says, unchecked; nothing where it cannot be read."""
    if not assertion:
        return {}
    try:
        found = jws.extract_compact(assertion.encode())
        read = found.headers() if header else json.loads(found.payload)
    except (JoseError, ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}

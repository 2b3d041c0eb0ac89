"""Asking about a token (RFC 7662) and taking one back (RFC 7009)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from authlib.oauth2 import rfc7009, rfc7662

from chartdesk.kit import clock
from chartdesk.record.access import grants, tokens
from chartdesk.record.access.models import AccessToken, ApiClient, Grant, RefreshToken
from chartdesk.record.access.oauth.clients import SIGNED
from chartdesk.record.access.oauth.flows import fhir_user

_METHODS = ["client_secret_basic", "client_secret_post", SIGNED]


@dataclass(frozen=True)
class _Known:
    """A token that we handed out."""

    row: AccessToken | RefreshToken
    client: ApiClient
    grant: Grant | None
    scopes: list[str]
    base: str

    def check_client(self, client: Any) -> bool:
        return bool(self.client.pk == client.row.pk)

    def is_expired(self) -> bool:
        return bool(self.row.expires <= clock.now())

    def is_revoked(self) -> bool:
        if isinstance(self.row, RefreshToken) and self.row.used is not None:
            return True
        return not self.client.active or (self.grant is not None and not self.scopes)


def _known(token: str, practice: int, base: str) -> _Known | None:
    """The token, of any program of the practice."""
    hashed = tokens.digest(token)
    access = AccessToken.objects.filter(token_hash=hashed, practice=practice).select_related("client", "grant__user")
    for row in access:
        allowed = grants.effective(row.grant) if row.grant else row.scopes.split()
        return _Known(row, row.client, row.grant, row.scopes.split() if allowed else [], base)
    for row in RefreshToken.objects.filter(token_hash=hashed).select_related("grant__client", "grant__user"):
        left = grants.effective(row.grant) if grants.is_open(row.grant) else []
        return _Known(row, row.grant.client, row.grant, left, base)
    return None


class Introspection(rfc7662.IntrospectionEndpoint):
    """For programs that keep a secret or sign: whether a token of their practice works, and what it carries."""

    CLIENT_AUTH_METHODS = _METHODS

    def authenticate_token(self, request: Any, client: Any) -> _Known | None:
        self.check_params(request, client)
        return _known(request.form["token"], client.row.practice, request.base)

    def introspect_token(self, token: _Known) -> dict[str, Any]:
        found: dict[str, Any] = {
            "active": True,
            "client_id": token.client.client_id,
            "scope": " ".join(token.scopes),
            "iss": token.base,
            "exp": int(token.row.expires.timestamp()),
            "iat": int(token.row.created.timestamp()),
            "sub": str(token.grant.user_id) if token.grant else token.client.client_id,
        }
        if isinstance(token.row, AccessToken):
            found |= {"token_type": "Bearer"}
        if token.grant is not None:
            found |= {name: value for name in ("patient", "encounter") if (value := getattr(token.grant, name))}
            person = fhir_user(token.grant) if "fhirUser" in token.scopes else ""
            found |= {"fhirUser": f"{token.base}/{person}"} if person else {}
        return found


class Revocation(rfc7009.RevocationEndpoint):
    """A program gives a token back. With a refresh token everything that the person allowed with it ends."""

    CLIENT_AUTH_METHODS = [*_METHODS, "none"]

    def authenticate_token(self, request: Any, client: Any) -> _Known | None:
        self.check_params(request, client)
        found = _known(request.form["token"], client.row.practice, request.base)
        # Another program's token is as good as unknown, and the answer is the same.
        return found if found is not None and found.check_client(client) else None

    def revoke_token(self, token: _Known, request: Any) -> None:
        if isinstance(token.row, RefreshToken):
            assert token.grant is not None
            grants.end(token.grant, "given back by the program")
        else:
            tokens.withdraw(pk=token.row.pk)

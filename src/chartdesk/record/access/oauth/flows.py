"""The three ways to a token: somebody's code, a refresh token, a program by itself."""

from __future__ import annotations

import json
from typing import Any

from authlib.oauth2.rfc6749 import InvalidGrantError, InvalidRequestError, InvalidScopeError
from authlib.oauth2.rfc6749 import grants as authlib
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode
from joserfc import jwt

from chartdesk.kit import clock
from chartdesk.kit.errors import Invalid
from chartdesk.record.access import grants, keys, tokens
from chartdesk.record.access.models import AuthorizationCode, Grant, Membership, RefreshToken
from chartdesk.record.access.oauth.clients import SIGNED
from chartdesk.record.access.scopes import covers, narrowed
from chartdesk.record.access.subject import Role

_METHODS = ["client_secret_basic", "client_secret_post", SIGNED]


class _Code:
    """A code as Authlib asks about it."""

    code_challenge_method = "S256"

    def __init__(self, row: AuthorizationCode) -> None:
        self.row = row
        self.code_challenge = row.challenge

    def get_redirect_uri(self) -> str:
        return self.row.redirect_uri

    def get_scope(self) -> str:
        return self.row.grant.scopes


class _Refresh:
    """A refresh token as Authlib asks about it; ``grants.refresh_token_of`` has checked whose it is."""

    def __init__(self, row: RefreshToken) -> None:
        self.row = row

    def check_client(self, client: Any) -> bool:
        return bool(self.row.grant.client_id == client.row.pk)

    def get_scope(self) -> str:
        return " ".join(grants.effective(self.row.grant))


class CodeFlow(authlib.AuthorizationCodeGrant):
    """Somebody allows; the program turns the code into tokens. ``user`` is an Approval, later the Grant it became."""

    TOKEN_ENDPOINT_AUTH_METHODS = [*_METHODS, "none"]

    def save_authorization_code(self, code: str, request: Any) -> None:
        data, approval = request.payload.data, request.user
        grants.keep_code(
            grants.allow(request.client.row, approval),
            code,
            redirect_uri=data["redirect_uri"],
            challenge=data["code_challenge"],
            nonce=data.get("nonce", ""),
            authenticated=approval.authenticated or clock.now(),
        )

    def query_authorization_code(self, code: str, client: Any) -> _Code | None:
        found = grants.code_of(client.row, code)
        return _Code(found) if found else None

    def delete_authorization_code(self, authorization_code: _Code) -> None:
        grants.use_code(authorization_code.row)

    def authenticate_user(self, authorization_code: _Code) -> Grant | None:
        grant = authorization_code.row.grant
        return grant if grants.effective(grant) else None


class RefreshFlow(authlib.RefreshTokenGrant):
    """A refresh token is turned into new ones; the old one is used up."""

    TOKEN_ENDPOINT_AUTH_METHODS = [*_METHODS, "none"]
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, refresh_token: str) -> _Refresh | None:
        found = grants.refresh_token_of(self.request.client.row, refresh_token)
        return _Refresh(found) if found else None

    def _validate_token_scope(self, token: _Refresh) -> None:
        """What is asked for may be narrower than what was allowed, in whatever form; not wider."""
        asked = (self.request.payload.scope or "").split()
        try:
            if not all(covers(token.get_scope().split(), scope) for scope in asked):
                raise InvalidScopeError()
        except Invalid:
            raise InvalidScopeError() from None

    def authenticate_user(self, refresh_token: _Refresh) -> Grant:
        return refresh_token.row.grant

    def revoke_old_credential(self, refresh_token: _Refresh) -> None:
        grants.use_refresh_token(refresh_token.row)


class ProgramFlow(authlib.ClientCredentialsGrant):
    """A program by itself, with its ``system/`` scopes."""

    TOKEN_ENDPOINT_AUTH_METHODS = _METHODS

    def validate_requested_scope(self) -> None:
        try:
            tokens.system_scopes(self.request.client.row, (self.request.payload.scope or "").split())
        except Invalid as fault:
            raise InvalidScopeError(description=printable(str(fault))) from None


class Challenge(CodeChallenge):
    """PKCE, always and with S256: a code that was caught on its way opens nothing."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        data = grant.request.payload.data
        if not data.get("code_challenge") or data.get("code_challenge_method") != "S256":
            raise InvalidRequestError("A code_challenge with the code_challenge_method S256 is needed.")
        super().validate_code_challenge(grant, redirect_uri)


class Identity(OpenIDCode):
    """The identity token: who logged in, as a FHIR resource where there is one."""

    def exists_nonce(self, nonce: str, request: Any) -> bool:
        rows = AuthorizationCode.objects.filter(nonce=nonce, grant__client__client_id=request.payload.client_id)
        return bool(rows.exists())

    def encode_id_token(self, token: dict[str, Any], request: Any) -> str:
        code: AuthorizationCode = request.authorization_code.row
        grant, key, now = code.grant, keys.signing_key(), int(clock.now().timestamp())
        claims = {
            "iss": request.base,
            "sub": str(grant.user.pk),
            "aud": grant.client.client_id,
            "iat": now,
            "exp": now + int(tokens.TOKEN_LIFE.total_seconds()),
            "auth_time": int(code.authenticated.timestamp()),
        }
        if code.nonce:
            claims["nonce"] = code.nonce
        asked = token["scope"].split()
        if "fhirUser" in asked:
            claims["fhirUser"] = f"{request.base}/{fhir_user(grant)}"
        if "profile" in asked:
            claims["name"] = grant.user.get_full_name() or grant.user.username
        return jwt.encode({"alg": keys.ALGORITHM, "kid": key.kid, "typ": "JWT"}, claims, key, [keys.ALGORITHM])


def fhir_user(grant: Grant) -> str:
    """The resource that stands for who allowed it: their Practitioner or the patient; empty where there is none."""
    places = Membership.objects.filter(user_id=grant.user_id, practice=grant.practice, active=True)
    for place in places.order_by("pk"):
        if place.role == Role.PATIENT and place.patient == grant.patient:
            return f"Patient/{place.patient}"
        if place.practitioner:
            return f"Practitioner/{place.practitioner}"
    return ""


def generated(
    grant_type: str,
    client: Any,
    user: Grant | None = None,
    scope: str | None = None,
    expires_in: int | None = None,
    include_refresh_token: bool = True,
) -> dict[str, Any]:
    """New tokens, written down. ``user`` is the grant; without one the program gets a token of its own."""
    row = client.row
    if user is None:
        life = tokens.SIGNED_LIFE if row.authentication == "key" else tokens.TOKEN_LIFE
        carried = tokens.system_scopes(row, (scope or "").split())
        token = tokens.issue(row, carried, life=life)
        return _bearer(token, carried, life.total_seconds())
    allowed = grants.effective(user)
    carried = " ".join(_asked(allowed, scope))
    if not carried:
        raise InvalidGrantError(description="Nothing of what was allowed is left.")
    found = _bearer(tokens.issue(row, carried, grant=user), carried, tokens.TOKEN_LIFE.total_seconds())
    if include_refresh_token and {grants.OFFLINE, grants.ONLINE} & set(allowed):
        found["refresh_token"] = grants.new_refresh_token(user)
    return found | _context(user)


def _asked(allowed: list[str], scope: str | None) -> list[str]:
    return narrowed(allowed, scope.split()) if scope else allowed


def _bearer(token: str, scopes: str, seconds: float) -> dict[str, Any]:
    return {"access_token": token, "token_type": "Bearer", "expires_in": int(seconds), "scope": scopes}


def _context(grant: Grant) -> dict[str, Any]:
    """The launch context: what the program is opened with."""
    found: dict[str, Any] = {}
    if grant.patient:
        found["patient"] = grant.patient
        # Programs open in a window of their own, where our banner is not.
        found["need_patient_banner"] = True
    if grant.encounter:
        found["encounter"] = grant.encounter
    return found


def printable(text: str) -> str:
    """The text with what OAuth's descriptions cannot hold left out."""
    plain = json.dumps(text)[1:-1] if not text.isascii() else text
    return "".join(letter for letter in plain if " " <= letter <= "~" and letter not in '"\\')

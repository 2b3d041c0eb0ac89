"""Tokens: getting one, and telling from one who asks.

Guide sections: OAuth 2.0 client credentials (RFC 6749 section 4.4), bearer tokens (RFC 6750), and the SMART
configuration (https://hl7.org/fhir/smart-app-launch/conformance.html).
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import replace
from urllib.parse import unquote_plus

import msgspec

from chartdesk.api.fhir.messages import Request, Response
from chartdesk.api.fhir.refusals import Refused
from chartdesk.kit.errors import Forbidden, Invalid
from chartdesk.record.access import people
from chartdesk.record.access.subject import Subject

_REALM = 'Bearer realm="Chartdesk"'


def subject_of(request: Request, identifier: str) -> Subject:
    """Who asks. Refuses a request without a valid token with 401."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not given.strip():
        raise Refused(
            401,
            Forbidden("The request carries no token.", cure="Get one at /fhir/token and send it as a bearer."),
            {"WWW-Authenticate": _REALM},
        )
    try:
        subject = people.subject_of_token(given.strip())
    except Forbidden as fault:
        raise Refused(401, fault, {"WWW-Authenticate": f'{_REALM}, error="invalid_token"'}) from fault
    return replace(subject, origin=request.origin, request=identifier)


def token(request: Request) -> Response:
    """The token endpoint: a client's id and secret, in the form or as HTTP Basic, for an hour's token."""
    try:
        form = dict(request.form())
    except Refused as refusal:
        return _error(400, "invalid_request", str(refusal.fault))
    if form.get("grant_type") != "client_credentials":
        return _error(400, "unsupported_grant_type", "Only client_credentials is served.")
    client, secret = _credentials(request, form)
    try:
        issued, scopes = people.issue_token(client, secret, form.get("scope", "").split())
    except Forbidden as fault:
        return _error(401, "invalid_client", str(fault), {"WWW-Authenticate": 'Basic realm="Chartdesk"'})
    except Invalid as fault:
        return _error(400, "invalid_scope", str(fault))
    life = int(people.TOKEN_LIFE.total_seconds())
    return _json(200, {"access_token": issued, "token_type": "bearer", "expires_in": life, "scope": scopes})


def configuration(request: Request) -> Response:
    """What SMART clients ask first."""
    return _json(
        200,
        {
            "token_endpoint": f"{request.base}/token",
            "grant_types_supported": ["client_credentials"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "scopes_supported": ["system/*.cruds", "system/*.rs", "system/*.read", "system/*.write"],
            "response_types_supported": [],
            "capabilities": ["permission-v1", "permission-v2", "client-confidential-symmetric"],
        },
    )


def _credentials(request: Request, form: dict[str, str]) -> tuple[str, str]:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            client, _, secret = base64.b64decode(given.strip(), validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return "", ""
        return unquote_plus(client), unquote_plus(secret)
    return form.get("client_id", ""), form.get("client_secret", "")


def _error(status: int, code: str, sentence: str, headers: dict[str, str] | None = None) -> Response:
    response = _json(status, {"error": code, "error_description": sentence})
    response.headers |= headers or {}
    return response


def _json(status: int, content: object) -> Response:
    return Response(status, msgspec.json.encode(content), {"Content-Type": "application/json", "Pragma": "no-cache"})

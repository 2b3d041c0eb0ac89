"""What a program reads before anything else: where to go, and what can be asked for.

Guide sections: SMART conformance (https://hl7.org/fhir/smart-app-launch/conformance.html) and OpenID Connect Discovery.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings

from chartdesk.api.fhir.messages import Request, Response
from chartdesk.api.smart.answers import json
from chartdesk.record.access import keys
from chartdesk.record.access.oauth.clients import ALGORITHMS
from chartdesk.record.access.scopes import CONTEXT

CAPABILITIES = (
    *("launch-ehr", "launch-standalone", "client-public", "client-confidential-symmetric"),
    *("client-confidential-asymmetric", "sso-openid-connect", "context-ehr-patient", "context-ehr-encounter"),
    *("context-standalone-patient", "context-standalone-encounter", "context-banner", "permission-offline"),
    *("permission-online", "permission-patient", "permission-user", "permission-v1", "permission-v2"),
)
_METHODS = ["client_secret_basic", "client_secret_post", "private_key_jwt"]
_LEVELS = tuple(
    f"{level}/*.{letters}"
    for level in ("patient", "user", "system")
    for letters in ("cruds", "rs", "read", "write", "*")
)


def configuration(request: Request) -> Response:
    """``GET /fhir/.well-known/smart-configuration``."""
    return json(200, {**_shared(request.base), "capabilities": list(CAPABILITIES)})


def openid(request: Request) -> Response:
    """``GET /fhir/.well-known/openid-configuration``."""
    content = {
        **_shared(request.base),
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": [keys.ALGORITHM],
        "claims_supported": ["iss", "sub", "aud", "iat", "exp", "auth_time", "nonce", "fhirUser", "name"],
        "response_modes_supported": ["query"],
    }
    return json(200, content)


def published_keys(request: Request) -> Response:
    """``GET /fhir/jwks``: the keys that identity tokens are signed with."""
    return json(200, keys.published())


def authorize_address(base: str) -> str:
    """The page on which people allow a program."""
    return f"{base.removesuffix('/fhir')}/access/authorize"


def _shared(base: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "issuer": base,
        "jwks_uri": f"{base}/jwks",
        "authorization_endpoint": authorize_address(base),
        "token_endpoint": f"{base}/token",
        "introspection_endpoint": f"{base}/introspect",
        "revocation_endpoint": f"{base}/revoke",
        "management_endpoint": f"{base.removesuffix('/fhir')}/access/allowed",
        "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
        "response_types_supported": ["code"],
        "scopes_supported": [*CONTEXT, *_LEVELS],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": [*_METHODS, "none"],
        "token_endpoint_auth_signing_alg_values_supported": ALGORITHMS,
        "introspection_endpoint_auth_methods_supported": _METHODS,
        "revocation_endpoint_auth_methods_supported": [*_METHODS, "none"],
    }
    if settings.REGISTRATION_PRACTICE:
        found["registration_endpoint"] = f"{base}/register"
    return found

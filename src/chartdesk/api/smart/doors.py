"""The addresses below ``/fhir`` that are open to programs without a bearer token: method and what answers."""

from __future__ import annotations

from collections.abc import Callable

from chartdesk.api.fhir import notifications
from chartdesk.api.fhir.messages import Request, Response
from chartdesk.api.smart import discovery, endpoints, registration

DOORS: dict[tuple[str, ...], tuple[str, Callable[[Request], Response]]] = {
    (".well-known", "smart-configuration"): ("GET", discovery.configuration),
    (".well-known", "openid-configuration"): ("GET", discovery.openid),
    ("jwks",): ("GET", discovery.published_keys),
    ("token",): ("POST", endpoints.token),
    ("introspect",): ("POST", endpoints.introspect),
    ("revoke",): ("POST", endpoints.revoke),
    ("register",): ("POST", registration.register),
    ("notifications",): ("POST", notifications.notified),
}

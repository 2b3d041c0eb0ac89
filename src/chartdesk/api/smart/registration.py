"""Programs that register themselves (RFC 7591): off, unless the operator names a practice that takes them.

Such a program waits until a manager has looked at it. It gets a client id, and a secret where it keeps one.
"""

from __future__ import annotations

from typing import Any

import msgspec
from django.conf import settings

from chartdesk.api.fhir.messages import Request, Response
from chartdesk.api.smart.answers import json, refusal
from chartdesk.kit import typed
from chartdesk.kit.errors import Invalid
from chartdesk.kit.transactions import transaction
from chartdesk.record import audit
from chartdesk.record.access import programs
from chartdesk.record.access.models import ApiClient, Practice
from chartdesk.record.access.programs import KEY, NONE, SECRET, Program
from chartdesk.record.access.subject import Role, Subject

#: The most programs that wait for a manager at one time, and the largest request.
MOST_WAITING, LARGEST = 50, 64 * 1024
_METHODS = {"client_secret_basic": SECRET, "client_secret_post": SECRET, "private_key_jwt": KEY, "none": NONE}
#: The guide's default.
_METHODS[""] = SECRET
_NAMES = {SECRET: "client_secret_basic", KEY: "private_key_jwt", NONE: "none"}


class _Wanted(msgspec.Struct):
    """What of a registration is looked at; the rest is ignored, as the guide asks."""

    client_name: str = ""
    redirect_uris: list[str] = []
    token_endpoint_auth_method: str = ""
    scope: str = ""
    jwks: dict[str, Any] | None = None
    jwks_uri: str = ""
    initiate_login_uri: str = ""


def register(request: Request) -> Response:
    """``POST /fhir/register``."""
    practice = Practice.objects.filter(slug=settings.REGISTRATION_PRACTICE).first()
    if not settings.REGISTRATION_PRACTICE or practice is None:
        return refusal(403, "access_denied", "Programs are registered by the practice's manager, not by themselves.")
    if len(request.body) > LARGEST:
        return refusal(400, "invalid_client_metadata", "The request is too large.")
    try:
        wanted = typed.decode(request.body, _Wanted)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return refusal(400, "invalid_client_metadata", "The body is not a registration in JSON.")
    if ApiClient.objects.filter(practice=practice.pk, approved=False, active=True).count() >= MOST_WAITING:
        return refusal(403, "access_denied", "Too many programs wait for the manager. Ask the practice.")
    try:
        client, secret = _registered(request, practice.pk, wanted)
    except Invalid as fault:
        code = "invalid_redirect_uri" if fault.where == "redirect_uris" else "invalid_client_metadata"
        return refusal(400, code, str(fault))
    return json(201, _told(client, secret))


def _registered(request: Request, practice: int, wanted: _Wanted) -> tuple[ApiClient, str]:
    program = Program(
        name=wanted.client_name,
        scopes=tuple(wanted.scope.split()),
        authentication=_METHODS.get(wanted.token_endpoint_auth_method, wanted.token_endpoint_auth_method),
        redirect_uris=tuple(wanted.redirect_uris),
        launch_uri=wanted.initiate_login_uri,
        jwks=wanted.jwks,
        jwks_uri=wanted.jwks_uri,
    )
    with transaction(practice):
        client, secret = programs.register(practice, program, approved=False)
        actor, roles = f"client:{client.client_id}", frozenset({Role.CLIENT})
        who = Subject(practice, actor, client.name, roles, origin=request.origin)
        audit.record(who, "C", "program", resource_id=client.client_id, detail="registered itself; waits")
    return client, secret


def _told(client: ApiClient, secret: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "client_id": client.client_id,
        "client_id_issued_at": int(client.created.timestamp()),
        "client_name": client.name,
        "redirect_uris": client.redirect_uris,
        "token_endpoint_auth_method": _NAMES[client.authentication],
        "scope": client.scopes,
        "grant_types": ["authorization_code", "refresh_token"] if client.redirect_uris else ["client_credentials"],
    }
    if secret:
        found |= {"client_secret": secret, "client_secret_expires_at": 0}
    return found

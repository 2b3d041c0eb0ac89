"""The endpoints that programs post to: token, introspection, revocation."""

from __future__ import annotations

from collections.abc import Callable

from chartdesk.api.fhir.messages import Request, Response
from chartdesk.api.fhir.refusals import Refused
from chartdesk.api.smart import remote_keys
from chartdesk.api.smart.answers import refusal, told
from chartdesk.kit.transactions import transaction
from chartdesk.record.access import oauth
from chartdesk.record.access.models import ApiClient
from chartdesk.record.access.oauth import Answer, OAuthRequest


def token(request: Request) -> Response:
    """``POST /fhir/token``: a code, a refresh token, or the program's own word, for a bearer token."""
    return _answered(request, oauth.token)


def introspect(request: Request) -> Response:
    """``POST /fhir/introspect``: whether a token works, and what it carries (RFC 7662)."""
    return _answered(request, oauth.introspected)


def revoke(request: Request) -> Response:
    """``POST /fhir/revoke``: the program gives a token back (RFC 7009)."""
    return _answered(request, oauth.revoked)


def _answered(request: Request, answers: Callable[[OAuthRequest], Answer]) -> Response:
    try:
        form = request.form()
    except Refused as refused:
        return refusal(400, "invalid_request", refused.fault.message)
    asked = OAuthRequest("POST", request.base, form, request.headers)
    client = _claimed(asked)
    if client is None:
        # Refused with the words that fit; no table of a practice is read for that.
        return told(answers(asked))
    if client.jwks_uri:
        asked.keys = remote_keys.read(client.jwks_uri, asked.key_id)
    with transaction(client.practice):
        return told(answers(asked))


def _claimed(asked: OAuthRequest) -> ApiClient | None:
    """The program that the request says it comes from: it tells the practice, and nothing else yet."""
    named = asked.claimed_client
    if not named or "\0" in named:
        return None
    return ApiClient.objects.filter(client_id=named, active=True, approved=True).first()

"""The authorization server: the pages and the token endpoint ask it, Authlib answers."""

from __future__ import annotations

from typing import Any

from authlib.oauth2 import rfc6749
from authlib.oauth2.rfc6749 import InvalidRequestError, InvalidScopeError, OAuth2Error

from chartdesk.record.access.grants import Approval
from chartdesk.record.access.models import ApiClient
from chartdesk.record.access.oauth import clients, flows
from chartdesk.record.access.oauth.clients import SIGNED, SignedStatement
from chartdesk.record.access.oauth.inspection import Introspection, Revocation
from chartdesk.record.access.oauth.messages import Answer, OAuthRequest

#: The longest parameter of a request.
_LONGEST = 8000
#: Parameters that Authlib repeats in its refusals, which take no quotation marks.
_QUOTED = ("client_id", "redirect_uri", "response_type")


class _Server(rfc6749.AuthorizationServer):
    """Authlib's server over our programs."""

    def query_client(self, client_id: str) -> Any:
        return clients.find(client_id)

    def save_token(self, token: dict[str, Any], request: OAuthRequest) -> None:
        """Nothing: ``flows.generated`` has written it down."""

    def create_oauth2_request(self, request: OAuthRequest) -> OAuthRequest:
        return request

    def handle_response(self, status: int, body: Any, headers: list[tuple[str, str]]) -> Answer:
        location = next((value for name, value in headers if name == "Location"), "")
        # However the program tried to say who it is: where it is not known, it is not let in.
        unknown = isinstance(body, dict) and body.get("error") == "invalid_client"
        return Answer(401 if unknown else status, body or {}, location)

    def send_signal(self, name: str, *args: Any, **kwargs: Any) -> None:
        """Nobody listens."""

    def authenticate_client(self, request: OAuthRequest, methods: list[str], endpoint: str = "token") -> Any:
        # Made anew for each request: the proof remembers what it is about.
        authentication = rfc6749.ClientAuthentication(self.query_client)
        authentication.register(SIGNED, SignedStatement(leeway=60))
        return authentication(request, methods, endpoint)


_server = _Server()
_server.register_grant(flows.CodeFlow, [flows.Challenge(required=True), flows.Identity()])
_server.register_grant(flows.RefreshFlow)
_server.register_grant(flows.ProgramFlow)
_server.register_token_generator("default", flows.generated)
_server.register_endpoint(Introspection)
_server.register_endpoint(Revocation)


def token(request: OAuthRequest) -> Answer:
    """The token endpoint."""
    return _unrepeated(request) or _server.create_token_response(request)


def introspected(request: OAuthRequest) -> Answer:
    """The introspection endpoint."""
    return _unrepeated(request) or _server.create_endpoint_response(Introspection.ENDPOINT_NAME, request)


def revoked(request: OAuthRequest) -> Answer:
    """The revocation endpoint."""
    return _unrepeated(request) or _server.create_endpoint_response(Revocation.ENDPOINT_NAME, request)


def consent(request: OAuthRequest, user: Any) -> Any:
    """What the program asks ``user`` for, checked: an Authlib grant with ``redirect_uri``, ``prompt`` and
    ``request.scope``. Raises OAuth2Error; one without a ``redirect_uri`` must not send the browser anywhere.
    """
    _readable(request)
    grant = _server.get_consent_grant(request, user)
    data = request.payload.data
    if not data.get("state"):
        raise InvalidRequestError("A state is needed.", redirect_uri=grant.redirect_uri)
    if data.get("aud", "").rstrip("/") != request.base:
        raise InvalidRequestError(f"aud must be {request.base}", redirect_uri=grant.redirect_uri, state=data["state"])
    return grant


def client_of(grant: Any) -> ApiClient:
    """The program that asks."""
    row: ApiClient = grant.request.client.row
    return row


def allowed(grant: Any, approval: Approval) -> Answer:
    """The person allowed it: the address to send the browser to, with a code."""
    if not approval.scopes:
        error = InvalidScopeError(redirect_uri=grant.redirect_uri, state=grant.request.payload.state)
        return refused(grant.request, error)
    return _server.create_authorization_response(grant.request, approval, grant)


def denied(grant: Any) -> Answer:
    """The person did not allow it."""
    return _server.create_authorization_response(grant.request, None, grant)


def refused(request: OAuthRequest, error: OAuth2Error) -> Answer:
    """The answer that tells ``error``, at the program's address where that is known to be its own."""
    return _server.handle_error_response(request, error)


def _unrepeated(request: OAuthRequest) -> Answer | None:
    """A refusal where a parameter stands there twice (RFC 6749 section 3.2)."""
    if request.repeated:
        error = InvalidRequestError(f"Repeated: {flows.printable(', '.join(request.repeated))}")
        return refused(request, error)
    return None


def _readable(request: OAuthRequest) -> None:
    """Raise where a parameter holds what no honest request has, before its words come into an answer."""
    for name, value in request.payload.data.items():
        quoted = name in _QUOTED and (not value.isascii() or '"' in value or "\\" in value)
        if len(value) > _LONGEST or not value.isprintable() or quoted:
            raise InvalidRequestError(f"{flows.printable(name)} cannot be read.")

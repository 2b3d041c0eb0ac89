"""Telling from a bearer token who asks (RFC 6750). Getting one is the ``smart`` room's."""

from __future__ import annotations

from chartdesk.api.fhir.messages import Request
from chartdesk.api.fhir.refusals import Refused
from chartdesk.kit.errors import Forbidden
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
        return people.subject_of_token(given.strip(), origin=request.origin, request=identifier)
    except Forbidden as fault:
        raise Refused(401, fault, {"WWW-Authenticate": f'{_REALM}, error="invalid_token"'}) from fault

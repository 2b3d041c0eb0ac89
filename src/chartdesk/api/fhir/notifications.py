"""``POST /fhir/notifications``: where the other half's server tells us what changed there.

Guide section: notifications (https://hl7.org/fhir/uv/subscriptions-backport/notifications.html). It shows the token
that our Subscription gave it; the answer comes once what it tells is noted.
"""

from __future__ import annotations

import msgspec

from chartdesk.api.fhir.messages import Request, Response
from chartdesk.api.fhir.refusals import Refused
from chartdesk.exchange.halves.fhir import hearing
from chartdesk.kit.errors import Forbidden, Invalid, Unavailable


def notified(request: Request) -> Response:
    """Note what a notification tells."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    try:
        if scheme.lower() != "bearer" or not given.strip():
            raise Forbidden("The notification carries no token.", cure="Send the header that the Subscription gives.")
        hearing.notified(given.strip(), _read(request.body))
    except Forbidden as fault:
        raise Refused(401, fault, {"WWW-Authenticate": 'Bearer realm="Chartdesk"'}) from fault
    except Invalid as fault:
        raise Refused(400, fault) from fault
    except Unavailable as fault:
        raise Refused(503, fault) from fault
    return Response(200, b"", {})


def _read(body: bytes) -> object:
    try:
        return msgspec.json.decode(body)
    except msgspec.DecodeError:
        raise Invalid("The notification is not JSON.", where="Bundle") from None

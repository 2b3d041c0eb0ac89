"""OAuth 2.0 and OpenID Connect, as Authlib speaks them, over what is in this room.

Authlib keeps the order of questions and the words of refusals; who a program is, what was allowed and what becomes of
it stand in ``programs`` and ``grants``. Everything here runs inside a transaction of the program's practice.
Guide section: SMART App Launch 2.2 (https://hl7.org/fhir/smart-app-launch/app-launch.html).
"""

from authlib.oauth2.rfc6749 import OAuth2Error

from chartdesk.record.access.oauth.messages import Answer, OAuthRequest
from chartdesk.record.access.oauth.server import (
    allowed,
    consent,
    denied,
    introspected,
    refused,
    revoked,
    token,
)

__all__ = [
    "Answer",
    "OAuth2Error",
    "OAuthRequest",
    "allowed",
    "consent",
    "denied",
    "introspected",
    "refused",
    "revoked",
    "token",
]

"""Programs as Authlib asks about them, and how one proves who it is by a signature.

Guide section: SMART App Launch 2.2, asymmetric client authentication
(https://hl7.org/fhir/smart-app-launch/client-confidential-asymmetric.html).
"""

from __future__ import annotations

import json
from typing import Any

from authlib.oauth2.rfc6749 import ClientMixin, InvalidClientError
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion
from django.db import IntegrityError
from django.db import transaction as django_transaction
from joserfc import jwk, jwt
from joserfc.errors import JoseError

from chartdesk.kit import clock
from chartdesk.record.access import programs, tokens
from chartdesk.record.access.models import ApiClient, SeenAssertion
from chartdesk.record.access.oauth.messages import OAuthRequest
from chartdesk.record.access.scopes import narrowed

SIGNED = "private_key_jwt"
#: What a program may sign with.
ALGORITHMS = ["RS384", "ES384"]
_METHODS = {
    programs.SECRET: ("client_secret_basic", "client_secret_post"),
    programs.KEY: (SIGNED,),
    programs.NONE: ("none",),
}
#: Seconds that clocks may differ by, and that a signed statement may last at most.
_LEEWAY, _LONGEST = 60, 300


class Client(ClientMixin):
    """A registered program."""

    def __init__(self, row: ApiClient) -> None:
        self.row = row

    def get_client_id(self) -> str:
        return self.row.client_id

    def get_default_redirect_uri(self) -> str | None:
        """None: the program always says where it wants people back, and exactly."""
        return None

    def get_allowed_scope(self, scope: str | None) -> str | None:
        return " ".join(narrowed(self.row.scopes.split(), (scope or "").split())) or None

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri in self.row.redirect_uris

    def check_client_secret(self, client_secret: str) -> bool:
        return tokens.secret_fits(self.row, client_secret)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in _METHODS[self.row.authentication]

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code" and bool(self.row.redirect_uris)

    def check_grant_type(self, grant_type: str) -> bool:
        if grant_type == "client_credentials":
            return self.row.authentication != programs.NONE
        return bool(self.row.redirect_uris)


def find(client_id: str) -> Client | None:
    """The program with this id, where it has access."""
    if "\0" in client_id:
        return None
    row = ApiClient.objects.filter(client_id=client_id, active=True, approved=True).first()
    return Client(row) if row else None


class SignedStatement(JWTBearerClientAssertion):
    """The proof by a signed statement: RS384 or ES384, for this very server, for at most five minutes, used once."""

    CLIENT_AUTH_METHOD = SIGNED

    def __call__(self, query_client: Any, request: OAuthRequest) -> Any:
        self.request = request
        return super().__call__(query_client, request)

    def get_audiences(self) -> list[str]:
        return [f"{self.request.base}/token", self.request.base]

    def resolve_client_public_key(self, client: Client) -> jwk.KeySet:
        self.client = client.row
        if client.row.authentication != programs.KEY:
            raise InvalidClientError(description="This program does not sign.")
        registered: Any = client.row.jwks or {"keys": []}
        keys = self.request.keys if client.row.jwks_uri else jwk.KeySet.import_key_set(registered)
        if keys is None or not keys.keys:
            raise InvalidClientError(description="The keys of this program cannot be read.")
        return keys

    def process_assertion_claims(self, assertion: str, resolve_key: jwk.KeySet) -> Any:
        try:
            token = jwt.decode(assertion, resolve_key, algorithms=ALGORITHMS)
        except (JoseError, ValueError, TypeError, RecursionError):
            raise InvalidClientError(description="The signature cannot be checked with the keys registered.") from None
        self.verify_claims(token.claims)
        return token.claims

    def verify_claims(self, claims: Any) -> None:
        try:
            expires = float(claims.get("exp", 0))
            json.dumps(claims.get("jti"), allow_nan=False)
        except (TypeError, ValueError):
            raise InvalidClientError(description="exp is not a number.") from None
        if expires > clock.now().timestamp() + _LONGEST + _LEEWAY:
            raise InvalidClientError(description="exp is more than five minutes away.")
        super().verify_claims(claims)

    def validate_jti(self, claims: Any, jti: Any) -> bool:
        """Whether the statement has not been used; it now has."""
        now = clock.now()
        SeenAssertion.objects.filter(client=self.client, expires__lt=now).delete()
        try:
            with django_transaction.atomic():
                SeenAssertion.objects.create(
                    practice=self.client.practice,
                    client=self.client,
                    identifier_hash=tokens.digest(json.dumps(jti)),
                    expires=now + 2 * tokens.SIGNED_LIFE,
                )
        except IntegrityError:
            return False
        return True

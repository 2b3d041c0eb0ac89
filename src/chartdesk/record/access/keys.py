"""The keys that sign identity tokens.

They lie in the database, so that every process has the same ones, encrypted with a key derived from the
installation's secret. A new one is made every 90 days; the old one is published until what it signed has expired.
"""

from __future__ import annotations

import json
import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction as django_transaction
from joserfc import jwk

from chartdesk.kit import clock
from chartdesk.kit.errors import Unavailable
from chartdesk.kit.transactions import advisory_lock
from chartdesk.record.access import sealing
from chartdesk.record.access.models import SigningKey

ALGORITHM = "RS256"
BITS = 2048
#: What they are sealed for (``sealing``).
_PURPOSE = "signing keys"
#: How long a key signs, and how long after that it is still published.
SIGNS, PUBLISHED = timedelta(days=90), timedelta(days=2)


def signing_key() -> jwk.RSAKey:
    """The key to sign with, made where there is none yet or the last one is old."""
    with django_transaction.atomic():
        found = _present()
        if found is None:
            advisory_lock("signing key")
            found = _present() or _make()
    return found


def published() -> dict[str, Any]:
    """The public halves, as a JSON Web Key Set."""
    signing_key()
    young = SigningKey.objects.filter(created__gt=clock.now() - SIGNS - PUBLISHED).order_by("-created", "-pk")
    return {"keys": [row.public for row in young]}


def prune() -> None:
    """Drop the keys that nothing is checked with any more."""
    SigningKey.objects.filter(created__lte=clock.now() - SIGNS - PUBLISHED).delete()


def _present() -> jwk.RSAKey | None:
    young = SigningKey.objects.filter(created__gt=clock.now() - SIGNS).order_by("-created", "-pk")
    return next((key for row in young if (key := _opened(row)) is not None), None)


def _make() -> jwk.RSAKey:
    key = jwk.RSAKey.generate_key(BITS, {"kid": secrets.token_hex(8), "use": "sig", "alg": ALGORITHM})
    SigningKey.objects.create(
        kid=key.kid,
        public=key.as_dict(private=False),
        private=sealing.seal(_PURPOSE, json.dumps(key.as_dict(private=True))),
        created=clock.now(),
    )
    return key


def _opened(row: SigningKey) -> jwk.RSAKey | None:
    """The key; None where the installation's secret has changed since, so that a new one is made."""
    try:
        plain = sealing.opened(_PURPOSE, row.private)
    except Unavailable:
        return None
    return jwk.RSAKey.import_key(json.loads(plain))

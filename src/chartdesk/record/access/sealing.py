"""Secrets that must be read again, such as a key we sign with: sealed with a key of the installation's secret.

The database alone does not open them. What is only compared is kept as a hash instead (``tokens.digest``).
"""

from __future__ import annotations

import hmac

from django.conf import settings
from joserfc import jwe, jwk
from joserfc.errors import JoseError

from chartdesk.kit.errors import Unavailable


def seal(purpose: str, text: str) -> str:
    """``text``, readable by ``opened`` with the same ``purpose`` only."""
    return jwe.encrypt_compact({"alg": "dir", "enc": "A256GCM"}, text.encode(), _key(purpose))


def opened(purpose: str, sealed: str) -> str:
    """What was sealed. Raises Unavailable where the installation's secret has changed since."""
    try:
        return (jwe.decrypt_compact(sealed, _key(purpose)).plaintext or b"").decode()
    except (JoseError, ValueError):
        raise Unavailable(
            f"The {purpose} was sealed with another secret of the installation.",
            cure="Give it anew, or put the old CHARTDESK_SECRET_KEY back.",
        ) from None


def _key(purpose: str) -> jwk.OctKey:
    secret = hmac.digest(settings.SECRET_KEY.encode(), f"chartdesk: {purpose}".encode(), "sha256")
    return jwk.OctKey.import_key(secret)

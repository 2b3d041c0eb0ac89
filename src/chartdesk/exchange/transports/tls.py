"""Encryption of connections: our certificate, whose certificates we believe, and whether the partner must show one.

TLS 1.2 is the least. Certificates and keys are PEM texts; a key never lies on the disk for longer than it is read.
"""

from __future__ import annotations

import ssl
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from cryptography import x509

from chartdesk.kit.errors import Invalid


def serving(own: str, clients: str = "") -> ssl.SSLContext:
    """For a listener. ``own``: our certificate, those it stands on, and its key, as one PEM text.

    ``clients``: whose certificates partners must show; empty: they need none. Raises Invalid for what cannot be used.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if not own:
        raise Invalid("The listener is to speak TLS and has no certificate.", cure="Name one in the channel.")
    _own(context, own)
    if clients:
        context.verify_mode = ssl.CERT_REQUIRED
        _believe(context, clients)
    return context


def calling(authority: str = "", own: str = "") -> ssl.SSLContext:
    """For a connection to a partner. ``authority``: whose certificates are believed, in place of the public ones.

    ``own`` is shown where the partner asks who we are. The partner's name is checked, always. Raises Invalid as
    ``serving`` does.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if authority else ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if authority:
        _believe(context, authority)
    if own:
        _own(context, own)
    return context


def ends(own: str) -> datetime:
    """When our certificate ends; those that it stands on are their makers' to renew. Raises Invalid without one."""
    try:
        return x509.load_pem_x509_certificates(own.encode())[0].not_valid_after_utc
    except ValueError:
        raise Invalid("The certificate cannot be read.", cure="Give it as PEM.") from None


def tell_of_failures(context: ssl.SSLContext, tell: Callable[[str], None]) -> None:
    """Call ``tell`` with words for every handshake of a listener's ``context`` that fails: nobody else hears of it."""

    class Telling(ssl.SSLObject):
        def do_handshake(self) -> None:
            try:
                super().do_handshake()
            except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
                raise
            except ssl.SSLError as fault:
                tell(_failure(fault))
                raise

    context.sslobject_class = Telling


def _failure(fault: ssl.SSLError) -> str:
    if isinstance(fault, ssl.SSLCertVerificationError):
        return f"its certificate is not believed ({fault.verify_message})"
    said = (fault.reason or "no TLS").replace("_", " ").lower()
    if " alert " in said:
        return f"it does not go on with us ({said.partition(' alert ')[2]})"
    return f"no common encryption ({said})"


def _believe(context: ssl.SSLContext, authority: str) -> None:
    try:
        context.load_verify_locations(cadata=authority)
    except (ssl.SSLError, ValueError):
        raise Invalid("The certificates to believe cannot be read.", cure="Give them as PEM.") from None


def _own(context: ssl.SSLContext, text: str) -> None:
    # The library reads files only. The folder is ours alone and gone before anybody connects.
    with tempfile.TemporaryDirectory(prefix="cd-tls-") as folder:
        file = Path(folder) / "chain.pem"
        file.touch(mode=0o600)
        file.write_text(text, encoding="utf-8")
        try:
            context.load_cert_chain(file, password=lambda: b"")
        except (ssl.SSLError, ValueError):
            raise Invalid(
                "The certificate cannot be used with its key.",
                cure="Give both in one PEM text, the key without a pass phrase and the one that belongs to it.",
            ) from None

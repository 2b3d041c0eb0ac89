"""Certificates made for a test: an authority, and what it signs."""

from __future__ import annotations

import ssl
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Authority:
    """Signs certificates; ``pem`` is its own."""

    def __init__(self, name: str = "Authority") -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self._own = self._made(self._name, self._key, ca=True, names=[])
        self.pem = self._own.public_bytes(serialization.Encoding.PEM).decode()

    def issue(self, name: str, *, expired: bool = False, days: float = 365) -> str:
        """A certificate for a host or a partner, and its key, as one PEM text."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        made = self._made(subject, key, ca=False, names=[name], days=-0.5 if expired else days)
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return private.decode() + made.public_bytes(serialization.Encoding.PEM).decode()

    def _made(
        self, subject: x509.Name, key: ec.EllipticCurvePrivateKey, *, ca: bool, names: list[str], days: float = 365
    ) -> x509.Certificate:
        now = datetime.now(UTC)
        maker = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        )
        if names:
            maker = maker.add_extension(x509.SubjectAlternativeName([x509.DNSName(one) for one in names]), False)
        return maker.sign(self._key, hashes.SHA256())


def calling(authority: Authority, own: str = "") -> ssl.SSLContext:
    """A partner's own context: whom it believes, and what it shows."""
    context = ssl.create_default_context(cadata=authority.pem)
    if own:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "own.pem"
            file.write_text(own)
            context.load_cert_chain(file)
    return context

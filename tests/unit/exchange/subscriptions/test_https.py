"""Notifications over https: the certificate is checked against the name, though the call goes to an address."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.unit.exchange.subscriptions.receiver import Receiver

from chartdesk.exchange.subscriptions import caller, endpoints
from chartdesk.kit import clock

#: The name that the certificates are for. It is looked up by the test, not by the machine.
NAME = "hook.partner.example"


def _certificate(folder: Path, name: str) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = clock.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certificate, private


@pytest.fixture
def secured(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """A receiver that speaks TLS, with a certificate for the name of the parameter, which is trusted."""
    certificate, private = _certificate(tmp_path, request.param)
    receiver = Receiver()
    receiver.start()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, private)
    receiver.secure(context)
    trusted = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(caller, "_trust", lambda: trusted)

    async def addresses(host: str, port: int) -> list[str]:
        assert host == NAME
        return ["127.0.0.1"]

    monkeypatch.setattr(endpoints, "addresses", addresses)
    yield receiver
    receiver.stop()


@pytest.mark.parametrize("secured", [NAME], indirect=True)
def test_the_name_is_sent_and_checked(secured: Receiver) -> None:
    answer = caller.post(f"https://{NAME}:{secured.port}/hook", [["X-A", "1"]], b'{"a": 1}', 5)
    assert answer.taken, answer
    assert secured.took == [{"a": 1}]
    assert secured.headers[0]["Host"] == f"{NAME}:{secured.port}"


@pytest.mark.parametrize("secured", ["someone.else.example"], indirect=True)
def test_a_certificate_for_another_name_is_not_taken(secured: Receiver) -> None:
    answer = caller.post(f"https://{NAME}:{secured.port}/hook", [], b"{}", 5)
    assert answer.code == "certificate-error"
    assert secured.took == []


@pytest.mark.parametrize("secured", [NAME], indirect=True)
def test_a_certificate_that_nobody_vouches_for_is_not_taken(secured: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caller, "_trust", ssl.create_default_context)
    answer = caller.post(f"https://{NAME}:{secured.port}/hook", [], b"{}", 5)
    assert answer.code == "certificate-error"

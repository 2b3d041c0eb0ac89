"""MLLPS both ways, with certificates of a made-up authority on both sides."""

from __future__ import annotations

import ssl

import pytest
from tests.unit.exchange.transports.certificates import Authority, calling
from tests.unit.exchange.transports.conftest import Partner, adt

from chartdesk.exchange.engine.documents import MllpTarget
from chartdesk.exchange.engine.transports import HL7, Content, Door
from chartdesk.exchange.transports import secrets, tls
from chartdesk.exchange.transports.mllp_client import MllpTransport
from chartdesk.kit.errors import Forbidden, Invalid, NotFound
from chartdesk.kit.transactions import transaction
from chartdesk.record.access.subject import Role, Subject


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture
def guarded(desk, subject, authority, program):
    """A channel that shows a certificate and asks for one; gives its port."""
    channel, port = desk.listening(tls=True, certificate="ours", client_authority="theirs")
    secrets.keep(subject, "in", "ours", authority.issue("localhost"))
    secrets.keep(subject, "in", "theirs", authority.pem)
    program()
    return channel, port


def test_a_partner_that_shows_its_certificate(desk, guarded, authority):
    with Partner(guarded[1], calling(authority, authority.issue("lab.example"))) as partner:
        assert partner.ask(adt("1")) == ("AA", "1")
    assert len(desk.log()) == 1


def test_a_partner_without_one_or_with_a_stranger_s(desk, guarded, authority):
    for own in ("", Authority("Stranger").issue("lab.example")):
        with pytest.raises((ssl.SSLError, ConnectionError, AssertionError)):
            Partner(guarded[1], calling(authority, own)).ask(adt("1"))
    with Partner(guarded[1]) as partner:
        partner.send(adt("1"))
        with pytest.raises((ConnectionError, ValueError, AssertionError)):
            partner.said()
    assert desk.log() == []


def test_we_call_a_partner_and_show_ours(desk, guarded, subject, authority):
    channel, port = guarded
    secrets.keep(subject, "in", "mine", authority.issue("chartdesk.example"))
    content = Content(adt("1"), HL7, "1", "ADT^A04", 1)

    def sent(**settings):
        transport = MllpTransport()
        target = MllpTarget(host=settings.pop("host", "localhost"), port=port, tls=True, **settings)
        try:
            return transport.deliver(Door(desk.practice, channel.pk, "in", "lab", target), content)
        finally:
            transport.close()

    assert sent(authority="theirs", certificate="mine").status == "taken"
    assert sent(authority="theirs").status == "unreachable", "the listener asks for a certificate"
    assert "is not believed" in sent(certificate="mine").words
    assert "is not believed" in sent(authority="theirs", certificate="mine", host="127.0.0.1").words
    assert "has no secret 'gone'" in sent(authority="gone").words
    assert len(desk.log()) == 1


def test_a_listener_gets_a_new_certificate_without_a_restart(desk, guarded, subject):
    from tests.unit.exchange.transports.test_following import change
    from tests.unit.exchange.transports.test_listening import wait_for

    other = Authority("Successor")
    secrets.keep(subject, "in", "ours", other.issue("localhost"))
    secrets.keep(subject, "in", "theirs", other.pem)
    change(guarded[0])
    trusted = calling(other, other.issue("lab.example"))

    def answers() -> bool:
        try:
            with Partner(guarded[1], trusted) as partner:
                return partner.ask(adt("1")) == ("AA", "1")
        except (OSError, AssertionError):
            return False

    wait_for(answers)


def test_what_is_no_certificate_is_told(authority):
    for own in ("", "nonsense", authority.pem):
        with pytest.raises(Invalid):
            tls.serving(own)
    with pytest.raises(Invalid, match="cannot be read"):
        tls.calling("nonsense")


def test_secrets_are_sealed_named_replaced_and_forgotten(desk, subject, settings_key):
    from chartdesk.exchange.engine.models import ChannelSecret
    from chartdesk.kit import database

    channel, _ = desk.listening()
    secrets.keep(subject, "in", "token", "very secret")
    assert secrets.read(desk.practice, channel.pk, "token") == "very secret"
    assert list(secrets.names(subject, channel.pk)) == ["token"]
    with transaction(desk.practice):
        assert "secret" not in ChannelSecret.objects.get().sealed
    secrets.keep(subject, "in", "token", "another")
    assert secrets.read(desk.practice, channel.pk, "token") == "another"
    with settings_key("changed"), pytest.raises(Invalid, match="another key"):
        secrets.read(desk.practice, channel.pk, "token")
    secrets.drop(subject, "in", "token")
    with transaction(desk.practice):
        kept = database.rows("SELECT detail FROM record_audit WHERE detail LIKE 'secret %%' ORDER BY id", [])
    assert [detail for (detail,) in kept] == ["secret token kept"] * 2 + ["secret token forgotten"]
    with pytest.raises(Invalid, match="has no secret"):
        secrets.read(desk.practice, channel.pk, "token")
    with pytest.raises(NotFound):
        secrets.drop(subject, "in", "token")
    with pytest.raises(NotFound):
        secrets.keep(subject, "nowhere", "token", "x")
    nurse = Subject(desk.practice, "user:1", "N", frozenset({Role.NURSE}))
    with pytest.raises(Forbidden):
        secrets.keep(nurse, "in", "token", "x")


@pytest.fixture
def settings_key():
    from django.test import override_settings

    return lambda text: override_settings(SECRET_KEY=text)

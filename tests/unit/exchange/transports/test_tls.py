"""MLLPS both ways, with certificates of a made-up authority on both sides."""

from __future__ import annotations

import ssl
from datetime import timedelta

import pytest
from tests.unit.exchange.transports.certificates import Authority, calling
from tests.unit.exchange.transports.conftest import Partner, adt
from tests.unit.exchange.transports.test_following import change
from tests.unit.exchange.transports.test_listening import wait_for

from chartdesk.exchange.engine import notices
from chartdesk.exchange.engine.documents import MllpTarget
from chartdesk.exchange.engine.transports import HL7, Content, Door
from chartdesk.exchange.transports import looking, secrets, standing, tls
from chartdesk.exchange.transports.mllp_client import MllpTransport
from chartdesk.exchange.transports.models import SourceState
from chartdesk.kit import clock
from chartdesk.kit.errors import Forbidden, Invalid, NotFound
from chartdesk.kit.models import WorkItem
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
    secrets.keep(subject, "in", "mine", authority.issue("chartdesk.example"))
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


def test_a_partner_whose_certificate_has_expired_is_told_of(desk, guarded, authority):
    expired = authority.issue("lab.example", expired=True)
    with pytest.raises((ssl.SSLError, ConnectionError, AssertionError)):
        Partner(guarded[1], calling(authority, expired)).ask(adt("1"))
    _wait_for_words(guarded[0], "its certificate is not believed (certificate has expired)")


def test_our_own_that_has_expired_is_told_of(desk, subject, authority, program):
    channel, port = desk.listening(tls=True, certificate="ours")
    secrets.keep(subject, "in", "ours", authority.issue("localhost", expired=True))
    program()
    with pytest.raises(ssl.SSLCertVerificationError, match="expired"):
        Partner(port, calling(authority))
    _wait_for_words(channel, "it does not go on with us (certificate expired)")
    secrets.keep(subject, "in", "theirs", authority.pem)
    target = MllpTarget(host="localhost", port=port, tls=True, authority="theirs")
    transport = MllpTransport()
    found = transport.deliver(Door(desk.practice, channel.pk, "in", "lab", target), Content(adt("1"), HL7, "1", "A", 1))
    transport.close()
    assert found.status == "unreachable" and "is not believed: certificate has expired" in found.words


def test_our_own_that_ends_soon_is_told_of_until_there_is_another(desk, subject, authority, program):
    channel, port = desk.listening(tls=True, certificate="ours")
    secrets.keep(subject, "in", "ours", authority.issue("localhost", days=20))
    program()
    _wait_for_words(channel, "with TLS. Its certificate ends on ")
    assert [one.link_id for one in _renewals(desk)] == ["in"]
    with Partner(port, calling(authority)) as partner:
        assert partner.ask(adt("1")) == ("AA", "1")
    secrets.keep(subject, "in", "ours", authority.issue("localhost", days=100))
    _wait_for_words(channel, "", without="Its certificate")
    assert _renewals(desk) == []


def test_the_end_of_a_certificate_is_the_own_one_s(authority):
    moment = clock.now()
    own = authority.issue("localhost", days=3)
    assert tls.ends(own) - moment < timedelta(days=4) < tls.ends(authority.pem) - moment
    assert tls.ends(own + authority.pem) == tls.ends(own)
    with pytest.raises(Invalid):
        tls.ends("nonsense")


def _renewals(desk) -> list[WorkItem]:
    with transaction(desk.practice):
        return list(WorkItem.objects.filter(kind=standing.CERTIFICATE, state="open"))


def _wait_for_words(channel, words: str, *, without: str = "\n") -> None:
    """Until the page of the channel says so."""

    def said() -> bool:
        with transaction(channel.practice):
            notices.tell(notices.CHANNELS)  # whoever serves it looks, and says how it fares
            one = SourceState.objects.filter(channel=channel.pk).first()
        return one is not None and words in one.words and without not in one.words

    wait_for(said)


def test_a_secret_that_a_listener_does_not_use_leaves_its_partners_alone(guarded, subject, authority):
    number = guarded[0].pk
    every = looking.Look()

    def terms():
        return every.look().wanted[number].terms

    before = terms()
    secrets.keep(subject, "in", "mine", authority.issue("another.example"))
    assert terms() == before
    for name in ("ours", "theirs"):
        last = terms()
        secrets.keep(subject, "in", name, authority.issue("localhost"))
        assert terms() != last


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

"""Notifications of the other half: counted, noted once, and refused from strangers."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from chartdesk.api import fhir
from chartdesk.exchange.halves.fhir import following, hearing
from chartdesk.exchange.halves.fhir.models import Door, Ear, Hint, Peer
from chartdesk.exchange.halves.fhir.reading import Reader
from chartdesk.kit import clock
from chartdesk.kit.errors import Forbidden, Invalid, Unavailable
from chartdesk.kit.transactions import transaction
from chartdesk.record.access import tokens

HOOK = "a-token-of-ours"


def bundle(kind: str, total: int, *events: tuple[int, str]) -> dict[str, Any]:
    """A notification as the guide describes it."""
    told = [
        {
            "name": "notification-event",
            "part": [
                {"name": "event-number", "valueString": str(number)},
                {"name": "focus", "valueReference": {"reference": f"https://them.test/fhir/{focus}"}},
            ],
        }
        for number, focus in events
    ]
    parameters = [
        {"name": "subscription", "valueReference": {"reference": "https://them.test/fhir/Subscription/s1"}},
        {"name": "status", "valueCode": "active"},
        {"name": "type", "valueCode": kind},
        {"name": "events-since-subscription-start", "valueString": str(total)},
        *told,
    ]
    return {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Parameters", "parameter": parameters}}]}


@pytest.fixture
def ear(subject: Any) -> Ear:
    """A subscription of ours at a peer."""
    with transaction(subject):
        peer = Peer.objects.create(
            practice=subject.practice, name="Them", base="https://them.test/fhir", authority="THEM", key="", hook="",
            changed=clock.now(), changed_by="test",
        )  # fmt: skip
        Door.objects.create(
            hook_hash=tokens.digest(f"{HOOK}{subject.practice}"), practice=subject.practice, peer=peer.pk
        )
        return Ear.objects.create(
            practice=subject.practice, peer=peer, topic="patient", subscription="s1", status="requested"
        )


def tell(subject: Any, told: Any) -> None:
    hearing.notified(f"{HOOK}{subject.practice}", told)


def hints(subject: Any) -> dict[str, int]:
    with transaction(subject):
        rows = Hint.objects.filter(practice=subject.practice)
        return {f"{one.type}/{one.resource}": one.times for one in rows}


def standing(subject: Any, ear: Ear) -> tuple[int, int, str]:
    with transaction(subject):
        ear.refresh_from_db()
    return ear.seen, ear.told, ear.status


def test_each_resource_is_noted_once_and_grows_when_it_is_told_of_anew(subject, ear):
    tell(subject, bundle("handshake", 0))
    assert standing(subject, ear) == (0, 0, "active")
    tell(subject, bundle("event-notification", 2, (1, "Patient/p1"), (2, "Patient/p2/_history/3")))
    tell(subject, bundle("event-notification", 3, (3, "Patient/p1")))
    assert standing(subject, ear) == (3, 3, "active")
    assert hints(subject) == {"Patient/p1": 2, "Patient/p2": 1}


def test_what_comes_twice_counts_once(subject, ear):
    first = bundle("event-notification", 1, (1, "Patient/p1"))
    tell(subject, first)
    tell(subject, first)
    assert hints(subject) == {"Patient/p1": 1} and standing(subject, ear) == (1, 1, "active")


def test_what_comes_too_early_waits_until_those_between_were_asked_for(subject, ear):
    tell(subject, bundle("event-notification", 3, (3, "Patient/p3")))
    assert hints(subject) == {} and standing(subject, ear) == (0, 3, "active")
    tell(subject, bundle("query-event", 3, (1, "Patient/p1"), (2, "Patient/p2"), (3, "Patient/p3")))
    assert sorted(hints(subject)) == ["Patient/p1", "Patient/p2", "Patient/p3"]
    assert standing(subject, ear) == (3, 3, "active")


def test_a_heartbeat_says_what_was_missed(subject, ear):
    tell(subject, bundle("heartbeat", 7))
    assert standing(subject, ear) == (0, 7, "active")


def test_an_event_that_does_not_say_what_it_is_about_is_counted(subject, ear):
    told = bundle("event-notification", 1, (1, "Patient/p1"))
    parts = told["entry"][0]["resource"]["parameter"][-1]["part"]
    del parts[1]
    tell(subject, told)
    assert hints(subject) == {} and standing(subject, ear)[:2] == (1, 1)


def test_a_stranger_is_refused(subject, ear):
    with pytest.raises(Forbidden):
        hearing.notified("somebody else", bundle("handshake", 0))


def test_a_greeting_may_come_before_we_know_its_name_and_an_event_comes_again(subject, ear):
    with transaction(subject):
        Ear.objects.filter(pk=ear.pk).update(subscription="other")
    tell(subject, bundle("handshake", 0))
    with pytest.raises(Unavailable):
        tell(subject, bundle("event-notification", 1, (1, "Patient/p1")))


@pytest.mark.parametrize("wrong", [None, [], {}, {"entry": []}, {"entry": [{"resource": {"parameter": [{}]}}]}, "text"])
def test_what_is_no_notification_is_refused_in_words(subject, ear, wrong):
    with pytest.raises(Invalid, match="no notification"):
        tell(subject, wrong)


def post(body: bytes, token: str = "") -> tuple[int, dict[str, str]]:
    """A notification as it comes over HTTP."""
    headers = {"host": "localhost", "content-type": "application/fhir+json"}
    if token:
        headers["authorization"] = f"Bearer {token}"
    answer = fhir.handle(fhir.Request("POST", "/fhir/notifications", "", headers, body, "127.0.0.1"))
    return answer.status, answer.headers


def test_over_http_each_case_has_its_status(subject, ear):
    token = f"{HOOK}{subject.practice}"
    told = msgspec.json.encode(bundle("event-notification", 1, (1, "Patient/p1")))
    assert post(told)[0] == 401 and post(told, "wrong")[0] == 401
    assert post(b"{", token)[0] == 400 and post(b"{}", token)[0] == 400
    assert hints(subject) == {}
    assert post(told, token)[0] == 200 and hints(subject) == {"Patient/p1": 1}
    with transaction(subject):
        Ear.objects.filter(pk=ear.pk).update(subscription="other")
    status, headers = post(told, token)
    assert status == 503 and headers["Retry-After"]


def test_a_resource_that_fails_inside_is_tried_again_and_keeps_no_other_waiting(subject, ear, monkeypatch):
    class Odd(Reader):
        def tell(self, type: str, id: str) -> list[Any]:
            return [1 // 0] if id == "a" else []

    monkeypatch.setattr(following, "Reader", Odd)
    with transaction(subject):
        Ear.objects.filter(pk=ear.pk).update(begun=True)
    tell(subject, bundle("event-notification", 3, (1, "Patient/a"), (2, "Flag/b"), (3, "ValueSet/c")))
    assert following.work(subject.practice) == 2
    with transaction(subject):
        (left,) = Hint.objects.filter(practice=subject.practice)
    assert (left.resource, left.state, left.attempts) == ("a", "waiting", 1)
    assert left.reason == "Chartdesk failed inside (ZeroDivisionError); the place is in its log."


class Them:
    """The other half as far as its subscription goes: it has given us up before we heard of it."""

    status = "error"

    def get(self, path: str) -> dict[str, str]:
        assert path == "Subscription/s1"
        return {"resourceType": "Subscription", "status": self.status, "error": "Nobody answered."}

    def ask_again(self, subscription: str) -> None:
        assert subscription == "s1"
        self.status = "requested"

    def search(self, type: str) -> list[Any]:
        return []


def test_a_subscription_whose_greeting_never_came_is_set_going_again(subject, ear):
    them: Any = Them()
    assert following._begin(them, ear) == 0
    assert them.status == "requested" and standing(subject, ear)[2] == "error"
    them.status = "active"
    with clock.at(clock.now() + 2 * following.GREETING):
        following._begin(them, ear)
    assert standing(subject, ear)[2] == "active"
    with transaction(subject):
        assert Ear.objects.get(pk=ear.pk).begun

"""The operations of subscriptions over HTTP: $status, $events, $topic-list, and what discovery says."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.unit.exchange.subscriptions.conftest import local_endpoints, receiver, subscribe, wanted
from tests.unit.exchange.subscriptions.receiver import events, status, value

from chartdesk.exchange.subscriptions.delivery import deliver_all
from chartdesk.standards import fhir

__all__ = ["local_endpoints", "receiver", "subscribe"]
MOSS = {"resourceType": "Patient", "name": [{"family": "Moss"}]}


def _valid(content: Any) -> None:
    assert not [one for one in fhir.validate(fhir.decode(json.dumps(content).encode())) if one.severity == "error"]


def test_topics_are_found(api):
    metadata = api.json("GET", "metadata")
    [entry] = [one for one in metadata["rest"][0]["resource"] if one["type"] == "Subscription"]
    named = [one["valueCanonical"] for one in entry["extension"]]
    topics = [name.rpartition(":")[2] for name in named]
    assert topics == [
        "patient", "appointment", "encounter", "coverage", "claim", "related-person", "flag", "value-set",
    ]  # fmt: skip
    assert {one["name"] for one in entry["operation"]} >= {"status", "events"}
    found = api.json("GET", "Subscription/$topic-list")
    _valid(found)
    assert [one["valueCanonical"] for one in found["parameter"] if "valueCanonical" in one] == named
    for one in found["parameter"]:
        if "resource" in one:
            _valid(one["resource"])
            assert one["resource"]["code"]["coding"][0]["code"] == "SubscriptionTopic"


def test_every_filter_that_is_listed_is_served(api):
    from chartdesk.exchange.subscriptions import matching, topics

    values = {"date": "2026-03-02", "created": "2026-03-02", "active": "true"}
    for topic in topics.TOPICS:
        for name in topic.filters:
            assert matching.normal(topic, f"{name}={values.get(name, '1')}")


def test_status_of_one_and_of_several(api, practice, receiver, subscribe):
    first, second = subscribe(), subscribe(topic="claim")
    waiting = api.json("POST", "Subscription", wanted(receiver.url), status=201)["id"]
    found = api.json("GET", f"Subscription/{first}/$status")
    _valid(found)
    assert found["type"] == "searchset"
    assert value(found["entry"][0]["resource"], "type") == "query-status"
    for address, ids in (
        ("Subscription/$status", [first, second, waiting]),
        (f"Subscription/$status?id={second}", [second]),
        (f"Subscription/$status?id={first}&id={second}", [first, second]),
        (f"Subscription/$status?id={first},{second}", [first, second]),
        ("Subscription/$status?status=requested", [waiting]),
        ("Subscription/$status?status=off", []),
    ):
        assert [one["resource"]["id"] for one in api.json("GET", address).get("entry", [])] == ids
    asked = {"resourceType": "Parameters", "parameter": [{"name": "status", "valueCode": "requested"}]}
    assert api.json("POST", "Subscription/$status", asked)["total"] == 1
    assert api.send("GET", "Subscription/$status?status=sleepy").status == 400
    assert api.send("GET", "Subscription/none/$status").status == 404


def test_events_by_number_and_at_a_level(api, practice, receiver, subscribe):
    id = subscribe(content="empty")
    patients = [api.json("POST", "Patient", MOSS, status=201)["id"] for _ in range(4)]
    deliver_all(practice.pk)
    found = api.json("GET", f"Subscription/{id}/$events?eventsSinceNumber=2&eventsUntilNumber=3&content=full-resource")
    _valid(found)
    assert value(status(found), "type") == "query-event"
    assert [one["event-number"] for one in events(found)] == ["2", "3"]
    assert [one["resource"]["id"] for one in found["entry"][1:]] == patients[1:3]
    assert "focus" not in events(api.json("GET", f"Subscription/{id}/$events"))[0]
    for query in ("eventsSinceNumber=two", "content=some", "since=1"):
        assert api.send("GET", f"Subscription/{id}/$events?{query}").status == 400


def test_events_show_what_the_one_who_asks_may_see(practice, api, client_of, receiver, subscribe):
    id = subscribe(content="full-resource")
    api.json("POST", "Patient", MOSS, status=201)
    deliver_all(practice.pk)
    reader = client_of(practice, "system/Subscription.rs")
    assert reader.send("GET", f"Subscription/{id}/$events").status == 403
    assert reader.send("GET", f"Subscription/{id}/$status").status == 200
    assert client_of(practice, "system/Patient.rs").send("GET", f"Subscription/{id}/$status").status == 403
    assert client_of(practice, "system/Patient.rs").send("GET", "Subscription/$status").status == 403


@pytest.mark.parametrize("address", ["Subscription/$get-ws-binding-token", "Subscription/x/$get-ws-binding-token"])
def test_there_are_no_websockets(api, address):
    response = api.send("GET", address)
    assert response.status == 501
    [issue] = json.loads(response.body)["issue"]
    assert issue["code"] == "not-supported" and "rest-hook" in issue["diagnostics"]


def test_subscriptions_are_searched_like_any_resource(api, receiver, subscribe):
    id = subscribe()
    found = api.json("GET", "Subscription?status=active&criteria=urn:chartdesk:subscription-topic:patient")
    assert [one["resource"]["id"] for one in found["entry"]] == [id]

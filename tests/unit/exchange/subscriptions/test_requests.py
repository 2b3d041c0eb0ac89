"""What cannot be subscribed to is refused, each reason at its place; where notifications may not go."""

from __future__ import annotations

import asyncio
import ipaddress
import json
import socket
from typing import Any

import pytest
from tests.unit.exchange.subscriptions.conftest import EXTENSION, wanted

from chartdesk.exchange.subscriptions import caller, endpoints
from chartdesk.exchange.subscriptions.delivery import deliver_all
from chartdesk.kit.errors import ChartdeskError, Invalid, Unavailable

HOOK = "https://partner.example.org/hook"


def _changed(**channel: Any) -> dict[str, Any]:
    made = wanted(HOOK)
    made["channel"] |= channel
    made["channel"] = {name: value for name, value in made["channel"].items() if value is not None}
    return made


@pytest.mark.parametrize(
    ("asked", "place", "words"),
    [
        ({**wanted(HOOK), "criteria": "Observation?code=1"}, "criteria", "urn:chartdesk:subscription-topic:patient"),
        (wanted(HOOK, topic="weather"), "criteria", "no topic that is served"),
        (_changed(type="websocket"), "channel.type", "Use rest-hook"),
        (_changed(type="email"), "channel.type", "Use rest-hook"),
        (_changed(payload="application/fhir+xml"), "channel.payload", "application/fhir+json"),
        (_changed(payload=None), "channel.payload", "application/fhir+json"),
        (_changed(_payload=None), "channel.payload.extension", "empty, id-only, full-resource"),
        (wanted(HOOK, content="all"), "channel.payload.extension", "empty, id-only, full-resource"),
        (_changed(endpoint=None), "channel.endpoint", "https URL"),
        (wanted("ftp://partner.example.org/"), "channel.endpoint", "https URL"),
        (wanted("https://user:word@partner.example.org/"), "channel.endpoint", "user name"),
        (wanted("https://10.0.0.1/"), "channel.endpoint", "private network"),
        (wanted("https://[::1]:9/"), "channel.endpoint", "private network"),
        (wanted("https://[::ffff:10.0.0.1]/"), "channel.endpoint", "private network"),
        (wanted("https://169.254.169.254/latest"), "channel.endpoint", "private network"),
        (wanted("https://partner.example.org:99999/"), "channel.endpoint", "URL"),
        (wanted(HOOK, header=["Authorization"]), "channel.header[0]", "not a header"),
        (wanted(HOOK, header=["A: b", "Bad Name: x"]), "channel.header[1]", "not a header"),
        (wanted(HOOK, header=["A: b\r\nC: d"]), "channel.header[0]", "not a header"),
        (wanted(HOOK, header=["Host: elsewhere"]), "channel.header[0]", "set by the server"),
        (wanted(HOOK, header=["A: (kept secret)"]), "channel.header[0]", "not known"),
        (wanted(HOOK, header=["A: b"] * 21), "channel.header", "20 headers"),
        (wanted(HOOK, heartbeat=1), "channel.extension", "from 10 to"),
        (wanted(HOOK, timeout=3600), "channel.extension", "from 1 to 60"),
        (wanted(HOOK, end="2020-01-01T00:00:00Z"), "end", "has passed"),
        (wanted(HOOK, filters=["Encounter?patient=1"]), "criteria.extension[0]", "the topic about Patient"),
        (wanted(HOOK, filters=["name=Moss"]), "criteria.extension[0]", "cannot be filtered by 'name'"),
        (wanted(HOOK, filters=["active"]), "criteria.extension[0]", "not a filter"),
        (wanted(HOOK, filters=["active:text=yes"]), "criteria.extension[0]", "active:text is not served"),
        (wanted(HOOK, topic="encounter", filters=["date=ap2026"]), "criteria.extension[0]", "approximate"),
        (wanted(HOOK, topic="encounter", filters=["date=soon"]), "criteria.extension[0]", "malformed"),
        (wanted(HOOK, filters=["patient=" + "1" * 3000]), "criteria.extension[0]", "2000 characters"),
        (wanted(HOOK, filters=["patient=1"] * 21), "criteria.extension", "20 filters"),
    ],
)
def test_each_reason_stands_at_its_place(api, asked, place, words):
    response = api.send("POST", "Subscription", asked)
    assert response.status == 422, response.body
    issues = json.loads(response.body)["issue"]
    found = {issue.get("expression", [""])[0].removeprefix("Subscription."): issue["diagnostics"] for issue in issues}
    if place in found:
        assert words in found[place]
    else:
        # A reason that the record finds when it looks closer names its place in words.
        assert words in " ".join(found.values())


def test_every_reason_is_named_at_once(api):
    asked = _changed(type="sms", payload="text/plain", endpoint="ftp://partner.example.org/")
    response = api.send("POST", "Subscription", asked)
    assert len(json.loads(response.body)["issue"]) == 3


def test_a_refused_secret_is_not_repeated(api):
    response = api.send("POST", "Subscription", wanted(HOOK, header=["Authorization Bearer s3cret"]))
    assert response.status == 422 and b"s3cret" not in response.body


def test_there_may_not_be_endlessly_many(api, monkeypatch):
    from chartdesk.exchange.subscriptions import commands

    monkeypatch.setattr(commands, "MOST", 2)
    for _ in range(2):
        api.json("POST", "Subscription", wanted(HOOK), status=201)
    refused = api.send("POST", "Subscription", wanted(HOOK))
    assert refused.status == 409 and b"2 subscriptions already" in refused.body


@pytest.mark.parametrize(
    ("address", "strictly", "locally"),
    [
        ("93.184.216.34", True, True),
        ("2606:2800:220:1:248:1893:25c8:1946", True, True),
        ("127.0.0.1", False, True),
        ("::ffff:127.0.0.1", False, True),
        ("10.1.2.3", False, False),
        ("172.16.0.1", False, False),
        ("192.168.1.1", False, False),
        ("100.64.0.1", False, False),
        ("169.254.169.254", False, False),
        ("0.0.0.0", False, False),
        ("224.0.0.1", False, False),
        ("::1", False, False),
        ("fd00::1", False, False),
        ("fe80::1", False, False),
        ("64:ff9b::a00:1", False, False),
        ("2002:a00:1::", False, False),
    ],
)
def test_which_addresses_are_reached(address, strictly, locally):
    one = ipaddress.ip_address(address)
    assert endpoints.allowed(one) is locally
    endpoints.use(endpoints.Policy())
    assert endpoints.allowed(one) is strictly


def test_http_is_for_those_who_allow_it():
    endpoints.check("http://partner.example.org/")
    endpoints.use(endpoints.Policy())
    with pytest.raises(Invalid, match="https only"):
        endpoints.check("http://partner.example.org/")
    endpoints.check("https://partner.example.org/")


def test_a_name_that_leads_into_a_private_network_is_not_followed(api, practice, receiver):
    """The name is looked up at each delivery, so what it stands for later counts as well."""
    assert ipaddress.ip_address(socket.gethostbyname("localhost")).is_loopback
    endpoints.use(endpoints.Policy(http=True))
    asked = wanted(receiver.url.replace("127.0.0.1", "localhost"))
    id = api.json("POST", "Subscription", asked, status=201)["id"]
    assert deliver_all(practice.pk) == 1
    shown = api.json("GET", f"Subscription/{id}")
    assert shown["status"] == "error" and "private network" in shown["error"]
    assert receiver.asked == 0
    with pytest.raises(Unavailable):
        asyncio.run(endpoints.addresses("localhost", 80))


def test_a_name_is_called_by_its_address_and_told_its_name(receiver):
    answer = caller.post(receiver.url.replace("127.0.0.1", "localhost"), [["X-A", "1"]], b'{"a": 1}', 5)
    if answer.taken:
        assert receiver.headers[0]["Host"] == f"localhost:{receiver.port}"
        assert receiver.took == [{"a": 1}]
    else:
        # Where the name also stands for ::1, which these tests do not allow, none of its addresses is used.
        assert answer.code == "unreachable" and receiver.asked == 0


def test_networks_are_read_or_refused():
    assert [str(one) for one in endpoints.networks("10.1.0.0/16, 192.168.7.4")] == ["10.1.0.0/16", "192.168.7.4/32"]
    assert endpoints.networks("") == ()
    with pytest.raises(ChartdeskError):
        endpoints.networks("office")


def test_extension_urls_are_those_of_the_guide():
    from chartdesk.exchange.subscriptions import requests

    assert requests.EXTENSION == EXTENSION

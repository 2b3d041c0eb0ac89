"""The manager's page of programs that are told what changes."""

from __future__ import annotations

from tests.unit.api.conftest import api, client_of
from tests.unit.exchange.subscriptions.conftest import local_endpoints, receiver, subscribe

from chartdesk.exchange.subscriptions.delivery import deliver_all

__all__ = ["api", "client_of", "local_endpoints", "receiver", "subscribe"]
MOSS = {"resourceType": "Patient", "name": [{"family": "Moss"}]}


def test_nobody_but_a_manager_sees_it(staff, subscribe):
    id = subscribe()
    desk = staff("front_desk")
    assert desk.get("/practice/notifications").status_code == 403
    assert desk.post(f"/practice/notifications/{id}/pause").status_code == 403


def test_a_manager_reads_holds_and_repeats(staff, practice, api, receiver, subscribe):
    client = staff("manager")
    assert "No program is told what changes" in client.get("/practice/notifications").content.decode()
    id = subscribe(header=["Authorization: Bearer s3cret"])
    page = client.get("/practice/notifications").content.decode()
    assert "Partner" in page and receiver.url in page and ">active<" in page and "s3cret" not in page
    assert client.post(f"/practice/notifications/{id}/pause").status_code == 302
    api.json("POST", "Patient", MOSS, status=201)
    deliver_all(practice.pk)
    page = client.get("/practice/notifications").content.decode()
    assert ">paused<" in page and "1 waiting" in page and "Resume" in page
    assert client.post(f"/practice/notifications/{id}/resume").status_code == 302
    deliver_all(practice.pk)
    assert receiver.numbers() == [[1]]
    assert client.post(f"/practice/notifications/{id}/again", {"since": "1"}).status_code == 302
    deliver_all(practice.pk)
    assert receiver.numbers() == [[1], [1]]
    assert client.post(f"/practice/notifications/{id}/again", {"since": "7"}).status_code == 422
    assert client.post("/practice/notifications/none/pause").status_code == 404


def test_an_error_is_said_in_words_and_leads_here(staff, practice, api, receiver, subscribe):
    receiver.behave = 500
    from tests.unit.exchange.subscriptions.conftest import wanted

    api.json("POST", "Subscription", wanted(receiver.url), status=201)
    deliver_all(practice.pk)
    client = staff("manager")
    page = client.get("/practice/notifications").content.decode()
    assert "The endpoint answered with HTTP status 500." in page
    work = client.get("/work").content.decode()
    assert "Notifications to Partner do not arrive" in work and 'href="/practice/notifications"' in work
    part = client.get("/practice/notifications", HTTP_HX_TARGET="subscriptions").content.decode()
    assert "<html" not in part and "Partner" in part

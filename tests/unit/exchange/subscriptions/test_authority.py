"""On whose authority: scopes narrowed to codes, programs that act for a person, permissions taken back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.unit.api.smart_flow import BACK, App, allow
from tests.unit.exchange.subscriptions.conftest import wanted

from chartdesk.exchange.subscriptions.delivery import deliver_all
from chartdesk.record.access import grants, people, programs
from chartdesk.record.access.programs import Program
from chartdesk.record.access.subject import Role

MOSS = {"resourceType": "Patient", "name": [{"family": "Moss"}]}
CLASS = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
SCOPES = ("user/*.cruds", "offline_access", "openid")


@pytest.fixture
def doctor(practice: Any) -> Any:
    name = f"doctor-{practice.pk}"
    return people.add_member(practice, name, Role.CLINICIAN, password="x" * 12, name="Grace Chen", practitioner="dr")


@pytest.fixture
def app(practice: Any) -> App:
    client, secret = programs.register(practice.pk, Program("Growth Charts", SCOPES, redirect_uris=(BACK,)))
    return App(client.client_id, secret)


def test_a_scope_narrowed_to_codes_hears_only_those(practice, api, client_of, receiver, subscribe):
    narrow = client_of(practice, "system/Subscription.cruds", f"system/Encounter.rs?class={CLASS}|AMB")
    subscribe(narrow, topic="encounter", content="full-resource")
    for code in ("AMB", "IMP", "AMB"):
        body = {"resourceType": "Encounter", "status": "planned", "class": {"system": CLASS, "code": code}}
        api.json("POST", "Encounter", body, status=201)
    deliver_all(practice.pk)
    told = [entry["resource"]["class"]["code"] for bundle in receiver.took for entry in bundle["entry"][1:]]
    assert told == ["AMB", "AMB"]
    assert receiver.numbers() == [[1, 2]]


def test_a_narrowed_token_hears_no_more_than_it_was_asked_for(practice, api, app, receiver, subscribe):
    """The program may do more; the token that subscribed may not."""
    from tests.unit.api.conftest import Client

    identifier, secret = people.register_client(practice, "Partner", ["system/*.cruds"])
    token, _ = people.issue_token(identifier, secret, ["system/Subscription.cruds", "system/Patient.rs"])
    lesser = Client(token)
    assert lesser.send("POST", "Subscription", wanted(receiver.url, topic="claim")).status == 403
    subscribe(lesser)


def test_for_a_person_until_the_permission_is_taken_back(
    practice, subject, api, doctor, app, client_with, receiver, subscribe
):
    got = app.redeem(allow(app, doctor, practice, "user/Subscription.cruds user/Patient.rs offline_access"))
    client = client_with(got["access_token"])
    id = subscribe(client)
    api.json("POST", "Patient", MOSS, status=201)
    deliver_all(practice.pk)
    assert receiver.numbers() == [[1]]
    person = people.subject_of(doctor, practice.pk)
    assert grants.take_back(person, doctor, app.client_id, "") == 1
    api.json("POST", "Patient", MOSS, status=201)
    assert deliver_all(practice.pk) == 0
    shown = api.json("GET", f"Subscription/{id}")
    assert shown["status"] == "error" and "taken the permission back" in shown["error"]


def test_a_permission_for_an_hour_is_not_enough(practice, doctor, app, client_with, receiver):
    got = app.redeem(allow(app, doctor, practice, "user/Subscription.cruds user/Patient.rs"))
    refused = client_with(got["access_token"]).send("POST", "Subscription", wanted(receiver.url))
    assert refused.status == 403 and b"offline_access" in refused.body


def test_who_has_left_hears_nothing(practice, api, doctor, app, client_with, receiver, subscribe):
    got = app.redeem(allow(app, doctor, practice, "user/Subscription.cruds user/Patient.rs offline_access"))
    subscribe(client_with(got["access_token"]))
    doctor.memberships.update(active=False)
    api.json("POST", "Patient", MOSS, status=201)
    assert deliver_all(practice.pk) == 0
    assert receiver.kinds() == ["handshake"]


def test_an_import_brings_subscriptions_in_asleep(practice, subject, api, receiver):
    """What another system was asked to send is kept for the record; it must not begin to send from here."""
    from chartdesk.kit.errors import Forbidden
    from chartdesk.record import store
    from chartdesk.standards import fhir

    asked = {**wanted(receiver.url, header=["Authorization: Bearer s3cret"]), "id": "brought"}
    with pytest.raises(Forbidden, match="with a token"):
        store.put(subject, fhir.decode(json.dumps(asked).encode()))
    foreign = {**asked, "status": "off", "criteria": "Observation?code=1"}
    store.put(subject, json.dumps(foreign).encode())
    assert deliver_all(practice.pk) == 0
    shown = api.json("GET", "Subscription/brought")
    assert shown["criteria"] == "Observation?code=1"
    assert shown["channel"]["header"] == ["Authorization: (kept secret)"]
    # A program can make it its own.
    taken = wanted(receiver.url, header=["Authorization: Bearer another"])
    assert api.json("PUT", "Subscription/brought", {**taken, "id": "brought"})["status"] == "requested"
    assert deliver_all(practice.pk) == 1
    # Brought in again it sleeps again, whatever the program had made of it.
    store.put(subject, json.dumps(foreign).encode())
    api.json("POST", "Patient", MOSS, status=201)
    assert deliver_all(practice.pk) == 0
    assert api.json("GET", "Subscription/brought")["status"] == "off"
    assert b'"valueCode":"off"' in api.send("GET", "Subscription/brought/$status").body


def test_a_patch_reaches_the_same_rule(practice, api, receiver, subscribe):
    id = subscribe(header=["X-Key: s3cret"])
    patch = [{"op": "replace", "path": "/status", "value": "off"}]
    kind = {"content_type": "application/json-patch+json"}
    assert api.json("PATCH", f"Subscription/{id}", patch, **kind)["status"] == "off"
    patch = [{"op": "replace", "path": "/criteria", "value": "Observation?code=1"}]
    assert api.send("PATCH", f"Subscription/{id}", patch, **kind).status == 422

"""From a write of the record to the program that subscribed: what is told, to whom, and how much of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.unit.exchange.subscriptions.conftest import wanted
from tests.unit.exchange.subscriptions.receiver import events, status, value

from chartdesk.exchange.subscriptions.delivery import deliver_all
from chartdesk.kit.transactions import transaction
from chartdesk.record.access import practices
from chartdesk.record.access.models import ApiClient
from chartdesk.standards import fhir

MOSS = {"resourceType": "Patient", "name": [{"family": "Moss"}], "active": True}


def _patient(api: Any, **more: Any) -> str:
    return str(api.json("POST", "Patient", {**MOSS, **more}, status=201)["id"])


def test_a_handshake_makes_it_active(api, practice, receiver):
    created = api.json("POST", "Subscription", wanted(receiver.url), status=201)
    assert created["status"] == "requested"
    assert deliver_all(practice.pk) == 1
    [bundle] = receiver.took
    said = status(bundle)
    assert value(said, "type") == "handshake"
    assert value(said, "status") == "requested"
    assert value(said, "subscription") == {"reference": f"https://us.test/fhir/Subscription/{created['id']}"}
    assert value(said, "events-since-subscription-start") == "0"
    assert bundle["entry"][0]["request"]["url"].endswith(f"Subscription/{created['id']}/$status")
    assert api.json("GET", f"Subscription/{created['id']}")["status"] == "active"
    assert deliver_all(practice.pk) == 0


def test_each_level_of_content_tells_no_more_than_it_says(api, practice, receiver, subscribe):
    ids = {subscribe(content=level): level for level in ("empty", "id-only", "full-resource")}
    receiver.took.clear()
    patient = _patient(api)
    assert deliver_all(practice.pk) == 3
    told = {value(status(one), "subscription")["reference"].rpartition("/")[2]: one for one in receiver.took}
    for id, level in ids.items():
        bundle = told[id]
        [event] = events(bundle)
        assert event["event-number"] == "1"
        assert event["timestamp"]
        assert ("focus" in event) == (level != "empty")
        assert (value(status(bundle), "topic") is None) == (level == "empty")
        assert (patient in json.dumps(bundle)) == (level != "empty")
        assert ("Moss" in json.dumps(bundle)) == (level == "full-resource")
        assert not [i for i in fhir.validate(fhir.decode(json.dumps(bundle).encode())) if i.severity == "error"]
    full = next(told[id] for id, level in ids.items() if level == "full-resource")
    assert full["entry"][1]["resource"]["name"] == MOSS["name"]
    assert full["entry"][1]["fullUrl"] == f"https://us.test/fhir/Patient/{patient}"
    assert full["entry"][1]["request"] == {"method": "POST", "url": "Patient"}


def test_each_event_carries_the_version_it_is_about(api, practice, receiver, subscribe):
    subscribe(content="full-resource")
    receiver.took.clear()
    patient = _patient(api)
    api.json("PUT", f"Patient/{patient}", {**MOSS, "id": patient, "gender": "female"})
    assert api.send("DELETE", f"Patient/{patient}").status == 204
    assert deliver_all(practice.pk) == 1
    [bundle] = receiver.took
    assert [event["event-number"] for event in events(bundle)] == ["1", "2", "3"]
    created, changed, deleted = bundle["entry"][1:]
    assert created["request"]["method"] == "POST" and "gender" not in created["resource"]
    assert changed["request"]["method"] == "PUT" and changed["resource"]["gender"] == "female"
    assert deleted["request"]["method"] == "DELETE" and "resource" not in deleted


def test_events_of_one_transaction_and_of_an_import_are_heard(api, practice, subject, receiver, subscribe):
    subscribe(count=100)
    entries = [{"resource": MOSS, "request": {"method": "POST", "url": "Patient"}} for _ in range(7)]
    api.json("POST", "", {"resourceType": "Bundle", "type": "transaction", "entry": entries})
    deliver_all(practice.pk)
    assert receiver.numbers() == [list(range(1, 8))]


def test_what_was_rolled_back_is_not_told(api, practice, receiver, subscribe):
    subscribe()
    entries = [
        {"resource": MOSS, "request": {"method": "POST", "url": "Patient"}},
        {"resource": {**MOSS, "gender": "blue"}, "request": {"method": "POST", "url": "Patient"}},
    ]
    assert api.send("POST", "", {"resourceType": "Bundle", "type": "transaction", "entry": entries}).status >= 400
    assert deliver_all(practice.pk) == 0


def test_large_resources_are_told_in_several_notifications(api, practice, receiver, subscribe, monkeypatch):
    from chartdesk.exchange.subscriptions import notifications

    monkeypatch.setattr(notifications, "LARGEST", 3000)
    subscribe(content="full-resource")
    for _ in range(4):
        _patient(api, name=[{"family": "M" * 2000}])
    deliver_all(practice.pk)
    assert receiver.numbers() == [[1, 2], [3, 4]]


def test_what_cannot_be_compared_is_told_and_holds_up_nobody(api, practice, receiver, subscribe, monkeypatch):
    from chartdesk.exchange.subscriptions import matching

    subscribe(filters=["active=false"])
    subscribe()
    for active in (True, False):
        _patient(api, active=active)

    def extract(resource: Any) -> Any:
        raise ValueError("a date that is none")

    monkeypatch.setattr(matching.search, "extract", extract)
    deliver_all(practice.pk)
    assert receiver.numbers() == [[1, 2], [1, 2]]


def test_no_notification_has_more_events_than_asked_for(api, practice, receiver, subscribe):
    subscribe(count=2)
    for _ in range(5):
        _patient(api)
    deliver_all(practice.pk)
    assert receiver.numbers() == [[1, 2], [3, 4], [5]]


ENCOUNTER = {
    "resourceType": "Encounter",
    "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
    "period": {"start": "2026-03-02T09:00:00Z", "end": "2026-03-02T09:20:00Z"},
}


@pytest.mark.parametrize(
    ("filters", "heard"),
    [
        ([], ["a planned", "a finished", "b planned"]),
        (["Encounter?patient=Patient/{a}"], ["a planned", "a finished"]),
        (["patient={a}"], ["a planned", "a finished"]),
        (["patient=https://us.test/fhir/Patient/{a}"], ["a planned", "a finished"]),
        (["patient=Patient/{a},Patient/{b}"], ["a planned", "a finished", "b planned"]),
        (["status=planned"], ["a planned", "b planned"]),
        (["status:not=planned"], ["a finished"]),
        (["status=planned&patient={b}"], ["b planned"]),
        (["status=planned", "patient={b}"], ["b planned"]),
        (["class=AMB"], ["a planned", "a finished", "b planned"]),
        (["class=http://terminology.hl7.org/CodeSystem/v3-ActCode|AMB"], ["a planned", "a finished", "b planned"]),
        (["class=http://elsewhere|AMB"], []),
        (["date=ge2026-03-02"], ["a planned", "a finished", "b planned"]),
        (["date=lt2026-03-02"], []),
    ],
)
def test_filters_choose_the_events(api, practice, receiver, subscribe, filters, heard):
    people = {name: _patient(api) for name in "ab"}
    subscribe(topic="encounter", content="full-resource", filters=[one.format(**people) for one in filters])
    for who, state in (("a", "planned"), ("a", "finished"), ("b", "planned")):
        body = {**ENCOUNTER, "status": state, "subject": {"reference": f"Patient/{people[who]}"}}
        api.json("POST", "Encounter", body, status=201)
    deliver_all(practice.pk)
    names = {f"Patient/{id}": name for name, id in people.items()}
    told = [entry["resource"] for bundle in receiver.took for entry in bundle["entry"][1:]]
    assert [f"{names[one['subject']['reference']]} {one['status']}" for one in told] == heard


def test_a_patient_topic_is_filtered_by_patient(api, practice, receiver, subscribe):
    a, b = _patient(api), _patient(api)
    subscribe(filters=[f"Patient?patient=Patient/{a}"])
    for one in (a, b):
        api.json("PUT", f"Patient/{one}", {**MOSS, "id": one, "gender": "male"})
    deliver_all(practice.pk)
    assert [event["focus"]["reference"] for one in receiver.took for event in events(one)] == [
        f"https://us.test/fhir/Patient/{a}"
    ]


def test_a_filter_goes_on_with_the_patient_who_remains(api, practice, subject, receiver, subscribe):
    from chartdesk.pms.registration import merging

    going, staying = _patient(api), _patient(api)
    seen = {**ENCOUNTER, "status": "finished"}
    api.json("POST", "Encounter", {**seen, "subject": {"reference": f"Patient/{going}"}}, status=201)
    subscribe(topic="encounter", content="full-resource", filters=[f"Encounter?patient={going}"])
    subscribe(topic="patient", filters=[f"Patient?patient={going}"])
    receiver.took.clear()
    merging.merge(subject, going, staying)
    api.json("POST", "Encounter", {**seen, "subject": {"reference": f"Patient/{staying}"}}, status=201)
    deliver_all(practice.pk)
    told = [entry["resource"] for bundle in receiver.took for entry in bundle["entry"][1:]]
    visits = [one["subject"]["reference"] for one in told if one["resourceType"] == "Encounter"]
    assert visits == [f"Patient/{staying}"] * 2
    focused = {event["focus"]["reference"].rpartition("/")[2] for one in receiver.took for event in events(one)}
    assert {going, staying} <= focused


def test_headers_are_sent_and_never_shown(api, practice, receiver, subscribe, database, caplog):
    id = subscribe(header=["Authorization: Bearer s3cret-value", "X-Us: 1"])
    assert receiver.headers[0]["Authorization"] == "Bearer s3cret-value"
    assert receiver.headers[0]["X-Us"] == "1"
    assert receiver.headers[0]["Content-Type"].startswith("application/fhir+json")
    seen = [
        api.send("GET", f"Subscription/{id}").body,
        api.send("GET", f"Subscription/{id}/_history").body,
        api.send("GET", "Subscription").body,
        api.send("GET", f"Subscription/{id}/$status").body,
    ]
    assert b"(kept secret)" in seen[0] and not any(b"s3cret" in one for one in seen)
    # Whoever writes back what was read keeps the secret, and disturbs nothing.
    read = api.json("GET", f"Subscription/{id}")
    assert api.json("PUT", f"Subscription/{id}", {**read, "reason": "another"})["status"] == "active"
    _patient(api)
    deliver_all(practice.pk)
    assert receiver.headers[-1]["Authorization"] == "Bearer s3cret-value"
    # For another endpoint it must be given again.
    read["channel"]["endpoint"] = receiver.url + "/elsewhere"
    refused = api.send("PUT", f"Subscription/{id}", read)
    assert refused.status == 422 and b"Send it again" in refused.body
    assert "s3cret" not in caplog.text


def test_only_what_the_token_may_read_is_delivered(practice, api, client_of, receiver, subscribe):
    lesser = client_of(practice, "system/Subscription.cruds", "system/Patient.rs")
    id = subscribe(lesser, content="full-resource")
    refused = lesser.send("POST", "Subscription", wanted(receiver.url, topic="encounter"))
    assert refused.status == 403
    _patient(api)
    assert deliver_all(practice.pk) == 1
    # The program's access is cut down: nothing more is told, and the practice hears why.
    ApiClient.objects.filter(practice=practice.pk, scopes__contains="system/Subscription").update(
        scopes="system/Subscription.cruds"
    )
    _patient(api)
    assert deliver_all(practice.pk) == 0
    assert api.json("GET", f"Subscription/{id}")["status"] == "error"
    assert receiver.numbers() == [[1]]


def test_a_program_whose_access_ended_hears_nothing(practice, subject, api, client_of, receiver, subscribe):
    other = client_of(practice, "system/*.cruds")
    id = subscribe(other)
    _patient(api)
    client = ApiClient.objects.filter(practice=practice.pk).order_by("-pk").first()
    practices.withdraw_client(subject, client.client_id)
    assert deliver_all(practice.pk) == 0
    assert receiver.kinds() == ["handshake"]
    shown = api.json("GET", f"Subscription/{id}")
    assert shown["status"] == "error" and "access has ended" in shown["error"]


def test_a_delivery_leaves_its_audit_row(practice, subject, api, receiver, subscribe):
    from chartdesk.record import audit

    id = subscribe(content="full-resource")
    patient = _patient(api)
    deliver_all(practice.pk)
    with transaction(subject):
        rows = audit.trail(subject, patient)
    [row] = [row for row in rows if row.request == f"Subscription/{id}"]
    assert (row.action, row.what, row.resource_id, row.version) == ("R", "Patient", patient, 1)
    assert row.actor.startswith("client:")


def test_what_one_may_not_see_any_more_keeps_its_number_and_tells_nothing(practice, api, receiver, subscribe):
    """A confined reader, and a patient's appointment that became somebody else's before it was delivered."""
    from chartdesk.exchange.subscriptions.models import Subscriber

    a, b = _patient(api), _patient(api)
    subscribe(topic="encounter", content="full-resource")
    body = {**ENCOUNTER, "status": "planned"}
    for who in (a, b):
        api.json("POST", "Encounter", {**body, "subject": {"reference": f"Patient/{who}"}}, status=201)
    from chartdesk.exchange.subscriptions.distribution import distribute

    assert distribute(practice.pk) == 2
    with transaction(practice.pk):
        one = Subscriber.objects.get()
        one.owner = {**one.owner, "actor": "system:test", "scopes": ["patient/Encounter.rs"], "patient": a}
        one.save()
    receiver.took.clear()
    deliver_all(practice.pk)
    [bundle] = receiver.took
    first, second = events(bundle)
    assert first["focus"] and "focus" not in second
    assert second["event-number"] == "2"
    assert b not in json.dumps(bundle)


def test_another_program_may_not_take_it_over(practice, api, client_of, receiver, subscribe):
    id = subscribe(header=["X-Key: abc"])
    other = client_of(practice, "system/*.cruds")
    read = other.json("GET", f"Subscription/{id}")
    assert other.send("PUT", f"Subscription/{id}", read).status == 403
    assert other.send("DELETE", f"Subscription/{id}").status == 403
    assert api.send("DELETE", f"Subscription/{id}").status == 204
    _patient(api)
    assert deliver_all(practice.pk) == 0


def test_practices_do_not_hear_each_other(practice, api, receiver, subscribe, client_of):
    from chartdesk.record.access import people

    subscribe()
    other = people.open_practice(f"{practice.slug}-b", "Other")
    client_of(other, "system/*.cruds").json("POST", "Patient", MOSS, status=201)
    deliver_all(practice.pk)
    deliver_all(other.pk)
    assert receiver.kinds() == ["handshake"]

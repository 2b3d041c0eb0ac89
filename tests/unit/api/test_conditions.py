"""Writes under a condition, among them many at the same moment; preconditions of reads and writes."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from tests.unit.api.test_resources import refused

THREADS = 12


def person(value: str, **more: Any) -> dict[str, Any]:
    return {"resourceType": "Patient", "identifier": [{"system": "s", "value": value}], **more}


def bundle(*entries: dict[str, Any], type: str = "transaction") -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": type, "entry": list(entries)}


def race(send: Any, times: int = THREADS) -> list[Any]:
    """What ``send(number)`` gives, called by many threads at once."""
    barrier = Barrier(times)

    def one(number: int) -> Any:
        barrier.wait()
        try:
            return send(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def total(api: Any, search: str) -> int:
    found: int = api.json("GET", f"{search}&_summary=count")["total"]
    return found


def test_many_conditional_creates_at_once_make_one(api: Any) -> None:
    for value in ("race-1", "race-2", "race-3"):
        condition = f"identifier=s|{value}"
        answers = race(lambda _, c=condition, v=value: api.send("POST", "Patient", person(v), if_none_exist=c))
        assert sorted(answer.status for answer in answers) == [200] * (THREADS - 1) + [201]
        assert len({json.loads(answer.body)["id"] for answer in answers}) == 1
        assert total(api, f"Patient?{condition}") == 1


def test_many_transactions_at_once_make_one_of_each(api: Any) -> None:
    """Each creates the same three people, in an order of its own, and updates the same two."""
    for id in ("m", "n"):
        api.json("PUT", f"Patient/{id}", {**person(id), "id": id}, status=201)

    def entries(number: int) -> list[dict[str, Any]]:
        made = [
            {
                "resource": person(f"b{i}"),
                "request": {"method": "POST", "url": "Patient", "ifNoneExist": f"identifier=s|b{i}"},
            }
            for i in range(3)
        ]
        made += [
            {"resource": {**person(id), "id": id}, "request": {"method": "PUT", "url": f"Patient/{id}"}} for id in "mn"
        ]
        turn = number % len(made)
        return made[turn:] + made[:turn] if number % 2 else list(reversed(made))

    answers = race(lambda number: api.send("POST", "", bundle(*entries(number))))
    assert {answer.status for answer in answers} == {200}, [answer.body for answer in answers if answer.status != 200]
    for i in range(3):
        assert total(api, f"Patient?identifier=s|b{i}") == 1
    assert api.json("GET", "Patient/m")["meta"]["versionId"] == str(THREADS + 1)


def test_conditional_updates_and_creates_at_once_make_one(api: Any) -> None:
    def send(number: int) -> Any:
        if number % 2:
            return api.send("PUT", "Patient?identifier=s|u", person("u"))
        return api.send("POST", "Patient", person("u"), if_none_exist="identifier=s|u")

    answers = race(send)
    assert {answer.status for answer in answers} == {200, 201}
    assert total(api, "Patient?identifier=s|u") == 1


def test_a_bundle_with_many_conditions_locks_them_together(api: Any) -> None:
    def entries() -> list[dict[str, Any]]:
        return [
            {
                "resource": person(f"many{i}"),
                "request": {"method": "POST", "url": "Patient", "ifNoneExist": f"identifier=s|many{i}"},
            }
            for i in range(210)
        ]

    first, second = race(lambda _: api.json("POST", "", bundle(*entries())), 2)
    statuses = [[entry["response"]["status"] for entry in answer["entry"]] for answer in (first, second)]
    assert sorted({status for one in statuses for status in one}) == ["200 OK", "201 Created"]
    assert total(api, "Patient?identifier=s|") == 210


def test_a_condition_may_not_say_how_to_answer(api: Any) -> None:
    for name in ("_count=0", "_summary=count", "_include=*", "_sort=birthdate"):
        condition = f"identifier=s|1&{name}"
        refused(api.send("POST", "Patient", person("1"), if_none_exist=condition), 400, "invalid", "cannot be part")
        refused(api.send("DELETE", f"Patient?{condition}"), 400, "invalid")
    refused(api.send("POST", "Patient", person("1"), if_none_exist="color=red"), 400, "not-supported")
    refused(api.send("POST", "Patient", person("1"), if_none_exist="identifier="), 400, "invalid", "empty")


def test_a_conditional_update_does_not_take_over_an_id(api: Any) -> None:
    api.json("PUT", "Patient/p", {**person("1"), "id": "p"}, status=201)
    refused(api.send("PUT", "Patient?identifier=s|2", {**person("2"), "id": "p"}), 409, "conflict", "already")
    made = api.json("PUT", "Patient?identifier=s|3", {**person("3"), "id": "mine"}, status=201)
    assert made["id"] == "mine"
    refused(api.send("PUT", "Patient?identifier=s|3", {**person("3"), "id": "other"}), 422, "invalid", "matches")
    refused(api.send("PUT", "Patient?identifier=s|3", person("3"), if_match='W/"9"'), 412, "conflict")


def test_a_conditional_delete_of_several_is_refused(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for id in "abc":
        api.json("PUT", f"Patient/{id}", {**person("twin"), "id": id}, status=201)
    refused(api.send("DELETE", "Patient?identifier=s|twin"), 412, "multiple-matches", "nothing was deleted")
    assert total(api, "Patient?identifier=s|twin") == 3
    monkeypatch.setattr(settings, "FHIR_DELETES", 2)
    refused(api.send("DELETE", "Patient?identifier=s|twin"), 412, "multiple-matches", "More than 2")
    monkeypatch.setattr(settings, "FHIR_DELETES", 3)
    assert api.send("DELETE", "Patient?identifier=s|twin").status == 204
    assert total(api, "Patient?identifier=s|twin") == 0
    assert api.send("DELETE", "Patient?identifier=s|twin").status == 204


def test_preconditions_of_writes(api: Any) -> None:
    first = api.send("PUT", "Patient/p", {**person("1"), "id": "p"}, if_none_match="*")
    same, old = first.headers["Last-Modified"], "Mon, 01 Jan 2024 00:00:00 GMT"
    refused(api.send("PUT", "Patient/p", {**person("1"), "id": "p"}, if_unmodified_since=old), 412, "conflict")
    assert api.send("PUT", "Patient/p", {**person("1"), "id": "p"}, if_unmodified_since=same).status == 200
    assert api.send("PUT", "Patient/p", {**person("1"), "id": "p"}, if_match="*").status == 200
    refused(api.send("PUT", "Patient/q", {**person("1"), "id": "q"}, if_match="*"), 412, "conflict")
    refused(api.send("PUT", "Patient/q", {**person("1"), "id": "q"}, if_match='W/"1"'), 412, "conflict")
    refused(api.send("DELETE", "Patient/p", if_unmodified_since=old), 412, "conflict")
    refused(api.send("DELETE", "Patient/p", if_unmodified_since="yesterday"), 400, "invalid")
    assert api.send("DELETE", "Patient/p", if_match="*").status == 204


def test_conditional_reads(api: Any) -> None:
    first = api.send("PUT", "Patient/p", {**person("1"), "id": "p"})
    for tag in ('W/"1"', '"1"', 'W/"7", W/"1"', "*"):
        assert api.send("GET", "Patient/p", if_none_match=tag).status == 304
        assert api.send("GET", "Patient/p/_history/1", if_none_match=tag).status == 304
    same = first.headers["Last-Modified"]
    assert api.send("GET", "Patient/p", if_none_match='W/"2"', if_modified_since=same).status == 200
    assert api.send("GET", "Patient/p", if_modified_since="no date").status == 200
    entries = [
        {"request": {"method": "GET", "url": "Patient/p", "ifNoneMatch": 'W/"1"'}},
        {"request": {"method": "GET", "url": "Patient/p"}},
    ]
    answer = api.json("POST", "", bundle(*entries, type="batch"))
    assert [entry["response"]["status"] for entry in answer["entry"]] == ["304 Not Modified", "200 OK"]
    assert "resource" not in answer["entry"][0]


def test_a_query_at_a_create_is_a_condition_too(api: Any) -> None:
    first = api.json("POST", "Patient?identifier=s|query&_format=json", person("query"), status=201)
    assert api.json("POST", "Patient?identifier=s|query", person("query"))["id"] == first["id"]
    assert total(api, "Patient?identifier=s|query") == 1
    refused(api.send("POST", "Patient?nonsense=1", person("query")), 400, "not-supported", "nonsense")
    api.json("POST", "Patient?_pretty=true", person("query"), status=201)

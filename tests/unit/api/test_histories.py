"""Histories: of one resource, of a type, of everything; windows, pages that stay right while others write, reach."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.unit.api.test_resources import refused

from chartdesk.kit import clock
from chartdesk.kit.errors import Forbidden, NotFound
from chartdesk.record import database, history, store
from chartdesk.record.access.subject import Role, Subject
from chartdesk.record.history import Window
from chartdesk.standards.fhir import r4

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def hours(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Sets the clock to so many hours after the start."""

    def at(number: float) -> None:
        monkeypatch.setattr(clock, "now", lambda: START + timedelta(hours=number))

    at(0)
    return at


def versions(bundle: dict[str, Any]) -> list[tuple[str, str]]:
    """(method, version) of the entries."""
    return [(one["request"]["method"], one["response"]["etag"][3:-1]) for one in bundle.get("entry", ())]


def names(bundle: dict[str, Any]) -> list[str]:
    """type/id/version of the entries."""
    return [one["fullUrl"].split("/fhir/")[1] + "/" + one["response"]["etag"][3:-1] for one in bundle.get("entry", ())]


def following(bundle: dict[str, Any]) -> str:
    """The address of the next page, or an empty text."""
    links = {link["relation"]: link["url"] for link in bundle["link"]}
    return links.get("next", "").partition("/fhir/")[2]


def pages(api: Any, address: str) -> list[str]:
    """type/id/version over all pages."""
    found: list[str] = []
    while address:
        page = api.json("GET", address)
        found += names(page)
        address = following(page)
    return found


def patient(id: str, **more: Any) -> dict[str, Any]:
    return {"resourceType": "Patient", "id": id, **more}


def test_one_resource_in_pages_and_windows(api: Any, hours: Any) -> None:
    for number in range(5):
        hours(number)
        api.send("PUT", "Patient/p", patient("p", active=bool(number % 2)))
    hours(5)
    api.send("DELETE", "Patient/p")
    whole = api.json("GET", "Patient/p/_history")
    assert versions(whole) == [("DELETE", "6"), *(("PUT", str(n)) for n in (5, 4, 3, 2)), ("POST", "1")]
    assert whole["total"] == 6
    assert pages(api, "Patient/p/_history?_count=4") == [f"Patient/p/{n}" for n in (6, 5, 4, 3, 2, 1)]
    assert following(api.json("GET", "Patient/p/_history?_count=6")) == ""
    since = api.json("GET", "Patient/p/_history?_since=2026-03-02T12:00:00Z")
    assert names(since) == ["Patient/p/6", "Patient/p/5", "Patient/p/4"]
    assert api.json("GET", "Patient/p/_history?_since=2030-01-01")["total"] == 0
    at = api.json("GET", "Patient/p/_history?_at=2026-03-02T10:30:00Z")
    assert names(at) == ["Patient/p/2"]
    assert names(api.json("GET", "Patient/p/_history?_at=2026-03-02T10:00:00Z")) == ["Patient/p/2"]
    assert names(api.json("GET", "Patient/p/_history?_at=2026-03-03")) == ["Patient/p/6"]
    assert api.json("GET", "Patient/p/_history?_at=2026-03-01")["total"] == 0
    assert len(names(api.json("GET", "Patient/p/_history?_at=2026-03-02"))) == 6
    refused(api.send("GET", "Patient/nobody/_history"), 404, "not-found")


def test_a_type_and_everything_in_pages_and_windows(api: Any, hours: Any) -> None:
    for number, (type, id) in enumerate([("Patient", "a"), ("Basic", "b"), ("Patient", "c"), ("Patient", "a")]):
        hours(number)
        code = {"code": {"text": "x"}} if type == "Basic" else {}
        api.send("PUT", f"{type}/{id}", {"resourceType": type, "id": id, **code})
    hours(4)
    api.send("DELETE", "Patient/c")
    mine = ["Patient/c/2", "Patient/a/2", "Patient/c/1", "Basic/b/1", "Patient/a/1"]
    assert names(api.json("GET", "_history")) == mine
    assert pages(api, "_history?_count=2") == mine
    assert pages(api, "_history?_type=Basic,Patient&_count=1") == mine
    assert pages(api, "_history?_type=Basic") == ["Basic/b/1"]
    assert pages(api, "Patient/_history?_count=1") == [name for name in mine if name.startswith("Patient")]
    assert pages(api, "_history?_count=1&_since=2026-03-02T11:00:00Z") == mine[:3]
    assert pages(api, "_history?_count=1&_at=2026-03-02T11:30:00Z") == ["Patient/c/1", "Basic/b/1", "Patient/a/1"]
    assert pages(api, "Patient/_history?_at=2026-03-02T12:30:00Z") == ["Patient/a/2", "Patient/c/1"]
    refused(api.send("GET", "_history?_type=Nothing"), 400, "invalid")
    refused(api.send("POST", "_history"), 405, "not-supported")


def test_pages_stay_right_while_others_write(api: Any, hours: Any) -> None:
    """Many versions of one moment, and writes between the pages: nothing is shown twice or left out."""
    for id in range(7):
        api.send("PUT", f"Patient/p{id}", patient(f"p{id}"))
    before = set(names(api.json("GET", "Patient/_history")))
    seen: list[str] = []
    address = "Patient/_history?_count=3"
    while address:
        page = api.json("GET", address)
        seen += names(page)
        address = following(page)
        hours(1 + len(seen))
        api.send("PUT", "Patient/p0", patient("p0"))
        api.send("PUT", f"Patient/new{len(seen)}", patient(f"new{len(seen)}"))
    assert len(seen) == len(set(seen))
    assert set(seen) == before


@pytest.mark.parametrize(
    "query",
    ["_count=x", "_count=-1", "_since=soon", "_at=2026-13-01", "_cursor=x", "_cursor=%00", "_since=2026&_since=2025"],
)
@pytest.mark.parametrize("address", ["_history", "Patient/_history", "Patient/p/_history"])
def test_what_cannot_be_read_is_refused(api: Any, address: str, query: str) -> None:
    refused(api.send("GET", f"{address}?{query}"), 400, "invalid")


def test_unknown_parameters_are_refused_when_asked(api: Any) -> None:
    assert api.send("GET", "Patient/_history?color=red").status == 200
    refused(api.send("GET", "Patient/_history?color=red", prefer="handling=strict"), 400, "invalid")


def _client(subject: Subject, *scopes: str, patient: str = "") -> Subject:
    return Subject(
        subject.practice, "client:x", "x", frozenset({Role.CLIENT}), scopes=frozenset(scopes), patient=patient
    )


def _told(page: history.Page) -> list[str]:
    return [f"{one.reference}/{one.version}" for one in page.versions]


def test_a_history_shows_what_the_scopes_reach(subject: Subject, hours: Any) -> None:
    def observe(id: str, who: str, category: str) -> None:
        concept = r4.CodeableConcept(coding=[r4.Coding(system="http://c", code=category)])
        code = r4.CodeableConcept(text="x")
        whose = r4.Reference(reference=f"Patient/{who}")
        store.put(subject, r4.Observation(id=id, status="final", code=code, category=[concept], subject=whose))

    for number, who in enumerate(("p", "q")):
        hours(number)
        store.put(subject, r4.Patient(id=who))
        observe(f"lab-{who}", who, "laboratory")
        observe(f"vital-{who}", who, "vital-signs")
    hours(3)
    store.delete(subject, "Observation", "lab-p")
    store.delete(subject, "Observation", "vital-q")

    own = _client(subject, "patient/*.rs", patient="p")
    assert sorted(_told(history.changes(own, ["Patient", "Observation"]))) == [
        *("Observation/lab-p/1", "Observation/lab-p/2", "Observation/vital-p/1", "Patient/p/1"),
    ]
    labs = _client(subject, "system/Observation.rs?category=http://c|laboratory")
    everything = frozenset({"Patient", "Observation"})
    assert sorted(_told(history.changes(labs, everything))) == [
        *("Observation/lab-p/1", "Observation/lab-p/2", "Observation/lab-q/1"),
    ]
    assert _told(history.changes(labs, everything, count=2))[0] == "Observation/lab-p/2"
    assert _told(history.page_of(labs, "Observation", "lab-p")) == ["Observation/lab-p/2", "Observation/lab-p/1"]
    with pytest.raises(NotFound):
        history.page_of(labs, "Observation", "vital-p")
    with pytest.raises(NotFound):
        history.vread(labs, "Observation", "vital-q", 2)
    with pytest.raises(Forbidden):
        history.changes(labs, ["Patient"])
    with pytest.raises(NotFound):
        history.page_of(own, "Observation", "lab-q")


def test_a_history_takes_no_longer_than_a_search(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    monkeypatch.setattr(settings, "SEARCH_SECONDS", 1)
    monkeypatch.setattr(history, "_rows", lambda *_: database.rows("SELECT pg_sleep(20)"))
    refused(api.send("GET", "Patient/_history"), 422, "processing", "too long")


def test_the_newest_of_a_type_come_from_an_index(subject: Subject) -> None:
    from chartdesk.kit.transactions import transaction

    with transaction(subject):
        database.execute("SET LOCAL enable_seqscan = off")
        database.execute("SET LOCAL enable_sort = off")
        for table in ("record_resource", "record_history"):
            plan = database.rows(
                f"EXPLAIN SELECT body FROM {table} WHERE practice = {subject.practice} AND type = 'Patient' "
                "ORDER BY updated DESC LIMIT 10"
            )
            text = "\n".join(row[0] for row in plan)
            assert "record_changes" in text or "record_superseded" in text, text
    assert history.changes(subject, ["Patient"], window=Window(since=START)).versions == []

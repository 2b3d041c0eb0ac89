"""The explorer, and the role of who connects programs."""

from __future__ import annotations

import re

import pytest
from tests.unit.api.conftest import api, client_of

import chartdesk.api.fhir  # noqa: F401  (the interface tells what it offers)

__all__ = ["api", "client_of"]
MOSS = {"resourceType": "Patient", "name": [{"family": "Moss", "given": ["Ada"]}], "birthDate": "1980-02-03"}


@pytest.fixture
def explorer(staff):
    """Runs a search on the page, as an integrator; gives the answer's text."""
    client = staff("integrator")

    def run(type: str, query: str, **more: str) -> str:
        answer = client.post("/practice/explorer/run", {"type": type, "query": query, **more})
        assert answer.status_code == 200
        return answer.content.decode()

    return run


def visible(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_it_says_in_words_what_the_server_does(staff):
    client = staff("manager")
    page = visible(client.get("/practice/explorer").content.decode())
    assert "read one, read an old version, search, create, replace, change a part, delete" in page
    assert "$everything" in page and "$export" in page and "FHIR 4.0.1" in page
    claim = visible(client.get("/practice/explorer/types/Claim").content.decode())
    assert "Programs may only read it: read one, read an old version, search, history of one, history of all" in claim
    assert "Approve the charges" in claim
    observation = visible(client.get("/practice/explorer/types/Observation").content.decode())
    assert ":above :below :identifier :missing :[type]" in observation or ":[type]" in observation
    assert "Observation:patient" in observation and "Provenance:target" in observation
    assert client.get("/practice/explorer/types/Nothing").status_code == 404


def test_a_search_is_answered_explained_and_noted(explorer, api, subject):
    from chartdesk.kit.transactions import reading
    from chartdesk.record import database

    api.json("POST", "Patient", MOSS, status=201)
    page = explorer("Patient", "family=Mos&_sort=-birthdate")
    text = visible(page)
    assert "1 found of 1" in text and "Ada Moss · 1980-02-03" in text
    assert "&#x27;http://localhost/fhir/Patient?family=Mos&amp;_sort=-birthdate&#x27;" in page
    assert "Statement 1" in text and "$1" in text and "Nothing stands out" in text
    with reading(subject):
        rows = database.rows("SELECT name, what, detail FROM record_audit WHERE detail LIKE 'search by%%'")
    assert ("Pat integrator", "Patient", "search by family") in rows


def test_measuring_shows_rows_and_times_and_leaves_no_trace(explorer, api, subject):
    from chartdesk.kit.transactions import reading
    from chartdesk.record import database

    for _ in range(3):
        api.json("POST", "Patient", MOSS, status=201)
    text = visible(explorer("Patient", "family=moss", measured="1"))
    assert "Rows planned Rows ms" in text
    with reading(subject):
        ((count,),) = database.rows("SELECT count(*) FROM record_audit WHERE detail = 'search by family'")
    assert count == 3, "one row for each patient, and none of the second run"


def test_values_do_not_appear_in_statement_or_plan(explorer, api):
    made = api.json("POST", "Patient", MOSS, status=201)
    for query in (f"_id={made['id']}", "family=Quixotic", "birthdate=1980-02-03", "gender=female,male"):
        page = explorer("Patient", query, measured="1")
        plan = page[page.index('id="explorer-plan"') : page.index("The whole answer as JSON")]
        assert made["id"] not in plan and "uixotic" not in plan.lower() and "1980-02" not in plan
        assert not re.search(r"\d{12,}", plan)


def test_a_chain_and_an_inclusion_are_explained_too(explorer, api):
    made = api.json("POST", "Patient", MOSS, status=201)
    encounter = {
        "resourceType": "Observation",
        "status": "final",
        "code": {"text": "Weight"},
        "subject": {"reference": f"Patient/{made['id']}"},
    }
    api.json("POST", "Observation", encounter, status=201)
    text = visible(explorer("Observation", "patient.family=moss&_include=Observation:patient"))
    assert "1 found" in text and "1 included" in text and "Statement 2" in text
    assert "Weight · final" in text


def test_pages_are_followed(explorer, api):
    for number in range(3):
        api.json("POST", "Patient", {**MOSS, "name": [{"family": f"Moss{number}"}]}, status=201)
    page = explorer("Patient", "family=moss&_count=2")
    following = re.search(r'name="query" value="([^"]+)"', page)
    assert following
    assert "1 found" in visible(explorer("Patient", following.group(1).replace("&amp;", "&")))


@pytest.mark.parametrize(
    ("type", "query", "words"),
    [
        ("Patient", "birthdate=nonsense", "nonsense"),
        ("Patient", "a=%ff", "cannot be read"),
        ("Patient", "family=%00", "NUL"),
        ("Patient", "family=" + "a" * 5000, "longer than"),
        ("Nonsense", "", "not a resource type"),
        ("Patient", "&".join(["family=a"] * 200), "cannot be read"),
        ("Patient", "_cursor=x", "cursor"),
    ],
)
def test_what_cannot_be_searched_is_said(explorer, type, query, words):
    assert words in visible(explorer(type, query))


def test_an_unknown_parameter_is_named(explorer):
    assert "nonsense is not a search parameter here and was ignored" in visible(explorer("Patient", "nonsense=1"))


def test_what_is_slow_is_said_in_words(explorer):
    assert "name:contains is compared with every text" in visible(explorer("Patient", "name:contains=oss"))


def test_a_manager_searches_as_far_as_the_role_goes(staff, api):
    client = staff("manager")
    run = "/practice/explorer/run"
    api.json("POST", "Patient", MOSS, status=201)
    assert "1 found" in client.post(run, {"type": "Patient", "query": "family=moss"}).content.decode()
    refused = visible(client.post(run, {"type": "Observation", "query": "code=x"}).content.decode())
    assert "In the name of your role (manager) a program may not search Observation." in refused
    both = staff("manager", "integrator")
    assert "Nothing matches" in both.post(run, {"type": "Observation", "query": "code=x"}).content.decode()


def test_a_search_that_takes_too_long_still_shows_its_plan(explorer, api, database, monkeypatch):
    import threading
    import time

    import psycopg
    from django.conf import settings

    api.json("POST", "Patient", MOSS, status=201)
    monkeypatch.setattr(settings, "SEARCH_SECONDS", 1)
    held = threading.Event()
    waiting = "SELECT pid, query_start FROM pg_stat_activity WHERE wait_event_type = 'Lock'"

    def hold() -> None:
        """Keep the table until the search that waits for it has been stopped."""
        limit = time.monotonic() + 60
        with psycopg.connect(database) as other, psycopg.connect(database, autocommit=True) as watch:
            other.execute("LOCK TABLE record_resource IN ACCESS EXCLUSIVE MODE")
            held.set()
            while not (search := set(watch.execute(waiting))) and time.monotonic() < limit:
                time.sleep(0.01)
            while search & set(watch.execute(waiting)) and time.monotonic() < limit:
                time.sleep(0.01)

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(60)
    text = visible(explorer("Patient", "family=moss"))
    holder.join()
    assert "The search took longer than 1 seconds and was stopped." in text
    assert "Statement 1" in text


def test_an_integrator_sees_these_pages_and_no_other(staff, practice):
    client = staff("integrator")
    assert client.get("/").headers["location"] == "/practice/explorer"
    for path in ("/practice/explorer", "/practice/programs", "/practice/notifications", "/practice/programs/new"):
        assert client.get(path).status_code == 200, path
    page = client.get("/practice/explorer").content.decode()
    assert "work-count" not in page and 'id="search"' not in page and "Audit trail" not in page
    for path in ("/patients", "/calendar", "/work", "/practice", "/practice/people", "/practice/audit", "/claims",
                 "/search?q=moss", "/dashboard", "/access/allowed"):  # fmt: skip
        assert client.get(path).status_code == 403, path
    made = client.post(
        "/practice/programs/new", {"name": "Registry", "authentication": "secret", "scopes": "system/Patient.rs"}
    )
    assert "client-secret" in made.content.decode()


@pytest.mark.parametrize("role", ["front_desk", "nurse", "clinician", "biller"])
def test_others_do_not_see_it(staff, role):
    client = staff(role)
    assert client.get("/practice/explorer").status_code == 403
    assert client.post("/practice/explorer/run", {"type": "Patient", "query": ""}).status_code == 403


def test_a_manager_gives_the_role_and_takes_it_back(staff, practice):
    from chartdesk.record.access.models import Membership

    desk, manager = staff("front_desk"), staff("manager")
    user = Membership.objects.get(practice=practice.pk, role="front_desk").user_id
    address, both = f"/practice/people/{user}", {"name": "Pat Desk", "role-front_desk": "1", "role-integrator": "1"}
    assert desk.post(address, both).status_code == 403
    assert manager.post(address, both).status_code == 302
    assert desk.get("/practice/explorer").status_code == 200
    assert desk.get("/patients").status_code == 200
    assert manager.post(address, {"name": "Pat Desk", "role-front_desk": "1"}).status_code == 302
    assert desk.get("/practice/explorer").status_code == 403
    assert manager.post("/practice/people/999999999", both).status_code == 404

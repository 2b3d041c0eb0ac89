"""The pages of follow-up and appeals: who may see them, what they show, and what their forms do."""

from __future__ import annotations

import pytest
from tests.money.office import Cut, Paid, decided

from chartdesk.pms.follow_up import queries
from chartdesk.pms.follow_up.queries import Filter


@pytest.fixture
def denied(office):
    """A denied claim."""
    claim = office.claim([("99213", "140")])
    office.receive(office.remit(decided(claim, [Paid("99213", "140", "0", [Cut("CO", "50", "140")])], status="4")))
    return claim


@pytest.mark.parametrize("role", ["front_desk", "clinician", "nurse"])
def test_they_are_closed_to_other_roles(staff, role):
    client = staff(role)
    for path in ("/follow-up", "/appeals", "/appeals/letters"):
        assert client.get(path).status_code == 403, path


def test_empty_pages_say_what_comes(staff):
    client = staff("biller")
    assert "Nothing waits for money" in client.get("/follow-up").content.decode()
    assert "No appeal is pending" in client.get("/appeals").content.decode()


def test_the_list_its_filters_and_its_file(staff, office, denied):
    client = staff("biller")
    page = client.get("/follow-up").content.decode()
    for words in (denied.number, "50", "$140.00", "0-30 days"):
        assert words in page, words
    assert "No claim fits" in client.get("/follow-up?age=121%2B").content.decode()
    assert denied.number in client.get("/follow-up?reason=carc:50&least=100&kind=denied").content.decode()
    assert client.get("/follow-up?least=much").status_code in (400, 422)
    assert len(client.get("/follow-up?format=csv").content.decode().splitlines()) == 2


def test_many_are_changed_by_the_form_or_all_that_fit(staff, office, denied):
    other = office.claim()
    client = staff("biller")
    given = {"owner": "=", "next_action": "call", "due": "2026-04-01", "note": "Ring them", "query": "kind=denied"}
    answer = client.post("/follow-up/change", {**given, "claim": [denied.claim_id]})
    assert answer.status_code == 302 and answer["Location"] == "/follow-up?kind=denied"
    assert [one.claim_id for one in queries.page(office.subject, Filter(action="call"))] == [denied.claim_id]
    client.post("/follow-up/change", {**given, "next_action": "wait", "every": "1", "query": ""})
    rows = queries.page(office.subject, Filter(action="wait"), order="number")
    assert [one.claim_id for one in rows] == [denied.claim_id, other.claim_id]
    client.post("/follow-up/change", {"query": "", "owner": "=", "next_action": "=", "claim": [other.claim_id]})
    assert "Nothing is to be changed" in client.get("/follow-up").content.decode()


def test_an_appeal_from_the_claim_to_its_end(staff, office, denied):
    client = staff("biller")
    page = client.get(f"/follow-up/{denied.claim_id}").content.decode()
    assert "Appeal" in page and denied.number in page
    client.post(f"/follow-up/{denied.claim_id}", {"owner": "", "next_action": "appeal", "due": "", "dated": "1",
                                                  "note": "Will appeal"})  # fmt: skip
    assert "Will appeal" in client.get(f"/follow-up/{denied.claim_id}").content.decode()
    answer = client.post(f"/follow-up/{denied.claim_id}/appeal")
    where = answer["Location"]
    assert "medical" in client.get(where).content.decode().lower()
    page = client.get(f"/follow-up/{denied.claim_id}").content.decode()
    assert "Go on with the appeal" in page and f'href="{where}"' in page
    client.post(f"{where}/amend", {"title": "Again", "body": "Look again."})
    assert client.get(f"{where}/pdf").content.startswith(b"%PDF")
    client.post(f"{where}/send", {"how": "mail", "number": "RR1"})
    page = client.get(where).content.decode()
    assert "Look again." in page and "mail RR1" in page and "Won in part" in page
    client.post(f"{where}/settle", {"outcome": "partly_won", "note": "Some", "won": "lots"})
    assert "not an amount" in client.get(where).content.decode()
    client.post(f"{where}/settle", {"outcome": "lost", "note": "Upheld"})
    assert "Upheld" in client.get(where).content.decode()
    assert denied.number in client.get("/appeals?state=ended").content.decode()
    assert len(client.get("/appeals?state=ended&format=csv").content.decode().splitlines()) == 2


def test_letters_are_written_on_a_page(staff):
    client = staff("manager")
    assert "{claim_number}" in client.get("/appeals/letters?letter=timely").content.decode()
    given = {"key": "timely", "name": "In time", "title": "T", "body": "Sent {submitted}."}
    assert client.post("/appeals/letters", {**given, "body": "{nonsense}"}).status_code == 422
    assert client.post("/appeals/letters", given).status_code == 302
    assert "In time" in client.get("/appeals/letters").content.decode()
    client.post("/appeals/letters", {"key": "timely", "action": "forget"})
    assert "In time" not in client.get("/appeals/letters").content.decode()


def test_asking_for_the_status(staff, office):
    claim = office.claim()
    client = staff("biller")
    client.post(f"/follow-up/{claim.claim_id}/ask")
    page = client.get(f"/follow-up/{claim.claim_id}").content.decode()
    assert "The question goes out now" in page and "Asked, no answer yet" in page
    client.post(f"/follow-up/{claim.claim_id}/ask")
    assert "cannot be asked" in client.get(f"/follow-up/{claim.claim_id}").content.decode()

"""Requests that share a round with the database get the answers that they would get alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chartdesk.api.fhir import Request, handle, rounds
from chartdesk.record import audit

SEEN = {"resourceType": "Observation", "status": "final", "code": {"text": "pulse"}}


def _request(api: Any, method: str, address: str, body: Any = None, **headers: str) -> Request:
    path, _, query = address.partition("?")
    given = {"host": "127.0.0.1:8000", "authorization": f"Bearer {api.token}", **headers}
    content = b"" if body is None else json.dumps(body).encode()
    if body is not None:
        given["content-type"] = "application/fhir+json"
    return Request(method, f"/fhir/{path}", query, given, content, "192.0.2.7")


@pytest.fixture
def known(api: Any) -> dict[str, str]:
    """Resources by what they are for."""
    kept = api.json("POST", "Patient", {"resourceType": "Patient", "name": [{"family": "Rounds"}]}, status=201)
    gone = api.json("POST", "Observation", SEEN, status=201)
    api.send("DELETE", f"Observation/{gone['id']}")
    ids = []
    for day in ("2026-01-01", "2026-01-02", "2026-01-03"):
        seen = {**SEEN, "subject": {"reference": f"Patient/{kept['id']}"}, "effectiveDateTime": day}
        ids.append(api.json("POST", "Observation", seen, status=201)["id"])
    return {"patient": kept["id"], "gone": gone["id"], "seen": ids[0]}


READS = (
    "Patient/{patient}",
    "Observation/{seen}",
    "Observation/{gone}",
    "Observation/nobody",
    "Observation/{seen}?_elements=status",
    "Nothing/1",
    "Patient/{patient}?_format=xml",
)
SEARCHES = (
    "Observation?patient={patient}&_sort=-date",
    "Observation?patient={patient}&_count=2",
    "Observation?patient={patient}&_count=0",
    "Observation?patient={patient}&_total=accurate&_count=1",
    "Observation?patient={patient}&_include=Observation:patient",
    "Observation?patient.family=Rounds",
    "Observation?date=never",
    "Observation?nonsense=1",
    "Patient?family=rounds&_elements=id",
    "Patient?family=nobody",
    "Nothing?x=1",
    "Patient",
)


def _alone_and_together(api: Any, kind: str, requests: list[tuple[str, str]]) -> None:
    asked = [lambda method=method, at=at: _request(api, method, at, x_request_id="same") for method, at in requests]
    asked_one = [handle(_renamed(make())) for make in asked]
    assert all(rounds.kind_of(make()) == kind for make in asked)
    asked_all = rounds.handle_together(kind, [_renamed(make()) for make in asked])
    for (_, at), one, among in zip(requests, asked_one, asked_all, strict=True):
        assert (one.status, one.headers, one.body) == (among.status, among.headers, among.body), at


def _renamed(request: Request) -> Request:
    request.headers["x-request-id"] = "same"
    return request


def test_reads(api, known):
    _alone_and_together(api, rounds.READ, [("GET", address.format(**known)) for address in READS])


def test_searches(api, known):
    _alone_and_together(api, rounds.SEARCH, [("GET", address.format(**known)) for address in SEARCHES])


def test_a_search_that_finds_nothing_is_not_asked_again(api, known, monkeypatch):
    from chartdesk.record.search import finding

    monkeypatch.setattr(finding, "answer", lambda *_: pytest.fail("asked on its own"))
    found = rounds.handle_together("search", [_request(api, "GET", "Patient?family=nobody") for _ in range(2)])
    assert [json.loads(one.body)["total"] for one in found] == [0, 0]


def test_creates_one_refused_among_them(api, known):
    bodies = [SEEN, {**SEEN, "status": "nonsense"}, {**SEEN, "id": "mine"}, {"resourceType": "Patient"}, SEEN]
    answers = rounds.handle_together(rounds.CREATE, [_request(api, "POST", "Observation", body) for body in bodies])
    assert [one.status for one in answers] == [201, 422, 201, 400, 201]
    made = [json.loads(one.body) for one in answers if one.status == 201]
    assert len({one["id"] for one in made}) == 3 and "mine" not in {one["id"] for one in made}
    for one, answer in zip(made, [one for one in answers if one.status == 201], strict=True):
        assert answer.headers["Location"].endswith(f"Observation/{one['id']}/_history/1")
        assert api.json("GET", f"Observation/{one['id']}") == one


def test_types_with_rules_are_created_too(api):
    bodies = [{"resourceType": "Patient", "name": [{"family": f"Round{number}"}]} for number in range(3)]
    answers = rounds.handle_together(rounds.CREATE, [_request(api, "POST", "Patient", body) for body in bodies])
    assert [one.status for one in answers] == [201, 201, 201]
    assert api.json("GET", "Patient?family=round")["total"] == 3


def test_every_one_of_a_round_leaves_its_audit_row(api, known, subject):
    requests = [_request(api, "GET", f"Patient/{known['patient']}") for _ in range(3)]
    for number, request in enumerate(requests):
        request.headers["x-request-id"] = f"round-{number}"
    rounds.handle_together(rounds.READ, requests)
    rows = [row for row in audit.trail(subject, known["patient"]) if row.request.startswith("round-")]
    assert {(row.request, row.action, row.what, row.origin) for row in rows} == {
        (f"round-{number}", "R", "Patient", "192.0.2.7") for number in range(3)
    }


def test_a_wrong_token_spoils_nothing_for_the_others(api, known):
    good, bad = (_request(api, "GET", f"Patient/{known['patient']}") for _ in range(2))
    bad.headers["authorization"] = "Bearer nobody"
    assert [one.status for one in rounds.handle_together(rounds.READ, [bad, good])] == [401, 200]


def test_two_practices_share_a_round_and_see_their_own(api, known, client_of, database):
    from chartdesk.record.access import people

    other = people.open_practice("rounds-other", "Other", npi="1993999998", tax_id="123456789", taxonomy="207Q00000X")
    stranger = client_of(other, "system/*.cruds")
    address = f"Patient/{known['patient']}"
    answers = rounds.handle_together(rounds.READ, [_request(api, "GET", address), _request(stranger, "GET", address)])
    assert [one.status for one in answers] == [200, 404]
    search = "Patient?family=rounds"
    pages = rounds.handle_together(rounds.SEARCH, [_request(api, "GET", search), _request(stranger, "GET", search)])
    assert [json.loads(one.body)["total"] for one in pages] == [1, 0]


def test_a_merged_patient_is_followed_in_a_round_too(api, known, subject):
    from chartdesk.pms.registration import merging
    from chartdesk.record.merging import aliases

    staying = api.json("POST", "Patient", {"resourceType": "Patient", "name": [{"family": "Rounds"}]}, status=201)["id"]
    merging.merge(subject, known["patient"], staying)
    aliases._memory.clear()
    late = {**SEEN, "subject": {"reference": f"Patient/{known['patient']}"}}
    [made] = rounds.handle_together(rounds.CREATE, [_request(api, "POST", "Observation", late)])
    assert json.loads(made.body)["subject"] == {"reference": f"Patient/{staying}"}
    for patient in (known["patient"], staying):
        aliases._memory.clear()
        [page] = rounds.handle_together(rounds.SEARCH, [_request(api, "GET", f"Observation?patient={patient}")])
        assert json.loads(page.body)["total"] == 4


@pytest.mark.parametrize(
    ("method", "address", "kind"),
    [
        ("GET", "Patient/1", rounds.READ),
        ("GET", "Patient/1/_history", ""),
        ("GET", "Patient/$everything", ""),
        ("GET", "Patient/_history", ""),
        ("GET", "metadata", ""),
        ("GET", "Patient?x=1", rounds.SEARCH),
        ("POST", "Patient", rounds.CREATE),
        ("PUT", "Patient/1", ""),
        ("POST", "Patient/_search", ""),
        ("DELETE", "Patient/1", ""),
    ],
)
def test_what_goes_into_a_round(api, method, address, kind):
    assert rounds.kind_of(_request(api, method, address, SEEN if method == "POST" else None)) == kind


def test_a_conditional_create_goes_its_own_way(api):
    request = _request(api, "POST", "Observation", SEEN, **{"if-none-exist": "identifier=1"})
    assert rounds.kind_of(request) == ""

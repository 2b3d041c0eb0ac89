"""What a search gives besides the matches: order, pages, totals, included resources; several types, compartments."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.unit.record import library

from chartdesk.kit.errors import Forbidden, Invalid
from chartdesk.kit.transactions import transaction
from chartdesk.record import database, search, store
from chartdesk.record.access import people
from chartdesk.record.access.subject import Role, Subject, system
from chartdesk.record.search import bounds

Pairs = list[tuple[str, str]]


@pytest.fixture(scope="module")
def full(database: str) -> Subject:
    """A practice with the small record, shared by the tests of this file that only read."""
    return library.fill(system(people.open_practice("pages", "Pages").pk, "test"))


def pages(subject: Subject, type: str, pairs: Pairs, count: int) -> Iterator[search.Page]:
    """All pages of a search, one after the other."""
    cursor = ""
    while True:
        page = search.find(subject, type, pairs, count=count, cursor=cursor)
        yield page
        if page.next is None:
            return
        cursor = page.next


def references(found: Any) -> str:
    return " ".join(sorted(one.reference for one in found))


@pytest.mark.parametrize(
    ("type", "sort", "ids"),
    [
        ("Patient", "family", "cy ada ben"),
        ("Patient", "-family", "ben ada cy"),
        ("Patient", "gender", "ada ben cy"),
        ("Patient", "-gender,family", "cy ben ada"),
        ("Patient", "birthdate", "ada ben cy"),
        ("Patient", "-birthdate", "ben ada cy"),
        ("Patient", "identifier", "ada ben cy"),
        ("Patient", "organization,-_id", "ada cy ben"),
        ("Patient", "-organization,-_id", "ada cy ben"),
        ("Patient", "_tag,_id", "ada ben cy"),
        ("Patient", "_profile,_id", "ada ben cy"),
        ("Patient", "-active,_id", "ada ben cy"),
        ("Observation", "patient,date,_id", "w1 bp1 mood w2 bp2 blood stay"),
        ("Observation", "-patient,-date", "stay blood w2 bp2 mood bp1 w1"),
        ("Observation", "value-quantity,_id", "w1 w2 blood bp1 bp2 mood stay"),
        ("Observation", "-value-quantity,_id", "w2 w1 blood bp1 bp2 mood stay"),
        ("Observation", "-combo-value-quantity,_id", "bp1 bp2 w2 w1 blood mood stay"),
        ("Observation", "code,_id", "stay w1 w2 mood bp1 bp2 blood"),
        ("Observation", "-code,_id", "blood bp1 bp2 mood w1 w2 stay"),
        ("Questionnaire", "url", "gad phq"),
        ("Questionnaire", "-url", "phq gad"),
        ("RiskAssessment", "probability", "risk"),
    ],
)
@pytest.mark.parametrize("count", [1, 2, 50])
def test_sorts_by_anything_and_pages_in_that_order(full: Subject, type: str, sort: str, ids: str, count: int) -> None:
    found = [one.id for page in pages(full, type, [("_sort", sort)], count) for one in page]
    assert " ".join(found) == ids


@pytest.mark.parametrize("count", [1, 2, 50])
def test_a_chart_is_read_backwards_by_when_things_began(subject: Subject, count: int) -> None:
    began = {
        "year": {"performedDateTime": "2024"},
        "day": {"performedDateTime": "2024-03-05"},
        "moment": {"performedDateTime": "2024-03-05T09:30:00Z"},
        "lasting": {"performedPeriod": {"start": "2024-02-01", "end": "2025-01-01"}},
        "open": {},
    }
    for id, dated in began.items():
        kept = {"resourceType": "Procedure", "id": id, "status": "completed", "subject": {"reference": "Patient/kim"}}
        store.put(subject, json.dumps({**kept, **dated}).encode())
    asked = [("patient", "kim"), ("_sort", "-date")]
    found = [one.id for page in pages(subject, "Procedure", asked, count) for one in page]
    assert found == ["moment", "day", "lasting", "year", "open"]


@pytest.mark.parametrize(
    ("type", "pairs", "matches", "included"),
    [
        (
            "Condition",
            [("_include", "Condition:encounter")],
            "Condition/diabetes Condition/pressure",
            "Encounter/visit",
        ),
        ("Observation", [("code", "72166-2"), ("_include", "*")], "Observation/mood", "Patient/ada"),
        (
            "Patient",
            [("_id", "ada"), ("_include", "Patient:general-practitioner:Organization")],
            "Patient/ada",
            "Organization/clinic",
        ),
        (
            "Condition",
            [
                ("code", "E11.9"),
                ("_include", "Condition:encounter"),
                ("_include:iterate", "Encounter:location"),
                ("_include:iterate", "Location:partof"),
            ],
            "Condition/diabetes",
            "Encounter/visit Location/floor Location/house Location/room",
        ),
        (
            "Condition",
            [("code", "E11.9"), ("_include", "Condition:encounter"), ("_include", "Encounter:location")],
            "Condition/diabetes",
            "Encounter/visit",
        ),
        ("Observation", [("_id", "bp1"), ("_revinclude", "Provenance:target")], "Observation/bp1", "Provenance/who"),
        (
            "Observation",
            [("_id", "bp1"), ("_revinclude", "Provenance:target"), ("_include:iterate", "Provenance:agent")],
            "Observation/bp1",
            "Practitioner/hill Provenance/who",
        ),
        (
            "Location",
            [("_id", "house"), ("_revinclude:iterate", "Location:partof")],
            "Location/house",
            "Location/floor Location/room",
        ),
        (
            "Patient",
            [("_id", "ada"), ("_revinclude", "Condition:patient"), ("_revinclude:iterate", "Provenance:target")],
            "Patient/ada",
            "Condition/diabetes Provenance/who",
        ),
        ("Patient", [("_id", "ada"), ("_revinclude", "Group:member:Practitioner")], "Patient/ada", ""),
        ("Patient", [("_id", "ada"), ("_revinclude", "Group:member")], "Patient/ada", "Group/smokers"),
        (
            "QuestionnaireResponse",
            [("_include", "QuestionnaireResponse:questionnaire")],
            "QuestionnaireResponse/answers",
            "Questionnaire/phq",
        ),
        (
            "Questionnaire",
            [("url", "http://forms.example/phq/9"), ("_revinclude", "QuestionnaireResponse:questionnaire")],
            "Questionnaire/phq",
            "QuestionnaireResponse/answers",
        ),
    ],
)
def test_includes(full: Subject, type: str, pairs: Pairs, matches: str, included: str) -> None:
    page = search.find(full, type, pairs)
    assert references(page) == matches
    assert references(page.included) == included


def test_includes_are_bounded(subject: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    library.fill(subject)
    monkeypatch.setattr("chartdesk.record.search.inclusion.LIMIT", 2)
    with pytest.raises(Invalid, match="more than 2"):
        search.find(subject, "Patient", [("_id", "ada"), ("_revinclude", "Observation:patient")])


@pytest.mark.parametrize(
    ("pairs", "found"),
    [
        ([("_type", "Patient,Practitioner")], "Patient/ada Patient/ben Patient/cy Practitioner/hill"),
        ([("_type", "Condition,Encounter"), ("patient", "ada")], "Condition/diabetes Encounter/visit"),
        (
            [("_type", "Observation,Condition"), ("code", "E11.9,29463-7")],
            "Condition/diabetes Observation/w1 Observation/w2",
        ),
        ([("_type", "Patient,Practitioner"), ("name", "hill")], "Practitioner/hill"),
        ([("_type", "Patient,Practitioner"), ("name:missing", "true")], ""),
        ([("_tag", "vip")], "Patient/ada"),
        ([("_id", "visit,hill")], "Encounter/visit Practitioner/hill"),
        ([("_list", "today")], "Observation/bp2 Patient/ada"),
        ([("_type", "Observation,Condition"), ("patient.name", "reed"), ("code:text", "hyper")], "Condition/pressure"),
        ([("_profile:below", "http://hl7.org/fhir/us")], "Patient/ada"),
        ([("_lastUpdated", "lt2020")], ""),
    ],
)
def test_searches_several_types(full: Subject, pairs: Pairs, found: str) -> None:
    each = [one for page in pages(full, "", pairs, 2) for one in page]
    assert references(each) == found
    assert search.find(full, "", [*pairs, ("_total", "accurate"), ("_count", "1")]).total == len(found.split())


def test_sorts_several_types(full: Subject) -> None:
    pairs = [("_type", "Condition,Observation"), ("code", "E11.9,882-1,1-8"), ("_sort", "-code")]
    assert [one.id for page in pages(full, "", pairs, 1) for one in page] == ["diabetes", "blood", "stay"]


def test_several_types_share_only_what_all_have(full: Subject) -> None:
    page = search.find(full, "", [("_type", "Patient,Observation"), ("birthdate", "1980")])
    assert page.query.ignored == ["birthdate"]
    with pytest.raises(Invalid, match="Nothing"):
        search.find(full, "", [("_type", "Patient,Nothing")])


@pytest.mark.parametrize(
    ("type", "patient", "pairs", "found"),
    [
        ("Observation", "ada", [], "Observation/bp1 Observation/mood Observation/w1"),
        ("Observation", "ada", [("code", "29463-7")], "Observation/w1"),
        ("Group", "ben", [], "Group/smokers"),
        ("Condition", "cy", [], ""),
        ("Patient", "ada", [], "Patient/ada"),
        (
            "",
            "ben",
            [],
            "Condition/pressure Group/smokers Observation/blood Observation/bp2 Observation/w2 Patient/ben",
        ),
        ("", "ben", [("_type", "Condition,Encounter")], "Condition/pressure"),
    ],
)
def test_searches_a_compartment(full: Subject, type: str, patient: str, pairs: Pairs, found: str) -> None:
    assert references(search.find(full, type, pairs, compartment=patient)) == found


def test_what_names_a_patient_besides_the_first_is_in_the_compartment(subject: Subject) -> None:
    report = library.observation("own", "8302-2", "ada", "2024-01-01", performer=[library.ref("Patient/ben")])
    store.put(subject, json.dumps(report).encode())
    assert references(search.find(subject, "Observation", [], compartment="ben")) == "Observation/own"
    assert references(search.find(subject, "Observation", [], compartment="cy")) == ""


def test_totals(full: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    assert search.find(full, "Observation", [("_total", "none")]).total is None
    assert search.find(full, "Observation", [("_count", "2")]).total is None
    assert search.find(full, "Observation", [("_total", "accurate"), ("_count", "2")]).total == 7
    assert search.find(full, "Observation", [("_total", "estimate"), ("_count", "2")]).total == 7
    assert search.find(full, "Observation", [("_summary", "count"), ("code", "29463-7")]).total == 2
    assert search.find(full, "Observation", [("_count", "0")]).total == 7
    monkeypatch.setattr(bounds, "COUNTED", 3)
    estimated = search.find(full, "Observation", [("_total", "estimate"), ("_count", "2")]).total
    assert estimated is not None
    assert estimated >= 4


def test_pages_stay_right_while_others_write(subject: Subject) -> None:
    def put(id: str, day: int) -> None:
        one = library.observation(id, "29463-7", "ada", f"2024-03-{day:02d}")
        store.put(subject, json.dumps(one).encode())

    for number in range(10, 22):
        put(f"o{number}", number)
    seen: list[str] = []
    for step, page in enumerate(pages(subject, "Observation", [("code", "29463-7"), ("_sort", "-date")], 3)):
        seen += [one.id for one in page]
        put(f"newer{step}", 28)
        put(f"older{step}", 1)
        store.delete(subject, "Observation", f"o{21 - step}")
        put(f"o{10 + step}", 10 + step)
    first = [one for one in seen if one.startswith("o") and not one.startswith("older")]
    assert first == [f"o{number}" for number in range(21, 9, -1)]
    assert len(set(seen)) == len(seen)
    assert not any(one.startswith("newer") for one in seen)


def test_pages_of_a_code_in_the_order_of_dates(subject: Subject) -> None:
    days = ["2024-01-01", "2024-01-01", "2023-05", "2023-05-02", "2022", ""]
    for number, day in enumerate(days):
        one = library.observation(f"o{number}", "29463-7", "ada", day)
        if not day:
            del one["effectiveDateTime"]
        store.put(subject, json.dumps(one).encode())
    for count in (1, 2, 10):
        found = [one.id for page in pages(subject, "Observation", [("code", "29463-7")], count) for one in page]
        assert found == ["o1", "o0", "o2", "o3", "o4", "o5"]
        found = [
            one.id
            for page in pages(subject, "Observation", [("code", "29463-7"), ("date", "ge2023-05-02")], count)
            for one in page
        ]
        assert found == ["o1", "o0", "o2", "o3"]
    dated = search.find(subject, "Observation", [("code", "29463-7"), ("date", "lt2023-05-02"), ("_total", "accurate")])
    assert [one.id for one in dated] == ["o2", "o4"]
    assert dated.total == 2


@pytest.mark.parametrize(
    "cursor", ["xx", "W10", "WyJ4Il0", "W251bGwsbnVsbF0", "W1swXSwxXQ", "eyJhIjoxfQ", "W05hTiwgMV0"]
)
def test_a_foreign_cursor_is_refused(full: Subject, cursor: str) -> None:
    for sort in ("-date", "value-quantity", "_lastUpdated", "code"):
        with pytest.raises(Invalid, match="cursor"):
            search.find(full, "Observation", [("_sort", sort)], cursor=cursor)


def test_a_search_that_takes_too_long_is_stopped(subject: Subject, settings_of_search: None) -> None:
    with pytest.raises(Invalid) as caught, bounds.bounded(subject):
        database.row("SELECT pg_sleep(20)")
    assert [issue.code for issue in caught.value.issues] == ["too-costly"]
    client = Subject(subject.practice, "client:c", "C", frozenset({Role.CLIENT}), scopes=frozenset({"system/*.rs"}))
    with pytest.raises(bounds.TooCostly), transaction(client), bounds.bounded(client):
        database.row("SELECT pg_sleep(20)")
    # The connection is as good as before.
    assert len(search.find(subject, "Patient", [])) == 0


@pytest.fixture
def settings_of_search() -> Iterator[None]:
    """A second is all that a search may take."""
    from django.conf import settings

    before, settings.SEARCH_SECONDS = settings.SEARCH_SECONDS, 1
    yield
    settings.SEARCH_SECONDS = before


def test_scopes_hold_a_search_of_several_types(full: Subject) -> None:
    def client(*scopes: str, patient: str = "") -> Subject:
        return Subject(
            full.practice, "client:c", "C", frozenset({Role.CLIENT}), scopes=frozenset(scopes), patient=patient
        )

    mixed = client("patient/Condition.rs", "patient/Observation.rs?code=29463-7", "system/Location.rs", patient="ada")
    assert references(search.find(mixed, "", [])) == (
        "Condition/diabetes Location/floor Location/house Location/room Observation/w1"
    )
    assert references(search.find(mixed, "", [], compartment="ben")) == ""
    with pytest.raises(Forbidden):
        search.find(mixed, "", [("_type", "Patient,Condition")])
    with pytest.raises(Forbidden):
        search.find(client(), "", [])


def test_pages_go_on_in_their_order_when_few_become_many(subject: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(8):
        patient = {"resourceType": "Patient", "id": f"p{number}", "gender": "female"}
        store.put(subject, json.dumps(patient).encode())
        one = library.observation(f"o{number}", "29463-7", f"p{number}", f"2024-0{number + 1}-01")
        store.put(subject, json.dumps(one).encode())
    pairs = [("patient.gender", "female"), ("code", "29463-7"), ("date", "ge2024")]
    found: list[str] = []
    for step, page in enumerate(pages(subject, "Observation", pairs, 2)):
        found += [one.id for one in page]
        monkeypatch.setattr("chartdesk.record.search.linked.NAMED", (1, 100, 2, 50)[step % 4])
    assert found == [f"o{number}" for number in range(7, -1, -1)]

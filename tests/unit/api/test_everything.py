"""``Patient/[id]/$everything``: the whole chart, and nobody else's."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("database")


def _put(api, resource):
    made = api.json("POST", resource["resourceType"], resource, status=201)
    return f"{made['resourceType']}/{made['id']}"


def _ref(reference):
    return {"reference": reference}


def _concept(text):
    return {"text": text}


@pytest.fixture
def chart(api):
    """A patient with a small chart, a neighbor, and what both refer to."""
    made = {"clinic": _put(api, {"resourceType": "Organization", "name": "Clinic"})}
    made["doctor"] = _put(api, {"resourceType": "Practitioner", "name": [{"family": "Reed"}]})
    made["place"] = _put(
        api, {"resourceType": "Location", "name": "Room 1", "managingOrganization": _ref(made["clinic"])}
    )
    made["drug"] = _put(api, {"resourceType": "Medication", "code": _concept("Metformin")})
    made["stranger"] = _put(api, {"resourceType": "Practitioner", "name": [{"family": "Nobody"}]})
    for who, family in (("patient", "Moss"), ("other", "Fern")):
        made[who] = _put(api, {"resourceType": "Patient", "name": [{"family": family}]})
        subject = _ref(made[who])
        made[f"{who} visit"] = _put(
            api,
            {
                "resourceType": "Encounter",
                "status": "finished",
                "class": {"code": "AMB"},
                "subject": subject,
                "period": {"start": "2025-03-01T09:00:00Z", "end": "2025-03-01T10:00:00Z"},
                "participant": [{"individual": _ref(made["doctor"])}],
                "location": [{"location": _ref(made["place"])}],
            },
        )
        for year in (2023, 2024, 2025):
            made[f"{who} weight {year}"] = _put(
                api,
                {
                    "resourceType": "Observation",
                    "status": "final",
                    "code": _concept("weight"),
                    "subject": subject,
                    "effectiveDateTime": f"{year}-06-15",
                },
            )
        made[f"{who} order"] = _put(
            api,
            {
                "resourceType": "MedicationRequest",
                "status": "active",
                "intent": "order",
                "subject": subject,
                "medicationReference": _ref(made["drug"]),
            },
        )
        made[f"{who} source"] = _put(
            api,
            {
                "resourceType": "Provenance",
                "target": [_ref(made[f"{who} weight 2024"])],
                "recorded": "2024-06-15T12:00:00Z",
                "agent": [{"who": _ref(made["doctor"])}],
            },
        )
        made[f"{who} booking"] = _put(
            api,
            {
                "resourceType": "Appointment",
                "status": "proposed",
                "participant": [
                    {"actor": _ref(made["doctor"]), "status": "accepted"},
                    {"actor": subject, "status": "accepted"},
                ],
            },
        )
    return made


def _page(api, address):
    found = api.json("GET", address)
    names = {"match": [], "include": [], "outcome": []}
    for one in found.get("entry", []):
        resource = one["resource"]
        names[one["search"]["mode"]].append(f"{resource['resourceType']}/{resource.get('id', '')}")
    next_link = next((one["url"] for one in found["link"] if one["relation"] == "next"), None)
    return names, next_link, found


def _whole(api, address):
    """The names of all pages: those of the chart, and those included."""
    matched, included = [], []
    while address:
        names, link, _ = _page(api, address)
        matched += names["match"]
        included += names["include"]
        address = link.partition("/fhir/")[2] if link else None
    return matched, included


OWN = ("patient", "visit", "weight 2023", "weight 2024", "weight 2025", "order", "booking")


def _of(chart, *names):
    return {chart["patient" if name == "patient" else f"patient {name}"] for name in names}


def test_the_whole_chart_with_what_it_refers_to_and_nothing_else(api, chart):
    matched, included = _whole(api, f"{chart['patient']}/$everything")
    assert matched[0] == chart["patient"]
    assert set(matched) == _of(chart, *OWN) and len(matched) == len(set(matched))
    wanted = {chart[name] for name in ("doctor", "place", "clinic", "drug", "patient source")}
    assert set(included) == wanted and len(included) == len(wanted)


@pytest.mark.parametrize("count", [1, 2, 3, 50])
def test_pages_hold_each_resource_once(api, chart, count):
    matched, included = _whole(api, f"{chart['patient']}/$everything?_count={count}")
    assert sorted(matched) == sorted(_of(chart, *OWN))
    assert {chart[name] for name in ("doctor", "place", "clinic", "drug", "patient source")} == set(included)


def test_pages_stay_right_while_others_write(api, chart):
    names, link, _ = _page(api, f"{chart['patient']}/$everything?_count=3")
    for year in (2020, 2026):
        _put(
            api,
            {
                "resourceType": "Observation",
                "status": "final",
                "code": _concept("late"),
                "subject": _ref(chart["patient"]),
                "effectiveDateTime": f"{year}-01-01",
            },
        )
    matched, _ = _whole(api, link.partition("/fhir/")[2])
    found = names["match"] + matched
    assert _of(chart, *OWN) <= set(found) and len(found) == len(set(found))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("start=2024-01-01", ("patient", "visit", "weight 2024", "weight 2025", "order", "booking")),
        ("end=2024-06-15", ("patient", "weight 2023", "weight 2024", "order", "booking")),
        ("start=2024-06-15&end=2024-06-15", ("patient", "weight 2024", "order", "booking")),
        ("start=0001-01-01&end=9999-12-31", OWN),
        ("_type=Observation", ("weight 2023", "weight 2024", "weight 2025")),
        ("_type=Patient,Encounter", ("patient", "visit")),
        ("_since=2099-01-01", ()),
    ],
)
def test_what_is_asked_for(api, chart, query, names):
    matched, _ = _whole(api, f"{chart['patient']}/$everything?{query}")
    assert set(matched) == _of(chart, *names)


def test_the_calendar_has_an_end():
    from datetime import date

    from chartdesk.api.fhir.operations.everything import _midnights

    assert len(_midnights(date.min, "Europe/Berlin")) == 1 and len(_midnights(date.min, "America/New_York")) == 2


def test_types_hold_for_what_is_referred_to(api, chart):
    _, included = _whole(api, f"{chart['patient']}/$everything?_type=Encounter,Practitioner")
    assert included == [chart["doctor"]]


def test_since_finds_what_was_changed(api, chart):
    changed = api.json("GET", chart["patient weight 2023"])
    since = api.json("PUT", chart["patient weight 2023"], {**changed, "status": "amended"})["meta"]["lastUpdated"]
    matched, _ = _whole(api, f"{chart['patient']}/$everything?_since={since}")
    assert matched == [chart["patient weight 2023"]]


def test_scopes_bound_it_and_it_says_so(api, practice, chart, client_of):
    client = client_of(practice, "system/Patient.rs", "system/Observation.rs")
    names, _, found = _page(client, f"{chart['patient']}/$everything")
    assert set(names["match"]) == _of(chart, "patient", "weight 2023", "weight 2024", "weight 2025")
    assert names["include"] == []
    note = found["entry"][-1]["resource"]["issue"][0]
    assert note["code"] == "suppressed" and "Encounter" in note["diagnostics"]


def test_a_deleted_or_unknown_patient(api, chart, practice, client_of):
    api.json("GET", "Patient/nobody/$everything", status=404)
    api.json("GET", "Patient/$everything", status=403)
    client_of(practice, "system/Observation.rs").json("GET", f"{chart['patient']}/$everything", status=403)


@pytest.mark.parametrize(
    "query", ["_type=Nonsense", "start=soon", "_count=0", "_cursor=zzz", "_cursor=WzEsMiwzXQ", "a=b"]
)
def test_wrong_parameters_are_refused(api, chart, query):
    assert api.json("GET", f"{chart['patient']}/$everything?{query}", status=400)["issue"][0]["severity"] == "error"


def test_it_can_be_asked_by_post_and_leaves_audit_rows(api, chart, subject):
    from chartdesk.record import audit

    body = {"resourceType": "Parameters", "parameter": [{"name": "_type", "valueCode": "Observation"}]}
    found = api.json("POST", f"{chart['patient']}/$everything", body)
    assert found["total"] == 3
    rows = audit.trail(subject, chart["patient"].partition("/")[2])
    assert [(row.what, row.version) for row in rows if row.detail == "everything" and row.what == "Observation"] == [
        ("Observation", 3)
    ]

"""Every FHIR interaction leaves its audit row: who, what, whose, under the number of the request.

One table over every address and method that is served. An address that is served and stands in no table here fails
the first test: whoever adds an interaction says what it leaves behind.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.unit.ehr.orders.test_orders import PDF, report
from tests.unit.exchange.subscriptions.conftest import local_endpoints, receiver, subscribe

from chartdesk.api.fhir.handling import _TYPED
from chartdesk.ehr.orders import results
from chartdesk.ehr.orders.content import AttachmentIn
from chartdesk.kit.transactions import transaction
from chartdesk.record import database
from chartdesk.record.access.subject import system

__all__ = ["local_endpoints", "receiver", "subscribe"]
MOSS = {"resourceType": "Patient", "name": [{"family": "Moss"}], "birthDate": "1980-02-29", "gender": "female"}
HEART_RATE = {"coding": [{"system": "http://loinc.org", "code": "8867-4"}]}
PATCH = [{"op": "replace", "path": "/gender", "value": "male"}]
NOTE = {"resourceType": "Binary", "contentType": "text/plain", "data": "eHg="}
JSON_PATCH = {"content_type": "application/json-patch+json"}


@dataclass(frozen=True)
class Case:
    """One request and the rows it must leave: (action, type), each about patient p unless it says otherwise.

    ``{p}`` stands for a patient, ``{o}`` for an Observation of theirs; ``MADE`` says what else there is.
    """

    method: str
    address: str
    rows: tuple[tuple[str, str], ...]
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    about: str = "p"


def _bundle(kind: str, *entries: tuple[str, str, Any]) -> dict[str, Any]:
    made = [
        {"request": {"method": method, "url": url}} | ({"resource": resource} if resource else {})
        for method, url, resource in entries
    ]
    return {"resourceType": "Bundle", "type": kind, "entry": made}


def _observation(patient: str) -> dict[str, Any]:
    return {
        "resourceType": "Observation", "status": "final", "code": HEART_RATE,
        "subject": {"reference": f"Patient/{patient}"},
    }  # fmt: skip


def _parameters(**resources: Any) -> dict[str, Any]:
    given = [{"name": name, "resource": resource} for name, resource in resources.items()]
    return {"resourceType": "Parameters", "parameter": given}


EVERY = (
    ("POST", "Observation", _observation("{p}")),
    ("PUT", "Observation/{o}", {**_observation("{p}"), "id": "{o}"}),
    ("GET", "Patient/{p}", None),
)


def _sides(source: str, target: str, **more: bool) -> dict[str, Any]:
    """What a merge is asked with."""
    rows: list[dict[str, Any]] = [
        {"name": f"{side}-patient", "valueReference": {"reference": f"Patient/{id}"}}
        for side, id in (("source", source), ("target", target))
    ]
    rows += [{"name": name, "valueBoolean": value} for name, value in more.items()]
    return {"resourceType": "Parameters", "parameter": rows}


ASYNC = {"prefer": "respond-async"}
EXPORT = (("E", "bulk export"),)
EACH = (("C", "Observation"), ("U", "Observation"), ("R", "Patient"))
SUBSCRIPTION = (("R", "Subscription"),)
READ_BOTH = (("R", "Patient"), ("R", "Observation"))
CASES: dict[tuple[str, str], tuple[Case, ...]] = {
    ("System", "GET"): (Case("GET", "?_type=Patient&_id={p}", (("R", "Patient"),)),),
    ("System", "POST"): (
        Case("POST", "", EACH, _bundle("transaction", *EVERY)),
        Case("POST", "", EACH, _bundle("batch", *EVERY)),
        Case("POST", "", (("D", "Observation"),), _bundle("batch", ("DELETE", "Observation/{o}", None))),
    ),
    ("System/_search", "GET"): (Case("GET", "_search?_type=Patient&_id={p}", (("R", "Patient"),)),),
    ("System/_search", "POST"): (Case("POST", "_search", (("R", "Patient"),), b"_type=Patient&_id={p}"),),
    ("Type", "GET"): (
        Case("GET", "Patient?_id={p}", (("R", "Patient"),)),
        Case("GET", "Observation?patient={p}&_include=Observation:patient", READ_BOTH),
        Case("GET", "Patient?_id={p}&_revinclude=Observation:patient", READ_BOTH),
        Case("GET", "Patient?_id={p}&_elements=id", (("R", "Patient"),)),
        Case("GET", "Patient?_id={p}&_summary=count", (("R", "Patient"),), about=""),
        Case("GET", "Patient?family=Nobody", (("R", "Patient"),), about=""),
    ),
    ("Type", "POST"): (
        Case("POST", "Observation", (("C", "Observation"),), _observation("{p}"), status=201),
        Case("POST", "Patient", (("R", "Patient"),), MOSS, {"if_none_exist": "_id={p}"}),
    ),
    ("Type", "PUT"): (Case("PUT", "Patient?_id={p}", (("U", "Patient"),), {**MOSS, "id": "{p}"}),),
    ("Type", "PATCH"): (Case("PATCH", "Patient?_id={p}", (("U", "Patient"),), PATCH, JSON_PATCH),),
    ("Type", "DELETE"): (Case("DELETE", "Observation?_id={o}", (("D", "Observation"),), status=204),),
    ("Type/_search", "GET"): (Case("GET", "Patient/_search?_id={p}", (("R", "Patient"),)),),
    ("Type/_search", "POST"): (Case("POST", "Patient/_search", (("R", "Patient"),), b"_id={p}"),),
    ("Type/_history", "GET"): (Case("GET", "Patient/_history", (("R", "Patient"),)),),
    ("Type/id", "GET"): (
        Case("GET", "Patient/{p}", (("R", "Patient"),)),
        Case("HEAD", "Patient/{p}", (("R", "Patient"),)),
        Case("GET", "Patient/{p}", (("R", "Patient"),), headers={"if_none_match": 'W/"1"'}, status=304),
    ),
    ("Type/id", "PUT"): (
        Case("PUT", "Patient/{p}", (("U", "Patient"),), {**MOSS, "id": "{p}", "active": True}),
        Case("PUT", "Observation/n-1", (("C", "Observation"),), {**_observation("{p}"), "id": "n-1"}, status=201),
    ),
    ("Type/id", "PATCH"): (Case("PATCH", "Patient/{p}", (("U", "Patient"),), PATCH, JSON_PATCH),),
    ("Type/id", "DELETE"): (Case("DELETE", "Observation/{o}", (("D", "Observation"),), status=204),),
    # The bytes of a patient's document; a Binary that somebody stored belongs to nobody.
    ("Binary/id", "GET"): (
        Case("GET", "Binary/{d}", (("R", "DocumentReference"),)),
        Case("GET", "Binary/{b}", (("R", "Binary"),), about=""),
    ),
    ("Binary/id", "PUT"): (Case("PUT", "Binary/{b}", (("U", "Binary"),), {**NOTE, "id": "{b}"}, about=""),),
    ("Binary/id", "PATCH"): (
        Case(
            "PATCH",
            "Binary/{b}",
            (("U", "Binary"),),
            [{**PATCH[0], "path": "/contentType", "value": "text/html"}],
            JSON_PATCH,
            about="",
        ),
    ),
    ("Binary/id", "DELETE"): (Case("DELETE", "Binary/{b}", (("D", "Binary"),), status=204, about=""),),
    ("Type/id/_history", "GET"): (Case("GET", "Patient/{p}/_history", (("R", "Patient"),)),),
    ("Type/id/_history/version", "GET"): (Case("GET", "Patient/{p}/_history/1", (("R", "Patient"),)),),
    ("Type/id/Type", "GET"): (Case("GET", "Patient/{p}/Observation", (("R", "Observation"),)),),
    ("Type/id/*", "GET"): (Case("GET", "Patient/{p}/*", (("R", "Observation"),)),),
    ("Type/id/$validate", "GET"): (Case("GET", "Patient/{p}/$validate", (("R", "Patient"),)),),
    ("Type/id/$validate", "POST"): (Case("POST", "Patient/{p}/$validate", (("R", "Patient"),)),),
    ("Patient/$match", "POST"): (Case("POST", "Patient/$match", (("R", "Patient"),), _parameters(resource=MOSS)),),
    # For the token of one patient only; it has nothing to show here.
    ("Patient/$everything", "GET"): (Case("GET", "Patient/$everything", (), status=403),),
    ("Patient/$everything", "POST"): (Case("POST", "Patient/$everything", (), status=403),),
    ("Patient/id/$everything", "GET"): (Case("GET", "Patient/{p}/$everything", READ_BOTH),),
    ("Patient/id/$everything", "POST"): (Case("POST", "Patient/{p}/$everything", READ_BOTH),),
    ("Patient/$merge", "POST"): (
        Case("POST", "Patient/$merge", (("U", "Patient"),), _sides("{q}", "{p}")),
        Case("POST", "Patient/$merge", (("R", "Patient"),), _sides("{q}", "{p}", preview=True)),
    ),
    ("Patient/$undo-merge", "POST"): (Case("POST", "Patient/$undo-merge", (("U", "Patient"),), _sides("{m}", "{p}")),),
    ("System/_history", "GET"): (Case("GET", "_history", READ_BOTH),),
    ("System/$export", "GET"): (Case("GET", "$export", EXPORT, None, ASYNC, 202, about=""),),
    ("System/$export", "POST"): (
        Case("POST", "$export", EXPORT, {"resourceType": "Parameters"}, ASYNC, 202, about=""),
    ),
    ("Patient/$export", "GET"): (Case("GET", "Patient/$export", EXPORT, None, ASYNC, 202, about=""),),
    ("Patient/$export", "POST"): (
        Case("POST", "Patient/$export", EXPORT, {"resourceType": "Parameters"}, ASYNC, 202, about=""),
    ),
    ("Group/id/$export", "GET"): (Case("GET", "Group/{g}/$export", EXPORT, None, ASYNC, 202, about=""),),
    ("Group/id/$export", "POST"): (
        Case("POST", "Group/{g}/$export", EXPORT, {"resourceType": "Parameters"}, ASYNC, 202, about=""),
    ),
    ("System/$export-status", "DELETE"): (
        Case("DELETE", "$export-status?job={e}", (("D", "bulk export"),), status=202, about=""),
    ),
    ("System/$export-file", "GET"): (Case("GET", "$export-file?job={e}&name={f}", (("R", "bulk export"),), about=""),),
    ("Subscription/$status", "GET"): (Case("GET", "Subscription/$status?id={s}", SUBSCRIPTION, about=""),),
    ("Subscription/$status", "POST"): (Case("POST", "Subscription/$status?id={s}", SUBSCRIPTION, about=""),),
    ("Subscription/id/$status", "GET"): (Case("GET", "Subscription/{s}/$status", SUBSCRIPTION, about=""),),
    ("Subscription/id/$status", "POST"): (Case("POST", "Subscription/{s}/$status", SUBSCRIPTION, about=""),),
    ("Subscription/id/$events", "GET"): (Case("GET", "Subscription/{s}/$events", (("R", "Patient"),)),),
    ("Subscription/id/$events", "POST"): (Case("POST", "Subscription/{s}/$events", (("R", "Patient"),)),),
}
FORM = {"content_type": "application/x-www-form-urlencoded"}
#: What shows and changes nothing of any patient: codes, lists of what is possible, what a body alone is judged by,
#: how far an export is.
WITHOUT_DATA = re.compile(
    r"GET System/\$export-status|.* Type/\$validate|.* (ValueSet|CodeSystem)/(id/)?\$.*"
    r"|.* Subscription/(\$topic-list|(id/)?\$get-ws-binding-token)"
)


def test_every_interaction_stands_in_the_table() -> None:
    served = {(shape, method) for shape, methods in _TYPED.items() for method in methods}
    known = set(CASES) | {(shape, method) for shape, method in served if WITHOUT_DATA.fullmatch(f"{method} {shape}")}
    assert sorted(served - known) == []
    assert sorted(known - served) == []


@pytest.fixture
def known(practice: Any, api: Any, subject: Any) -> Iterator[dict[str, str]]:
    """A patient with an Observation."""
    patient = api.json("POST", "Patient", MOSS, status=201)["id"]
    yield {"p": patient, "o": api.json("POST", "Observation", _observation(patient), status=201)["id"]}


def _subscribed(api: Any, practice: Any, patient: str, subscribe: Any) -> dict[str, str]:
    """A Subscription with one event, about the patient."""
    from chartdesk.exchange.subscriptions.delivery import deliver_all

    id = subscribe()
    api.json("PUT", f"Patient/{patient}", {**MOSS, "id": patient, "active": True})
    deliver_all(practice.pk)
    return {"s": str(id)}


def _group(api: Any, practice: Any, patient: str, subscribe: Any) -> dict[str, str]:
    members = [{"entity": {"reference": f"Patient/{patient}"}}]
    group = {"resourceType": "Group", "type": "person", "actual": True, "member": members}
    return {"g": api.json("POST", "Group", group, status=201)["id"]}


def _exported(api: Any, practice: Any, patient: str, subscribe: Any) -> dict[str, str]:
    """A finished export and the name of a file of it."""
    from chartdesk.record.bulk import exporting

    place = api.send("GET", "$export?_type=Patient", **ASYNC).headers["Content-Location"].partition("/fhir/")[2]
    job = place.rpartition("job=")[2]
    exporting.run(practice.pk, job)
    [output] = api.json("GET", place)["output"]
    return {"e": job, "f": parse_qs(urlsplit(output["url"]).query)["name"][0]}


def _another(api: Any, practice: Any, patient: str, subscribe: Any) -> dict[str, str]:
    return {"q": api.json("POST", "Patient", MOSS, status=201)["id"]}


def _merged(api: Any, practice: Any, patient: str, subscribe: Any) -> dict[str, str]:
    """A patient who was merged into the other."""
    source = _another(api, practice, patient, subscribe)["q"]
    api.json("POST", "Patient/$merge", _sides(source, patient))
    return {"m": source}


def _stored(api: Any, practice: Any, patient: str, subscribe: Any) -> dict[str, str]:
    return {"b": api.json("POST", "Binary", NOTE, status=201)["id"]}


def _document(api: Any, practice: Any, patient: str, subscribe: Any) -> dict[str, str]:
    """The bytes of a document about the patient."""
    results.receive(
        system(practice.pk, "test"), [report(patient, attachments=(AttachmentIn(PDF, "application/pdf", "Report"),))]
    )
    found = api.json("GET", f"DocumentReference?patient={patient}")["entry"][0]["resource"]
    return {"d": found["content"][0]["attachment"]["url"].rpartition("/")[2]}


#: What some requests need besides a patient: placeholder → what makes it.
MADE = {
    "s": _subscribed, "g": _group, "e": _exported, "q": _another, "m": _merged, "b": _stored, "d": _document,
}  # fmt: skip


def _filled(text: Any, known: dict[str, str]) -> Any:
    """``text``, or what is written in JSON, with the names of things replaced by their ids."""
    if isinstance(text, bytes):
        return _filled(text.decode(), known).encode()
    if not isinstance(text, str):
        return json.loads(_filled(json.dumps(text), known))
    for name, id in known.items():
        text = text.replace("{" + name + "}", id)
    return text


def _rows(subject: Any, request: str) -> list[tuple[str, str, str, str, str]]:
    statement = "SELECT action, what, patient, actor, origin FROM record_audit WHERE request = %s ORDER BY id"
    with transaction(subject):
        return database.rows(statement, [request])


@pytest.mark.parametrize(
    "case", [pytest.param(one, id=f"{one.method} {one.address}") for cases in CASES.values() for one in cases]
)
def test_it_leaves_its_row(
    api: Any, practice: Any, subject: Any, known: dict[str, str], subscribe: Any, case: Case
) -> None:
    wanted = f"{case.address} {json.dumps(None if isinstance(case.body, bytes) else case.body)}"
    for name, make in MADE.items():
        if "{" + name + "}" in wanted and name not in known:
            known |= make(api, practice, known["p"], subscribe)
    headers = {**(FORM if isinstance(case.body, bytes) else {}), **_filled(case.headers, known)}
    headers["x_request_id"] = "the-request"
    body = None if case.body is None else _filled(case.body, known)
    response = api.send(case.method, _filled(case.address, known), body, **headers)
    assert response.status == case.status, response.body
    rows = _rows(subject, "the-request")
    about = known.get(case.about, "")
    assert {(action, what) for action, what, patient, *_ in rows if patient == about} >= set(case.rows)
    assert all(actor.startswith("client:") and origin == "192.0.2.7" for *_, actor, origin in rows)


def test_what_is_refused_leaves_no_row(practice: Any, subject: Any, client_of: Any, known: dict[str, str]) -> None:
    lesser = client_of(practice, "system/Practitioner.rs")
    for method, address in (
        ("GET", f"Patient/{known['p']}"),
        ("GET", "Patient?family=Moss"),
        ("DELETE", f"Patient/{known['p']}"),
        ("GET", f"Patient/{known['p']}/_history"),
    ):
        assert lesser.send(method, address, x_request_id="refused").status == 403
    assert _rows(subject, "refused") == []

"""Transactions, batches and imports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chartdesk.kit.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from chartdesk.record import importing, search, store
from chartdesk.record.access.subject import Role, Subject
from chartdesk.standards.fhir import r4

URN = "urn:uuid:7f8a3c52-0000-4000-8000-00000000000"


def bundle(*entries: dict[str, Any], type: str = "transaction") -> bytes:
    return json.dumps({"resourceType": "Bundle", "type": type, "entry": list(entries)}).encode()


def create(resource: dict[str, Any], full_url: str = "", **request: str) -> dict[str, Any]:
    asked = {"method": "POST", "url": resource["resourceType"], **request}
    return {"resource": resource, "request": asked, **({"fullUrl": full_url} if full_url else {})}


def condition(patient: str, text: str = "x") -> dict[str, Any]:
    return {"resourceType": "Condition", "code": {"text": text}, "subject": {"reference": patient}}


def test_references_between_entries_are_resolved(subject: Subject) -> None:
    text = f'a \\"reference\\" : \\"{URN}1\\" in a text stays'
    note = {**condition(f"{URN}1"), "note": [{"text": text}], "identifier": [{"value": f"{URN}1"}]}
    answer = store.transact(subject, bundle(create(note), create({"resourceType": "Patient"}, f"{URN}1")))
    assert answer.type == "transaction-response"
    places = [entry.response.location.split("/") for entry in answer.entry if entry.response]  # type: ignore[union-attr]
    stored = store.read(subject, r4.Condition, places[0][1])
    assert stored.subject is not None
    assert stored.subject.reference == f"Patient/{places[1][1]}"
    assert stored.note[0].text == text
    assert stored.identifier[0].value == f"{URN}1"


def test_all_or_nothing_with_the_failing_entry_named(subject: Subject) -> None:
    bad = create({"resourceType": "Condition", "subject": {"reference": "Patient/p"}, "onsetDateTime": "2021-02-30"})
    good = {
        "resource": {"resourceType": "Patient", "id": "p"},
        "request": {"method": "PUT", "url": "Patient/p"},
    }
    with pytest.raises(Invalid) as refusal:
        store.transact(subject, bundle(good, bad))
    assert "Entry 1 (POST Condition)" in refusal.value.message
    assert refusal.value.issues[0].expression == "Bundle.entry[1].resource.onset"
    with pytest.raises(NotFound):
        store.get(subject, "Patient", "p")


def test_a_batch_goes_on_after_a_failure(subject: Subject) -> None:
    answer = store.transact(
        subject,
        bundle(
            create({"resourceType": "Patient", "color": "red"}),
            create({"resourceType": "Patient"}),
            {"request": {"method": "GET", "url": "Patient?_count=5"}},
            {"request": {"method": "GET", "url": "Patient/nobody"}},
            type="batch",
        ),
    )
    statuses = [entry.response.status[:3] for entry in answer.entry if entry.response]  # type: ignore[index]
    assert statuses == ["400", "201", "200", "400"]
    assert isinstance(answer.entry[2].resource, r4.Bundle)
    assert len(answer.entry[2].resource.entry) == 1


def test_deletes_come_first_and_reads_last(subject: Subject) -> None:
    store.put(subject, r4.Patient(id="old"))
    answer = store.transact(
        subject,
        bundle(
            {"request": {"method": "GET", "url": "Patient/new"}},
            {
                "resource": {"resourceType": "Patient", "id": "new"},
                "request": {"method": "PUT", "url": "Patient/new"},
            },
            {"request": {"method": "DELETE", "url": "Patient/old"}},
        ),
    )
    assert [entry.response.status[:3] for entry in answer.entry if entry.response] == ["200", "201", "204"]  # type: ignore[index]


def test_conditional_create_finds_what_is_there(subject: Subject) -> None:
    patient = {"resourceType": "Patient", "identifier": [{"system": "s", "value": "1"}]}
    first = store.put(subject, json.dumps(patient).encode())
    again = bundle(create(patient, f"{URN}1", ifNoneExist="identifier=s|1"), create(condition(f"{URN}1")))
    answer = store.transact(subject, again)
    assert answer.entry[0].response is not None
    assert answer.entry[0].response.status == "200 OK"
    assert [one.patient for one in search.find(subject, "Condition", [])] == [first.id]
    store.put(subject, json.dumps(patient).encode())
    with pytest.raises(Conflict):
        store.transact(subject, again)


def test_conditional_references_are_resolved(subject: Subject) -> None:
    patient = {"resourceType": "Patient", "identifier": [{"system": "s", "value": "1"}]}
    first = store.put(subject, json.dumps(patient).encode())
    store.transact(subject, bundle(create(condition("Patient?identifier=s|1"))))
    assert [one.patient for one in search.find(subject, "Condition", [])] == [first.id]
    with pytest.raises(Conflict, match="matches no"):
        store.transact(subject, bundle(create(condition("Patient?identifier=s|2"))))


def test_versions_are_compared(subject: Subject) -> None:
    store.put(subject, r4.Patient(id="p"))
    put = {
        "resource": {"resourceType": "Patient", "id": "p"},
        "request": {"method": "PUT", "url": "Patient/p"},
    }
    put["request"]["ifMatch"] = 'W/"1"'
    store.transact(subject, bundle(put))
    with pytest.raises(Stale):
        store.transact(subject, bundle(put))


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b'{"resourceType":"Patient"}',
        bundle(type="collection"),
        bundle({"resource": {"resourceType": "Patient"}}),
        bundle(create({"resourceType": "Patient"}, method="PATCH")),
        bundle(create({"resourceType": "Patient"}, url="Nothing")),
        bundle(create({"resourceType": "Patient"}, url="Condition")),
        bundle({"request": {"method": "POST", "url": "Patient"}}),
        bundle({"resource": {"resourceType": "Patient"}, "request": {"method": "PUT", "url": "Patient/p"}}),
        bundle(*[create({"resourceType": "Patient"}, f"{URN}1")] * 2),
        bundle(
            *[
                {
                    "resource": {"resourceType": "Patient", "id": "p"},
                    "request": {"method": "PUT", "url": "Patient/p"},
                }
            ]
            * 2
        ),
    ],
)
def test_bundles_that_make_no_sense_are_refused(subject: Subject, body: bytes) -> None:
    with pytest.raises(Invalid):
        store.transact(subject, body)


def test_scopes_hold_for_every_entry(subject: Subject) -> None:
    client = Subject(
        subject.practice, "client:x", "x", frozenset({Role.CLIENT}), scopes=frozenset({"system/Patient.c"})
    )
    store.transact(client, bundle(create({"resourceType": "Patient"})))
    with pytest.raises(Forbidden, match="Entry 1"):
        store.transact(client, bundle(create({"resourceType": "Patient"}), create(condition("Patient/p"))))


def resolved(value: Any, known: dict[str, str]) -> Any:
    """``value`` with the references that the import makes, and without what it sets."""
    if isinstance(value, dict):
        return {
            name: known.get(part, part) if name == "reference" and isinstance(part, str) else resolved(part, known)
            for name, part in value.items()
        }
    return [resolved(part, known) for part in value] if isinstance(value, list) else value


def test_synthea_bundles_come_back_as_they_went_in(subject: Subject, shared: Path) -> None:
    """Hospitals come again in the patients' bundles with other content, so each file is compared at once."""
    files = sorted((shared / "samples" / "fhir" / "synthea").glob("*.json"))
    assert len(files) > 10
    for path in files:
        report = importing.import_files(subject, [path])
        entries = json.loads(path.read_bytes(), parse_float=str)["entry"]
        assert (report.imported, report.tally.refused) == (len(entries), 0)
        known = {e["fullUrl"]: f"{e['resource']['resourceType']}/{e['resource']['id']}" for e in entries}
        for entry in entries:
            given = entry["resource"]
            stored = store.get(subject, given["resourceType"], given["id"])
            back = json.loads(stored.body, parse_float=str)
            meta = back.pop("meta")
            kept = {name: part for name, part in meta.items() if name not in ("versionId", "lastUpdated")}
            expected = resolved(given, known)
            expected_meta = expected.pop("meta", {})
            assert back == expected
            assert kept == {n: p for n, p in expected_meta.items() if n not in ("versionId", "lastUpdated")}

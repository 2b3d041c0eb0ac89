"""Writing and reading single resources, against PostgreSQL."""

from __future__ import annotations

import pytest

from chartdesk.kit.errors import Conflict, Gone, Invalid, NotFound, Stale
from chartdesk.kit.transactions import transaction
from chartdesk.record import audit, database, history, store
from chartdesk.record.access.subject import Subject
from chartdesk.standards.fhir import r4

MOSS = r4.Patient(name=[r4.HumanName(family="Moss", given=["Ada"])], birthDate="1980-02-29")


def test_what_is_put_can_be_read(subject: Subject) -> None:
    stored = store.put(subject, MOSS)
    assert stored.version == 1
    assert stored.etag == 'W/"1"'
    found = store.get(subject, "Patient", stored.id)
    assert found == stored
    patient = store.read(subject, r4.Patient, stored.id)
    assert patient.name[0].family == "Moss"
    assert patient.meta is not None
    assert patient.meta.versionId == "1"


def test_bytes_are_kept_as_they_came(subject: Subject) -> None:
    text = (
        b'{"resourceType":"Observation","status":"final",'
        b'"code":{"text":"a\\u00e9 \xe2\x9c\x93"},"valueQuantity":{"value":72.50}}'
    )
    stored = store.put(subject, text)
    body = store.get(subject, "Observation", stored.id).body
    assert body.endswith(text.removeprefix(b'{"resourceType":"Observation",'))
    assert body == stored.body


def test_an_update_keeps_the_superseded_version(subject: Subject) -> None:
    first = store.put(subject, MOSS)
    second = store.put(subject, r4.Patient(id=first.id, gender="female"), expect=1)
    assert (second.version, second.patient) == (2, first.id)
    assert [one.version for one in history.versions(subject, "Patient", first.id)] == [2, 1]
    assert history.vread(subject, "Patient", first.id, 1).body == first.body


def test_a_stale_version_is_refused(subject: Subject) -> None:
    first = store.put(subject, MOSS)
    store.put(subject, r4.Patient(id=first.id), expect=1)
    with pytest.raises(Stale) as refusal:
        store.put(subject, r4.Patient(id=first.id), expect=1)
    assert refusal.value.current == 2


def test_a_deleted_resource_is_gone_and_its_history_is_not(subject: Subject) -> None:
    first = store.put(subject, MOSS)
    store.delete(subject, "Patient", first.id)
    store.delete(subject, "Patient", first.id)
    with pytest.raises(Gone):
        store.get(subject, "Patient", first.id)
    assert [one.deleted for one in history.versions(subject, "Patient", first.id)] == [True, False]
    again = store.put(subject, r4.Patient(id=first.id))
    assert again.version == 3


def test_what_is_not_there_is_not_found(subject: Subject) -> None:
    with pytest.raises(NotFound):
        store.get(subject, "Patient", "nobody")
    with pytest.raises(NotFound):
        store.delete(subject, "Patient", "nobody")
    with pytest.raises(NotFound):
        history.versions(subject, "Patient", "nobody")


def test_create_refuses_what_exists(subject: Subject) -> None:
    store.put(subject, r4.Patient(id="one"), create=True)
    with pytest.raises(Conflict):
        store.put(subject, r4.Patient(id="one"), create=True)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"{", "not valid JSON"),
        (b'{"resourceType":"Patient","color":"red"}', "color"),
        (b'{"resourceType":"Patient","birthDate":"2021-02-30"}', "2021-02-30"),
        (b'{"resourceType":"Observation","code":{"text":"x"}}', "status"),
        (b'{"resourceType":"Patient","id":"a b"}', "id"),
    ],
)
def test_what_is_not_valid_is_refused_with_its_reason(subject: Subject, body: bytes, said: str) -> None:
    with pytest.raises(Invalid) as refusal:
        store.put(subject, body)
    assert said in str(refusal.value)


def test_every_read_and_write_leaves_an_audit_row(subject: Subject) -> None:
    stored = store.put(subject, MOSS)
    store.get(subject, "Patient", stored.id, why="chart opened")
    store.delete(subject, "Patient", stored.id)
    trail = audit.trail(subject, stored.id)
    assert [(row.action, row.what, row.version) for row in trail] == [
        ("D", "Patient", 2),
        ("R", "Patient", 1),
        ("C", "Patient", 1),
    ]
    assert trail[1].detail == "chart opened"
    assert trail[0].actor == "system:test"


def test_several_are_stored_together_and_what_says_the_same_is_left(subject: Subject) -> None:
    def made(**texts: str) -> list[r4.Resource]:
        return [
            r4.Observation(id=id, status="final", code=r4.CodeableConcept(text="t"), valueString=text)
            for id, text in texts.items()
        ]

    assert [one.reference for one in store.put_changed(subject, made(a="1", b="1"))] == [
        "Observation/a",
        "Observation/b",
    ]
    (changed,) = store.put_changed(subject, made(a="1", b="2"))
    assert (changed.id, changed.version) == ("b", 2)
    assert store.put_changed(subject, made(a="1", b="2")) == []
    with pytest.raises(Invalid):
        store.put_changed(subject, [*made(a="9"), r4.Observation(id="c", status="final")])
    assert store.get(subject, "Observation", "a").version == 1


def test_an_update_writes_only_what_its_index_says_anew(subject: Subject) -> None:
    def rows() -> dict[tuple[str, ...], str]:
        """What the patient is found by in the narrow tables, and where each row lies."""
        found = []
        for table, columns in (("string", "key, value"), ("date", "key, low, high")):
            asked = f"SELECT s.ctid::text, {columns} FROM record_{table} s JOIN record_resource r USING (serial)"
            found += database.rows(f"{asked} WHERE r.practice = %s AND r.id = %s", [subject.practice, first.id])
        return {tuple(map(str, row)): place for place, *row in found}

    first = store.put(subject, MOSS)
    with transaction(subject):
        before = rows()
        store.put(subject, r4.Patient(id=first.id, name=MOSS.name, birthDate="1980-03-01", gender="female"))
        after = rows()
    kept = {row: place for row, place in before.items() if row in after}
    assert kept and all(after[row] == place for row, place in kept.items()), "what is said again was not written"
    assert any("moss" in row for row in kept) and before.keys() - after.keys() and after.keys() - before.keys()
    with transaction(subject):
        store.delete(subject, "Patient", first.id)
        assert rows() == {}
        store.put(subject, r4.Patient(id=first.id, name=MOSS.name, birthDate="1980-03-01"))
        assert rows().keys() == after.keys()

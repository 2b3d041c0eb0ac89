"""Practices, scopes and the database's own guards, tried with plain SQL."""

from __future__ import annotations

from decimal import Decimal

import psycopg
import pytest
from django.db import connection

from chartdesk.kit.errors import Forbidden, NotFound
from chartdesk.kit.transactions import transaction
from chartdesk.record import database, history, search, store
from chartdesk.record.access import people
from chartdesk.record.access.subject import Role, Subject, system
from chartdesk.record.functions import AUDIT_COLUMNS
from chartdesk.standards.fhir import r4

TABLES = (
    "record_resource",
    "record_history",
    "record_string",
    "record_date",
    "record_number",
    "record_audit",
)


@pytest.fixture
def neighbor(practice: object, subject: Subject) -> Subject:
    """Another practice, with a patient of the same id."""
    other = people.open_practice(f"next-to-{subject.practice}", "Next Door")
    return system(other.pk, "test")


def fill(subject: Subject, family: str) -> None:
    store.put(subject, r4.Patient(id="one", name=[r4.HumanName(family=family)], birthDate="1980-01-01"))
    store.put(subject, r4.Patient(id="one", name=[r4.HumanName(family=family)], birthDate="1980-01-02"))
    store.put(
        subject,
        r4.Observation(
            id=f"of-{family}",
            status="final",
            code=r4.CodeableConcept(coding=[r4.Coding(system="s", code="c")]),
            subject=r4.Reference(reference="Patient/one"),
            valueQuantity=r4.Quantity(value=Decimal(3), unit="kg"),
        ),
    )


def test_practices_do_not_see_each_other(subject: Subject, neighbor: Subject) -> None:
    fill(subject, "Moss")
    fill(neighbor, "Reed")
    assert store.read(subject, r4.Patient, "one").name[0].family == "Moss"
    assert store.read(neighbor, r4.Patient, "one").name[0].family == "Reed"
    for query in (
        [],
        [("code", "s|c")],
        [("patient", "one")],
        [("value-quantity", "3")],
        [("patient.name", "reed")],
    ):
        assert [one.id for one in search.find(neighbor, "Observation", query)] == ["of-Reed"]
    with pytest.raises(NotFound):
        store.get(subject, "Observation", "of-Reed")


@pytest.mark.parametrize("table", TABLES)
def test_row_level_security_hides_rows_from_plain_sql(subject: Subject, neighbor: Subject, table: str) -> None:
    fill(subject, "Moss")
    fill(neighbor, "Reed")
    count = f"SELECT count(*), count(*) FILTER (WHERE practice <> %s) FROM {table}"
    with transaction(subject):
        seen, foreign = database.rows(count, [subject.practice])[0]
    assert seen > 0
    assert foreign == 0
    with connection.cursor() as cursor:
        cursor.execute(count, [subject.practice])
        assert cursor.fetchone() == (0, 0)


def test_the_token_function_answers_for_the_open_practice_only(subject: Subject, neighbor: Subject) -> None:
    fill(subject, "Moss")
    fill(neighbor, "Reed")
    with transaction(neighbor):
        found = database.rows("SELECT tokens, serial FROM record_resource WHERE type = 'Observation'")
        tokens, serial = found[0]
    question = "SELECT record_matching('Observation', %s::int8[], NULL)"
    with transaction(neighbor):
        assert database.rows(question, [tokens]) == [(serial,)]
    with transaction(subject):
        assert database.rows(question, [tokens]) == []
    with connection.cursor() as cursor:
        cursor.execute(question, [tokens])
        assert cursor.fetchall() == []


def test_nobody_writes_rows_of_another_practice(subject: Subject, neighbor: Subject) -> None:
    audit_row = f"""INSERT INTO record_audit ({AUDIT_COLUMNS})
        SELECT {neighbor.practice}, now(), '', '', 'R', '', '', 0, '', '', '', '', ''"""
    with pytest.raises(psycopg.errors.InsufficientPrivilege), transaction(subject):
        database.execute(audit_row)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM record_audit",
        "UPDATE record_audit SET actor = 'nobody'",
        "DELETE FROM record_history",
        "UPDATE record_history SET body = ''",
        "TRUNCATE record_audit",
    ],
)
def test_audit_and_history_are_never_changed(subject: Subject, statement: str) -> None:
    fill(subject, "Moss")
    with pytest.raises(psycopg.errors.InsufficientPrivilege), transaction(subject):
        database.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM record_resource",
        "UPDATE record_resource SET body = ''",
        "UPDATE record_resource SET version = 9",
    ],
)
def test_the_database_keeps_every_version(subject: Subject, statement: str) -> None:
    fill(subject, "Moss")
    with pytest.raises(psycopg.errors.RaiseException), transaction(subject):
        database.execute(statement)


def client(practice: int, *scopes: str, patient: str = "") -> Subject:
    return Subject(practice, "client:c", "C", frozenset({Role.CLIENT}), scopes=frozenset(scopes), patient=patient)


def test_scopes_decide_which_types_and_interactions(subject: Subject) -> None:
    fill(subject, "Moss")
    reader = client(subject.practice, "system/Patient.read", "system/Observation.s")
    assert store.get(reader, "Patient", "one").version == 2
    assert len(search.find(reader, "Observation", [])) == 1
    assert len(history.versions(reader, "Patient", "one")) == 2
    for attempt in (
        lambda: store.get(reader, "Observation", "of-Moss"),
        lambda: store.put(reader, r4.Patient(id="one")),
        lambda: store.put(reader, r4.Patient()),
        lambda: store.delete(reader, "Patient", "one"),
        lambda: search.find(reader, "Condition", []),
        lambda: store.get(client(subject.practice), "Patient", "one"),
    ):
        with pytest.raises(Forbidden):
            attempt()


def test_patient_scopes_hold_every_query_to_one_chart(subject: Subject) -> None:
    fill(subject, "Moss")
    store.put(subject, r4.Patient(id="two"))
    store.put(subject, r4.Practitioner(id="hill"))
    store.put(
        subject,
        r4.Observation(
            id="other",
            status="final",
            code=r4.CodeableConcept(text="x"),
            subject=r4.Reference(reference="Patient/two"),
        ),
    )
    holder = client(subject.practice, "patient/*.cruds", patient="one")
    assert [one.id for one in search.find(holder, "Observation", [])] == ["of-Moss"]
    assert [one.id for one in search.find(holder, "Patient", [])] == ["one"]
    assert search.find(holder, "Observation", [("patient", "two")]).entries == []
    assert search.find(holder, "Observation", [("_id", "other")]).entries == []
    assert store.get(holder, "Practitioner", "hill").version == 1
    for type, id in (("Patient", "two"), ("Observation", "other")):
        with pytest.raises(NotFound):
            store.get(holder, type, id)
        with pytest.raises(NotFound):
            history.versions(holder, type, id)
        with pytest.raises(NotFound):
            store.delete(holder, type, id)
    with pytest.raises(Forbidden):
        store.put(holder, r4.Patient(id="two"))
    with pytest.raises(Forbidden):
        search.find(client(subject.practice, "patient/*.rs"), "Patient", [])

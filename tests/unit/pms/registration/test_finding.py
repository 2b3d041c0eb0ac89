"""Finding patients among others, and that an index serves every part of the search."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from chartdesk.kit.transactions import transaction
from chartdesk.pms.registration import commands, finding, queries, search_terms
from chartdesk.pms.registration.people import Address, Person, Registration
from chartdesk.record.access import Subject

PEOPLE = [
    Person("Smith", "John", birth_date=date(1980, 2, 3), phone_mobile="614-555-0123"),
    Person("Smith", "Joan", birth_date=date(1980, 7, 1), phone_home="614-555-0188"),
    Person("Smithson", "Maria", birth_date=date(1955, 2, 3)),
    Person("Johnson", "Smitty", birth_date=date(1962, 11, 30)),
    Person("O'Brien-Diaz", "Zoë", middle="Ann", birth_date=date(2001, 2, 28), phone_mobile="614-555-0160"),
    Person("Blacksmith", "Wayland", preferred="Way", birth_date=date(1944, 5, 5)),
    Person("Li", "An", birth_date=date(1999, 9, 9)),
]
JOHN, JOAN, MARIA, SMITTY, ZOE, WAYLAND, AN = range(7)

SEARCHES = [
    ("", []),
    ("smith", [JOAN, JOHN, MARIA, WAYLAND]),
    ("smit", [JOAN, JOHN, MARIA, SMITTY, WAYLAND]),
    ("SMITH, JOHN", [JOHN]),
    ("john smith", [JOHN]),
    ("smi jo 1980", [JOAN, JOHN]),
    ("jo smi feb 3 1980", [JOHN]),
    ("s", [JOAN, JOHN, MARIA, SMITTY]),
    ("l", [AN]),
    ("li an", [AN]),
    ("an li", [AN]),
    ("z o", [ZOE]),
    ("brien", [ZOE]),
    ("obrien", [ZOE]),
    ("O'Brien", [ZOE]),
    ("diaz", [ZOE]),
    ("zoe", [ZOE]),
    ("ann", [ZOE]),
    ("way", [WAYLAND]),
    ("mithso", [MARIA]),
    ("ohnso smit", [SMITTY]),
    ("2/3/1980", [JOHN]),
    ("1980-02-03", [JOHN]),
    ("02031980", [JOHN]),
    ("1980", [JOAN, JOHN]),
    ("feb 1955", [MARIA]),
    ("6145550123", [JOHN]),
    ("(614) 555-0123", [JOHN]),
    ("555-0123", [JOHN]),
    ("0123", [JOHN]),
    ("614555", [ZOE, JOAN, JOHN]),
    ("100001", [JOHN]),
    ("100003 maria", [MARIA]),
    ("nobody", []),
    ("smith 1981", []),
]


@pytest.fixture
def patients(subject: Subject) -> list[str]:
    return [commands.register(subject, Registration(person), confirmed_distinct=True).patient_id for person in PEOPLE]


def test_searches(subject: Subject, patients: list[str]) -> None:
    for text, expected in SEARCHES:
        found = [patients.index(hit.patient_id) for hit in queries.find(subject, text)]
        assert found == expected, text


def test_the_limit_holds(subject: Subject, patients: list[str]) -> None:
    assert len(queries.find(subject, "smit", limit=2)) == 2


def test_the_line_of_a_list(subject: Subject) -> None:
    home = Address("12 Oak Street", "", "Columbus", "OH", "43215")
    person = Person(
        "Smith", "John", "Q", birth_date=date(1980, 2, 3), sex="male", phone_work="6145550123", address=home
    )
    made = commands.register(subject, Registration(person))
    [hit] = queries.find(subject, made.mrn)
    assert hit == queries.names(subject, [made.patient_id, "unknown"])[made.patient_id]
    assert (hit.name, hit.birth_date, hit.sex) == ("Smith, John Q", date(1980, 2, 3), "male")
    assert (hit.phone, hit.address_line) == ("+16145550123", "12 Oak Street, Columbus, OH 43215")


@pytest.mark.parametrize("text", ["smi", "smi jo 1980", "0123", "feb 3 1980", "o z", "100001"])
def test_no_part_of_a_search_reads_a_whole_table(subject: Subject, patients: list[str], text: str) -> None:
    """Under row-level security an operator that is not leak-proof silently loses its index; this would show it."""
    terms = search_terms.terms(text, date(2026, 3, 2))
    with transaction(subject), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for sql, values in finding.plans(subject.practice, terms, 20):
            cursor.execute("EXPLAIN " + sql, values)
            plan = "\n".join(row[0] for row in cursor.fetchall())
            assert "Seq Scan" not in plan, plan

"""Finding patients in the index: the terms somebody typed, turned into index scans.

One word alone walks the names in the order of the alphabet and stops when the list is full, however common
the word is: first family names that begin so, then given names, then every other word, and last words that
hold it in the middle. Several terms are looked up each by itself and the results intersected.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from chartdesk.pms.registration.people import Address, list_name
from chartdesk.pms.registration.search_terms import Born, Term, Word

#: A shorter part of a name is looked for at the beginnings of words only.
SHORTEST_MIDDLE = 3
#: Words that hold the typed part in the middle, at most.
_MOST_WORDS = 300
_COLUMNS = (
    "p.patient, p.mrn, p.family, p.given, p.middle, p.suffix, p.preferred, p.birth_date, p.sex, p.phones, "
    "p.line1, p.city, p.state, p.postal_code, p.id"
)
_FROM = f"SELECT {_COLUMNS} FROM registration_patientindex p WHERE p.practice = %s AND p.active"
_ORDER = "ORDER BY p.family_key, p.given_key, p.id LIMIT %s"
#: Above every letter in the C collation, so that ``prefix + _LAST`` ends the range of a prefix.
_LAST = "\U0010ffff"

Query = tuple[str, list[Any]]


@dataclass(frozen=True)
class PatientHit:
    """A patient in a list."""

    patient_id: str
    mrn: str
    name: str
    birth_date: date | None
    sex: str
    phone: str
    address_line: str


def hits(practice: int, terms: list[Term], limit: int) -> list[PatientHit]:
    """Patients of ``practice`` who meet all ``terms``; call it inside the transaction of the practice."""
    if not terms or limit < 1:
        return []
    rows: dict[int, tuple[Any, ...]] = {}
    for sql, values in _plans(practice, terms):
        for row in _run(sql, [*values, limit]):
            rows.setdefault(row[-1], row)
        if len(rows) >= limit:
            break
    return [_hit(row) for row in list(rows.values())[:limit]]


def by_ids(practice: int, patient_ids: Iterable[str]) -> list[PatientHit]:
    """The list lines of these patients, active or not."""
    sql = f"SELECT {_COLUMNS} FROM registration_patientindex p WHERE p.practice = %s AND p.patient = ANY(%s)"
    return [_hit(row) for row in _run(sql, [practice, list(patient_ids)])]


def _plans(practice: int, terms: list[Term]) -> Iterable[Query]:
    """Queries from the most to the least telling; each still wants its limit."""
    if len(terms) == 1 and isinstance(terms[0], Word):
        yield from _walks(practice, terms[0].text)
    yield _meeting(practice, [_entries(practice, term) for term in terms])
    middles = [term for term in terms if isinstance(term, Word) and len(term.text) >= SHORTEST_MIDDLE]
    if middles:
        yield _meeting(practice, [_entries(practice, term, middle=term in middles) for term in terms])


def _walks(practice: int, word: str) -> Iterable[Query]:
    for key, order in (("family_key", "family_key, p.given_key"), ("given_key", "given_key, p.family_key")):
        yield (
            f"{_FROM} AND p.{key} >= %s AND p.{key} < %s ORDER BY p.{order} LIMIT %s",
            [practice, word, word + _LAST],
        )


def _meeting(practice: int, parts: list[Query]) -> Query:
    """Patients whose entries are in every part."""
    sql = " INTERSECT ".join(f"({part})" for part, _ in parts)
    values = [value for _, part in parts for value in part]
    return f"{_FROM} AND p.id IN ({sql}) {_ORDER}", [practice, *values]


def _entries(practice: int, term: Term, *, middle: bool = False) -> Query:
    """The entries that meet one term."""
    if isinstance(term, Born):
        return _born(practice, term)
    if isinstance(term, Word):
        if middle:
            return _holding(practice, term.text)
        return _beginning(practice, term.text)
    parts = [_beginning(practice, term.text), _numbered(practice, term.text)]
    parts += [_born(practice, born) for born in term.born]
    sql = " UNION ALL ".join(part for part, _ in parts)
    return sql, [value for _, part in parts for value in part]


def _beginning(practice: int, text: str) -> Query:
    sql = "SELECT entry FROM registration_patientword WHERE practice = %s AND word >= %s AND word < %s"
    return sql, [practice, text, text + _LAST]


def _holding(practice: int, text: str) -> Query:
    """The words that hold ``text`` anywhere are few and read first; their patients are then looked up."""
    sql = "SELECT word FROM registration_nameword WHERE practice = %s AND strpos(word, %s) > 0 LIMIT %s"
    words = [row[0] for row in _run(sql, [practice, text, _MOST_WORDS])]
    return "SELECT entry FROM registration_patientword WHERE practice = %s AND word = ANY(%s)", [
        practice,
        words,
    ]


def _numbered(practice: int, text: str) -> Query:
    sql = "SELECT id FROM registration_patientindex WHERE practice = %s AND mrn >= %s AND mrn < %s"
    return sql, [practice, text, text + _LAST]


def _born(practice: int, term: Born) -> Query:
    sql = "SELECT id FROM registration_patientindex WHERE practice = %s AND birth_date BETWEEN %s AND %s"
    return sql, [practice, term.first, term.last]


def _run(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _hit(row: tuple[Any, ...]) -> PatientHit:
    (
        patient,
        mrn,
        family,
        given,
        middle,
        suffix,
        preferred,
        born,
        sex,
        phones,
        line1,
        city,
        state,
        postal,
        _,
    ) = row
    return PatientHit(
        patient_id=patient,
        mrn=mrn,
        name=list_name(family, given, middle, suffix, preferred),
        birth_date=born,
        sex=sex,
        phone=phones[0] if phones else "",
        address_line=Address(line1, "", city, state, postal).one_line,
    )

"""Finding patients in the index: the terms somebody typed, turned into index scans.

One word alone walks the names in the order of the alphabet and stops when the list is full, however common
the word is: first family names that begin so, then given names, then every other word, and last words that
hold it in the middle. Of several terms the one that fewest patients meet is looked up, and the others are
checked on the rows; where all of them are common, the names are walked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from chartdesk.pms.registration.people import Address, list_name
from chartdesk.pms.registration.search_terms import Born, Digits, Term, Word

#: A shorter part of a name is looked for at the beginnings of words only.
SHORTEST_MIDDLE = 3
#: Entries of one term that are looked up without further thought.
_FEW = 3000
#: Counting the entries of a term stops here.
_MANY = 12_000
#: Words that hold the typed part in the middle, at most.
_MOST_WORDS = 300
_COLUMNS = (
    "p.patient, p.mrn, p.family, p.given, p.middle, p.suffix, p.preferred, p.birth_date, p.sex, p.phones, "
    "p.line1, p.city, p.state, p.postal_code, p.id"
)
_FROM = f"SELECT {_COLUMNS} FROM registration_patientindex p WHERE p.practice = %s AND p.active"
_WORDS = "FROM registration_patientword WHERE practice = %s"
_INDEX = "FROM registration_patientindex WHERE practice = %s"
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
    for sql, values in plans(practice, terms, limit):
        for row in _run(sql, values):
            rows.setdefault(row[-1], row)
        if len(rows) >= limit:
            break
    return [_hit(row) for row in list(rows.values())[:limit]]


def by_ids(practice: int, patient_ids: Iterable[str]) -> list[PatientHit]:
    """The list lines of these patients, active or not."""
    sql = f"SELECT {_COLUMNS} FROM registration_patientindex p WHERE p.practice = %s AND p.patient = ANY(%s)"
    return [_hit(row) for row in _run(sql, [practice, list(patient_ids)])]


def plans(practice: int, terms: list[Term], limit: int) -> Iterator[Query]:
    """The queries to ask one after another, until the list is full."""
    words = [term.text for term in terms if isinstance(term, Word)]
    ranked, few = _ranked(practice, terms)
    if not few:
        # The rarest words first; with three and more, walking for the second costs more than it finds.
        walked = [term.text for term in ranked if isinstance(term, Word)]
        for word in walked[: 1 if len(terms) > 2 else 2]:
            yield from _walks(practice, word, [term for term in terms if term != Word(word)], limit)
    yield _meeting(practice, ranked, limit, {})
    held = {text: _holding(practice, text) for text in words if len(text) >= SHORTEST_MIDDLE}
    for first in (term for term in terms if held.get(_text(term))):
        yield _meeting(practice, [first, *(term for term in ranked if term != first)], limit, held)


def _ranked(practice: int, terms: list[Term]) -> tuple[list[Term], bool]:
    """The terms from the rarest to the most common, and whether the first one leaves few patients."""
    if len(terms) == 1:
        return terms, False
    # Of two common words either will do; among more it pays to know the rarest.
    for most in (_FEW, _MANY) if len(terms) > 2 else (_FEW,):
        sizes = _sizes(practice, terms, most + 1)
        if min(sizes.values()) <= _FEW:
            break
    ranked = sorted(terms, key=lambda term: (sizes[term], -len(_text(term))))
    return ranked, sizes[ranked[0]] <= _FEW


def _walks(practice: int, word: str, others: list[Term], limit: int) -> Iterator[Query]:
    """Patients whose family name, then whose given name begins so, in the order of the alphabet."""
    passes, more = _all_pass(others, {})
    for key, other in (("family_key", "given_key"), ("given_key", "family_key"))[: 1 if others else 2]:
        yield (
            f"{_FROM} AND p.{key} >= %s AND p.{key} < %s{passes} ORDER BY p.{key}, p.{other} LIMIT %s",
            [practice, word, word + _LAST, *more, limit],
        )


def _meeting(practice: int, terms: list[Term], limit: int, held: dict[str, list[str]]) -> Query:
    """Patients who meet all terms: the entries of the first, those that pass the others.

    The entries are collected into an array first: as a join, the planner would walk all names in order.
    """
    first, others = terms[0], terms[1:]
    # A number may be shared by three forms of a phone: a few more than wanted are enough.
    enough = None if others else 3 * limit
    sql, values = _entries(practice, first, held.get(_text(first), []), enough)
    passes, more = _all_pass(others, held)
    return f"{_FROM} AND p.id = ANY(ARRAY({sql})){passes} {_ORDER}", [practice, *values, *more, limit]


def _sizes(practice: int, terms: list[Term], most: int) -> dict[Term, int]:
    """How many entries meet each term; of each kind no more than ``most`` are counted."""
    parts = [_entries(practice, term, [], most) for term in terms]
    sql = ", ".join(f"(SELECT count(*) FROM ({part}) AS met)" for part, _ in parts)
    counts = _run(f"SELECT {sql}", [value for _, values in parts for value in values])[0]
    return dict(zip(terms, counts, strict=True))


def _text(term: Term) -> str:
    return "" if isinstance(term, Born) else term.text


def _entries(practice: int, term: Term, held: list[str], enough: int | None) -> Query:
    """The entries that meet a term; no more than ``enough`` of each kind where a part of them will do."""
    parts: list[Query] = []
    if held:
        parts.append((f"SELECT entry {_WORDS} AND word = ANY(%s)", [practice, held]))
    elif not isinstance(term, Born):
        parts.append((f"SELECT entry {_WORDS} AND word >= %s AND word < %s", [practice, *_range(term.text)]))
    if isinstance(term, Digits):
        parts.append((f"SELECT id {_INDEX} AND mrn >= %s AND mrn < %s", [practice, *_range(term.text)]))
    born = f"SELECT id {_INDEX} AND birth_date BETWEEN %s AND %s"
    parts += [(born, [practice, span.first, span.last]) for span in _spans(term)]
    if enough is not None:
        parts = [(f"{part} LIMIT %s", [*values, enough]) for part, values in parts]
    sql = " UNION ALL ".join(f"({part})" for part, _ in parts)
    return sql, [value for _, values in parts for value in values]


def _all_pass(terms: list[Term], held: dict[str, list[str]]) -> Query:
    """The conditions on a row that meets all of ``terms``, each after an AND."""
    found = [_passes(term, bool(held.get(_text(term)))) for term in terms]
    return "".join(f" AND ({sql})" for sql, _ in found), [value for _, values in found for value in values]


def _passes(term: Term, middle: bool) -> Query:
    """The condition on a row that meets one term, read from the row itself; ``middle`` also inside a word."""
    parts: list[Query] = []
    if not isinstance(term, Born):
        parts.append(("strpos(p.search_text, %s) > 0", [term.text if middle else f" {term.text}"]))
    if isinstance(term, Digits):
        parts.append(("p.mrn >= %s AND p.mrn < %s", _range(term.text)))
    parts += [("p.birth_date BETWEEN %s AND %s", [span.first, span.last]) for span in _spans(term)]
    return " OR ".join(sql for sql, _ in parts), [value for _, values in parts for value in values]


def _spans(term: Term) -> tuple[Born, ...]:
    return (term,) if isinstance(term, Born) else term.born if isinstance(term, Digits) else ()


def _range(text: str) -> list[Any]:
    """The two ends of the words that begin with ``text``."""
    return [text, text + _LAST]


def _holding(practice: int, text: str) -> list[str]:
    """The words that hold ``text`` after their beginning: few, and patients are looked up by them."""
    sql = "SELECT word FROM registration_nameword WHERE practice = %s AND strpos(word, %s) > 1 LIMIT %s"
    return [row[0] for row in _run(sql, [practice, text, _MOST_WORDS])]


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

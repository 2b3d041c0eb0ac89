"""Running a search: the statement, the page, the count, the audit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from psycopg import DatabaseError

from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError, Forbidden, Invalid
from chartdesk.kit.rounds import together
from chartdesk.record import audit, database, preparing, reach
from chartdesk.record.access import scopes
from chartdesk.record.access.subject import Subject
from chartdesk.record.functions import AUDIT_COLUMNS
from chartdesk.record.search import bounds, dating, inclusion, linked, ordering, unfinished
from chartdesk.record.search.where import Where
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import search
from chartdesk.standards.fhir.facts import resource_types
from chartdesk.standards.fhir.search import Clause, Query

#: Resources on one page, and the most a caller may ask for.
COUNT, MOST = 50, 1000
Pairs = Iterable[tuple[str, str]]
# Modifiers that look codes up in a value set first, or look into the resources themselves.
_SLOW = ("in", "not-in", "above", "below", "text", "of-type", "contains")


@dataclass
class Page:
    """One page. ``total`` is None where it was not counted; ``next`` is the cursor of the next."""

    query: Query
    entries: list[Stored] = field(default_factory=list)
    total: int | None = None
    next: str | None = None
    included: list[Stored] = field(default_factory=list)

    def __iter__(self) -> Iterator[Stored]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


def find(
    subject: Subject,
    type: str,
    params: Pairs,
    *,
    count: int = COUNT,
    cursor: str = "",
    strict: bool = False,
    compartment: str = "",
) -> Page:
    """The first page of ``type`` that meets ``params``, pairs in FHIR's search syntax.

    An empty ``type`` searches those that ``_type`` names, else all that the subject may. ``compartment`` is the id of a
    patient in whose compartment is searched. ``cursor`` is what a page before gave as ``next``; ``_count`` and
    ``_cursor`` among the pairs win over the arguments. Raises Invalid for what cannot be searched by (under ``strict``
    also for what is unknown), and Forbidden where the scopes do not allow it.
    """
    query, cursor = asked(subject, type, params, count=count, cursor=cursor, strict=strict, compartment=compartment)
    return answer(subject, query, cursor)


def asked(
    subject: Subject,
    type: str,
    params: Pairs,
    *,
    count: int = COUNT,
    cursor: str = "",
    strict: bool = False,
    compartment: str = "",
) -> tuple[Query, str]:
    """The query that ``find`` answers, and the cursor of its page. Raises as ``find`` does."""
    pairs = list(params)
    cursor = next((value for name, value in pairs if name == "_cursor"), cursor)
    types = () if type else _searchable(subject, compartment)
    query = parse(type, [pair for pair in pairs if pair[0] != "_cursor"], strict=strict, types=types)
    query.compartment = compartment
    if query.count is None:
        query.count = count
    query.warnings += unfinished.warnings(subject, query, strict=strict)
    return query, cursor


def all(subject: Subject, type: str, params: Pairs) -> Iterator[Stored]:
    """Every match, page by page."""
    pairs, cursor = list(params), ""
    while True:
        page = find(subject, type, pairs, count=MOST, cursor=cursor)
        yield from page.entries
        if page.next is None:
            return
        cursor = page.next


def parse(type: str, pairs: Pairs, *, strict: bool = False, types: tuple[str, ...] = ()) -> Query:
    """The pairs as a query. Raises Invalid, also where there is no such type."""
    try:
        return search.parse(type, pairs, strict=strict, now=clock.now(), types=types)
    except KeyError:
        raise Invalid(f"{type!r} is not a resource type of FHIR R4.", where=type) from None


def _searchable(subject: Subject, compartment: str) -> tuple[str, ...]:
    """All types that the subject may search, in a compartment those that may lie in it. Raises Forbidden for none."""
    types = [type for type in sorted(resource_types()) if not compartment or preparing.in_compartment(type)]
    found = tuple(type for type in types if reach.readable(subject, type, scopes.SEARCH))
    if not found:
        raise Forbidden("The token does not allow any search.", cure="Ask for a scope such as system/*.rs.")
    return found


def answer(subject: Subject, query: Query, cursor: str = "") -> Page:
    """The page that answers ``query``; its reading is noted once for each patient on it."""
    page = Page(query)
    counts_only = query.summary == "count" or query.count == 0
    with bounds.bounded(subject):
        where = _where(subject, query)
        if query.total in ("accurate", "estimate") or counts_only:
            page.total = bounds.total(where, accurate=query.total != "estimate")
        if not counts_only:
            _fill(subject, page, where, cursor)
            page.included = inclusion.included(subject, query, page.entries)
            if page.total is None and page.next is None and not cursor and query.total != "none":
                page.total = len(page.entries)
        _note(subject, page)
    return page


def answer_many(asked: Sequence[tuple[Subject, Query, str]]) -> list[Page | Exception]:
    """What ``answer`` gives or raises for each (subject, query, cursor).

    Those that are one statement go to the database together. Where that fails, each is asked on its own.
    """
    found: list[Page | Exception | None] = [None] * len(asked)
    rounds: dict[int, list[tuple[int, tuple[str, list[Any]], list[ordering.Key]]]] = {}
    for place, (subject, query, cursor) in enumerate(asked):
        if not _is_simple(query):
            continue
        try:
            where = _where(subject, query)
            statement, order = _statement(subject, query, where, cursor)
            rounds.setdefault(subject.practice, []).append((place, statement, order))
        except ChartdeskError as fault:
            found[place] = fault
    for practice, places in rounds.items():
        try:
            statements = [statement for _, statement, _ in places]
            results = together(practice, statements, lasting=False, seconds=settings.SEARCH_SECONDS)
        except DatabaseError:
            continue
        for (place, _, order), rows in zip(places, results, strict=True):
            _, query, cursor = asked[place]
            found[place] = page = Page(query)
            _take(page, rows, order)
            if page.next is None and not cursor:
                page.total = len(page.entries)
    # A page with nothing on it is an answer too.
    return [_answer_or_fault(*asked[place]) if one is None else one for place, one in enumerate(found)]


def _answer_or_fault(subject: Subject, query: Query, cursor: str) -> Page | Exception:
    try:
        return answer(subject, query, cursor)
    except Exception as fault:
        # The caller answers with it, as it would to one that stood alone.
        return fault


def _is_simple(query: Query) -> bool:
    """Whether one statement answers it: no other resources to find first or to add, nothing to count."""
    return (
        bool(query.type)
        and not query.compartment
        and not (query.include or query.revinclude)
        and query.total not in ("accurate", "estimate")
        and query.summary != "count"
        and query.count != 0
        and not any(_is_slow(clause) for clause in query.clauses)
        and not any(ordering.looks_inside(query, code) for code, _ in query.sort)
    )


def _is_slow(clause: Clause) -> bool:
    """Whether other resources are found first, or the resources themselves are looked into."""
    return bool(clause.has or clause.chain or clause.kind in ("list", "composite") or clause.modifier in _SLOW)


def _where(subject: Subject, query: Query) -> Where:
    first = dating.newest_first(query)
    return linked.where(subject, query.types, query.clauses, compartment=query.compartment, newest_first=first)


def _fill(subject: Subject, page: Page, where: Where, cursor: str) -> None:
    """Read the page."""
    (text, values), order = _statement(subject, page.query, where, cursor)
    _take(page, database.rows(text, values), order)


def _take(page: Page, rows: list[tuple[Any, ...]], order: list[ordering.Key]) -> None:
    """Put the rows of the page's statement on it; one row more says that there is a next page."""
    count = min(page.query.count or COUNT, MOST)
    page.entries = [
        Stored(type, id, version, updated, False, body.encode(), patient)
        for type, id, version, updated, patient, body, *_ in rows[:count]
    ]
    if len(rows) > count:
        page.next = ordering.cursor_of(list(rows[count - 1][6:]))


def _statement(
    subject: Subject, query: Query, where: Where, cursor: str
) -> tuple[tuple[str, list[Any]], list[ordering.Key]]:
    """The statement of a page and its values, and the keys of its order.

    It notes as well how many resources of which patients were on the page, or that none was.
    """
    count = min(query.count or COUNT, MOST)
    order = ordering.keys(query, where)
    text, given = where.sql()
    columns = ", ".join(f"{key.expression} AS k{i}" for i, key in enumerate(order))
    values: list[Any] = [*(value for key in order for value in key.values), *given]
    # A subquery gives the sort keys their names; the planner sees through it.
    statement = f"""SELECT * FROM (
        SELECT r.type, r.id, r.version, r.updated, r.patient, r.body, {columns} FROM {where.source} WHERE {text}
    ) AS f"""
    if cursor:
        condition, more = ordering.after(order, cursor)
        statement += f" WHERE {condition}"
        values += more
    directions = ", ".join(f"k{i}{' DESC' if key.descending else ''}" for i, key in enumerate(order))
    noted = f"""WITH page AS MATERIALIZED ({statement} ORDER BY {directions} LIMIT %s), noted AS (
        INSERT INTO record_audit ({AUDIT_COLUMNS})
        SELECT %s::int4, %s::timestamptz, %s, %s, 'R', type, '', number, patient, %s, %s, %s, %s
          FROM (SELECT type, patient, count(*)::int4 AS number
                  FROM (SELECT type, patient FROM page LIMIT %s) AS shown GROUP BY type, patient
                UNION ALL SELECT %s, '', 0 WHERE NOT EXISTS (SELECT 1 FROM page)) AS counted
    ) SELECT * FROM page"""
    values += [
        *(count + 1, subject.practice, clock.now(), subject.actor, subject.name),
        *(subject.purpose, subject.origin, subject.request, _detail(query), count, query.type),
    ]
    return (noted, values), order


def _note(subject: Subject, page: Page) -> None:
    """Note what ``_fill`` did not: the included resources, and what was only counted.

    One compact row for each type and patient: how many were read (as its version) and by which parameters was
    searched, never for what.
    """
    counts: dict[tuple[str, str], int] = {}
    for one in page.included:
        counts[one.type, one.patient] = counts.get((one.type, one.patient), 0) + 1
    touched = [audit.Touched("R", type, "", number, patient) for (type, patient), number in counts.items()]
    if page.query.summary == "count" or page.query.count == 0:
        touched.append(audit.Touched("R", page.query.type, "", 0, ""))
    audit.record_many(subject, touched, detail=_detail(page.query))


def _detail(query: Query) -> str:
    names = ",".join(dict.fromkeys(clause.param for clause in query.clauses))
    return f"search by {names}" if names else "search"

"""Running a search: the statement, the page, the count, the audit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from chartdesk.kit import clock
from chartdesk.kit.errors import Forbidden, Invalid
from chartdesk.kit.transactions import reading
from chartdesk.record import audit, database, preparing, reach
from chartdesk.record.access import scopes
from chartdesk.record.access.subject import Subject
from chartdesk.record.functions import AUDIT_COLUMNS
from chartdesk.record.search import dating, inclusion, linked, ordering
from chartdesk.record.search.where import Where
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import Issue, search
from chartdesk.standards.fhir.facts import resource_types
from chartdesk.standards.fhir.search import Query

#: Resources on one page, and the most a caller may ask for.
COUNT, MOST = 50, 1000
Pairs = Iterable[tuple[str, str]]


@dataclass
class Page:
    """One page. ``total`` is None where it was not counted; ``next`` is the cursor of the next.

    ``notes`` are warnings about the answer itself, such as an index that is still being built.
    """

    query: Query
    entries: list[Stored] = field(default_factory=list)
    total: int | None = None
    next: str | None = None
    included: list[Stored] = field(default_factory=list)
    notes: list[Issue] = field(default_factory=list)

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
    pairs = list(params)
    cursor = next((value for name, value in pairs if name == "_cursor"), cursor)
    types = () if type else _searchable(subject, compartment)
    query = parse(type, [pair for pair in pairs if pair[0] != "_cursor"], strict=strict, types=types)
    query.compartment = compartment
    if query.count is None:
        query.count = count
    return answer(subject, query, cursor)


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
    with reading(subject):
        first = dating.newest_first(query)
        where = linked.where(subject, query.types, query.clauses, compartment=query.compartment, newest_first=first)
        if query.total == "accurate" or counts_only:
            page.total = _total(where)
        if not counts_only:
            _fill(subject, page, where, cursor)
            page.included = inclusion.included(subject, query, page.entries)
            if page.total is None and page.next is None and not cursor:
                page.total = len(page.entries)
        _note(subject, page)
    return page


def _total(where: Where) -> int:
    text, values = where.sql()
    found = database.row(f"SELECT count(*) FROM {where.source} WHERE {text}", values)
    assert found is not None
    return int(found[0])


def _fill(subject: Subject, page: Page, where: Where, cursor: str) -> None:
    """Read the page, and note in the same statement how many resources of which patients were on it."""
    query = page.query
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
        SELECT %s, %s::timestamptz, %s, %s, 'R', type, '', count(*), patient, %s, %s, %s, %s
          FROM (SELECT type, patient FROM page LIMIT %s) AS shown GROUP BY type, patient
    ) SELECT * FROM page"""
    values += [
        *(count + 1, subject.practice, clock.now(), subject.actor, subject.name),
        *(subject.purpose, subject.origin, subject.request, _detail(query), count),
    ]
    rows = database.rows(noted, values)
    page.entries = [
        Stored(type, id, version, updated, False, body.encode(), patient)
        for type, id, version, updated, patient, body, *_ in rows[:count]
    ]
    if len(rows) > count:
        page.next = ordering.cursor_of(list(rows[count - 1][6:]))


def _note(subject: Subject, page: Page) -> None:
    """Note what ``_fill`` did not: the included resources, and a page that shows nothing.

    One compact row for each type and patient: how many were read (as its version) and by which parameters was
    searched, never for what.
    """
    counts: dict[tuple[str, str], int] = {}
    for one in page.included:
        counts[one.type, one.patient] = counts.get((one.type, one.patient), 0) + 1
    touched = [audit.Touched("R", type, "", number, patient) for (type, patient), number in counts.items()]
    if not page.entries:
        touched.append(audit.Touched("R", page.query.type, "", 0, ""))
    audit.record_many(subject, touched, detail=_detail(page.query))


def _detail(query: Query) -> str:
    names = ",".join(dict.fromkeys(clause.param for clause in query.clauses))
    return f"search by {names}" if names else "search"

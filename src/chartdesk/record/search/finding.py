"""Running a search: the statement, the page, the count, the audit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from chartdesk.kit.transactions import transaction
from chartdesk.record import audit, database, store
from chartdesk.record.access import scopes
from chartdesk.record.access.subject import Subject
from chartdesk.record.search import conditions, inclusion, linked, ordering
from chartdesk.record.search.conditions import Where
from chartdesk.record.search.question import COUNT, MOST, Question, parse
from chartdesk.record.stored import Stored

Pairs = Iterable[tuple[str, str]]


@dataclass
class Page:
    """One page. ``total`` is None where it was not counted; ``next`` is the cursor of the page after, or None."""

    entries: list[Stored]
    total: int | None = None
    next: str | None = None
    included: list[Stored] = field(default_factory=list)
    question: Question | None = None

    def __iter__(self) -> Iterator[Stored]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


def find(
    subject: Subject, type: str, params: Pairs, *, count: int = COUNT, cursor: str = "", strict: bool = False
) -> Page:
    """The first page of ``type`` that meets ``params``, pairs in FHIR's search syntax; ``cursor`` for later ones.

    Raises Invalid for what cannot be searched by, Forbidden where the scopes do not allow it.
    """
    question = parse(type, params, strict=strict)
    if question.count == COUNT:
        question.count = count
    question.cursor = cursor or question.cursor
    return answer(subject, question)


def all(subject: Subject, type: str, params: Pairs) -> Iterator[Stored]:
    """Every match, page by page."""
    pairs, cursor = list(params), ""
    while True:
        page = find(subject, type, pairs, count=MOST, cursor=cursor)
        yield from page.entries
        if page.next is None:
            return
        cursor = page.next


def answer(subject: Subject, question: Question) -> Page:
    """The page that answers ``question``; its reading is noted once for each patient on it."""
    within = store.confinement(subject, question.type, scopes.SEARCH)
    with transaction(subject):
        where = _where(subject, question, within)
        total = _total(where) if question.total == "accurate" or question.summary == "count" else None
        page = Page([], total, question=question)
        if question.summary != "count":
            page.entries, page.next = _page(where, question)
            page.included = inclusion.included(subject, question, page.entries)
        if page.total is None and page.next is None and not question.cursor:
            page.total = len(page.entries)
        _note(subject, question, page)
    return page


def _where(subject: Subject, question: Question, within: str | None) -> Where:
    where = Where(subject.practice, question.type)
    if within is not None:
        where.of_patient(within)
    for ids in question.ids:
        conditions.add_ids(where, ids)
    for values in question.updated:
        conditions.add_updated(where, values)
    for criterion in question.criteria:
        conditions.add(where, criterion)
    for chain in question.chains:
        linked.add_chain(subject, where, chain)
    for has in question.has:
        linked.add_has(subject, where, has)
    return where


def _total(where: Where) -> int:
    text, values = where.sql()
    found = database.row(f"SELECT count(*) FROM record_resource r WHERE {text}", values)
    assert found is not None
    return int(found[0])


def _page(where: Where, question: Question) -> tuple[list[Stored], str | None]:
    order = ordering.keys(question, where)
    text, given = where.sql()
    columns = ", ".join(f"{key.expression} AS k{i}" for i, key in enumerate(order))
    values: list[Any] = [*(value for key in order for value in key.values), *given]
    # A subquery gives the sort keys their names; the planner sees through it.
    statement = f"""SELECT * FROM (
        SELECT r.id, r.version, r.updated, r.patient, r.body, {columns} FROM record_resource r WHERE {text}
    ) AS f"""
    if question.cursor:
        condition, more = ordering.after(order, question.cursor)
        statement += f" WHERE {condition}"
        values += more
    directions = ", ".join(f"k{i}{' DESC' if key.descending else ''}" for i, key in enumerate(order))
    rows = database.rows(f"{statement} ORDER BY {directions} LIMIT %s", [*values, question.count + 1])
    entries = [
        Stored(question.type, id, version, updated, False, body.encode(), patient)
        for id, version, updated, patient, body, *_ in rows[: question.count]
    ]
    more_rows = len(rows) > question.count
    return entries, ordering.cursor_of(list(rows[question.count - 1][5:])) if more_rows else None


def _note(subject: Subject, question: Question, page: Page) -> None:
    """One compact row for each patient whose resources are on the page; one without a patient where there are none."""
    counts: dict[tuple[str, str], int] = {}
    for one in (*page.entries, *page.included):
        counts[one.type, one.patient] = counts.get((one.type, one.patient), 0) + 1
    touched = [audit.Touched("R", type, "", number, patient) for (type, patient), number in counts.items()]
    if not touched:
        touched = [audit.Touched("R", question.type, "", 0, "")]
    audit.record_many(subject, touched, detail=f"search by {question.names}" if question.names else "search")

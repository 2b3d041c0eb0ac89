"""What a search may cost: its time, and the time of counting what it finds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db import connection

from chartdesk.kit.errors import Invalid
from chartdesk.kit.transactions import bound, reading
from chartdesk.record import database, rules
from chartdesk.record.access import scopes
from chartdesk.record.access.subject import Subject
from chartdesk.record.search.where import Where
from chartdesk.standards.fhir import Issue

#: An estimate counts as far as this, and asks the planner for more.
COUNTED = 10_000


class TooCostly(Invalid):
    """The search was stopped because it took too long."""

    def __init__(self) -> None:
        message = f"The search took longer than {settings.SEARCH_SECONDS} seconds and was stopped."
        cure = "Name a patient, a code, an identifier or a span of dates; leave _sort and _total out."
        super().__init__(message, cure=cure, issues=[Issue("error", "too-costly", "", f"{message} {cure}")])


@contextmanager
def bounded(subject: Subject) -> Iterator[None]:
    """Read as ``reading`` does, each statement within the time that a search may take. Raises TooCostly.

    Our own rooms that search in the midst of a transaction are not bounded.
    """
    joins = connection.in_atomic_block
    try:
        with reading(subject, seconds=settings.SEARCH_SECONDS):
            if joins and not rules.is_trusted() and not scopes.is_person(subject):
                bound(settings.SEARCH_SECONDS)
            yield
    except psycopg.errors.QueryCanceled as fault:
        raise TooCostly from fault


def total(where: Where, *, accurate: bool) -> int:
    """How many resources meet ``where``; not ``accurate`` beyond COUNTED as the planner estimates."""
    text, values = where.sql()
    if accurate:
        return _number(f"SELECT count(*) FROM {where.source} WHERE {text}", values)
    counted = f"SELECT count(*) FROM (SELECT 1 FROM {where.source} WHERE {text} LIMIT {COUNTED + 1}) AS first"
    found = _number(counted, values)
    if found <= COUNTED:
        return found
    plan = database.row(f"EXPLAIN (FORMAT JSON) SELECT 1 FROM {where.source} WHERE {text}", values)
    assert plan is not None
    return max(found, round(plan[0][0]["Plan"]["Plan Rows"]))


def _number(statement: str, values: list[object]) -> int:
    found = database.row(statement, values)
    assert found is not None
    return int(found[0])

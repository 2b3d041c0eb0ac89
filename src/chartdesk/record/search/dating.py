"""Searches for a code across patients, in the order of dates: ``code=I10&onset-date=ge2024``.

Among the dates there is a row for each code of a resource, with the resource's date. Such a search reads one stretch
of that index, newest first, and stops when the page is full, however many resources have the code. It is used where the
other conditions leave most rows; where one of them is narrower, the token index finds the few that meet all. The order
depends on the question alone, never on how many there are: a later page must go on in it.
"""

from __future__ import annotations

from chartdesk.record import tokens
from chartdesk.record.indexing import DATED, NO_DATE
from chartdesk.record.search.conditions import dates
from chartdesk.record.search.where import Where
from chartdesk.standards.fhir.search import Clause, DateValue, Query, TokenValue

SOURCE = "record_date c JOIN record_resource r ON r.serial = c.serial"
# Parameters whose few values are each shared by many resources: they sift what the code found.
_BROAD = frozenset({"status", "clinical-status", "verification-status", "category", "intent", "priority", "class"})


def newest_first(query: Query) -> bool:
    """Whether the order of the results may be that of their dates, newest first."""
    leading = DATED.get(query.type)
    return leading is not None and query.sort in ([], [(leading[1], True)])


def lead(where: Where, clauses: list[Clause]) -> list[Clause]:
    """Let the code and the date find the rows, where that is the way; the clauses that are left to add."""
    code, date = DATED[where.type]
    coded = [clause for clause in clauses if clause.param == code and _single(clause)]
    spans = [clause for clause in clauses if clause.param == date and _is_span(clause)]
    others = [clause for clause in clauses if clause not in coded and clause not in spans]
    if len(coded) != 1 or not all(_is_broad(clause) for clause in others):
        return clauses
    (value,) = coded[0].values
    assert isinstance(value, TokenValue)
    key = where.hashes(code, [tokens.dated(value.code or "")])[0]
    if where.charts:
        # Few patients: their charts are walked. One row holds the date of the code, as it does below.
        where.newest = ("(SELECT max(c.high) FROM record_date c WHERE c.serial = r.serial AND c.key = %s)", [key])
        return clauses
    where.source, where.by_id, where.newest = SOURCE, True, ("c.high", [])
    where.add("c.key = %s", key)
    if value.system is not None:
        where.has_token(where.hashes(code, tokens.wanted(value.system, value.code or "")))
    if spans:
        where.add("c.high > %s", NO_DATE)
    for clause in spans:
        text, given = dates(clause, "c.low", "c.high")
        where.add(text, *given)
    return others


def _single(clause: Clause) -> bool:
    """One code, with its system or without."""
    (value, *more) = clause.values
    return not clause.modifier and not more and isinstance(value, TokenValue) and value.code is not None


def _is_span(clause: Clause) -> bool:
    return not clause.modifier and all(isinstance(value, DateValue) for value in clause.values)


def _is_broad(clause: Clause) -> bool:
    return clause.param in _BROAD and clause.kind == "token" and not clause.modifier

"""Requests of one kind that are there at the same moment, answered in one round with the database.

A round does for each request what ``handling.handle`` does, in the same order and with the same answers: it only asks
the database for all of them at once. Reads, plain searches and creates can wait for each other like this; everything
else goes its own way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from django.db import connection

from chartdesk.api.fhir import faults, reading, searching, writing
from chartdesk.api.fhir.handling import Case, admitted, check_type
from chartdesk.api.fhir.messages import Request, Response
from chartdesk.api.fhir.refusals import Refused
from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.record import search, store
from chartdesk.record.access.subject import Subject

READ, SEARCH, CREATE = "read", "search", "create"
#: A larger body is not made to wait for others, nor others for it.
_SMALL = 64 * 1024


def is_bundle(request: Request) -> bool:
    """Whether the request brings a batch or transaction."""
    return request.method == "POST" and request.path.rstrip("/") == "/fhir"


def kind_of(request: Request) -> str:
    """In which kind of round the request can be answered; empty for none."""
    names = request.path.split("/")[2:]
    if not names or not names[0][:1].isupper() or len(names) > 2:
        return ""
    if len(names) == 2:
        if names[0] == "Binary":
            return ""
        return READ if request.method == "GET" and names[1] and names[1][0] not in "_$*" else ""
    if request.method == "GET":
        return SEARCH
    if (
        request.method == "POST"
        and not request.query
        and "if-none-exist" not in request.headers
        and len(request.body) <= _SMALL
    ):
        return CREATE
    return ""


def handle_together(kind: str, requests: Sequence[Request]) -> list[Response]:
    """Answer requests of one kind. Never raises."""
    cases = [Case.of(request) for request in requests]
    try:
        for case in cases:
            case.attempt(partial(_admitted, case))
        waiting = [case for case in cases if case.response is None]
        if waiting:
            _together(_ROUNDS[kind], waiting)
    finally:
        connection.close()
    return [case.finished() for case in cases]


def _admitted(case: Case) -> Response | None:
    early = admitted(case)
    if early is None:
        check_type(case.names)
    return early


def _together(round: Callable[[Sequence[Case]], None], cases: Sequence[Case]) -> None:
    try:
        round(cases)
    except Exception as fault:
        # The database did not answer the round: that is everybody's answer.
        for case in cases:
            if case.response is None:
                case.attempt(partial(_raise, fault))


def _reads(cases: Sequence[Case]) -> None:
    found = store.get_many([store.Asked(_subject(case), *case.names) for case in cases])
    for case, stored in zip(cases, found, strict=True):
        case.attempt(partial(_read, case, stored))


def _read(case: Case, stored: store.Stored | ChartdeskError) -> Response:
    if isinstance(stored, ChartdeskError):
        raise stored
    return reading.one(case.request, stored)


def _searches(cases: Sequence[Case]) -> None:
    asked: list[tuple[Case, search.Query, str]] = []
    for case in cases:
        case.attempt(partial(_asked, case, asked))
    pages = search.answer_many([(_subject(case), query, cursor) for case, query, cursor in asked])
    for (case, _, _), page in zip(asked, pages, strict=True):
        case.attempt(partial(_shown, case, page))


def _asked(case: Case, into: list[tuple[Case, search.Query, str]]) -> None:
    query, cursor = searching.asked(case.request, _subject(case), case.names[0], case.request.pairs)
    into.append((case, query, cursor))


def _shown(case: Case, page: search.Page | Exception) -> Response:
    if isinstance(page, Invalid):
        raise Refused(400, page) from page
    if isinstance(page, Exception):
        raise page
    return searching.shown(case.request, case.names[0], case.request.pairs, page)


def _creates(cases: Sequence[Case]) -> None:
    given: list[tuple[Case, bytes]] = []
    for case in cases:
        case.attempt(partial(_given, case, given))
    made = store.create_many([(_subject(case), body) for case, body in given])
    for (case, _), stored in zip(given, made, strict=True):
        case.attempt(partial(_made, case, stored))


def _given(case: Case, into: list[tuple[Case, bytes]]) -> None:
    into.append((case, writing.new_body(case.request, case.names[0])))


def _made(case: Case, stored: store.Stored | Exception) -> Response:
    if isinstance(stored, store.Stored):
        return writing.written(case.request, stored, created=True)
    if isinstance(stored, ChartdeskError):
        raise stored
    # Stopped for the sake of another transaction, perhaps: that is worth another try.
    return faults.again(lambda: writing.create(case.request, _subject(case), case.names))


def _subject(case: Case) -> Subject:
    assert case.subject is not None
    return case.subject


def _raise(fault: Exception) -> Response:
    raise fault


_ROUNDS: dict[str, Callable[[Sequence[Case]], None]] = {READ: _reads, SEARCH: _searches, CREATE: _creates}

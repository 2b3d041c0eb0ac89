"""Writing: create, update, delete, each also by condition; validation.

Guide section: RESTful API (https://hl7.org/fhir/R4/http.html#create).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import msgspec
from django.conf import settings

from chartdesk.api.fhir.messages import Request, Response, answer, version_address, version_headers
from chartdesk.api.fhir.refusals import Refused
from chartdesk.kit.errors import Invalid
from chartdesk.record import bundles, search, store
from chartdesk.record.access.subject import Subject
from chartdesk.record.bundles import conditions
from chartdesk.record.bundles.entries import head_of
from chartdesk.record.stored import Stored
from chartdesk.standards import fhir

_members = msgspec.json.Decoder(dict[str, msgspec.Raw])
#: Parameters of an address that say how to answer.
_OURS = ("_format", "_pretty")


def create(request: Request, subject: Subject, names: list[str]) -> Response:
    """``POST Type``: 201 with the place of what was created; 200 where If-None-Exist found it there.

    A query in the address is a condition too: some clients send it there, and one that is not heeded makes duplicates.
    """
    condition = request.headers.get("if-none-exist", "").removeprefix("?")
    condition = condition or urlencode([pair for pair in request.pairs if pair[0] not in _OURS])
    if condition:
        _check_type(request, names[0])
        _searchable(names[0], condition)
        entry = bundles.Entry(-1, "", "POST", names[0], "", [], request.body, if_none_exist=condition)
        return _single(request, subject, entry)
    return written(request, store.put(subject, new_body(request, names[0])), created=True)


def new_body(request: Request, type: str) -> bytes:
    """The body of a create, without an id."""
    return _without_id(request.body, type) if _check_type(request, type) else request.body


def update(request: Request, subject: Subject, names: list[str]) -> Response:
    """``PUT Type/id``: 200; 201 where there was none, or it was deleted. If-Match guards against lost updates."""
    type, id = names
    head = _check_type(request, type)
    if head != id:
        raise Refused(
            400,
            Invalid(f"The address names the id {id}, the resource {head or 'none'}.", where=f"{type}.id"),
        )
    expect = request.expected_version()
    if expect == bundles.ANY_VERSION or "if-unmodified-since" in request.headers:
        entry = bundles.Entry(-1, "", "PUT", type, id, [], request.body, own_id=id, **expectation(request))
        return _single(request, subject, entry)
    create = request.headers.get("if-none-match", "").strip() == "*"
    stored, created = store.placed(subject, request.body, expect=expect, create=create)
    return written(request, stored, created=created)


def update_matching(request: Request, subject: Subject, names: list[str]) -> Response:
    """``PUT Type?condition``: updates the one that matches, or creates one."""
    type = names[0]
    head = _check_type(request, type)
    query = condition_of(request, type)
    entry = bundles.Entry(-1, "", "PUT", type, "", query, request.body, own_id=head, **expectation(request))
    return _single(request, subject, entry)


def delete(request: Request, subject: Subject, names: list[str]) -> Response:
    """``DELETE Type/id``: 204, also where it was deleted before."""
    expect = request.expected_version()
    if expect == bundles.ANY_VERSION or "if-unmodified-since" in request.headers:
        entry = bundles.Entry(-1, "", "DELETE", names[0], names[1], [], b"", **expectation(request))
        bundles.single(subject, entry)
    else:
        store.delete(subject, names[0], names[1], expect=expect)
    return Response(204)


def delete_matching(request: Request, subject: Subject, names: list[str]) -> Response:
    """``DELETE Type?condition``: deletes the one that matches; 204 also where none does.

    Where several match none is deleted, unless the operator allows so many at once.
    """
    query = condition_of(request, names[0])
    entry = bundles.Entry(-1, "", "DELETE", names[0], "", query, b"", **expectation(request))
    bundles.single(subject, entry, several=settings.FHIR_DELETES)
    return Response(204)


def condition_of(request: Request, type: str) -> list[tuple[str, str]]:
    """The condition in the query of an address. Refuses one that cannot be searched by with 400."""
    pairs = [(name, value.replace(f"{request.base}/", "")) for name, value in request.pairs if name not in _OURS]
    _searchable(type, pairs)
    return pairs


def expectation(request: Request) -> dict[str, Any]:
    """What If-Match, If-None-Match and If-Unmodified-Since say about what is there, as arguments of an Entry."""
    return {
        "expect": request.expected_version(),
        "if_none_match": request.headers.get("if-none-match", ""),
        "unchanged_since": request.unmodified_since(),
    }


def _searchable(type: str, query: str | list[tuple[str, str]]) -> None:
    try:
        search.parse(type, conditions.read(type, query).pairs, strict=True)
    except Invalid as fault:
        raise Refused(400, fault) from fault


def _single(request: Request, subject: Subject, entry: bundles.Entry) -> Response:
    result = bundles.single(subject, entry)
    assert result.stored is not None
    return written(request, result.stored, created=result.status.startswith("201"))


def _check_type(request: Request, type: str) -> str:
    """The id that the body carries, or an empty text. Refuses what is not JSON or of another type."""
    request.check_body()
    try:
        head = head_of(request.body, type)
    except Invalid:
        fhir.decode(request.body, type=type)  # says better what is wrong
        raise
    if head.resource_type != type:
        raise Refused(
            400,
            Invalid(f"The address names {type}, the resource is {head.resource_type or 'without a type'}."),
        )
    return head.id


def written(request: Request, stored: Stored, *, created: bool) -> Response:
    """The answer to a write, as the Prefer header wants it."""
    headers = version_headers(stored)
    if created:
        headers["Location"] = version_address(request.base, stored)
    status = 201 if created else 200
    wanted = request.preferences.get("return")
    if wanted == "minimal":
        return answer(status, b"", **headers)
    if wanted == "OperationOutcome":
        return answer(status, fhir.outcome([]), **headers)
    return answer(status, stored.body, **headers)


def _without_id(body: bytes, type: str) -> bytes:
    """A create gives a new id; the client's own is not kept."""
    fhir.decode(body, type=type)  # refuses repeated names, which the next line would hide
    members = _members.decode(body)
    members.pop("id", None)
    return msgspec.json.encode(members)

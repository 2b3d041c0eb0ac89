"""Writing: create, update, delete, each also by condition; transactions and batches; validation.

Guide section: RESTful API (https://hl7.org/fhir/R4/http.html#create).
"""

from __future__ import annotations

from urllib.parse import urlencode

import msgspec

from chartdesk.api.fhir.messages import Request, Response, answer, version_address, version_headers
from chartdesk.api.fhir.refusals import Refused, explained
from chartdesk.kit.errors import Conflict, Invalid
from chartdesk.record import bundles, store
from chartdesk.record.access.subject import Subject
from chartdesk.record.bundles import conditions
from chartdesk.record.bundles.entries import head_of
from chartdesk.record.stored import Stored
from chartdesk.standards import fhir

_members = msgspec.json.Decoder(dict[str, msgspec.Raw])


def create(request: Request, subject: Subject, names: list[str]) -> Response:
    """``POST Type``: 201 with the place of what was created; 200 where If-None-Exist found it there."""
    own_id = _check_type(request, names[0])
    condition = request.headers.get("if-none-exist", "")
    if condition:
        found = _matching(subject, names[0], condition.removeprefix("?"))
        if found is not None:
            return _written(request, found, created=False)
    body = _without_id(request.body, names[0]) if own_id else request.body
    return _written(request, store.put(subject, body), created=True)


def update(request: Request, subject: Subject, names: list[str]) -> Response:
    """``PUT Type/id``: 200, or 201 where there was none. If-Match guards against lost updates."""
    type, id = names
    head = _check_type(request, type)
    if head != id:
        raise Refused(
            400,
            Invalid(f"The address names the id {id}, the resource {head or 'none'}.", where=f"{type}.id"),
        )
    stored = store.put(
        subject,
        request.body,
        expect=request.expected_version(),
        create=request.headers.get("if-none-match", "").strip() == "*",
    )
    return _written(request, stored, created=stored.version == 1)


def update_matching(request: Request, subject: Subject, names: list[str]) -> Response:
    """``PUT Type?condition``: updates the one that matches, or creates one."""
    type = names[0]
    head = _check_type(request, type)
    found = _matching(subject, type, urlencode(request.pairs))
    if found is None:
        stored = store.put(subject, request.body)
    else:
        if head and head != found.id:
            raise Refused(400, Invalid(f"The condition matches {found.reference}, the resource is {type}/{head}."))
        stored = store.put(subject, _with_id(request.body, found.id), expect=request.expected_version())
    return _written(request, stored, created=stored.version == 1)


def delete(request: Request, subject: Subject, names: list[str]) -> Response:
    """``DELETE Type/id``: 204, also where it was deleted before."""
    store.delete(subject, names[0], names[1], expect=request.expected_version())
    return Response(204)


def delete_matching(request: Request, subject: Subject, names: list[str]) -> Response:
    """``DELETE Type?condition``: deletes the one that matches; 204 also where none does."""
    found = _matching(subject, names[0], urlencode(request.pairs))
    if found is not None:
        store.delete(subject, names[0], found.id, expect=found.version)
    return Response(204)


def bundle(request: Request, subject: Subject, names: list[str]) -> Response:
    """``POST /fhir``: a transaction or a batch."""
    request.check_body()
    try:
        opened = bundles.opened(request.body)
    except Invalid as fault:
        raise Refused(400, fault) from fault
    results = bundles.process(subject, opened)
    shown = request.preferences.get("return", "minimal")
    body = bundles.response(opened.type, results, base=request.base, shown=shown, explain=explained)
    return answer(200, body)


def validate(request: Request, subject: Subject, names: list[str]) -> Response:
    """``POST Type/$validate``: what a write of this resource would be refused for. Nothing is stored."""
    request.check_body()
    try:
        issues = fhir.validate(fhir.decode(request.body, type=names[0]))
    except Invalid as fault:
        issues = list(fault.issues)
    return answer(200, fhir.outcome(issues))


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


def _matching(subject: Subject, type: str, condition: str) -> Stored | None:
    try:
        return conditions.match(subject, conditions.read(type, condition))
    except Conflict as fault:
        raise Refused(412, fault) from fault
    except Invalid as fault:
        raise Refused(400, fault) from fault


def _written(request: Request, stored: Stored, *, created: bool) -> Response:
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


def _with_id(body: bytes, id: str) -> bytes:
    members = _members.decode(body)
    members["id"] = msgspec.Raw(msgspec.json.encode(id))
    return msgspec.json.encode(members)

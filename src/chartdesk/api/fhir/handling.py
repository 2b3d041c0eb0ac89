"""One request from end to end: who asks, what is asked, what is answered, and giving the connection back."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable

from django.db import connection

from chartdesk.api.fhir import capability, reading, searching, tokens, writing
from chartdesk.api.fhir.messages import Request, Response, answer
from chartdesk.api.fhir.operations import match, subscriptions, terminology
from chartdesk.api.fhir.refusals import Refused, defect, outcome_of, status_of
from chartdesk.kit.errors import ChartdeskError, Invalid, NotFound
from chartdesk.kit.ids import new_id
from chartdesk.record.access.subject import Subject
from chartdesk.standards.fhir.facts import resource_types

_log = logging.getLogger(__name__)
#: A resource above this many bytes is refused; bundles may be as large as the server takes.
LARGEST_RESOURCE = 16 * 1024 * 1024

Open = Callable[[Request], Response]
Guarded = Callable[[Request, Subject, list[str]], Response]

_OPEN: dict[tuple[str, ...], tuple[str, Open]] = {
    ("metadata",): ("GET", capability.statement),
    (".well-known", "smart-configuration"): ("GET", tokens.configuration),
    ("token",): ("POST", tokens.token),
}
#: Shape of the address → method → what answers it. ``Type`` and ``id`` stand for any; a shape that begins with the
#: name of a type, such as ``Patient/id/$everything``, holds for that type alone and goes before the general one.
#: ``System/…`` is what stands below no type. An operation of its own is one line here.
_TYPED: dict[str, dict[str, Guarded]] = {
    "System": {"POST": writing.bundle},
    "Type": {
        "GET": searching.search,
        "POST": writing.create,
        "PUT": writing.update_matching,
        "DELETE": writing.delete_matching,
    },
    "Type/_search": {"POST": searching.search_by_form, "GET": searching.search},
    "Type/_history": {"GET": reading.type_history},
    "Type/$validate": {"POST": writing.validate},
    "Type/id": {"GET": reading.read, "PUT": writing.update, "DELETE": writing.delete},
    "Type/id/_history": {"GET": reading.history},
    "Type/id/_history/version": {"GET": reading.vread},
    "Patient/$match": {"POST": match.match},
    **terminology.ADDRESSES,
    **subscriptions.ADDRESSES,
}


def handle(request: Request) -> Response:
    """Answer one request. Never raises: every failure becomes a status and an OperationOutcome."""
    identifier = request.headers.get("x-request-id", "")[:64] or new_id()
    head = request.method == "HEAD"
    try:
        if head:
            request.method = "GET"
        response = _answered(request, identifier)
    except Refused as refusal:
        body = outcome_of(refusal.fault, refusal.status)
        response = answer(refusal.status, body)
        response.headers |= refusal.headers
    except ChartdeskError as fault:
        status = status_of(fault)
        response = answer(status, outcome_of(fault, status))
    except Exception as fault:
        # The message of a foreign error may quote a row; its type and its frames do not.
        frames = "".join(traceback.format_tb(fault.__traceback__))
        _log.error("request %s failed: %s\n%s", identifier, type(fault).__name__, frames)
        response = answer(500, defect())
    finally:
        connection.close()
    response.headers["X-Request-Id"] = identifier
    response.headers["Cache-Control"] = "no-store"
    if head:
        response.body = b""
    return response


def _answered(request: Request, identifier: str) -> Response:
    names = [name for name in request.path.split("/") if name][1:]
    if request.too_large:
        raise Refused(413, Invalid("The body is too large.", cure="Send it in parts."))
    door = _OPEN.get(tuple(names))
    if door is not None:
        method, answers = door
        if request.method != method:
            raise _not_allowed(request, [method])
        return answers(request)
    subject = tokens.subject_of(request, identifier)
    request.check_accept()
    if names and len(request.body) > LARGEST_RESOURCE:
        raise Refused(413, Invalid(f"A resource may have {LARGEST_RESOURCE} bytes."))
    return dispatched(request, subject, names)


def dispatched(request: Request, subject: Subject, names: list[str]) -> Response:
    """What the table says about the address ``names``, the parts behind ``/fhir``."""
    if names and names[0][:1] not in ("_", "$") and names[0] not in resource_types():
        raise NotFound(f"{names[0]!r} is not a resource type of FHIR R4.", cure="See /fhir/metadata.")
    methods = next((_TYPED[shape] for shape in _shapes(names) if shape in _TYPED), None)
    if methods is None:
        raise NotFound(f"There is nothing at {'/'.join(names)}.", cure="See /fhir/metadata.")
    if request.method not in methods:
        raise _not_allowed(request, list(methods))
    return methods[request.method](request, subject, names)


def _shapes(names: list[str]) -> tuple[str, ...]:
    """The forms of an address, the narrower first: ``Patient/id/$everything``, ``Type/id/$everything``.

    ``Type/id/Type`` and ``Type/id/*`` are searches in a compartment.
    """
    if not names or names[0][:1] in ("_", "$"):
        return ("/".join(["System", *names]),)
    rest = names[1:]
    if rest and rest[0][:1] not in ("_", "$"):
        rest = ["id", *rest[1:]]
        if rest[1:] and rest[1] in resource_types():
            rest[1] = "Type"
        if len(rest) == 3 and rest[1] == "_history":
            rest[2] = "version"
    below = "/".join(["", *rest])
    return f"{names[0]}{below}", f"Type{below}"


def _not_allowed(request: Request, methods: list[str]) -> Refused:
    allowed = ", ".join(sorted(methods))
    return Refused(
        405,
        Invalid(f"{request.method} is not possible here.", cure=f"These are: {allowed}."),
        {"Allow": allowed},
    )

"""One request from end to end: who asks, what is asked, what is answered, and giving the connection back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import msgspec
from django.conf import settings
from django.db import connection

from chartdesk.api.fhir import (
    bundling,
    capability,
    faults,
    limits,
    openapi,
    origins,
    packing,
    patching,
    reading,
    searching,
    tokens,
    writing,
)
from chartdesk.api.fhir.messages import Request, Response, answer
from chartdesk.api.fhir.operations import (
    binaries,
    everything,
    export,
    match,
    merge,
    subscriptions,
    terminology,
    validation,
)
from chartdesk.api.fhir.refusals import Refused, defect, outcome_of, status_of
from chartdesk.api.smart.doors import DOORS
from chartdesk.kit.errors import ChartdeskError, Invalid, NotFound
from chartdesk.kit.ids import new_id
from chartdesk.record.access.subject import Subject
from chartdesk.standards.fhir.facts import resource_types

_UNPRINTABLE = re.compile(r"[^\x20-\x7e]")
# Characters that no address has: what was wrong UTF-8, and what the database takes in no text.
_IMPOSSIBLE = re.compile("[\0\ud800-\udfff\ufffd]")

Open = Callable[[Request], Response]
Guarded = Callable[[Request, Subject, list[str]], Response]

_OPEN: dict[tuple[str, ...], tuple[str, Open]] = {
    ("metadata",): ("GET", capability.statement),
    ("openapi.json",): ("GET", openapi.document),
    **DOORS,
}


def _bundle(request: Request, subject: Subject, names: list[str]) -> Response:
    """``POST /fhir``."""
    return bundling.carried_out(request, subject, dispatched)


#: Shape of the address → method → what answers it. ``Type`` and ``id`` stand for any; a shape that begins with the
#: name of a type, such as ``Patient/id/$everything``, holds for that type alone and goes before the general one.
#: ``System/…`` is what stands below no type. An operation of its own is one line here.
_TYPED: dict[str, dict[str, Guarded]] = {
    "System": {"GET": searching.search_all, "POST": _bundle},
    "Type": {
        "GET": searching.search,
        "POST": writing.create,
        "PUT": writing.update_matching,
        "PATCH": patching.patch_matching,
        "DELETE": writing.delete_matching,
    },
    "System/_search": {"POST": searching.search_all_by_form, "GET": searching.search_all},
    "Type/id/Type": {"GET": searching.search_compartment},
    "Type/id/*": {"GET": searching.search_compartment},
    "Type/_search": {"POST": searching.search_by_form, "GET": searching.search},
    "System/_history": {"GET": reading.system_history},
    "Type/_history": {"GET": reading.type_history},
    "Type/$validate": {"POST": validation.validate},
    "Type/id/$validate": {"GET": validation.validate, "POST": validation.validate},
    "Type/id": {"GET": reading.read, "PUT": writing.update, "PATCH": patching.patch, "DELETE": writing.delete},
    "Binary/id": {"GET": binaries.read, "PUT": writing.update, "PATCH": patching.patch, "DELETE": writing.delete},
    "Type/id/_history": {"GET": reading.history},
    "Type/id/_history/version": {"GET": reading.vread},
    "Patient/$match": {"POST": match.match},
    "Patient/$merge": {"POST": merge.merge},
    "Patient/$undo-merge": {"POST": merge.undo},
    "Patient/$everything": {"GET": everything.chart, "POST": everything.chart},
    "Patient/id/$everything": {"GET": everything.chart, "POST": everything.chart},
    **terminology.ADDRESSES,
    **export.ADDRESSES,
    **subscriptions.ADDRESSES,
}
capability.announce(_TYPED)
openapi.announce(_TYPED)


@dataclass(slots=True)
class Case:
    """A request on its way: who asks for what, and the answer once there is one."""

    request: Request
    identifier: str
    head: bool
    subject: Subject | None = None
    names: list[str] = field(default_factory=list)
    response: Response | None = None

    @classmethod
    def of(cls, request: Request) -> Case:
        """A request that has just come."""
        identifier = _UNPRINTABLE.sub("", request.headers.get("x-request-id", "")[:64]) or new_id()
        head = request.method == "HEAD"
        if head:
            request.method = "GET"
        return cls(request, identifier, head)

    def attempt(self, answers: Callable[[], Response | None]) -> None:
        """Take what it answers as the answer; a failure becomes a status and an OperationOutcome."""
        try:
            self.response = answers()
        except ChartdeskError as fault:
            self.response = _refusal(fault)
        except Exception as fault:
            known = faults.told(fault)
            if known is None:
                faults.note(self.identifier, fault)
            self.response = _refusal(known) if known else answer(500, defect())

    def finished(self) -> Response:
        """The answer with what every answer has, in the form that the client likes."""
        response = self.response or answer(500, defect())
        response.headers["X-Request-Id"] = self.identifier
        response.headers["Cache-Control"] = "no-store"
        _finish(self.request, response)
        if self.head:
            response.body = b""
        return response


def handle(request: Request) -> Response:
    """Answer one request. Never raises: every failure becomes a status and an OperationOutcome."""
    case = Case.of(request)
    try:
        case.attempt(lambda: _answered(case))
    finally:
        connection.close()
    return case.finished()


def _refusal(fault: ChartdeskError) -> Response:
    status = status_of(fault)
    response = answer(status, outcome_of(fault, status))
    if isinstance(fault, Refused):
        response.headers |= fault.headers
    if status == 503:
        response.headers["Retry-After"] = "1"
    return response


def _finish(request: Request, response: Response) -> None:
    """Give the answer the form that the client likes."""
    if response.body and "_pretty=true" in request.query and response.body[:1] in (b"{", b"["):
        response.body = msgspec.json.format(response.body, indent=2)
    origins.open_to(request, response)
    packing.pack(request, response)


def _answered(case: Case) -> Response:
    early = admitted(case)
    if early is not None:
        return early
    request, subject, names = case.request, case.subject, case.names
    assert subject is not None
    if request.method == "GET":
        return dispatched(request, subject, names)
    return faults.again(lambda: dispatched(request, subject, names))


def admitted(case: Case) -> Response | None:
    """Let a request in: its size, its address, who sends it and how often. An answer where that is all of it."""
    request = case.request
    case.names = names = [name for name in request.path.split("/") if name][1:]
    if request.too_large:
        raise limits.too_large(f"A request may have {settings.FHIR_BODY_BYTES:,} bytes.")
    if _IMPOSSIBLE.search(request.path):
        raise Refused(400, Invalid("The address cannot be read.", cure="Encode it as UTF-8."))
    if request.method == "OPTIONS":
        return origins.options(request, _methods(names))
    packing.unpack(request, settings.FHIR_BODY_BYTES)
    limits.check_failures(request.origin)
    door = _OPEN.get(tuple(names))
    if door is not None:
        method, answers = door
        if request.method != method:
            raise _not_allowed(request, [method])
        response = answers(request)
        if response.status == 401:
            limits.count_failure(request.origin)
        return response
    case.subject = _sender(request, case.identifier)
    limits.count_request(case.subject.actor)
    document = request.method == "GET" and len(names) == 2 and names[0] == "Binary"
    if names[:1] != [export.FILE] and not document:
        request.check_accept()
    if names:
        limits.check_body(request, bundle=False)
    return None


def _sender(request: Request, identifier: str) -> Subject:
    try:
        return tokens.subject_of(request, identifier)
    except Refused as refusal:
        if refusal.status == 401 and "authorization" in request.headers:
            limits.count_failure(request.origin)
        raise


def dispatched(request: Request, subject: Subject, names: list[str]) -> Response:
    """What the table says about the address ``names``, the parts behind ``/fhir``."""
    check_type(names)
    methods = _methods_at(names)
    if request.method not in methods:
        raise _not_allowed(request, list(methods))
    return methods[request.method](request, subject, names)


def check_type(names: list[str]) -> None:
    """Raise NotFound where the address begins with what is no type of resource."""
    if names and names[0][:1] not in ("_", "$") and names[0] not in resource_types():
        raise NotFound(f"{names[0][:64]!r} is not a resource type of FHIR R4.", cure="See /fhir/metadata.")


def _methods(names: list[str]) -> Iterable[str]:
    door = _OPEN.get(tuple(names))
    return [door[0]] if door else _methods_at(names)


def _methods_at(names: list[str]) -> dict[str, Guarded]:
    methods = next((_TYPED[shape] for shape in _shapes(names) if shape in _TYPED), None)
    if methods is None:
        raise NotFound(f"There is nothing at {'/'.join(names)[:200]}.", cure="See /fhir/metadata.")
    return methods


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

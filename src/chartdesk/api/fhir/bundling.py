"""Transactions and batches: each entry that reads or calls an operation is answered as a request of its own.

Guide section: batch and transaction (https://hl7.org/fhir/R4/http.html#transaction).
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

from django.conf import settings

from chartdesk.api.fhir import faults, limits
from chartdesk.api.fhir.messages import FHIR_JSON, Request, Response, answer
from chartdesk.api.fhir.operations.export import FILE
from chartdesk.api.fhir.refusals import Refused, defect, explained
from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.record import bundles
from chartdesk.record.access.subject import Subject

#: What answers a request whose sender is known, at an address in parts.
Dispatch = Callable[[Request, Subject, list[str]], Response]
_SHOWN = ("minimal", "representation", "OperationOutcome")


class _Defect(ChartdeskError):
    """A defect of ours met one entry of a batch."""


def carried_out(request: Request, subject: Subject, dispatch: Dispatch) -> Response:
    """``POST /fhir``: a transaction or a batch."""
    request.check_body()
    limits.check_body(request, bundle=True)
    try:
        opened = bundles.opened(request.body, base=request.base, most=settings.FHIR_ENTRIES)
    except bundles.TooMany as fault:
        raise Refused(413, fault) from fault
    except Invalid as fault:
        raise Refused(400, fault) from fault

    def ask(subject: Subject, entry: bundles.Entry) -> bundles.Answer:
        return _asked(request, subject, entry, dispatch)

    def guarded(run: Callable[[], list[bundles.Result]]) -> list[bundles.Result]:
        try:
            return faults.again(run)
        except ChartdeskError:
            raise
        except Exception as fault:
            known = faults.told(fault)
            if known is None:
                faults.note(subject.request, fault)
                known = _Defect("The server failed.")
            raise known from fault

    results = bundles.process(subject, opened, ask=ask, several=settings.FHIR_DELETES, guard=guarded)
    shown = request.preferences.get("return", "minimal")
    body = bundles.response(
        opened.type,
        results,
        base=request.base,
        shown=shown if shown in _SHOWN else "minimal",
        explain=_explained,
    )
    return answer(200, body)


def _asked(request: Request, subject: Subject, entry: bundles.Entry, dispatch: Dispatch) -> bundles.Answer:
    """Answer one entry as a request of its own, with the headers of the bundle's that still make sense."""
    path, _, query = entry.url.partition("?")
    headers: dict[str, str] = {name: request.headers[name] for name in ("host", "prefer") if name in request.headers}
    # A document's bytes would be no entry: inside of a bundle everything is a resource.
    headers |= {"accept": FHIR_JSON}
    headers |= {"if-none-match": entry.if_none_match} if entry.if_none_match else {}
    headers |= {"if-modified-since": entry.if_modified_since} if entry.if_modified_since else {}
    headers |= {"content-type": FHIR_JSON} if entry.body else {}
    names = [unquote(name) for name in path.split("/") if name]
    if not names and not entry.reads:
        raise Invalid("A bundle holds no bundles.", where=entry.name)
    if names[:1] == [FILE]:
        raise Invalid("A file of an export is not given inside a bundle.", cure="Fetch it by itself.", where=entry.name)
    method = "GET" if entry.reads else "POST"
    inner = Request(method, "/".join(["/fhir", *names]), query, headers, entry.body, request.origin)
    inner.check_accept()
    response = dispatch(inner, subject, names)
    body = b"" if entry.method == "HEAD" else response.body
    return bundles.Answer(response.status, body, response.headers)


def _explained(fault: ChartdeskError) -> tuple[str, bytes]:
    if isinstance(fault, _Defect):
        return "500 Internal Server Error", defect()
    return explained(fault)

"""Writing bundles: answers to transactions and batches, pages of a search, histories.

Stored resources go in as the text they are. Guide section: Bundle (https://hl7.org/fhir/R4/bundle.html).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import msgspec

from chartdesk.kit.errors import ChartdeskError
from chartdesk.record.bundles.work import Answer, Result
from chartdesk.record.preparing import stamp
from chartdesk.record.search import Page
from chartdesk.record.stored import Stored
from chartdesk.standards import fhir
from chartdesk.standards.fhir import Issue

_encode = msgspec.json.encode
#: Turns a fault into (HTTP status with its words, OperationOutcome).
Explain = Callable[[ChartdeskError], tuple[str, bytes]]
#: Prepares the text of a resource for an answer, such as leaving elements out.
Shape = Callable[[Stored], bytes]


def explained(fault: ChartdeskError) -> tuple[str, bytes]:
    """The plainest explanation: every fault is the request's."""
    issues = fault.issues or (Issue("error", "processing", fault.where, f"{fault.message} {fault.cure}".strip()),)
    return "400 Bad Request", fhir.outcome(issues)


def response(
    type: str,
    results: Iterable[Result],
    *,
    base: str = "",
    shown: str = "minimal",
    explain: Explain = explained,
) -> bytes:
    """The answer to a transaction or a batch. ``shown`` is what writes answer with, as in the Prefer header:
    minimal, representation (the stored resource) or OperationOutcome.
    """
    entries = [_answer(result, base, shown, explain) for result in results]
    return _bundle(f"{type}-response", (), None, entries)


def searchset(
    page: Page,
    *,
    base: str = "",
    links: Sequence[tuple[str, str]] = (),
    shape: Shape | None = None,
    notes: Sequence[Issue] = (),
) -> bytes:
    """A page of search results; ``links`` are (relation, address), ``notes`` go in as an OperationOutcome."""
    place = _place(base)
    shaped = (one.body if shape is None else shape(one) for one in page.entries)
    entries = [_found(one, place, b"match", body) for one, body in zip(page.entries, shaped, strict=True)]
    entries += [_found(one, place, b"include", one.body) for one in page.included]
    if notes:
        entries.append(b'{"resource":%b,"search":{"mode":"outcome"}}' % fhir.outcome(notes))
    return _bundle("searchset", links, page.total, entries)


def history(
    versions: Sequence[Stored],
    *,
    base: str = "",
    total: int | None = None,
    links: Sequence[tuple[str, str]] = (),
) -> bytes:
    """Versions, newest first, each with the request that made it."""
    return _bundle("history", links, total, [_version(one, base) for one in versions])


def _bundle(type: str, links: Sequence[tuple[str, str]], total: int | None, entries: Sequence[bytes]) -> bytes:
    parts = [b'{"resourceType":"Bundle","type":"%b"' % type.encode()]
    if total is not None:
        parts.append(b',"total":%d' % total)
    if links:
        parts.append(b',"link":' + _encode([{"relation": name, "url": url} for name, url in links]))
    if entries:
        parts += [b',"entry":[', b",".join(entries), b"]"]
    return b"".join([*parts, b"}"])


def _address(base: str, stored: Stored) -> bytes:
    return _encode(f"{base}/{stored.reference}" if base else stored.reference)


def _place(base: str) -> bytes:
    """How the addresses of resources begin, as JSON that goes on; empty without a base."""
    return b'"fullUrl":%b/' % _encode(base)[:-1] if base else b""


def _found(stored: Stored, place: bytes, mode: bytes, body: bytes) -> bytes:
    # Types and ids hold nothing that JSON would write otherwise.
    full_url = b'%b%b",' % (place, stored.reference.encode()) if place else b""
    return b'{%b"resource":%b,"search":{"mode":"%b"}}' % (full_url, body, mode)


def _version(stored: Stored, base: str) -> bytes:
    method = "DELETE" if stored.deleted else "POST" if stored.version == 1 else "PUT"
    request = {"method": method, "url": stored.type if method == "POST" else stored.reference}
    status = {"DELETE": "204", "POST": "201", "PUT": "200"}[method]
    answer = {"status": status, "etag": stored.etag, "lastModified": stamp(stored.updated)}
    full_url = b'"fullUrl":%b,' % _address(base, stored) if base else b""
    resource = b'"resource":%b,' % stored.body if stored.body else b""
    return b'{%b%b"request":%b,"response":%b}' % (full_url, resource, _encode(request), _encode(answer))


def _answer(result: Result, base: str, shown: str, explain: Explain) -> bytes:
    if result.fault is not None:
        status, outcome = explain(result.fault)
        return b'{"response":{"status":%b,"outcome":%b}}' % (_encode(status), outcome)
    if result.answer is not None:
        return _passed_on(result.answer)
    if result.page is not None:
        return b'{"resource":%b,"response":{"status":"200 OK"}}' % searchset(result.page, base=base)
    stored = result.stored
    said: dict[str, object] = {"status": result.status}
    if shown == "OperationOutcome" and not result.entry.reads:
        said["outcome"] = msgspec.Raw(fhir.outcome([]))
    if stored is None:
        return b'{"response":%b}' % _encode(said)
    said |= {"etag": stored.etag, "lastModified": stamp(stored.updated)}
    if stored.deleted:
        return b'{"response":%b}' % _encode(said)
    if not result.entry.reads:
        place = f"{stored.reference}/_history/{stored.version}"
        said["location"] = f"{base}/{place}" if base else place
    whole = shown == "representation" or result.entry.reads
    resource = b'"resource":%b,' % stored.body if whole else b""
    full_url = b'"fullUrl":%b,' % _address(base, stored) if base else b""
    return b'{%b%b"response":%b}' % (full_url, resource, _encode(said))


def _passed_on(answer: Answer) -> bytes:
    """What a request of its own was answered with, as an entry."""
    said: dict[str, object] = {"status": f"{answer.status} {HTTPStatus(answer.status).phrase}"}
    for member, header in (("location", "Location"), ("etag", "ETag")):
        if header in answer.headers:
            said[member] = answer.headers[header]
    if "Last-Modified" in answer.headers:
        modified = parsedate_to_datetime(answer.headers["Last-Modified"])
        said["lastModified"] = stamp(modified)
    if answer.body and answer.status >= 400:
        said["outcome"] = msgspec.Raw(answer.body)
    resource = b'"resource":%b,' % answer.body if answer.body and answer.status < 400 else b""
    return b'{%b"response":%b}' % (resource, _encode(said))

"""Reading: one resource, one version, histories.

Guide sections: read (https://hl7.org/fhir/R4/http.html#read), vread and history.
"""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime
from urllib.parse import quote

from chartdesk.api.fhir import shaping
from chartdesk.api.fhir.messages import Request, Response, answer, version_headers
from chartdesk.api.fhir.refusals import Refused
from chartdesk.kit.errors import Invalid, NotFound
from chartdesk.record import bundles, store
from chartdesk.record import history as record_history
from chartdesk.record.access.subject import Subject
from chartdesk.record.search import COUNT, MOST
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir.search import date_range


def read(request: Request, subject: Subject, names: list[str]) -> Response:
    """``GET Type/id``: 200, or 304 where the client has this version."""
    return _one(request, store.get(subject, names[0], names[1]))


def vread(request: Request, subject: Subject, names: list[str]) -> Response:
    """``GET Type/id/_history/version``."""
    type, id, _, version = names
    if not version.isdigit() or len(version) > 9:
        raise NotFound(f"{type}/{id} has no version {version!r}.")
    return _one(request, record_history.vread(subject, type, id, int(version)))


def history(request: Request, subject: Subject, names: list[str]) -> Response:
    """``GET Type/id/_history``: its versions, newest first."""
    versions = record_history.versions(subject, names[0], names[1])
    count, since, _ = _window(request)
    kept = [one for one in versions if since is None or one.updated >= since]
    links = [("self", f"{request.base}/{'/'.join(names)}{'?' if request.query else ''}{request.query}")]
    return answer(200, bundles.history(kept[:count], base=request.base, total=len(kept), links=links))


def type_history(request: Request, subject: Subject, names: list[str]) -> Response:
    """``GET Type/_history``: versions of all resources of a type, newest first, page by page."""
    count, since, before = _window(request)
    found = record_history.changes(subject, names[0], since=since, before=before, count=count)
    address = f"{request.base}/{names[0]}/_history"
    links = [("self", f"{address}{'?' if request.query else ''}{request.query}")]
    if len(found) == count and found:
        last = found[-1]
        cursor = base64.urlsafe_b64encode(f"{last.updated.isoformat()} {last.id} {last.version}".encode()).decode()
        following = f"{address}?_count={count}&_cursor={cursor}"
        if since is not None:
            following += f"&_since={quote(since.isoformat())}"
        links.append(("next", following))
    return answer(200, bundles.history(found, base=request.base, links=links))


def _one(request: Request, stored: Stored) -> Response:
    headers = version_headers(stored)
    if request.unchanged(stored):
        return answer(304, b"", **headers)
    return answer(200, shaping.shaped(stored, dict(request.pairs)), **headers)


def _window(request: Request) -> tuple[int, datetime | None, Stored | None]:
    """(_count, _since, the version that a page ended with) of a history's query."""
    query = dict(request.pairs)
    count, since, cursor = query.get("_count", ""), query.get("_since", ""), query.get("_cursor", "")
    if count and not (count.isascii() and count.isdigit() and len(count) < 10):
        raise Refused(400, Invalid("_count is not a whole number.", where="_count"))
    try:
        start = date_range(since.replace(" ", "+"))[0] if since else None
        before = _before(cursor) if cursor else None
    except (ValueError, binascii.Error) as fault:
        raise Refused(400, Invalid("_since or _cursor cannot be read.", where="_since")) from fault
    return min(int(count or COUNT) or COUNT, MOST), start, before


def _before(cursor: str) -> Stored:
    updated, id, version = base64.urlsafe_b64decode(cursor).decode().split(" ")
    return Stored("", id, int(version), datetime.fromisoformat(updated).astimezone(UTC), False, b"")

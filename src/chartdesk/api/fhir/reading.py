"""Reading: one resource, one version, histories.

Guide sections: read (https://hl7.org/fhir/R4/http.html#read), vread and history.
"""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from urllib.parse import urlencode

import msgspec

from chartdesk.api.fhir import shaping
from chartdesk.api.fhir.messages import Request, Response, answer, version_headers
from chartdesk.api.fhir.refusals import Refused
from chartdesk.kit import typed
from chartdesk.kit.errors import Invalid, NotFound
from chartdesk.record import bundles, store
from chartdesk.record import history as record_history
from chartdesk.record.access.subject import Subject
from chartdesk.record.history import Mark, Page, Window
from chartdesk.record.search import COUNT, MOST
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir.facts import resource_types
from chartdesk.standards.fhir.search import date_range

#: The parameters of a history.
_HISTORY = ("_since", "_at", "_count", "_cursor", "_format", "_pretty", "_type")


def read(request: Request, subject: Subject, names: list[str]) -> Response:
    """``GET Type/id``: 200, or 304 where the client has this version."""
    return one(request, store.get(subject, names[0], names[1]))


def vread(request: Request, subject: Subject, names: list[str]) -> Response:
    """``GET Type/id/_history/version``."""
    type, id, _, version = names
    if not (version.isascii() and version.isdigit() and len(version) < 10):
        raise NotFound(f"{type}/{id} has no version {version[:64]!r}.")
    return one(request, record_history.vread(subject, type, id, int(version)))


def history(request: Request, subject: Subject, names: list[str]) -> Response:
    """``GET Type/id/_history``: the versions of one resource, newest first, page by page."""
    count, window, before = _asked(request)
    page = record_history.page_of(
        subject, names[0], names[1], window=window, before=before.version if before else 0, count=count
    )
    return _answered(request, names, page)


def type_history(request: Request, subject: Subject, names: list[str]) -> Response:
    """``GET Type/_history``: versions of all resources of a type."""
    count, window, before = _asked(request)
    return _answered(
        request, names, record_history.changes(subject, names[:1], window=window, before=before, count=count)
    )


def system_history(request: Request, subject: Subject, names: list[str]) -> Response:
    """``GET _history``: versions of all resources that the subject may read; ``_type`` names some types."""
    count, window, before = _asked(request)
    named = [type for name, value in request.pairs if name == "_type" for type in value.split(",") if type]
    unknown = [type for type in named if type not in resource_types()]
    if unknown:
        raise Refused(400, Invalid(f"{unknown[0][:64]!r} is not a resource type of FHIR R4.", where="_type"))
    types = named or sorted(resource_types())
    return _answered(
        request, names, record_history.changes(subject, set(types), window=window, before=before, count=count)
    )


def one(request: Request, stored: Stored) -> Response:
    """The answer to a read: 304 where the client has this version."""
    headers = version_headers(stored)
    if request.unchanged(stored):
        return answer(304, b"", **headers)
    return answer(200, shaping.shaped(stored, dict(request.pairs)), **headers)


def _answered(request: Request, names: list[str], page: Page) -> Response:
    address = "/".join([request.base, *names])
    asked = [(name, value) for name, value in request.pairs if name in _HISTORY and name != "_cursor"]
    links = [("self", f"{address}{'?' if asked else ''}{urlencode(asked)}")]
    if page.end is not None:
        links.append(("next", f"{address}?{urlencode([*asked, ('_cursor', _cursor(page.end))])}"))
    return answer(200, bundles.history(page.versions, base=request.base, total=page.total, links=links))


def _asked(request: Request) -> tuple[int, Window, Mark | None]:
    """(_count, _since and _at, where the page before ended) of a history's query."""
    query: dict[str, str] = {}
    for name, value in request.pairs:
        if name not in _HISTORY:
            if request.strict:
                raise Refused(400, Invalid(f"{name[:64]} is not a parameter of a history.", where=name[:64]))
        elif query.setdefault(name, value) != value:
            raise Refused(400, Invalid(f"{name} is given twice.", cure="Leave one out.", where=name))
    count = query.get("_count", "")
    if count and not (count.isascii() and count.isdigit() and len(count) < 10):
        raise Refused(400, Invalid("_count is not a whole number.", where="_count"))
    since, at = _range("_since", query), _range("_at", query)
    before = _before(query["_cursor"]) if query.get("_cursor") else None
    return min(int(count or COUNT) or COUNT, MOST), Window(since[0] if since else None, at), before


def _range(name: str, query: dict[str, str]) -> tuple[datetime, datetime] | None:
    """The first and the last instant that a parameter names."""
    if not query.get(name):
        return None
    try:
        low, high = date_range(query[name].replace(" ", "+"))
    except ValueError as fault:
        cure = "Write it like 2026-03-02 or 2026-03-02T09:30:00Z."
        raise Refused(400, Invalid(f"{name} cannot be read.", cure=cure, where=name)) from fault
    return low, high


def _cursor(end: Mark) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(end)).decode().rstrip("=")


def _before(cursor: str) -> Mark:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        mark = typed.decode(text, Mark)
        if "\0" in mark.id or "\0" in mark.type or not 0 <= mark.version < 1 << 31:
            raise ValueError(cursor)
        updated = mark.updated if mark.updated.tzinfo else mark.updated.replace(tzinfo=UTC)
        return Mark(updated.astimezone(UTC), mark.type, mark.id, mark.version)
    except (ValueError, OverflowError) as fault:
        cure = "Follow the link of the page before as it is."
        raise Refused(400, Invalid("_cursor cannot be read.", cure=cure, where="_cursor")) from fault

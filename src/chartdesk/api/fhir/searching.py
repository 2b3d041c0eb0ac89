"""Search, by address and by form.

Guide section: search (https://hl7.org/fhir/R4/search.html).
"""

from __future__ import annotations

from urllib.parse import urlencode

from chartdesk.api.fhir import shaping
from chartdesk.api.fhir.messages import Request, Response, answer
from chartdesk.api.fhir.refusals import Refused
from chartdesk.kit.errors import Invalid
from chartdesk.record import bundles
from chartdesk.record import search as record_search
from chartdesk.record.access.subject import Subject
from chartdesk.standards.fhir import Issue

#: Parameters that say how to answer and are not part of what was searched for.
_OURS = ("_format", "_pretty", "_cursor")


def search(request: Request, subject: Subject, names: list[str]) -> Response:
    """``GET Type?…``: one page of what matches."""
    return _page(request, subject, names[0], request.pairs)


def search_by_form(request: Request, subject: Subject, names: list[str]) -> Response:
    """``POST Type/_search``: the same with the parameters in a form, in the address, or in both."""
    return _page(request, subject, names[0], [*request.pairs, *request.form()])


def _page(request: Request, subject: Subject, type: str, pairs: list[tuple[str, str]]) -> Response:
    try:
        page = record_search.find(subject, type, _local(pairs, request.base), strict=request.strict)
    except Invalid as fault:
        raise Refused(400, fault) from fault
    ignored = {name.partition("=")[0] if name.startswith("_sort=") else name for name in page.query.ignored}
    asked = [(name, value) for name, value in pairs if name not in _OURS and name not in ignored]
    links = [("self", _address(request, type, asked))]
    if page.next is not None:
        links.append(("next", _address(request, type, [*asked, ("_cursor", page.next)])))
    notes = [
        Issue("warning", "not-supported", "", f"{name} is not a search parameter here and was ignored.")
        for name in page.query.ignored
    ]
    query = {"_elements": ",".join(page.query.elements), "_summary": page.query.summary}
    body = bundles.searchset(
        page,
        base=request.base,
        links=links,
        shape=lambda stored: shaping.shaped(stored, query),
        notes=notes,
    )
    return answer(200, body)


def _address(request: Request, type: str, pairs: list[tuple[str, str]]) -> str:
    return f"{request.base}/{type}{'?' if pairs else ''}{urlencode(pairs)}"


def _local(pairs: list[tuple[str, str]], base: str) -> list[tuple[str, str]]:
    """The pairs with references to this very server made relative, as they are stored."""
    return [(name, value.replace(f"{base}/", "")) for name, value in pairs]

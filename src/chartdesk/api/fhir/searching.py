"""Search, by address and by form: of one type, of several, and in a patient's compartment.

Guide section: search (https://hl7.org/fhir/R4/search.html), compartments
(https://hl7.org/fhir/R4/compartmentdefinition.html).
"""

from __future__ import annotations

from urllib.parse import urlencode

from chartdesk.api.fhir import shaping
from chartdesk.api.fhir.messages import Request, Response, answer
from chartdesk.api.fhir.refusals import Refused
from chartdesk.kit.errors import Invalid, NotFound
from chartdesk.record import bundles
from chartdesk.record import search as record_search
from chartdesk.record.access.subject import Subject
from chartdesk.record.preparing import in_compartment
from chartdesk.standards.fhir import Issue

Pairs = list[tuple[str, str]]
#: Parameters that say how to answer and are not part of what was searched for.
_OURS = ("_format", "_pretty", "_cursor")


def search(request: Request, subject: Subject, names: list[str]) -> Response:
    """``GET Type?…``: one page of what matches."""
    return _page(request, subject, names[0], request.pairs)


def search_by_form(request: Request, subject: Subject, names: list[str]) -> Response:
    """``POST Type/_search``: the same with the parameters in a form, in the address, or in both."""
    return _page(request, subject, names[0], [*request.pairs, *request.form()])


def search_all(request: Request, subject: Subject, names: list[str]) -> Response:
    """``GET ?_type=…``: resources of several types, by the parameters that all of them have."""
    return _page(request, subject, "", request.pairs)


def search_all_by_form(request: Request, subject: Subject, names: list[str]) -> Response:
    """``POST _search``: the same with the parameters in a form."""
    return _page(request, subject, "", [*request.pairs, *request.form()])


def search_compartment(request: Request, subject: Subject, names: list[str]) -> Response:
    """``GET Patient/id/Type?…`` and ``GET Patient/id/*?…``: what lies in a patient's compartment."""
    owner, id, wanted = names[:3]
    if owner != "Patient":
        raise NotFound(f"{owner} has no compartment here.", cure=f"Search with a parameter: {wanted}?…={owner}/{id}.")
    type = "" if wanted == "*" else wanted
    if type and not in_compartment(type):
        raise NotFound(f"{type} is never in a patient's compartment.", cure=f"Search {type} itself.")
    pairs = [*request.pairs, *(request.form() if request.method == "POST" else [])]
    return _page(request, subject, type, pairs, compartment=id)


def _page(request: Request, subject: Subject, type: str, pairs: Pairs, compartment: str = "") -> Response:
    query, cursor = asked(request, subject, type, pairs, compartment)
    try:
        page = record_search.answer(subject, query, cursor)
    except Invalid as fault:
        raise Refused(400, fault) from fault
    return shown(request, type, pairs, page)


def asked(
    request: Request, subject: Subject, type: str, pairs: Pairs, compartment: str = ""
) -> tuple[record_search.Query, str]:
    """The query of a request, and the cursor of its page. Refuses what cannot be asked with 400."""
    try:
        return record_search.asked(
            subject, type, _local(pairs, request.base), strict=request.strict, compartment=compartment
        )
    except Invalid as fault:
        raise Refused(400, fault) from fault


def shown(request: Request, type: str, pairs: Pairs, page: record_search.Page) -> Response:
    """The bundle of a page."""
    compartment = page.query.compartment
    ignored = {name.partition("=")[0] if name.startswith("_sort=") else name for name in page.query.ignored}
    asked = [(name, value) for name, value in pairs if name not in _OURS and name not in ignored]
    place = f"Patient/{compartment}/{type or '*'}" if compartment else type
    if len(asked) == len(request.pairs) and request.method == "GET":
        # All of it counted: the address is as it was sent.
        here = f"{request.base}/{place}{'?' if request.query else ''}{request.query}"
        further = f"{here}{'&' if request.query else '?'}_cursor="  # a cursor has no letter that needs another form
    else:
        here = _address(request, place, asked)
        further = _address(request, place, [*asked, ("_cursor", "")])
    links = [("self", here)]
    if page.next is not None:
        links.append(("next", further + page.next))
    parts = {"_elements": ",".join(page.query.elements), "_summary": page.query.summary}
    body = bundles.searchset(
        page,
        base=request.base,
        links=links,
        shape=(lambda stored: shaping.shaped(stored, parts)) if any(parts.values()) else None,
        notes=[*_ignored(page), *(Issue("warning", "incomplete", "", text) for text in page.query.warnings)],
    )
    return answer(200, body)


def _ignored(page: record_search.Page) -> list[Issue]:
    """What was not understood, and why."""
    return [
        Issue(
            "warning",
            "not-supported",
            "",
            f"{name} is not a search parameter here and was ignored. {page.query.reasons.get(name, '')}".strip(),
        )
        for name in page.query.ignored
    ]


def _address(request: Request, place: str, pairs: Pairs) -> str:
    base = f"{request.base}/{place}" if place else request.base
    return f"{base}{'?' if pairs else ''}{urlencode(pairs)}"


def _local(pairs: Pairs, base: str) -> Pairs:
    """The pairs with references to this very server made relative, as they are stored."""
    return [(name, value.replace(f"{base}/", "")) for name, value in pairs]

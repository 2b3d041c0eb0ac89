"""The explorer: what the FHIR interface does, in words, and a search tried out with its plan.

A search runs as the person who tries it, held to what their roles let a program read; it is audited like any other.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from chartdesk.kit.errors import ChartdeskError, Forbidden, Invalid, NotFound
from chartdesk.record import bundles
from chartdesk.record import search as record_search
from chartdesk.record.access.entitlements import reading_as_program
from chartdesk.record.access.scopes import SEARCH, reaches
from chartdesk.record.access.subject import CONNECTORS, Subject
from chartdesk.record.search.explaining import Explained, explained
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir.facts import resource_types
from chartdesk.web.access.asking import base_of
from chartdesk.web.practice import describing
from chartdesk.web.request import staff

#: Resources on one page where the query does not say, and the most that a page here shows.
COUNT, MOST = 20, 100
#: Characters of a query line.
LONGEST = 4000
FIRST = "Patient"
#: Parameters of a search that are no criteria.
RESULTS = ("_count", "_sort", "_include", "_revinclude", "_total", "_summary", "_elements")
_NAMES = ("name", "code", "type", "vaccineCode", "medicationCodeableConcept", "category", "title", "description")
_WHEN = (
    *("birthDate", "effectiveDateTime", "onsetDateTime", "start", "occurrenceDateTime", "authoredOn", "recordedDate"),
    *("performedDateTime", "date", "created", "issued"),
)


@dataclass(frozen=True)
class Hit:
    """A resource of the answer: where it is, how it came there, what it is about, its text."""

    place: str
    mode: str
    gist: str
    text: str


def page(request: HttpRequest) -> HttpResponse:
    """The whole: the search form, and what the server does type by type."""
    asked = staff(request, *CONNECTORS)
    server = describing.server(base_of(request))
    chosen = server.type(request.GET.get("type", FIRST)) or server.type(FIRST)
    context: dict[str, Any] = {
        "server": server,
        "one": chosen,
        "tab": "explorer",
        "results": RESULTS,
        "base": base_of(request),
    }
    context["may"] = _may(asked.subject)
    return render(request, "practice/explorer.html", context)


def one(request: HttpRequest, type: str) -> HttpResponse:
    """What the server does with one type; its parameters complete the form."""
    staff(request, *CONNECTORS)
    found = describing.server(base_of(request)).type(type)
    if found is None:
        raise NotFound(f"{type[:64]!r} is not a resource type of FHIR R4.", cure="Choose one of the list.")
    return render(request, "practice/explorer_type.html", {"one": found, "results": RESULTS})


@require_POST
def run(request: HttpRequest) -> HttpResponse:
    """Run a search and show what it gives, what it takes, and how."""
    asked = staff(request, *CONNECTORS)
    type, line = request.POST.get("type", ""), request.POST.get("query", "").strip().removeprefix("?")
    context: dict[str, Any] = {"type": type, "line": line, "curl": _curl(request, type, line)}
    try:
        pairs = _pairs(line)
        found = _searched(reading_as_program(asked.subject), type, pairs, measured=request.POST.get("measured") == "1")
    except ChartdeskError as fault:
        context["fault"] = _told(asked.subject, type, fault)
        return render(request, "practice/explorer_answer.html", context)
    context["found"] = found
    if found.fault is not None:
        context["fault"] = _told(asked.subject, type, found.fault)
    if found.page is not None:
        context |= _shown(request, type, pairs, found.page)
    return render(request, "practice/explorer_answer.html", context)


def _pairs(line: str) -> list[tuple[str, str]]:
    """The query line as pairs. Raises Invalid."""
    if len(line) > LONGEST:
        raise Invalid(f"The query is longer than {LONGEST:,} characters.", cure="Send it as a form to _search.")
    try:
        pairs = parse_qsl(line, keep_blank_values=True, errors="strict", max_num_fields=100)
    except (ValueError, UnicodeDecodeError):
        raise Invalid("The query cannot be read.", cure="Write name=value&name=value.") from None
    if "\0" in line or any("\0" in part for pair in pairs for part in pair):
        raise Invalid("The query cannot be read.", cure="Leave the character NUL out.")
    return [(name, _few(value) if name == "_count" else value) for name, value in pairs]


def _few(count: str) -> str:
    return str(MOST) if count.isascii() and count.isdecimal() and (len(count) > 3 or int(count) > MOST) else count


def _searched(subject: Subject, type: str, pairs: list[tuple[str, str]], *, measured: bool) -> Explained:
    if type and type not in resource_types():
        raise Invalid(f"{type[:64]!r} is not a resource type of FHIR R4.", where="type")
    query, cursor = record_search.asked(subject, type, pairs, count=COUNT)
    return explained(subject, query, cursor, measured=measured)


def _told(subject: Subject, type: str, fault: ChartdeskError) -> ChartdeskError:
    """The refusal; where the person's roles are the reason, in words about roles and not about tokens."""
    if isinstance(fault, Forbidden):
        roles = ", ".join(sorted(role.replace("_", " ") for role in subject.roles))
        return Forbidden(
            f"In the name of your role ({roles}) a program may not search {type or 'this'}.",
            cure="The role of an integrator reads every type; a manager gives it, on the page People.",
        )
    return fault


def _may(subject: Subject) -> list[str]:
    """The types that the person may search here."""
    held = reading_as_program(subject)
    return [type for type in sorted(resource_types()) if reaches(held, type, SEARCH)]


def _shown(request: HttpRequest, type: str, pairs: list[tuple[str, str]], page: record_search.Page) -> dict[str, Any]:
    base = base_of(request)
    kept = [pair for pair in pairs if pair[0] != "_cursor"]
    links = [("self", _address(base, type, kept))]
    if page.next is not None:
        links.append(("next", _address(base, type, [*kept, ("_cursor", page.next)])))
    whole = bundles.searchset(page, base=base, links=links)
    hits = [_hit(stored, "match") for stored in page.entries] + [_hit(stored, "include") for stored in page.included]
    return {
        "shown": True,
        "page": page,
        "hits": hits,
        "whole": msgspec.json.format(whole, indent=2).decode(),
        "next": urlencode([*kept, ("_cursor", page.next)]) if page.next else "",
        "ignored": [(name, page.query.reasons.get(name, "")) for name in page.query.ignored],
        "shortened": bool(page.query.elements) or page.query.summary in ("true", "text", "data"),
    }


def _address(base: str, type: str, pairs: list[tuple[str, str]]) -> str:
    return f"{base}/{type}{'?' if pairs else ''}{urlencode(pairs)}"


def _curl(request: HttpRequest, type: str, line: str) -> str:
    """The same request as a line for a shell; the token is the reader's own."""
    address = f"{base_of(request)}/{type}{'?' if line else ''}{line}"
    return f'curl -s -H "Authorization: Bearer $TOKEN" {shlex.quote(address)}'


def _hit(stored: Stored, mode: str) -> Hit:
    content = msgspec.json.decode(stored.body)
    text = msgspec.json.format(stored.body, indent=2).decode()
    return Hit(f"{stored.type}/{stored.id}", mode, _gist(content), text)


def _gist(content: dict[str, Any]) -> str:
    """A line about a resource: what it is called, its state, its date."""
    parts = [next((words for name in _NAMES if (words := _words(content.get(name)))), "")]
    parts += [str(content.get("status", "")), next((str(content[name]) for name in _WHEN if name in content), "")]
    value = content.get("valueQuantity")
    if isinstance(value, dict):
        parts.insert(1, f"{value.get('value', '')} {value.get('unit', '')}".strip())
    return " · ".join(part for part in parts if part)


def _words(element: Any) -> str:
    """The words in a name, a concept or a text; of several the first."""
    if isinstance(element, list):
        return _words(element[0]) if element else ""
    if isinstance(element, str):
        return element[:120]
    if not isinstance(element, dict):
        return ""
    if "family" in element or "given" in element:
        return " ".join([*element.get("given", ()), element.get("family", "")]).strip()
    codings = element.get("coding") or [{}]
    return str(element.get("text") or codings[0].get("display") or codings[0].get("code") or "")[:120]

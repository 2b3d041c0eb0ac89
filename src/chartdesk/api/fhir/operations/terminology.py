"""``$expand``, ``$validate-code`` and ``$lookup`` over the value sets and code systems that are loaded.

Guide section: terminology service (https://hl7.org/fhir/R4/terminology-service.html). What is not loaded is said to
be not loaded; no answer is a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import msgspec

from chartdesk.api.fhir.messages import Request, Response, answer
from chartdesk.api.fhir.operations.arguments import Arguments, arguments
from chartdesk.api.fhir.refusals import Refused
from chartdesk.kit import clock
from chartdesk.kit.errors import Invalid, NotFound
from chartdesk.kit.ids import new_id
from chartdesk.kit.transactions import reading
from chartdesk.record import store, terminology
from chartdesk.record.access import scopes
from chartdesk.record.access.subject import Subject
from chartdesk.record.preparing import stamp
from chartdesk.standards.fhir import r4
from chartdesk.standards.terminology.concepts import ABSTRACT, RETIRED, CodeSystem, Concept
from chartdesk.standards.terminology.expansion import Expansion, Member, NotLoaded, Source, not_loaded, require
from chartdesk.standards.terminology.value_sets import ValueSet

#: Codes on one page of an expansion, and the most.
COUNT, MOST = 1000, 10_000
_EXPAND = {"url", "valueSet", "valueSetVersion", "filter", "count", "offset", "activeOnly", "excludeNotForUI"}
_EXPAND |= {"includeDesignations", "includeDefinition", "excludeNested", "excludePostCoordinated", "displayLanguage"}
_CODE = {"code", "system", "version", "systemVersion", "display", "coding", "codeableConcept", "displayLanguage"}
_CODE |= {"date", "abstract", "inferSystem"}


class _Asked(NamedTuple):
    """A code to look at; ``system`` is empty where it is to be inferred."""

    system: str
    code: str
    display: str = ""
    version: str = ""


def expand(request: Request, subject: Subject, names: list[str]) -> Response:
    """``$expand``: a page of the codes of a value set."""
    given = arguments(request, "valueSet")
    given.only(_EXPAND)
    scopes.confine(subject, "ValueSet", scopes.READ)
    with reading(subject):
        source = terminology.source(subject)
        value_set = _value_set(subject, source, given, names)
        total, shown = _shown(Expansion(source), value_set, given)
    return answer(200, msgspec.json.encode(_expanded(value_set, total, shown, given)))


def validate_in_set(request: Request, subject: Subject, names: list[str]) -> Response:
    """``ValueSet/$validate-code``: whether a code is in a value set, and whether its display is right."""
    given = arguments(request)
    given.only(_CODE | {"url", "valueSet", "valueSetVersion", "context"})
    scopes.confine(subject, "ValueSet", scopes.READ)
    with reading(subject):
        source = terminology.source(subject)
        value_set = _value_set(subject, source, given, names)
        asked = _asked(given, systemless=True)
        return _judged(asked, lambda one: _in_set(source, value_set, one))


def validate_in_system(request: Request, subject: Subject, names: list[str]) -> Response:
    """``CodeSystem/$validate-code``: whether a code system has a code, and whether its display is right."""
    given = arguments(request)
    given.only(_CODE | {"url", "codeSystem"})
    scopes.confine(subject, "CodeSystem", scopes.READ)
    with reading(subject):
        source = terminology.source(subject)
        own = _own_system(subject, given, names)
        url = own.url if own else given.text("url")
        asked = [one._replace(system=one.system or url) for one in _asked(given, systemless=True)]
        return _judged(asked, lambda one: _in_system(source, own if own and own.url == one.system else None, url, one))


def lookup(request: Request, subject: Subject, names: list[str]) -> Response:
    """``CodeSystem/$lookup``: what a code means."""
    given = arguments(request)
    given.only({"code", "system", "version", "coding", "property", "date", "displayLanguage"})
    scopes.confine(subject, "CodeSystem", scopes.READ)
    with reading(subject):
        own = _own_system(subject, given, names)
        asked = _asked(given, systemless=own is not None)[0]
        system = own or terminology.source(subject).system(asked.system, asked.version)
        if system is None:
            raise not_loaded(asked.system + (f" version {asked.version}" if asked.version else ""))
        concept = system.find(asked.code)
        if concept is None:
            raise _unknown(system, asked)
        return _parameters(_explained(system, concept, given.texts("property")))


#: Addresses of the table in ``handling``.
ADDRESSES: dict[str, dict[str, Callable[[Request, Subject, list[str]], Response]]] = {
    f"{type}{below}/{operation}": {"GET": does, "POST": does}
    for type, operation, does in (
        ("ValueSet", "$expand", expand),
        ("ValueSet", "$validate-code", validate_in_set),
        ("CodeSystem", "$validate-code", validate_in_system),
        ("CodeSystem", "$lookup", lookup),
    )
    for below in ("", "/id")
}


def _value_set(subject: Subject, source: Source, given: Arguments, names: list[str]) -> ValueSet:
    """The value set of the address, of the request, or at a URL. Raises NotLoaded, NotFound."""
    if len(names) == 3:
        return terminology.value_set(store.read(subject, r4.ValueSet, names[1], why=names[2]))
    sent = given.element("valueSet", r4.ValueSet)
    if sent is not None:
        return terminology.value_set(sent)
    url, version = given.text("url"), given.text("valueSetVersion")
    if not url:
        raise Refused(400, Invalid("Which value set?", cure="Give url, or valueSet in a Parameters resource."))
    return require(source, f"{url}|{version}" if version else url)


def _window(given: Arguments) -> tuple[int, int]:
    """Offset and count of the page asked for."""
    return given.number("offset", 0, 10**9), given.number("count", COUNT, MOST)


def _shown(expansion: Expansion, value_set: ValueSet, given: Arguments) -> tuple[int, list[Member]]:
    """How many codes there are, and those of the page."""
    offset, count = _window(given)
    text, hidden = given.text("filter"), set()
    if given.flag("activeOnly"):
        hidden.add(RETIRED)
    if given.flag("excludeNotForUI"):
        hidden.add(ABSTRACT)
    if not text and not hidden:
        return expansion.page(value_set, offset, count)
    found = [one for one in expansion.members(value_set, text) if one.status not in hidden]
    return len(found), found[offset : offset + count]


def _expanded(value_set: ValueSet, total: int, shown: Sequence[Member], given: Arguments) -> dict[str, object]:
    """The ValueSet resource with one page of its codes."""
    offset, count = _window(given)
    expansion: dict[str, object] = {
        "identifier": f"urn:uuid:{new_id()}",
        "timestamp": stamp(clock.now()),
        "total": total,
        "offset": offset,
        "parameter": _said(given, offset, count),
    }
    if shown:
        expansion["contains"] = [_contained(one) for one in shown]
    said = {"url": value_set.url, "version": value_set.version, "title": value_set.name, "status": "active"}
    told = {name: value for name, value in said.items() if value}
    return {"resourceType": "ValueSet", **told, "expansion": expansion}


def _own_system(subject: Subject, given: Arguments, names: list[str]) -> CodeSystem | None:
    """The code system of the address or of the request."""
    if len(names) == 3:
        return terminology.code_system(store.read(subject, r4.CodeSystem, names[1], why=names[2]))
    sent = given.element("codeSystem", r4.CodeSystem)
    return terminology.code_system(sent) if sent is not None else None


def _asked(given: Arguments, *, systemless: bool) -> list[_Asked]:
    """The codes asked about: one, or those of a CodeableConcept."""
    coding = given.element("coding", r4.Coding)
    concept = given.element("codeableConcept", r4.CodeableConcept)
    codings: Iterable[r4.Coding] = concept.coding if concept is not None else [coding] if coding is not None else []
    found = [_Asked(one.system or "", one.code or "", one.display or "", one.version or "") for one in codings]
    if not found:
        version = given.text("systemVersion") or given.text("version")
        found = [_Asked(given.text("system"), given.text("code"), given.text("display"), version)]
    for one in found:
        if not one.code or not (one.system or systemless):
            raise Refused(400, Invalid("Which code?", cure="Give code and system, coding, or codeableConcept."))
    return found


def _in_set(source: Source, value_set: ValueSet, asked: _Asked) -> tuple[bool, str, str, str]:
    """(whether, display, system, message) for a code in a value set."""
    expansion = Expansion(source)
    if not asked.system:
        found = [one for one in expansion.members(value_set) if one.code == asked.code]
        if len(found) != 1:
            why = "in no system" if not found else "in several systems: say which"
            return False, "", "", f"The code {asked.code} stands {why} in the value set {value_set.url}."
        return True, found[0].display, found[0].system, ""
    if not expansion.holds(value_set, asked.system, asked.code):
        return False, "", asked.system, f"{asked.system}#{asked.code} is not in the value set {value_set.url}."
    return True, _display(source, value_set, asked), asked.system, ""


def _display(source: Source, value_set: ValueSet, asked: _Asked) -> str:
    """The display that the value set or the system gives to a member; empty where neither says one."""
    for part in value_set.include:
        for code, *said in part.concepts:
            if (part.system, code) == (asked.system, asked.code) and said and said[0]:
                return said[0]
    system = source.system(asked.system)
    concept = system.find(asked.code) if system else None
    return concept.display if concept else ""


def _in_system(source: Source, own: CodeSystem | None, url: str, asked: _Asked) -> tuple[bool, str, str, str]:
    if not asked.system:
        raise Refused(400, Invalid("Which code system?", cure="Give url, or system in the coding."))
    if url and asked.system != url:
        return False, "", asked.system, f"The code is of {asked.system}, not of {url}."
    system = own or source.system(asked.system, asked.version)
    if system is None:
        raise not_loaded(asked.system + (f" version {asked.version}" if asked.version else ""))
    concept = system.find(asked.code)
    if concept is None and not system.complete:
        raise _unknown(system, asked)
    if concept is None:
        return False, "", asked.system, f"{asked.system} has no code {asked.code}."
    return True, concept.display, asked.system, ""


def _judged(asked: Sequence[_Asked], judge: Callable[[_Asked], tuple[bool, str, str, str]]) -> Response:
    """The answer to ``$validate-code``: right where one of the codes is right."""
    messages: list[str] = []
    for one in asked:
        holds, display, system, message = judge(one)
        if not holds:
            messages.append(message)
            continue
        said: list[tuple[str, str, object]] = [("code", "Code", one.code), ("system", "Uri", system)]
        if display:
            said.append(("display", "String", display))
        if one.display and display and _plain(one.display) != _plain(display):
            wrong = f"The code is right, but its display is {display!r}."
            return _parameters([("result", "Boolean", False), ("message", "String", wrong), *said])
        return _parameters([("result", "Boolean", True), *said])
    return _parameters([("result", "Boolean", False), ("message", "String", " ".join(messages))])


def _unknown(system: CodeSystem, asked: _Asked) -> NotFound | NotLoaded:
    if not system.complete:
        return not_loaded(
            system.url, f"Of the code system {system.url} only single codes are loaded; {asked.code} is not."
        )
    return NotFound(f"{system.url} has no code {asked.code}.", cure="Check the code and its letters' case.")


def _explained(system: CodeSystem, concept: Concept, wanted: list[str]) -> list[tuple[str, str, object]]:
    """The parameters of a ``$lookup``; ``wanted`` are the properties asked for, all where none is named."""
    said: list[tuple[str, str, object]] = [("name", "String", system.name or system.url)]
    if system.version:
        said.append(("version", "String", system.version))
    # A concept without a display is shown by its code: the parameter is required.
    said.append(("display", "String", concept.display or concept.code))
    if concept.definition:
        said.append(("definition", "String", concept.definition))
    properties: list[tuple[str, str, object]] = [("parent", "Code", code) for code in concept.parents]
    properties.append(("inactive", "Boolean", concept.status == RETIRED))
    properties.append(("notSelectable", "Boolean", concept.status == ABSTRACT))
    if "child" in wanted:
        below = (system.find(code) for code in sorted(system.below(concept.code)))
        properties += [("child", "Code", one.code) for one in below if one and concept.code in one.parents]
    for name, kind, value in properties:
        if not wanted or name in wanted:
            said.append(("property", "", [("code", "Code", name), ("value", kind, value)]))
    for name, values in concept.properties.items():
        if name not in ("parent", "inactive", "notSelectable") and (not wanted or name in wanted):
            said += [("property", "", [("code", "Code", name), ("value", "String", one)]) for one in values]
    return said


def _parameters(said: Iterable[tuple[str, str, object]]) -> Response:
    return answer(200, msgspec.json.encode({"resourceType": "Parameters", "parameter": [_row(*one) for one in said]}))


def _row(name: str, kind: str, value: object) -> dict[str, object]:
    if isinstance(value, list):
        return {"name": name, "part": [_row(*one) for one in value]}
    return {"name": name, f"value{kind}": value}


def _said(given: Arguments, offset: int, count: int) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = [
        {"name": "offset", "valueInteger": offset},
        {"name": "count", "valueInteger": count},
    ]
    if given.text("filter"):
        rows.append({"name": "filter", "valueString": given.text("filter")})
    rows += [{"name": name, "valueBoolean": True} for name in ("activeOnly", "excludeNotForUI") if given.flag(name)]
    return rows


def _contained(one: Member) -> dict[str, object]:
    row: dict[str, object] = {"system": one.system, "code": one.code}
    if one.status == ABSTRACT:
        row["abstract"] = True
    if one.status == RETIRED:
        row["inactive"] = True
    if one.display:
        row["display"] = one.display
    return row


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())

"""Reading a clinical document: the header, then every section with its text and its items."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from typing import Any

from chartdesk.kit.errors import Invalid
from chartdesk.standards.ccda import happenings, lists
from chartdesk.standards.ccda.document import (
    Attached,
    Coded,
    Document,
    Identifier,
    Party,
    Patient,
    Section,
)
from chartdesk.standards.ccda.narrative import Narrative, html
from chartdesk.standards.ccda.parsing import Element, one, parse, plain, roots, several, value
from chartdesk.standards.ccda.sections import kind_of
from chartdesk.standards.ccda.values import (
    address,
    coded,
    identifiers,
    legal_name,
    moment,
    organization,
    party,
    span,
    telecoms,
)

Reader = Callable[[Element, Narrative], tuple[list[Any], int]]
_READERS: dict[str, Reader] = {
    "problems": lists.problems,
    "past-problems": lists.problems,
    "allergies": lists.allergies,
    "medications": lists.medications,
    "results": happenings.panels,
    "vitals": happenings.panels,
    "immunizations": happenings.immunizations,
    "procedures": happenings.procedures,
    "encounters": happenings.encounters,
    "plan": happenings.plans,
    "social": happenings.observations,
}
_GENDERS = {"M": "male", "F": "female", "UN": "other"}
#: Sections within sections that are read; what lies deeper stays part of the text above it.
_DEEPEST = 8


def read(raw: bytes) -> Document:
    """The document in ``raw``. Raises Invalid for what cannot be read as one; what was forgiven is in its notes."""
    root, notes = parse(raw)
    narrative = Narrative(root)
    attached = _attached(root)
    body = one(root, "component/structuredBody")
    if body is None and attached is None:
        raise Invalid("The document has no body.", where="component", cure="Ask the sender for a whole document.")
    return Document(
        kind=coded(one(root, "code"), narrative),
        title=plain(one(root, "title")) or value(root, "code", "displayName"),
        id=next(iter(identifiers(root)), Identifier("")),
        at=moment(value(root, "effectiveTime")),
        patient=_patient(root, narrative),
        authors=tuple(_authors(root)),
        custodian=_custodian(root),
        recipients=tuple(_recipients(root)),
        confidentiality=value(root, "confidentialityCode", "code") or "N",
        language=value(root, "languageCode", "code"),
        set_id=next(iter(identifiers(root, "setId")), Identifier("")),
        version=value(root, "versionNumber"),
        templates=roots(root),
        care=span(one(root, "documentationOf/serviceEvent/effectiveTime")),
        sections=tuple(_sections(body, narrative)) if body is not None else (),
        attached=attached,
        notes=notes,
    )


def _patient(root: Element, narrative: Narrative) -> Patient:
    role = one(root, "recordTarget/patientRole")
    person = one(role, "patient")
    if role is None or person is None:
        raise Invalid(
            "The document names no patient.", where="recordTarget", cure="Ask the sender for a whole document."
        )
    languages = several(person, "languageCommunication")
    preferred = [found for found in languages if value(found, "preferenceInd") == "true"] or languages
    return Patient(
        legal_name(several(person, "name")),
        identifiers(role),
        moment(value(person, "birthTime"))[:10],
        _GENDERS.get(value(person, "administrativeGenderCode", "code"), "unknown"),
        _said(person, "raceCode", narrative),
        _said(person, "ethnicGroupCode", narrative),
        value(preferred[0], "languageCode", "code") if preferred else "",
        _said(person, "maritalStatusCode", narrative),
        address(one(role, "addr")),
        telecoms(role),
    )


def _said(node: Element, name: str, narrative: Narrative) -> Coded:
    found = one(node, name)
    return coded(found, narrative) if found is not None else Coded()


def _authors(root: Element) -> Iterator[Party]:
    for found in several(root, "author"):
        author = party(found, "assignedAuthor", at=moment(value(found, "time")))
        if str(author):
            yield author


def _custodian(root: Element) -> Party:
    found = one(root, "custodian/assignedCustodian/representedCustodianOrganization")
    if found is None:
        return Party()
    return Party(
        organization=organization(found),
        identifiers=identifiers(found),
        address=address(one(found, "addr")),
        telecoms=telecoms(found),
    )


def _recipients(root: Element) -> Iterator[Party]:
    for found in several(root, "informationRecipient/intendedRecipient"):
        yield Party(
            name=legal_name(several(found, "informationRecipient/name")),
            organization=organization(one(found, "receivedOrganization")),
            identifiers=identifiers(found),
            address=address(one(found, "addr")),
            telecoms=telecoms(found),
        )


def _sections(parent: Element, narrative: Narrative, depth: int = 0) -> Iterator[Section]:
    for found in several(parent, "component/section"):
        yield _section(found, narrative, depth)
        if depth < _DEEPEST:
            yield from _sections(found, narrative, depth + 1)


def _section(found: Element, narrative: Narrative, depth: int) -> Section:
    templates = roots(found)
    code = value(found, "code", "code")
    kind = kind_of(code, templates)
    reader = _READERS.get(kind)
    items, unread = reader(found, narrative) if reader else ([], len(several(found, "entry")))
    return Section(
        kind=kind,
        title=plain(one(found, "title")) or value(found, "code", "displayName") or "Section without a title",
        code=code,
        templates=templates,
        html=html(one(found, "text")),
        text=plain(one(found, "text")),
        null=value(found, name="nullFlavor"),
        items=tuple(items),
        unread=unread,
        depth=depth,
    )


def _attached(root: Element) -> Attached | None:
    text = one(root, "component/nonXMLBody/text")
    if text is None:
        return None
    media = value(text, name="mediaType") or "text/plain"
    if value(text, name="representation") != "B64":
        return Attached(media, ("".join(text.itertext())).encode())
    try:
        return Attached(media, base64.b64decode("".join("".join(text.itertext()).split()), validate=True))
    except ValueError:
        raise Invalid(
            "The attached body is not base64.", where="nonXMLBody.text", cure="Ask the sender again."
        ) from None

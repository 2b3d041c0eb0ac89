"""Writing a Continuity of Care Document or a Referral Note.

Guide section: C-CDA R2.1 1.1 US Realm Header (V3), 1.2 Continuity of Care Document (V3), 1.14 Referral Note (V2).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from lxml import etree

from chartdesk.kit.errors import Invalid
from chartdesk.standards.ccda import tables, written_happenings, written_lists
from chartdesk.standards.ccda.document import Document, Identifier, Party, Patient, Section, Span
from chartdesk.standards.ccda.markup import (
    add,
    code,
    fixed,
    identify,
    interval,
    person,
    place,
    reach,
    root,
    template,
    time,
)
from chartdesk.standards.ccda.oids import oid_of
from chartdesk.standards.ccda.parsing import Element
from chartdesk.standards.ccda.sections import BY_WORD, KINDS

_HEADER = "2.16.840.1.113883.10.20.22.1.1"
_LOINC = "2.16.840.1.113883.6.1"


class Template(NamedTuple):
    """A kind of document: its template, code, and the sections that it must have."""

    root: str
    loinc: str
    title: str
    required: tuple[str, ...]


CCD = Template(
    "2.16.840.1.113883.10.20.22.1.2",
    "34133-9",
    "Summarization of Episode Note",
    ("allergies", "medications", "problems", "results", "social", "vitals"),
)
REFERRAL_NOTE = Template(
    "2.16.840.1.113883.10.20.22.1.14",
    "57133-1",
    "Referral note",
    ("referral", "allergies", "medications", "problems", "assessment", "plan"),
)
_ENTRIES: dict[str, Callable[[Element, Any, str, str], None]] = {
    "problems": written_lists.problem,
    "allergies": written_lists.allergy,
    "medications": written_lists.medication,
    "results": written_happenings.results,
    "vitals": written_happenings.vitals,
    "immunizations": written_happenings.immunization,
    "procedures": written_happenings.procedure,
    "encounters": written_happenings.encounter,
    "plan": written_happenings.plan,
    "social": written_happenings.social,
}
_GENDERS = {"male": ("M", "Male"), "female": ("F", "Female"), "other": ("UN", "Undifferentiated")}


def write(given: Document, kind: Template = CCD) -> bytes:
    """The document as ``kind``, in UTF-8. Sections that it must have and that are not given say that there is no
    information. Raises Invalid where it has no patient, author or custodian, or no id and time."""
    _check(given, kind)
    top = root("ClinicalDocument")
    add(top, "realmCode", code="US")
    add(top, "typeId", root="2.16.840.1.113883.1.3", extension="POCD_HD000040")
    template(top, _HEADER, "2015-08-01")
    template(top, kind.root, "2015-08-01")
    add(top, "id", root=given.id.root, extension=given.id.extension)
    fixed(top, "code", kind.loinc, _LOINC, kind.title, codeSystemName="LOINC")
    add(top, "title", given.title or kind.title)
    time(top, "effectiveTime", given.at)
    fixed(top, "confidentialityCode", given.confidentiality, "2.16.840.1.113883.5.25")
    add(top, "languageCode", code=given.language or "en-US")
    if given.set_id.root:
        add(top, "setId", root=given.set_id.root, extension=given.set_id.extension)
        add(top, "versionNumber", value=given.version or "1")
    _patient(top, given.patient, given.custodian)
    for author in given.authors:
        _author(top, author, given.at)
    _custodian(top, given.custodian)
    for recipient in given.recipients:
        _recipient(top, recipient)
    event = add(add(top, "documentationOf"), "serviceEvent", classCode="PCPR")
    interval(event, "effectiveTime", given.care if given.care.low else Span(given.at, given.at), high=True)
    body = add(add(top, "component"), "structuredBody")
    for section in _ordered(given, kind):
        _section(add(add(body, "component"), "section"), section, given.id)
    etree.indent(top, space=" ")
    written: bytes = etree.tostring(top, xml_declaration=True, encoding="UTF-8")
    return written


def _check(given: Document, kind: Template) -> None:
    wanting: dict[str, object] = {
        "a patient with a name": str(given.patient.name),
        "an author": given.authors,
        "the organization that keeps it": given.custodian.organization,
        "an id": given.id.root,
        "the time of its making": given.at,
    }
    if kind is REFERRAL_NOTE:
        wanting["a recipient with a name"] = any(str(one.name) for one in given.recipients)
        wanting["a reason for the referral"] = any(one.text for one in given.sections if one.kind == "referral")
    missing = [name for name, there in wanting.items() if not there]
    if missing:
        raise Invalid(f"A {kind.title} needs {', '.join(missing)}.", where="document", cure="Fill it in and try again.")


def _ordered(given: Document, kind: Template) -> list[Section]:
    """The sections in the guide's order, with those that the kind of document must have."""
    by_kind: dict[str, Section] = {}
    for section in given.sections:
        known = by_kind.get(section.kind)
        by_kind[section.kind] = replace(known, items=(*known.items, *section.items)) if known else section
    found = []
    for one in KINDS:
        if one.word in by_kind:
            found.append(by_kind[one.word])
        elif one.word in kind.required:
            found.append(Section(one.word, one.title, null="NI"))
    return found


def _section(made: Element, given: Section, id: Identifier) -> None:
    kind = BY_WORD[given.kind]
    nothing = not given.items and not given.text
    # The guide refuses a section without entries unless it says that there is no information.
    coded = given.kind in _ENTRIES and given.kind not in ("plan", "social")
    if nothing or (coded and not given.items):
        made.set("nullFlavor", given.null or "NI")
    template(made, kind.template, kind.extension)
    fixed(made, "code", kind.loinc, _LOINC, kind.loinc_name, codeSystemName="LOINC")
    add(made, "title", given.title or kind.title)
    text = add(made, "text")
    if given.text:
        tables.paragraphs(text, given.text)
    if given.items:
        tables.table(text, given.kind, given.items)
    if nothing:
        add(text, "paragraph", "No information.")
    for number, item in enumerate(given.items, 1):
        name = f"{given.kind}-{number}"
        _ENTRIES[given.kind](add(made, "entry", typeCode="DRIV"), item, f"{id}/{name}", f"#{name}")


def _patient(top: Element, given: Patient, custodian: Party) -> None:
    role = add(add(top, "recordTarget"), "patientRole")
    identify(role, given.identifiers, f"patient/{given.name}/{given.birth_date}")
    place(role, given.address, "HP")
    reach(role, given.telecoms, "HP")
    patient = add(role, "patient")
    person(patient, given.name, use="L")
    gender = _GENDERS.get(given.gender)
    if gender:
        fixed(patient, "administrativeGenderCode", gender[0], "2.16.840.1.113883.5.1", gender[1])
    else:
        add(patient, "administrativeGenderCode", nullFlavor="UNK")
    time(patient, "birthTime", given.birth_date)
    if given.marital.code:
        code(patient, "maritalStatusCode", given.marital)
    for name, known in (("raceCode", given.race), ("ethnicGroupCode", given.ethnicity)):
        if oid_of(known.system):
            fixed(patient, name, known.code, oid_of(known.system), known.display)
        else:
            add(patient, name, nullFlavor="UNK")
    if given.language:
        add(add(patient, "languageCommunication"), "languageCode", code=given.language)
    around = add(role, "providerOrganization")
    _organization(around, custodian)


def _organization(made: Element, given: Party) -> None:
    for one in given.identifiers:
        add(made, "id", root=one.root, extension=one.extension)
    if not given.identifiers:
        add(made, "id", nullFlavor="UNK")
    add(made, "name", given.organization)
    reach(made, given.telecoms, "WP", most=1)
    place(made, given.address, "WP")


def _author(top: Element, given: Party, at: str) -> None:
    author = add(top, "author")
    time(author, "time", given.at or at)
    assigned = add(author, "assignedAuthor")
    npi = [one for one in given.identifiers if one.root == "2.16.840.1.113883.4.6"]
    for one in npi or given.identifiers:
        add(assigned, "id", root=one.root, extension=one.extension)
    if not given.identifiers:
        add(assigned, "id", root="2.16.840.1.113883.4.6", nullFlavor="UNK")
    place(assigned, given.address, "WP")
    reach(assigned, given.telecoms, "WP")
    if str(given.name):
        person(add(assigned, "assignedPerson"), given.name)
    else:
        device = add(assigned, "assignedAuthoringDevice")
        add(device, "manufacturerModelName", "Chartdesk")
        add(device, "softwareName", given.device or "Chartdesk")
    if given.organization:
        of = add(assigned, "representedOrganization")
        add(of, "name", given.organization)


def _custodian(top: Element, given: Party) -> None:
    around = add(add(top, "custodian"), "assignedCustodian")
    _organization(add(around, "representedCustodianOrganization"), given)


def _recipient(top: Element, given: Party) -> None:
    intended = add(add(top, "informationRecipient"), "intendedRecipient")
    for one in given.identifiers:
        add(intended, "id", root=one.root, extension=one.extension)
    if str(given.name):
        person(add(intended, "informationRecipient"), given.name)
    if given.organization:
        add(add(intended, "receivedOrganization"), "name", given.organization)

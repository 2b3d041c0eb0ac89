"""Holding a document against the guide: the table of SHALLs, and the order in which the schema wants elements.

Not a full validation: what the table names is checked, and pointers into the narrative lead somewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree

from chartdesk.standards.ccda.parsing import NAMESPACE, XSI, Element, local, parse
from chartdesk.standards.ccda.shalls import EVERYTHING

_NAMES = {"c": NAMESPACE, "xsi": XSI}
_BEGIN = "realmCode typeId templateId id code"
_PEOPLE = "subject specimen performer author informant participant"
_END = "entryRelationship reference precondition"
#: The order of the schema's sequences, by element.
_ORDERS = {
    "ClinicalDocument": (
        "realmCode typeId templateId id code title effectiveTime confidentialityCode languageCode setId versionNumber "
        "copyTime recordTarget author dataEnterer informant custodian informationRecipient legalAuthenticator "
        "authenticator participant inFulfillmentOf documentationOf relatedDocument authorization componentOf component"
    ),
    "section": (f"{_BEGIN} title text confidentialityCode languageCode subject author informant entry component"),
    "patientRole": "realmCode typeId templateId id addr telecom patient providerOrganization",
    "assignedAuthor": (f"{_BEGIN} addr telecom assignedPerson assignedAuthoringDevice representedOrganization"),
    "act": f"{_BEGIN} text statusCode effectiveTime priorityCode languageCode {_PEOPLE} {_END}",
    "encounter": f"{_BEGIN} text statusCode effectiveTime priorityCode {_PEOPLE} {_END}",
    "observation": (
        f"{_BEGIN} derivationExpr text statusCode effectiveTime priorityCode repeatNumber languageCode value "
        f"interpretationCode methodCode targetSiteCode {_PEOPLE} {_END} referenceRange"
    ),
    "organizer": f"{_BEGIN} statusCode effectiveTime {_PEOPLE} reference precondition component",
    "procedure": (
        f"{_BEGIN} text statusCode effectiveTime priorityCode languageCode methodCode approachSiteCode targetSiteCode "
        f"{_PEOPLE} {_END}"
    ),
    "substanceAdministration": (
        f"{_BEGIN} text statusCode effectiveTime priorityCode repeatNumber routeCode approachSiteCode doseQuantity "
        f"rateQuantity maxDoseQuantity administrationUnitCode consumable {_PEOPLE} {_END}"
    ),
}


@dataclass(frozen=True)
class Finding:
    """What is wrong. ``number`` is the guide's conformance number, or a word of ours; ``line`` is 0 where unknown."""

    number: str
    message: str
    line: int

    def __str__(self) -> str:
        return f"CONF:{self.number}: {self.message}" if self.number[:1].isdigit() else f"{self.number}: {self.message}"


def check(raw: bytes) -> list[Finding]:
    """Every finding, in the order of the document. Raises Invalid for what cannot be read as one."""
    root, notes = parse(raw)
    found = [Finding("forgiven", note, 1) for note in notes]
    for path, name, rows in _compiled():
        for node in path(root):
            found += [
                Finding(number, f"in {name} {words}.", node.sourceline or 0)
                for number, test, words in rows
                if not test(node)
            ]
    found += _misplaced(root)
    found += _astray(root)
    return sorted(found, key=lambda one: one.line)


@cache
def _compiled() -> list[tuple[Any, str, list[tuple[str, Any, str]]]]:
    return [
        (
            etree.XPath(context.path, namespaces=_NAMES),
            context.name,
            [(row.number, etree.XPath(f"boolean({row.test})", namespaces=_NAMES), row.words) for row in context.rows],
        )
        for context in EVERYTHING
    ]


@cache
def _places(name: str) -> dict[str, int]:
    return {part: place for place, part in enumerate(_ORDERS[name].split())}


def _misplaced(root: Element) -> list[Finding]:
    """Elements that stand where the schema does not allow them, or that it does not know there."""
    found = []
    for node in root.iter():
        name = local(node)
        if name not in _ORDERS:
            continue
        places, last = _places(name), 0
        for child in node:
            if not child.tag.startswith(f"{{{NAMESPACE}}}"):
                continue
            place = places.get(local(child))
            if place is None:
                found.append(Finding("schema", f"{name} does not hold {local(child)}.", child.sourceline or 0))
            elif place < last:
                found.append(Finding("schema", f"{local(child)} stands too late in {name}.", child.sourceline or 0))
            else:
                last = place
    return found


def _astray(root: Element) -> list[Finding]:
    """Pointers into the narrative that lead nowhere, and names that are given twice."""
    names: set[str] = set()
    found = []
    for node in root.iter():
        name = node.get("ID")
        if name and name in names:
            found.append(Finding("schema", f"The ID {name} is given twice.", node.sourceline or 0))
        names.add(name or "")
    for node in root.iter(f"{{{NAMESPACE}}}reference"):
        target = node.get("value") or ""
        if target.startswith("#") and target[1:] not in names:
            found.append(Finding("pointer", f"Nothing in the narrative has the ID {target[1:]}.", node.sourceline or 0))
    return found

"""Elements of FHIR written as data types of HL7 v2: each gives its parts, which are escaped where they are joined."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from chartdesk.exchange.mappings.systems import SYSTEMS

Into = dict[str, Any]
#: The components of a value; a component is a text, or texts for its subcomponents.
Parts = list[str | list[str]]

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?)?")
_PHONE = re.compile(r"(?:\+?(1)[ .-]?)?\(?(\d{3})\)?[ .-]?(\d{3})[ .-]?(\d{4})(?:\s*[xX]\s*(\d+))?")
_NAMES = {address: name for name, address in reversed(SYSTEMS.items())}
_NPI = "http://hl7.org/fhir/sid/us-npi"
_NAME_USES = {"official": "L", "usual": "D", "maiden": "M", "nickname": "N", "anonymous": "S", "old": "BAD"}
_ADDRESS_USES = {"home": "H", "work": "B", "temp": "C", "old": "BA", "billing": "BI"}
_EQUIPMENT = {"phone": "PH", "fax": "FX", "email": "Internet", "pager": "BP", "sms": "CP"}


class Wording:
    """What the types need besides the element: whose names stand for systems, and the resources referred to."""

    def __init__(self, authorities: Mapping[str, str], systems: Mapping[str, str], resources: list[Into]) -> None:
        self.authorities = {address: name for name, address in authorities.items()}
        self.systems = {**_NAMES, **{address: name for name, address in systems.items()}}
        self.resources = {f"{one.get('resourceType')}/{one.get('id')}": one for one in resources}

    def referred(self, reference: Into) -> Into:
        """The resource that a reference leads to; what it says itself where that is not here."""
        return self.resources.get(reference.get("reference", ""), {})

    def authority(self, address: str) -> list[str]:
        """A system of identifiers as HD."""
        if address in self.authorities:
            return [self.authorities[address]]
        for begin, kind in (("urn:oid:", "ISO"), ("urn:uuid:", "UUID")):
            if address.startswith(begin):
                return ["", address.removeprefix(begin), kind]
        if address.startswith("urn:v2-0363:"):
            return [address.removeprefix("urn:v2-0363:")]
        return ["", address, "URI"] if address else [""]

    def system(self, address: str) -> str:
        """A code system by its name in table 0396."""
        if address in self.systems:
            return self.systems[address]
        if found := re.fullmatch(r"http://terminology\.hl7\.org/CodeSystem/v2-(\d{4})", address):
            return f"HL7{found[1]}"
        return address.removeprefix("urn:v2-0396:").removeprefix("urn:oid:")


def moment(text: str) -> str:
    """A date, dateTime or instant as DTM."""
    found = _DATE.fullmatch(text)
    if found is None:
        return ""
    day, time = "".join(part or "" for part in found.groups()[:3]), "".join(part or "" for part in found.groups()[3:6])
    zone = (found[7] or "").replace(":", "").replace("Z", "+0000")
    return day + time + (zone if time else "")


def _code(concept: Into) -> tuple[str, str]:
    coding = next(iter(concept.get("coding", ())), concept if "code" in concept else {})
    return coding.get("code", ""), coding.get("system", "")


def cx(value: Into, words: Wording) -> Parts:
    """Identifier."""
    period = value.get("period", {})
    kind = _code(value.get("type", {}))[0]
    dates = [moment(period.get("start", ""))[:8], moment(period.get("end", ""))[:8]]
    return [value.get("value", ""), "", "", words.authority(value.get("system", "")), kind, "", *dates]


def ei(value: Into, words: Wording) -> Parts:
    """Identifier of an order or an appointment."""
    given = words.authority(value.get("system", ""))
    return [value.get("value", ""), *given]


def xpn(value: Into, words: Wording) -> Parts:
    """HumanName."""
    given, suffix = value.get("given", ()), value.get("suffix", ())
    use = _NAME_USES.get(value.get("use", ""), "")
    prefix = " ".join(value.get("prefix", ()))
    family = value.get("family", "") or ("" if given else value.get("text", ""))
    return [family, next(iter(given), ""), " ".join(given[1:]), " ".join(suffix), prefix, "", use]


def xad(value: Into, words: Wording) -> Parts:
    """Address."""
    lines = value.get("line", ())
    use = _ADDRESS_USES.get(value.get("use", ""), "M" if value.get("type") == "postal" else "")
    return [
        next(iter(lines), ""), " ".join(lines[1:]), value.get("city", ""), value.get("state", ""),
        value.get("postalCode", ""), value.get("country", ""), use, "", value.get("district", ""),
    ]  # fmt: skip


def xtn(value: Into, words: Wording) -> Parts:
    """ContactPoint. A number of North America is parted, any other stands whole in the twelfth component."""
    system, said = value.get("system", "phone"), value.get("value", "")
    use = {"home": "PRN", "work": "WPN", "mobile": "PRN"}.get(value.get("use", ""), "")
    equipment = "CP" if value.get("use") == "mobile" else _EQUIPMENT.get(system, "PH")
    if system == "email":
        return ["", "NET", "Internet", said]
    found = _PHONE.fullmatch(said.strip())
    if found is None:
        return ["", use, equipment, "", "", "", "", "", "", "", "", said]
    return ["", use, equipment, "", found[1] or "", found[2], found[3] + found[4], found[5] or ""]


def cwe(value: Into, words: Wording) -> Parts:
    """CodeableConcept or Coding, with its first two codings."""
    codings = value.get("coding", ()) if "coding" in value or "text" in value else (value,)
    parts: Parts = []
    for coding in [*codings, {}, {}][:2]:
        parts += [coding.get("code", ""), coding.get("display", ""), words.system(coding.get("system", ""))]
    text = value.get("text", "")
    if not codings:
        return ["", text]
    return [*parts, "", "", text] if text and text != codings[0].get("display") else parts


def xcn(value: Into, words: Wording) -> Parts:
    """A reference to a practitioner, by what is known of them; else the name that the reference shows."""
    person = words.referred(value)
    if person.get("resourceType") == "PractitionerRole":
        person = words.referred(person.get("practitioner", {}))
    if isinstance(person.get("name"), str):
        return []  # an organization
    known = [*person.get("identifier", ()), *([value["identifier"]] if "identifier" in value else [])]
    number: Into = next((one for one in known if one.get("system") == _NPI), next(iter(known), {}))
    name = xpn(next(iter(person.get("name", ())), {"text": value.get("display", "")}), words)
    kind = "NPI" if number.get("system") == _NPI else _code(number.get("type", {}))[0]
    given = words.authority(number.get("system", ""))
    return [number.get("value", ""), *name[:5], "", "", given, name[6], "", "", kind]


def xon(value: Into, words: Wording) -> Parts:
    """A reference to an organization: its name."""
    found = words.referred(value)
    return [found.get("name") or value.get("display", "") or _person(found)]


def _person(found: Into) -> str:
    name: Into = next(iter(found.get("name", ())), {}) if isinstance(found.get("name"), list) else {}
    return " ".join([*name.get("given", ()), name.get("family", "")]).strip()


def payer(value: Into, words: Wording) -> Parts:
    """A reference to a payer: its number."""
    found = next(iter(words.referred(value).get("identifier", ())), value.get("identifier", {}))
    return cx(found, words) if found else []


def pl(value: Into, words: Wording) -> Parts:
    """A reference to a location: its name as the point of care."""
    found = words.referred(value)
    return [found.get("name") or value.get("display", "")]


def _is_organization(value: Into, words: Wording) -> bool:
    return words.referred(value).get("resourceType") == "Organization"


#: How an element is written, by the name that rows give it.
TYPES: dict[str, Callable[[Any, Wording], Parts]] = {
    "CX": cx, "EI": ei, "XPN": xpn, "XAD": xad, "XTN": xtn, "CWE": cwe, "XCN": xcn, "XON": xon, "PAYER": payer,
    "PL": pl,
    "ORG": lambda value, words: xon(value, words) if _is_organization(value, words) else [],
    "TS": lambda value, words: [moment(value)],
    "YN": lambda value, words: ["Y" if value else "N"],
    "CODE": lambda value, words: [_code(value)[0]],
    "CLASS": lambda value, words: [value.get("value", ""), value.get("name", "")],
    "TEXT": lambda value, words: [value.get("text") or cwe(value, words)[1]],
}  # fmt: skip

"""FHIR elements that people are made of: names, telecoms, addresses, identifiers, US Core extensions.

Reading picks the element that counts among several; writing changes that one and leaves the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chartdesk.pms.registration.people import Address, Person
from chartdesk.pms.registration.vocabulary import ETHNICITIES, RACES, code_of
from chartdesk.standards.fhir import r4

RACE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race"
ETHNICITY = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-ethnicity"
_OMB = "urn:oid:2.16.840.1.113883.6.238"
#: Uses of a name from the one that counts most; old and maiden names never count.
_NAME_ORDER = ("official", "usual", None, "nickname", "temp", "anonymous")


# ---------------------------------------------------------------------------------------------- names
def primary_name(names: Sequence[r4.HumanName]) -> r4.HumanName | None:
    """The name that counts: official, else usual, else whatever is not old."""
    if len(names) == 1:
        return names[0]
    ranked = sorted((one for one in names if one.use in _NAME_ORDER), key=lambda one: _NAME_ORDER.index(one.use))
    return ranked[0] if ranked else (names[0] if names else None)


def preferred_name(names: Sequence[r4.HumanName]) -> str:
    """The given name of a usual name or nickname beside the primary one, empty where there is none."""
    return next((" ".join(part for part in one.given if part) for one in _called(names)), "")


def _called(names: Sequence[r4.HumanName]) -> list[r4.HumanName]:
    if len(names) < 2:
        return []
    primary = primary_name(names)
    return [one for one in names if one is not primary and one.use in ("usual", "nickname") and any(one.given)]


def name_parts(person: Person) -> tuple[str, ...]:
    """What of a person stands in the names."""
    return (person.family, person.given, person.middle, person.suffix, person.preferred)


def name_text(name: r4.HumanName) -> str:
    """A name in one line."""
    parts = [*(part for part in name.given if part), name.family or ""]
    return name.text or " ".join(part for part in parts if part)


def with_name(names: Sequence[r4.HumanName], person: Person) -> list[r4.HumanName]:
    """The names with the primary and the preferred one replaced."""
    replaced = [id(primary_name(names)), *(id(one) for one in _called(names)[:1])]
    given = [part for part in (person.given, *person.middle.split()) if part]
    made = [
        r4.HumanName(
            use="official",
            family=person.family or None,
            given=given,
            suffix=[person.suffix] if person.suffix else [],
        )
    ]
    if person.preferred:
        made.append(r4.HumanName(use="usual", given=[person.preferred], family=person.family or None))
    return made + [one for one in names if id(one) not in replaced]


# -------------------------------------------------------------------------------------------- telecom
def _slot(point: r4.ContactPoint) -> str:
    """Which of our fields a telecom fills, empty for none."""
    if point.use == "old" or not point.value:
        return ""
    if point.system == "email":
        return "email"
    if point.system != "phone":
        return ""
    return point.use if point.use in ("mobile", "work") else "home"


def phones(telecom: Sequence[r4.ContactPoint]) -> dict[str, str]:
    """The value of the first telecom of each slot: mobile, home, work, email; those without any are left out."""
    found: dict[str, str] = {}
    for one in telecom:
        if one.value and (slot := _slot(one)):
            found.setdefault(slot, one.value)
    return found


def with_telecom(telecom: Sequence[r4.ContactPoint], person: Person) -> list[r4.ContactPoint]:
    """The telecoms with the first of each slot set to the person's; the others stay."""
    wanted = {
        "mobile": person.phone_mobile,
        "home": person.phone_home,
        "work": person.phone_work,
        "email": person.email,
    }
    kept: list[r4.ContactPoint] = []
    for point in telecom:
        value = wanted.pop(_slot(point), None)
        if value is None or value == point.value:
            kept.append(point)
        elif value:
            kept.append(msgspec.structs.replace(point, value=value))
    for slot, value in wanted.items():
        if value and slot == "email":
            kept.append(r4.ContactPoint(system="email", value=value))
        elif value:
            kept.append(r4.ContactPoint(system="phone", value=value, use=slot))
    return kept


# -------------------------------------------------------------------------------------------- address
def _current(addresses: Sequence[r4.Address]) -> r4.Address | None:
    living = [one for one in addresses if one.use not in ("old", "billing")]
    return next((one for one in living if one.use == "home"), living[0] if living else None)


def address(addresses: Sequence[r4.Address]) -> Address:
    """Where the person lives."""
    found = _current(addresses)
    if found is None:
        return Address()
    lines = [line for line in found.line if line]
    return Address(
        line1=lines[0] if lines else "",
        line2=", ".join(lines[1:]),
        city=found.city or "",
        state=found.state or "",
        postal_code=found.postalCode or "",
    )


def with_address(addresses: Sequence[r4.Address], new: Address) -> list[r4.Address]:
    """The addresses with the present one replaced."""
    old = _current(addresses)
    others = [one for one in addresses if one is not old]
    if new == Address():
        return others
    made = r4.Address(
        use="home",
        line=[line for line in (new.line1, new.line2) if line],
        city=new.city or None,
        state=new.state or None,
        postalCode=new.postal_code or None,
        country="US",
    )
    return [made, *others]


# ------------------------------------------------------------------------------ identifiers and codes
def with_identifier(
    identifiers: Sequence[r4.Identifier], system: str, value: str, kind: r4.CodeableConcept
) -> list[r4.Identifier]:
    """The identifiers with the one of ``system`` set to ``value``, or taken away where it is empty."""
    old = next((one for one in identifiers if one.system == system), None)
    if old is not None and old.value == value:
        return list(identifiers)
    others = [one for one in identifiers if one is not old]
    return [r4.Identifier(system=system, value=value, type=kind), *others] if value else others


def first_code(concept: r4.CodeableConcept | None) -> str:
    """The first code of a concept, empty where it has none."""
    return next((one.code for one in (concept.coding if concept else ()) if one.code), "")


def first_display(concept: r4.CodeableConcept) -> str:
    """The first display, else code, of a concept."""
    return next((one.display or one.code or "" for one in concept.coding), "")


# ----------------------------------------------------------------------------------------- extensions
def us_core_text(extensions: Sequence[r4.Extension], url: str) -> str:
    """The words of a US Core race or ethnicity extension, empty where there is none."""
    whole = next((one for one in extensions if one.url == url), None)
    if whole is None:
        return ""
    parts = {part.url: part for part in reversed(whole.extension)}
    category = parts.get("ombCategory")
    display = category.valueCoding.display if category is not None and category.valueCoding is not None else None
    said = parts["text"].valueString if "text" in parts else None
    return display or said or ""


def with_us_core(extensions: Sequence[r4.Extension], person: Person) -> list[r4.Extension]:
    """The extensions with race and ethnicity set to the person's."""
    kept = list(extensions)
    for url, text, categories in ((RACE, person.race, RACES), (ETHNICITY, person.ethnicity, ETHNICITIES)):
        if us_core_text(kept, url) == text:
            continue
        kept = [one for one in kept if one.url != url]
        if not text:
            continue
        code = code_of(categories, text)
        parts = [r4.Extension(url="text", valueString=text)]
        if code:
            coding = r4.Coding(system=_OMB, code=code, display=categories[code])
            parts.insert(0, r4.Extension(url="ombCategory", valueCoding=coding))
        kept.append(r4.Extension(url=url, extension=parts))
    return kept


def with_location(extensions: Sequence[r4.Extension], url: str, location: str) -> list[r4.Extension]:
    """The extensions with the preferred location (a Location id) set, or taken away where it is empty."""
    others = [one for one in extensions if one.url != url]
    if not location:
        return others
    return [*others, r4.Extension(url=url, valueReference=r4.Reference(reference=f"Location/{location}"))]


def location(extensions: Sequence[r4.Extension], url: str) -> str:
    """The id of the preferred Location, empty where there is none."""
    found = next((one.valueReference for one in extensions if one.url == url and one.valueReference), None)
    return (found.reference or "").removeprefix("Location/") if found else ""

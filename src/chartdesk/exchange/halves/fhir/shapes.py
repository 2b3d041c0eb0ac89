"""The shapes in which the halves write for each other what R4 has no element for, and how they are read. Pure.

A signed encounter carries the extension ``urn:chartdesk:signed`` (when, the numbers of patient and visit at the other
half, the level's documentation); its procedures are Procedures with ``urn:chartdesk:units``, their reasons in the order
of the pointers. What the practice charges for is a value set.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from chartdesk.exchange.halves import facts
from chartdesk.exchange.halves.facts import Numbers
from chartdesk.kit import typed
from chartdesk.kit.errors import Invalid
from chartdesk.pms.charges import circumstances, elements
from chartdesk.pms.registration.resources import MRN
from chartdesk.record.identities import identifiers
from chartdesk.record.identities.identifiers import Identifier
from chartdesk.standards.fhir import r4
from chartdesk.standards.terminology import icd10

SIGNED = "urn:chartdesk:signed"
UNITS = "urn:chartdesk:units"
PERFORMED = "urn:chartdesk:performed"
OFFERED = "urn:chartdesk:procedures-offered"
_ICD10 = (icd10.SYSTEM, "http://hl7.org/fhir/sid/icd-10")
_CODES = (elements.CPT, elements.HCPCS)


# --------------------------------------------------------------------------------------------- numbers


def numbers_of(id: str, held: Iterable[r4.Identifier], authority: str, *, type: str = "PI") -> Numbers:
    """The numbers of a resource: its id there, then its identifiers. Record numbers are the authority's own."""
    found = [Identifier(authority, id, type)] if id else []
    for one in held:
        if not one.system or not one.value:
            continue
        if one.system == MRN:
            found.append(Identifier(authority, one.value, "MR"))
        else:
            found.append(Identifier(identifiers.authority_of_system(one.system), one.value, _type(one)))
    return tuple({one.key: one for one in reversed(found)}.values())[::-1]


def logical(reference: r4.Reference | None, authority: str) -> Numbers:
    """The numbers that a reference gives without naming a resource."""
    if reference is None or reference.identifier is None:
        return ()
    return numbers_of("", [reference.identifier], authority)


def _type(one: r4.Identifier) -> str:
    return next((coding.code or "" for coding in one.type.coding), "") if one.type else ""


def written(number: Identifier) -> r4.Identifier:
    """A number as an Identifier."""
    return r4.Identifier(system=identifiers.system_of(number.authority), value=number.value)


def replaced_by(patient: r4.Patient) -> str:
    """The id of the patient who replaced this one; empty where nobody did."""
    for link in patient.link:
        if link.type == "replaced-by" and link.other and link.other.reference:
            return link.other.reference.rpartition("/")[2]
    return ""


def replaces(patient: r4.Patient) -> list[str]:
    """The ids of the patients whom this one replaced."""
    others = [link.other.reference or "" for link in patient.link if link.type == "replaces" and link.other]
    return [one.rpartition("/")[2] for one in others if one]


# --------------------------------------------------------------------------------------------- signed


@dataclass(frozen=True)
class Signed:
    """What a signed encounter says beside its elements."""

    signed_at: datetime | None = None
    service_date: date | None = None
    patient: Numbers = ()
    visit: Numbers = ()
    site: str = ""
    place_of_service: str = ""
    documented: dict[str, str] = field(default_factory=dict)
    #: Why the patient came, as ``pms.charges.circumstances`` keeps it.
    circumstances: dict[str, Any] = field(default_factory=dict)


def with_signed(found: r4.Encounter, said: Signed, minutes: int | None) -> r4.Encounter:
    """``found`` with what was signed."""
    parts = [r4.Extension(url="patient", valueIdentifier=written(one)) for one in said.patient]
    parts += [r4.Extension(url="visit", valueIdentifier=written(one)) for one in said.visit]
    parts += [
        r4.Extension(url=f"documented-{name}", valueString=text) for name, text in sorted(said.documented.items())
    ]
    if said.circumstances:
        text = msgspec.json.encode(said.circumstances, order="sorted").decode()
        parts.append(r4.Extension(url="circumstances", valueString=text))
    if said.signed_at:
        moment = said.signed_at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        parts.append(r4.Extension(url="at", valueInstant=moment))
    if said.service_date:
        parts.append(r4.Extension(url="day", valueDate=said.service_date.isoformat()))
    for url, text in (("site", said.site), ("place", said.place_of_service)):
        if text:
            parts.append(r4.Extension(url=url, valueString=text))
    found.extension = [
        *(one for one in found.extension if one.url != SIGNED),
        r4.Extension(url=SIGNED, extension=parts),
    ]
    found.length = (
        None
        if minutes is None
        else r4.Duration(value=Decimal(minutes), unit="min", system="http://unitsofmeasure.org", code="min")
    )
    return found


def signed(found: r4.Encounter) -> Signed | None:
    """What was signed; None where the extension is not there. Raises Invalid or ValueError for what we do not write."""
    outer = next((one for one in found.extension if one.url == SIGNED), None)
    if outer is None:
        return None
    numbers: dict[str, list[Identifier]] = {"patient": [], "visit": []}
    documented: dict[str, str] = {}
    texts: dict[str, str] = {}
    for part in outer.extension:
        if part.url in numbers and part.valueIdentifier:
            numbers[part.url] += numbers_of("", [part.valueIdentifier], "")
        elif (part.url or "").startswith("documented-"):
            documented[(part.url or "").removeprefix("documented-")] = part.valueString or ""
        else:
            texts[part.url or ""] = part.valueInstant or part.valueDate or part.valueString or ""
    return Signed(
        signed_at=datetime.fromisoformat(texts["at"]).astimezone(UTC) if texts.get("at") else None,
        service_date=date.fromisoformat(texts["day"]) if texts.get("day") else None,
        patient=tuple(numbers["patient"]),
        visit=tuple(numbers["visit"]),
        site=texts.get("site", ""),
        place_of_service=texts.get("place", ""),
        documented=documented,
        circumstances=_circumstances(texts.get("circumstances", "")),
    )


def _circumstances(text: str) -> dict[str, Any]:
    try:
        return circumstances.kept(typed.decode(text, circumstances.Circumstances)) if text else {}
    except msgspec.MsgspecError as fault:
        cure = "Both halves have to run the same version."
        raise Invalid(
            f"What was said of the visit cannot be read: {fault}.", cure=cure, where="circumstances"
        ) from None


# ----------------------------------------------------------------------------------------- procedures


def performed(
    encounter: r4.Encounter, position: int, done: facts.ProcedureIn, conditions: Sequence[str], on: date
) -> r4.Procedure:
    """A procedure of a signed encounter. ``conditions`` are the ids of its diagnoses, in their order."""
    chosen = [conditions[place - 1] for place in done.pointers if 0 < place <= len(conditions)]
    code = elements.procedure(done.code, done.description)
    modifiers = [coding for concept in elements.modifiers(done.modifiers) for coding in concept.coding]
    performer = next((one.individual for one in encounter.participant if one.individual), None)
    return r4.Procedure(
        id=f"{encounter.id}-p{position}",
        identifier=[r4.Identifier(system=PERFORMED, value=f"{encounter.id}/{position}")],
        extension=[r4.Extension(url=UNITS, valueDecimal=done.units)],
        status="completed",
        code=r4.CodeableConcept(coding=[*code.coding, *modifiers], text=code.text),
        subject=encounter.subject,
        encounter=r4.Reference(reference=f"Encounter/{encounter.id}"),
        performedDateTime=on.isoformat(),
        performer=[r4.ProcedurePerformer(actor=performer)] if performer else (),
        reasonReference=[r4.Reference(reference=f"Condition/{id}") for id in chosen],
    )


def procedure(found: r4.Procedure, conditions: Sequence[str]) -> facts.ProcedureIn:
    """The procedure as charged: its first code, the others its modifiers."""
    codings = list(found.code.coding) if found.code else []
    main = next((one for one in codings if one.system in _CODES and len(one.code or "") == 5), None)
    modifiers = [one.code or "" for one in codings if one is not main and len(one.code or "") == 2]
    units = next((one.valueDecimal for one in found.extension if one.url == UNITS), None)
    reasons = [(one.reference or "").rpartition("/")[2] for one in found.reasonReference]
    return facts.ProcedureIn(
        code=(main.code or "") if main else "",
        modifiers=tuple(modifiers),
        units=Decimal(str(units)) if units is not None else Decimal(1),
        pointers=tuple(conditions.index(id) + 1 for id in reasons if id in conditions),
        description=(found.code.text or "") if found.code else "",
        number=found.id or "",
    )


def ordered(found: Iterable[r4.Procedure]) -> list[r4.Procedure]:
    """Procedures in the order in which they were written down."""

    def place(one: r4.Procedure) -> tuple[int, str]:
        said = next((held.value or "" for held in one.identifier if held.system == PERFORMED), "")
        tail = said.rpartition("/")[2]
        return (int(tail) if tail.isdecimal() else 10_000), one.id or ""

    return sorted(found, key=place)


def diagnosis(condition: r4.Condition) -> str:
    """The ICD-10-CM code; empty where there is none."""
    codings = condition.code.coding if condition.code else ()
    return next((one.code or "" for one in codings if one.system in _ICD10), "")


# ------------------------------------------------------------------------------------------ offerings


def offering(id: str, procedures: Iterable[tuple[str, str]], at: datetime) -> r4.ValueSet:
    """Everything the practice charges for, as a value set."""
    by_system: dict[str, list[r4.ValueSetComposeIncludeConcept]] = {}
    for code, words in procedures:
        concepts = by_system.setdefault(elements.procedure_system(code), [])
        concepts.append(r4.ValueSetComposeIncludeConcept(code=code, display=words or None))
    include = [r4.ValueSetComposeInclude(system=system, concept=held) for system, held in by_system.items()]
    return r4.ValueSet(
        id=id,
        url=OFFERED,
        status="active",
        name="ProceduresOffered",
        title="Procedures that the practice charges for",
        date=at.astimezone(UTC).isoformat(timespec="seconds"),
        compose=r4.ValueSetCompose(include=include) if include else None,
    )


def offered(found: r4.ValueSet) -> dict[str, str]:
    """Code → words."""
    includes = found.compose.include if found.compose else ()
    return {one.code: one.display or "" for held in includes for one in held.concept if one.code}


def first_code(concepts: Iterable[r4.CodeableConcept]) -> str:
    """The first code of any system."""
    return next((coding.code for one in concepts for coding in one.coding if coding.code), "")


def first_words(concepts: Iterable[r4.CodeableConcept]) -> str:
    """The first words for people."""
    for one in concepts:
        words = one.text or next((coding.display or "" for coding in one.coding), "")
        if words:
            return words
    return ""

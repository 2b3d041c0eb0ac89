"""Small pieces of FHIR resources that every room of the health record writes and reads the same way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime

from chartdesk.kit.errors import Invalid
from chartdesk.record.access import Subject
from chartdesk.standards.fhir import r4

US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/"
_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")


def meta(profile: str) -> r4.Meta:
    """The claim to follow a US Core profile."""
    return r4.Meta(profile=[US_CORE + profile])


def concept(system: str, code: str, text: str = "") -> r4.CodeableConcept:
    """A coded thing with its words; without a code, the words alone."""
    # An empty list would have to be taken out again, and the resource looked at more closely than it needs.
    codings = [r4.Coding(system=system, code=code)] if code else ()
    return r4.CodeableConcept(coding=codings, text=text or None)


def reference(type: str, id: str, display: str = "") -> r4.Reference:
    """A literal reference within the record. Raises Invalid when ``id`` cannot be one."""
    if not _ID.fullmatch(id):
        raise Invalid(f"{id[:80]!r} is not the id of a {type}.", where=type.lower())
    return r4.Reference(reference=f"{type}/{id}", display=display or None)


def id_of(found: r4.Reference | None) -> str:
    """The id at the end of a literal reference; empty when there is none."""
    parts = (found.reference or "").partition("/_history")[0].split("/") if found else []
    return parts[-1] if len(parts) > 1 else ""


def clinician(subject: Subject) -> r4.Reference:
    """Who writes: their Practitioner where they have one, else their name."""
    if subject.practitioner:
        return reference("Practitioner", subject.practitioner, subject.name)
    return r4.Reference(display=subject.name)


def stamp(moment: datetime) -> str:
    """An aware datetime as a FHIR instant in UTC, to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment_of(text: str | None) -> datetime | None:
    """A FHIR dateTime with a time as an aware datetime; None for a date or for nothing."""
    if not text or "T" not in text:
        return None
    return datetime.fromisoformat(text).astimezone(UTC)


def date_of(text: str | None) -> date | None:
    """The day of a FHIR date or dateTime; None where it names no day."""
    return date.fromisoformat(text[:10]) if text and len(text) >= 10 else None


def words(found: r4.CodeableConcept | None) -> str:
    """What a coded thing is called; empty when nobody said."""
    if found is None:
        return ""
    return found.text or next((item.display or item.code or "" for item in found.coding), "")


def code_in(found: r4.CodeableConcept | None, systems: Iterable[str]) -> str:
    """The code that a coded thing has in one of ``systems``; empty when it has none."""
    wanted = set(systems)
    codings = found.coding if found else ()
    return next((item.code or "" for item in codings if item.system in wanted), "")


def status_of(found: r4.CodeableConcept | None) -> str:
    """The code of a status such as ``clinicalStatus``."""
    return next((item.code or "" for item in found.coding), "") if found else ""

"""Sites, rooms and providers as the record holds them: Location, Practitioner, PractitionerRole.

Guide sections: https://hl7.org/fhir/R4/location.html, practitioner.html, practitionerrole.html.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import msgspec

from chartdesk.pms.scheduling.models import Resource
from chartdesk.record import search, store
from chartdesk.record.access import Subject, people
from chartdesk.standards.fhir import r4

NPI = "http://hl7.org/fhir/sid/us-npi"
TAXONOMY = "http://nucc.org/provider-taxonomy"
_PHYSICAL_TYPE = "http://terminology.hl7.org/CodeSystem/location-physical-type"


@dataclass(frozen=True)
class SiteDetails:
    """A site. ``place_of_service`` is the CMS code that claims carry, 11 for an office."""

    name: str
    line1: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    phone: str = ""
    place_of_service: str = "11"

    def columns(self) -> dict[str, object]:
        """The same by the columns of the table, without the name."""
        values = {field: getattr(self, field) for field in self.__dataclass_fields__}
        return {field: value for field, value in values.items() if field != "name"}


@dataclass(frozen=True)
class ProviderDetails:
    """A provider. ``name`` is how the schedule shows them; empty makes it of the parts: ``Ana Reed, MD``."""

    family: str
    given: str
    credential: str = ""
    name: str = ""
    npi: str = ""
    taxonomy: str = ""

    @property
    def shown(self) -> str:
        """The name on the schedule."""
        called = f"{self.given} {self.family}".strip()
        return self.name or (f"{called}, {self.credential}" if self.credential else called)


def is_npi(text: str) -> bool:
    """Whether ``text`` is a National Provider Identifier: ten digits, Luhn check after the prefix 80840."""
    if len(text) != 10 or not text.isdigit():
        return False
    digits = [int(digit) for digit in "80840" + text]
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2]]
    return (sum(doubled) + sum(digits[-1::-2])) % 10 == 0


def put_site(subject: Subject, details: SiteDetails, id: str) -> str:
    """Write a site's Location; returns its id."""
    address = r4.Address(
        line=[line for line in (details.line1, details.line2) if line],
        city=details.city or None,
        state=details.state or None,
        postalCode=details.postal_code or None,
    )
    location = r4.Location(
        id=id or None,
        status="active",
        name=details.name,
        mode="instance",
        telecom=[r4.ContactPoint(system="phone", value=details.phone)] if details.phone else (),
        address=address if details.city or details.line1 else None,
        physicalType=_physical("si", "Site"),
        managingOrganization=_organization(subject),
    )
    return store.put(subject, location).id


def put_room(subject: Subject, name: str, site: str, id: str) -> str:
    """Write a room's Location, part of the site's; returns its id."""
    location = r4.Location(
        id=id or None,
        status="active",
        name=name,
        mode="instance",
        physicalType=_physical("ro", "Room"),
        partOf=r4.Reference(reference=f"Location/{site}"),
    )
    return store.put(subject, location).id


def put_provider(subject: Subject, details: ProviderDetails, id: str, *, active: bool = True) -> str:
    """Write a provider's Practitioner and PractitionerRole; returns the Practitioner's id.

    What else others have written there, such as a state's license, stays.
    """
    known = store.read(subject, r4.Practitioner, id) if id else r4.Practitioner()
    name = r4.HumanName(
        text=details.shown,
        family=details.family or None,
        given=details.given.split(),
        suffix=[details.credential] if details.credential else (),
    )
    own = [r4.Identifier(system=NPI, value=details.npi)] if details.npi else []
    practitioner = msgspec.structs.replace(
        known,
        active=active,
        identifier=[*own, *(one for one in known.identifier or () if one.system != NPI)],
        name=[name, *(known.name or ())[1:]],
    )
    stored = store.put(subject, practitioner)
    _put_role(subject, stored.id, details, active=active)
    return stored.id


def _put_role(subject: Subject, practitioner: str, details: ProviderDetails, *, active: bool) -> None:
    phone = people.practice_of(subject).phone
    trade = [r4.CodeableConcept(coding=[r4.Coding(system=TAXONOMY, code=details.taxonomy)])] if details.taxonomy else []
    known = _role_of(subject, practitioner)
    role = msgspec.structs.replace(
        store.read(subject, r4.PractitionerRole, known) if known else r4.PractitionerRole(),
        active=active,
        practitioner=r4.Reference(reference=f"Practitioner/{practitioner}", display=details.shown),
        organization=_organization(subject),
        telecom=[r4.ContactPoint(system="phone", value=phone, use="work")] if phone else [],
        specialty=trade,
    )
    store.put(subject, role)


def provider_details(subject: Subject, resource: Resource) -> ProviderDetails:
    """A provider as they were set up, read from their Practitioner."""
    known = store.read(subject, r4.Practitioner, resource.practitioner)
    name = known.name[0] if known.name else r4.HumanName(family=resource.name)
    details = ProviderDetails(
        family=name.family or "",
        given=" ".join(one or "" for one in name.given or ()),
        credential=", ".join(one or "" for one in name.suffix or ()),
        npi=resource.npi,
        taxonomy=resource.taxonomy,
    )
    return details if details.shown == resource.name else replace(details, name=resource.name)


def put_active(subject: Subject, resource: Resource) -> None:
    """Bring the Practitioner or Location to whether the resource takes visits."""
    if resource.kind == "provider":
        practitioner = store.read(subject, r4.Practitioner, resource.practitioner)
        store.put(subject, msgspec.structs.replace(practitioner, active=resource.active))
        if role := _role_of(subject, resource.practitioner):
            known = store.read(subject, r4.PractitionerRole, role)
            store.put(subject, msgspec.structs.replace(known, active=resource.active))
    else:
        location = store.read(subject, r4.Location, resource.location)
        status = "active" if resource.active else "inactive"
        store.put(subject, msgspec.structs.replace(location, status=status))


def _role_of(subject: Subject, practitioner: str) -> str | None:
    wanted = [("practitioner", f"Practitioner/{practitioner}")]
    return next((found.id for found in search.all(subject, "PractitionerRole", wanted)), None)


def _physical(code: str, display: str) -> r4.CodeableConcept:
    return r4.CodeableConcept(coding=[r4.Coding(system=_PHYSICAL_TYPE, code=code, display=display)])


def _organization(subject: Subject) -> r4.Reference | None:
    organization = people.practice_of(subject).organization
    return r4.Reference(reference=f"Organization/{organization}") if organization else None

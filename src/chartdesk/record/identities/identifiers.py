"""A number and who assigned it."""

from __future__ import annotations

from urllib.parse import quote, unquote

import msgspec

from chartdesk.record.access import modes
from chartdesk.record.access.people import practice_of
from chartdesk.record.access.subject import Subject

#: What numbers are kept of; the words are resource types. PAYER is known by its electronic number.
PATIENT, PRACTITIONER, APPOINTMENT, ENCOUNTER = "Patient", "Practitioner", "Appointment", "Encounter"
LOCATION, PAYER, COVERAGE = "Location", "Organization", "Coverage"
KINDS = (PATIENT, PRACTITIONER, APPOINTMENT, ENCOUNTER, LOCATION, PAYER, COVERAGE)
#: Authorities that mean the same to everybody.
NPI, PAYER_ID = "NPI", "PAYER"
_SYSTEMS = {NPI: "http://hl7.org/fhir/sid/us-npi", PAYER_ID: "urn:chartdesk:payer"}
_OWN = "urn:chartdesk:assigned-by:"
_AUTHORITY_SETTING = "authority"


class Identifier(msgspec.Struct, frozen=True, omit_defaults=True):
    """A ``value`` with the ``authority`` that assigned it; ``type`` of HL7 table 0203 (MR, PI, VN ...) where it is
    said.

    Two with the same authority and value are the same, whatever their type.
    """

    authority: str
    value: str
    type: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What it is compared by."""
        return self.authority, self.value

    @property
    def shown(self) -> str:
        """For people: ``100045 of LAKESIDE``."""
        return f"{self.value} of {self.authority}" if self.authority else self.value


def authority(namespace: str, universal_id: str = "", *, default: str = "") -> str:
    """The name by which an authority is kept, of the parts of an HD: the namespace, else the universal id.

    ``default`` is who is meant where nobody is named: the sender. An authority of FHIR is its system, given back by
    ``authority_of_system``.
    """
    name = namespace.strip() or universal_id.strip()
    if name.upper() in ("NPI", "NPPES") or universal_id.strip() == "2.16.840.1.113883.4.6":
        return NPI
    return name.upper() or default


def system_of(name: str) -> str:
    """The system of a FHIR Identifier for that authority."""
    if name in _SYSTEMS:
        return _SYSTEMS[name]
    if "://" in name or name.lower().startswith("urn:"):
        return name
    return f"urn:oid:{name}" if name.replace(".", "").isdigit() and "." in name else _OWN + quote(name)


def authority_of_system(system: str) -> str:
    """The authority behind the system of a FHIR Identifier: what ``system_of`` was given, else the system itself."""
    known = next((name for name, one in _SYSTEMS.items() if one == system), None)
    if known is not None:
        return known
    if system.startswith(_OWN):
        return unquote(system.removeprefix(_OWN))
    return system.removeprefix("urn:oid:")


def own_authority(scope: Subject | int) -> str:
    """The name under which this practice assigns its own numbers: its setting ``authority``, else of its short name.

    Two installations of one practice must not have the same: where only one half runs here, its name says which.
    """
    practice = practice_of(scope)
    said = practice.settings.get(_AUTHORITY_SETTING)
    if said:
        return str(said).upper()
    mode = modes.mode_of(scope)
    return practice.slug.upper() if mode == modes.UNIFIED else f"{practice.slug}-{mode}".upper()

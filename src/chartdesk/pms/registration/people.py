"""People as registration speaks of them: plain data that a form fills and a rule reads.

Empty text means "not known". Phones are kept as ``+1`` and ten digits, ZIP codes as ``43215`` or
``43215-1234``, SSNs as nine digits; ``validation.normalized`` brings what was typed into these forms.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Address:
    """A postal address in the United States."""

    line1: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""

    @property
    def one_line(self) -> str:
        """The address in one line, empty where nothing is known."""
        region = " ".join(part for part in (self.state, self.postal_code) if part)
        return ", ".join(part for part in (self.line1, self.line2, self.city, region) if part)


def readable_zip(postal: str) -> str:
    """A ZIP code as it stands on an envelope: ``43215-1010``."""
    return f"{postal[:5]}-{postal[5:]}" if len(postal) == 9 and postal.isdigit() else postal


def address_lines(line1: str, line2: str, city: str, state: str, postal: str) -> list[str]:
    """An address as it stands on an envelope."""
    town = ", ".join(part for part in (city, f"{state} {readable_zip(postal)}".strip()) if part)
    return [line for line in (line1, line2, town) if line]


@dataclass(frozen=True)
class Person:
    """A person's demographics. ``sex`` is the administrative gender: female, male, other or unknown.

    ``preferred`` is the name the person goes by, ``language`` a BCP 47 code, ``marital_status`` a code of HL7
    v3 MaritalStatus, ``race`` and ``ethnicity`` are words of the OMB categories or the person's own.
    """

    family: str = ""
    given: str = ""
    middle: str = ""
    suffix: str = ""
    preferred: str = ""
    birth_date: date | None = None
    sex: str = "unknown"
    phone_mobile: str = ""
    phone_home: str = ""
    phone_work: str = ""
    email: str = ""
    address: Address = field(default_factory=Address)
    language: str = ""
    race: str = ""
    ethnicity: str = ""
    marital_status: str = ""
    ssn: str = ""

    @property
    def phones(self) -> list[str]:
        """The known phones, the one to call first first."""
        known = (self.phone_mobile, self.phone_home, self.phone_work)
        return list(dict.fromkeys(number for number in known if number))

    @property
    def full_name(self) -> str:
        """The name as it stands on a letter: ``John Q Smith Jr``."""
        return " ".join(part for part in (self.given, self.middle, self.family, self.suffix) if part)

    @property
    def list_name(self) -> str:
        """The name as it stands in a list: ``Smith, John Q Jr (Jack)``."""
        return list_name(self.family, self.given, self.middle, self.suffix, self.preferred)


def list_name(family: str, given: str, middle: str = "", suffix: str = "", preferred: str = "") -> str:
    """A name for a list, family name first; the preferred name in brackets where it differs."""
    first = " ".join(part for part in (given, middle, suffix) if part)
    name = ", ".join(part for part in (family, first) if part)
    return f"{name} ({preferred})" if preferred and preferred != given else name


@dataclass(frozen=True)
class Contact:
    """Whom to call about the patient."""

    name: str
    relationship: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Guarantor:
    """Who pays what insurance does not: the patient (``self``) or another person.

    ``number`` is the id of the RelatedPerson here, ``identifiers`` are (system, value, type of table 0203) of other
    systems. Neither says who it is: guarantors are compared without them.
    """

    relationship: str = "self"
    person: Person | None = None
    number: str = field(default="", compare=False)
    identifiers: tuple[tuple[str, str, str], ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Registration:
    """Everything the front desk writes down about a patient."""

    person: Person
    contacts: list[Contact] = field(default_factory=list)
    guarantor: Guarantor = field(default_factory=Guarantor)
    alerts: str = ""
    preferred_location: str = ""

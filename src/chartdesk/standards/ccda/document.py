"""A clinical document as plain data: what the reader gives and the writer takes.

Moments are FHIR's texts: ``2026``, ``2026-11``, ``2026-11-22``, ``2026-11-22T09:30:00-05:00``; without a zone where
none was given. Code systems are named by their FHIR address.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Coded:
    """A coded thing. ``text`` are the words it came with; ``null`` says why there is no code (a nullFlavor)."""

    code: str = ""
    system: str = ""
    display: str = ""
    text: str = ""
    translations: tuple[Coded, ...] = ()
    null: str = ""

    @property
    def words(self) -> str:
        """What it is called. The name of a code goes before words that are pointed to: senders point wrongly."""
        named = next((one.display or one.text for one in self.translations if one.display or one.text), "")
        first, second = (self.display, self.text) if self.code else (self.text, self.display)
        return first or second or named or self.code

    @property
    def codings(self) -> tuple[tuple[str, str], ...]:
        """(system, code) of itself and its translations."""
        return tuple((one.system, one.code) for one in (self, *self.translations) if one.code)

    def code_in(self, system: str) -> str:
        """Its code in one system; empty where it has none."""
        return next((code for named, code in self.codings if named == system), "")

    def __bool__(self) -> bool:
        return bool(self.code or self.words)


@dataclass(frozen=True)
class Span:
    """From when until when; a moment has ``low`` only and ``point``."""

    low: str = ""
    high: str = ""
    point: bool = False


@dataclass(frozen=True)
class Identifier:
    """An identifier: the OID of who assigns it, and what was assigned."""

    root: str
    extension: str = ""

    def __str__(self) -> str:
        return f"{self.extension} ({self.root})" if self.extension else self.root


@dataclass(frozen=True)
class Address:
    """A postal address."""

    lines: tuple[str, ...] = ()
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""


@dataclass(frozen=True)
class Name:
    """A person's name."""

    family: str = ""
    given: tuple[str, ...] = ()
    prefix: str = ""
    suffix: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.prefix, *self.given, self.family, self.suffix) if part)


@dataclass(frozen=True)
class Party:
    """A person, an organization, a device, or a person of an organization. Telecoms are URIs such as ``tel:``."""

    name: Name = Name()
    organization: str = ""
    device: str = ""
    identifiers: tuple[Identifier, ...] = ()
    address: Address = Address()
    telecoms: tuple[str, ...] = ()
    at: str = ""

    def __str__(self) -> str:
        named = str(self.name) or self.device
        return f"{named}, {self.organization}" if named and self.organization else named or self.organization


@dataclass(frozen=True)
class Patient:
    """Whom the document is about. ``gender`` is FHIR's code; race and ethnicity are codes of the CDC's set."""

    name: Name = Name()
    identifiers: tuple[Identifier, ...] = ()
    birth_date: str = ""
    gender: str = ""
    race: Coded = Coded()
    ethnicity: Coded = Coded()
    language: str = ""
    marital: Coded = Coded()
    address: Address = Address()
    telecoms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """What every entry has: its ids, and who said it."""

    ids: tuple[Identifier, ...] = field(default=(), kw_only=True)
    author: Party = field(default=Party(), kw_only=True)


@dataclass(frozen=True)
class Problem(Item):
    """A problem or diagnosis. ``status`` is active, inactive or resolved; ``negated``: the patient does not have it."""

    what: Coded
    status: str = "active"
    span: Span = Span()
    negated: bool = False


@dataclass(frozen=True)
class Reaction:
    """What an allergy did. ``severity`` is mild, moderate, severe or empty."""

    what: Coded
    severity: str = ""


@dataclass(frozen=True)
class Allergy(Item):
    """An allergy or intolerance. ``category`` is medication, food, environment or empty. ``none_known``: the patient
    was asked and knows of none, of the category where it is named. ``negated``: there is none to this substance."""

    substance: Coded
    category: str = ""
    reactions: tuple[Reaction, ...] = ()
    severity: str = ""
    criticality: str = ""
    status: str = "active"
    span: Span = Span()
    none_known: bool = False
    negated: bool = False


@dataclass(frozen=True)
class Medication(Item):
    """A medicine. ``sig`` is the instruction in words; ``dose`` with ``unit``; ``frequency`` in words."""

    drug: Coded
    status: str = "active"
    span: Span = Span()
    sig: str = ""
    dose: str = ""
    unit: str = ""
    route: Coded = Coded()
    frequency: str = ""
    reason: Coded = Coded()
    planned: bool = False
    negated: bool = False

    @property
    def instruction(self) -> str:
        """How it is taken, in words: as somebody wrote it, else from dose, route and frequency."""
        parts = (f"{self.dose} {self.unit}".strip(), self.route.words, self.frequency)
        return self.sig or " ".join(part for part in parts if part)


@dataclass(frozen=True)
class Observation(Item):
    """One result, vital sign or fact of a life. The value is a quantity, a code or words."""

    what: Coded
    at: Span = Span()
    quantity: Decimal | None = None
    unit: str = ""
    value: Coded = Coded()
    text: str = ""
    interpretation: str = ""
    range: str = ""
    status: str = "completed"

    @property
    def shown(self) -> str:
        """The value as people read it."""
        if self.quantity is not None:
            return f"{self.quantity:f} {self.unit}".strip()
        return self.text or self.value.words


@dataclass(frozen=True)
class Panel(Item):
    """Results or vital signs that belong together."""

    what: Coded
    observations: tuple[Observation, ...]
    at: Span = Span()
    status: str = "completed"


@dataclass(frozen=True)
class Immunization(Item):
    """A vaccination, or with ``refused`` one that was not given."""

    vaccine: Coded
    at: str = ""
    lot: str = ""
    manufacturer: str = ""
    refused: bool = False
    reason: Coded = Coded()
    status: str = "completed"


@dataclass(frozen=True)
class Procedure(Item):
    """Something that was done to or for the patient."""

    what: Coded
    span: Span = Span()
    status: str = "completed"
    performer: Party = Party()


@dataclass(frozen=True)
class Encounter(Item):
    """A visit or stay."""

    what: Coded
    span: Span = Span()
    performer: Party = Party()
    place: str = ""
    diagnoses: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Plan(Item):
    """Something that is planned. ``kind`` is observation, procedure, encounter or act."""

    what: Coded
    kind: str = "act"
    when: Span = Span()


@dataclass(frozen=True)
class Section:
    """A section. ``kind`` is a word of ``sections.KINDS`` or empty; ``html`` is safe to show; ``null`` says that there
    is no information."""

    kind: str
    title: str
    code: str = ""
    templates: tuple[str, ...] = ()
    html: str = ""
    text: str = ""
    null: str = ""
    items: tuple[Any, ...] = ()
    #: Entries that were there and could not be read as an item.
    unread: int = 0
    depth: int = 0


@dataclass(frozen=True)
class Attached:
    """The body of a document that is not made of sections: its media type and its bytes."""

    media_type: str
    content: bytes


@dataclass(frozen=True)
class Document:
    """A clinical document: its header and its sections."""

    kind: Coded = Coded()
    title: str = ""
    id: Identifier = Identifier("")
    at: str = ""
    patient: Patient = Patient()
    authors: tuple[Party, ...] = ()
    custodian: Party = Party()
    recipients: tuple[Party, ...] = ()
    confidentiality: str = "N"
    language: str = "en-US"
    set_id: Identifier = Identifier("")
    version: str = ""
    templates: tuple[str, ...] = ()
    care: Span = Span()
    sections: tuple[Section, ...] = ()
    attached: Attached | None = None
    #: What was forgiven while reading, in sentences.
    notes: tuple[str, ...] = ()

    def items(self, kind: str) -> list[Any]:
        """The items of all sections of a kind, in their order."""
        return [item for section in self.sections if section.kind == kind for item in section.items]

    def has(self, kind: str) -> bool:
        """Whether a section of the kind is there and says something."""
        return any(section.kind == kind and not section.null for section in self.sections)

"""What goes into the room and out of it, as plain data. Whoever carries messages speaks to the room in these."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"


@dataclass(frozen=True)
class Coded:
    """A code of a system (a URL) with its words; any part may be empty."""

    code: str = ""
    system: str = ""
    text: str = ""
    also: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        """What it is called."""
        return self.text or self.code


@dataclass(frozen=True)
class AttachmentIn:
    """A document's bytes as they came."""

    content: bytes = field(repr=False)
    media_type: str
    title: str = ""


@dataclass(frozen=True)
class ObservationIn:
    """One value of a report. ``status`` is FHIR's; ``flags`` are codes such as H, LL, A.

    ``sub_id`` tells several values under one code apart. One of ``number`` (with ``comparator`` such as ``<``),
    ``coded`` and ``text`` is filled; none where there is no value yet. ``limits`` is the reference range in words.
    """

    code: Coded
    sub_id: str = ""
    number: Decimal | None = None
    comparator: str = ""
    unit: str = ""
    ucum: str = ""
    text: str = ""
    coded: Coded | None = None
    limits: str = ""
    flags: tuple[str, ...] = ()
    status: str = "final"
    at: datetime | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportIn:
    """A report from outside about one patient of ours.

    ``key`` names it for all time: who reports, the number they gave it, what was asked. The same key again is a later
    state of the same report. ``issued`` decides which of two states is the later. ``practitioner_id`` is empty where
    nobody of ours is known to have asked; ``orderer`` is then who was named, in a form that names them for all time.
    """

    key: str
    patient_id: str
    code: Coded
    status: str
    issued: datetime
    kind: str = "lab"
    source: str = ""
    filler_number: str = ""
    order_number: str = ""
    practitioner_id: str = ""
    orderer: str = ""
    orderer_name: str = ""
    taken: datetime | None = None
    specimen: str = ""
    notes: tuple[str, ...] = ()
    observations: tuple[ObservationIn, ...] = ()
    attachments: tuple[AttachmentIn, ...] = ()


@dataclass(frozen=True)
class DocumentIn:
    """A document from outside about one patient of ours. ``key`` as for reports; ``replaces`` is the key of another.

    ``status`` is FHIR's ``docStatus``: preliminary, final, amended, entered-in-error. ``read`` says that a clinician of
    this practice has signed it already, elsewhere: it is filed and asks for nothing.
    """

    key: str
    patient_id: str
    title: str
    attachment: AttachmentIn
    at: datetime
    code: Coded = Coded()
    status: str = "final"
    source: str = ""
    author: str = ""
    practitioner_id: str = ""
    orderer: str = ""
    orderer_name: str = ""
    replaces: str = ""
    read: bool = False


@dataclass(frozen=True)
class Received:
    """What became of a report or document: ``stored``, ``same`` (nothing new in it) or ``older`` (left aside)."""

    what: str
    resource: str
    written: tuple[tuple[str, int, str], ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class NewOrder:
    """What is asked for. ``diagnoses`` are (ICD-10-CM code, words); ``taken`` is when a specimen was collected here."""

    item: str
    diagnoses: tuple[tuple[str, str], ...] = ()
    priority: str = "routine"
    note: str = ""
    encounter_id: str = ""
    practitioner_id: str = ""
    taken: datetime | None = None


@dataclass(frozen=True)
class NewImmunization:
    """A vaccine that was given (or with ``refused`` was not, in words). ``site`` and ``route`` are codes."""

    cvx: str
    given: date
    lot: str = ""
    maker: str = ""
    expires: date | None = None
    site: str = ""
    route: str = ""
    dose: Decimal | None = None
    refused: str = ""
    historical: bool = False
    encounter_id: str = ""

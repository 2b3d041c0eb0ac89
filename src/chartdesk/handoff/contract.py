"""Everything that practice management (PMS) and the health record (EHR) tell each other.

Each message carries the whole truth of its subject at one moment, not a change: a message that comes twice
does no harm, and a later one mends what an earlier one got wrong. Times are aware UTC, dates are the
practice's own.

PMS to EHR: VisitAnnounced, VisitWithdrawn, DemographicsChanged, PatientsMerged, CoverageAnnounced, ProceduresOffered.
EHR to PMS: EncounterCharges.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from chartdesk.kit import typed

TO_EHR = "to_ehr"
TO_PMS = "to_pms"


class Demographics(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who the patient is, as far as a day list and a banner need it. ``sex`` is the administrative gender."""

    patient_id: str
    name: str
    mrn: str = ""
    birth_date: date | None = None
    sex: str = ""
    phone: str = ""
    alerts: str = ""


class Insurance(msgspec.Struct, frozen=True, omit_defaults=True):
    """One policy. ``standing`` is how the payer answered for it: active, inactive, refused, failed, unknown.

    A copay of None is unknown, never nothing.
    """

    payer_id: str
    payer_name: str
    rank: int
    member_id: str = ""
    plan_name: str = ""
    expired: bool = False
    standing: str = "unknown"
    copay: Decimal | None = None


class VisitAnnounced(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """A visit as it stands now. ``status`` is booked, confirmed, arrived, roomed or departed.

    Insurance of None was not told: what was told before still holds.
    """

    appointment_id: str
    patient: Demographics
    practitioner: str
    starts: datetime
    ends: datetime
    status: str
    insurance: tuple[Insurance, ...] | None = None
    visit_type: str = ""
    visit_type_name: str = ""
    template: str = ""
    room: str = ""
    reason: str = ""
    site: str = ""
    site_name: str = ""
    location: str = ""
    place_of_service: str = "11"
    arrived: datetime | None = None
    roomed: datetime | None = None
    departed: datetime | None = None


class VisitWithdrawn(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """A visit that does not take place: ``status`` is cancelled or noshow."""

    appointment_id: str
    patient_id: str
    status: str
    reason: str = ""


class DemographicsChanged(msgspec.Struct, frozen=True, tag=True):
    """A patient as registered now."""

    patient: Demographics


class PatientsMerged(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """Two records of one patient became one: ``source_id`` was given up. ``undone``: they are two again."""

    source_id: str
    target_id: str
    undone: bool = False


class CoverageAnnounced(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """A patient's insurance as it stands now; for one visit where ``appointment_id`` says so."""

    patient_id: str
    insurance: tuple[Insurance, ...]
    appointment_id: str = ""


class Offered(msgspec.Struct, frozen=True):
    """A procedure that the practice charges for."""

    code: str
    description: str


class ProceduresOffered(msgspec.Struct, frozen=True, tag=True):
    """Every procedure that the practice charges for now."""

    procedures: tuple[Offered, ...]


class Procedure(msgspec.Struct, frozen=True, omit_defaults=True):
    """A procedure that was done. ``pointers`` name the diagnoses it was done for, 1-based."""

    code: str
    modifiers: tuple[str, ...] = ()
    units: Decimal = Decimal(1)
    pointers: tuple[int, ...] = ()
    description: str = ""


class EncounterCharges(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """A signed encounter. ``diagnoses`` are ICD-10-CM codes with their dot; ``practitioner`` rendered it.

    ``documented`` is what the note shows for the level of the visit, where the record says so: problems, data and risk,
    each minimal, low, moderate or high, and by whom. ``circumstances`` is why the patient came, as it was said of the
    visit where the note was written: accident, dates, who referred, ordered or supervised.
    """

    encounter_id: str
    appointment_id: str
    patient_id: str
    practitioner: str
    service_date: date
    signed_at: datetime
    diagnoses: tuple[str, ...]
    procedures: tuple[Procedure, ...]
    minutes: int | None = None
    place_of_service: str = "11"
    site: str = ""
    documented: dict[str, str] = {}
    circumstances: dict[str, Any] = {}


Message = (
    VisitAnnounced
    | VisitWithdrawn
    | DemographicsChanged
    | PatientsMerged
    | CoverageAnnounced
    | ProceduresOffered
    | EncounterCharges
)

_decoder: msgspec.json.Decoder[Message] = msgspec.json.Decoder(Message)


def encode(message: Message) -> bytes:
    """The message as JSON; its ``type`` names the struct."""
    return msgspec.json.encode(message)


def to_plain(message: Message) -> dict[str, Any]:
    """The message as plain data, as the log keeps it: what is in its JSON."""
    plain: dict[str, Any] = msgspec.to_builtins(message)
    return plain


def from_plain(plain: dict[str, Any]) -> Message:
    """The message that ``to_plain`` gave. Raises msgspec.ValidationError."""
    message: Message = typed.convert(plain, Message)
    return message


def decode(text: bytes | str) -> Message:
    """The message in ``text``. Raises msgspec.ValidationError for what the contract does not know."""
    message: Message = _decoder.decode(text)
    return message


def direction(message: Message) -> str:
    """``to_ehr`` or ``to_pms``."""
    return TO_PMS if isinstance(message, EncounterCharges) else TO_EHR


def subject_of(message: Message) -> str:
    """What the message is about, as a reference."""
    match message:
        case VisitAnnounced() | VisitWithdrawn():
            return f"Appointment/{message.appointment_id}"
        case DemographicsChanged():
            return f"Patient/{message.patient.patient_id}"
        case PatientsMerged():
            return f"Patient/{message.target_id}"
        case CoverageAnnounced():
            visit = f"Appointment/{message.appointment_id}"
            return visit if message.appointment_id else f"Patient/{message.patient_id}"
        case ProceduresOffered():
            return "Procedures"
        case EncounterCharges():
            return f"Encounter/{message.encounter_id}"

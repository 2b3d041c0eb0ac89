"""A visit and its note as plain data: what comes in, what the rules look at, what goes out."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from chartdesk.kit.errors import Invalid

#: The steps of a visit, in order; then the two ways in which it does not happen.
STEPS = ("booked", "confirmed", "arrived", "roomed", "departed")
WITHDRAWN = ("cancelled", "noshow")


@dataclass(frozen=True)
class VisitNotice:
    """A visit to expect, as the scheduler knows it now. Times are aware; ``status`` is one of ``STEPS``.

    A coverage summary of None was not told: the one that is known stays.
    """

    appointment_id: str
    patient_id: str
    practitioner: str
    starts: datetime
    ends: datetime
    visit_type: str = ""
    visit_type_name: str = ""
    template: str = ""
    status: str = "booked"
    room: str = ""
    reason: str = ""
    coverage_summary: str | None = None
    site: str = ""
    site_name: str = ""
    location: str = ""
    place_of_service: str = "11"
    arrived: datetime | None = None
    roomed: datetime | None = None
    departed: datetime | None = None
    patient_name: str = ""
    birth_date: date | None = None
    sex: str = ""
    mrn: str = ""
    alerts: str = ""


@dataclass(frozen=True)
class Demographics:
    """What the day list shows of a patient."""

    patient_id: str
    patient_name: str
    birth_date: date | None = None
    sex: str = ""
    mrn: str = ""
    alerts: str = ""


@dataclass(frozen=True)
class Diagnosis:
    """An ICD-10-CM code with its dot. An empty description is filled from the code set."""

    code: str
    description: str = ""


@dataclass(frozen=True)
class Procedure:
    """A CPT or HCPCS code with up to four modifiers, units, and 1-based pointers to the diagnoses."""

    code: str
    modifiers: list[str] = field(default_factory=list)
    units: Decimal = Decimal(1)
    pointers: list[int] = field(default_factory=list)
    description: str = ""


@dataclass(frozen=True)
class NoteContent:
    """What a clinician writes. ``sections`` maps a section's key to its text; ``minutes`` is time spent; ``decision``
    maps elements of decision making (problems, data, risk) to their level, where the clinician names one."""

    sections: dict[str, str]
    diagnoses: list[Diagnosis] = field(default_factory=list)
    procedures: list[Procedure] = field(default_factory=list)
    minutes: int | None = None
    decision: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Vitals:
    """Vital signs of one moment; None was not measured. Pressures in mmHg, temperature in °F, weight in
    pounds, height in inches, oxygen saturation in percent, pulse and respirations per minute. Raises Invalid
    for what is not a number."""

    systolic: Decimal | None = None
    diastolic: Decimal | None = None
    pulse: Decimal | None = None
    temperature_f: Decimal | None = None
    respirations: Decimal | None = None
    spo2: Decimal | None = None
    weight_lb: Decimal | None = None
    height_in: Decimal | None = None

    def __post_init__(self) -> None:
        # Numbers of any kind are taken with the digits they are written with.
        for measure in fields(self):
            value = getattr(self, measure.name)
            if value is not None:
                object.__setattr__(self, measure.name, _number(value, measure.name))


def _number(value: object, where: str) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise Invalid(f"{str(value)[:20]!r} is not a number.", where=where, cure="Write it like 98.6.")
    return number


@dataclass(frozen=True)
class AddendumView:
    """What was added to a signed note."""

    text: str
    author_name: str
    at: datetime


@dataclass(frozen=True)
class SignedEncounter:
    """A signed encounter as it is charged. ``practitioner`` rendered the service, ``signed_name`` signed."""

    encounter_id: str
    appointment_id: str
    patient_id: str
    practitioner: str
    site: str
    location: str
    service_date: date
    signed_at: datetime
    signed_name: str
    minutes: int | None
    decision: dict[str, str]
    place_of_service: str
    diagnoses: list[Diagnosis]
    procedures: list[Procedure]
    addenda: list[AddendumView]

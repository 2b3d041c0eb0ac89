"""The charges of a visit as plain data: what a source hands in, and what review looks at."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from chartdesk.kit.errors import Invalid
from chartdesk.standards.terminology import icd10


@dataclass(frozen=True)
class Procedure:
    """One procedure: CPT or HCPCS code, up to four modifiers, units, 1-based diagnosis pointers.

    ``amount`` in dollars for all units overrides the fee schedule; None asks for the schedule's price.
    ``service_date`` is named where it is another than the visit's; ``revenue`` (four digits) where an institutional
    claim says another revenue code than usual.
    """

    code: str
    modifiers: list[str] = field(default_factory=list)
    units: Decimal = Decimal(1)
    pointers: list[int] = field(default_factory=list)
    description: str = ""
    amount: Decimal | None = None
    practitioner: str = ""
    service_date: date | None = None
    revenue: str = ""


@dataclass(frozen=True)
class EncounterCharges:
    """What a signed encounter or a charge message hands in. ``source_id`` says which; it comes once."""

    source_id: str
    encounter_id: str
    appointment_id: str
    patient_id: str
    practitioner: str
    service_date: date
    place_of_service: str
    signed_at: datetime | None
    minutes: int | None
    diagnoses: list[str]
    procedures: list[Procedure]
    site: str = ""
    documented: dict[str, str] = field(default_factory=dict)
    #: Why the patient came, as the encounter says it: ``circumstances.kept``.
    circumstances: dict[str, Any] = field(default_factory=dict)
    #: Whose system handed it in, where it is not the practice's own: a person looks at it before it is billed.
    origin: str = ""


#: Units of a line and minutes of a visit from which on they are a mistake.
MOST_UNITS, MOST_MINUTES = Decimal(100_000), 24 * 60


def checked(one: Procedure, where: str) -> Procedure:
    """The procedure in the form in which it is kept: code and modifiers in capitals, units with two places.

    Raises Invalid for what cannot be kept. What can be kept and is wrong is told by charge review.
    """
    code = one.code.strip().upper()
    if len(code) > 5:
        raise Invalid(f"{code[:12]} is no procedure code.", where=where, cure="Five characters, such as 99213.")
    units = Decimal(one.units)
    if not units.is_finite() or abs(units) >= MOST_UNITS:
        raise Invalid(f"{units} is no number of units.", where=where, cure="Write units like 1.")
    modifiers = [modifier.strip().upper() for modifier in one.modifiers if modifier.strip()]
    return replace(one, code=code, units=units.quantize(Decimal("0.01")), modifiers=modifiers)


def check_visit(place_of_service: str | None, minutes: int | None) -> None:
    """Raise Invalid for a place or a time of a visit that cannot be kept."""
    if place_of_service is not None and len(place_of_service) > 2:
        words = f"{place_of_service[:8]!r} is not a place of service."
        raise Invalid(words, where="place_of_service", cure="Two digits, such as 11.")
    if minutes is not None and not 0 <= minutes <= MOST_MINUTES:
        raise Invalid(f"{minutes} minutes are no time of a visit.", where="minutes", cure="Write the minutes, like 25.")


def digest(charges: EncounterCharges) -> str:
    """A digest of everything in ``charges``, to see whether the same source says something else later."""
    said = asdict(charges)
    del said["origin"]
    del said["circumstances"]  # what is said of the visit may be said again, and then here
    for one in said["procedures"]:
        if not one["revenue"]:
            del one["revenue"]
    text = json.dumps(said, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def diagnosis(code: str) -> str:
    """An ICD-10-CM code as it is kept: capitals, with its dot (``e119`` → ``E11.9``)."""
    return icd10.dotted(code)

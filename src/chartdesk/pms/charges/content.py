"""The charges of a visit as plain data: what a source hands in, and what review looks at."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

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

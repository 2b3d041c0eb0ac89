"""What one system tells another, under outside numbers: the facts that carriers read out of their messages.

A fact says what its sender said and no more. ``told`` names what was said at all: the rest stays as it is. Times are
aware, dates are the practice's own. ``numbers`` are all the numbers that the sender has for the thing, the one to go
by first; who assigned each is in it.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import msgspec

from chartdesk.pms.charges.circumstances import NOTHING, Circumstances
from chartdesk.pms.registration.people import Contact, Guarantor, Person
from chartdesk.record.identities.identifiers import Identifier

Numbers = tuple[Identifier, ...]


class PatientIn(msgspec.Struct, frozen=True, kw_only=True):
    """A patient as the sender has them. ``told`` names the fields of ``person`` that were said: an empty value of one
    of them deletes what is here. ``contacts`` and ``guarantor`` of None were not told.
    """

    numbers: Numbers
    at: datetime
    person: Person
    told: frozenset[str]
    contacts: tuple[Contact, ...] | None = None
    guarantor: Guarantor | None = None
    alerts: str | None = None
    active: bool | None = None
    died: date | None = None


class PolicyIn(msgspec.Struct, frozen=True, kw_only=True):
    """One policy. ``payer`` are the payer's numbers (authority ``PAYER`` for the electronic one); ``relationship`` is
    what the patient is to the subscriber: self, spouse, child, other.
    """

    payer: Numbers
    payer_name: str
    rank: int
    member_id: str
    numbers: Numbers = ()
    group_number: str = ""
    #: Whose group it is: the insured's employer. None: nothing was said of it.
    employer: str | None = None
    plan_name: str = ""
    relationship: str = "self"
    subscriber: Person | None = None
    effective: date | None = None
    ends: date | None = None
    copay: Decimal | None = None
    filing_indicator: str = ""


class CoverageIn(msgspec.Struct, frozen=True, kw_only=True):
    """All policies that a patient has now: one that is kept here and not named has ended, where ``whole`` says so."""

    patient: Numbers
    at: datetime
    policies: tuple[PolicyIn, ...]
    whole: bool = True


class VisitIn(msgspec.Struct, frozen=True, kw_only=True):
    """A visit as it stands. ``status`` is booked, confirmed, arrived, roomed or departed."""

    numbers: Numbers
    at: datetime
    patient: Numbers
    practitioner: Numbers
    starts: datetime
    ends: datetime
    status: str = "booked"
    practitioner_name: str = ""
    visit_type: str = ""
    visit_type_name: str = ""
    reason: str = ""
    #: The place by its numbers, and by the names of site and room.
    location: Numbers = ()
    site_name: str = ""
    room: str = ""
    place_of_service: str = ""
    #: When each step was taken, where that is told: ``{"arrived": ...}``.
    steps: dict[str, datetime] = msgspec.field(default_factory=dict)
    #: Permissions that the sender's schedule gave: it is theirs.
    new: bool = False


class VisitWithdrawnIn(msgspec.Struct, frozen=True, kw_only=True):
    """A visit that does not take place: ``status`` is cancelled or noshow."""

    numbers: Numbers
    at: datetime
    patient: Numbers = ()
    status: str = "cancelled"
    reason: str = ""


class MergeIn(msgspec.Struct, frozen=True, kw_only=True):
    """``prior`` is given up for ``survivor``; with ``undo`` they are two again."""

    survivor: Numbers
    prior: Numbers
    at: datetime
    undo: bool = False
    #: What is said of the survivor besides.
    person: PatientIn | None = None


class ProcedureIn(msgspec.Struct, frozen=True, kw_only=True):
    """A procedure that was done. ``pointers`` name the diagnoses of the charges that it was done for, 1-based.

    ``amount`` is for all units, where the sender has a price.
    """

    code: str
    modifiers: tuple[str, ...] = ()
    units: Decimal = Decimal(1)
    pointers: tuple[int, ...] = ()
    description: str = ""
    amount: Decimal | None = None
    number: str = ""


class ChargesIn(msgspec.Struct, frozen=True, kw_only=True):
    """The charges of a visit. ``source`` says which; it comes once, and a correction has the same."""

    source: Identifier
    at: datetime
    patient: Numbers
    practitioner: Numbers
    service_date: date
    diagnoses: tuple[str, ...]
    procedures: tuple[ProcedureIn, ...]
    visit: Numbers = ()
    encounter: str = ""
    practitioner_name: str = ""
    referring: Numbers = ()
    place_of_service: str = ""
    #: The place by its numbers.
    location: Numbers = ()
    #: The site's own key at the PMS, where the EHR was told it.
    site: str = ""
    signed_at: datetime | None = None
    minutes: int | None = None
    documented: dict[str, str] = msgspec.field(default_factory=dict)
    circumstances: Circumstances = NOTHING


class ProceduresIn(msgspec.Struct, frozen=True, kw_only=True):
    """Every procedure that the PMS charges for: code → words."""

    procedures: dict[str, str]
    at: datetime


class GuarantorIn(msgspec.Struct, frozen=True, kw_only=True):
    """Who pays for a patient, where that is told apart from the patient."""

    patient: Numbers
    at: datetime
    guarantor: Guarantor


class AlertIn(msgspec.Struct, frozen=True, kw_only=True):
    """The front desk's alert about a patient, where that is told apart; empty for none."""

    patient: Numbers
    at: datetime
    text: str


Fact = PatientIn | CoverageIn | VisitIn | VisitWithdrawnIn | MergeIn | ChargesIn | ProceduresIn | GuarantorIn | AlertIn

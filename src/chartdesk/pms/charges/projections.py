"""Charge lines as ChargeItem resources in the record: written with their cause, read-only outside.

Guide section: ChargeItem (https://hl7.org/fhir/R4/chargeitem.html). Charges are shown from their first approval on:
before it a superbill is a draft whose lines come and go.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from chartdesk.kit import database
from chartdesk.kit.arrays import numbers
from chartdesk.pms.charges import elements
from chartdesk.pms.charges.models import Superbill
from chartdesk.pms.coverage import parties
from chartdesk.record import projected
from chartdesk.record.access import Subject
from chartdesk.record.projected import Key
from chartdesk.standards.fhir import r4
from chartdesk.standards.terminology import icd10

NUMBER = "urn:chartdesk:charge-line"
_PERFORMER = elements.concept("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "PPRF", "primary performer")
# Not as objects of their models: of every claim that is sent, this reads the charges.
_LINES = """
    SELECT l.id, l.code, l.description, l.units, l.amount, l.pointers, l.practitioner, l.superseded,
           COALESCE(l.service_date, s.service_date), s.patient, s.encounter, s.status, s.captured_at, s.diagnoses
      FROM charges_superbill s JOIN charges_chargeline l ON l.practice = s.practice AND l.superbill_id = s.id
     WHERE s.practice = %s AND s.id = ANY(%s::int8[]) AND s.approvals > 0
     ORDER BY l.id
"""
_STATUS = {"review": "planned", "approved": "billable", "billed": "billed", "void": "entered-in-error"}


def register() -> None:
    """Tell the record who keeps ChargeItem, and how a superbill's lines are shown."""
    projected.register(
        projected.Projection("ChargeItem", "charge-", "Amend and approve charges in charge review.", _items, shown)
    )


def charge_item_id(line_id: int) -> str:
    """The id of a line's ChargeItem."""
    return f"charge-{line_id}"


def account_id(patient: str) -> str:
    """The id of a patient's Account."""
    # An id has 64 characters at most, and a patient that came from outside may use them all.
    return f"account-{patient if len(patient) <= 56 else hashlib.sha256(patient.encode()).hexdigest()[:40]}"


def project(subject: Subject, bill: Superbill) -> None:
    """A superbill changed: its charges, its invoice and the patient's account show it."""
    projected.follow(subject, "ChargeItem", bill.pk)
    projected.follow(subject, "Invoice", bill.pk)
    projected.follow(subject, "Account", bill.patient)


def billed(subject: Subject, superbills: list[int]) -> None:
    """Claims of these superbills were sent: only their charges show it."""
    projected.follow(subject, "ChargeItem", *superbills)


def shown(subject: Subject, after: Key | None, count: int) -> list[Key]:
    """The superbills that were approved once, in order."""
    return projected.numbered(Superbill.objects.filter(practice=subject.practice, approvals__gt=0), after, count)


def _items(subject: Subject, keys: Sequence[Key]) -> list[r4.Resource]:
    practice = parties.practice(subject)
    return [_charge_item(_Shown(*row), practice) for row in database.rows(_LINES, [subject.practice, numbers(keys)])]


class _Shown(NamedTuple):
    """A line and what its superbill says of it."""

    id: int
    code: str
    description: str
    units: Decimal
    amount: Decimal | None
    pointers: list[int]
    practitioner: str
    superseded: bool
    day: date
    patient: str
    encounter: str
    status: str
    captured_at: datetime
    diagnoses: list[str]


def _charge_item(line: _Shown, practice: r4.Reference) -> r4.ChargeItem:
    performer: Sequence[r4.ChargeItemPerformer] = ()
    if line.practitioner:
        actor = r4.Reference(reference=f"Practitioner/{line.practitioner}")
        performer = [r4.ChargeItemPerformer(function=_PERFORMER, actor=actor)]
    chosen = [line.diagnoses[place - 1] for place in line.pointers if 0 < place <= len(line.diagnoses)]
    return r4.ChargeItem(
        id=charge_item_id(line.id),
        identifier=[r4.Identifier(system=NUMBER, value=str(line.id))],
        status="entered-in-error" if line.superseded else _STATUS[line.status],
        code=elements.procedure(line.code, line.description),
        subject=r4.Reference(reference=f"Patient/{line.patient}"),
        context=r4.Reference(reference=f"Encounter/{line.encounter}") if line.encounter else None,
        occurrenceDateTime=line.day.isoformat(),
        performer=performer,
        performingOrganization=practice,
        quantity=elements.quantity(line.units),
        priceOverride=elements.dollars(line.amount) if line.amount is not None else None,
        enteredDate=line.captured_at.isoformat(timespec="seconds"),
        reason=[elements.concept(icd10.SYSTEM, code) for code in chosen] or (),
        account=[r4.Reference(reference=f"Account/{account_id(line.patient)}")],
    )

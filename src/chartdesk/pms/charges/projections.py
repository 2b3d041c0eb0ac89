"""Charge lines as ChargeItem resources in the record: written with their cause, read-only outside.

Guide section: ChargeItem (https://hl7.org/fhir/R4/chargeitem.html). Charges are shown from their first approval on:
before it a superbill is a draft whose lines come and go.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from chartdesk.kit import fetching
from chartdesk.kit.arrays import numbers
from chartdesk.pms.charges import elements
from chartdesk.pms.charges.models import ChargeLine, Superbill
from chartdesk.pms.coverage import parties
from chartdesk.record import projected
from chartdesk.record.access import Subject
from chartdesk.record.projected import Key
from chartdesk.standards.fhir import r4
from chartdesk.standards.terminology import icd10

NUMBER = "urn:chartdesk:charge-line"
_ROLE = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType"
_APPROVED = "practice = %s AND id = ANY(%s::int8[]) AND approvals > 0"
_LINES = "practice = %s AND superbill_id = ANY(%s::int8[]) ORDER BY id"
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
    bills = {one.pk: one for one in fetching.fetch(Superbill, _APPROVED, [subject.practice, numbers(keys)])}
    lines = fetching.fetch(ChargeLine, _LINES, [subject.practice, numbers(bills)])
    return [_charge_item(bills[one.superbill_id], one, practice) for one in lines]


def _charge_item(bill: Superbill, line: ChargeLine, practice: r4.Reference) -> r4.ChargeItem:
    performer: Sequence[r4.ChargeItemPerformer] = ()
    if line.practitioner:
        actor = r4.Reference(reference=f"Practitioner/{line.practitioner}")
        performer = [r4.ChargeItemPerformer(function=elements.concept(_ROLE, "PPRF", "primary performer"), actor=actor)]
    chosen = [bill.diagnoses[place - 1] for place in line.pointers if 0 < place <= len(bill.diagnoses)]
    return r4.ChargeItem(
        id=charge_item_id(line.pk),
        identifier=[r4.Identifier(system=NUMBER, value=str(line.pk))],
        status="entered-in-error" if line.superseded else _STATUS[bill.status],
        code=elements.procedure(line.code, line.description),
        subject=r4.Reference(reference=f"Patient/{bill.patient}"),
        context=r4.Reference(reference=f"Encounter/{bill.encounter}") if bill.encounter else None,
        occurrenceDateTime=(line.service_date or bill.service_date).isoformat(),
        performer=performer,
        performingOrganization=practice,
        quantity=elements.quantity(line.units),
        priceOverride=elements.dollars(line.amount) if line.amount is not None else None,
        enteredDate=bill.captured_at.isoformat(timespec="seconds"),
        reason=[elements.concept(icd10.SYSTEM, code) for code in chosen] or (),
        account=[r4.Reference(reference=f"Account/{account_id(bill.patient)}")],
    )

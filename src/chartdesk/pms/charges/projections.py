"""Charge lines as ChargeItem resources in the record: written with their cause, read-only outside."""

from __future__ import annotations

from chartdesk.pms.charges.models import ChargeLine, Superbill
from chartdesk.record import rules, store
from chartdesk.record.access import Subject
from chartdesk.standards.fhir import r4

_PROCEDURES = "http://www.ama-assn.org/go/cpt"
_HCPCS = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
_STATUS = {"review": "planned", "approved": "billable", "billed": "billed", "void": "entered-in-error"}


def register() -> None:
    """Tell the record who keeps ChargeItem."""
    rules.owned("ChargeItem", "Amend and approve charges in charge review.")


def charge_item_id(line_id: int) -> str:
    """The id of a line's ChargeItem."""
    return f"charge-{line_id}"


def project(subject: Subject, bill: Superbill) -> None:
    """Write the ChargeItem of every line of ``bill`` as the line now stands."""
    for line in ChargeLine.objects.filter(practice=bill.practice, superbill=bill).order_by("pk"):
        store.put(subject, _charge_item(bill, line), projection=True)


def _charge_item(bill: Superbill, line: ChargeLine) -> r4.ChargeItem:
    system = _PROCEDURES if line.code[:1].isdigit() else _HCPCS
    performer: tuple[r4.ChargeItemPerformer, ...] = ()
    if line.practitioner:
        actor = r4.Reference(reference=f"Practitioner/{line.practitioner}")
        performer = (r4.ChargeItemPerformer(actor=actor),)
    return r4.ChargeItem(
        id=charge_item_id(line.pk),
        status="entered-in-error" if line.superseded else _STATUS[bill.status],
        code=r4.CodeableConcept(coding=[r4.Coding(system=system, code=line.code)], text=line.description or None),
        subject=r4.Reference(reference=f"Patient/{bill.patient}"),
        context=r4.Reference(reference=f"Encounter/{bill.encounter}") if bill.encounter else None,
        occurrenceDateTime=bill.service_date.isoformat(),
        performer=performer,
        quantity=r4.Quantity(value=line.units.normalize()),
        priceOverride=r4.Money(value=line.amount, currency="USD") if line.amount is not None else None,
    )

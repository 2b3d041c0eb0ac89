"""Superbills as Invoice resources: what was charged, taken off, paid, and who owes the rest, line by line.

Guide section: Invoice (https://hl7.org/fhir/R4/invoice.html). Everything but the charge comes from the ledger, so a
payment, a write-off, a transfer to the patient or a reversal shows in the transaction that posts it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from chartdesk.kit import fetching
from chartdesk.kit.money import ZERO, total
from chartdesk.pms.charges import elements
from chartdesk.pms.charges.models import ChargeLine, Superbill
from chartdesk.pms.charges.projections import account_id, charge_item_id, shown
from chartdesk.pms.coverage import parties
from chartdesk.record import database, projected
from chartdesk.record.access import Subject
from chartdesk.record.projected import Key
from chartdesk.standards.fhir import r4

NUMBER = "urn:chartdesk:superbill"
_KIND = "urn:chartdesk:price-component"
_TYPE = elements.concept("urn:chartdesk:invoice-type", "visit", "Charges of a visit")
_PERFORMER = elements.concept("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "PPRF", "primary performer")
#: What stands in a line: its FHIR type, and our words.
_WORDS = {
    "charge": ("base", "Charge"),
    "contractual": ("discount", "Contractual adjustment"),
    "adjustment": ("deduction", "Other adjustment"),
    "bad-debt": ("deduction", "Written off as bad debt"),
    "interest": ("informational", "Interest of the payer"),
    "paid": ("informational", "Paid"),
    "owed-by-patient": ("informational", "Owed by the patient"),
    "owed-by-payer": ("informational", "Owed by a payer"),
}
_ACCOUNTS = {
    "adjustment.contractual": "contractual",
    "adjustment.capitation": "contractual",
    "adjustment.other": "adjustment",
    "writeoff.bad_debt": "bad-debt",
    "writeoff.small_balance": "adjustment",
    "interest": "interest",
}
_TAKEN_OFF = ("contractual", "adjustment", "bad-debt")
_BOOKS = """
    SELECT reference, account, holder, sum(amount) FROM ledger_entry
     WHERE practice = %s AND reference = ANY(%b::text[]) GROUP BY reference, account, holder
"""
_OF_LINES = "SELECT DISTINCT superbill_id FROM charges_chargeline WHERE practice = %s AND id = ANY(%s::int8[])"
_BILLS = "practice = %s AND id = ANY(%s::int8[]) AND approvals > 0 ORDER BY id"
_LINES = "practice = %s AND superbill_id = ANY(%s::int8[]) AND NOT superseded ORDER BY superbill_id, position"
_CHARGE = "charge:"
#: Component → dollars.
Sums = dict[str, Decimal]


def register() -> None:
    """Tell the record who keeps Invoice."""
    operation = "Approve the charges of a visit, or take a payment: the invoice follows."
    projected.register(
        projected.Projection("Invoice", "invoice-", operation, _render, shown, shared=True, named=_superbills)
    )


def _superbills(subject: Subject, keys: set[Key]) -> set[Key]:
    """Superbills by their number; what the ledger calls ``charge:<line>`` by the line's superbill."""
    lines = [int(key.removeprefix(_CHARGE)) for key in keys if isinstance(key, str)]
    found: set[Key] = {key for key in keys if isinstance(key, int)}
    if lines:
        found |= {number for (number,) in database.rows(_OF_LINES, [subject.practice, lines])}
    return found


def _render(subject: Subject, keys: Sequence[Key]) -> list[r4.Resource]:
    bills = fetching.fetch(Superbill, _BILLS, [subject.practice, list(keys)])
    if not bills:
        return []
    lines: dict[int, list[ChargeLine]] = defaultdict(list)
    for line in fetching.fetch(ChargeLine, _LINES, [subject.practice, [one.pk for one in bills]]):
        lines[line.superbill_id].append(line)
    books = _books(subject, [f"{_CHARGE}{line.pk}" for ours in lines.values() for line in ours])
    practice = parties.practice(subject)
    payers = {number: parties.payer(subject, number) for number in {one.payer_id for one in bills} if number}
    return [_invoice(bill, lines[bill.pk], books, practice, payers.get(bill.payer_id)) for bill in bills]


def _books(subject: Subject, references: list[str]) -> dict[str, Sums]:
    """Reference → component → dollars, as the ledger stands."""
    found: dict[str, Sums] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for reference, account, holder, amount in database.rows(_BOOKS, [subject.practice, references]):
        sums = found[reference]
        if account == "ar":
            sums["owed-by-patient" if holder == "patient" else "owed-by-payer"] += amount
            sums["paid"] -= amount
        elif account == "revenue":
            sums["paid"] -= amount
        elif account in _ACCOUNTS:
            sums[_ACCOUNTS[account]] += amount
            sums["paid"] -= amount
    return found


def _invoice(
    bill: Superbill, lines: list[ChargeLine], books: dict[str, Sums], practice: r4.Reference, payer: r4.Reference | None
) -> r4.Invoice:
    patient = r4.Reference(reference=f"Patient/{bill.patient}")
    items = [{"charge": line.amount or ZERO, **books.get(f"{_CHARGE}{line.pk}", {})} for line in lines]
    whole: Sums = {}
    for item in items:
        for name, amount in item.items():
            whole[name] = whole.get(name, ZERO) + amount
    gross = whole.get("charge", ZERO)
    performer = [r4.Reference(reference=f"Practitioner/{bill.practitioner}")] if bill.practitioner else []
    return r4.Invoice(
        id=f"invoice-{bill.pk}",
        identifier=[r4.Identifier(system=NUMBER, value=str(bill.pk))],
        status=_status(bill, whole),
        cancelledReason=(bill.void_reason or None) if bill.status == "void" else None,
        type=_TYPE,
        subject=patient,
        recipient=payer or patient,
        date=bill.service_date.isoformat(),
        participant=[r4.InvoiceParticipant(role=_PERFORMER, actor=one) for one in performer] or (),
        issuer=practice,
        account=r4.Reference(reference=f"Account/{account_id(bill.patient)}"),
        lineItem=[
            r4.InvoiceLineItem(
                sequence=line.position,
                chargeItemReference=r4.Reference(reference=f"ChargeItem/{charge_item_id(line.pk)}"),
                priceComponent=_components(item),
            )
            for line, item in zip(lines, items, strict=True)
        ]
        or (),
        totalPriceComponent=_components(whole),
        totalNet=elements.dollars(gross - total(whole.get(name, ZERO) for name in _TAKEN_OFF)),
        totalGross=elements.dollars(gross),
    )


def _status(bill: Superbill, whole: Sums) -> str:
    if bill.status == "void":
        return "cancelled"
    if bill.status == "review":
        return "draft"
    return "issued" if whole.get("owed-by-patient") or whole.get("owed-by-payer") else "balanced"


def _components(sums: Sums) -> list[r4.InvoiceLineItemPriceComponent]:
    """What is not zero, in a fixed order; the charge always. What is taken off is negative."""
    made = []
    for name, (kind, text) in _WORDS.items():
        amount = sums.get(name, ZERO)
        if amount or name == "charge":
            signed = -amount if name in _TAKEN_OFF else amount
            code = elements.concept(_KIND, name, text)
            made.append(r4.InvoiceLineItemPriceComponent(type=kind, code=code, amount=elements.dollars(signed)))
    return made

"""The statement and the receipt on paper."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib import resources
from typing import Any

import typst

from chartdesk.kit.money import dollars
from chartdesk.kit.transactions import transaction
from chartdesk.pms.ledger.rules import BUCKETS
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.statements import queries
from chartdesk.pms.statements.account import VisitAccount
from chartdesk.record.access import Subject
from chartdesk.record.access.models import Practice
from chartdesk.record.access.people import practice_of

#: Visits shown one by one; older ones that are settled are left out.
_SHOWN = 12


@dataclass(frozen=True)
class StatementContent:
    """What a statement says; ``data`` is everything but its number."""

    balance: Decimal
    data: dict[str, Any]


def statement_content(subject: Subject, patient_id: str, on: date, pay_by: date) -> StatementContent:
    """What the patient owes on a day, visit by visit, with the age of it."""
    with transaction(subject):
        view = queries.account(subject, patient_id)
        patient = registration.patient(subject, patient_id)
        practice = practice_of(subject)
    address = patient.person.address
    open_visits = [visit for visit in view.rows if visit.balance_patient]
    data = {
        "practice": _letterhead(practice),
        "patient": {
            "name": patient.name,
            "mrn": patient.mrn,
            "lines": _lines(address.line1, address.line2, address.city, address.state, address.postal_code),
        },
        "date": _day(on),
        "pay_by": _day(pay_by),
        "balance": dollars(view.balance_patient),
        "insurance": dollars(view.balance_insurance) if view.balance_insurance else "",
        "credit": dollars(view.credit) if view.credit else "",
        "visits": [_visit(visit) for visit in open_visits[:_SHOWN]],
        "earlier": dollars(sum((v.balance_patient for v in open_visits[_SHOWN:]), Decimal(0)))
        if len(open_visits) > _SHOWN
        else "",
        "aging": [[f"{name} days", dollars(view.aging[name])] for name, _ in BUCKETS],
    }
    return StatementContent(view.balance_patient, data)


def statement_pdf(content: StatementContent, number: str) -> bytes:
    """The statement as a PDF of one page."""
    return _compiled("statement.typ", {**content.data, "number": number})


def receipt_pdf(subject: Subject, payment_id: int) -> bytes:
    """The receipt of a payment or refund as a PDF. Raises NotFound."""
    with transaction(subject):
        payment = queries.payment(subject, payment_id)
        patient = registration.patient(subject, payment.patient)
        practice = practice_of(subject)
        balance = queries.balances(subject, payment.patient)
    methods = {"card": "Card", "cash": "Cash", "check": "Check"}
    data = {
        "practice": _letterhead(practice),
        "title": "Refund" if payment.kind == "refund" else "Receipt",
        "number": payment.receipt_number,
        "fields": [
            ["Patient", patient.name],
            ["Record number", patient.mrn],
            ["Date", _day(payment.received.date())],
            ["Paid by", " ".join(part for part in (methods[payment.method], payment.reference) if part)],
        ],
        "amount": dollars(payment.amount),
        "balance": dollars(balance.patient),
        "voided": payment.void_reason,
    }
    return _compiled("receipt.typ", data)


def _compiled(template: str, data: dict[str, Any]) -> bytes:
    source = resources.files("chartdesk.pms.statements").joinpath(template).read_bytes()
    compiled = typst.compile(source, format="pdf", ignore_system_fonts=True, sys_inputs={"data": json.dumps(data)})
    assert isinstance(compiled, bytes)
    return compiled


def _visit(visit: VisitAccount) -> dict[str, Any]:
    return {
        "date": _day(visit.service_date),
        "title": visit.title,
        "provider": visit.provider,
        "charges": dollars(visit.charges),
        "payments": dollars(-visit.payments),
        "adjustments": dollars(-visit.adjustments),
        "insurance": dollars(-visit.balance_insurance) if visit.balance_insurance else "",
        "balance": dollars(visit.balance_patient),
    }


def _letterhead(practice: Practice) -> dict[str, Any]:
    return {
        "name": practice.name,
        "lines": _lines(practice.line1, practice.line2, practice.city, practice.state, practice.postal_code),
        "phone": practice.phone,
    }


def _lines(line1: str, line2: str, city: str, state: str, postal: str) -> list[str]:
    zip_code = f"{postal[:5]}-{postal[5:]}" if len(postal) == 9 and postal.isdigit() else postal
    town = ", ".join(part for part in (city, f"{state} {zip_code}".strip()) if part)
    return [line for line in (line1, line2, town) if line]


def _day(on: date) -> str:
    return f"{on:%m/%d/%Y}"

"""The statement and the receipt on paper."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib import resources
from typing import Any

import typst

from chartdesk.kit import phones
from chartdesk.kit.money import ZERO, dollars, total
from chartdesk.kit.transactions import transaction
from chartdesk.pms.ledger.rules import BUCKETS
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.registration.people import address_lines
from chartdesk.pms.statements import queries, standings
from chartdesk.pms.statements.account import TRANSFER, VisitAccount
from chartdesk.pms.statements.plan_rules import NOT_DUE, Standing
from chartdesk.record.access import Subject
from chartdesk.record.access.models import Practice
from chartdesk.record.access.people import practice_of

#: Visits shown one by one; older ones that are settled are left out.
_SHOWN = 12


@dataclass(frozen=True)
class StatementContent:
    """What a statement of ``patient`` says; ``data`` is everything but its number."""

    patient: str
    balance: Decimal
    data: dict[str, Any]


def statement_content(subject: Subject, patient_id: str, on: date, pay_by: date) -> StatementContent:
    """What the patient owes on a day, visit by visit, with the age of it."""
    return statement_contents(subject, [patient_id], on, pay_by)[0]


def statement_contents(subject: Subject, patient_ids: Sequence[str], on: date, pay_by: date) -> list[StatementContent]:
    """The same for many patients with a handful of statements of the database."""
    with transaction(subject):
        found = standings.standings(subject, patient_ids, on)
        people = standings.recipients(subject, patient_ids)
        practice = practice_of(subject)
        return [_content(practice, one, people[one.patient_id], on, pay_by) for one in found]


def _content(
    practice: Practice, one: standings.PatientStanding, to: standings.Recipient, on: date, pay_by: date
) -> StatementContent:
    open_visits = [visit for visit in one.visits if visit.balance_patient]
    aging = [[f"{name} days", dollars(one.aging[name])] for name, _ in BUCKETS]
    if one.plans:
        aging.insert(0, ["by plan, not due", dollars(one.aging[NOT_DUE])])
    data = {
        "practice": letterhead(practice),
        "patient": {"name": to.name, "mrn": to.mrn, "lines": to.lines, "guarantor": to.guarantor},
        "date": day(on),
        "pay_by": day(pay_by),
        "balance": dollars(one.patient),
        "due": dollars(one.due_now),
        "insurance": dollars(one.insurance) if one.insurance else "",
        "insured": bool(one.insurance)
        or any(entry.kind == TRANSFER for visit in open_visits for entry in visit.entries),
        "credit": dollars(one.credit) if one.credit > ZERO else "",
        "visits": [_visit(visit) for visit in open_visits[:_SHOWN]],
        "earlier": dollars(total(v.balance_patient for v in open_visits[_SHOWN:])) if open_visits[_SHOWN:] else "",
        "aging": aging,
        "plans": [_plan(plan) for plan in one.plans],
    }
    return StatementContent(one.patient_id, one.patient, data)


def _plan(stand: Standing) -> list[str]:
    """A plan in three cells: how far it is, what was missed, what comes next."""
    done = sum(one.state == "paid" for one in stand.steps)
    missed = f"{dollars(stand.past_due)} missed" if stand.past_due else "nothing missed"
    coming = next((one for one in stand.steps if one.state in ("coming", "part")), None)
    after = f"{dollars(coming.open)} due {day(coming.due)}" if coming else "no more instalments"
    return [f"{done} of {len(stand.steps)} instalments paid, {dollars(stand.left)} left", missed, after]


def statement_pdf(content: StatementContent, number: str) -> bytes:
    """The statement as a PDF: a page, more where there are many visits."""
    return compiled("statement.typ", [{**content.data, "number": number}])


def statements_pdf(contents: Sequence[dict[str, Any]]) -> bytes:
    """Statements as they were kept, one after the other in one file for the printer."""
    return compiled("statement.typ", list(contents))


def receipt_pdf(subject: Subject, payment_id: int) -> bytes:
    """The receipt of a payment or refund as a PDF. Raises NotFound."""
    with transaction(subject):
        payment = queries.payment(subject, payment_id)
        patient = registration.patient(subject, payment.patient)
        practice = practice_of(subject)
        balance = queries.balances(subject, payment.patient)
    methods = {"card": "Card", "cash": "Cash", "check": "Check"}
    data = {
        "practice": letterhead(practice),
        "title": "Refund" if payment.kind == "refund" else "Receipt",
        "number": payment.receipt_number,
        "fields": [
            ["Patient", patient.person.full_name],
            ["Record number", patient.mrn],
            ["Date", day(payment.day)],
            ["Paid by", " ".join(part for part in (methods[payment.method], payment.reference) if part)],
        ],
        "amount": dollars(payment.amount),
        "balance": dollars(balance.patient),
        "voided": payment.void_reason,
    }
    return compiled("receipt.typ", data)


def compiled(template: str, data: Any) -> bytes:
    """A template of this room as a PDF; ``data`` reaches it as JSON."""
    source = resources.files("chartdesk.pms.statements").joinpath(template).read_bytes()
    compiled = typst.compile(source, format="pdf", ignore_system_fonts=True, sys_inputs={"data": json.dumps(data)})
    assert isinstance(compiled, bytes)
    return compiled


def _visit(visit: VisitAccount) -> dict[str, Any]:
    return {
        "date": day(visit.service_date),
        "title": visit.title,
        "provider": visit.provider,
        "charges": dollars(visit.charges),
        "payments": dollars(-visit.payments),
        "adjustments": dollars(-visit.adjustments),
        "insurance": dollars(-visit.balance_insurance) if visit.balance_insurance else "",
        "balance": dollars(visit.balance_patient),
    }


def letterhead(practice: Practice) -> dict[str, Any]:
    """The practice as it stands on paper."""
    return {
        "name": practice.name,
        "lines": address_lines(practice.line1, practice.line2, practice.city, practice.state, practice.postal_code),
        "phone": phones.readable(practice.phone),
    }


def day(on: date) -> str:
    """A day as it stands on paper."""
    return f"{on:%m/%d/%Y}"

"""Receivables: who owes the practice, since when, and whether the books balance."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chartdesk.kit import clock
from chartdesk.kit.money import ZERO, total
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.ledger import chart
from chartdesk.pms.ledger import queries as books
from chartdesk.pms.ledger.rules import BUCKETS
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.statements import queries as accounts
from chartdesk.pms.statements.queries import Owing
from chartdesk.web import lists
from chartdesk.web.navigation import MONEY
from chartdesk.web.request import StaffRequest, day, staff

PATIENTS = "Patients"


@dataclass(frozen=True)
class Row:
    """What one payer, or all patients, owe by age."""

    name: str
    payer_id: str
    buckets: list[Decimal]
    total: Decimal


def page(request: HttpRequest) -> HttpResponse:
    """What payers and patients owe as of a day, the patients who owe most, and the trial balance."""
    asked = staff(request)
    asked.subject.require(*MONEY)
    on = day(asked)
    rows = _aging(asked)
    if lists.exporting(asked):
        header = ["Who owes", *(f"{name} days" for name, _ in BUCKETS), "Total"]
        return lists.exported(asked, "receivables", header, ([row.name, *row.buckets, row.total] for row in rows))
    owing = accounts.patients_owing(asked.subject)
    listing = lists.paged(asked, owing)
    balance = books.trial_balance(asked.subject)
    context = {
        "on": on,
        "buckets": [name for name, _ in BUCKETS],
        "rows": rows,
        "sums": [total(column) for column in zip(*(row.buckets for row in rows), strict=True)],
        "total": total(row.total for row in rows),
        "listing": listing,
        "owing": _named(asked, listing.rows),
        "owed": total(one.balance for one in owing),
        "accounts": [(chart.account(code).name, debit, credit, left) for code, debit, credit, left in balance],
        "debits": total(debit for _, debit, _, _ in balance),
        "credits": total(credit for _, _, credit, _ in balance),
        "difference": total(left for _, _, _, left in balance),
        "today": clock.today(asked.practice.zone),
    }
    return render(request, "billing/receivables.html", context)


def owing_file(request: HttpRequest) -> HttpResponse:
    """The patients who owe, as a file."""
    asked = staff(request)
    asked.subject.require(*MONEY)
    found = _named(asked, accounts.patients_owing(asked.subject, limit=lists.LARGEST_EXPORT))
    header = ["Patient", "Record number", "Phone", "Owes", "First posted"]
    rows = ((hit.name, hit.mrn, hit.phone, one.balance, one.since) for one, hit in found if hit)
    return lists.exported(asked, "patients-owing", header, rows)


def _aging(asked: StaffRequest) -> list[Row]:
    names = {one.payer_id: one.name for one in coverage.payers(asked.subject, active=False)}
    found = []
    for one in books.aging(asked.subject, day(asked)):
        payer = one.holder.removeprefix("payer:") if one.holder != accounts.PATIENT else ""
        found.append(
            Row(
                names.get(payer, payer) if payer else PATIENTS,
                payer,
                [one.buckets.get(name, ZERO) for name, _ in BUCKETS],
                one.total,
            )
        )
    return sorted(found, key=lambda row: (not row.payer_id, -row.total))


def _named(asked: StaffRequest, owing: list[Owing]) -> list[tuple[Owing, registration.PatientHit | None]]:
    names = registration.names(asked.subject, [one.patient_id for one in owing])
    return [(one, names.get(one.patient_id)) for one in owing]

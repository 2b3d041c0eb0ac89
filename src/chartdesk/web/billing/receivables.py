"""Receivables: who owes the practice, since when, and whether the books balance."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chartdesk.insight import receivables
from chartdesk.kit.money import ZERO, total
from chartdesk.pms.ledger import chart
from chartdesk.pms.ledger import queries as books
from chartdesk.pms.ledger.rules import BUCKETS
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.statements import plan_queries, plan_rules
from chartdesk.pms.statements import queries as accounts
from chartdesk.pms.statements.queries import Owing
from chartdesk.pms.statements.rules import PATIENT
from chartdesk.standards.x12.codes import payments
from chartdesk.web import lists
from chartdesk.web.navigation import MONEY
from chartdesk.web.request import StaffRequest, day, staff


def page(request: HttpRequest) -> HttpResponse:
    """What payers and patients owe as of a day, the patients who owe most, and the trial balance."""
    asked = staff(request, *MONEY)
    aging = receivables.aging(asked.subject, day(asked))
    names = [name for name, _ in BUCKETS]
    shift = plan_queries.aging_shift(asked.subject, aging.on)
    planned = any(shift.values())
    if planned:
        names = [plan_rules.NOT_DUE, *names]
    lines = [(line, line.holder.removeprefix("payer:"), _aged(line, names, shift)) for line in aging.lines]
    if lists.exporting(asked):
        header = ["Who owes", *(name if name == plan_rules.NOT_DUE else f"{name} days" for name in names), "Total"]
        rows = ([line.name, *amounts, line.total] for line, _, amounts in lines)
        return lists.exported(asked, f"receivables-{aging.on}", header, rows)
    count, owed = accounts.owing_in_all(asked.subject)
    listing = lists.fetched(
        asked, count, lambda first, most: accounts.patients_owing(asked.subject, limit=most, first=first)
    )
    balance = books.trial_balance(asked.subject)
    context = {
        "aging": aging,
        "buckets": names,
        "lines": lines,
        "sums": [total(amounts[place] for _, _, amounts in lines) for place in range(len(names))],
        "planned": planned,
        "tab": "receivables",
        "listing": listing,
        "owing": _named(asked, listing.rows),
        "owed": owed,
        "accounts": [(_account(code), debit, credit, left) for code, debit, credit, left in balance],
        "debits": total(debit for _, debit, _, _ in balance),
        "credits": total(credit for _, _, credit, _ in balance),
        "difference": total(left for _, _, _, left in balance),
    }
    return render(request, "billing/receivables.html", context)


def _aged(line: receivables.AgingLine, names: list[str], shift: dict[str, Decimal]) -> list[Decimal]:
    """What a holder owes by age; what patients owe by plan is counted from its instalments."""
    change = shift if line.holder == PATIENT else {}
    return [line.buckets.get(name, ZERO) + change.get(name, ZERO) for name in names]


def _account(code: str) -> str:
    """The account's name; one for provider adjustments says in words which."""
    name = chart.account(code).name
    kind = code.removeprefix("provider_adjustment.")
    return name if kind == code else f"{name}: {payments.provider_adjustment(kind).lower()}"


def owing_file(request: HttpRequest) -> HttpResponse:
    """The patients who owe, as a file."""
    asked = staff(request, *MONEY)
    found = _named(asked, accounts.patients_owing(asked.subject, limit=lists.LARGEST_EXPORT))
    header = ["Patient", "Record number", "Phone", "Owes", "Since"]
    rows = ((hit.name, hit.mrn, hit.phone, one.balance, one.since) for one, hit in found if hit)
    return lists.exported(asked, "patients-owing", header, rows)


def _named(asked: StaffRequest, owing: list[Owing]) -> list[tuple[Owing, registration.PatientHit | None]]:
    names = registration.names(asked.subject, [one.patient_id for one in owing])
    return [(one, names.get(one.patient_id)) for one in owing]

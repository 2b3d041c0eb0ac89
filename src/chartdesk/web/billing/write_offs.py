"""Writing off what a patient owes, and taking that back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chartdesk.kit.errors import Invalid
from chartdesk.kit.ids import new_id
from chartdesk.kit.money import dollars
from chartdesk.pms.statements import queries as accounts
from chartdesk.pms.statements import write_offs
from chartdesk.web.errors import noticed
from chartdesk.web.fields import amount_of
from chartdesk.web.navigation import MONEY
from chartdesk.web.request import staff


def write_off(request: HttpRequest, patient_id: str) -> HttpResponse:
    """The dialog that takes something off the account; on POST does it, once however often it is sent."""
    asked = staff(request, *MONEY)
    if request.method != "POST":
        context = {
            "patient_id": patient_id,
            "owed": accounts.balances(asked.subject, patient_id).patient,
            "kinds": [(code, words) for code, (_, words) in write_offs.KINDS.items()],
            "key": new_id(),
        }
        return render(request, "billing/write_off.html", context)
    with noticed(request):
        amount = amount_of(request.POST.dict(), "amount")
        if amount is None:
            raise Invalid("The amount is empty.", where="amount", cure="Type what is written off.")
        kind, reason, key = (request.POST.get(name, "") for name in ("kind", "reason", "key"))
        write_offs.write_off(asked.subject, patient_id, amount, kind, reason, idempotency_key=key)
        messages.success(request, f"{dollars(amount)} written off.")
    return redirect("account", patient_id)


def take_back(request: HttpRequest, posting_id: int) -> HttpResponse:
    """The dialog that lets the patient owe it again; on POST does it."""
    asked = staff(request, *MONEY)
    found = write_offs.written_off(asked.subject, posting_id)
    if request.method != "POST":
        return render(request, "billing/write_off_back.html", {"one": found})
    with noticed(request):
        write_offs.take_back(asked.subject, posting_id, request.POST.get("reason", ""))
        messages.success(request, f"{dollars(found.amount)} are owed again.")
    return redirect("account", found.patient_id)

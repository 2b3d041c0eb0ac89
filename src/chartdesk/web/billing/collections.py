"""What is hard to collect: accounts for an agency, and balances that are not worth a letter."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit.money import dollars, total
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.statements import collecting, policy, small_balances
from chartdesk.web.errors import noticed
from chartdesk.web.navigation import MONEY
from chartdesk.web.request import staff


def page(request: HttpRequest) -> HttpResponse:
    """Accounts that the rule would hand over, those with an agency, the files, and small balances."""
    asked = staff(request, *MONEY)
    candidates = collecting.candidates(asked.subject)
    placed = collecting.placed_accounts(asked.subject)
    small = small_balances.found(asked.subject)
    everybody = {one.patient_id for rows in (candidates, placed, small) for one in rows}
    names = registration.names(asked.subject, sorted(everybody))
    context = {
        "candidates": [(one, names.get(one.patient_id)) for one in candidates],
        "placed": [(one, names.get(one.patient_id)) for one in placed],
        "small": [(one, names.get(one.patient_id)) for one in small],
        "small_total": total(one.owed for one in small),
        "files": collecting.files(asked.subject),
        "policy": policy.policy(asked.subject),
        "tab": "collections",
    }
    return render(request, "billing/collections.html", context)


@require_POST
def hand_over(request: HttpRequest) -> HttpResponse:
    """Hand the chosen accounts to an agency."""
    asked = staff(request, *MONEY)
    with noticed(request):
        made = collecting.hand_over(asked.subject, request.POST.getlist("patient"), request.POST.get("agency", ""))
        messages.success(request, f"{made.accounts} accounts over {dollars(made.total)}: file {made.number}.")
    return redirect("collections")


@require_POST
def recall(request: HttpRequest) -> HttpResponse:
    """Take the chosen accounts back."""
    asked = staff(request, *MONEY)
    with noticed(request):
        made = collecting.recall(asked.subject, request.POST.getlist("patient"), request.POST.get("reason", ""))
        messages.success(request, f"{made.accounts} accounts recalled: file {made.number}.")
    return redirect("collections")


@require_POST
def write_off(request: HttpRequest) -> HttpResponse:
    """Write the chosen small balances off."""
    asked = staff(request, *MONEY)
    with noticed(request):
        count, amount = small_balances.write_off(asked.subject, request.POST.getlist("patient"))
        messages.success(request, f"{count} balances over {dollars(amount)} written off.")
    return redirect("collections")


def download(request: HttpRequest, hand_over_id: int) -> HttpResponse:
    """A file as it went to the agency."""
    asked = staff(request, *MONEY)
    found = collecting.file(asked.subject, hand_over_id)
    response = HttpResponse(bytes(found.file), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="collections-{found.number}.csv"'
    return response

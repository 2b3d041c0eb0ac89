"""Visits without charges: by clinician and age, one by one, and charges entered by hand."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError
from chartdesk.pms.charges import missing
from chartdesk.pms.registration import queries as registration
from chartdesk.web import lists
from chartdesk.web.errors import noticed, words
from chartdesk.web.navigation import MONEY
from chartdesk.web.request import staff

#: The ages in words, as ``missing.AGES`` has them.
AGES = ("up to 2 days", "3 to 7", "8 to 14", "15 to 30", "older")
#: What a visit waits for, in words.
WAITS = {"": "Whatever it waits for", "note": "Note not signed", "charges": "Signed, no charges", "none": "No note"}


def page(request: HttpRequest) -> HttpResponse:
    """The visits that took place and have no charges; refreshes itself."""
    asked = staff(request, *MONEY)
    now = clock.now()
    visits = missing.missing(asked.subject, now)
    backlog = missing.backlog(visits, now)
    provider, age, waits = (asked.GET.get(name, "") for name in ("provider", "age", "waits"))
    if provider:
        visits = [one for one in visits if one.practitioner == provider]
    if age.isdecimal():
        visits = [one for one in visits if missing.place_of(one.days(now)) == int(age)]
    if waits in WAITS and waits:
        visits = [one for one in visits if _waits(one) == waits]
    names = registration.names(asked.subject, sorted({one.patient_id for one in visits}))
    rows = [(one, names[one.patient_id].name if one.patient_id in names else "", WAITS[_waits(one)]) for one in visits]
    if lists.exporting(asked):
        header = ["Visit", "Patient", "Provider", "Days", "Waits for"]
        cells = ((one.starts, name, one.provider_name, one.days(now), said) for one, name, said in rows)
        return lists.exported(asked, "visits-without-charges", header, cells)
    context = {
        "listing": lists.paged(asked, rows), "backlog": backlog, "ages": list(enumerate(AGES)), "age": age,
        "waits": WAITS.items(), "waiting": waits, "provider": provider,
        "providers": [(one.practitioner, one.provider_name) for one in backlog],
    }  # fmt: skip
    part = request.headers.get("HX-Target") == "missing"
    return render(request, "billing/uncharged_rows.html" if part else "billing/uncharged.html", context)


@require_POST
def start(request: HttpRequest, appointment_id: str) -> HttpResponse:
    """Open a superbill for a visit whose charges are entered by hand."""
    asked = staff(request, *MONEY)
    return _entered(asked, lambda: missing.start(asked.subject, appointment_id))


@require_POST
def start_unbooked(request: HttpRequest, encounter_id: str) -> HttpResponse:
    """The same for a visit that nobody booked."""
    asked = staff(request, *MONEY)
    return _entered(asked, lambda: missing.start_unbooked(asked.subject, encounter_id))


def nothing(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """Ask why nothing is to be charged for a visit; on POST note it."""
    asked = staff(request, *MONEY)
    if request.method != "POST":
        context = {
            "title": "Nothing to charge", "question": "The visit leaves the list, and nobody is reminded of it.",
            "button": "Nothing to charge", "needs_reason": True, "target": "charges_nothing", "number": key,
            "action": kind,
        }  # fmt: skip
        return render(request, "billing/ask.html", context)
    with noticed(request):
        number = missing.nothing(asked.subject, key, request.POST.get("reason", ""), booked=kind == "booked")
        messages.success(request, f"Noted on superbill {number}.")
    return redirect("missing_charges")


def _entered(request: HttpRequest, start: Callable[[], int]) -> HttpResponse:
    try:
        number = start()
    except ChartdeskError as fault:
        messages.error(request, words(fault))
        return redirect("missing_charges")
    return redirect("superbill", number)


def _waits(visit: missing.Missing) -> str:
    if visit.signed:
        return "charges"
    return "note" if visit.encounter_id else "none"

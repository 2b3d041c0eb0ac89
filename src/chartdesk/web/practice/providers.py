"""The clinicians whose visits are booked: adding one, changing one, and what a change does."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.pms.scheduling import setup, setup_queries
from chartdesk.pms.scheduling.models import Resource
from chartdesk.pms.scheduling.places import ProviderDetails
from chartdesk.record.access.subject import Subject
from chartdesk.web.fields import Field, Form
from chartdesk.web.practice.setup import MANAGERS
from chartdesk.web.request import StaffRequest, staff

COLORS = ("blue", "azure", "indigo", "purple", "pink", "red", "orange", "yellow", "lime", "green", "teal", "cyan")
_PARTS = ("given", "family", "credential", "name", "npi", "taxonomy")


def new(request: HttpRequest) -> HttpResponse:
    """Somebody new; on POST they are added."""
    asked = staff(request, *MANAGERS)
    form = _form(asked.subject)
    if request.method != "POST":
        return _page(asked, form)
    try:
        details, rest = _read(asked, form)
        said = {part: getattr(details, part) for part in _PARTS}
        made = setup.add_provider(asked.subject, **said, **rest, new=True)
    except ChartdeskError as fault:
        return _page(asked, form.mark(fault), status=422)
    messages.success(request, f"{made.name} saved. Add their hours, so that visits can be booked.")
    return redirect("practice_schedule")


def named(request: HttpRequest, practitioner: str) -> HttpResponse:
    """To the page of the one whom a claim or a finding names, or to everybody's where nobody has that id."""
    asked = staff(request, *MANAGERS)
    known = (one.pk for one in scheduling.providers(asked.subject, active=False) if one.practitioner == practitioner)
    number = next(known, None)
    return redirect("provider", number) if number is not None else redirect("practice_schedule")


def edit(request: HttpRequest, number: int) -> HttpResponse:
    """One of them; on POST what was changed is saved."""
    asked = staff(request, *MANAGERS)
    row, details = setup_queries.provider(asked.subject, number)
    form = _form(asked.subject)
    if request.method != "POST":
        held = {part: getattr(details, part) for part in _PARTS}
        form.fill({**held, "color": row.color, "lanes": row.lanes, "site": row.site_id})
        return _page(asked, form, row)
    try:
        details, rest = _read(asked, form)
        made = setup.amend_provider(asked.subject, number, details, **rest)
    except ChartdeskError as fault:
        return _page(asked, form.mark(fault), row, status=422)
    messages.success(request, f"{made.name} saved. Claims that were not sent are built anew.")
    return redirect("practice_schedule")


def _page(asked: StaffRequest, form: Form, row: Resource | None = None, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "provider": row, "tab": "schedule"}
    if row is not None:
        context["to_come"] = setup_queries.to_come(asked.subject, row.pk)
    return render(asked, "practice/provider.html", context, status=status)


def _read(asked: StaffRequest, form: Form) -> tuple[ProviderDetails, dict[str, Any]]:
    """What was typed, as the commands take it; it stays in the form. Raises Invalid."""
    data = {name: text.strip() for name, text in asked.POST.dict().items()}
    form.fill({one.name: data.get(one.name, "") for one in form.fields()})
    said = {part: data.get(part, "") for part in _PARTS} | {"taxonomy": data.get("taxonomy", "").upper()}
    site = data.get("site", "")
    color = data.get("color", "")
    if color not in COLORS:
        raise Invalid("Choose one of the colors.", where="color")
    return ProviderDetails(**said), {
        "color": color,
        "lanes": _whole(data.get("lanes", ""), "lanes"),
        "site_id": _whole(site, "site") if site else None,
    }


def _whole(text: str, where: str) -> int:
    if not text.isdecimal() or len(text) > 6:
        raise Invalid(f"{text!r} is not a number." if text else "This is empty.", where=where, cure="Fill it in.")
    return int(text)


def _form(subject: Subject) -> Form:
    sites = [("", "None"), *((str(one.pk), one.name) for one in scheduling.sites(subject))]
    person = [
        Field("given", "First name", width=3),
        Field("family", "Last name", width=4, required=True),
        Field("credential", "Credential", width=2, hint="MD, DO, NP"),
        Field("name", "On the schedule as", width=3, hint="Empty: made of the name"),
    ]
    numbers = [
        Field("npi", "NPI", width=4, hint="Ten digits"),
        Field("taxonomy", "Taxonomy", width=4, hint="Such as 207Q00000X, family medicine"),
    ]
    schedule = [
        Field("site", "Home site", width=4, choices=sites),
        Field("color", "Color", width=3, choices=[(one, one) for one in COLORS], value="azure"),
        Field("lanes", "Visits at one time", "number", width=3, value="1"),
    ]
    return Form([("", person), ("On claims", numbers), ("On the schedule", schedule)])

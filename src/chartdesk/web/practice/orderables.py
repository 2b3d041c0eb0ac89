"""What the practice orders and where it is sent, and by when results must be signed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.ehr.orders import catalog
from chartdesk.ehr.orders.catalog import Days, Entry
from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.record.access.subject import Role
from chartdesk.web.clinic.orders import KINDS
from chartdesk.web.fields import Field, Form, options
from chartdesk.web.request import staff

_TEXTS = ("key", "kind", "name", "code", "system", "specimen", "performer", "channel", "instructions")
_DAYS = ("normal", "abnormal", "critical", "waiting")


def page(request: HttpRequest) -> HttpResponse:
    """The catalog and the deadlines; on POST the deadlines are saved."""
    asked = staff(request, Role.MANAGER)
    days = catalog.days(asked.subject)
    form = _deadlines().fill({**{name: getattr(days, name) for name in _DAYS}, "registry": days.registry})
    context: dict[str, Any] = {"form": form, "items": catalog.items(asked.subject, all=True), "tab": "orders"}
    if request.method != "POST":
        return render(request, "practice/orderables.html", {**context, "kinds": KINDS})
    data = {one.name: request.POST.get(one.name, "").strip() for one in form.fields()}
    try:
        normal, abnormal, critical, waiting = (_whole(data, name) for name in _DAYS)
        catalog.decide(asked.subject, Days(normal, abnormal, critical, waiting, data["registry"]))
    except ChartdeskError as fault:
        form.fill(data).mark(fault)
        return render(request, "practice/orderables.html", {**context, "kinds": KINDS}, status=422)
    messages.success(request, "Saved.")
    return redirect("practice_orders")


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Fill an empty catalog with what most practices order."""
    asked = staff(request, Role.MANAGER)
    messages.success(request, f"{catalog.begin(asked.subject)} entries.")
    return redirect("practice_orders")


def edit(request: HttpRequest, key: str = "") -> HttpResponse:
    """One entry of the catalog, new or known."""
    asked = staff(request, Role.MANAGER)
    form = _entry()
    held: dict[str, Any] = {"kind": "lab", "active": "1"}
    if key:
        found = catalog.item(asked.subject, key)
        held = {**{name: getattr(found, name) for name in _TEXTS}, "active": "1" if found.active else ""}
    context = {"title": held.get("name") or "New entry", "back": "practice_orders", "known": bool(key)}
    if request.method != "POST":
        return render(request, "practice/form.html", {**context, "form": form.fill(held)})
    data = {one.name: request.POST.get(one.name, "").strip() for one in form.fields()}
    try:
        catalog.put(asked.subject, Entry(**{name: data[name] for name in _TEXTS}, active=data["active"] == "1"))
    except ChartdeskError as fault:
        return render(request, "practice/form.html", {**context, "form": form.fill(data).mark(fault)}, status=422)
    messages.success(request, f"{data['name']} is saved.")
    return redirect("practice_orders")


def _whole(data: dict[str, str], name: str) -> int:
    if not data[name].isdecimal() or len(data[name]) > 4:
        raise Invalid(f"{data[name]!r} is no number of days.", where=name, cure="Write digits.")
    return int(data[name])


def _deadlines() -> Form:
    return Form(
        [
            ("Results must be signed", [
                Field("normal", "Normal, days", width=3),
                Field("abnormal", "Abnormal, days", width=3, hint="Also texts and documents."),
                Field("critical", "Critical, days", width=3, hint="0: within four hours."),
                Field("waiting", "An order waits too long after days", width=3),
            ]),
            ("Immunization registry", [Field("registry", "Channel", hint="Empty: vaccines are not sent.")]),
        ]
    )  # fmt: skip


def _entry() -> Form:
    return Form(
        [
            ("", [
                Field("name", "Name", required=True),
                Field("key", "Short name", required=True, hint="Letters and digits, such as a1c."),
                Field("kind", "Kind", choices=options(KINDS)),
                Field("code", "Code", hint="LOINC, or the laboratory's own"),
                Field("system", "Code system", hint="Its URL; empty is LOINC."),
                Field("specimen", "Specimen"),
                Field("performer", "Carried out by"),
                Field("channel", "Sent by the channel", hint="Empty: the order is printed."),
                Field("instructions", "For the patient", "textarea", width=12),
                Field("active", "Can be ordered", "check", width=12),
            ]),
        ]
    )  # fmt: skip

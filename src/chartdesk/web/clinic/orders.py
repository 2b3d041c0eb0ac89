"""A patient's orders and results: ordering, taking back, the order on paper."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.ehr.charting import problems
from chartdesk.ehr.orders import catalog, commands, queries, rules
from chartdesk.ehr.orders.content import NewOrder
from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.record.access.subject import Role
from chartdesk.web.banner import banner
from chartdesk.web.clinic.results import LEVELS
from chartdesk.web.errors import noticed, words
from chartdesk.web.navigation import CARE
from chartdesk.web.request import StaffRequest, moment, staff

#: Lines that the chart shows.
FEW = 5
KINDS = {"lab": "Laboratory", "imaging": "Imaging", "referral": "Referrals"}


def index(request: HttpRequest, patient_id: str) -> HttpResponse:
    """What was ordered and what came, and the form for a new order. Refreshes itself."""
    asked = staff(request, *CARE)
    part = request.headers.get("HX-Target") == "orders"
    return render(request, "clinic/order_rows.html" if part else "clinic/orders.html", _context(asked, patient_id, {}))


def latest(request: HttpRequest, patient_id: str) -> HttpResponse:
    """The part of the chart that shows the latest of both."""
    return render(request, "clinic/order_rows.html", few(staff(request), patient_id))


def few(asked: StaffRequest, patient_id: str) -> dict[str, Any]:
    """The latest results and orders, for the chart."""
    results = queries.of_patient(asked.subject, patient_id, limit=FEW)
    return {
        "patient_id": patient_id,
        "orders": queries.orders_of(asked.subject, patient_id, limit=FEW),
        "results": [(row, LEVELS[row.level]) for row in results],
    }


@require_POST
def place(request: HttpRequest, patient_id: str) -> HttpResponse:
    """Order; what is refused stands above the form, which keeps what was typed."""
    asked = staff(request)
    try:
        commands.order(asked.subject, patient_id, _asked(request.POST, asked.practice.zone))
    except ChartdeskError as fault:
        context = {**_context(asked, patient_id, request.POST.dict()), "fault": words(fault)}
        context["chosen"] = request.POST.getlist("diagnosis")
        return render(request, "clinic/orders.html", context, status=422)
    messages.success(request, "Ordered.")
    return redirect("orders", patient_id)


def page(request: HttpRequest, request_id: str) -> HttpResponse:
    """One order as it goes out, for reading and for paper."""
    asked = staff(request, *CARE)
    order = queries.order(asked.subject, request_id)
    context = {
        "banner": banner(asked, order.row.patient),
        "order": order,
        "row": order.row,
        "open": order.row.status in ("active", "on-hold") and order.row.reported is None,
        "priority": rules.PRIORITIES.get(order.priority, order.priority),
    }
    return render(request, "clinic/order.html", context)


@require_POST
def cancel(request: HttpRequest, request_id: str) -> HttpResponse:
    """Take an order back."""
    asked = staff(request)
    with noticed(request):
        commands.cancel(asked.subject, request_id, request.POST.get("reason", ""))
        messages.success(request, "Taken back. Whoever would have carried it out is told.")
    return redirect("order", request_id)


def _context(asked: StaffRequest, patient_id: str, typed: dict[str, Any]) -> dict[str, Any]:
    items = catalog.items(asked.subject)
    groups = [(said, [one for one in items if one.kind == kind]) for kind, said in KINDS.items()]
    results = queries.of_patient(asked.subject, patient_id)
    return {
        "banner": banner(asked, patient_id),
        "patient_id": patient_id,
        "groups": [(said, found) for said, found in groups if found],
        "problems": [one for one in problems.active(asked.subject, patient_id) if one.code],
        "priorities": rules.PRIORITIES.items(),
        "orders": queries.orders_of(asked.subject, patient_id),
        "results": [(row, LEVELS[row.level]) for row in results],
        "clinicians": [one for one in scheduling.providers(asked.subject) if one.practitioner],
        "orders_alone": asked.subject.has(Role.CLINICIAN),
        "typed": typed,
        "chosen": [],
    }


def _asked(data: QueryDict, zone: str) -> NewOrder:
    codes = [*data.getlist("diagnosis"), *data.get("codes", "").replace(",", " ").split()]
    return NewOrder(
        item=data.get("item", ""),
        diagnoses=tuple((code, "") for code in dict.fromkeys(code.strip().upper() for code in codes) if code),
        priority=data.get("priority", "routine"),
        note=data.get("note", ""),
        practitioner_id=data.get("practitioner", ""),
        encounter_id=data.get("encounter", ""),
        taken=_taken(data, zone),
    )


def _taken(data: QueryDict, zone: str) -> datetime | None:
    """When the specimen was taken: now, or at the time that was typed."""
    if data.get("taken_at", "").strip():
        return moment(data["taken_at"], zone, "taken")
    return clock.now() if data.get("taken") == "1" else None

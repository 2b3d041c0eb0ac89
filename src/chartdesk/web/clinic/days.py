"""The clinician's day: who comes, who waits, whose note is still open."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chartdesk.ehr.charting import queries as charting
from chartdesk.ehr.orders import queries as orders
from chartdesk.record.access.subject import Role
from chartdesk.web.request import day, staff


def page(request: HttpRequest) -> HttpResponse:
    """My visits of a day; a nurse sees everybody's. Refreshes itself when a patient arrives."""
    asked = staff(request, Role.CLINICIAN, Role.NURSE)
    on = day(asked)
    mine = asked.subject.practitioner
    context = {
        "on": on,
        "before": on - timedelta(days=1),
        "after": on + timedelta(days=1),
        "visits": charting.day(asked.subject, mine, on, asked.practice.zone),
        "unsigned": charting.unsigned(asked.subject, mine),
        "mine": bool(mine),
        "results": orders.waiting(asked.subject, mine) if mine else (0, 0),
    }
    part = request.headers.get("HX-Target") == "my-day"
    return render(request, "clinic/day_rows.html" if part else "clinic/day.html", context)
